"""What the catalogue holds of the rulings a brief cites, each looked up once."""

import datetime
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from app.briefs.model import Reason
from app.catalogue import Catalogue, Step
from app.errors import Withdrawn
from indexer.citator.resolve import RULING_KINDS
from indexer.domain.case_number import CaseNumber, fold_number, romanise
from indexer.domain.citation import Citation, CitationKind
from indexer.domain.numbering import doubtful, impossible
from indexer.domain.ruling import Ruling

_MAX_SUGGESTIONS = 3
_ROMANISED_DISTANCE = 8
"""One character is at most so many letters."""


class Held:
    """The rulings named by the citations of one brief."""

    def __init__(self, catalogue: Catalogue, citations: Iterable[Citation], today: datetime.date) -> None:
        self.today = today
        self._catalogue = catalogue
        names = {name for citation in citations if citation.kind in RULING_KINDS for name in _names(citation)}
        self._ids = {name: catalogue.resolve(name) for name in names}
        self._rulings = catalogue.rulings({id for ids in self._ids.values() for id in ids})
        self._steps: dict[str, list[Step]] = {}
        self._all_ids: Sequence[str] | None = None

    def rulings(self, citation: Citation) -> list[Ruling]:
        """The rulings a citation names; for joined numbers, those of any of them."""
        ids = dict.fromkeys(id for name in _names(citation) for id in self._ids[name])
        return [self._rulings[id] for id in ids if id in self._rulings]

    def ruling(self, id: str) -> Ruling:
        """One of these rulings by its id."""
        return self._rulings[id]

    def steps(self, ruling: Ruling) -> list[Step]:
        """The course of the dispute a ruling belongs to."""
        if ruling.id not in self._steps:
            self._steps[ruling.id] = self._catalogue.proceedings(ruling)
        return self._steps[ruling.id]

    def withdrawn(self, citation: Citation) -> str | None:
        """Why a ruling was taken out, if it was."""
        for name in _names(citation):
            if id := self._catalogue.withdrawn(name):
                try:
                    self._catalogue.ruling(id)
                except Withdrawn as gone:
                    return str(gone)
        return None

    def impossible(self, citation: Citation) -> Reason | None:
        """The numbering rule that a number breaks, if it breaks one."""
        for number in _numbers(citation):
            if fault := impossible(number, self.today):
                return Reason(f"numbering:{fault.code}", fault.value, fault.rule)
        return None

    def doubtful(self, citation: Citation) -> Reason | None:
        """What is odd about a number that may exist all the same, if anything is."""
        for number in _numbers(citation):
            if fault := doubtful(number):
                return Reason(f"numbering:{fault.code}", fault.value, fault.rule)
        return None

    def neighbours(self, citation: Citation) -> list[str]:
        """The case numbers held that a malformed one may mean: one character apart, or only its year left out."""
        reading = romanise(fold_number(citation.text)).removesuffix("hao")
        near = [id for id in self._ids_of_all() if _reads_alike(reading, id.replace("-", ""))]
        wanted = [_bare(text) for text in (citation.text, *citation.suggestions)]
        numbers = {number for ruling in self._catalogue.rulings(near).values() for number in ruling.numbers}
        fitting = [number for number in numbers if any(_is_near(text, _bare(str(number))) for text in wanted)]
        return sorted(map(str, fitting))[:_MAX_SUGGESTIONS]

    def _ids_of_all(self) -> Sequence[str]:
        if self._all_ids is None:
            self._all_ids = self._catalogue.ids()
        return self._all_ids


def _reads_alike(reading: str, other: str) -> bool:
    if other.endswith(reading):
        return True
    return Levenshtein.distance(reading, other, score_cutoff=_ROMANISED_DISTANCE) <= _ROMANISED_DISTANCE


def _is_near(text: str, number: str) -> bool:
    return Levenshtein.distance(text, number) <= 1 or number[4:] == text


def _bare(number: str) -> str:
    """A number without what may be missing of it: brackets, 字, 第, 号."""
    return "".join(char for char in fold_number(number) if char not in "()字第号")


def _names(citation: Citation) -> list[str]:
    if citation.kind is CitationKind.GUIDING_CASE:
        return [f"指导案例{citation.key.rpartition(':')[2]}号"]
    numbers = _numbers(citation)
    return [str(number) for number in numbers] or [citation.key]


def _numbers(citation: Citation) -> Sequence[CaseNumber]:
    return citation.numbers or ([citation.number] if citation.number else [])
