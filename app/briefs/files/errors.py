"""Why a brief is not taken; each message says what to do about it.

::

    BriefRefused
    ├── BriefTooLarge       413  over a limit; ``detail["limit"]`` is the number
    ├── UnsupportedFormat   415  a kind of file that is not read here
    ├── BriefUnreadable     422  damaged, or not what it claims to be
    ├── BriefEncrypted      422  a password, or protected against changes
    └── BriefNeedsOcr       422  pictures of pages, without text
"""

from app.errors import AppError


def N_(message: str) -> str:
    """Mark a message for extraction; it is translated where it is shown."""
    return message


class BriefRefused(AppError):
    """A brief that is not taken."""

    status, code = 422, "brief_refused"


class BriefTooLarge(BriefRefused):
    """Over a limit; ``detail["limit"]`` is the number."""

    status, code = 413, "brief_too_large"

    def __init__(self, message: str, limit: int) -> None:
        super().__init__(message, {"limit": limit}, limit=f"{limit:,}")


class UnsupportedFormat(BriefRefused):
    """A kind of file that is not read here."""

    status, code = 415, "unsupported_format"


class BriefUnreadable(BriefRefused):
    """Damaged, or not what it claims to be."""

    code = "brief_unreadable"


class BriefEncrypted(BriefRefused):
    """It wants a password, or is protected against changes."""

    code = "brief_encrypted"


class BriefNeedsOcr(BriefRefused):
    """Pictures of pages, without text."""

    code = "brief_needs_ocr"
