"""A run: the postings of one batch of documents, sorted, in a file of arrays of its own.

A build is written as many runs, by several processes, and merged once (`indexer.index.columnar.merge`).
Documents are numbered from 0 within a run. Arrays, for ``v`` words and ``h`` Han n-grams:

=========================  ==============  ==========================================================
``terms``, ``term_ends``   uint8, int64    the words of all fields, UTF-8, sorted (`term_arrays`)
``han``                    uint32 [h]      the Han n-grams as numbers, sorted (`indexer.index.bulk`)
``<field>.ranks``          uint32 [t]      the field's terms, rising: places in ``terms``
``<field>.ends``           int64 [t+1]     where each term's postings begin, and the end
``<field>.docs``           uint16 [p]      documents, rising within a term
``<field>.weights``        uint8 … [p]     how often a term stands there; for weighted fields only
``han.ends``, ``han.docs``                 the same for the Han n-grams, one term for each of ``han``
=========================  ==============  ==========================================================
"""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.index.bulk import Codes
from indexer.index.columnar.arrays import Array
from indexer.index.columnar.postings import term_arrays

MAX_DOCUMENTS = 0xFFFF
_RANK_AT, _FIELD_AT = np.uint64(16), np.uint64(56)
_DOC = np.uint64(0xFFFF)
Keys = NDArray[np.uint64]
"""Postings as numbers that sort by field, term and document."""


class _Numbering(dict[str, int]):
    """Numbers for words, in the order in which they are first met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class PostingsRun:
    """Takes the terms of a batch's documents, field by field, and sorts them once.

    ``skipped`` is no term, wherever it stands.
    """

    def __init__(self, fields: Sequence[str], weighted: Iterable[str], skipped: str) -> None:
        self._fields = {name: np.uint64(place) for place, name in enumerate(fields)}
        self._weighted = frozenset(weighted)
        self._words = _Numbering({skipped: 0})
        self._tokens: list[NDArray[np.uint32]] = []
        self._places = array("Q")
        self._counts = array("q")
        self._grams: list[Codes] = []
        self._gram_docs = array("H")

    def add(self, field: str, doc: int, words: Sequence[str]) -> int:
        """The words of one field of one document, each as often as it stands there; how many were taken."""
        tokens = np.fromiter(map(self._words.__getitem__, words), np.uint32, len(words))
        taken = tokens[tokens > 0]
        self._tokens.append(taken)
        self._places.append(int(self._fields[field] << _FIELD_AT) | doc)
        self._counts.append(len(taken))
        return len(taken)

    def add_grams(self, doc: int, grams: Codes) -> None:
        """The Han n-grams of one document, each once; documents rise."""
        self._grams.append(grams)
        self._gram_docs.append(doc)

    def words(self) -> list[str]:
        """Every word taken so far, in the order of their numbers; the first is the skipped one."""
        return list(self._words)

    def arrays(self, copied: tuple[str, Iterable[str], NDArray[np.bool_]]) -> dict[str, Array]:
        """The run's arrays.

        ``copied`` fills one more field from others: its name, theirs, and which words go over (by number).
        """
        words = [word.encode() for word in self._words]
        order = sorted(range(1, len(words)), key=words.__getitem__)
        rank = np.zeros(len(words), np.uint64)
        rank[order] = np.arange(len(order), dtype=np.uint64)
        result: dict[str, Array] = dict(term_arrays([words[number] for number in order]))
        tokens = np.concatenate([np.zeros(0, np.uint32), *self._tokens])
        spans, counts = np.frombuffer(self._places, np.uint64), np.frombuffer(self._counts, np.int64)
        keys: Keys = rank[tokens] << _RANK_AT
        keys |= np.repeat(spans, counts)
        target, sources, chosen = copied
        goes = np.repeat(np.isin(spans >> _FIELD_AT, [self._fields[name] for name in sources]), counts)
        goes &= chosen[tokens]
        kept = (keys[goes] & ((np.uint64(1) << _FIELD_AT) - np.uint64(1))) | self._fields[target] << _FIELD_AT
        keys = np.concatenate([keys, kept])
        keys.sort()
        firsts = _firsts(keys)
        weights = np.diff(np.append(firsts, len(keys)))
        keys = keys[firsts]
        for name, place in self._fields.items():
            start, end = np.searchsorted(keys, [place << _FIELD_AT, (place + np.uint64(1)) << _FIELD_AT])
            result |= _field(name, keys[start:end], weights[start:end] if name in self._weighted else None)
        return result | self._han()

    def _han(self) -> dict[str, Array]:
        docs = np.repeat(np.frombuffer(self._gram_docs, np.uint16), [len(each) for each in self._grams])
        keys = np.concatenate([np.zeros(0, np.uint32), *self._grams]).astype(np.uint64) << _RANK_AT | docs
        keys.sort()
        grams = keys >> _RANK_AT
        firsts = _firsts(grams)
        return {
            "han": grams[firsts].astype(np.uint32),
            "han.ends": np.append(firsts, len(keys)).astype(np.int64),
            "han.docs": (keys & _DOC).astype(np.uint16),
        }


def _field(name: str, keys: Keys, weights: NDArray[np.int64] | None) -> dict[str, Array]:
    ranks = (keys & ((np.uint64(1) << _FIELD_AT) - np.uint64(1))) >> _RANK_AT
    firsts = _firsts(ranks)
    result: dict[str, Array] = {
        f"{name}.ranks": ranks[firsts].astype(np.uint32),
        f"{name}.ends": np.append(firsts, len(keys)).astype(np.int64),
        f"{name}.docs": (keys & _DOC).astype(np.uint16),
    }
    if weights is not None:
        result[f"{name}.weights"] = weights.astype(np.min_scalar_type(int(weights.max(initial=0))))
    return result


def _firsts(sorted_values: Keys) -> NDArray[np.int64]:
    """Where each distinct value of a sorted array begins."""
    if not sorted_values.size:
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate([[True], sorted_values[1:] != sorted_values[:-1]]))
