"""The site's own files: style sheet, script, pictures; each under a name that changes with its content.

The parts in ``static/css`` and ``static/js`` are joined in the order of their names, so that a page
needs one sheet and one script, and nothing has to be built. Each part of the script is a function
of its own, called at once: parts see nothing of each other.
"""

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "static"
_JOINED = {"site.css": "css/*.css", "site.js": "js/*.js"}


@dataclass(frozen=True, slots=True)
class Asset:
    name: str
    """As it is addressed: ``site.3f2a91c04b7e.css``."""
    content: bytes
    media_type: str


@cache
def assets() -> dict[str, Asset]:
    """Every file of the site by its plain name, ``site.css``."""
    found = {name: b"\n".join(part.read_bytes() for part in _parts(pattern)) for name, pattern in _JOINED.items()}
    found |= {path.name: path.read_bytes() for path in sorted(_FOLDER.iterdir()) if path.is_file()}
    return {name: _asset(name, content) for name, content in found.items()}


def addressed(name: str) -> Asset | None:
    """The file that an address names, by its plain name or by the one with its content's digest."""
    return assets().get(name) or next((asset for asset in assets().values() if asset.name == name), None)


def _parts(pattern: str) -> list[Path]:
    return sorted(_FOLDER.glob(pattern))


def _asset(name: str, content: bytes) -> Asset:
    stem, _, suffix = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:12]
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind == "application/javascript"
    return Asset(f"{stem}.{digest}.{suffix}", content, f"{kind}; charset=utf-8" if text else kind)
