"""Links and a table of authorities, as insertions of bytes into one part of a .docx and its relationships."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from app.briefs.files import docx_names as names
from app.briefs.files.docx_story import TABLE_BOOKMARK, Element, RunPiece, Story
from app.briefs.files.errors import BriefUnreadable
from app.briefs.files.package import DAMAGED
from app.briefs.files.spans import Cut, Edit, apply, mark_of, offsets, one_line, safe_address, stretches
from app.briefs.model import PlacedLink

_PRESERVE = b' xml:space="preserve"'
_TOOLTIP = 250
_ID = re.compile(rb"""\bId\s*=\s*["']([^"']*)["']""")
_ROOT = re.compile(rb"<(?:([\w.-]+):)?Relationships\b")
_CLOSE = re.compile(rb"</[\w.:-]+\s*>\s*\Z|/>\s*\Z")
_EMPTY_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


@dataclass(frozen=True, slots=True)
class _Boundary:
    """Where a link begins or ends, and which elements have to be closed before it and opened again behind it."""

    at: int
    closes: bytes
    tag: bytes
    opens: bytes
    rank: int
    """0 for an end, 1 for a beginning: where two links meet, the first has to end before the second begins."""


class Relationships:
    """The relationships of a part, and those to be added for links."""

    def __init__(self, source: bytes | None, strict: bool) -> None:
        self._source = _EMPTY_RELATIONSHIPS if source is None else source
        self._kind = names.STRICT_RELATIONSHIPS if strict else names.RELATIONSHIPS
        self._taken = {each.decode("utf-8", "replace") for each in _ID.findall(self._source)}
        self._added: dict[str, str] = {}

    def id_of(self, url: str) -> str:
        """The id under which the part points to the address."""
        if url not in self._added:
            number = len(self._taken) + 1
            while f"rId{number}" in self._taken:
                number += 1
            self._taken.add(f"rId{number}")
            self._added[url] = f"rId{number}"
        return self._added[url]

    def written(self) -> bytes:
        """The relationships part with those that were added."""
        root, close = _ROOT.search(self._source), _CLOSE.search(self._source)
        if root is None or close is None:
            raise BriefUnreadable(DAMAGED)
        name = root[0][1:-1].decode()
        new = "".join(
            f'<{name} Id="{key}" Type="{self._kind}/hyperlink" Target="{escape(url)}" TargetMode="External"/>'
            for url, key in self._added.items()
        ).encode()
        if close[0].startswith(b"/>"):
            whole = b">" + new + b"</" + root[0][1:] + b">"
            return self._source[: close.start()] + whole + self._source[close.start() + 2 :]
        return self._source[: close.start()] + new + self._source[close.start() :]


def linked(source: bytes, story: Story, links: Iterable[tuple[int, PlacedLink]], relationships: Relationships) -> bytes:
    """The part with links over spans of its paragraphs; ``story`` was scanned with those paragraphs wanted."""
    boundaries: dict[int, list[_Boundary]] = {}
    preserving: set[int] = set()
    starts = {number: offsets(pieces) for number, pieces in story.pieces.items()}
    for number, link in links:
        pieces = story.pieces[number]
        for stretch in stretches(pieces, starts[number], link.start, link.end):
            if not _can_be_cut(stretch):
                continue
            tag = _hyperlink(link, relationships.id_of(safe_address(link.url)), story, _around(stretch[0])[-2])
            for boundary in (_before(stretch[0], tag), _behind(stretch[-1], tag)):
                boundaries.setdefault(boundary.at, []).append(boundary)
            preserving.update(_cut_text(stretch))
    edits = [edit for at in boundaries for edit in _insertions(boundaries[at])]
    edits += [Edit(at, at, _PRESERVE) for at in preserving]
    return apply(source, edits)


def with_table(source: bytes, story: Story, lines: Sequence[str]) -> bytes:
    """The main part with the lines as paragraphs at its end, in the place of those put in earlier if there are any."""
    lines = [one_line(line) for line in lines]
    if not story.body_end:
        raise BriefUnreadable(DAMAGED)
    new = _table(story, lines).encode()
    if story.table and story.table_mark == mark_of(lines):
        return source
    if story.table:
        return apply(source, [Edit(story.table_start, story.table_end, new)])
    return apply(source, [Edit(story.body_end, story.body_end, new)])


def _table(story: Story, lines: Sequence[str]) -> str:
    w = story.prefix or "w"
    declared = "" if story.prefix else f' xmlns:w="{names.STRICT_MAIN if story.strict else names.MAIN}"'
    taken = (int(each) for each in story.bookmarks if each.isascii() and each.isdecimal() and len(each) < 9)
    number = story.table_id if story.table else str(max([9_000, *taken]) + 1)
    start = f'<{w}:bookmarkStart {w}:id="{number}" {w}:name="{TABLE_BOOKMARK}{mark_of(lines)}"/>'
    end = f'<{w}:bookmarkEnd {w}:id="{number}"/>'
    texts = [f'<{w}:r><{w}:t xml:space="preserve">{escape(line)}</{w}:t></{w}:r>' for line in lines]
    texts[0] = start + texts[0]
    texts[-1] += end
    return "".join(f"<{w}:p{declared}>{text}</{w}:p>" for text in texts)


def _hyperlink(link: PlacedLink, key: str, story: Story, run: Element) -> bytes:
    w = run.name.decode().rpartition(":")[0]
    prefix, declared = story.relationships_prefix, ""
    if not prefix:
        prefix = "panli"
        declared = f' xmlns:panli="{names.STRICT_RELATIONSHIPS if story.strict else names.RELATIONSHIPS}"'
    title = one_line(link.title)[:_TOOLTIP]
    tooltip = f' {w}:tooltip="{escape(title, {chr(34): "&quot;"})}"' if title and w else ""
    return f'<{w}{":" if w else ""}hyperlink{declared} {prefix}:id="{key}"{tooltip}>'.encode()


def _before(cut: Cut, tag: bytes) -> _Boundary:
    piece = _piece(cut)
    inside = cut.start > 0
    at = piece.start + len(piece.text[: cut.start].encode()) if piece.literal else piece.start
    return _boundary(at, inside or not piece.opens, piece.around, tag, 1)


def _behind(cut: Cut, tag: bytes) -> _Boundary:
    piece = _piece(cut)
    inside = cut.end < len(piece.text)
    at = piece.start + len(piece.text[: cut.end].encode()) if piece.literal else piece.end
    return _boundary(at, inside or not piece.closes, piece.around, b"</" + _tag_name(tag) + b">", 0)


def _boundary(at: int, split: bool, around: Sequence[Element], tag: bytes, rank: int) -> _Boundary:
    """Go outwards from a place in a w:t: what the place is inside of has to be closed and opened again."""
    closes, opens = b"", b""
    for depth in range(len(around) - 1, -1, -1):
        element = around[depth]
        if depth < len(around) - 1 and not split:
            child = around[depth + 1]
            split = element.first < child.start if rank else element.last > child.start
        if split:
            closes += b"</" + element.name + b">"
            opens = _reopened(element) + opens
        else:
            at = element.start if rank else element.end
    return _Boundary(at, closes, tag, opens, rank)


def _reopened(element: Element) -> bytes:
    if element.preserves:
        return element.tag
    return element.tag[:-1] + _PRESERVE + b">"


def _insertions(boundaries: list[_Boundary]) -> Iterator[Edit[bytes]]:
    """One insertion for all boundaries at a place; elements are closed and opened once where two links meet."""
    boundaries.sort(key=lambda each: each.rank)
    first = boundaries[0]
    same: Callable[[_Boundary], bool] = lambda each: (each.closes, each.opens) == (first.closes, first.opens)  # noqa: E731
    if all(map(same, boundaries)):
        tags = b"".join(each.tag for each in boundaries)
        yield Edit(first.at, first.at, first.closes + tags + first.opens)
        return
    for each in boundaries:
        yield Edit(each.at, each.at, each.closes + each.tag + each.opens, each.rank)


def _can_be_cut(stretch: Sequence[Cut]) -> bool:
    """A w:t whose outer white space does not count, or with a CDATA section, can be linked whole only."""
    ends = (stretch[0], stretch[-1])
    return all(cut.piece.literal or cut.end - cut.start == len(cut.piece.text) for cut in ends)


def _cut_text(stretch: Sequence[Cut]) -> Iterator[int]:
    """Where w:t elements that are cut have to say that the space at their ends counts."""
    first, last = stretch[0], stretch[-1]
    inside = (first.start > 0 or not _piece(first).opens, last.end < len(last.piece.text) or not _piece(last).closes)
    for cut, split in zip((first, last), inside, strict=True):
        element = _around(cut)[-1]
        if split and not element.preserves:
            yield element.start + 1 + len(element.name)


def _around(cut: Cut) -> tuple[Element, ...]:
    return _piece(cut).around


def _piece(cut: Cut) -> RunPiece:
    assert isinstance(cut.piece, RunPiece)
    return cut.piece


def _tag_name(tag: bytes) -> bytes:
    return tag[1:].split(b" ", 1)[0]
