"""From one hit of a search to the next: where a ruling stands among the hits, and who its neighbours are."""

from dataclasses import dataclass

from app.search.answer import find
from app.search.query import SearchQuery
from app.search.searcher import Searcher
from app.settings import MAX_DEPTH_HITS


@dataclass(frozen=True, slots=True)
class Place:
    """A ruling's place among the hits of a search."""

    rank: int
    """From 1."""
    total: int
    before: str | None
    """The id of the hit before, or None."""
    after: str | None


def place(query: SearchQuery, rank: int, id: str, searcher: Searcher) -> Place | None:
    """The place of the ruling ``id``, if it is the hit of that rank; None when it is not, as after a new build."""
    if not 1 <= rank <= MAX_DEPTH_HITS:
        return None
    first = max(0, rank - 2)
    results = find(query, searcher, (first, 3)).results
    ids = {first + i + 1: hit.id for i, hit in enumerate(results.hits)}
    if ids.get(rank) != id:
        return None
    return Place(rank, results.total, ids.get(rank - 1), ids.get(rank + 1))
