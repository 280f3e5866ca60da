"""Texts to terms in bulk: the same terms as `indexer.index.analysis` gives, without an object for each of them.

A build spends most of its time here, so Han text is segmented many judgments at a time and pairs of characters
are numbers.
"""

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.index.analysis import HAN, WORD, is_han, is_word_unit, segmenter

_GAP = "\n"
"""Stands between two Han runs that are segmented together; no word."""
_HIGH = 0xD800 >> 10
"""How the first half of a character of two units begins."""
Units = NDArray[np.uint16]
Places = NDArray[np.int64]
Codes = NDArray[np.uint32]


def _han_table() -> NDArray[np.bool_]:
    """Whether each character of the basic plane is written without spaces; all of `HAN` lies there."""
    table = np.zeros(0x10000, np.bool_)
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x10000)]))
    table[[ord(char) for char in re.findall(rf"[{HAN}]", every)]] = True
    return table


_IS_HAN = _han_table()
_APOSTROPHE = np.zeros(0x10000, np.bool_)
_APOSTROPHE[[ord(mark) for mark in "'’"]] = True
_ENDS_SENTENCE = np.zeros(0x10000, np.bool_)
_ENDS_SENTENCE[[ord(mark) for mark in "。！？；!?;\n"]] = True


def is_han_unit(units: Units) -> NDArray[np.bool_]:
    """Of UTF-16 code units, which are Han characters."""
    return _IS_HAN.take(units)


def han_words(units: Units) -> tuple[Places, Places]:
    """Where the words of a folded text's Han runs begin, and how long they are: each character is in one of them."""
    han = is_han_unit(units)
    kept = han.copy()
    kept[:1] = True
    kept[1:] |= han[:-1]
    at = np.flatnonzero(kept)
    runs = np.where(han, units, np.uint16(ord(_GAP))).take(at)
    words: list[str] = segmenter().cut(runs.tobytes().decode("utf-16-le"))
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    starts = np.cumsum(lengths) - lengths
    real = np.flatnonzero(runs.take(starts) != ord(_GAP))
    return at.take(starts.take(real)), lengths.take(real)


def inner_words(word: str) -> tuple[str, ...]:
    """The words of two and three characters within a longer Han word, each as often as it stands there; else none.

    They are indexed with it: what `indexer.index.analysis.analyse` calls the search form.
    """
    return _inner(word) if len(word) > 2 and word[0] >= "\u3400" and is_han(word) else ()


@lru_cache(maxsize=200_000)
def _inner(word: str) -> tuple[str, ...]:
    found = segmenter().cut_all(word)
    return tuple(each for each in found if len(each) == 2 or (len(each) == 3 and len(word) > 3))


def other_words(units: Units) -> tuple[Places, Places]:
    """Where its Latin words and numbers begin as they are written, and how long they are."""
    letters = _letters(units)
    marks = np.flatnonzero(_APOSTROPHE.take(units))
    marks = marks[(marks > 0) & (marks < len(units) - 1)]
    letters[marks[letters[marks - 1] & letters[marks + 1]]] = True
    return _stretches(letters)


def other_pieces(units: Units) -> tuple[Places, Places]:
    """The same words, cut at their apostrophes."""
    return _stretches(_letters(units))


def _letters(units: Units) -> NDArray[np.bool_]:
    """Which units are letters or digits of other scripts, those of two units included."""
    letters = is_word_unit(units)
    for high in np.flatnonzero(units >> 10 == _HIGH).tolist():
        letters[high : high + 2] = WORD.match(units[high : high + 2].tobytes().decode("utf-16-le")) is not None
    return letters


def _stretches(flags: NDArray[np.bool_]) -> tuple[Places, Places]:
    """Where runs of flags begin, and how long they are."""
    bounds = np.flatnonzero(np.diff(flags, prepend=False, append=False))
    return bounds[::2], np.diff(bounds)[::2]


def is_spelt(word: str) -> bool:
    """Whether did-you-mean may offer one of `other_words`: of four letters or more."""
    return len(word) > 3 and word.isalpha()


def han_pairs(units: Units) -> tuple[Codes, Places]:
    """Every Han character of a text in UTF-16 with the one after it, and its place.

    A pair is its two code points, sixteen bits each; zero for the second where no Han character follows.
    The order of the numbers is that of the pairs' UTF-8 bytes.
    """
    han = is_han_unit(units)
    places = np.flatnonzero(han)
    after = np.zeros(len(units), np.uint16)
    after[:-1] = units[1:] * han[1:]
    codes = units.take(places).astype(np.uint32)
    codes <<= np.uint32(16)
    codes |= after.take(places)
    return codes, places


def sentence_starts(units: Units) -> NDArray[np.bool_]:
    """Of a folded text in UTF-16 which ends every segment with a line feed: the units that a sentence begins at.

    The sentences are those of `indexer.index.analysis.sentences`; a line feed is part of the one before it.
    """
    starts = np.zeros(len(units), np.bool_)
    starts[:1] = True
    starts[1:] = _ENDS_SENTENCE.take(units[:-1])
    point = np.flatnonzero(units[:-2] == ord(".")) if len(units) > 2 else np.zeros(0, np.int64)
    starts[point[units[point + 1] == ord(" ")] + 2] = True
    ends_segment = units == ord("\n")
    empty = ends_segment.copy()
    empty[1:] &= ends_segment[:-1]
    starts &= ~ends_segment | empty
    return starts
