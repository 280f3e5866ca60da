"""Texts to terms in bulk: the same terms as `indexer.index.analysis` gives, without an object for each of them.

A build spends most of its time here, so Han text is segmented a whole judgment at a time and pairs of characters
are numbers.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.index.analysis import HAN, WORD, is_han, segmenter

GAP = "\n"
"""Stands among the words of `han_words` where the text was something else; no word."""
Codes = NDArray[np.uint32]


def _han_table() -> NDArray[np.bool_]:
    """Whether each character of the basic plane is written without spaces; all of `HAN` lies there."""
    table = np.zeros(0x10000, np.bool_)
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x10000)]))
    table[[ord(char) for char in re.findall(rf"[{HAN}]", every)]] = True
    return table


_IS_HAN = _han_table()
_ENDS_SENTENCE = np.zeros(0x10000, np.bool_)
_ENDS_SENTENCE[[ord(mark) for mark in "。！？；!?;\n"]] = True


def is_han_unit(units: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Of UTF-16 code units, which are Han characters."""
    return _IS_HAN[units]


def han_words(folded: str) -> list[str]:
    """The words of a folded text's Han runs, each character in one of them; a `GAP` or more between two runs."""
    units = np.frombuffer(folded.encode("utf-16-le"), np.uint16)
    han = is_han_unit(units)
    kept = han.copy()
    kept[:1] = True
    kept[1:] |= han[:-1]
    runs = np.where(han, units, np.uint16(ord(GAP)))[kept]
    words: list[str] = segmenter().cut(runs.tobytes().decode("utf-16-le"))
    return words


def inner_words(word: str) -> tuple[str, ...]:
    """The words of two and three characters within a longer Han word, each as often as it stands there; else none.

    They are indexed with it: what `indexer.index.analysis.analyse` calls the search form.
    """
    return _inner(word) if len(word) > 2 and word[0] >= "\u3400" and is_han(word) else ()


@lru_cache(maxsize=200_000)
def _inner(word: str) -> tuple[str, ...]:
    found = segmenter().cut_all(word)
    return tuple(each for each in found if len(each) == 2 or (len(each) == 3 and len(word) > 3))


def other_words(folded: str) -> list[tuple[int, str]]:
    """Its Latin words and numbers as they are written, and where each begins."""
    return [(match.start(), match[0]) for match in WORD.finditer(folded)]


def spelt(words: Iterable[str]) -> list[str]:
    """Of `other_words`, those that did-you-mean may offer: of four letters or more."""
    return [word for word in words if len(word) > 3 and word.isalpha()]


def han_pairs(units: NDArray[np.uint16]) -> tuple[Codes, NDArray[np.uint32]]:
    """Every Han character of a text in UTF-16 with the one after it, and its place, both as one sorted list.

    A pair is its two code points, sixteen bits each; zero for the second where no Han character follows.
    The order of the numbers is that of the pairs' UTF-8 bytes; places rise within a pair.
    """
    han = is_han_unit(units)
    after = np.zeros(len(units), np.uint64)
    after[:-1] = np.where(han[1:], units[1:], 0)
    places = np.flatnonzero(han).astype(np.uint64)
    keys = (units[places].astype(np.uint64) << np.uint64(48)) | after[places] << np.uint64(32) | places
    keys.sort()
    return (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint32)


def sentence_starts(units: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Of a folded text in UTF-16 which ends every segment with a line feed: the units that a sentence begins at.

    The sentences are those of `indexer.index.analysis.sentences`; a line feed is part of the one before it.
    """
    starts = np.zeros(len(units), np.bool_)
    starts[:1] = True
    starts[1:] = _ENDS_SENTENCE[units[:-1]]
    point = np.flatnonzero(units[:-2] == ord(".")) if len(units) > 2 else np.zeros(0, np.int64)
    starts[point[units[point + 1] == ord(" ")] + 2] = True
    ends_segment = units == ord("\n")
    empty = ends_segment.copy()
    empty[1:] &= ends_segment[:-1]
    starts &= ~ends_segment | empty
    return starts
