"""Which lines of a text belong together: a paragraph that was wrapped by hand, or by a printer, has several."""

import unicodedata
from collections.abc import Sequence

_STOPS = frozenset("。！？；：.!?;:”’」』》】")
_WIDEST = 130
"""Columns; what is wider was not wrapped."""
_FULL = 0.8
"""A line that goes on in the next fills at least so much of the width of its block."""


def joined(lines: Sequence[str]) -> list[range]:
    """The paragraphs, as ranges of lines; blank lines end one and belong to none."""
    found: list[range] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        found += _paragraphs(lines, at, end)
        at = end + 1
    return found


def width(line: str) -> int:
    """Columns: two for each wide character."""
    if line.isascii():
        return len(line)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def _paragraphs(lines: Sequence[str], start: int, end: int) -> list[range]:
    widths = [width(line.rstrip()) if len(line) <= _WIDEST else _WIDEST + 1 for line in lines[start:end]]
    widest = max(widths, default=0)
    found: list[range] = []
    first = start
    for at in range(start, end):
        goes_on = (
            at + 1 < end
            and widest <= _WIDEST
            and widths[at - start] >= _FULL * widest
            and lines[at].rstrip()[-1] not in _STOPS
            and not lines[at + 1][0].isspace()
        )
        if not goes_on:
            found.append(range(first, at + 1))
            first = at + 1
    return found
