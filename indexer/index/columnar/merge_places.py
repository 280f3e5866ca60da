"""Runs into one index's places (`columnar.places`), a range of pairs or words at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexTooLong
from indexer.index.columnar.arrays import Array, ArraysWriter, ends_of, firsts_of
from indexer.index.columnar.join import Stretch, stretches
from indexer.index.columnar.merge import Placed, RunWords, sorted_together
from indexer.index.columnar.pieces import blocks_of
from indexer.index.columnar.places import MAX_UNITS, Flags, Numbers, Units, packed, write_marks
from indexer.index.columnar.postings import smallest, term_arrays
from indexer.index.columnar.rulings import begins_of

_AT_ONCE = 1 << 19
"""Places of all runs that are merged at once, some 60 bytes each: as much as a processor's caches hold."""
_UNITS_AT_ONCE = 1 << 24
_PLACE_BITS = np.uint64(32)


@dataclass(frozen=True, slots=True)
class _Source:
    """The lists of one kind in one run."""

    keys: Units
    """What each list is of, rising: a pair's code, or a word's rank among all."""
    ends: Numbers
    places: Units
    begins: Numbers
    """Where each document begins in the run's text, and the end."""
    shifts: Numbers | None
    """How far each document moves; None if all move as far as the first."""
    shift: int
    kept: Flags

    def between(self, first: int, last: int) -> tuple[NDArray[np.uint64], Numbers]:
        """Places in the index of the lists whose keys lie from ``first`` to ``last``, and the key of each."""
        start, stop = np.searchsorted(self.keys, np.array([first, last + 1], np.uint32)).tolist()
        keys = np.repeat(self.keys[start:stop].astype(np.uint64), np.diff(self.ends[start : stop + 1]))
        stays, moved = self.moved(self.places[self.ends[start] : self.ends[stop]])
        return keys[stays], moved

    def moved(self, places: Units) -> tuple[Flags | slice, Numbers]:
        """Which of some places of the run stay, and where these stand in the index."""
        wide = places.astype(np.int64)
        if self.shifts is None:
            return slice(None), wide + self.shift
        documents = np.searchsorted(self.begins, wide, "right") - 1
        stays = self.kept[documents]
        return stays, (wide + self.shifts[documents])[stays]


def merge_places(path: Path, runs: Sequence[Placed]) -> None:
    """The places of all runs in one file of arrays. Raises `IndexTooLong`."""
    begins = [begins_of(run.file) for run in runs]
    placed = list(zip(runs, begins, _targets(runs, begins), strict=True))
    with ArraysWriter(path) as writer:
        pairs = [_source(run, "pair", run.file["pair.codes"], *each) for run, *each in placed]
        codes = _merge(writer, "pair", pairs)
        writer.add("pair.codes", codes)
        written = [run.file["word.ranks"].astype(np.uint32, copy=False) for run in runs]
        words, ranks = sorted_together([RunWords(run.file, own) for run, own in zip(runs, written, strict=True)])
        of_words = [_source(run, "word", own, *each) for own, (run, *each) in zip(ranks, placed, strict=True)]
        present = _merge(writer, "word", of_words)
        for name, array in term_arrays([words[rank] for rank in present.tolist()]).items():
            writer.add(f"word.{name}", array)
        joined = [
            source.moved(run.file["word.joined"].astype(np.uint32, copy=False))[1]
            for source, run in zip(of_words, runs, strict=True)
        ]
        writer.add("word.joined", np.sort(np.concatenate([np.zeros(0, np.uint32), *joined])).astype(np.uint32))
        for run in runs:
            run.file.forget()
        parts = stretches(runs)
        write_marks(writer, "tokens", _flags(parts, "tokens"))
        sentences = _marked(_flags(parts, "sentences"))
        writer.add("sentences.begins", sentences)
        writer.add("sentences.blocks", blocks_of(sentences))
        writer.close({})


def _targets(runs: Sequence[Placed], begins: Sequence[Numbers]) -> list[Numbers]:
    """Where each document of each run begins in the index; of no use where one is left out."""
    numbers = [run.numbers[: len(each) - 1] for run, each in zip(runs, begins, strict=True)]
    lengths = np.zeros(sum(map(len, numbers)) + 1, np.int64)
    for own, each in zip(numbers, begins, strict=True):
        lengths[own[own >= 0]] = np.diff(each)[own >= 0]
    starts = ends_of(lengths)
    if starts[-1] >= MAX_UNITS:
        raise IndexTooLong(
            f"The corpus has {int(starts[-1]):,} characters; one index holds {MAX_UNITS:,}, some 580,000 full"
            " judgments. Split the corpus, and build each half into a store of its own.",
            f"语料共{int(starts[-1]):,}字，单个索引至多{MAX_UNITS:,}字，约58万篇全文。请将语料分开，各自构建。",
        )
    return [starts[own] for own in numbers]


def _source(run: Placed, kind: str, keys: Array, begins: Numbers, targets: Numbers) -> _Source:
    kept = run.numbers[: len(targets)] >= 0
    shifts = targets - begins[:-1]
    alike = bool(kept.all()) and (not len(shifts) or bool((shifts == shifts[0]).all()))
    return _Source(
        keys.astype(np.uint32, copy=False),
        run.file[f"{kind}.ends"].astype(np.int64, copy=False),
        run.file[f"{kind}.places"].astype(np.uint32, copy=False),
        begins,
        None if alike else shifts,
        int(shifts[0]) if len(shifts) else 0,
        kept,
    )


def _merge(writer: ArraysWriter, kind: str, sources: Sequence[_Source]) -> Units:
    """Write the lists of one kind; what each is of comes back."""
    keys: list[Units] = []
    lengths: list[Numbers] = []
    flags: list[Flags] = []

    def pieces() -> Iterator[Units]:
        for first, last in _blocks(sources):
            present, counts, places = _sorted([source.between(first, last) for source in sources])
            if not len(present):  # all places of the block are of documents that are left out
                continue
            kept, sizes, pack = packed(counts, places)
            keys.append(present)
            lengths.append(sizes)
            flags.append(pack)
            yield kept

    writer.add_pieces(f"{kind}.places", np.uint32, pieces())
    writer.add(f"{kind}.ends", smallest(ends_of(np.concatenate([np.zeros(0, np.int64), *lengths]))))
    writer.add(f"{kind}.packed", np.concatenate([np.zeros(0, np.bool_), *flags]))
    return np.concatenate([np.zeros(0, np.uint32), *keys])


def _blocks(sources: Sequence[_Source]) -> Iterator[tuple[int, int]]:
    """Ranges of keys, both ends included, with about `_AT_ONCE` places each."""
    every = np.sort(np.concatenate([np.zeros(0, np.uint32), *(source.keys for source in sources)]))
    every = every[firsts_of(every)]  # np.unique takes seventy times as long for whole numbers
    counts = np.zeros(len(every), np.int64)
    for source in sources:
        counts[np.searchsorted(every, source.keys)] += np.diff(source.ends)
    ends = ends_of(counts)
    start = 0
    while start < len(every):
        stop = max(start + 1, int(np.searchsorted(ends, ends[start] + _AT_ONCE, "right")) - 1)
        yield int(every[start]), int(every[stop - 1])
        start = stop


def _sorted(found: Sequence[tuple[NDArray[np.uint64], Numbers]]) -> tuple[Units, Numbers, Units]:
    """The keys that have places, how many each has, and all places in their order."""
    both = np.concatenate([keys << _PLACE_BITS | places.astype(np.uint64) for keys, places in found])
    both.sort()
    keys = (both >> _PLACE_BITS).astype(np.uint32)
    firsts = firsts_of(keys)
    return keys[firsts], np.diff(np.append(firsts, len(keys))), both.astype(np.uint32)


def _flags(parts: Sequence[Stretch], name: str) -> Iterator[Flags]:
    for part in parts:
        begins = begins_of(part.file)
        begin, end = int(begins[part.first]), int(begins[part.last])
        for start in range(begin, end, _UNITS_AT_ONCE):
            stop = min(start + _UNITS_AT_ONCE, end)
            bits = part.file[name][start // 8 : (stop + 7) // 8]
            flags = np.unpackbits(bits.astype(np.uint8, copy=False), bitorder="little")
            yield flags[start % 8 : start % 8 + stop - start].astype(np.bool_)
        part.file.forget()


def _marked(pieces: Iterable[Flags]) -> Units:
    """The marked units, and the end."""
    found, units = [np.zeros(0, np.uint32)], 0
    for flags in pieces:
        found.append((np.flatnonzero(flags) + units).astype(np.uint32))
        units += len(flags)
    return np.concatenate([*found, np.full(1, units, np.uint32)])
