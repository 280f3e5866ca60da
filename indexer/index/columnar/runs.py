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

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.index.bulk import inner_words
from indexer.index.columnar.arrays import Array, firsts_of, ranges
from indexer.index.columnar.numbering import Numbering, Numbers
from indexer.index.columnar.postings import term_arrays

MAX_DOCUMENTS = 0xFFFF
_RANK_AT, _FIELD_AT = np.uint64(16), np.uint64(56)
_DOC, _IN_FIELD = np.uint64(0xFFFF), np.uint64((1 << 56) - 1)
_NONE = np.zeros(0, np.uint32)
Ranks = Numbers
Keys = NDArray[np.uint64]
"""Postings as numbers that sort by field, term and document."""


class PostingsRun:
    """Takes the terms of a batch's documents, field by field, and sorts them once."""

    def __init__(self, fields: Sequence[str], weighted: Iterable[str]) -> None:
        self.fields = {name: place for place, name in enumerate(fields)}
        """The number of each field."""
        self._weighted = frozenset(weighted)
        self.numbering = Numbering()
        """The numbers of all words."""
        self._inner: list[Ranks] = []
        self._plain: list[tuple[Ranks, Keys]] = []
        self._han: list[tuple[Ranks, Keys]] = []

    def add(self, field: str, doc: int, words: Sequence[str]) -> None:
        """The words of one field of one document, each as often as it stands there."""
        self.add_numbered(doc, self.numbering.of(words), np.full(len(words), self.fields[field]))

    def add_numbered(self, doc: int, numbers: Ranks, fields: NDArray[np.integer], inner: bool = False) -> None:
        """Words of one document by their numbers, each with the number of its field.

        With ``inner``, the words within each are taken too (`indexer.index.bulk.inner_words`).
        """
        spans = fields.astype(np.uint64) << _FIELD_AT | np.uint64(doc)
        (self._han if inner else self._plain).append((numbers, spans))

    def words(self) -> list[str]:
        """Every word taken so far, and the words within those, in the order of their numbers."""
        words = self.numbering.words
        while len(self._inner) < len(words):
            inner = inner_words(words[len(self._inner)])
            self._inner.append(self.numbering.of(inner) if inner else _NONE)
        return words

    def rank(self) -> Ranks:
        """Of each number the place of its word among the run's sorted words."""
        words = [word.encode() for word in self.words()]
        rank = np.zeros(len(words), np.uint32)
        rank[sorted(range(len(words)), key=words.__getitem__)] = np.arange(len(words), dtype=np.uint32)
        return rank

    def arrays(
        self, rank: Ranks, copied: tuple[str, Iterable[str], NDArray[np.bool_]], documents: int
    ) -> dict[str, Array]:
        """The run's arrays; ``rank`` is `rank`'s.

        ``copied`` fills one more field from others: its name, theirs, and which words go over (by number).
        """
        words = self.words()
        order = np.argsort(rank)
        result: dict[str, Array] = dict(term_arrays([words[number].encode() for number in order.tolist()]))
        tokens, spans = self._taken()
        keys: Keys = rank[tokens].astype(np.uint64) << _RANK_AT
        keys |= spans
        target, sources, chosen = copied
        goes = np.zeros(len(self.fields), np.bool_)
        goes[[self.fields[name] for name in sources]] = True
        over = goes[(spans >> _FIELD_AT).astype(np.int64)] & chosen[tokens]
        kept = (keys[over] & _IN_FIELD) | np.uint64(self.fields[target]) << _FIELD_AT
        keys = np.concatenate([keys, kept])
        keys.sort()
        firsts = firsts_of(keys)
        weights = np.diff(np.append(firsts, len(keys)))
        keys = keys[firsts]
        for name, place in self.fields.items():
            start, end = np.searchsorted(keys, np.array([place, place + 1], np.uint64) << _FIELD_AT)
            result |= _field(name, keys[start:end], weights[start:end] if name in self._weighted else None, documents)
        return result

    def _taken(self) -> tuple[Ranks, Keys]:
        """All words taken, with the words within them, and of each its field and document."""
        lengths = np.array([len(each) for each in self._inner], np.int64)
        starts = np.cumsum(lengths) - lengths
        tokens, spans = _joined(self._han)
        outer = np.flatnonzero(lengths[tokens])
        counts = lengths[tokens[outer]]
        inner = np.concatenate([_NONE, *self._inner])[ranges(starts[tokens[outer]], counts)]
        plain, plain_spans = _joined(self._plain)
        return (
            np.concatenate([tokens, inner, plain]),
            np.concatenate([spans, np.repeat(spans[outer], counts), plain_spans]),
        )


def _joined(taken: Sequence[tuple[Ranks, Keys]]) -> tuple[Ranks, Keys]:
    return (
        np.concatenate([_NONE, *(tokens for tokens, _ in taken)]),
        np.concatenate([np.zeros(0, np.uint64), *(spans for _, spans in taken)]),
    )


def _field(name: str, keys: Keys, weights: NDArray[np.int64] | None, documents: int) -> dict[str, Array]:
    ranks = (keys & _IN_FIELD) >> _RANK_AT
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
