"""An independent reference: the same plan answered by reading every ruling, without any index.

It shares with the product what a word *is* (folding, terms) but nothing of how it is found.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from whoosh.query import And, AndMaybe, Every, Not, Or, Query, Term

from app.search.nodes import DateWithin, Exact, Near, Together
from app.search.plan import SearchPlan
from app.search.query_fields import EXACT_FIELDS, ZONES_OF
from app.search.spans import spans
from indexer.index.analysis import fold, is_han, sentences, terms
from indexer.index.document import IndexDocument


@dataclass(frozen=True)
class Scanned:
    ids: frozenset[str]
    facets: Mapping[str, Mapping[str, int]]


def scan(plan: SearchPlan, documents: Iterable[IndexDocument]) -> Scanned:
    """Ids that match and every facet's counts, one ruling after the other."""
    matching = [document for document in documents if _matches(plan.tree, document)]
    whole = [document for document in matching if _passes(document, plan.filters)]
    facets = {
        name: Counter(
            value
            for document in matching
            if _passes(document, {facet: values for facet, values in plan.filters.items() if facet != name})
            for value in document.facets[name]
        )
        for name in (matching[0].facets if matching else ())
    }
    return Scanned(frozenset(document.id for document in whole), facets)


def _passes(document: IndexDocument, filters: Mapping[str, Sequence[str]]) -> bool:
    return all(set(values) & set(document.facets[name]) for name, values in filters.items())


def _matches(query: Query, document: IndexDocument) -> bool:
    match query:
        case And():
            return all(_matches(part, document) for part in query)
        case Or():
            return any(_matches(part, document) for part in query)
        case Not():
            return not _matches(query.query, document)
        case AndMaybe():
            return _matches(query.a, document)
        case Every():
            return True
        case DateWithin():
            return document.date_first is not None and _overlaps(document, query.first, query.last)
        case Term() if query.fieldname in EXACT_FIELDS:
            values = {"number": document.numbers, "cites": document.cites, "statute": document.statutes}
            return query.text in values[query.fieldname]
        case Term():
            return any(_has_word(query.text, text) for text in _texts(document, query.fieldname))
        case Together():
            scope = getattr(query.left, "fieldname", "text")
            return any(holds(query, text) for text in _texts(document, scope)) and all(
                _matches(side, document) for side in (query.left, query.right)
            )
        case Near():
            return any(holds(query, text) for text in _texts(document, query.fieldname))
        case Exact():
            return any(holds(query, text) for text in _texts(document, query.fieldname))
        case _:
            return any(holds(query, text) for text in _texts(document, query.fieldname))


def _overlaps(document: IndexDocument, first: int, last: int) -> bool:
    return (document.date_first or 0) <= last and (document.date_last or 0) >= first


def _has_word(word: str, text: str) -> bool:
    return (is_han(word) and word in text) or word in terms(text)


def _texts(document: IndexDocument, field: str) -> list[str]:
    zones = ZONES_OF[field]
    return [fold(segment.text) for segment in document.segments if segment.zone in zones]


def holds(query: Query, text: str) -> bool:
    """Whether the folded ``text`` fulfils ``query`` by itself, its fields left aside."""
    match query:
        case And():
            return all(holds(part, text) for part in query)
        case Or():
            return any(holds(part, text) for part in query)
        case Not():
            return not holds(query.query, text)
        case AndMaybe():
            return holds(query.a, text)
        case Every():
            return True
        case Together():
            return any(holds(query.left, piece) and holds(query.right, piece) for piece in pieces(query.scope, text))
        case _:
            return next(iter(spans(query, text)), None) is not None


def pieces(scope: str, text: str) -> Sequence[str]:
    """The sentences of a paragraph, or the paragraph itself."""
    return sentences(text) if scope == "sentence" else [text]
