"""The text shown under a hit: the paragraphs that answer the query best, matched words marked."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from whoosh.query import Query, Term

from app.errors import QueryTooLong
from app.search.language import parse
from app.search.nodes import Exact
from app.search.verify import Span, leaves, spans
from indexer.domain.ruling import Paragraph, Part, Ruling
from indexer.index.analysis import Folded, fold_with_origin, is_han
from indexer.index.fields import ZONES

_PER_HIT = 2
_LENGTH = {"zh-Hans": 120, "en": 260}
"""Characters of a snippet; English needs more for the same."""
_BOUNDARY = re.compile(r"[，。；：、！？,;:.!?\s]")
_BOOST = {zone.name: zone.boost for zone in ZONES}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, marked when it matched."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    paragraph: str
    """The paragraph's id: the fragment of its address."""
    part: Part
    language: str
    """``zh-Hans`` or ``en``."""
    runs: tuple[Run, ...]
    translated: bool = False
    """True when the words shown are the translation's."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A paragraph in the language that matches best, weighed but not yet cut."""

    part: Part
    paragraph: str
    language: str
    text: str
    weight: float


def snippets(
    ruling: Ruling, tree: Query | None, language: str, segments: Sequence[tuple[str, str]]
) -> tuple[Snippet, ...]:
    """At most two snippets, best first; the first paragraph, unmarked, when no paragraph matches.

    ``segments`` is the ruling's folded text as the index holds it, so that nothing is folded but what is shown.
    """
    wanted = leaves(tree) if tree is not None else []
    counters = [_counter(leaf) for leaf in wanted]
    texts = iter([text for _, text in segments][-_written(ruling) :])  # names and title stand before the paragraphs
    candidates = [c for part, each in ruling.paragraphs if (c := _candidate(part, each, counters, texts, language))]
    best = sorted(candidates, key=lambda candidate: -candidate.weight)[:_PER_HIT]
    return tuple(_cut(candidate, wanted) for candidate in best) or _lead(ruling, language)


def _written(ruling: Ruling) -> int:
    """How many texts a ruling's paragraphs are, translations counted."""
    return sum(bool(each.text) + bool(each.translation) for _, each in ruling.paragraphs)


def _counter(leaf: Query) -> Callable[[str], int]:
    """A function that counts where a leaf stands in a folded text."""
    if isinstance(leaf, Term | Exact) and is_han(leaf.text):
        sought = leaf.text
        return lambda text: text.count(sought)
    return lambda text: len(spans(leaf, text))


def marker(query: str, expand: bool = True) -> Callable[[str], tuple[Run, ...]]:
    """A function that marks in any text what ``query`` looks for, on the text's own offsets."""
    try:
        tree = parse(query, expand).tree if query else None
    except QueryTooLong:  # the address of a ruling never fails on what is to be marked
        tree = None
    wanted = leaves(tree) if tree is not None else []
    return lambda text: _runs(text, _merged(_places(fold_with_origin(text), wanted)), 0, len(text))


def _candidate(
    part: Part, paragraph: Paragraph, counters: Sequence[Callable[[str], int]], texts: Iterator[str], language: str
) -> _Candidate | None:
    options = []
    for body, tongue in ((paragraph.text, "zh-Hans"), (paragraph.translation, "en")):
        if not body:
            continue
        folded = next(texts)
        found = [counter(folded) for counter in counters]
        if count := sum(map(bool, found)):
            weight = count * 10 + _BOOST.get(part.value, 1.0) + 0.01 * sum(found)
            own = tongue.startswith(language[:2])
            options.append(((count, own), _Candidate(part, paragraph.id, tongue, body, weight)))
    return max(options, key=lambda option: option[0])[1] if options else None


def _cut(candidate: _Candidate, wanted: Sequence[Query]) -> Snippet:
    merged = _merged(_places(fold_with_origin(candidate.text), wanted))
    start, end = _window(candidate.text, merged, _LENGTH[candidate.language])
    runs = _runs(candidate.text, merged, start, end)
    return Snippet(candidate.paragraph, candidate.part, candidate.language, runs, candidate.language == "en")


def _lead(ruling: Ruling, language: str) -> tuple[Snippet, ...]:
    for part, paragraph in ruling.paragraphs:
        english = language.startswith("en") and paragraph.translation is not None
        text = paragraph.translation if english and paragraph.translation else paragraph.text
        tongue = "en" if english else "zh-Hans"
        runs = _runs(text, [], 0, _end(text, min(len(text), _LENGTH[tongue])))
        return (Snippet(paragraph.id, part, tongue, runs, english),)
    return ()


def _places(folded: Folded, wanted: Iterable[Query]) -> list[Span]:
    """Where in the original text the leaves match."""
    found = [span for leaf in wanted for span in spans(leaf, folded.text)]
    return [(folded.origin[start], folded.origin[end - 1] + 1) for start, end in found if end > start]


def _merged(places: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(set(places)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(text: str, places: Sequence[Span], length: int) -> Span:
    """The stretch of about ``length`` characters with most matched text in it, cut at punctuation."""
    if len(text) <= length * 1.3:
        return 0, len(text)
    best = max(places, key=lambda place: sum(e - s for s, e in places if place[0] <= s and e <= place[0] + length))
    start = max(0, best[0] - length // 4)
    if start:
        boundary = [m.end() for m in _BOUNDARY.finditer(text, start, best[0])]
        start = boundary[0] if boundary else start
    return start, _end(text, min(len(text), start + length))


def _end(text: str, end: int) -> int:
    boundary = _BOUNDARY.search(text, end)
    return boundary.end() if boundary and boundary.end() - end < 30 else end


def _runs(text: str, places: Sequence[Span], start: int, end: int) -> tuple[Run, ...]:
    runs: list[Run] = [Run("…")] if start else []
    position = start
    for left, right in places:
        left, right = max(left, start), min(right, end)
        if left >= right:
            continue
        if left > position:
            runs.append(Run(text[position:left]))
        runs.append(Run(text[left:right], marked=True))
        position = right
    if position < end:
        runs.append(Run(text[position:end]))
    if end < len(text):
        runs.append(Run("…"))
    return tuple(runs)
