"""Words of few UTF-16 units as numbers of 64 bits, their keys, and a table that finds many by theirs at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

UNITS = 4
"""UTF-16 units of a key."""
KEPT = np.array([*((1 << 16 * length) - 1 for length in range(UNITS)), (1 << 64) - 1], np.uint64)
"""Of a window of four units, the bits that so many of them have."""
NONE = np.uint32(0xFFFFFFFF)
"""The number of a word that has none yet."""
_SLOTS = 18
"""A table begins with two to so many slots."""
_SPREADS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
Numbers = NDArray[np.uint32]
Keys = NDArray[np.uint64]
Slots = NDArray[np.int64]


class Table:
    """Slots for words of so many keys each, none of which has a first key of zero; it grows and is never half full."""

    def __init__(self, width: int) -> None:
        self._held = 0
        self._keys = [np.zeros(1 << _SLOTS, np.uint64) for _ in range(width)]
        self.numbers: Numbers = np.full(1 << _SLOTS, NONE, np.uint32)
        """The number of the word at each slot."""

    def slots(self, keys: Sequence[Keys]) -> Slots:
        """The slot of each word, the same for the same keys; new words are given one."""
        if 2 * (self._held + len(keys[0])) > len(self.numbers):  # fuller ones take many steps to a free place
            self._grow(len(keys[0]))
        last = len(self.numbers) - 1
        slots = hashed(keys, last.bit_length())
        left = np.flatnonzero(self._others(slots, keys))
        while len(left):
            at, own = slots[left], [each[left] for each in keys]
            free = self._keys[0][at] == 0
            for held, each in zip(self._keys, own, strict=True):
                held[at[free]] = each[free]  # of several that want a slot the last one has it
            left = left[self._others(at, own)]
            slots[left] = (slots[left] + 1) & last
        return slots

    def once(self, slots: Slots) -> Slots:
        """Of some slots without a number, each as often as may be, which to number: each once."""
        order = np.arange(len(slots), dtype=np.uint32)
        self.numbers[slots] = order
        return np.flatnonzero(self.numbers.take(slots) == order)

    def number(self, slots: Slots, numbers: Numbers) -> None:
        """Say which numbers the words at some slots have."""
        self.numbers[slots] = numbers
        self._held += len(slots)

    def find(self, keys: Sequence[Keys]) -> tuple[NDArray[np.bool_], Numbers]:
        """Which words have a slot, and the number of each of these."""
        last = len(self.numbers) - 1
        slots = hashed(keys, last.bit_length())
        others = self._others(slots, keys)
        left = np.flatnonzero(others)
        while len(left := left[self._keys[0].take(slots.take(left)) != 0]):
            slots[left] = (slots[left] + 1) & last
            others[left] = self._others(slots[left], [each[left] for each in keys])
            left = left[others[left]]
        return ~others, self.numbers.take(slots[~others])

    def _others(self, slots: Slots, keys: Sequence[Keys]) -> NDArray[np.bool_]:
        """Which slots have none of these keys, or another."""
        differ: NDArray[np.bool_] = self._keys[0].take(slots) != keys[0]
        for held, each in zip(self._keys[1:], keys[1:], strict=True):
            differ |= held.take(slots) != each
        return differ

    def _grow(self, more: int) -> None:
        there, numbers = np.flatnonzero(self.numbers != NONE), self.numbers
        keys = [each[there] for each in self._keys]
        size = 1 << (4 * len(there) + 2 * more).bit_length()
        self._keys = [np.zeros(size, np.uint64) for _ in keys]
        self.numbers, self._held = np.full(size, NONE, np.uint32), 0
        self.number(self.slots(keys), numbers[there])


def hashed(keys: Sequence[Keys], bits: int) -> Slots:
    """Where words of these keys are looked for first among two to so many slots."""
    spread = keys[0] * _SPREADS[0]
    for each, factor in zip(keys[1:], _SPREADS[1:], strict=False):
        spread ^= each * factor
    spread >>= np.uint64(64 - bits)
    return spread.view(np.int64)


def windows_of(units: NDArray[np.uint16]) -> Keys:
    """Of each unit itself and the three after it as one number; zeros behind the end."""
    padded = np.concatenate([units, np.zeros(UNITS, np.uint16)])
    return np.ndarray((len(units) + 1,), np.uint64, padded, strides=(padded.itemsize,))
