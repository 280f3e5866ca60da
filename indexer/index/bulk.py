"""Texts to terms in bulk: the same terms as `indexer.index.analysis` gives, without an object for each of them.

A build spends most of its time here, so Han text is segmented a whole zone at a time and n-grams are numbers.
"""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from indexer.index.analysis import HAN, segmenter

GAP = "\n"
"""Stands among the words of `han_words` where the text was something else; no term."""
Codes = NDArray[np.uint32]

_NOT_HAN = re.compile(rf"[^{HAN}]+")
_WORD = re.compile(rf"[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*")


def _han_table() -> NDArray[np.bool_]:
    """Whether each character of the basic plane is written without spaces; all of `HAN` lies there."""
    table = np.zeros(0x10000, np.bool_)
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x10000)]))
    table[[ord(char) for char in re.findall(rf"[{HAN}]", every)]] = True
    return table


_IS_HAN = _han_table()


def han_words(folded: str) -> list[str]:
    """The words of a folded text's Han runs as they are indexed, a `GAP` or more between two runs."""
    words: list[str] = segmenter().cut_for_search(_NOT_HAN.sub(GAP, folded))
    return words


def other_words(folded: str) -> list[str]:
    """Its Latin words and numbers as they are written."""
    return _WORD.findall(folded)


def spelt(words: Iterable[str]) -> list[str]:
    """Of `other_words`, those that did-you-mean may offer: of four letters or more."""
    return [word for word in words if len(word) > 3 and word.isalpha()]


def han_grams(folded: str) -> Codes:
    """The Han characters and pairs of a folded text, each once, sorted.

    A pair is its two code points, sixteen bits each; a single character stands before every pair it
    begins, with zero for the second: the order of the numbers is that of the grams' UTF-8 bytes.
    """
    codes = np.frombuffer(folded.encode("utf-32-le"), np.uint32)
    han = _IS_HAN[np.minimum(codes, 0xFFFF)]
    first = codes << np.uint32(16)
    pairs = han[:-1] & han[1:]
    grams: Codes = np.concatenate([first[han], (first[:-1] | codes[1:])[pairs]])
    grams.sort()  # and not `np.unique`, which takes five times as long
    firsts = np.concatenate([[True], grams[1:] != grams[:-1]])[: len(grams)]
    return np.asarray(grams[firsts], np.uint32)


def gram_bytes(grams: Codes) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """UTF-8 of grams, one after the other, and where each ends; a leading 0."""
    halves = np.stack([grams >> np.uint32(16), grams & np.uint32(0xFFFF)], axis=1)
    encoded = np.stack([0xE0 | halves >> 12, 0x80 | (halves >> 6 & 63), 0x80 | (halves & 63)], axis=2)
    kept = np.repeat(halves > 0, 3, axis=1).reshape(-1, 2, 3)
    ends = np.concatenate([[0], np.cumsum(3 * (halves > 0).sum(axis=1))]).astype(np.int64)
    return encoded.astype(np.uint8)[kept], ends
