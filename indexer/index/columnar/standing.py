"""Where the words of an index stand in its text, however that was segmented: which documents have each.

Segmentation cuts 知识产权法庭 one way and the query another; so a Chinese word is looked for wherever its
characters stand. Words of two characters are pairs, whose places each run knows. Longer ones are looked for in
the text, tens of thousands of characters at a time: windows of three and four characters as numbers, most of
which a small table of flags rules out.

``keys.<n>`` of the file, uint64, are word · 2³² + document, sorted: of some of the words in some of the documents.
Each stands in one array, once; words are numbered as in the vocabulary (`columnar.merge.write_vocabulary`).
``counts``, uint32, says for every word in how many documents it stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.index.bulk import is_han_unit
from indexer.index.columnar.arrays import ArrayFile, ArraysWriter, ends_of, firsts_of, ranges
from indexer.index.columnar.merge import Placed
from indexer.index.columnar.places import Numbers
from indexer.index.columnar.postings import Docs
from indexer.index.columnar.rulings import begins_of
from indexer.index.columnar.table import KEPT, Keys, Table, hashed, windows_of

KEYS, COUNTS = "keys.", "counts"
"""The arrays of the file, by what their names begin with."""
_UNITS_AT_ONCE = 1 << 17
"""Text that is searched at once, and places that are counted: as much as a processor keeps at hand."""
_KEPT_AT_ONCE = 1 << 22
"""Keys that are sorted and written together."""
_FLAGS = 22
"""The table has two to so many flags."""
_WORD_AT = np.uint64(32)
Text = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class _Words:
    """Han words of two characters or more, in the order of their characters."""

    units: Text
    begins: Numbers
    lengths: Numbers
    numbers: Numbers
    """What they are called in the vocabulary."""

    @classmethod
    def of(cls, vocabulary: ArrayFile) -> "_Words":
        """Those of a vocabulary."""
        text = vocabulary["terms"].astype(np.uint8, copy=False)
        units = np.frombuffer(text.tobytes().decode().encode("utf-16-le"), np.uint16)
        before = ends_of(((text & 0xC0) != 0x80).astype(np.uint8) + (text >= 0xF0))  # two units for four bytes
        begins = before[vocabulary["term_ends"].astype(np.int64)]
        lengths = np.diff(begins)
        others = np.diff(ends_of((~is_han_unit(units)).view(np.uint8))[begins])
        numbers = np.flatnonzero((lengths > 1) & (others == 0))
        return cls(units, begins[numbers], lengths[numbers], numbers)

    def where(self, chosen: NDArray[np.bool_]) -> "_Words":
        """Some of them."""
        return _Words(self.units, self.begins[chosen], self.lengths[chosen], self.numbers[chosen])


class _Pairs:
    """Words of two characters."""

    def __init__(self, words: _Words) -> None:
        first, second = (words.units[words.begins + place].astype(np.uint32) for place in (0, 1))
        self._codes, self._numbers = first << np.uint32(16) | second, words.numbers

    def found(self, run: Placed) -> Keys:
        """The documents of a run that each stands in."""
        codes, ends = run.file["pair.codes"], run.file["pair.ends"].astype(np.int64, copy=False)
        there, among = _shared(codes.astype(np.uint32, copy=False), self._codes)
        word_of = np.full(len(codes), -1, np.int64)
        word_of[there] = self._numbers[among]
        lengths = np.diff(begins_of(run.file))
        documents = np.repeat(run.numbers[: len(lengths)], lengths)
        keys: list[Keys] = []
        start = 0
        while start < len(codes):
            stop = max(start + 1, int(np.searchsorted(ends, ends[start] + _UNITS_AT_ONCE, "right")) - 1)
            words = np.repeat(word_of[start:stop], np.diff(ends[start : stop + 1]))
            wanted = np.flatnonzero(words >= 0)
            places = run.file["pair.places"][ends[start] : ends[stop]].astype(np.uint32, copy=False).take(wanted)
            keys.append(_repeated_once(_keys(words.take(wanted), documents.take(places))))
            start = stop
        return np.concatenate([np.zeros(0, np.uint64), *keys])


class _Window:
    """Words by their first three or four characters; those of four may be longer."""

    def __init__(self, size: int, words: _Words) -> None:
        self._size, self._words = size, words
        heads = windows_of(words.units)[words.begins] & KEPT[size]
        self._firsts = firsts_of(heads)
        self._counts = np.diff(np.append(self._firsts, len(heads)))
        heads = heads[self._firsts]
        self._table = Table(1)
        self._table.number(self._table.slots([heads]), np.arange(len(heads), dtype=np.uint32))
        self._flags = np.zeros(1 << _FLAGS, np.bool_)
        self._flags[hashed([heads], _FLAGS)] = True

    def find(self, windows: Keys, text: Text) -> tuple[Numbers, Numbers]:
        """The numbers of the words that stand in a text, and where: every one that stands there whole."""
        windows = windows[: len(text)] & KEPT[self._size]
        at = np.flatnonzero(self._flags.take(hashed([windows], _FLAGS)))
        there, head = self._table.find([windows.take(at)])
        counts = self._counts.take(head)
        words = ranges(self._firsts.take(head), counts)
        at = np.repeat(at[there], counts)
        kept = np.ones(len(words), np.bool_)
        lengths = self._words.lengths.take(words)
        for place in range(self._size, int(lengths.max(initial=0))):
            left = np.flatnonzero(kept & (lengths > place))
            wanted = self._words.units.take(self._words.begins.take(words.take(left)) + place)
            kept[left] = text.take(at.take(left) + place, mode="clip") == wanted
        return self._words.numbers.take(words[kept]), at[kept]


def write_standing(path: Path, runs: Sequence[Placed], vocabulary: Path) -> None:
    """Look for every Han word of the vocabulary, of two characters or more, in the texts of an index."""
    every = ArrayFile(vocabulary)
    words, counts = _Words.of(every), np.zeros(len(every["term_ends"]) - 1, np.int64)
    pairs = _Pairs(words.where(words.lengths == 2))
    windows = [_Window(3, words.where(words.lengths == 3)), _Window(4, words.where(words.lengths >= 4))]
    with ArraysWriter(path) as writer:
        for number, keys in enumerate(_gathered(_found(runs, pairs, windows))):
            counts += np.bincount((keys >> _WORD_AT).view(np.int64), minlength=len(counts))
            writer.add(f"{KEYS}{number}", keys)
        writer.add(COUNTS, counts.astype(np.uint32))
        writer.close({})


def _found(runs: Sequence[Placed], pairs: _Pairs, windows: Sequence[_Window]) -> Iterator[Keys]:
    for run in runs:
        yield pairs.found(run)
        text, begins = run.file["text"].view(np.uint16), begins_of(run.file)
        first = 0
        while first < len(begins) - 1:
            last = max(first + 1, int(np.searchsorted(begins, begins[first] + _UNITS_AT_ONCE, "right")) - 1)
            documents = np.repeat(run.numbers[first:last], np.diff(begins[first : last + 1]))
            yield from _longer(text[begins[first] : begins[last]], documents, windows)
            first = last
        run.file.forget()


def _longer(text: Text, documents: Docs, windows: Sequence[_Window]) -> Iterator[Keys]:
    """Words of three characters and more in a text, with the document of each of its units."""
    seen = windows_of(text)
    for window in windows:
        words, at = window.find(seen, text)
        yield _keys(words, documents.take(at))


def _gathered(found: Iterator[Keys]) -> Iterator[Keys]:
    waiting: list[Keys] = []
    for keys in found:
        waiting.append(keys)
        if sum(map(len, waiting)) >= _KEPT_AT_ONCE:
            yield _distinct(waiting)
            waiting = []
    if waiting:
        yield _distinct(waiting)


def _distinct(keys: Sequence[Keys]) -> Keys:
    every = np.concatenate(keys)
    every.sort()
    return _repeated_once(every)


def _repeated_once(keys: Keys) -> Keys:
    return keys[firsts_of(keys)]


def _keys(words: Numbers, documents: Docs) -> Keys:
    """The keys of words in documents; of those in documents that are left out, none."""
    if documents.min(initial=0) < 0:
        words, documents = words[documents >= 0], documents[documents >= 0]
    keys = words.astype(np.uint64)
    keys <<= _WORD_AT
    keys |= documents.astype(np.uint64)
    return keys


def _shared(some: NDArray[np.uint32], others: NDArray[np.uint32]) -> tuple[Numbers, Numbers]:
    """Where the numbers that two rising arrays share stand in each."""
    if not len(others):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    among = np.searchsorted(others, some)
    there = np.flatnonzero(others.take(among, mode="clip") == some)
    return there, among[there]
