"""JSON in streams: records one after another, out of files of any size, also compressed."""

import codecs
import json
import lzma
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.intake.formats.limits import MAX_RATIO, MAX_RECORD_BYTES, MAX_XZ_MEMORY, RATIO_FROM
from indexer.intake.formats.records import read_record
from indexer.intake.model import RawJudgment, Refusal

_BLOCK = 1 << 20
_NEXT_OBJECT = re.compile(rb"\}\s*,?\s*\{")
_BETWEEN = re.compile(r"[\s,\[\]\ufeff]+")


class Damaged(ValueError):
    """The file breaks off, is no JSON from some place on, or unpacks to far more than text ever does."""

    def __init__(self, code: str, value: str = "", number: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.number = number
        """The record where it happened; 0 when it is the file's fault."""

    def refusal(self, source: str) -> Refusal:
        """The same as a value."""
        return Refusal(f"{source}:{self.number}" if self.number else source, self.code, self.value)


@dataclass(frozen=True, slots=True)
class Line:
    """One record, not yet read: a line of JSONL, or a value of a JSON file."""

    number: int
    end: int
    """Where to go on after it: a place in the unpacked JSONL, or the number of the value."""
    text: bytes | None
    """None when it is too long to be held."""


def records(path: Path, start: int = 0) -> Iterator[Line]:
    """The records of a JSON or JSONL file after ``start`` (a `Line.end`), one at a time; raises `Damaged`."""
    return values(path, start) if _is_json(path) else lines(path, start)


def _is_json(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").removesuffix(".xz").endswith(".json")


def blocks(path: Path) -> Iterator[bytes]:
    """The unpacked bytes of a plain, .gz or .xz file; raises `Damaged` where they break off."""
    name = path.name.lower()
    with path.open("rb") as file:
        packed = iter(lambda: file.read(_BLOCK // 16), b"")
        if not name.endswith((".gz", ".xz")):
            yield from iter(lambda: file.read(_BLOCK), b"")
            return
        out = 0
        try:
            for block in _inflated(packed) if name.endswith(".gz") else _unxzed(packed):
                out += len(block)
                if out > RATIO_FROM and out > MAX_RATIO * file.tell():
                    raise Damaged("zip-bomb", f"> {out:,} bytes")
                yield block
        except (lzma.LZMAError, zlib.error, EOFError, MemoryError) as error:
            raise Damaged("damaged-archive") from error


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    decoder = zlib.decompressobj(31)  # 31: with the header of gzip
    for data in packed:
        while data:
            if decoder.eof:  # another member follows
                decoder = zlib.decompressobj(31)
            yield decoder.decompress(data, _BLOCK)
            data = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    if not decoder.eof:
        raise EOFError


def _unxzed(packed: Iterator[bytes]) -> Iterator[bytes]:
    decoder = lzma.LZMADecompressor(memlimit=MAX_XZ_MEMORY)
    for data in packed:
        while data or not (decoder.eof or decoder.needs_input):
            if decoder.eof:
                data = data.lstrip(b"\0")  # padding between two streams
                if not data:
                    break
                decoder = lzma.LZMADecompressor(memlimit=MAX_XZ_MEMORY)
            yield decoder.decompress(data, _BLOCK)
            data = decoder.unused_data if decoder.eof else b""
    if not decoder.eof:
        raise EOFError


def lines(path: Path, start: int = 0) -> Iterator[Line]:
    """The lines of a JSONL file from byte ``start`` on (a place after a line); raises `Damaged`."""
    held = bytearray()
    place = end = 0
    number = 0
    skipping = False
    for block in blocks(path):
        begin = 0
        if not held and not skipping and not block.strip():  # a million empty lines are passed in one step
            number += block.count(b"\n")
            place += len(block)
            continue
        while (stop := block.find(b"\n", begin)) >= 0:
            number += 1
            end = place + stop + 1
            if end > start:
                yield Line(number, end, None if skipping else bytes(held) + block[begin:stop])
            held.clear()
            skipping = False
            begin = stop + 1
        if not skipping and place + len(block) > start:
            held += block[begin:]
        place += len(block)
        if len(held) > MAX_RECORD_BYTES:
            held.clear()
            skipping = True
    if (held or skipping) and place > start:
        yield Line(number + 1, place, None if skipping else bytes(held))


def estimate(path: Path) -> int:
    """About how many records a file has, from its first megabyte; for telling how much is left, no more."""
    size = path.stat().st_size
    with path.open("rb") as file:
        packed = file.read(_BLOCK)
    name = path.name.lower()
    try:
        if name.endswith(".gz"):
            head = zlib.decompressobj(31).decompress(packed, 64 * _BLOCK)
        elif name.endswith(".xz"):
            head = lzma.LZMADecompressor(memlimit=MAX_XZ_MEMORY).decompress(packed, 64 * _BLOCK)
        else:
            head = packed
    except (lzma.LZMAError, zlib.error, EOFError, MemoryError):
        return 1
    seen = len(_NEXT_OBJECT.findall(head)) + 1 if _is_json(path) else head.count(b"\n")
    return max(1, seen if len(packed) == size else round(seen * size / max(1, len(packed))))


def read_line(source: str, line: Line) -> RawJudgment | Refusal | None:
    """The judgment in one line; None for an empty line."""
    where = f"{source}:{line.number}"
    if line.text is None or len(line.text) > MAX_RECORD_BYTES:
        return Refusal(where, "line-too-long", f"{MAX_RECORD_BYTES:,}")
    text = line.text.strip().removeprefix(b"\xef\xbb\xbf")
    if not text:
        return None
    try:
        return read_record(where, json.loads(_unicode(text)))
    except (ValueError, RecursionError) as error:
        return Refusal(where, "bad-json", _said(error))


def values(path: Path, start: int = 0) -> Iterator[Line]:
    """The objects of a JSON file after the first ``start``: one, an array of them, or one after another.

    No more of the file is held than one object and a block. Raises `Damaged`.
    """
    number = 0
    try:
        for number, text in enumerate(_objects(path), 1):
            if number > start:
                yield Line(number, number, text.encode("utf-8", "surrogatepass"))
    except Damaged:
        raise
    except (ValueError, RecursionError) as error:
        raise Damaged("bad-json", _said(error), number + 1) from error


def _objects(path: Path) -> Iterator[str]:
    decoder = json.JSONDecoder()
    chunks = _decoded(path)
    held, place, wanted = "", 0, 1
    while True:
        while len(held) - place < wanted and (chunk := next(chunks, None)) is not None:
            held, place = held[place:] + chunk, 0
        if (match := _BETWEEN.match(held, place)) is not None:
            place = match.end()
        if place == len(held):
            if (chunk := next(chunks, None)) is None:
                return
            held, place = chunk, 0
            continue
        if held[place] != "{":
            raise ValueError(f"{held[place]!r} where a record should begin")
        try:
            _, end = decoder.raw_decode(held, place)
        except ValueError as error:
            # It may only not be whole yet: twice as much is tried, up to what a record may have.
            if (chunk := next(chunks, None)) is None:
                raise
            if len(held) - place > MAX_RECORD_BYTES:
                raise ValueError(f"> {MAX_RECORD_BYTES:,}") from error
            held, place = held[place:] + chunk, 0
            wanted = 2 * len(held)
            continue
        wanted = 1
        yield held[place:end]
        place = end


def _decoded(path: Path) -> Iterator[str]:
    decoder: codecs.IncrementalDecoder | None = None
    for block in blocks(path):
        if decoder is None:
            decoder = codecs.getincrementaldecoder(_encoding(block))("strict")
        yield decoder.decode(block)
    if decoder is not None:
        yield decoder.decode(b"", True)


def _encoding(block: bytes) -> str:
    if block.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(block)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _unicode(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("gb18030")


def _said(error: Exception) -> str:
    return "too deep" if isinstance(error, RecursionError) else str(error)[:80]
