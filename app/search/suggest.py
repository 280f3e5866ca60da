"""What a reader may be about to type: names known to this store, found by any part of them.

All forms of all names stand in one string, the weightiest first, so that looking for what was typed is
one scan, whatever their number. Nothing is offered that finds nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.catalogue import Catalogue
from app.search.language import parse
from app.search.plan import plan
from app.search.query import SearchQuery
from app.search.searcher import Searcher
from indexer.domain.case_number import numeral
from indexer.domain.names import Names
from indexer.domain.registry import causes, courts, glossary, statutes
from indexer.domain.statute import chinese_number
from indexer.index.analysis import fold

MAX_SUGGESTIONS = 8
MAX_SUGGESTED_FOR = 60
"""Characters: a longer text is a query already."""
_OF_ONE_GROUP = 3
_LOOKED_AT = 80
"""So many matches of one quality are ranked; the string has the weightiest first."""
_NUMBER_MARKS = re.compile(r"[\s()\[\]【】〔〕]|字(?=\d)")
_ORDINAL = re.compile(r"第(\d+|[零〇一二三四五六七八九十百千]+)")
_LAST_WORD = re.compile(r"\s(\S+)$")
_MASKED = re.compile(r"[某×*＊]|^\W*$")


class Group(StrEnum):
    """What is suggested, in the order in which equals are shown."""

    TERM = "term"
    RULING = "ruling"
    PARTY = "party"
    CAUSE = "cause"
    STATUTE = "statute"
    COLLECTION = "collection"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be meant."""

    group: Group
    id: str
    names: Names
    forms: tuple[str, ...]
    """Every wording it is known by, as printed."""
    weight: int = 0
    """How many rulings have it; for a ruling, the day of its decision as yyyymmdd."""
    also: str = ""
    """For a ruling its number, for a provision its article."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate and the wording of it that was recognised."""

    candidate: Candidate
    form: str
    before: str = ""
    """What was typed before the word that this completes."""


class Suggestions:
    """All candidates of one store, ready to be looked through."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        ranked = sorted(candidates, key=lambda each: -each.weight)
        self.entries: list[tuple[Candidate, str]] = []
        """Each candidate once for each of its wordings, in the order of the string."""
        self._starts: list[int] = []
        pieces = ["\n"]
        length = 1
        for candidate in ranked:
            for form in dict.fromkeys(candidate.forms):
                folded = _folded(form, candidate.group)
                if folded:
                    self.entries.append((candidate, form))
                    self._starts.append(length)
                    pieces.append(folded + "\n")
                    length += len(folded) + 1
        self._text = "".join(pieces)

    def find(self, text: str, limit: int = MAX_SUGGESTIONS) -> list[Suggestion]:
        """At most ``limit`` suggestions for what was typed so far, grouped, the best group first."""
        typed = text.strip()
        if not typed or len(typed) > MAX_SUGGESTED_FOR:
            return []
        found = self._ranked(typed, "")
        last = _LAST_WORD.search(typed)
        if not found and last:
            before = typed[: last.start(1)]
            found = [each for each in self._ranked(last[1], before) if each.candidate.group is Group.TERM]
        return _grouped(found, limit)

    def _ranked(self, typed: str, before: str) -> list[Suggestion]:
        best: dict[tuple[Group, str], tuple[int, int, int, Suggestion]] = {}
        order = list(Group)
        wanted = dict.fromkeys((_folded(typed, Group.TERM), _folded(typed, Group.RULING)))
        for folded in (each for each in wanted if _long_enough(each)):
            for quality, needle in enumerate((f"\n{folded}\n", f"\n{folded}", folded)):
                for place, (candidate, form) in self._matches(needle, folded):
                    rank = (quality, order.index(candidate.group), place)
                    key = (candidate.group, candidate.id)
                    if key not in best or rank < best[key][:3]:
                        best[key] = (*rank, Suggestion(candidate, form, before))
        return [each[3] for each in sorted(best.values(), key=lambda each: each[:3])]

    def _matches(self, needle: str, folded: str) -> Iterator[tuple[int, tuple[Candidate, str]]]:
        text, position, seen = self._text, 0, 0
        latin = folded[0].isascii()
        while seen < _LOOKED_AT and (position := text.find(needle, position)) >= 0:
            begins = position + (needle[0] == "\n")
            # A Latin word is recognised by its beginning, a Chinese one anywhere, a number after a letter or digit too.
            if not latin or folded[0].isdigit() or not text[begins - 1].isascii() or not text[begins - 1].isalnum():
                place = bisect_right(self._starts, begins) - 1
                yield place, self.entries[place]
                seen += 1
            position = begins + 1


def suggestions_of(searcher: Searcher, catalogue: Catalogue) -> Suggestions:
    """Everything that this store can suggest."""
    counts = searcher.search(plan(SearchQuery(size=1), None)).facets
    return Suggestions(
        [
            *_named(catalogue),
            *_terms(searcher),
            *_registered(Group.CAUSE, {id: each.name for id, each in causes().items()}, counts["cause"]),
            *_registered(Group.COURT, {id: each.name for id, each in courts().items()}, counts["court"]),
            *_provisions(catalogue, counts["statute"]),
            *(
                Candidate(Group.COLLECTION, each.name, each.title, _both(each.title), len(each.entries))
                for each in catalogue.collections()
            ),
        ]
    )


def _named(catalogue: Catalogue) -> Iterator[Candidate]:
    parties: dict[str, tuple[Names, int]] = {}
    for called in catalogue.called():
        number = called.numbers[0]
        day = int(f"{called.decided.replace('-', ''):0<8}" or 0)
        yield Candidate(
            Group.RULING, called.id, called.title, (*called.numbers, *_both(called.title), called.id), day, number
        )
        for party in called.parties:
            name = party.zh or party.en or ""
            if not _MASKED.search(name):
                parties[name] = (party, parties.get(name, (party, 0))[1] + 1)
    for name, (names, count) in parties.items():
        yield Candidate(Group.PARTY, name, names, _both(names), count)


def _terms(searcher: Searcher) -> Iterator[Candidate]:
    for term in glossary():
        count = searcher.search(plan(SearchQuery(term.zh, size=1), parse(term.zh, expand=False).tree)).total
        if count:
            yield Candidate(Group.TERM, term.zh, Names(term.zh, term.en), term.forms, count)


def _registered(group: Group, names: Mapping[str, Names], counts: Mapping[str, int]) -> Iterator[Candidate]:
    for id, count in counts.items():
        if id in names:
            yield Candidate(group, id, names[id], _both(names[id]), count)


def _provisions(catalogue: Catalogue, counts: Mapping[str, int]) -> Iterator[Candidate]:
    for id, count in counts.items():
        if (statute := statutes().get(id)) is None:
            continue
        called = [*_both(statute.name), *statute.aliases]
        yield Candidate(Group.STATUTE, id, statute.name, tuple(called), count)
        for article, rulings in catalogue.articles(id).items():
            forms = [form for name in called for form in _with_article(name, article)]
            yield Candidate(Group.STATUTE, f"{id}:{article}", statute.name, tuple(forms), rulings, article)


def _with_article(name: str, article: str) -> Sequence[str]:
    if name.isascii():
        return (f"{name} article {article}", f"{name} art. {article}", f"{name} {article}")
    number, _, sub = article.partition("-")
    return (f"{name}第{number}条" + (f"之{numeral(int(sub))}" if sub else ""),)


def _both(names: Names) -> tuple[str, ...]:
    return tuple(name for name in (names.zh, names.en) if name)


def _folded(text: str, group: Group) -> str:
    """Folded, 第五十七 as 57; a case number also without brackets and spaces, since few type them."""
    folded = _ORDINAL.sub(lambda match: str(chinese_number(match[1])), fold(text).strip().replace("\n", " "))
    return _NUMBER_MARKS.sub("", folded) if group is Group.RULING and re.search(r"\d", folded) else folded


def _long_enough(folded: str) -> bool:
    """One Chinese character says something, one letter or digit does not."""
    return len(folded) > 1 or (folded != "" and not folded.isascii())


def _grouped(found: Sequence[Suggestion], limit: int) -> list[Suggestion]:
    """The best of each group first, so that none crowds the others out; filled up with the rest; group by group."""
    of: dict[Group, list[Suggestion]] = {}
    for each in found:
        of.setdefault(each.candidate.group, []).append(each)
    chosen = {id(each) for each in [each for all_ in of.values() for each in all_[:_OF_ONE_GROUP]][:limit]}
    for each in found:
        if len(chosen) < limit:
            chosen.add(id(each))
    return [each for all_ in of.values() for each in all_ if id(each) in chosen]
