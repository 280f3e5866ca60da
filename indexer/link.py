"""Fifth stage: rulings of one build are tied to each other by their case numbers.

Needs only number → id in memory, not the rulings' texts.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.citator import find_citations, resolve
from indexer.domain.case_number import CaseNumber
from indexer.domain.citation import Citation, CitationKind, Resolution
from indexer.domain.ruling import Proceeding, Recognition, RecognitionKind, Ruling

_GUIDING = re.compile(r"指导(?:性)?案例第?(\d+)号")
_ENTRY = re.compile(r"\d{4}-\d{2}-\d-\d{3}-\d{3}")


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A citation in one paragraph of a ruling; the paragraph is None for one its editor named."""

    paragraph: str | None
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Linked:
    """A ruling with what it cites, and its proceedings with the ids of those held."""

    ruling: Ruling
    citations: tuple[FoundCitation, ...]
    proceedings: tuple[tuple[Proceeding, str | None], ...]


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


def keys_of(ruling: Ruling) -> list[str]:
    """Every key under which a ruling can be cited."""
    keys = [number.key for number in ruling.numbers]
    for recognition in ruling.recognition:
        keys += _recognition_keys(recognition)
    return list(dict.fromkeys(keys))


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


def _recognition_keys(recognition: Recognition) -> list[str]:
    name = recognition.name.zh or ""
    if recognition.kind is RecognitionKind.GUIDING_CASE and (match := _GUIDING.search(name)):
        return [f"guiding-case:{int(match[1])}"]
    if recognition.kind is RecognitionKind.CASE_DATABASE and (match := _ENTRY.search(name)):
        return [match[0]]
    return []
