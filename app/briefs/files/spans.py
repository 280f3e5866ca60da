"""From a span of a passage to places in the source it was read from; shared by every format."""

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import AnyStr, Generic
from urllib.parse import quote

from app.briefs.model import PlacedLink


@dataclass(slots=True)
class Piece:
    """A stretch of a passage with its place in the source.

    A piece either stands there letter for letter (`literal`), or is one whole that can't be cut: a
    character reference, a run of white space that reads as one space, a tab element.
    """

    text: str
    start: int
    end: int
    linkable: bool
    group: int
    """Neighbours of one group can stand in one link; a new group begins wherever something lies between."""
    literal: bool = True


@dataclass(frozen=True, slots=True)
class Cut:
    """``piece.text[start:end]``."""

    piece: Piece
    start: int
    end: int


@dataclass(frozen=True)
class Edit(Generic[AnyStr]):
    """Put ``new`` in the place of ``source[start:end]``; of two at one place the lower ``rank`` goes first."""

    start: int
    end: int
    new: AnyStr
    rank: int = 0


def in_order(links: Iterable[PlacedLink], lengths: Sequence[int]) -> list[PlacedLink]:
    """The links by place, without empty ones, those outside the text, and those that overlap an earlier one."""
    kept: list[PlacedLink] = []
    for link in sorted(links, key=lambda each: (each.passage, each.start, -each.end)):
        if not 0 <= link.passage < len(lengths) or not 0 <= link.start < link.end <= lengths[link.passage]:
            continue
        if kept and kept[-1].passage == link.passage and link.start < kept[-1].end:
            continue
        kept.append(link)
    return kept


def stretches(pieces: Sequence[Piece], starts: Sequence[int], start: int, end: int) -> Iterator[list[Cut]]:
    """The parts of a span that one link can cover each; what can't be linked is left out, and so is bare space.

    ``starts`` are the offsets of the pieces in their passage.
    """
    stretch: list[Cut] = []
    for cut in _cuts(pieces, starts, start, end):
        if stretch and (not cut.piece.linkable or cut.piece.group != stretch[-1].piece.group):
            yield from _worth_linking(stretch)
            stretch = []
        if cut.piece.linkable:
            stretch.append(cut)
    yield from _worth_linking(stretch)


def offsets(pieces: Iterable[Piece]) -> list[int]:
    """Where each piece begins in its passage."""
    found, at = [], 0
    for piece in pieces:
        found.append(at)
        at += len(piece.text)
    return found


def source_span(stretch: Sequence[Cut]) -> tuple[int, int]:
    """The place in the source that a stretch covers."""
    first, last = stretch[0], stretch[-1]
    start = first.piece.start + (first.start if first.piece.literal else 0)
    end = last.piece.start + last.end if last.piece.literal else last.piece.end
    return start, end


def apply(source: AnyStr, edits: Iterable[Edit[AnyStr]]) -> AnyStr:
    """The source with all edits made; they do not overlap."""
    done: list[AnyStr] = []
    at = 0
    for edit in sorted(edits, key=lambda each: (each.start, each.rank)):
        done += [source[at : edit.start], edit.new]
        at = edit.end
    done.append(source[at:])
    return source[:0].join(done)


def safe_address(url: str) -> str:
    """The address in ASCII, without a character that means something in XML attributes, Markdown or angle brackets."""
    return quote(url, safe="%/:?#@!$&+,;=~-._")


def mark_of(lines: Iterable[str]) -> str:
    """A short sum of a table of authorities, by which one that was put in earlier, and is unchanged, is known again."""
    return format(zlib.crc32("\n".join(lines).encode()), "08x")


def one_line(line: str) -> str:
    """The line without what would break it, or can't stand in XML."""
    return " ".join("".join(char if char.isprintable() else " " for char in line).split())


def _cuts(pieces: Sequence[Piece], starts: Sequence[int], start: int, end: int) -> Iterator[Cut]:
    first = max(0, bisect_right(starts, start) - 1)
    for piece, at in zip(pieces[first:], starts[first:], strict=True):
        if at >= end:
            return
        cut = Cut(piece, max(0, start - at), min(len(piece.text), end - at))
        if cut.start < cut.end:
            yield cut


def _worth_linking(stretch: list[Cut]) -> Iterator[list[Cut]]:
    if any(not cut.piece.text[cut.start : cut.end].isspace() for cut in stretch):
        yield stretch
