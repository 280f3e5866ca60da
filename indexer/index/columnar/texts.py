"""The text of each ruling of an index, as it was most likely written: what the catalogue's texts are packed over."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.index.columnar.arrays import ArrayFile
from indexer.index.columnar.documents import DOCUMENTS

_WIDE = np.arange(1 << 16, dtype=np.uint16)
_WIDE[[ord(mark) for mark in ",;:()?!"]] = [ord(mark) for mark in "，；：（）？！"]


def unfolded(units: NDArray[np.uint16]) -> bytes:
    """A folded text with the full-width marks that a Chinese text has: more alike to what it was folded from."""
    return np.take(_WIDE, units).tobytes()


class Texts:
    """The texts of an index folder, read from the mapped file."""

    def __init__(self, folder: Path) -> None:
        (path,) = folder.glob(f"*{DOCUMENTS}")
        file = ArrayFile(path)
        self._units = file["text"].view(np.uint16)
        self._begins = file["rulings.begins"].data

    def __getitem__(self, ruling: int) -> bytes:
        """`unfolded` text of the ruling with a number."""
        return unfolded(self._units[self._begins[ruling] : self._begins[ruling + 1]])
