"""The embedded engine's reading side: an index folder opened once, its arrays mapped, read by many threads."""

import re
import time
from collections.abc import Sequence
from fnmatch import translate
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.index import TOC, open_dir
from whoosh.query import And, Query
from whoosh.scoring import BM25F

from app.search.evaluate import Matches, Scores, evaluate
from app.search.facets import FacetColumn, filtered
from app.search.plan import SearchPlan
from app.search.query import Order
from app.search.searcher import ClauseCost, Hit, SearchResults, Similar
from app.search.similar import similar
from indexer.index.columnar.documents import DocumentsReader
from indexer.index.columnar.postings import Docs
from indexer.index.columnar.rulings import Rulings
from indexer.index.columnar.terms import TermsReader
from indexer.index.fields import FACETS, ZONES

_NONE = np.zeros(0, np.int32)
_WEIGHTING = BM25F()


class WhooshSearcher:
    """A snapshot of an index. Scores are Whoosh's BM25, computed for all postings of a term at once."""

    def __init__(self, folder: Path) -> None:
        self._index = open_dir(folder.as_posix(), readonly=True)
        storage = self._index.storage
        (segment,) = TOC.read(storage, self._index.indexname).segments
        self._reader = self._index.reader()
        self._terms = TermsReader(storage, segment)
        documents = DocumentsReader(storage, segment)
        rulings = self._rulings = Rulings(documents.file)
        self._ids: tuple[str, ...] = tuple(documents.file["ids"].tobytes().decode().split("\n"))
        self._cited_by, self._tier = rulings.numbers("cited_by"), rulings.numbers("tier")
        self._first, self._last = rulings.numbers("date_first"), rulings.numbers("date_last")
        self._columns = {name: FacetColumn(tuple(rulings.facet_values[name]), *rulings.facet(name)) for name in FACETS}
        self._norms = {zone.name: _norms(documents.lengths(_whoosh_name(zone.name))) for zone in ZONES}
        self.segments = lru_cache(maxsize=512)(rulings.segments)
        self._places = {id: place for place, id in enumerate(self._ids)}
        self._similar = lru_cache(maxsize=512)(partial(similar, self))

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
        if ("spelling", word.encode()) in self._terms:
            return ()
        distance = 2 if len(word) > 3 else 1
        near = self._reader.corrector("spelling").suggest(word, limit=20, maxdist=distance, prefix=0)
        # Two characters in the wrong order are the commonest slip in Chinese: same characters first.
        return tuple(sorted(near, key=lambda each: (sorted(each) != sorted(word), abs(len(each) - len(word))))[:3])

    def similar(self, id: str, limit: int) -> Sequence[Similar]:
        """Rulings like the one with this id, the most alike first."""
        ruling = self._places.get(id)
        return () if ruling is None else self._similar(ruling, limit)

    def close(self) -> None:
        """Close the files; what is still mapped goes with the last reader."""
        self._reader.close()
        self._index.close()

    def scored(self, zone: str, term: str) -> tuple[Docs, Scores]:
        """Rulings with ``term`` in a text field, and the BM25 score of each."""
        field = self._terms.fields[_whoosh_name(zone)]
        place = field.index(term.encode())
        if place is None:
            return _NONE, np.zeros(0, np.float32)
        docs, weights = field.docs(place), field.weights(place)
        idf = np.float32(np.log(self.size / (len(docs) + 1)) + 1)
        k1 = np.float32(_WEIGHTING.K1)
        scores: Scores = np.asarray(idf * (weights * (k1 + 1)) / (weights + self._norms[zone][docs]), np.float32)
        return docs, scores

    def exact(self, field: str, value: str) -> Docs:
        """Rulings with a value in a field of whole values."""
        postings = self._terms.fields[field]
        place = postings.index(value.encode())
        return _NONE if place is None else postings.docs(place)

    def matching(self, field: str, query: Query) -> Docs:
        """Rulings with any term of a field that a prefix or wildcard matches."""
        text = str(query.text)
        pattern = re.compile(translate(text if re.search(r"[*?]", text) else f"{text}*"))
        literal = re.split(r"[*?\[]", text)[0].encode()
        postings = self._terms.fields[_whoosh_name(field)]
        found = [_NONE]
        for place in range(postings.find(literal), len(postings)):
            term = postings.term(place)
            if not term.startswith(literal):
                break
            if pattern.match(term.decode()):
                found.append(postings.docs(place))
        return np.unique(np.concatenate(found))

    def frequency(self, word: str) -> int:
        """How many rulings hold a word as it is written."""
        postings = self._terms.fields["spelling"]
        found = postings.index(word.encode())
        return 0 if found is None else postings.frequency(found)

    def exact_values(self, field: str, ruling: int) -> Sequence[str]:
        """A ruling's values in a field of whole values."""
        return [term.decode() for term in self._terms.fields[field].of(ruling)]

    def facet_values(self, facet: str, ruling: int) -> Sequence[str]:
        """A ruling's values of a facet."""
        return self._columns[facet].of_ruling(ruling)

    def id(self, ruling: int) -> str:
        """The id of the ruling at a place."""
        return self._ids[ruling]

    def dated(self, first: int, last: int) -> Docs:
        """Rulings that may have been decided between two days; those without a date never."""
        return np.flatnonzero((self._first > 0) & (self._first <= last) & (self._last >= first)).astype(np.int32)

    def contains(self, ruling: int, text: bytes) -> bool:
        """Whether the bytes stand anywhere in a ruling's folded text."""
        return self._rulings.contains(ruling, text)

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


def _norms(lengths: Docs) -> Scores:
    """BM25's k1 · (1 - b + b · length / average length) for every ruling."""
    average = max(float(lengths.mean()) if len(lengths) else 0.0, 1e-9)
    b, k1 = float(_WEIGHTING.B), float(_WEIGHTING.K1)
    return (k1 * ((1 - b) + b * lengths / average)).astype(np.float32)


def _whoosh_name(field: str) -> str:
    return field.replace("-", "_")
