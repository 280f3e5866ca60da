"""The postings of one field: sorted terms, and for each its documents and weights.

Arrays of a field with ``n`` terms and ``p`` postings, each named ``<field>.<name>``:

========================  ===========  ==================================================================
``terms``                 uint8        the terms' UTF-8 bytes, one after the other, sorted
``term_ends``             int64 [n+1]  where each term begins in ``terms``, and the end
``ends``                  int64 [n+1]  where each term's postings begin, and the end
``docs``                  int32 [p]    document numbers, rising within a term
``weights``               uint16 or float32 [p]  Whoosh's posting weights; left out where all are 1
``values``, ``value_ends``  uint8, int64 [p+1]  what the field's format stores with a posting, if anything
========================  ===========  ==================================================================
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.index.columnar.arrays import Array, ArrayFile

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
        result["ends"] = np.concatenate([[0], np.cumsum(np.bincount(ranks, minlength=len(encoded)))]).astype(np.int64)
        result["docs"] = np.frombuffer(self._docs, np.int32)[order]
        if self._weighted:
            result |= weight_arrays(np.frombuffer(self._weights, np.float32)[order])
        return result


def term_arrays(terms: Sequence[bytes]) -> dict[str, Array]:
    """Sorted terms as bytes and the places where each ends."""
    ends = np.concatenate([[0], np.cumsum([len(term) for term in terms])]).astype(np.int64)
    return {"terms": np.frombuffer(b"".join(terms), np.uint8), "term_ends": ends}


def weight_arrays(weights: Weights) -> dict[str, Array]:
    """Weights in the smallest form that holds them: none when all are 1, whole numbers, or float32."""
    if not weights.size or (weights == 1).all():
        return {}
    if (weights == np.floor(weights)).all() and weights.min() >= 0 and weights.max() <= 65_535:
        return {"weights": weights.astype(np.uint16)}
    return {"weights": weights}


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
        self._ends = file[f"{field}.ends"]
        self._docs: Docs = file[f"{field}.docs"].astype(np.int32, copy=False)
        self._weights = file.get(f"{field}.weights")
        self._values = file.get(f"{field}.values")
        self._value_ends = file[f"{field}.value_ends"] if self._values is not None else None

    def docs(self, index: int) -> Docs:
        """The documents of the term at a place, rising."""
        return self._docs[self._ends[index] : self._ends[index + 1]]

    def weights(self, index: int) -> Weights:
        """The weight of each of its postings."""
        start, end = self._ends[index], self._ends[index + 1]
        if self._weights is None:
            return np.ones(int(end - start), np.float32)
        return self._weights[start:end].astype(np.float32)

    def between(self, first: int, last: int) -> tuple[NDArray[np.int64], Docs, Weights]:
        """The postings of the terms ``first`` to ``last`` (not itself): how many each has, documents, weights."""
        start, end = int(self._ends[first]), int(self._ends[last])
        weights = np.ones(end - start, np.float32) if self._weights is None else self._weights[start:end]
        return np.diff(self._ends[first : last + 1]), self._docs[start:end], weights.astype(np.float32)

    def frequencies(self) -> NDArray[np.int64]:
        """In how many documents each term stands."""
        return np.diff(self._ends).astype(np.int64)

    def values(self, index: int) -> Iterator[bytes]:
        """What the format stored with each of its postings."""
        for place in range(int(self._ends[index]), int(self._ends[index + 1])):
            if self._values is None or self._value_ends is None:
                yield b""
            else:
                yield self._values[self._value_ends[place] : self._value_ends[place + 1]].tobytes()

    def of(self, doc: int) -> list[bytes]:
        """The terms of one document: a pass over all postings, for small fields."""
        places = np.flatnonzero(self._docs == doc)
        return [self.term(int(i)) for i in np.searchsorted(self._ends, places, side="right") - 1]

    def frequency(self, index: int) -> int:
        """In how many documents the term stands."""
        return int(self._ends[index + 1] - self._ends[index])
