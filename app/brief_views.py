"""What the pages of briefs and of citation forms are made of; the pages themselves are in `app.pages`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormView:
    """One form of a citation, to be copied."""

    name: str
    label: str
    text: str
    lines: int
    """So many lines the text has."""
    url: str | None = None
    """The same as a file."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in a brief or in a ruling, to go to."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class VerdictView:
    """A verdict: its name, its shape and its word; the shape never stands alone."""

    name: str
    shape: str
    word: str


@dataclass(frozen=True, slots=True)
class BriefRun:
    """A stretch of a brief: plain, or a citation with its verdict."""

    text: str
    verdict: VerdictView | None = None
    url: str | None = None
    """What is cited, when it is here."""
    row: str = ""
    """The fragment of its line in the table of authorities."""


@dataclass(frozen=True, slots=True)
class PassageView:
    number: int
    runs: tuple[BriefRun, ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    quoted: str
    ruling: str


@dataclass(frozen=True, slots=True)
class QuotationView:
    text: str
    language: str
    agreement: str
    faithful: bool
    """Whether the quotation needs no second look."""
    speaker: str
    place: Place | None
    differences: tuple[DifferenceView, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """What was found of one citation."""

    place: Place
    text: str
    verdict: VerdictView
    reasons: tuple[str, ...]
    suggestion: Place | None
    quotations: tuple[QuotationView, ...]


@dataclass(frozen=True, slots=True)
class BriefAuthorityView:
    id: str
    text: str
    title: str
    """The conventional name of a ruling held here, or empty."""
    title_language: str
    digest: bool
    url: str | None
    verdict: VerdictView
    depth: int
    places: tuple[Place, ...]
    history: tuple[str, ...]
    findings: tuple[FindingView, ...]
    """The citations of which there is something to say."""
