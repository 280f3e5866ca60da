"""What is handed from one step of the intake to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.domain.case_number import CaseNumber
from indexer.domain.dates import PartialDate
from indexer.domain.people import PanelMember, Party
from indexer.domain.ruling import CaseType, Damages, DocumentType, Outcome, Part, Procedure, Provision


@dataclass(frozen=True, slots=True)
class Known:
    """What the source said beside the text (a database's columns); empty where it said nothing."""

    title: str = ""
    court: str = ""
    case_number: str = ""
    document_type: str = ""
    date: str = ""
    cause: str = ""
    procedure: str = ""
    case_type: str = ""
    url: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Text by part name, where the source had labelled parts (China Judgments Online s22 … s28)."""


@dataclass(frozen=True, slots=True)
class RawJudgment:
    """One judgment as a file held it."""

    source: str
    """Where it was: file name, and line or number in it."""
    text: str
    """Plain text, one line for each paragraph, no markup."""
    known: Known = Known()
    language: str = "zh"
    """``zh`` or ``en``."""
    corpus_file: str = ""
    """The whole file, where it is already one of our corpus files: it goes into the corpus as it is."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file, or one judgment in it, was not taken: a code of `indexer/intake/refusals.toml`."""

    source: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class CutPart:
    """One part of a judgment: ``text[start:end]`` of the raw text, whole lines as a rule."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A judgment cut into parts, in order, without overlap; what could not be cut is UNSEGMENTED."""

    parts: tuple[CutPart, ...]

    @property
    def is_segmented(self) -> bool:
        return any(part.part is not Part.UNSEGMENTED for part in self.parts)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the text itself says of the judgment; None or empty where it says nothing."""

    court: str | None = None
    """The id in the registry of courts, when the court is in it."""
    court_name: str = ""
    """As printed."""
    numbers: tuple[CaseNumber, ...] = ()
    document_type: DocumentType | None = None
    date: PartialDate | None = None
    procedure: Procedure | None = None
    case_type: CaseType | None = None
    parties: tuple[Party, ...] = ()
    counsel: tuple[str, ...] = ()
    panel: tuple[PanelMember, ...] = ()
    cause: str = ""
    outcome: Outcome | None = None
    damages: Damages | None = None
    statutes: tuple[Provision, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Judgment:
    """A judgment, read: its text in parts, and what is known of it."""

    raw: RawJudgment
    cut: Cut
    reading: Reading

    def paragraphs(self) -> tuple[tuple[Part, tuple[str, ...]], ...]:
        """Each part with its paragraphs: the non-empty lines of its text."""
        return tuple(
            (part.part, lines)
            for part in self.cut.parts
            if (
                lines := tuple(
                    line.strip() for line in self.raw.text[part.start : part.end].split("\n") if line.strip()
                )
            )
        )
