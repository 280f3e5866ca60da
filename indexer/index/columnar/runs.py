"""A run: the postings of one batch of documents, sorted, in a file of arrays of its own.

A build is written as many runs, by several processes, and merged once (`indexer.index.columnar.merge`).
Documents are numbered from 0 within a run; `columnar.places_run` and `columnar.rulings` add theirs. Arrays:

=========================  ==============  ==========================================================
``terms``, ``term_ends``   uint8, int64    the words of all fields, UTF-8, sorted (`term_arrays`)
``<field>.ranks``          uint32 [t]      the field's terms, rising: places in ``terms``
``<field>.ends``           int64 [t+1]     where each term's postings begin, and the end
``<field>.docs``           uint16 [p]      documents, rising within a term
``<field>.weights``        uint8 … [p]     how often a term stands there; for weighted fields only
``length.<field>``         int32           how many terms each document has there; for weighted fields only
=========================  ==============  ==========================================================
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.index.bulk import inner_words
from indexer.index.columnar.arrays import Array, ends_of, firsts_of, ranges
from indexer.index.columnar.numbering import Numbering
from indexer.index.columnar.postings import smallest
from indexer.index.columnar.table import Numbers

MAX_DOCUMENTS = 0xFFFF
_FIELD_BITS, _RANK_AT, _FIELD_AT = 16, np.uint64(16), np.uint64(56)
_DOC, _IN_FIELD = np.uint64(0xFFFF), np.uint64((1 << 56) - 1)
Ranks = Numbers
Labels = NDArray[np.uint32]
"""The field that a word stands in, in the upper half, and in the lower the document."""
Keys = NDArray[np.uint64]
"""Postings as numbers that sort by field, term and document."""


class PostingsRun:
    """Takes the terms of a batch's documents, field by field, and sorts them once.

    Han words of two characters or more go to the field ``spelling`` as well.
    """

    def __init__(self, fields: Sequence[str], weighted: Iterable[str], spelling: str) -> None:
        self.fields = {name: place for place, name in enumerate(fields)}
        """The number of each field."""
        self._weighted, self._spelling = frozenset(weighted), spelling
        self.numbering = Numbering()
        """The numbers of all words."""
        self._plain: list[tuple[Ranks, Labels]] = []
        self._han: list[tuple[Ranks, Labels]] = []
        self._spelt: list[tuple[Ranks, Labels]] = []

    def add(self, field: str, doc: int, words: Sequence[str]) -> None:
        """The words of one field of one document, each as often as it stands there."""
        self.add_numbered(self.numbering.of(words), np.full(len(words), self.label(field, doc), np.uint32))

    def label(self, field: str, doc: int) -> int:
        """The label of words that stand in a field of a document."""
        return self.fields[field] << _FIELD_BITS | doc

    def add_numbered(self, numbers: Ranks, labels: Labels) -> None:
        """Words by their numbers."""
        self._plain.append((numbers, labels))

    def add_han(self, numbers: Ranks, labels: Labels) -> None:
        """Han words by their numbers; the words within each are taken too (`indexer.index.bulk.inner_words`)."""
        self._han.append((numbers, labels))

    def spelt(self, numbers: Ranks, labels: Labels) -> None:
        """Words for the field ``spelling``; the labels are those of the fields that they stand in."""
        self._spelt.append((numbers, labels))

    def arrays(self, documents: int) -> tuple[dict[str, Array], Ranks]:
        """The run's arrays, and of each number the place of its word among the sorted words."""
        inner = _Inner(self.numbering, self._han)
        words = self.numbering.words
        order = sorted(range(len(words)), key=words.__getitem__)  # by code points, which is by UTF-8 bytes
        rank = np.zeros(len(words), np.uint32)
        rank[order] = np.arange(len(words), dtype=np.uint32)
        result = _term_arrays([words[number] for number in order])
        keys = np.concatenate([np.zeros(0, np.uint64), *self._keys(rank, inner)])
        keys.sort()
        firsts = firsts_of(keys)
        weights = np.diff(np.append(firsts, len(keys)))
        keys = keys[firsts]
        offered = np.zeros(len(rank), np.bool_)
        offered[rank] = inner.han & np.fromiter((len(word) > 1 for word in words), np.bool_, len(words))
        spelt = [_keys(rank, numbers, labels) & _IN_FIELD for numbers, labels in self._spelt]
        for name, place in self.fields.items():
            start, end = np.searchsorted(keys, np.array([place, place + 1], np.uint64) << _FIELD_AT)
            own = keys[start:end] & _IN_FIELD
            if name in self._weighted:
                spelt.append(own[offered.take((own >> _RANK_AT).view(np.int64))])
            result |= _field(name, own, weights[start:end] if name in self._weighted else None, documents)
        offers = np.concatenate([np.zeros(0, np.uint64), *spelt])
        offers.sort()
        return result | _field(self._spelling, offers[firsts_of(offers)], None, documents), rank

    def _keys(self, rank: Ranks, inner: "_Inner") -> Iterator[Keys]:
        """All words taken, with the words within them."""
        for numbers, labels in self._plain:
            yield _keys(rank, numbers, labels)
        for numbers, labels in self._han:
            within, of = inner.of(numbers)
            yield _keys(rank, numbers, labels)
            yield _keys(rank, within, labels.take(of))


class _Inner:
    """The words within Han words."""

    def __init__(self, numbering: Numbering, han: Iterable[tuple[Ranks, Labels]]) -> None:
        words = numbering.words
        there = np.zeros(len(words), np.bool_)
        for numbers, _ in han:
            there[numbers] = True
        long = there & np.fromiter((len(word) > 2 for word in words), np.bool_, len(words))
        found = {number: inner_words(words[number]) for number in np.flatnonzero(long).tolist()}
        self._counts = np.zeros(len(words), np.int64)
        self._counts[list(found)] = list(map(len, found.values()))
        self._starts = np.cumsum(self._counts) - self._counts
        self._numbers = numbering.of([word for inner in found.values() for word in inner])
        self.han = np.append(there, np.zeros(len(words) - len(there), np.bool_))
        """Of each number, whether it is that of a Han word or of a word within one."""
        self.han[self._numbers] = True

    def of(self, numbers: Ranks) -> tuple[Ranks, NDArray[np.int64]]:
        """The numbers of the words within some words, and in which of these each stands."""
        counts = self._counts.take(numbers)
        outer = np.flatnonzero(counts)
        counts = counts.take(outer)
        return self._numbers.take(ranges(self._starts.take(numbers.take(outer)), counts)), np.repeat(outer, counts)


def _keys(rank: Ranks, numbers: Ranks, labels: Labels) -> Keys:
    keys = rank.take(numbers).astype(np.uint64)
    keys <<= _RANK_AT
    keys |= labels & np.uint32(_DOC)
    keys |= (labels >> np.uint32(_FIELD_BITS)).astype(np.uint64) << _FIELD_AT
    return keys


def _term_arrays(words: Sequence[str]) -> dict[str, Array]:
    """Sorted words as bytes and the places where each ends (`columnar.postings.term_arrays`), encoded together."""
    text = np.frombuffer("".join(words).encode(), np.uint8)
    characters = np.append(np.flatnonzero(text & 0xC0 != 0x80), len(text))
    ends = characters[ends_of(np.fromiter(map(len, words), np.int64, len(words)))]
    return {"terms": text, "term_ends": smallest(ends)}


def _field(name: str, keys: Keys, weights: NDArray[np.int64] | None, documents: int) -> dict[str, Array]:
    ranks = keys >> _RANK_AT
    firsts = firsts_of(ranks)
    docs = (keys & _DOC).astype(np.uint16)
    result: dict[str, Array] = {
        f"{name}.ranks": ranks[firsts].astype(np.uint32),
        f"{name}.ends": np.append(firsts, len(keys)).astype(np.int64),
        f"{name}.docs": docs,
    }
    if weights is not None:
        result[f"{name}.weights"] = weights.astype(np.min_scalar_type(int(weights.max(initial=0))))
        result[f"length.{name}"] = np.bincount(docs, weights, documents).astype(np.int32)
    return result
