"""Runs into one segment's terms and postings, with bounded memory.

Terms are numbered by their order over all runs; a field is merged by ranges of its terms, so that only
`_AT_ONCE` postings are held, and the weights of one field. No posting passes through Python.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.index.columnar.arrays import Array, ArrayFile, ArraysWriter, ends_of, ranges
from indexer.index.columnar.postings import Docs, blocks_in, crossings_of, smallest, term_arrays, weight_arrays

_AT_ONCE = 1 << 22
_TERMS_AT_ONCE = 1 << 19
Ranks = NDArray[np.uint32]
Places = NDArray[np.int64]
Counts = NDArray[np.unsignedinteger]


@dataclass(frozen=True, slots=True)
class Placed:
    """A run, and the number in the index of each of its documents; -1 for one that is left out."""

    file: ArrayFile
    numbers: Docs


@dataclass(frozen=True, slots=True)
class _Source:
    """The postings of a field in one run, by the rank of the term."""

    ranks: Ranks
    ends: Places
    kept: Places
    """`ends`, when documents that are left out are not counted."""
    docs: Array
    weights: Array | None
    numbers: Docs


@dataclass(frozen=True, slots=True)
class RunWords(Iterable[bytes]):
    """Words of a run, sorted: all, or some by their ranks in it; read anew whenever they are gone through."""

    run: ArrayFile
    chosen: Ranks | None = None

    def __iter__(self) -> Iterator[bytes]:
        text, ends = self.run["terms"].tobytes(), self.run["term_ends"]
        begins, ends = (ends[:-1], ends[1:]) if self.chosen is None else (ends[self.chosen], ends[self.chosen + 1])
        return (text[start:end] for start, end in zip(begins.tolist(), ends.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Terms:
    """Sorted terms: all bytes, and where each begins and ends."""

    text: NDArray[np.uint8]
    starts: Places
    lengths: Places

    @classmethod
    def of(cls, words: ArrayFile) -> "Terms":
        """The words of a vocabulary."""
        ends = words["term_ends"].astype(np.int64)
        return cls(words["terms"].astype(np.uint8, copy=False), ends[:-1], np.diff(ends))


def write_vocabulary(path: Path, runs: Sequence[ArrayFile]) -> None:
    """The words of all runs, sorted, and for each run the rank of each of its words (``ranks.<run>``)."""
    words, ranks = sorted_together([RunWords(run) for run in runs])
    with ArraysWriter(path) as writer:
        for name, array in term_arrays(words).items():
            writer.add(name, array)
        for place, each in enumerate(ranks):
            writer.add(f"ranks.{place}", each)
        writer.close({})


def sorted_together(runs: Sequence[Iterable[bytes]]) -> tuple[list[bytes], list[Ranks]]:
    """Every word of some runs, sorted, and for each run the ranks of its words; the words are asked for twice."""
    words = sorted(set().union(*runs))
    rank = {word: place for place, word in enumerate(words)}
    return words, [np.fromiter(map(rank.__getitem__, run), np.uint32) for run in runs]


def merge_fields(
    path: Path, fields: Sequence[tuple[str, str]], runs: Sequence[Placed], vocabulary: Path, counted: Container[str]
) -> dict[str, Places]:
    """Fields of all runs into one file of arrays (`columnar.postings`): (name in the runs, name in the file) pairs.

    Of the ``counted`` ones only the terms are kept, and in how many documents each stands. Returns the rank
    of each field's terms.
    """
    documents = sum(int((run.numbers >= 0).sum()) for run in runs)
    words = ArrayFile(vocabulary)
    terms = Terms.of(words)
    ranks: dict[str, Places] = {}
    with ArraysWriter(path) as writer:
        for field, name in fields:
            ranks[name] = _merge_field(writer, name, terms, _sources(field, runs, words), documents, field in counted)
            for run in runs:
                run.file.forget()
        writer.close({"fields": [name for _, name in fields]})
    return ranks


def _sources(field: str, runs: Sequence[Placed], words: ArrayFile) -> list[_Source]:
    return [
        _source(run, field, words[f"ranks.{place}"][run.file[f"{field}.ranks"]])
        for place, run in enumerate(runs)
        if f"{field}.ranks" in run.file
    ]


def _source(run: Placed, field: str, ranks: Array) -> _Source:
    ends = run.file[f"{field}.ends"].astype(np.int64, copy=False)
    docs = run.file[f"{field}.docs"]
    kept = ends
    if (run.numbers < 0).any():
        kept = ends_of(run.numbers[docs] >= 0)[ends]
    return _Source(ranks.astype(np.uint32, copy=False), ends, kept, docs, run.file.get(f"{field}.weights"), run.numbers)


def _merge_field(
    writer: ArraysWriter, name: str, terms: Terms, sources: Sequence[_Source], documents: int, counted: bool
) -> Places:
    """Returns the ranks of the field's terms."""
    counts = np.zeros(len(terms.starts), np.int64)
    for source in sources:
        counts[source.ranks] += np.diff(source.kept)
    present = np.flatnonzero(counts)
    ends = ends_of(counts[present])
    writer.add_pieces(f"{name}.terms", np.uint8, term_text(terms, present))
    writer.add(f"{name}.term_ends", smallest(ends_of(terms.lengths[present])))
    if counted:
        writer.add(f"{name}.counts", counts[present].astype(np.uint32))
        return present
    writer.add(f"{name}.ends", smallest(ends))
    kept = _Kept(blocks_in(documents), max(map(_heaviest, sources), default=1))
    writer.add_pieces(f"{name}.docs", np.uint16, kept.taken(_postings(present, ends, sources, kept.dtype)))
    for array, each in kept.arrays().items():
        writer.add(f"{name}.{array}", each)
    return present


class _Kept:
    """What is kept of a field's postings beside the documents: collected while these go by."""

    def __init__(self, blocks: int, heaviest: int) -> None:
        self._blocks, self._weighted = blocks, heaviest > 1
        self.dtype = np.min_scalar_type(heaviest)
        self._crossings: list[Array] = []
        self._weights: list[Array] = []
        self._heavy: list[Array] = []
        self._heavy_at: list[Array] = []
        self._postings = 0

    def taken(self, postings: Iterator[tuple[Docs, Counts, Places]]) -> Iterator[NDArray[np.uint16]]:
        """The lower halves of documents, block by block."""
        for docs, weights, ends in postings:
            if self._blocks:
                self._crossings.append(crossings_of(docs, ends, self._blocks))
            if self._weighted:
                kept = weight_arrays(weights)
                self._weights.append(kept.get("weights", np.ones(len(docs), np.uint8)))
                if "heavy" in kept:
                    self._heavy.append(kept["heavy"])
                    self._heavy_at.append(kept["heavy_at"].astype(np.int64) + self._postings)
            self._postings += len(docs)
            yield docs.astype(np.uint16)

    def arrays(self) -> dict[str, Array]:
        """The other arrays, by their names without the field."""
        every = {
            "crossings": self._crossings,
            "weights": self._weights,
            "heavy": self._heavy,
            "heavy_at": self._heavy_at,
        }
        return {name: np.concatenate(each) for name, each in every.items() if each}


def term_text(terms: Terms, present: Places) -> Iterator[Array]:
    """The bytes of some terms, in pieces."""
    for start in range(0, len(present), _TERMS_AT_ONCE):
        chosen = present[start : start + _TERMS_AT_ONCE]
        yield terms.text[ranges(terms.starts[chosen], terms.lengths[chosen])]


def _heaviest(source: _Source) -> int:
    """The largest weight of a source's documents, those left out aside."""
    if source.weights is None:
        return 1
    kept = source.weights if source.kept is source.ends else source.weights[source.numbers[source.docs] >= 0]
    return int(kept.max(initial=1))


def _postings(
    present: Places, ends: Places, sources: Sequence[_Source], dtype: np.dtype[np.unsignedinteger]
) -> Iterator[tuple[Docs, Counts, Places]]:
    """Documents and their weights by ranges of terms, and where each term's begin, and the end."""
    start = 0
    while start < len(present):
        stop = max(start + 1, int(np.searchsorted(ends, ends[start] + _AT_ONCE, "right")) - 1)
        docs = np.empty(int(ends[stop] - ends[start]), np.int32)
        heavy: Counts = np.ones(len(docs), dtype)
        free = np.zeros(int(present[stop - 1] - present[start]) + 1, np.int64)
        free[present[start:stop] - present[start]] = ends[start:stop] - ends[start]
        for source in sources:
            _place(source, int(present[start]), int(present[stop - 1]), free, docs, heavy)
        _put_in_order(docs, heavy, ends[start : stop + 1] - ends[start])
        yield docs, heavy, ends[start : stop + 1] - ends[start]
        start = stop


def _place(source: _Source, first: int, last: int, free: Places, docs: Docs, heavy: Counts) -> None:
    """Copy a source's postings of terms ``first`` to ``last`` to where they belong; ``free`` moves on."""
    start, stop = np.searchsorted(source.ranks, np.array([first, last + 1], np.uint32)).tolist()
    if start == stop:
        return
    begin, end = int(source.ends[start]), int(source.ends[stop])
    counts = np.diff(source.kept[start : stop + 1])
    terms = source.ranks[start:stop].astype(np.int64) - first
    places = ranges(free[terms], counts)
    free[terms] += counts
    numbers = source.numbers[source.docs[begin:end]]
    left = numbers >= 0 if source.kept is not source.ends else None
    docs[places] = numbers if left is None else numbers[left]
    if source.weights is not None:
        weights = source.weights[begin:end]
        heavy[places] = weights if left is None else weights[left]


def _put_in_order(docs: Docs, heavy: Counts, ends: Places) -> None:
    """Documents rise within each term, also where a run holds documents from here and there."""
    falls = np.flatnonzero(docs[1:] <= docs[:-1]) + 1
    if np.isin(falls, ends, assume_unique=True).all():
        return
    terms = np.repeat(np.arange(len(ends) - 1, dtype=np.int64), np.diff(ends))
    order = np.argsort(terms << 32 | docs, kind="stable")
    docs[:] = docs[order]
    heavy[:] = heavy[order]
