"""How large a brief may be. Each limit answers with its number; none is a setting."""

from app.briefs.files.errors import N_, BriefTooLarge

MAX_BYTES = 10_000_000
"""Of the upload: 10 MB."""
MAX_PASSAGES = 20_000
MAX_CHARACTERS = 10_000_000
"""Of text in all passages together."""
MAX_LINES = 200_000
"""Of plain text or Markdown, blank ones included."""
MAX_UNPACKED = 60_000_000
"""Bytes of all members of a .docx together."""
MAX_RATIO = 200
"""Unpacked size of one member over its packed size, once it is over a megabyte; real text stays under 40."""
MAX_MEMBERS = 5_000
MAX_ELEMENTS = 400_000
"""Elements of a .docx, tags of an .html, marks of a .md. So many runs take about four seconds and 220 MB."""
MAX_NESTING = 256
MAX_PAGES = 1_000
MAX_PDF_SECONDS = 4.0
"""Of processor time, for reading the pages of a PDF, and again for finding where links go."""
MAX_PDF_MEMORY = 250_000_000
"""Address space of the process that reads a PDF, the file itself not counted."""


def within(count: int, limit: int, message: str) -> None:
    """Refuse what is over the limit."""
    if count > limit:
        raise BriefTooLarge(message, limit)


def check_size(data: bytes) -> None:
    """Refuse an upload that is too large."""
    within(len(data), MAX_BYTES, N_("The file is over %(limit)s bytes. Send it in parts, or without its pictures."))


def check_passages(count: int) -> None:
    """Refuse a brief of too many paragraphs."""
    within(count, MAX_PASSAGES, N_("The brief has over %(limit)s paragraphs. Send it in parts."))


def check_characters(count: int) -> None:
    """Refuse a brief of too much text."""
    within(count, MAX_CHARACTERS, N_("The brief has over %(limit)s characters of text. Send it in parts."))


def check_lines(content: str) -> None:
    """Refuse a text of too many lines."""
    count = content.count("\n") + content.count("\r")
    within(count, MAX_LINES, N_("The brief has over %(limit)s lines. Send it in parts."))


def check_elements(count: int) -> None:
    """Refuse a document of too many elements."""
    within(
        count, MAX_ELEMENTS, N_("The file has over %(limit)s elements. Save it again without change marks, in parts.")
    )
