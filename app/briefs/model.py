"""What is said about a brief: passages, verdicts, quotations, links."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from indexer.domain.citation import Citation
from indexer.domain.ruling import Part


class Verdict(StrEnum):
    """What is known of one citation. Never "fake": that a ruling is not held here proves nothing."""

    CONSISTENT = "consistent"
    """Held here, and what the brief says of it agrees."""
    DIFFERS = "differs"
    """Held here, but the brief says something else of it: court, party, cause, date, document type."""
    NOT_HELD = "not-held"
    """Well-formed, not held here."""
    IMPOSSIBLE = "impossible"
    """It cannot exist under the numbering rules; the reason names the rule."""
    MALFORMED = "malformed"
    """Not a whole case number; a suggestion says what may be meant."""
    NOT_CHECKED = "not-checked"
    """Found, but of a kind, or so masked, that it can't be checked."""


class Agreement(StrEnum):
    """How a quotation stands in the ruling that is cited for it."""

    EXACT = "exact"
    FORMAL = "formal"
    """Exact but for width, punctuation or white space."""
    NEAR = "near"
    """Some characters differ; `differences` shows which."""
    MEANING = "meaning"
    """It differs in a negation (不, 未, 非, 无, not …) or leaves out words that change the sense."""
    NOT_FOUND = "not-found"


class Speaker(StrEnum):
    """Whose words a paragraph of a ruling holds."""

    COURT = "court"
    PARTY = "party"
    COURT_BELOW = "court-below"
    EDITOR = "editor"
    """A headnote or a digest: not the court's own text."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing found, for a reader: a code with the values that fill its sentence.

    The sentence itself is an English msgid in `app.briefs.reasons`.
    """

    code: str
    said: str = ""
    """What the brief says."""
    held: str = ""
    """What the catalogue, the numbering rule or the statute says."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch that is not the same: in the quotation, and in the ruling; either may be empty."""

    quoted: str
    ruling: str


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    passage: int
    start: int
    end: int
    text: str
    """The words between the quotation marks."""
    agreement: Agreement
    paragraph: str | None
    """The paragraph of the ruling where they stand, or stand most nearly."""
    part: Part | None
    speaker: Speaker | None
    language: str
    """``zh-Hans`` or ``en``: whether the original or the translation was quoted."""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """One citation of a brief with its verdict; ``start`` and ``end`` are offsets in its passage."""

    passage: int
    start: int
    end: int
    citation: Citation
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    ruling: str | None = None
    """The id of the ruling meant, when exactly one is held."""
    pinpoint: str | None = None
    """The paragraph of the ruling that the brief points to or quotes, ``p12``."""
    suggestion: str | None = None
    """For a malformed number: one that may be meant."""
    history: tuple[Reason, ...] = ()
    """What later instances did, as far as known here."""
    quotations: tuple[QuotationCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefReport:
    passages: tuple[str, ...]
    citations: tuple[CheckedCitation, ...]
    """In the order of the brief."""


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link to be put over ``passage[start:end]`` of a brief."""

    passage: int
    start: int
    end: int
    url: str
    title: str = ""


Stretch = tuple[int, int, int]
"""A passage, and where in it something begins and ends."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote: its mark stands in ``passage`` at ``at``, its text in ``stretches``."""

    passage: int
    at: int
    stretches: tuple[Stretch, ...]
    sure: bool = True
    """False when only a bare number tells that the two belong together."""


class BriefFile(Protocol):
    """A brief in some format."""

    @property
    def passages(self) -> Sequence[str]:
        """The text, paragraph by paragraph, footnotes and table cells included, each exactly as it reads."""

    @property
    def notes(self) -> Sequence[Note]:
        """The notes that the format tells; empty where they can only be told by how they are written."""

    def with_links(self, links: Sequence[PlacedLink], table: Sequence[str] = ()) -> bytes:
        """The same file with links added and, if ``table`` is given, those lines appended as plain paragraphs.

        Nothing else changes; links that are there already are left alone, so doing it twice changes nothing more.
        """
