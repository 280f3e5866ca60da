"""Numbers for the words of a run: most are found without an object for each.

A word of up to four UTF-16 units is itself a number of 64 bits, one of up to eight is two, by which a table
finds all words of a text at once; only what is new, and what is longer, is looked up one by one.
"""

from collections.abc import Sequence
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.index.columnar.arrays import ends_of, ranges
from indexer.index.columnar.table import KEPT, NONE, UNITS, Keys, Numbers, Table, windows_of

_SECOND = 0xDC00 >> 10
"""How the second half of a character of two units begins."""
Places = NDArray[np.int64]


class Numbering:
    """Numbers for words, whether they are given as strings or stand in a text."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._short, self._long = Table(1), Table(2)
        self.words: list[str] = []
        """Every word, by its number."""

    def of(self, words: Sequence[str]) -> Numbers:
        """The numbers of some words."""
        known = self._numbers
        found = np.array([known.setdefault(word, len(known)) for word in words], np.uint32)
        new = list(islice(reversed(known), len(known) - len(self.words)))
        self.words += reversed(new)
        return found

    def at(self, units: NDArray[np.uint16], starts: Places, lengths: Places) -> Numbers:
        """The numbers of the words that begin at some places of a text in UTF-16, and have so many units."""
        windows = windows_of(units)
        numbers = np.empty(len(starts), np.uint32)
        keys = windows.take(starts)
        short = np.flatnonzero(lengths <= UNITS)
        begins, sizes = starts.take(short), lengths.take(short)
        numbers[short] = self._in_table(self._short, [keys.take(short) & KEPT.take(sizes)], units, begins, sizes)
        long = np.flatnonzero((lengths > UNITS) & (lengths <= 2 * UNITS))
        begins, sizes = starts.take(long), lengths.take(long)
        rest = windows.take(begins + UNITS) & KEPT.take(sizes - UNITS)
        numbers[long] = self._in_table(self._long, [keys.take(long), rest], units, begins, sizes)
        longer = np.flatnonzero(lengths > 2 * UNITS)
        numbers[longer] = self._one_by_one(units, starts.take(longer), lengths.take(longer))
        return numbers

    def _in_table(
        self, table: Table, keys: Sequence[Keys], units: NDArray[np.uint16], starts: Places, lengths: Places
    ) -> Numbers:
        slots = table.slots(keys)
        numbers = table.numbers.take(slots)
        new = np.flatnonzero(numbers == NONE)
        if len(new):
            there = slots.take(new)
            once = table.once(there)
            first = new.take(once)
            table.number(there.take(once), self._one_by_one(units, starts.take(first), lengths.take(first)))
            numbers[new] = table.numbers.take(there)
        return numbers

    def _one_by_one(self, units: NDArray[np.uint16], starts: Places, lengths: Places) -> Numbers:
        cut = units.take(ranges(starts, lengths))
        characters = ends_of((cut >> 10 != _SECOND).view(np.uint8))
        ends = characters[ends_of(lengths)].tolist()
        text = cut.tobytes().decode("utf-16-le")
        return self.of([text[begin:end] for begin, end in pairwise(ends)])
