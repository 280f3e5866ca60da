"""Port, reading side: what every full-text engine of ours must do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.search.plan import SearchPlan


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    score: float
    cited_by: int
    number: int
    """Its place in the index."""


@dataclass(frozen=True, slots=True)
class SearchResults:
    """Hits, total and counts of one snapshot; total and counts are exact, unless the answer is partial."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    """Count by value for each facet, under all filters but the facet's own."""
    partial: bool = False
    """True when time was up before every ruling was read that had to be: there may be more of everything."""


@dataclass(frozen=True, slots=True)
class ClauseCost:
    """One clause of a plan, how many rulings it matches, and what finding them took."""

    clause: str
    matches: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Similar:
    """A ruling like another, and what they have in common."""

    id: str
    score: float
    """How alike, from 0 to about 1.5: the share of telling words, and what is added for each thing in common."""
    words: tuple[str, ...]
    """The most telling words that both have, as they are written, folded."""
    articles: tuple[str, ...]
    """Articles that both apply or cite, as ``law:article``."""
    fields: tuple[str, ...]
    causes: tuple[str, ...]


class Searcher(Protocol):
    """A snapshot of an index."""

    def search(self, plan: SearchPlan) -> SearchResults:
        """Carry out a plan."""

    def explain(self, plan: SearchPlan) -> Sequence[ClauseCost]:
        """What each clause of a plan matches and costs."""

    def suggest(self, word: str) -> Sequence[str]:
        """Words of the index that are spelt nearly like ``word``, nearest first."""

    def similar(self, id: str, limit: int) -> Sequence[Similar]:
        """Rulings like the one with this id, the most alike first; none when it is not held."""

    def text(self, number: int) -> str:
        """The folded text of the ruling at a place, a line for each piece: names, then paragraphs in order."""

    def close(self) -> None:
        """Release the snapshot."""
