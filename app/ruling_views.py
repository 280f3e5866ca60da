"""What the page of a ruling is made of; the page itself is in `app.pages`."""

from dataclasses import dataclass

from app.catalogue import Authority
from app.views import Link, Run


@dataclass(frozen=True, slots=True)
class StepView:
    relation: str
    number: str
    court: str
    url: str | None
    outcome: str
    date: str
    is_this: bool
    held: bool
    undone: bool
    """Whether a later instance reversed it, wholly or in part."""


@dataclass(frozen=True, slots=True)
class MapNode:
    """A ruling in the picture of citations; places are in the picture's own units."""

    number: str
    year: str
    title: str
    url: str
    """Empty for a ruling that is not held."""
    x: int
    y: int
    label_x: int
    anchor: str
    """Which end of the label lies at ``label_x``: ``start`` or ``end``."""
    path: str
    """The line to the middle, as SVG draws it."""


@dataclass(frozen=True, slots=True)
class CitationMap:
    """What a ruling cites, on the left, and what cites it, on the right."""

    width: int
    height: int
    x: int
    y: int
    year: str
    nodes: tuple[MapNode, ...]
    more: int
    """How many are left out of the picture."""


@dataclass(frozen=True, slots=True)
class SimilarView:
    """A ruling like the one read, and why."""

    title: str
    title_language: str
    number: str
    url: str
    court: str
    date: str
    undone: bool
    reasons: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WalkView:
    """The place among the hits of the search that led here; an address is empty where there is no such hit."""

    rank: int
    total: int
    previous: str
    following: str
    back: str


@dataclass(frozen=True, slots=True)
class CitedByView:
    title: str
    title_language: str
    number: str
    date: str
    url: str
    depth: int


@dataclass(frozen=True, slots=True)
class SourceView:
    title: str
    publisher: str
    supports: str
    url: str | None
    """The address as text, or None."""
    linked: bool
    """Whether it may be linked (known publishers only)."""


@dataclass(frozen=True, slots=True)
class ParagraphView:
    id: str
    label: str
    runs: tuple[Run, ...]
    translation: tuple[Run, ...] | None


@dataclass(frozen=True, slots=True)
class PartView:
    id: str
    label: str
    paragraphs: tuple[ParagraphView, ...]


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """A statute applied, and where the ruling names it."""

    text: str
    url: str
    paragraphs: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AuthorityView:
    authority: Authority
    url: str | None
    label: str
    title: str
    """The name of the ruling cited, when it is held; the law of an article printed without it."""
    title_language: str
    paragraphs: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of a page where it is linked from."""

    description: str
    image: str
    """Absolute address of a picture, 1200 × 630."""
    linked_data: dict[str, object]
    """JSON-LD."""
