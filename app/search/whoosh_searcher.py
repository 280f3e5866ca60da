"""The embedded engine's reading side: an index folder opened once, its arrays mapped, read by many threads."""

import time
from collections.abc import Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.index import TOC, open_dir
from whoosh.query import And, Query

from app.search.evaluate import Evaluation
from app.search.facets import FacetColumn, filtered
from app.search.leaf_places import Check, LeafPlaces
from app.search.matches import NONE, Few, Many, Mask, Matches, Rulings, Scores, listed
from app.search.nodes import Near, Together
from app.search.plan import SearchPlan
from app.search.query import Order
from app.search.ranking import Key, first_of
from app.search.ranking import Places as Chosen
from app.search.searcher import ClauseCost, Hit, SearchResults, Similar
from app.search.similar import similar
from app.search.together import Nearness
from app.search.warming import Warming
from indexer.index.columnar.arrays import ArrayFile
from indexer.index.columnar.documents import DocumentsReader
from indexer.index.columnar.impacts import Impacts, bm25, norms_of, rarity
from indexer.index.columnar.places import PLACES, Places, Units
from indexer.index.columnar.rulings import Rulings as RulingArrays
from indexer.index.columnar.terms import TermsReader
from indexer.index.fields import FACETS

_NONE = np.zeros(0, np.int32)


class WhooshSearcher:
    """A snapshot of an index. Scores are Whoosh's BM25, computed for all postings of a term at once.

    ``seconds`` is how long one query may read rulings; then its answer is partial.
    """

    def __init__(self, folder: Path, seconds: float = float("inf")) -> None:
        self._seconds = seconds
        self._index = open_dir(folder.as_posix(), readonly=True)
        storage = self._index.storage
        (segment,) = TOC.read(storage, self._index.indexname).segments
        self._reader = self._index.reader()
        self._terms = TermsReader(storage, segment)
        documents = DocumentsReader(storage, segment)
        rulings = self._rulings = RulingArrays(documents.file)
        places = ArrayFile(segment.path(storage, PLACES))
        self._places = LeafPlaces(Places(places), rulings)
        self._ids = _Ids(documents.file["ids"].astype(np.uint8, copy=False))
        self._size = documents.doc_count_all()
        self._impacts = Impacts(self._terms.file, self._size)
        self._cited_by, self._tier = rulings.numbers("cited_by"), rulings.numbers("tier")
        self._first, self._last = rulings.numbers("date_first"), rulings.numbers("date_last")
        self._columns = {
            name: FacetColumn(rulings.facet_values[name], *rulings.facet(name), self._size) for name in FACETS
        }
        self._norms = lru_cache(maxsize=8)(lambda zone: norms_of(documents.lengths(_whoosh_name(zone))))
        self._similar = lru_cache(maxsize=512)(partial(similar, self))
        inverted = self._terms.file
        read = [(places, name) for name in places.names()]
        read += [(inverted, name) for name in inverted.names() if name.startswith("text.")]
        self.warming = Warming([*read, *((documents.file, name) for name in documents.file.names())])
        """What brings the index into memory, once `warm` has begun it."""

    @property
    def size(self) -> int:
        """How many rulings the index holds."""
        return self._size

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {id: number for number, id in enumerate(self._ids)}

    def search(self, plan: SearchPlan) -> SearchResults:
        """Carry out a plan."""
        evaluation = Evaluation(self, time.monotonic() + self._seconds)
        found = listed(evaluation.matches(plan.tree))
        rulings, counts = filtered(self._columns, plan.filters, found.rulings, self._size)
        if plan.filters:
            found = Few(rulings, found.scores[np.searchsorted(found.rulings, rulings)])
        chosen = self._first_of(found, plan.order, plan.first + plan.size)[plan.first :].tolist()
        hits = tuple(
            Hit(self._ids[i], float(found.scores[place]), int(self._cited_by[i]), i)
            for place in chosen
            for i in (int(rulings[place]),)
        )
        return SearchResults(len(rulings), hits, counts, evaluation.partial)

    def explain(self, plan: SearchPlan) -> Sequence[ClauseCost]:
        """What each clause of the plan matches and costs, and last the whole."""
        clauses = [*plan.tree, plan.tree] if isinstance(plan.tree, And) else [plan.tree]
        costs = []
        for clause in clauses:
            started = time.perf_counter()
            matches = len(Evaluation(self).matches(clause))
            costs.append(ClauseCost(repr(clause), matches, (time.perf_counter() - started) * 1000))
        return costs

    def suggest(self, word: str) -> Sequence[str]:
        """Words of the index spelt nearly like ``word``; none when the index has it."""
        if ("spelling", word.encode()) in self._terms:
            return ()
        distance = 2 if len(word) > 3 else 1
        corrector = self._reader.corrector("spelling")
        # Words that begin alike: to look through all others takes seconds in a large index.
        near = corrector.suggest(word, limit=20, maxdist=distance, prefix=1)
        near += [each for each in _otherwise_begun(word) if ("spelling", each.encode()) in self._terms]
        # Two characters in the wrong order are the commonest slip in Chinese: same characters first.
        return tuple(
            sorted(dict.fromkeys(near), key=lambda each: (sorted(each) != sorted(word), abs(len(each) - len(word))))[:3]
        )

    def similar(self, id: str, limit: int) -> Sequence[Similar]:
        """Rulings like the one with this id, the most alike first."""
        ruling = self._numbers.get(id)
        return () if ruling is None else self._similar(ruling, limit)

    def warm(self) -> None:
        """Begin to bring what questions read into memory; `close` ends it."""
        self.warming.start()

    def close(self) -> None:
        """Close the files; what is still mapped goes with the last reader."""
        self.warming.stop()
        self._reader.close()
        self._index.close()

    def worth(self, term: str) -> Matches:
        """Rulings with ``term`` in any text field, and what it is worth in each over all of them."""
        found = self._impacts.of(term.encode())
        if found is None:
            return NONE
        rulings, scores = found
        return Many(scores > 0, scores) if rulings is None else Few(rulings, scores)

    def scored(self, zone: str, term: str) -> tuple[Rulings, Scores]:
        """Rulings with ``term`` in a text field, and the BM25 score of each."""
        field = self._terms.fields[_whoosh_name(zone)]
        place = field.index(term.encode())
        if place is None:
            return _NONE, np.zeros(0, np.float32)
        docs, weights = field.docs(place), field.weights(place)
        return docs, bm25(weights, self._norms(zone)[docs], rarity(np.array(len(docs)), self._size))

    def exact(self, field: str, value: str) -> Rulings:
        """Rulings with a value in a field of whole values."""
        postings = self._terms.fields[field]
        place = postings.index(value.encode())
        return _NONE if place is None else postings.docs(place)

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

    def dated(self, first: int, last: int) -> Rulings:
        """Rulings that may have been decided between two days; those without a date never."""
        return np.flatnonzero((self._first > 0) & (self._first <= last) & (self._last >= first)).astype(np.int32)

    def segments(self, number: int) -> Sequence[tuple[str, str]]:
        """The folded text of the ruling at a place: (zone, text) pairs."""
        return self._rulings.texts(number)

    def text(self, number: int) -> str:
        """The folded text of the ruling at a place, a line for each piece."""
        return self._rulings.text(number)

    def places(self, leaf: Query, within: Rulings | None, check: Check) -> Units:
        """Where a leaf stands; see `app.search.leaf_places.LeafPlaces.of`."""
        return self._places.of(leaf, within, check)

    def near(self, query: Near | Together, within: Rulings, check: Check) -> Units:
        """Where some rulings fulfil a query about words near each other."""
        nearness = Nearness(self._places, within, check)
        return nearness.near(query) if isinstance(query, Near) else nearness.together(query)

    def rulings_at(self, places: Units) -> Rulings:
        """The ruling of each place."""
        return self._rulings.rulings.at(places).astype(np.int32)

    def among_zones(self, places: Units, zones: Sequence[str]) -> Mask:
        """Whether each place stands in one of some zones."""
        return self._rulings.in_zones(places, zones)

    def _first_of(self, found: Few, order: Order, count: int) -> Chosen:
        """The best in the order wanted; unknown dates last, ties by score, then newest first."""

        def score(at: Chosen) -> Scores:
            return -found.scores[at]

        def by(values: Rulings, falling: bool = False) -> Key:
            return lambda at: -values[found.rulings[at]] if falling else values[found.rulings[at]]

        def oldest(at: Chosen) -> Rulings:
            first = self._first[found.rulings[at]]
            return np.where(first > 0, first, np.iinfo(np.int32).max)

        newest = by(self._first, falling=True)
        keys: dict[Order, tuple[Key, ...]] = {
            Order.RELEVANCE: (score, newest),
            Order.NEWEST: (by(self._last, falling=True), score),
            Order.OLDEST: (oldest, score),
            Order.CITED: (by(self._cited_by, falling=True), score, newest),
            Order.TIER: (by(self._tier), newest, score),
        }
        return first_of(np.arange(len(found)), keys[order], count)


def _otherwise_begun(word: str) -> list[str]:
    """What a word may be whose slip is at its beginning: the first two characters changed about, or one too many."""
    return [word[1] + word[0] + word[2:], word[1:]] if len(word) > 2 else [word[::-1]]


class _Ids(Sequence[str]):
    """The rulings' ids out of one text, parted by line feeds."""

    def __init__(self, text: NDArray[np.uint8]) -> None:
        self._text = text
        self._ends = np.append(np.flatnonzero(text == ord("\n")), len(text))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, index: int) -> str:  # type: ignore[override]
        start = int(self._ends[index - 1]) + 1 if index else 0
        return self._text[start : int(self._ends[index])].tobytes().decode()


def _whoosh_name(field: str) -> str:
    return field.replace("-", "_")
