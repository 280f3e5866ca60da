"""A brief in plain text: an address goes in angle brackets behind the citation, ``（2020）京73民初1号 <https://…>``.

That is the one form that mail programs and editors make clickable, that a reader understands, and that can be told
from the text again: such addresses are no part of the passages, so a brief reads the same before and after.
"""

import re
from collections.abc import Iterator, Sequence

from app.briefs.files.encoding import Text
from app.briefs.files.limits import check_characters, check_lines, check_passages
from app.briefs.files.lines import joined
from app.briefs.files.spans import Edit, Piece, apply, in_order, mark_of, offsets, one_line, safe_address, stretches
from app.briefs.files.spans import source_span as span_of
from app.briefs.model import Note, PlacedLink

_ADDRESS = re.compile(r" ?<https?://[^<>\s]{1,2000}>")
_TABLE = re.compile(r"~~~~ panli ([0-9a-f]{8}) ~~~~\r?\n(.*?)\r?\n~~~~(?:\r?\n|\Z)", re.DOTALL)
_TABLE_START = "~~~~ panli "


class PlainBrief:
    """A brief in plain text."""

    notes: Sequence[Note] = ()

    def __init__(self, text: Text) -> None:
        self._text = text
        content = text.content
        check_characters(len(content))
        check_lines(content)
        self._table = _own_table(content)
        spans = list(_spans(content, self._table))
        check_passages(len(spans))
        self._spans = spans
        self.passages: Sequence[str] = tuple(_ADDRESS.sub("", content[start:end]) for start, end in spans)

    def with_links(self, links: Sequence[PlacedLink], table: Sequence[str] = ()) -> bytes:
        """The same text with addresses behind the spans and, if ``table`` is given, those lines at its end."""
        content, edits = self._text.content, []
        pieces: dict[int, tuple[list[Piece], list[int]]] = {}
        for link in in_order(links, [len(passage) for passage in self.passages]):
            if link.passage not in pieces:
                found = list(_pieces(content, *self._spans[link.passage]))
                pieces[link.passage] = found, offsets(found)
            covered = list(stretches(*pieces[link.passage], link.start, link.end))
            if covered:
                end = span_of(covered[-1])[1]
                if not _ADDRESS.match(content, end):
                    edits.append(Edit(end, end, f" <{safe_address(link.url)}>"))
        if table:
            edits += self._table_edit([self._text.fitted(one_line(line)) for line in table])
        return self._text.encoded(apply(content, edits))

    def _table_edit(self, lines: list[str]) -> Iterator[Edit[str]]:
        content, newline = self._text.content, "\r\n" if "\r\n" in self._text.content else "\n"
        start, end = self._table or (len(content), len(content))
        new = newline.join(["", "", f"~~~~ panli {mark_of(lines)} ~~~~", *lines, "~~~~", ""])
        if self._text.encoded(new) != self._text.encoded(content[start:end]):
            yield Edit(start, end, new)


def _own_table(content: str) -> tuple[int, int] | None:
    """Where a table stands that was put in earlier and is unchanged."""
    start = content.rfind(_TABLE_START)
    found = _TABLE.match(content, start) if start >= 0 else None
    if found is None or mark_of(found[2].splitlines()) != found[1]:
        return None
    for _ in range(2):
        start -= 2 if content[:start].endswith("\r\n") else content[:start].endswith("\n")
    return start, found.end()


def _spans(content: str, table: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """The paragraphs, by place."""
    for start, end in ((0, table[0]), (table[1], len(content))) if table else ((0, len(content)),):
        ends = [found.end() for found in re.finditer(r"\r\n|\n|\r|\f|\Z", content[start:end])]
        starts = [0, *ends[:-1]]
        bounds = [(start + a, start + b) for a, b in zip(starts, ends, strict=True)]
        lines = [content[a:b].rstrip("\r\n\f") for a, b in bounds]
        for paragraph in joined([_ADDRESS.sub("", line) for line in lines]):
            last = paragraph[-1]
            yield bounds[paragraph[0]][0], bounds[last][0] + len(lines[last])


def _pieces(content: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    for found in _ADDRESS.finditer(content, start, end):
        yield Piece(content[at : found.start()], at, found.start(), True, 0)
        at = found.end()
    yield Piece(content[at:end], at, end, True, 0)
