"""The blocks of a Markdown text: paragraphs, headings, list items, table rows, and code, which takes no links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"(?:[ \t]*+(?:>|[-*+]|\d{1,9}[.)]))*+[ \t]*+(`{3,}(?=[^`]*$)|~{3,})")
_CODE = re.compile(r"(?: {4}| {0,3}\t)")
_DEFINITION = re.compile(r" {0,3}\[((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*\S")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_ROW = re.compile(r"[ \t]*\|")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)++")
_RULE = re.compile(r" {0,3}(?:=+|-+|(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})[ \t]*$|[ \t]*\|?[ \t:|-]+$")
_MARKS = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)]|#{1,6})[ \t]+|>)*+[ \t]*+")
_HTML = re.compile(r" {0,3}<(?:[/?!]|[A-Za-z][A-Za-z0-9-]*(?=[\s/>]|$))")
_INLINE_HTML = re.compile(
    r" {0,3}</?(?:a|abbr|b|br|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)\b", re.IGNORECASE
)
_LONG_HTML = (
    ("<!--", "-->"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<pre", "</pre>"),
    ("<textarea", "</textarea>"),
)
_EDGE = re.compile(r"(?:---|\+\+\+)[ \t]*$")


@dataclass(slots=True)
class Block:
    """Lines that make one passage, each without its marks: ``- ``, ``> ``, ``## ``."""

    lines: list[tuple[int, int]]
    linkable: bool = True


def blocks(content: str, table: tuple[int, int] | None) -> Iterator[Block]:
    """The blocks in order; ``table`` is left out."""
    return _Reader(content, table).blocks()


def definitions(content: str) -> frozenset[str]:
    """The labels that ``[label]: address`` lines define."""
    found = (_DEFINITION.match(line) for line in content.splitlines() if "]:" in line)
    return frozenset(label(each[1]) for each in found if each and not each[1].startswith("^"))


def label(text: str) -> str:
    """A label as labels are compared."""
    return " ".join(text.split()).casefold()


class _Reader:
    def __init__(self, content: str, table: tuple[int, int] | None) -> None:
        self.content, self.table = content, table
        self.fence = ""
        self.html_end: str | None = None
        self.in_list = False
        self.blank = True
        self.block: Block | None = None
        self.finished: list[Block] = []

    def blocks(self) -> Iterator[Block]:
        at = self.front_matter()
        for found in re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)").finditer(self.content, at):
            if found.end() == found.start() or (self.table and self.table[0] <= found.start() < self.table[1]):
                continue
            self.line(found[0].rstrip("\r\n"), found.start())
            yield from self.finished
            self.finished.clear()
        self.end()
        yield from self.finished

    def front_matter(self) -> int:
        lines = self.content.split("\n", 200)[:200]
        edge = lines[0].rstrip()
        if _EDGE.match(edge):
            for place, line in enumerate(lines[1:], 1):
                if line.rstrip() == edge:
                    return min(len(self.content), sum(len(each) + 1 for each in lines[: place + 1]))
        return 0

    def line(self, line: str, at: int) -> None:
        """Take in a line; blocks that are complete go to `finished`."""
        if self.fence:
            bare = line.strip(" \t>")
            if bare.startswith(self.fence) and not bare.strip(self.fence[0]):
                self.fence = ""
                self.end()
            else:
                self.code(line, at)
        elif self.html_end is not None:
            self.html(line, at)
        elif not line.strip(" \t>"):
            self.blank = True
            self.end()
        else:
            self.words(line, at)

    def words(self, line: str, at: int) -> None:
        blank, self.blank = self.blank, False
        self.in_list = bool(_ITEM.match(line)) or (self.in_list and (not blank or line[0] in " \t"))
        fence = _FENCE.match(line)
        if fence:
            self.end()
            self.fence = fence[1]
            self.block = Block([], linkable=False)
        elif self.block is None and _HTML.match(line) and not _INLINE_HTML.match(line):
            self.html_begins(line, at)
        elif self.block is None and not self.in_list and _CODE.match(_QUOTE.sub("", line)):
            self.blank = blank
            self.code(line, at)
            self.end()
        elif _RULE.match(line) or (_DEFINITION.match(line) and not line.lstrip().startswith("[^")):
            self.end()
        else:
            self.paragraph(line, at)

    def paragraph(self, line: str, at: int) -> None:
        alone = _HEADING.match(line) or _ROW.match(line)
        if alone or _ITEM.match(line):
            self.end()
        marks = _MARKS.match(line) if self.block is None else _QUOTE.match(line)
        start = marks.end() if marks else 0
        start += len(line[start:]) - len(line[start:].lstrip(" \t"))
        stretch = at + start, at + len(line.rstrip(" \t"))
        if self.block is None:
            self.block = Block([stretch])
        else:
            self.block.lines.append(stretch)
        if alone:
            self.end()

    def code(self, line: str, at: int) -> None:
        """A line of code: text, but no place for a link."""
        self.block = self.block or Block([], linkable=False)
        self.block.lines.append((at, at + len(line)))

    def end(self) -> None:
        if self.block is not None and self.block.lines:
            self.finished.append(self.block)
        self.block = None

    def html_begins(self, line: str, at: int) -> None:
        bare = line.lstrip().lower()
        self.html_end = next((end for start, end in _LONG_HTML if bare.startswith(start)), "")
        self.html(line, at)

    def html(self, line: str, at: int) -> None:
        """A line of an HTML block: Markdown means nothing there, so no link goes in."""
        if self.block is None:
            self.block = Block([], linkable=False)
        ends = self.html_end in line.lower() if self.html_end else not line.strip()
        if line.strip():
            self.block.lines.append((at, at + len(line)))
        if ends:
            self.html_end, self.blank = None, True
            self.end()
