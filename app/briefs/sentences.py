"""How a passage of a brief is divided: its sentences, its quotation marks, its language."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_PAIRS = frozenset("“「『„«")
_CLOSING = {'"': '"', "”": "“„", "」": "「", "』": "『", "»": "«"}
_MARKS = re.compile('["“”„「」『』«»]')
_DEPTH = 8
"""So many open marks are looked back at for the one that a closing mark closes."""
_MAX_OPEN = 1_000
"""Of marks that are open at a time, the last so many are minded."""
_LONGEST = 5_000
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_END = re.compile(r"[。！？；!?;\n]+|\.(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"])(?:No|Nos|vs?|Co|Ltd|Inc|Corp|Art|Arts|para|paras|p|pp|Mr|Ms|Mrs|Dr|Prof|Ct|Cir|Int|Intell|Prop"
    r"|People['’]s|Sup|Id|id|Ibid|ibid|cf|Cf|eg|e\.g|i\.e|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|[A-Z])$"
)
_BRACKETS = re.compile(r"[（(][^（）()\n]{0,200}(?:[（(][^（）()\n]{0,80}[）)][^（）()\n]{0,200}){0,3}[）)]")


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks: ``start`` and ``end`` are those of the words, the marks stand outside."""

    start: int
    end: int


def is_chinese(text: str) -> bool:
    """Whether a text reads as Chinese: a fifth of its characters are."""
    return len(_HAN.findall(text)) * 5 >= len(text.replace(" ", "")) > 0


def quoted(text: str) -> list[Quoted]:
    """The outermost quotations of a passage, in order; a mark that is never closed opens none.

    >>> [(each.start, each.end) for each in quoted('称“甲‘乙’”及"丙"')]
    [(2, 6), (9, 10)]
    """
    pairs: list[Quoted] = []
    opened: list[tuple[str, int]] = []
    for match in _MARKS.finditer(text):
        mark, place = match[0], match.start()
        if mark in _PAIRS:
            opened.append((mark, place))
            del opened[:-_MAX_OPEN]
            continue
        wanted = _CLOSING[mark]
        depth = next((back for back, each in enumerate(reversed(opened[-_DEPTH:]), 1) if each[0] in wanted), 0)
        if depth:
            start = opened[-depth][1] + 1
            del opened[-depth:]
            if place - start <= _LONGEST:
                pairs.append(Quoted(start, place))
        elif mark == '"':
            opened.append((mark, place))
            del opened[:-_MAX_OPEN]
    return _outermost(pairs)


def _outermost(pairs: list[Quoted]) -> list[Quoted]:
    found: list[Quoted] = []
    for pair in sorted(pairs, key=lambda each: (each.start, -each.end)):
        if not found or pair.start > found[-1].end:
            found.append(pair)
    return found


class Sentences:
    """The sentences of one passage; the ends within quotation marks or brackets are none."""

    def __init__(self, text: str, quotes: list[Quoted]) -> None:
        self.text = text
        self._starts = [0, *_starts(text, quotes)]

    def at(self, position: int) -> int:
        """The number of the sentence that a position lies in."""
        return bisect_right(self._starts, position) - 1

    def span(self, number: int) -> Span:
        """Where a sentence begins and ends."""
        last = number + 1 >= len(self._starts)
        return Span(self._starts[number], len(self.text) if last else self._starts[number + 1])


def _starts(text: str, quotes: list[Quoted]) -> list[int]:
    shut = [(quote.start, quote.end) for quote in quotes] + [match.span() for match in _BRACKETS.finditer(text)]
    shut.sort()
    found = [*_plain_ends(text, _merged(shut)), *_quote_ends(text, quotes)]
    return sorted({start for start in found if start < len(text)})


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _plain_ends(text: str, shut: list[tuple[int, int]]) -> Iterator[int]:
    opens = [start for start, _ in shut]
    for match in _END.finditer(text):
        inside = bisect_right(opens, match.start()) - 1
        if inside >= 0 and match.start() < shut[inside][1]:
            continue
        if match[0] == "." and _ABBREVIATION.search(text, max(0, match.start() - 12), match.start()):
            continue
        yield match.end()


def _quote_ends(text: str, quotes: list[Quoted]) -> Iterator[int]:
    """After a quotation that closes its sentence itself: ``……。”`` unless a citation in brackets follows."""
    for quote in quotes:
        if text[max(quote.start, quote.end - 4) : quote.end].rstrip()[-1:] in tuple("。！？.!?"):
            rest = text[quote.end + 1 : quote.end + 9].lstrip()
            if rest and rest[0] not in "（([【，,、；;。.：:[" and not rest[0].islower() and rest[0].isalnum():
                yield quote.end + 1
