"""What several pages are made of: links, marked text, hits, facet values, tags."""

from dataclasses import dataclass

from app.search.snippets import Run as Marked
from indexer.domain.ruling import Ruling


@dataclass(frozen=True, slots=True)
class Link:
    """Something to click."""

    text: str
    url: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: plain, marked because it matched, or linked because it cites."""

    text: str
    marked: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SnippetView:
    part: str
    paragraph: str
    """As printed: ¶12."""
    url: str
    language: str
    runs: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class HitView:
    ruling: Ruling
    url: str
    title: str
    title_language: str
    cited_by: int
    score: float
    snippets: tuple[SnippetView, ...]
    undone: bool = False
    """Whether a later instance reversed it, wholly or in part."""


@dataclass(frozen=True, slots=True)
class FacetValueView:
    value: str
    label: str
    count: int
    selected: bool
    url: str
    depth: int = 0
    """How deep it stands in a tree, from 0."""


@dataclass(frozen=True, slots=True)
class FacetView:
    name: str
    label: str
    values: tuple[FacetValueView, ...]
    note: str = ""
    """What a reader must know of this facet."""
    more: int = 0
    """How many values it has beside those shown."""
    whole: bool = False
    """Whether the reader asked for all its values."""
    other: str = ""
    """The same search with all its values, or with the first alone; empty when there are no more."""


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag with its basis in words; the basis is what makes it trustworthy or not."""

    label: str
    basis: str
    url: str
