"""Fifth stage: rulings of one build are tied to each other by their case numbers.

Needs only number → id in memory, not the rulings' texts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.citator import find_each, resolve
from indexer.domain.case_number import CaseNumber
from indexer.domain.citation import Citation, CitationKind, Resolution
from indexer.domain.linked import FoundCitation, Linked, keys_of
from indexer.domain.ruling import UNDOING, Proceeding, Relation, Ruling

_OF_BRIEFS = frozenset({CitationKind.BACK_REFERENCE, CitationKind.MALFORMED_NUMBER})
"""Kinds that the check of a brief needs; in a ruling they name no authority of their own."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation that a paragraph of a ruling holds, whatever it turns out to name."""

    paragraph: str
    citation: Citation


class Ties(NamedTuple):
    """What of one ruling decides how others are linked."""

    id: str
    keys: tuple[str, ...]
    """Every name it can be cited by."""
    numbers: tuple[str, ...]
    proceedings: tuple[str, ...]
    """The numbers of the other rulings of its dispute."""
    undoes: tuple[str, ...]
    """The numbers of those that it reversed or sent back."""


def ties_of(ruling: Ruling) -> Ties:
    """What others need to know of a ruling to be linked to it."""
    return Ties(
        id=ruling.id,
        keys=tuple(keys_of(ruling)),
        numbers=tuple(number.key for number in ruling.numbers),
        proceedings=tuple(entry.number.key for entry in ruling.proceedings),
        undoes=tuple(
            entry.number.key
            for entry in ruling.proceedings
            if ruling.outcome in UNDOING and entry.relation is Relation.FIRST_INSTANCE
        ),
    )


def cited_in(ruling: Ruling) -> tuple[Cited, ...]:
    """Every citation in the text of a ruling, in reading order; needs no other ruling."""
    paragraphs = [paragraph for _, paragraph in ruling.paragraphs]
    found = find_each([paragraph.text for paragraph in paragraphs])
    return tuple(
        Cited(paragraph.id, citation)
        for paragraph, citations in zip(paragraphs, found, strict=True)
        for citation in citations
        if citation.kind not in _OF_BRIEFS and citation.key
    )


class Numbers:
    """Which rulings a case number, a guiding case or a database entry names."""

    def __init__(self) -> None:
        self._ids: dict[str, list[str]] = defaultdict(list)
        self._disputes: dict[str, set[str]] = defaultdict(set)
        self._undone: set[str] = set()

    def add(self, ties: Ties) -> None:
        """Take in every name of a ruling."""
        for key in ties.keys:
            if ties.id not in self._ids[key]:
                self._ids[key].append(ties.id)
        self._undone.update(ties.undoes)
        for key in ties.proceedings:
            self._disputes[key].update(ties.numbers)
            for own in ties.numbers:
                self._disputes[own].add(key)

    def lookup(self, key: str) -> Sequence[str]:
        """The ids a key names; empty when none is held."""
        return self._ids.get(key, ())

    def is_undone(self, ruling: Ruling) -> bool:
        """Whether a ruling of these reversed the given one, wholly or in part."""
        return any(number.key in self._undone for number in ruling.numbers)

    def same_dispute(self, ruling: Ruling) -> set[str]:
        """The numbers of the other rulings of a ruling's dispute, whichever of them says so."""
        near = {number.key for number in ruling.numbers}
        return near.union(*(self._disputes.get(key, set()) for key in near))


def link(ruling: Ruling, numbers: Numbers, cited: Iterable[Cited] | None = None) -> Linked:
    """The ruling with its citations and proceedings resolved among ``numbers``.

    ``cited`` is what `cited_in` found; with it, the ruling's text is not needed.
    """
    found = cited_in(ruling) if cited is None else cited
    undone = numbers.is_undone(ruling) or (ruling.later is not None and ruling.later.outcome in UNDOING)
    return Linked(
        ruling, tuple(_citations(ruling, found, numbers)), tuple(_proceedings(ruling.proceedings, numbers)), undone
    )


def _citations(ruling: Ruling, cited: Iterable[Cited], numbers: Numbers) -> Iterable[FoundCitation]:
    # A ruling of the same dispute is named as its history, not cited as an authority.
    own = numbers.same_dispute(ruling)
    for each in cited:
        if each.citation.key not in own:
            (resolution,) = resolve((each.citation,), numbers.lookup)
            yield FoundCitation(each.paragraph, resolution)
    for number in ruling.cites:
        yield FoundCitation(None, Resolution(_as_citation(number), tuple(numbers.lookup(number.key))))


def _as_citation(number: CaseNumber) -> Citation:
    return Citation(CitationKind.CASE_NUMBER, 0, 0, number.printed or str(number), number.key, number)


def _proceedings(entries: Iterable[Proceeding], numbers: Numbers) -> Iterable[tuple[Proceeding, str | None]]:
    for entry in entries:
        held = numbers.lookup(entry.number.key)
        yield entry, held[0] if len(held) == 1 else None
