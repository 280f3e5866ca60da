"""The embedded engine's reading side: an index folder opened once, read by many threads."""

import threading
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.index import open_dir
from whoosh.query import And, Query, Term
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext

from app.search.evaluate import Matches, Scores, evaluate
from app.search.facets import FacetColumn, filtered
from app.search.plan import SearchPlan
from app.search.query import Order
from app.search.searcher import ClauseCost, Hit, SearchResults
from indexer.index.fields import FACETS

_NONE = np.zeros(0, np.int32)


class WhooshSearcher:
    """A snapshot of a Whoosh index; facets, dates and folded text are read when it is opened."""

    def __init__(self, folder: Path) -> None:
        self._index = open_dir(folder.as_posix(), readonly=True)
        self._searcher = self._index.searcher(weighting=BM25F())
        self._reader = self._searcher.reader()
        self._lock = threading.Lock()  # Whoosh's readers seek in shared files
        stored = [self._reader.stored_fields(number) for number in range(self._reader.doc_count_all())]
        self._ids: tuple[str, ...] = tuple(fields["id"] for fields in stored)
        self._segments = [fields["segments"] for fields in stored]
        self._cited_by = np.array([fields["cited_by"] for fields in stored], np.int32)
        self._tier = np.array([fields["tier"] for fields in stored], np.int32)
        self._first = np.array([fields.get("date_first", 0) for fields in stored], np.int32)
        self._last = np.array([fields.get("date_last", 0) for fields in stored], np.int32)
        self._columns = {name: FacetColumn.of([fields["facets"][name] for fields in stored]) for name in FACETS}
        self._cached_scored = lru_cache(maxsize=4_096)(self._read_scored)
        self._cached_exact = lru_cache(maxsize=4_096)(self._read_exact)

    @property
    def size(self) -> int:
        """How many rulings the index holds."""
        return len(self._ids)

    def search(self, plan: SearchPlan) -> SearchResults:
        """Carry out a plan."""
        found = evaluate(plan.tree, self)
        mask, counts = filtered(self._columns, plan.filters, found.mask)
        rulings = self._ordered(np.flatnonzero(mask), found, plan.order)
        chosen = rulings[plan.first : plan.first + plan.size]
        hits = tuple(Hit(self._ids[i], float(found.scores[i]), int(self._cited_by[i])) for i in chosen)
        return SearchResults(len(rulings), hits, counts)

    def explain(self, plan: SearchPlan) -> Sequence[ClauseCost]:
        """What each clause of the plan matches and costs, and last the whole."""
        clauses = [*plan.tree, plan.tree] if isinstance(plan.tree, And) else [plan.tree]
        costs = []
        for clause in clauses:
            started = time.perf_counter()
            matches = int(evaluate(clause, self).mask.sum())
            costs.append(ClauseCost(repr(clause), matches, (time.perf_counter() - started) * 1000))
        return costs

    def suggest(self, word: str) -> Sequence[str]:
        """Words of the index spelt nearly like ``word``; none when the index has it."""
        with self._lock:
            if ("spelling", word) in self._reader:
                return ()
            distance = 2 if len(word) > 3 else 1
            corrector = self._reader.corrector("spelling")
            near = corrector.suggest(word, limit=20, maxdist=distance, prefix=0)
        # Two characters in the wrong order are the commonest slip in Chinese: same characters first.
        return tuple(sorted(near, key=lambda each: (sorted(each) != sorted(word), abs(len(each) - len(word))))[:3])

    def close(self) -> None:
        """Close the files."""
        self._searcher.close()
        self._index.close()

    def scored(self, zone: str, term: str) -> tuple[NDArray[np.int32], Scores]:
        """Rulings with ``term`` in a text field, and the BM25 score of each."""
        return self._cached_scored(zone, term)

    def exact(self, field: str, value: str) -> NDArray[np.int32]:
        """Rulings with a value in a field of whole values."""
        return self._cached_exact(field, value)

    def matching(self, field: str, query: Query) -> NDArray[np.int32]:
        """Rulings with any term of a field that a prefix or wildcard matches."""
        pattern = type(query)(_whoosh_name(field), getattr(query, "text", ""))
        with self._lock:
            return np.fromiter(self._searcher.docs_for_query(pattern), np.int32)

    def dated(self, first: int, last: int) -> NDArray[np.int32]:
        """Rulings that may have been decided between two days; those without a date never."""
        return np.flatnonzero((self._first > 0) & (self._first <= last) & (self._last >= first)).astype(np.int32)

    def segments(self, ruling: int) -> Sequence[tuple[str, str]]:
        """The folded text of a ruling."""
        segments: Sequence[tuple[str, str]] = self._segments[ruling]
        return segments

    def facet_values(self) -> Mapping[str, tuple[str, ...]]:
        """Every value of every facet in this index."""
        return {name: column.values for name, column in self._columns.items()}

    def _read_scored(self, zone: str, term: str) -> tuple[NDArray[np.int32], Scores]:
        field = _whoosh_name(zone)
        with self._lock:
            if (field, term) not in self._reader:
                return _NONE, np.zeros(0, np.float32)
            matcher = Term(field, term).matcher(self._searcher, SearchContext(weighting=self._searcher.weighting))
            rulings, scores = [], []
            while matcher.is_active():
                rulings.append(matcher.id())
                scores.append(matcher.score())
                matcher.next()
        return np.array(rulings, np.int32), np.array(scores, np.float32)

    def _read_exact(self, field: str, value: str) -> NDArray[np.int32]:
        with self._lock:
            if (field, value) not in self._reader:
                return _NONE
            return np.fromiter(self._reader.postings(field, value).all_ids(), np.int32)

    def _ordered(self, rulings: NDArray[np.int64], found: Matches, order: Order) -> NDArray[np.int64]:
        """The rulings in the order wanted; unknown dates last, ties by score, then newest first."""
        score, first = -found.scores[rulings], self._first[rulings]
        newest = -first
        keys = {
            Order.RELEVANCE: (newest, score),
            Order.NEWEST: (score, -self._last[rulings]),
            Order.OLDEST: (score, np.where(first > 0, first, np.iinfo(np.int32).max)),
            Order.CITED: (newest, score, -self._cited_by[rulings]),
            Order.TIER: (score, newest, self._tier[rulings]),
        }[order]
        return rulings[np.lexsort((rulings, *keys))]


def _whoosh_name(field: str) -> str:
    return field.replace("-", "_")
