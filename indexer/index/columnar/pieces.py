"""Pieces of a text that stand side by side, and which of them a place stands in.

Rulings, segments and sentences are kept alike. Arrays of a kind, for ``p`` pieces of ``u`` units of text:

==================  ==============  =================================================================
``<kind>.begins``   uint32 [p+1]    where each piece begins, and the end, in units; the first at 0
``<kind>.blocks``   int32           for every 2 ** `block_bits` units the piece that the first stands in
==================  ==============  =================================================================

A piece is looked up, and not searched for: from the piece of its block a few steps lead to it.
"""

import numpy as np
from numpy.typing import NDArray

from indexer.index.columnar.arrays import ArrayFile

Units = NDArray[np.uint32]
Numbers = NDArray[np.int64]
_NO_SHORTER = 5


def block_bits(pieces: int, units: int) -> int:
    """How long a block is, in bits of a place: about as long as a piece."""
    return max(_NO_SHORTER, (units // max(pieces, 1)).bit_length())


def blocks_of(begins: Units) -> NDArray[np.int32]:
    """``<kind>.blocks`` of pieces; ``begins`` has the end too."""
    units = int(begins[-1])
    blocks = np.arange(0, units, 1 << block_bits(len(begins) - 1, units), dtype=np.int64).astype(np.uint32)
    return (np.searchsorted(begins[:-1], blocks, "right") - 1).astype(np.int32)


class Pieces:
    """The pieces of one kind, read from the mapped file."""

    def __init__(self, file: ArrayFile, kind: str) -> None:
        self.begins = file[f"{kind}.begins"].astype(np.uint32, copy=False)
        self._blocks = file[f"{kind}.blocks"].astype(np.int32, copy=False)
        self._bits = block_bits(len(self), int(self.begins[-1]))

    def __len__(self) -> int:
        return len(self.begins) - 1

    def at(self, places: Units) -> Numbers:
        """The number of the piece that each place stands in."""
        ends = self.begins[1:]
        found: Numbers = self._blocks.take((places >> self._bits).astype(np.intp)).astype(np.int64)
        late = np.flatnonzero(ends.take(found) <= places)
        while len(late):
            found[late] += 1
            late = late[ends.take(found[late]) <= places[late]]
        return found

    def bounds(self, numbers: Numbers) -> tuple[Units, Units]:
        """Where some pieces begin and end."""
        return self.begins.take(numbers), self.begins[1:].take(numbers)
