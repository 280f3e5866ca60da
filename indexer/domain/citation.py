"""Citations: the words in a text (`Citation`) and what they mean (`Resolution`)."""

from dataclasses import dataclass
from enum import StrEnum

from indexer.domain.case_number import CaseNumber


class CitationKind(StrEnum):
    CASE_NUMBER = "case-number"
    GUIDING_CASE = "guiding-case"
    DATABASE_ENTRY = "database-entry"
    PROVISION = "provision"
    INTERPRETATION = "interpretation"
    AGENCY_DECISION = "agency-decision"


class ResolutionState(StrEnum):
    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Citation:
    """Words that name an authority; ``text[start:end]`` of the text they were found in."""

    kind: CitationKind
    start: int
    end: int
    text: str
    key: str
    """The normal form: a case number's key, ``guiding-case:78``, ``patent-law:22``, …"""
    number: CaseNumber | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a citation means among the rulings of one build; several stay several."""

    citation: Citation
    rulings: tuple[str, ...] = ()

    @property
    def state(self) -> ResolutionState:
        if not self.rulings:
            return ResolutionState.UNRESOLVED
        return ResolutionState.RESOLVED if len(self.rulings) == 1 else ResolutionState.AMBIGUOUS
