"""What a word is worth in each document over all text fields together: summed once, when an index is written.

A word without a field is looked for in every zone. Its score in a document is the sum of Whoosh's BM25F in
each zone times the zone's boost; here that sum is kept, so that a word is one list whatever the number of
zones. A Chinese word of two characters or more is held to stand also where the segmentation cut it
differently (`columnar.standing`): there it is worth `STANDING`.

Arrays, named ``text.<name>``, for ``t`` terms and ``n`` documents:

=========================  ==============  ==========================================================
``terms``, ``term_ends``   uint8, int64    the terms of all zones, UTF-8, sorted (`postings.SortedTerms`)
``ends``                   int [t+1]       where each term's part of ``impacts`` begins, and the end
``impacts``                int32           of a term in less than some two thirds of the documents: after how many
                                           of them it passes number 65,536, 131,072 …; the lower halves of their
                                           numbers, rising, two in each; and what it is worth in each, float32.
                                           Of any other ``n`` times float32, 0 where it does not stand
=========================  ==============  ==========================================================
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.scoring import BM25F

from indexer.index.columnar.arrays import Array, ArrayFile, ArraysWriter, ends_of, firsts_of, ranges
from indexer.index.columnar.merge import Terms, term_text
from indexer.index.columnar.postings import (
    Docs,
    FieldPostings,
    SortedTerms,
    Weights,
    blocks_in,
    crossings_of,
    smallest,
)
from indexer.index.columnar.standing import COUNTS, KEYS

FIELD = "text"
STANDING = 0.15
"""What a Chinese word is worth where its characters stand, but were segmented differently."""
SUMS, SIZES = "impacts", "sizes"
"""What a file of `write_sums` holds: a stretch of ``impacts``, and how long the part of each of its terms is."""
_AT_ONCE = 1 << 19
"""Postings of all zones that are summed at once, 40 bytes each: as much as a processor's caches hold."""
_WEIGHTING = BM25F()
_TERM_AT, _DOCUMENT = np.uint64(32), np.uint64(0xFFFFFFFF)
Places = NDArray[np.int64]
Keys = NDArray[np.uint64]


def rarity(frequency: Places, count: int) -> Weights:
    """Whoosh's idf of terms that stand in ``frequency`` of ``count`` documents."""
    return np.asarray(np.log(count / (frequency + 1)) + 1, np.float32)


def bm25(weights: Weights, norms: Weights, idf: Weights) -> Weights:
    """Whoosh's BM25 of postings; ``norms`` as `norms_of`, ``idf`` as `rarity` gives them."""
    k1 = np.float32(_WEIGHTING.K1)
    scores: Weights = np.asarray(idf * (weights * (k1 + 1)) / (weights + norms), np.float32)
    return scores


def norms_of(lengths: Docs) -> Weights:
    """BM25's k1 · (1 - b + b · length / average length) for every document."""
    average = max(float(lengths.mean()) if len(lengths) else 0.0, 1e-9)
    b, k1 = float(_WEIGHTING.B), float(_WEIGHTING.K1)
    return (k1 * ((1 - b) + b * lengths / average)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Summed:
    """A field that is summed."""

    ranks: Places
    """Of each of its terms the place in the vocabulary."""
    boost: float
    lengths: Docs
    """How many terms each document has there."""


class _Zone:
    """One field that is summed: where its terms stand among all, and what its postings are worth."""

    def __init__(self, postings: FieldPostings, ranks: Places, boost: float, norms: Weights) -> None:
        self._postings, self._ranks, self._boost, self._norms = postings, ranks, boost, norms

    def counts(self, terms: int) -> Places:
        """In how many documents each of all terms stands here."""
        counts = np.zeros(terms, np.int64)
        counts[self._ranks] = self._postings.frequencies()
        return counts

    def block(self, first: int, last: int) -> tuple[Keys, Weights]:
        """Postings of the terms ``first`` to ``last``: (term · 2³² + document), and what each is worth."""
        start, stop = np.searchsorted(self._ranks, [first, last]).tolist()
        counts, docs, weights = self._postings.between(start, stop)
        terms = np.repeat(self._ranks[start:stop] - first, counts)
        idf = np.repeat(rarity(counts, len(self._norms)), counts)
        worth = bm25(weights, self._norms[docs], idf) * np.float32(self._boost)
        return (terms.astype(np.uint64) << _TERM_AT) | docs.astype(np.uint64), worth


class _Standing:
    """The same of where words stand, however the text was segmented; worth nothing yet."""

    def __init__(self, files: Sequence[ArrayFile], ranks: Places) -> None:
        arrays = [file[name] for file in files for name in file.names() if name.startswith(KEYS)]
        self._keys = [keys.astype(np.uint64, copy=False) for keys in arrays]
        self._counts = np.sum([file[COUNTS].astype(np.int64) for file in files], axis=0)
        self._ranks = ranks
        """Of each word of the vocabulary its place among all terms; -1 for one that is none."""
        self._numbers = np.flatnonzero(self._ranks >= 0)
        """Of each term its number in the vocabulary; both rise together."""

    def counts(self, terms: int) -> Places:
        """In how many documents each of all terms stands."""
        counts: Places = self._counts[self._numbers]
        return counts

    def block(self, first: int, last: int) -> tuple[Keys, Weights]:
        """Where the terms ``first`` to ``last`` stand: (term · 2³² + document)."""
        ends = np.array([self._numbers[first], self._numbers[last - 1] + 1], np.uint64) << _TERM_AT
        found = [keys[slice(*np.searchsorted(keys, ends).tolist())] for keys in self._keys]
        keys = np.concatenate([np.zeros(0, np.uint64), *found])
        terms = self._ranks[(keys >> _TERM_AT).astype(np.int64)]
        inside = terms >= 0
        keys = ((terms[inside] - first).astype(np.uint64) << _TERM_AT) | (keys[inside] & _DOCUMENT)
        return keys, np.zeros(len(keys), np.float32)


def write_sums(
    path: Path,
    words: ArrayFile,
    standing: Sequence[ArrayFile],
    zones: Mapping[str, Summed],
    part: int,
    parts: int,
) -> None:
    """Sum the zones of an index for one of so many parts of its terms, a range of terms at a time.

    ``words`` holds the postings of the zones, ``standing`` where the words of the vocabulary stand: each file in other
    documents.
    """
    there = _there(zones, len(standing[0][COUNTS]))
    place = np.cumsum(there) - 1
    every: list[_Zone | _Standing] = [
        _Zone(FieldPostings(words, name), place[zone.ranks], zone.boost, norms_of(zone.lengths))
        for name, zone in zones.items()
    ]
    every.append(_Standing(standing, np.where(there, place, -1)))
    count = len(next(iter(zones.values())).lengths)
    sizes: list[Places] = []
    with ArraysWriter(path) as writer:
        writer.add_pieces(
            SUMS, np.int32, _let_go(_impacts(every, int(there.sum()), count, sizes, part, parts), words, *standing)
        )
        writer.add(SIZES, np.concatenate([np.zeros(0, np.int64), *sizes]))
        writer.close({})


def write_impacts(
    writer: ArraysWriter, vocabulary: ArrayFile, zones: Mapping[str, Summed], sums: Sequence[ArrayFile]
) -> None:
    """All parts that `write_sums` made, in their order, into ``writer``."""
    terms = Terms.of(vocabulary)
    present = np.flatnonzero(_there(zones, len(terms.starts)))
    writer.add_pieces(f"{FIELD}.terms", np.uint8, term_text(terms, present))
    writer.add(f"{FIELD}.term_ends", smallest(ends_of(terms.lengths[present])))
    writer.add_pieces(f"{FIELD}.impacts", np.int32, _let_go((part[SUMS] for part in sums), *sums))
    writer.add(f"{FIELD}.ends", smallest(ends_of(np.concatenate([part[SIZES] for part in sums]))))


def _there(zones: Mapping[str, Summed], words: int) -> NDArray[np.bool_]:
    """Which of the words of a vocabulary stand in any zone."""
    there = np.zeros(words, np.bool_)
    for zone in zones.values():
        there[zone.ranks] = True
    return there


def _let_go(pieces: Iterator[Array], *files: ArrayFile) -> Iterator[Array]:
    """The pieces; after each, the pages of the files that were read for it are given back."""
    for piece in pieces:
        yield piece
        for file in files:
            file.forget()


def _impacts(
    zones: Sequence[_Zone | _Standing], terms: int, count: int, sizes: list[Places], part: int, parts: int
) -> Iterator[Array]:
    """``impacts`` of a part of the terms, by ranges; how long each term's own is goes into ``sizes``."""
    most = ends_of(np.sum([zone.counts(terms) for zone in zones], axis=0))
    first, end = (int(np.searchsorted(most, most[-1] * each // parts)) for each in (part, part + 1))
    while first < end:
        last = max(first + 1, int(np.searchsorted(most, most[first] + _AT_ONCE, "right")) - 1)
        last = min(last, end)
        keys, worth = _summed([zone.block(first, last) for zone in zones])
        frequency = np.bincount((keys >> _TERM_AT).astype(np.int64), minlength=last - first)
        sizes.append(np.minimum(blocks_in(count) + (frequency + 1) // 2 + frequency, count).astype(np.int64))
        yield _laid_out((keys & _DOCUMENT).astype(np.int32), worth, frequency, sizes[-1], count)
        first = last


def _summed(blocks: Sequence[tuple[Keys, Weights]]) -> tuple[Keys, Weights]:
    """Each key once, rising, with the sum of what it is worth."""
    keys = np.concatenate([keys for keys, _ in blocks])
    order = np.argsort(keys, kind="stable")
    keys, worth = keys[order], np.concatenate([worth for _, worth in blocks])[order]
    if not len(keys):
        return keys, worth
    firsts = firsts_of(keys)
    sums = np.add.reduceat(worth, firsts)
    return keys[firsts], np.where(sums > 0, sums, np.float32(STANDING)).astype(np.float32)


def _laid_out(docs: Docs, worth: Weights, frequency: Places, sizes: Places, count: int) -> Array:
    """A block of terms as it lies in the file."""
    laid = np.zeros(int(sizes.sum()), np.int32)
    bits, blocks = worth.view(np.int32), blocks_in(count)
    starts, begins = np.cumsum(sizes) - sizes, np.cumsum(frequency) - frequency
    few = sizes < count
    listed = np.repeat(few, frequency)
    crossings = crossings_of(docs, np.append(begins, len(docs)), blocks)
    laid[ranges(starts[few], np.full(int(few.sum()), blocks))] = crossings[few].reshape(-1)
    halves = starts[few] + blocks
    laid.view(np.uint16)[ranges(2 * halves, frequency[few])] = docs[listed].astype(np.uint16)
    laid[ranges(halves + (frequency[few] + 1) // 2, frequency[few])] = bits[listed]
    laid[(np.repeat(starts, frequency) + docs)[~listed]] = bits[~listed]
    return laid


class Impacts(SortedTerms):
    """The same, read from the mapped file, for ``count`` documents."""

    def __init__(self, file: ArrayFile, count: int) -> None:
        super().__init__(file, FIELD)
        self._ends = file[f"{FIELD}.ends"].data
        self._impacts = file[f"{FIELD}.impacts"]
        self._count, self._blocks = count, blocks_in(count)

    def of(self, term: bytes) -> tuple[Docs | None, Weights] | None:
        """Documents with a term and what it is worth in each; without documents: in every document, or 0."""
        place = self.index(term)
        if place is None:
            return None
        start, end = self._ends[place], self._ends[place + 1]
        if end - start == self._count:
            return None, self._impacts[start:end].view(np.float32)
        halves = start + self._blocks
        weights = halves + ((end - halves) * 2 // 3 + 1) // 2
        docs = self._impacts[halves:weights].view(np.uint16)[: end - weights].astype(np.int32)
        for first in self._impacts[start:halves].tolist():
            docs[first:] += 1 << 16
        return docs, self._impacts[weights:end].view(np.float32)
