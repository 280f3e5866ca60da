"""What citations mean among the rulings of a build."""

from collections.abc import Callable, Iterable, Sequence

from indexer.domain.citation import Citation, CitationKind, Resolution

Lookup = Callable[[str], Sequence[str]]
"""Ruling ids by the key of a citation; empty when none is held."""

RULING_KINDS = frozenset({CitationKind.CASE_NUMBER, CitationKind.GUIDING_CASE, CitationKind.DATABASE_ENTRY})
"""The kinds that name a ruling; the others name a statute or an agency's decision."""

_LOOKED_UP = RULING_KINDS | {CitationKind.BACK_REFERENCE}


def resolve(citations: Iterable[Citation], lookup: Lookup) -> list[Resolution]:
    """Each citation with the rulings it names; several candidates, or the rulings of joined numbers, stay several."""
    return [Resolution(citation, tuple(_rulings(citation, lookup))) for citation in citations]


def _rulings(citation: Citation, lookup: Lookup) -> Iterable[str]:
    if citation.kind not in _LOOKED_UP or not citation.key:
        return ()
    keys = [number.key for number in citation.numbers] or [citation.key]
    return dict.fromkeys(id for key in keys for id in lookup(key))
