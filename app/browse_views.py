"""What the pages of collections, fields, teams and courts are made of; the pages themselves are in `app.pages`."""

from dataclasses import dataclass

from app.views import FacetValueView, Link
from indexer.domain.ruling import Ruling


@dataclass(frozen=True, slots=True)
class EntryView:
    place: int | None
    title: str
    number: str
    url: str | None
    ruling: Ruling | None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of what a page is about: links, or a text."""

    name: str
    links: tuple[Link, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class CountsView:
    """The commonest values of a facet within what a page is about."""

    name: str
    values: tuple[FacetValueView, ...]
    more: bool
    """Whether there are others."""
