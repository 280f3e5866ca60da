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
    MALFORMED_NUMBER = "malformed-number"
    """Meant as a case number but not a whole one; `Citation.suggestions` says what may be meant."""
    BACK_REFERENCE = "back-reference"
    """前述判决, ``id.``: its key and number are those of the citation that it points back to."""


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
    """The normal form: a case number's key, ``guiding-case:78``, ``patent-law:22``, …

    Empty for a masked number. For a number in Latin letters that could be read in two ways it is the
    romanised key, which a catalogue resolves too. For a malformed number it is the words themselves.
    """
    number: CaseNumber | None = None
    """The first of `numbers` where several are joined."""
    numbers: tuple[CaseNumber, ...] = ()
    """Every number of a joined span (第1401-1403号; 第1号、第2号); empty otherwise."""
    masked: bool = False
    """True when digits or the court are blotted out: （2015）××刑初字第××号."""
    suggestions: tuple[str, ...] = ()
    """For a malformed number, the whole numbers that may be meant, as printed; none when nothing can be derived."""
    version: str | None = None
    """For a provision, the year of the version named beside it: ``2019`` in 《商标法》（2019年修正）."""
    article: str | None = None
    """For a provision, its place as printed, blanks taken out: ``第十七条第一款第（五）项``."""


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
