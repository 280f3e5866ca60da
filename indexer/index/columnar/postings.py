"""The postings of one field: sorted terms, and for each its documents and weights.

Arrays of a field with ``n`` terms and ``p`` postings, each named ``<field>.<name>``:

========================  ===========  ==================================================================
``terms``                 uint8        the terms' UTF-8 bytes, one after the other, sorted
``term_ends``             int [n+1]    where each term begins in ``terms``, and the end
``ends``                  int [n+1]    where each term's postings begin, and the end
``docs``                  uint16 [p]   the lower halves of document numbers, rising within a term
``crossings``             uint32 [n, b]  after how many of its documents each term passes number 65,536, 131,072 …
``weights``               uint8 or float32 [p]  Whoosh's posting weights; left out where all are 1
``heavy``, ``heavy_at``   uint32, int64  the weights of 255 and more, and which postings they are of
``values``, ``value_ends``  uint8, int64 [p+1]  what the field's format stores with a posting, if anything
``counts``                uint32 [n]   in how many documents each term stands: of a field that has nothing else
========================  ===========  ==================================================================

Whole numbers are kept in the smallest form that holds them.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.index.columnar.arrays import Array, ArrayFile, ends_of, ranges

_BLOCK_BITS = 16
_HEAVY, _LARGEST = 255, (1 << 32) - 1
Docs = NDArray[np.int32]
Weights = NDArray[np.float32]


class FieldBuilder:
    """Takes the postings of one field document by document, in rising order; sorts them once."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._terms = array("i")
        self._docs = array("i")
        self._weights = array("f")
        self._weighted = False

    def add(self, doc: int, terms: Mapping[str, float] | Iterable[str]) -> None:
        """The terms of one document: with weights, or each once with weight 1."""
        ids = self._ids
        known = [ids.setdefault(term, len(ids)) for term in terms]
        self._terms.extend(known)
        self._docs.extend([doc] * len(known))
        if isinstance(terms, Mapping):
            self._weighted = True
            self._weights.extend(terms.values())

    def arrays(self) -> dict[str, Array]:
        """The field's arrays, by their names without the field."""
        encoded = sorted((term.encode(), id) for term, id in self._ids.items())
        rank = np.empty(len(encoded), np.int32)
        rank[[id for _, id in encoded]] = np.arange(len(encoded), dtype=np.int32)
        ranks = rank[np.frombuffer(self._terms, np.int32)] if encoded else np.zeros(0, np.int32)
        order = np.argsort(ranks, kind="stable")
        result: dict[str, Array] = term_arrays([term for term, _ in encoded])
        result["ends"] = ends_of(np.bincount(ranks, minlength=len(encoded)))
        result |= doc_arrays(np.frombuffer(self._docs, np.int32)[order], result["ends"].astype(np.int64))
        if self._weighted:
            result |= weight_arrays(np.frombuffer(self._weights, np.float32)[order])
        return result


def term_arrays(terms: Sequence[bytes]) -> dict[str, Array]:
    """Sorted terms as bytes and the places where each ends."""
    ends = ends_of([len(term) for term in terms])
    return {"terms": np.frombuffer(b"".join(terms), np.uint8), "term_ends": smallest(ends)}


def weight_arrays(weights: NDArray[np.floating | np.integer]) -> dict[str, Array]:
    """Weights in the smallest form that holds them: none when all are 1, whole numbers, or float32."""
    if not weights.size or (weights == 1).all():
        return {}
    if weights.dtype.kind == "f" and (
        (weights != np.floor(weights)).any() or not 0 <= weights.min() <= weights.max() <= _LARGEST
    ):
        return {"weights": weights}
    heavy = np.flatnonzero(weights >= _HEAVY)
    result: dict[str, Array] = {"weights": np.minimum(weights, _HEAVY).astype(np.uint8)}
    if len(heavy):
        result |= {"heavy": weights[heavy].astype(np.uint32), "heavy_at": heavy}
    return result


def smallest(numbers: NDArray[np.int64]) -> Array:
    """Rising whole numbers in the smallest form that holds them."""
    return numbers.astype(np.uint32 if not len(numbers) or numbers[-1] < 1 << 32 else np.int64)


def crossings_of(docs: Docs, ends: NDArray[np.int64], blocks: int) -> NDArray[np.uint32]:
    """After how many of its documents each term passes each 65,536th number; ``ends`` are those of the terms."""
    before = [np.append(0, np.cumsum(docs < (block + 1) << _BLOCK_BITS))[ends] for block in range(blocks)]
    return np.array([np.diff(each) for each in before], np.uint32).reshape(blocks, len(ends) - 1).T


def blocks_in(documents: int) -> int:
    """How many times a term may pass a 65,536th number."""
    return max(documents - 1, 0) >> _BLOCK_BITS


def doc_arrays(docs: Docs, ends: NDArray[np.int64]) -> dict[str, Array]:
    """Document numbers as they are kept."""
    result: dict[str, Array] = {"docs": docs.astype(np.uint16)}
    if blocks := blocks_in(int(docs.max(initial=0)) + 1):
        result["crossings"] = np.ascontiguousarray(crossings_of(docs, ends, blocks))
    return result


def wide(docs: NDArray[np.uint16], begins: NDArray[np.int64], crossings: NDArray[np.uint32] | None) -> Docs:
    """Whole document numbers out of lower halves; ``begins`` says where each term begins, and the end."""
    found = docs.astype(np.int32)
    for block in range(0 if crossings is None else crossings.shape[1]):
        assert crossings is not None
        firsts = begins[:-1] + crossings[:, block]
        found[ranges(firsts, begins[1:] - firsts)] += 1 << _BLOCK_BITS
    return found


class SortedTerms(Sequence[bytes]):
    """The terms of one field, sorted, read from a file of arrays."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._bytes = file.map
        self._at = file.offset(f"{field}.terms")
        self._term_ends = file[f"{field}.term_ends"].data  # gives Python's own numbers, and soon

    def __len__(self) -> int:
        return len(self._term_ends) - 1

    def __getitem__(self, index: int) -> bytes:  # type: ignore[override]
        return self.term(index)

    def term(self, index: int) -> bytes:
        """The term at a place in the sorted order."""
        return self._bytes[self._at + self._term_ends[index] : self._at + self._term_ends[index + 1]]

    def find(self, term: bytes) -> int:
        """The place of the first term that is not before ``term``."""
        return bisect_left(self, term)

    def index(self, term: bytes) -> int | None:  # type: ignore[override]
        """The place of a term, or None."""
        place = self.find(term)
        return place if place < len(self) and self.term(place) == term else None


class FieldPostings(SortedTerms):
    """The postings of one field, read from a file of arrays."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        super().__init__(file, field)
        self._counts = file.get(f"{field}.counts")
        self.counted = self._counts is not None
        """Whether nothing is kept of the terms but in how many documents each stands."""
        if self.counted:
            return
        self._ends = file[f"{field}.ends"]
        self._docs = file[f"{field}.docs"].astype(np.uint16, copy=False)
        crossings = file.get(f"{field}.crossings")
        self._crossings = None if crossings is None else crossings.astype(np.uint32, copy=False)
        self._weights = file.get(f"{field}.weights")
        self._heavy, self._heavy_at = (file.get(f"{field}.{name}") for name in ("heavy", "heavy_at"))
        self._values = file.get(f"{field}.values")
        self._value_ends = file[f"{field}.value_ends"] if self._values is not None else None

    def docs(self, index: int) -> Docs:
        """The documents of the term at a place, rising."""
        if self._counts is not None:
            raise ValueError("Of this field only the terms are kept, and in how many documents each stands.")
        start, end = int(self._ends[index]), int(self._ends[index + 1])
        docs = self._docs[start:end].astype(np.int32)
        if self._crossings is not None:
            for first in self._crossings[index].tolist():
                docs[first:] += 1 << _BLOCK_BITS
        return docs

    def weights(self, index: int) -> Weights:
        """The weight of each of its postings."""
        return self._weighed(int(self._ends[index]), int(self._ends[index + 1]))

    def between(self, first: int, last: int) -> tuple[NDArray[np.int64], Docs, Weights]:
        """The postings of the terms ``first`` to ``last`` (not itself): how many each has, documents, weights."""
        ends = self._ends[first : last + 1].astype(np.int64)
        start, end = int(self._ends[first]), int(self._ends[last])
        crossings = None if self._crossings is None else self._crossings[first:last]
        return np.diff(ends), wide(self._docs[start:end], ends - start, crossings), self._weighed(start, end)

    def frequencies(self) -> NDArray[np.int64]:
        """In how many documents each term stands."""
        return np.asarray(np.diff(self._ends.astype(np.int64)), np.int64)

    def values(self, index: int) -> Iterator[bytes]:
        """What the format stored with each of its postings."""
        for place in range(int(self._ends[index]), int(self._ends[index + 1])):
            if self._values is None or self._value_ends is None:
                yield b""
            else:
                yield self._values[self._value_ends[place] : self._value_ends[place + 1]].tobytes()

    def of(self, doc: int) -> list[bytes]:
        """The terms of one document: a pass over all postings, for small fields."""
        _, docs, _ = self.between(0, len(self))
        places = np.flatnonzero(docs == doc)
        return [self.term(int(i)) for i in np.searchsorted(self._ends, places, side="right") - 1]

    def frequency(self, index: int) -> int:
        """In how many documents the term stands."""
        return int(self._ends[index + 1] - self._ends[index] if self._counts is None else self._counts[index])

    def _weighed(self, start: int, end: int) -> Weights:
        if self._weights is None:
            return np.ones(end - start, np.float32)
        weights: Weights = self._weights[start:end].astype(np.float32)
        if self._heavy is not None and self._heavy_at is not None:
            first, last = np.searchsorted(self._heavy_at, [start, end])
            weights[self._heavy_at[first:last] - start] = self._heavy[first:last]
        return weights
