"""Sixth stage: linked rulings into the index and the catalogue of a build."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from indexer.catalogue.writer import CatalogueWriter
from indexer.domain.citation import CitationKind
from indexer.domain.collection import Collection, Withdrawn
from indexer.domain.linked import Linked
from indexer.index.document import document
from indexer.index.writer import IndexWriter


def cited_by(rulings: Iterable[Linked]) -> Mapping[str, int]:
    """How many rulings of the build cite each ruling; a ruling counts once however often it cites."""
    counts: Counter[str] = Counter()
    for linked in rulings:
        cited = {
            found.resolution.rulings[0]
            for found in linked.citations
            if len(found.resolution.rulings) == 1 and found.resolution.citation.kind is not CitationKind.PROVISION
        }
        counts.update(cited - {linked.ruling.id})
    return counts


def write(
    rulings: Iterable[Linked],
    counts: Mapping[str, int],
    index: IndexWriter,
    catalogue: CatalogueWriter,
    done: Callable[[], None],
) -> None:
    """Every ruling into both, in one order; ``done`` is called after each."""
    for linked in rulings:
        index.add(document(linked, counts.get(linked.ruling.id, 0)))
        catalogue.add(linked)
        done()


def write_collections(
    catalogue: CatalogueWriter, collections: Mapping[str, Collection], withdrawn: Iterable[Withdrawn]
) -> None:
    """The curated lists and the withdrawn rulings."""
    catalogue.add_collections(collections, withdrawn)
