"""Fifth stage: rulings of one build are tied to each other by their case numbers.

Needs only number → id in memory, not the rulings' texts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.citator import find_citations, resolve
from indexer.domain.case_number import CaseNumber
from indexer.domain.citation import Citation, CitationKind, Resolution
from indexer.domain.linked import FoundCitation, Linked, keys_of
from indexer.domain.ruling import Proceeding, Ruling


class Numbers:
    """Which rulings a case number, a guiding case or a database entry names."""

    def __init__(self) -> None:
        self._ids: dict[str, list[str]] = defaultdict(list)

    def add(self, ruling: Ruling) -> None:
        """Take in every name of the ruling."""
        for key in keys_of(ruling):
            if ruling.id not in self._ids[key]:
                self._ids[key].append(ruling.id)

    def lookup(self, key: str) -> Sequence[str]:
        """The ids a key names; empty when none is held."""
        return self._ids.get(key, ())


def link(ruling: Ruling, numbers: Numbers) -> Linked:
    """The ruling with its citations and proceedings resolved among ``numbers``."""
    return Linked(ruling, tuple(_citations(ruling, numbers)), tuple(_proceedings(ruling.proceedings, numbers)))


def _citations(ruling: Ruling, numbers: Numbers) -> Iterable[FoundCitation]:
    own = {number.key for number in ruling.numbers}
    for _, paragraph in ruling.paragraphs:
        for resolution in resolve(find_citations(paragraph.text), numbers.lookup):
            if resolution.citation.key not in own:
                yield FoundCitation(paragraph.id, resolution)
    for number in ruling.cites:
        yield FoundCitation(None, Resolution(_as_citation(number), tuple(numbers.lookup(number.key))))


def _as_citation(number: CaseNumber) -> Citation:
    return Citation(CitationKind.CASE_NUMBER, 0, 0, number.printed or str(number), number.key, number)


def _proceedings(entries: Iterable[Proceeding], numbers: Numbers) -> Iterable[tuple[Proceeding, str | None]]:
    for entry in entries:
        held = numbers.lookup(entry.number.key)
        yield entry, held[0] if len(held) == 1 else None
