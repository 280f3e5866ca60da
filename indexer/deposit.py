"""What is handed from one stage to the next before there is a `Ruling`: a deposit, then a draft."""

import codecs
import os
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus_format import MAX_FILE_BYTES, FrontMatter
from indexer.markdown import Document
from indexer.rules import Rejection

_LEGACY_ENCODINGS = ("GB18030", "BIG5", "UTF-16")


@dataclass(frozen=True, slots=True)
class Deposit:
    """One ruling as it was deposited: the original and, if there is one, its translation."""

    path: Path
    text: str
    translation_path: Path | None
    translation: str | None
    digest: str
    """SHA-256 over both files, in hexadecimal, whatever their line ends."""
    digests: tuple[bytes, bytes | None] = (b"", None)
    """SHA-256 over the bytes of each file."""

    @property
    def id(self) -> str:
        return self.path.name.removesuffix(".md")


@dataclass(frozen=True, slots=True)
class Draft:
    """A deposit that may go on: its metadata typed, its parts told apart."""

    deposit: Deposit
    matter: FrontMatter
    document: Document
    translation: Document | None


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its text, the same in UTF-8, and the bytes that stand there."""

    text: str
    plain: bytes
    raw: bytes


def content(path: Path) -> Content | Rejection:
    """What a file holds, or why it is no text: unreadable, empty, too large, not UTF-8."""
    try:
        with path.open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_FILE_BYTES:
                return Rejection(path, 1, "file-too-large", str(size), str(MAX_FILE_BYTES))
            raw = file.readall()
    except OSError as error:
        return Rejection(path, 1, "unreadable-file", error.strerror or str(error))
    text = _decoded(path, raw)
    if isinstance(text, Rejection):
        return text
    return Content(text, text.encode() if b"\r" in raw or raw.startswith(codecs.BOM_UTF8) else raw, raw)


def decode(path: Path) -> str | Rejection:
    """The text of a file, or why it is none."""
    found = content(path)
    return found if isinstance(found, Rejection) else found.text


def _decoded(path: Path, raw: bytes) -> str | Rejection:
    if not raw.strip():
        return Rejection(path, 1, "empty-file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Rejection(path, raw.count(b"\n", 0, error.start) + 1, "not-utf8", _likely_encoding(raw))
    return text.replace("\r\n", "\n").replace("\r", "\n") if b"\r" in raw else text


def _likely_encoding(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    for encoding in _LEGACY_ENCODINGS:
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "unknown-8bit"
