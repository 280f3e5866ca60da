"""A ruling (裁判文书) and its parts: the unit of the corpus.

Everything here is a frozen value. A missing fact is ``None`` or an empty tuple and is shown as
"not stated"; nothing is filled in.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from indexer.domain.case_number import CaseNumber
from indexer.domain.dates import PartialDate
from indexer.domain.names import Names
from indexer.domain.people import PanelMember, Party

RulingId = NewType("RulingId", str)
"""The ASCII slug in a ruling's permanent address, such as ``2023-jing73-minzhong-3802``."""


class DocumentType(StrEnum):
    JUDGMENT = "judgment"
    ORDER = "order"
    DECISION = "decision"
    MEDIATION = "mediation"


class Procedure(StrEnum):
    FIRST_INSTANCE = "first-instance"
    SECOND_INSTANCE = "second-instance"
    RETRIAL = "retrial"
    OTHER = "other"


class CaseType(StrEnum):
    CIVIL = "civil"
    ADMINISTRATIVE = "administrative"
    CRIMINAL = "criminal"
    OTHER = "other"


class Outcome(StrEnum):
    GRANTED = "granted"
    PARTLY_GRANTED = "partly-granted"
    DISMISSED = "dismissed"
    UPHELD = "upheld"
    REVERSED = "reversed"
    PARTLY_REVERSED = "partly-reversed"
    REMANDED = "remanded"
    WITHDRAWN = "withdrawn"
    OTHER = "other"


UNDOING = frozenset({Outcome.REVERSED, Outcome.PARTLY_REVERSED, Outcome.REMANDED})
"""Outcomes of a later instance after which the earlier ruling does not stand as it was."""


class TextKind(StrEnum):
    FULL = "full"
    """The court's own text."""
    DIGEST = "digest"
    """A summary written for this corpus out of public sources; never the court's text."""


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Basis(StrEnum):
    """Where a tag comes from."""

    STATED = "stated"
    RULE = "rule"
    INFERRED = "inferred"
    """From weighted words of the text: likely, not certain."""
    EDITOR = "editor"


class Part(StrEnum):
    """The parts of a judgment (法〔2016〕221号), in the order in which they are read."""

    HEADNOTE = "headnote"
    PARTIES = "parties"
    PROCEDURE = "procedure"
    CLAIMS = "claims"
    DEFENCE = "defence"
    FIRST_INSTANCE = "first-instance"
    EVIDENCE = "evidence"
    FACTS = "facts"
    ISSUES = "issues"
    REASONING = "reasoning"
    HOLDINGS = "holdings"
    LEGAL_BASIS = "legal-basis"
    DISPOSITION = "disposition"
    TAIL = "tail"
    UNSEGMENTED = "unsegmented"


class Relation(StrEnum):
    """How another ruling of the same dispute stands to this one."""

    FIRST_INSTANCE = "first-instance"
    SECOND_INSTANCE = "second-instance"
    RETRIAL = "retrial"
    COMPANION = "companion"


class RecognitionKind(StrEnum):
    GUIDING_CASE = "guiding-case"
    GAZETTE = "gazette"
    CASE_DATABASE = "case-database"
    TOP_LIST = "top-list"
    TYPICAL_CASE = "typical-case"
    GIST = "gist"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Paragraph:
    id: str
    """``p12``, or ``h1`` in the headnote: the fragment of its permanent address."""
    text: str
    translation: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    part: Part
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A value with the reason why it was given."""

    value: str
    basis: Basis
    note: Names = Names()
    """What the basis was, for the reader: the rule, or the words of the source."""
    confidence: Confidence | None = None
    """How sure a rule or an inference is; None where somebody said so."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A statute in one version, or an article of it: law + version + article."""

    statute: str
    """The id in the registry of statutes."""
    version: str | None = None
    article: str | None = None
    """As printed: ``第十七条第一款第五项``."""


@dataclass(frozen=True, slots=True)
class Damages:
    """The amount awarded in all, in yuan (CNY)."""

    cny: int
    note: Names = Names()


@dataclass(frozen=True, slots=True)
class Proceeding:
    number: CaseNumber
    relation: Relation
    court: str | None = None
    """A court id, when it is known."""


@dataclass(frozen=True, slots=True)
class Later:
    """What later instances did to a ruling, as far as a source says; for rulings not held here."""

    note: Names
    outcome: Outcome | None = None
    """Their effect on this ruling: upheld, reversed …; None when it is not known."""


@dataclass(frozen=True, slots=True)
class Recognition:
    kind: RecognitionKind
    name: Names
    year: int | None = None
    collection: str | None = None
    """The slug of the curated list in ``corpus/collections/`` that holds it."""


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    publisher: str
    supports: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    id: RulingId
    numbers: tuple[CaseNumber, ...]
    court: str
    document_type: DocumentType
    procedure: Procedure
    case_type: CaseType
    title: Names
    cause: Names
    text: TextKind
    decision_date: PartialDate | None = None
    parties: tuple[Party, ...] = ()
    panel: tuple[PanelMember, ...] = ()
    causes: tuple[Tag, ...] = ()
    fields: tuple[Tag, ...] = ()
    """The legal fields, the main one first."""
    teams: tuple[Tag, ...] = ()
    statutes: tuple[Provision, ...] = ()
    outcome: Outcome | None = None
    damages: Damages | None = None
    proceedings: tuple[Proceeding, ...] = ()
    later: Later | None = None
    cites: tuple[CaseNumber, ...] = ()
    """Rulings that this one is known to cite though its text here does not name them."""
    recognition: tuple[Recognition, ...] = ()
    sources: tuple[Source, ...] = ()
    confidence: Confidence | None = None
    unsure: tuple[Names, ...] = ()
    """What is not settled, in words for the reader."""
    warning: bool = False
    """True when the doubts stand at the top of the page."""
    sections: tuple[Section, ...] = ()
    digest: str = ""
    """SHA-256 over the corpus files this ruling was read from."""

    @property
    def number(self) -> CaseNumber:
        return self.numbers[0]

    @property
    def paragraphs(self) -> tuple[tuple[Part, Paragraph], ...]:
        """Every paragraph with the part it stands in, in reading order."""
        return tuple((section.part, paragraph) for section in self.sections for paragraph in section.paragraphs)
