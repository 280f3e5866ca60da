"""Sixth stage: linked rulings into the catalogue of a build, and what the index can know only now."""

from collections import Counter
from collections.abc import Iterable, Mapping

from indexer.catalogue.writer import CatalogueWriter
from indexer.domain.citation import CitationKind
from indexer.domain.linked import Linked
from indexer.index.whoosh_writer import Late


def cited_rulings(linked: Linked) -> set[str]:
    """The other rulings of the build that a ruling cites, each once however often it does."""
    cited = {
        found.resolution.rulings[0]
        for found in linked.citations
        if len(found.resolution.rulings) == 1 and found.resolution.citation.kind is not CitationKind.PROVISION
    }
    return cited - {linked.ruling.id}


def cited_by(rulings: Iterable[Linked]) -> Mapping[str, int]:
    """How many rulings of the build cite each ruling."""
    return Counter(id for linked in rulings for id in cited_rulings(linked))


def write(linked: Linked, document: bytes, late: Late, catalogue: CatalogueWriter) -> None:
    """One ruling, with its packed ``document``; rulings come in the order of the index."""
    keys = dict.fromkeys(found.resolution.citation.key for found in linked.citations)
    late.add(linked.ruling.id, tuple(keys))
    catalogue.add(linked, document)
