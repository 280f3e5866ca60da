"""What a store holds, counted: the honest frame of every "not found"."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.catalogue import Catalogue
from app.search.plan import plan
from app.search.query import SearchQuery
from app.search.searcher import Searcher
from indexer.store import Manifest


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the store holds, counted."""

    rulings: int
    full: int
    digests: int
    translated: int
    by_court: Mapping[str, int]
    by_field: Mapping[str, int]
    by_year: Mapping[str, int]
    """By year of decision; ``not-stated`` where it is not known."""
    first: str
    """The earliest known decision date."""
    last: str


def coverage_of(searcher: Searcher, catalogue: Catalogue, manifest: Manifest) -> Coverage:
    """The coverage of one build; counts come from the index's own facets."""
    everything = searcher.search(plan(SearchQuery(), None))
    first, last = catalogue.decided()
    return Coverage(
        rulings=everything.total,
        full=everything.facets["text"].get("full", 0),
        digests=everything.facets["text"].get("digest", 0),
        translated=manifest.counts.get("translations", 0),
        by_court=_most_first(everything.facets["court"]),
        by_field=_most_first(everything.facets["field"]),
        by_year=dict(sorted(everything.facets["year"].items(), reverse=True)),
        first=first,
        last=last,
    )


def _most_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
