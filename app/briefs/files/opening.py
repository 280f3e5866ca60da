"""From the bytes of an upload to a brief: what it is decides its content first, and only then its name."""

from app.briefs.files.docx import DocxBrief
from app.briefs.files.encoding import decoded
from app.briefs.files.errors import N_, BriefEncrypted, BriefUnreadable, UnsupportedFormat
from app.briefs.files.html import HtmlBrief
from app.briefs.files.limits import check_size
from app.briefs.files.markdown import MarkdownBrief
from app.briefs.files.pdf import PdfBrief
from app.briefs.files.plain import PlainBrief
from app.briefs.model import BriefFile

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Word 97–2003, WPS, and a .docx that is locked with a password."""
_OTHERS = (
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"II*\0",
    b"MM\0*",
    b"%!PS",
)
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_HTML = (".html", ".htm", ".xhtml")
_HTML_STARTS = ("<!doctype html", "<html", "<?xml")

_EMPTY = N_("The file is empty.")
_NO_TEXT = N_("There is no text in the file.")
_LOCKED = N_("The file is locked with a password. Save it without one, or paste its text.")
_OLD_WORD = N_("This is a file of an older word processor. Open it, save it as .docx and send that.")
_UNKNOWN = N_("Files of this kind are not read. Send .docx, .pdf, .md, .html or .txt, or paste the text.")


def open_brief(name: str, data: bytes) -> BriefFile:
    """The brief in a file, or a `BriefRefused` that says what to do."""
    check_size(data)
    if not data.strip(b"\0 \t\r\n"):
        raise BriefUnreadable(_EMPTY)
    brief = _opened(name.lower().strip(), data)
    if not any(passage.strip() for passage in brief.passages):
        raise BriefUnreadable(_NO_TEXT)
    return brief


def _opened(name: str, data: bytes) -> BriefFile:
    if data.startswith(_ZIP):
        return DocxBrief(data)
    if b"%PDF-" in data[:1024]:
        return PdfBrief(data)
    if data.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise BriefEncrypted(_LOCKED) if encrypted else UnsupportedFormat(_OLD_WORD)
    if data.startswith(_OTHERS):
        raise UnsupportedFormat(_UNKNOWN)
    text = decoded(data)
    start = text.content[:1000].lstrip().lower()
    if name.endswith(_MARKDOWN):
        return MarkdownBrief(text)
    if start.startswith(_HTML_STARTS) or name.endswith(_HTML):
        return HtmlBrief(text)
    return PlainBrief(text)
