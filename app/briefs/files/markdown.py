"""A brief in Markdown: ``[citation](address)``, but not in code, in links, or where it would change how the rest reads.

Blocks and inline marks are found as CommonMark has them, as far as that decides where a link may go; the source is
otherwise left as it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from markdown_it import MarkdownIt

from app.briefs.files.encoding import Text
from app.briefs.files.limits import check_characters, check_elements, check_lines, check_passages
from app.briefs.files.markdown_blocks import Block, blocks, definitions
from app.briefs.files.markdown_inline import inline, keeps_emphasis
from app.briefs.files.spans import (
    Edit,
    Piece,
    apply,
    in_order,
    mark_of,
    offsets,
    one_line,
    safe_address,
    source_span,
    stretches,
)
from app.briefs.model import Note, PlacedLink

_TABLE = re.compile(r"<!-- panli ([0-9a-f]{8}) -->(.*?)<!-- /panli -->\n?", re.DOTALL)
_TABLE_START = "<!-- panli "
_ESCAPED = re.compile(r"([!-/:-@\[-`{-~])")
_UNESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_URL = "https://panli.invalid/"
_ANCHOR = re.compile(r'<a href="https://panli\.invalid/">(.*?)</a>', re.DOTALL)
_RENDERED_UP_TO = 200_000
"""Characters; longer texts are linked by the rules alone, without a look at the page."""
_MAX_TRIES = 40
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A link over a stretch of the source."""

    start: int
    end: int
    url: str

    @property
    def edits(self) -> tuple[Edit[str], Edit[str]]:
        return Edit(self.start, self.start, "[", 1), Edit(self.end, self.end, f"]({self.url})", 0)


class MarkdownBrief:
    """A brief in Markdown."""

    notes: Sequence[Note] = ()

    def __init__(self, text: Text) -> None:
        self._text = text
        check_characters(len(text.content))
        check_lines(text.content)
        check_elements(sum(map(text.content.count, "[]*_`~<&\\")))
        self._table = _own_table(text.content)
        self._labels = definitions(text.content)
        self._blocks = list(blocks(text.content, self._table))
        check_passages(len(self._blocks))
        self.passages: Sequence[str] = _passages(text.content)

    def with_links(self, links: Sequence[PlacedLink], table: Sequence[str] = ()) -> bytes:
        """The same text with links added and, if ``table`` is given, those lines as paragraphs at its end."""
        placed: list[_Placed] = []
        known: dict[int, tuple[list[Piece], list[int]]] = {}
        for link in in_order(links, [len(passage) for passage in self.passages]):
            if link.passage not in known:
                pieces = list(self._pieces(self._blocks[link.passage]))
                known[link.passage] = pieces, offsets(pieces)
            for stretch in stretches(*known[link.passage], link.start, link.end):
                found = self._place(*source_span(stretch), safe_address(link.url))
                if found and not (placed and found.start < placed[-1].end):
                    placed.append(found)
        edits = [edit for each in self._harmless(placed) for edit in each.edits]
        if table:
            edits += self._table_edit([one_line(line) for line in table])
        return self._text.encoded(apply(self._text.content, edits))

    def _harmless(self, placed: list["_Placed"]) -> list["_Placed"]:
        """Those that leave the page as it is but for the links; halved until it is known which do not."""
        tries = _MAX_TRIES
        rendered = _render(self._text.content) if len(self._text.content) <= _RENDERED_UP_TO else None

        def good(some: list[_Placed]) -> list[_Placed]:
            nonlocal tries
            tries -= 1
            if not some or tries < 0:
                return []
            if self._changes_nothing(some, rendered):
                return some
            half = len(some) // 2
            kept = [*good(some[:half]), *good(some[half:])] if half else []
            return kept if not kept or half == 0 or self._changes_nothing(kept, rendered) else []

        return good(placed)

    def _changes_nothing(self, placed: list["_Placed"], rendered: str | None) -> bool:
        edits = [edit for each in placed for edit in each.edits]
        if _passages(apply(self._text.content, edits)) != self.passages:
            return False
        if rendered is None:
            return True
        plain = [
            Edit(at.start, at.end, at.new.replace(each.url, _URL), at.rank) for each in placed for at in each.edits
        ]
        found, count = _ANCHOR.subn(r"\1", _render(apply(self._text.content, plain)))
        return count == len(placed) and found == rendered

    def _pieces(self, block: Block) -> Iterator[Piece]:
        return inline(self._text.content, block, self._labels)

    def _place(self, start: int, end: int, url: str) -> "_Placed | None":
        """A link over a stretch, or nothing where Markdown has no way to put it without changing something else."""
        content = self._text.content
        wide = _with_marks(content, start, end)
        if wide == (start, end) and not keeps_emphasis(content, start, end):
            return None
        start, end = wide
        if not _balanced(content[start:end]) or content[start - 1 : start] == "!":
            return None
        return _Placed(start, end, url)

    def _table_edit(self, lines: list[str]) -> Iterator[Edit[str]]:
        content = self._text.content
        shown = "".join(_ESCAPED.sub(r"\\\1", line) + "\n\n" for line in lines)
        new = f"<!-- panli {mark_of(lines)} -->\n\n{shown}<!-- /panli -->\n"
        start, end = self._table or (len(content), len(content))
        if not self._table:
            new = ("\n\n" if content.endswith("\n") else "\n\n\n") + new
        if self._text.encoded(new) != self._text.encoded(content[start:end]):
            yield Edit(start, end, new)


def _passages(content: str) -> tuple[str, ...]:
    labels = definitions(content)
    return tuple(
        "".join(piece.text for piece in inline(content, block, labels))
        for block in blocks(content, _own_table(content))
    )


def _render(content: str) -> str:
    """The page; footnotes, which CommonMark would take for link definitions, are made plain text."""
    return str(MarkdownIt("commonmark").enable("table").render(content.replace("[^", "(^")))


def _own_table(content: str) -> tuple[int, int] | None:
    start = content.rfind(_TABLE_START)
    found = _TABLE.match(content, start) if start >= 0 else None
    if found and mark_of(_UNESCAPED.sub(r"\1", unescape(line)) for line in found[2].split("\n\n")[1:-1]) == found[1]:
        return found.span()
    return None


def _with_marks(content: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the emphasis around it, if that embraces just the stretch: ``**（2020）…号**``."""
    for mark in ("***", "**", "*", "__", "_", "~~"):
        size = len(mark)
        before, behind = content[max(0, start - size - 1) : start], content[end : end + size + 1]
        if before.endswith(mark) and behind.startswith(mark):
            if before[:-size] != mark[0] and behind[size:] != mark[0] and before[:-size] != "\\":
                return start - size, end + size
            return start, end
    return start, end


def _balanced(text: str) -> bool:
    depth = 0
    for found in _BRACKET.finditer(text):
        depth += {"[": 1, "]": -1}.get(found[0], 0)
        if depth < 0:
            return False
    return depth == 0
