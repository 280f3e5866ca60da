"""The text shown under a hit: the paragraphs that answer the query best, matched words marked."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from whoosh.query import Query, Term

from app.errors import QueryTooLong
from app.search.language import parse
from app.search.nodes import Exact
from app.search.spans import Span, leaves, may_stand_in, spans
from indexer.catalogue.papers import Place, Text
from indexer.domain.ruling import Part
from indexer.index.analysis import Folded, fold_with_origin, is_han
from indexer.index.fields import ZONES

_PER_HIT = 2
_LENGTH = {"zh-Hans": 120, "en": 260}
"""Characters of a snippet; English needs more for the same."""
_BOUNDARY = re.compile(r"[，。；：、！？,;:.!?\s]")
_PLAIN = re.compile(r"[!-~\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e、。《》〈〉【】〔〕“”‘’—·×〇○]*")
"""A text that keeps its offsets when it is folded: characters that all become one, and no white space."""
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


def snippets(tree: Query | None, language: str) -> Callable[[Text, str], tuple[Snippet, ...]]:
    """A function that gives at most two snippets of a ruling, best first; its beginning, unmarked, when none matches.

    It takes the text and the same folded as the index holds it, so that nothing is read or folded but what is shown.
    """
    wanted = leaves(tree) if tree is not None else []

    def of(text: Text, folded: str) -> tuple[Snippet, ...]:
        places = text.places
        if not places:
            return ()
        lines = folded.split("\n")
        first = len(lines) - 1 - len(places)  # names and title stand before the paragraphs
        counts = [_counted(leaf, folded, lines, first) for leaf in wanted]
        best = _best(places, counts, language)
        if not best:
            return _lead(text, places, language)
        found = [[leaf for leaf, count in zip(wanted, counts, strict=True) if i in count] for i in best]
        return tuple(_cut(places[i], text[i], lines[first + i], here) for i, here in zip(best, found, strict=True))

    return of


def _best(places: Sequence[Place], counts: Sequence[Mapping[int, int]], language: str) -> list[int]:
    """Which of the texts answer best; of a paragraph and its translation, only the one that matches better."""
    options: dict[str, tuple[tuple[int, bool], float, int]] = {}
    leaves_of, times_of = Counter[int](), Counter[int]()
    for count in counts:
        leaves_of.update(count.keys())
        for i, times in count.items():
            times_of[i] += times
    fits = {translation: _tongue(translation).startswith(language[:2]) for translation in (False, True)}
    for i, found in sorted(leaves_of.items()):
        part, paragraph, translation = places[i]
        rank = (found, fits[translation])
        if paragraph not in options or rank > options[paragraph][0]:
            options[paragraph] = (rank, found * 10 + _BOOST.get(part, 1.0) + 0.01 * times_of[i], i)
    return [i for _, _, i in sorted(options.values(), key=lambda option: -option[1])[:_PER_HIT]]


def _counted(leaf: Query, folded: str, lines: Sequence[str], first: int) -> Mapping[int, int]:
    """How often a leaf stands in each line of a folded text that it stands in; the line ``first`` is number 0."""
    if isinstance(leaf, Term | Exact) and is_han(leaf.text):
        counts: Counter[int] = Counter()
        line = -first
        for before in folded.split(leaf.text)[:-1]:
            line += before.count("\n")
            if line >= 0:
                counts[line] += 1
        return counts
    if not may_stand_in(leaf, folded):
        return {}
    return {
        number: count
        for number, line in enumerate(lines[first:])
        if may_stand_in(leaf, line) and (count := len(spans(leaf, line)))
    }


def _tongue(translation: bool) -> str:
    return "en" if translation else "zh-Hans"


def markers(query: str, expand: bool = True) -> list[Callable[[str], tuple[Run, ...]]]:
    """Functions that mark in any text what ``query`` looks for, on the text's own offsets.

    The first marks its words; where some are made up of shorter ones, a second marks these too.
    """
    try:
        parsed = parse(query, expand)
        trees = [parsed.tree, *([parse(query, expand, parted=True).tree] if parsed.compounds else ())]
    except QueryTooLong:  # the address of a ruling never fails on what is to be marked
        trees = [None]
    return [_marker(leaves(tree) if tree is not None else []) for tree in trees]


def _marker(wanted: Sequence[Query]) -> Callable[[str], tuple[Run, ...]]:
    return lambda text: _runs(text, _merged(_places(fold_with_origin(text), wanted)), 0, len(text))


def _cut(place: Place, text: str, folded: str, wanted: Iterable[Query]) -> Snippet:
    """What to show of a text of which the index has ``folded``."""
    if _PLAIN.fullmatch(text):
        merged = _merged(span for leaf in wanted for span in spans(leaf, folded))
    else:
        merged = _merged(_places(fold_with_origin(text), wanted))
    start, end = _window(text, merged, _LENGTH[_tongue(place[2])])
    return _snippet(place, _runs(text, merged, start, end))


def _lead(text: Text, places: Sequence[Place], language: str) -> tuple[Snippet, ...]:
    """The beginning of the first paragraph, in English if that is wanted and there."""
    chosen = int(language.startswith("en") and places[1:2] == [(*places[0][:2], True)])
    whole, length = text[chosen], _LENGTH[_tongue(places[chosen][2])]
    return (_snippet(places[chosen], _runs(whole, [], 0, _end(whole, min(len(whole), length)))),)


def _snippet(place: Place, runs: tuple[Run, ...]) -> Snippet:
    part, paragraph, translation = place
    return Snippet(paragraph, Part(part), _tongue(translation), runs, translation)


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
