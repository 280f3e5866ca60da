"""Curated lists of rulings, and rulings that were taken out."""

from dataclasses import dataclass

from indexer.domain.names import Names
from indexer.domain.ruling import Source


@dataclass(frozen=True, slots=True)
class CollectionEntry:
    """One place on a list; `ruling` is None when the corpus does not hold it."""

    ruling: str | None
    place: int | None = None
    case_number: str | None = None
    title: Names = Names()


@dataclass(frozen=True, slots=True)
class Collection:
    name: str
    title: Names
    description: Names
    publisher: Names
    released: str | None
    size: int | None
    """How many cases the published list has, when a source says so."""
    sources: tuple[Source, ...]
    entries: tuple[CollectionEntry, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A ruling that was taken out; its address answers 410 with the reason."""

    id: str
    reason: Names
    date: str
