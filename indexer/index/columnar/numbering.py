"""Numbers for the words of a run, in the order in which they are first met: most without an object for each.

A word of up to four UTF-16 units is itself a number of 64 bits, by which a table finds all words of a text at
once; longer ones, and those whose place in the table another has, are looked up one by one.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_CODING = "utf-16-le"
_SHORT = 4
_SLOTS = 18
"""The table has two to so many places."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_KEPT = np.array([0, *((1 << 64) - (1 << 64 - 16 * length) for length in range(1, _SHORT + 1))], np.uint64)
"""Of a window of four units, the bits that a word of a length has."""
Numbers = NDArray[np.uint32]


class Numbering:
    """Numbers for words, whether they are given as strings or stand in a text."""

    def __init__(self) -> None:
        self._by_units = _ByUnits()
        self._keys = np.zeros(1 << _SLOTS, np.uint64)
        self._numbers = np.zeros(1 << _SLOTS, np.uint32)
        self.words = self._by_units.words
        """Every word, by its number."""

    def of(self, words: Sequence[str]) -> Numbers:
        """The numbers of some words."""
        return np.array([self._by_units[word.encode(_CODING)] for word in words], np.uint32)

    def at(self, units: NDArray[np.uint16], starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Numbers:
        """The numbers of the words that begin at some places of a text in UTF-16, and have so many units."""
        keys = _windows(units)[starts] & _KEPT[np.minimum(lengths, _SHORT)]
        slots = (keys * _SPREAD) >> np.uint64(64 - _SLOTS)
        numbers: Numbers = self._numbers[slots]
        rest = np.flatnonzero((self._keys[slots] != keys) | (lengths > _SHORT))
        raw, begins = units.tobytes(), 2 * starts[rest]
        ends = begins + 2 * lengths[rest]
        found = [self._by_units[raw[begin:end]] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        numbers[rest] = found
        new = rest[(lengths[rest] <= _SHORT) & (self._keys[slots[rest]] == 0)]
        self._keys[slots[new]], self._numbers[slots[new]] = keys[new], numbers[new]
        return numbers


class _ByUnits(dict[bytes, int]):
    """By what a word is in UTF-16."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __missing__(self, units: bytes) -> int:
        number = self[units] = len(self)
        self.words.append(units.decode(_CODING))
        return number


def _windows(units: NDArray[np.uint16]) -> NDArray[np.uint64]:
    """Of each unit itself and the three after it as one number; zeros behind the end."""
    padded = np.zeros(len(units) + _SHORT - 1, np.uint64)
    padded[: len(units)] = units
    windows = padded[: len(units)].copy()
    for place in range(1, _SHORT):
        windows <<= np.uint64(16)
        windows |= padded[place : place + len(units)]
    return windows
