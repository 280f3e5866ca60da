"""Files as they come into judgments as plain text: `read_source`."""

from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.intake.formats.html import read_html
from indexer.intake.formats.limits import MAX_PLAIN_BYTES, MAX_SOURCE_BYTES
from indexer.intake.formats.markdown import read_markdown
from indexer.intake.formats.pdf import read_pdf
from indexer.intake.formats.streams import Damaged, read_line, records
from indexer.intake.formats.text import read_text
from indexer.intake.formats.word import is_encrypted, read_doc, read_docx
from indexer.intake.model import RawJudgment, Refusal

Reader = Callable[[str, bytes], list[RawJudgment | Refusal]]
READ = frozenset(
    [".docx", ".doc", ".htm", ".html", ".pdf", ".txt", ".text", ".json", ".jsonl", ".ndjson", ".md", ".markdown"]
)
"""The endings that are looked for in a folder; each JSON ending also with .gz or .xz."""
_PACKED = (".gz", ".xz")
_HEAD = 4096


def is_read(path: Path) -> bool:
    """Whether a file found in a folder is one to read, by its name."""
    endings = [ending.lower() for ending in path.suffixes[-2:]]
    if endings and endings[-1] in _PACKED:
        return len(endings) == 2 and endings[0] in (".json", ".jsonl", ".ndjson")
    return bool(endings) and endings[-1] in READ and not path.name.startswith((".", "~$"))


def is_stream(path: Path) -> bool:
    """Whether a file holds records one after another, so that it can be read in batches and gone on with."""
    name = path.name.lower().removesuffix(".gz").removesuffix(".xz")
    return name.endswith((".json", ".jsonl", ".ndjson"))


def read_source(path: Path) -> Iterator[RawJudgment | Refusal]:
    """Every judgment of a file, or why it, or one of its records, can't be taken. Never raises for what a file holds.

    What a file is, is told by its content first (a .doc is often a web page), by its name second.
    """
    source = path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        yield Refusal(source, "unreadable-file", error.strerror or str(error))
        return
    if not head.strip():
        yield Refusal(source, "empty-file")
    elif is_stream(path):
        yield from _read_stream(path)
    else:
        yield from _read_whole(path, size, head)


def _read_stream(path: Path) -> Iterator[RawJudgment | Refusal]:
    try:
        for line in records(path):
            found = read_line(path.name, line)
            if found is not None:
                yield found
    except Damaged as error:
        yield error.refusal(path.name)


def _read_whole(path: Path, size: int, head: bytes) -> Iterator[RawJudgment | Refusal]:
    reader, limit = _reader(path.suffix.lower(), head)
    if reader is None:
        yield Refusal(path.name, "unknown-format", path.suffix or "–")
    elif size > limit:
        yield Refusal(path.name, "file-too-large", f"{size:,}")
    else:
        data = path.read_bytes()
        if is_encrypted(data):
            yield Refusal(path.name, "encrypted")
        else:
            yield from reader(path.name, data)


def _reader(suffix: str, head: bytes) -> tuple[Reader | None, int]:
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:512].lower()
    if head.startswith(b"PK"):
        return (read_docx if suffix in (".docx", ".doc", ".docm") else None), MAX_SOURCE_BYTES
    if b"%PDF-" in head[:1024]:
        return read_pdf, MAX_SOURCE_BYTES
    if head.startswith(b"\xd0\xcf\x11\xe0") or head.startswith(b"{\\rtf"):
        return (read_doc if suffix in (".doc", ".docx", ".wps", ".rtf") else None), MAX_SOURCE_BYTES
    if begin.startswith((b"<!doctype html", b"<html", b"<?xml", b"<div", b"<p", b"<head", b"<meta", b"<body", b"<a ")):
        return read_html, MAX_PLAIN_BYTES
    by_name: dict[str, Reader] = {
        ".htm": read_html, ".html": read_html, ".md": read_markdown, ".markdown": read_markdown,
        ".txt": read_text, ".text": read_text, ".pdf": read_pdf, ".docx": read_docx, ".doc": read_text,
    }  # fmt: skip
    return by_name.get(suffix), MAX_PLAIN_BYTES


__all__ = ["is_read", "is_stream", "read_source"]
