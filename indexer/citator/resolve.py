"""What citations mean among the rulings of a build."""

from collections.abc import Callable, Iterable, Sequence

from indexer.domain.citation import Citation, CitationKind, Resolution

Lookup = Callable[[str], Sequence[str]]
"""Ruling ids by the key of a citation; empty when none is held."""

RULING_KINDS = frozenset({CitationKind.CASE_NUMBER, CitationKind.GUIDING_CASE, CitationKind.DATABASE_ENTRY})
"""The kinds that name a ruling; the others name a statute or an agency's decision."""


def resolve(citations: Iterable[Citation], lookup: Lookup) -> list[Resolution]:
    """Each citation with the rulings it names; several candidates stay several."""
    return [
        Resolution(citation, tuple(lookup(citation.key)) if citation.kind in RULING_KINDS else ())
        for citation in citations
    ]
