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

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.index.bulk import han_pairs, sentence_starts
from indexer.index.columnar.arrays import Array, firsts_of

Units = NDArray[np.uint32]
Places = NDArray[np.int64]
Keys = NDArray[np.uint64]
_OF = np.uint64(32)


class PlacesRun:
    """Takes the texts of a run's documents in order."""

    def __init__(self) -> None:
        self._units = 0
        self._pairs: list[Keys] = []
        self._words: list[Keys] = []
        self._joined: list[Units] = []
        self._marks: dict[str, list[NDArray[np.bool_]]] = {"tokens": [], "sentences": []}

    def add(self, text: NDArray[np.uint16], starts: Places, words: Units, places: Places) -> None:
        """Texts of whole documents: where their words begin; of those that are not Han the numbers and the places."""
        tokens = np.zeros(len(text), np.bool_)
        tokens[starts] = True
        self._marks["tokens"].append(tokens)
        self._marks["sentences"].append(sentence_starts(text))
        codes, pairs_at = han_pairs(text)
        self._pairs.append(_keys(codes, pairs_at + self._units))
        self._words.append(_keys(words, places + self._units))
        self._joined.append((places[~tokens[places]] + self._units).astype(np.uint32))
        self._units += len(text)

    def arrays(self, rank: Units) -> dict[str, Array]:
        """The arrays; ``rank`` is the place of each word among the run's."""
        words = _joined(self._words)
        ranked = _keys(rank.take((words >> _OF).astype(np.int64)), words.astype(np.uint32))
        result = _lists("pair", "codes", _joined(self._pairs)) | _lists("word", "ranks", ranked)
        result["word.joined"] = np.concatenate([np.zeros(0, np.uint32), *self._joined])
        for name, flags in self._marks.items():
            result[name] = np.packbits(np.concatenate([np.zeros(0, np.bool_), *flags]), bitorder="little")
        return result


def _keys(of: Units, places: NDArray[np.integer]) -> Keys:
    """Places as numbers that sort by what stands there."""
    keys = of.astype(np.uint64)
    keys <<= _OF
    keys |= places.astype(np.uint64, copy=False)
    return keys


def _joined(keys: Sequence[Keys]) -> Keys:
    return np.concatenate([np.zeros(0, np.uint64), *keys])


def _lists(kind: str, name: str, keys: Keys) -> dict[str, Array]:
    keys.sort()
    of = (keys >> _OF).astype(np.uint32)
    firsts = firsts_of(of)
    ends = np.append(firsts, len(of)).astype(np.int64)
    return {f"{kind}.{name}": of[firsts], f"{kind}.ends": ends, f"{kind}.places": keys.astype(np.uint32)}
