"""Where words stand in the documents of a run, counted in UTF-16 code units from the beginning of the run's text.

Arrays, for ``h`` pairs, ``w`` words and ``u`` units:

=======================================  ==============  ===================================================
``pair.codes``                           uint32 [h]      the pairs of Han characters, as in `columnar.places`
``word.ranks``                           uint32 [w]      the words of other scripts: places in ``terms``, rising
``pair.ends``, ``word.ends``             int64           where each one's places begin, and the end
``pair.places``, ``word.places``         uint32          places, rising for each pair or word
``word.joined``                          uint32          the places of words behind an apostrophe, rising
``tokens``, ``sentences``                uint8 [u/8]     a bit for each unit that a word or a sentence begins
                                                         at, the lowest first
=======================================  ==============  ===================================================
"""

import numpy as np
from numpy.typing import NDArray

from indexer.index.bulk import han_pairs, sentence_starts
from indexer.index.columnar.arrays import Array, firsts_of

Units = NDArray[np.uint32]


class PlacesRun:
    """Takes the texts of a run's documents in order."""

    def __init__(self) -> None:
        self._units = 0
        self._starts: list[NDArray[np.int64]] = []
        self._words: list[Units] = []
        self._places: list[NDArray[np.int64]] = []

    def add(self, units: int, starts: NDArray[np.int64], words: Units, places: NDArray[np.int64]) -> None:
        """A text of so many units: where its words begin; of those that are not Han the numbers and the places."""
        self._starts.append(starts + self._units)
        self._words.append(words)
        self._places.append(places + self._units)
        self._units += units

    def arrays(self, text: NDArray[np.uint16], rank: Units) -> dict[str, Array]:
        """The arrays; ``text`` is that of all documents, ``rank`` the place of each word among the run's."""
        tokens = np.zeros(self._units, np.bool_)
        tokens[np.concatenate([np.zeros(0, np.int64), *self._starts])] = True
        words = rank[np.concatenate([np.zeros(0, np.uint32), *self._words])].astype(np.uint64)
        places = np.concatenate([np.zeros(0, np.int64), *self._places])
        keys = words << np.uint64(32) | places.astype(np.uint64)
        keys.sort()
        result = _lists("pair", "codes", *han_pairs(text))
        result |= _lists("word", "ranks", (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint32))
        result["word.joined"] = places[~tokens[places]].astype(np.uint32)
        marks = {"tokens": tokens, "sentences": sentence_starts(text)}
        return result | {name: np.packbits(flags, bitorder="little") for name, flags in marks.items()}


def _lists(kind: str, name: str, keys: Units, places: Units) -> dict[str, Array]:
    firsts = firsts_of(keys)
    ends = np.append(firsts, len(keys)).astype(np.int64)
    return {f"{kind}.{name}": keys[firsts], f"{kind}.ends": ends, f"{kind}.places": places}
