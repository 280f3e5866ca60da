"""Where the words of an index stand in its text, however that was segmented: which documents have each.

Segmentation cuts 知识产权法庭 one way and the query another; so a Chinese word is looked for wherever its
characters stand. What a dictionary machine would do a character at a time is done for a million at once:
windows of two, three and four characters as numbers, most of which a small table of flags rules out.

``keys.<n>`` of the file, uint64, are word · 2³² + document, sorted, each once, for some of the documents;
words are numbered as in the vocabulary (`columnar.merge.write_vocabulary`).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.index.analysis import is_han
from indexer.index.columnar.arrays import ArrayFile, ArraysWriter, firsts_of, ranges
from indexer.index.columnar.join import Stretch
from indexer.index.columnar.places import Numbers

_UNITS_AT_ONCE = 1 << 20
_KEPT_AT_ONCE = 1 << 22
"""Keys that are sorted and written together."""
_WINDOWS = (2, 3, 4)
_FLAGS = 22
"""The table has two to so many flags."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_WORD_AT = np.uint64(32)
Keys = NDArray[np.uint64]
Text = NDArray[np.uint16]


class _Window:
    """Words by their first two, three or four characters; those of four may be longer."""

    def __init__(self, size: int, words: Sequence[tuple[int, str]]) -> None:
        by_head = sorted((_number(word[:size]), number, word) for number, word in words)
        heads = np.array([head for head, _, _ in by_head], np.uint64)
        self._heads, firsts = np.unique(heads, return_index=True)
        self._firsts, self._counts = firsts, np.diff(np.append(firsts, len(heads)))
        self._words = np.array([number for _, number, _ in by_head], np.uint64)
        self._lengths = np.array([len(word) for _, _, word in by_head], np.int64)
        longest = max((len(word) for _, _, word in by_head), default=size)
        rest = "".join(word[size:].ljust(longest - size, "\0") for _, _, word in by_head)
        self._rest = np.frombuffer(rest.encode("utf-16-le"), np.uint16).reshape(len(heads), longest - size)
        slots = _hashed(self._heads)
        self._flags = np.zeros(1 << _FLAGS, np.bool_)
        self._flags[slots] = True
        self._slots = np.zeros(1 << _FLAGS, np.int32)
        self._slots[slots] = np.arange(len(slots))
        self._without = np.flatnonzero(self._slots[slots] != np.arange(len(slots)))
        """Heads whose slot another has."""
        self._size = size

    def find(self, windows: Keys, text: Text) -> tuple[Keys, Numbers]:
        """The words that begin with a window, and where: every one that stands there whole."""
        if not len(self._heads):
            return np.zeros(0, np.uint64), np.zeros(0, np.int64)
        slots = _hashed(windows)
        at = np.flatnonzero(self._flags[slots])
        windows, head = windows[at], self._slots[slots[at]].astype(np.int64)
        same = self._heads[head] == windows
        if len(self._without):
            others = np.flatnonzero(~same)
            found = np.searchsorted(self._heads[self._without], windows[others])
            head[others] = self._without[np.minimum(found, len(self._without) - 1)]
            same = self._heads[head] == windows
        at, head = at[same], head[same]
        words = ranges(self._firsts[head], self._counts[head])
        at = np.repeat(at, self._counts[head])
        for place in range(self._rest.shape[1]):
            end = self._lengths[words] <= self._size + place
            there = text[np.minimum(at + self._size + place, len(text) - 1)] == self._rest[words, place]
            words, at = words[end | there], at[end | there]
        return self._words[words], at


def write_standing(path: Path, parts: Sequence[Stretch], vocabulary: Path) -> None:
    """Look for every Han word of the vocabulary, of two characters or more, in the texts of an index."""
    windows = _windows(ArrayFile(vocabulary))
    with ArraysWriter(path) as writer:
        for number, keys in enumerate(
            _gathered(_found(text, begins, first, windows) for text, begins, first in _texts(parts))
        ):
            writer.add(f"keys.{number}", keys)
        writer.close({})


def _windows(vocabulary: ArrayFile) -> Mapping[int, _Window]:
    text, ends = vocabulary["terms"].tobytes(), vocabulary["term_ends"].tolist()
    words = [
        (number, text[start:end].decode()) for number, (start, end) in enumerate(pairwise(ends)) if end - start > 5
    ]
    sizes = [(min(len(word), _WINDOWS[-1]), number, word) for number, word in words if is_han(word)]
    by_size = {
        size: [(number, word) for _, number, word in each]
        for size, each in groupby(sorted(sizes), lambda each: each[0])
    }
    return {size: _Window(size, by_size.get(size, [])) for size in _WINDOWS}


def _texts(parts: Sequence[Stretch]) -> Iterator[tuple[Text, Numbers, int]]:
    """Texts of whole documents, where each document begins in it, and the number of the first."""
    number = 0
    for part in parts:
        begins = part.file["segments.begins"][part.file["ruling_segments"]].astype(np.int64)
        text, first = part.file["text"].view(np.uint16), part.first
        while first < part.last:
            last = max(first + 1, int(np.searchsorted(begins, begins[first] + _UNITS_AT_ONCE, "right")) - 1)
            last = min(last, part.last)
            yield text[begins[first] : begins[last]], begins[first:last] - begins[first], number
            number, first = number + last - first, last
        part.file.forget()


def _found(text: Text, begins: Numbers, first: int, windows: Mapping[int, _Window]) -> Keys:
    """The keys of some documents."""
    if len(text) < _WINDOWS[-1]:
        text = np.append(text, np.zeros(_WINDOWS[-1], np.uint16))
    lengths = np.diff(np.append(begins, len(text)))
    documents = np.repeat(np.arange(first, first + len(begins), dtype=np.uint64), lengths)
    keys: list[Keys] = []
    units = text.astype(np.uint64)
    seen = units
    for size in _WINDOWS:
        seen = seen[:-1] << np.uint64(16) | units[size - 1 :]
        words, at = windows[size].find(seen, text)
        keys.append(words << _WORD_AT | documents[at])
    return np.concatenate(keys)


def _gathered(found: Iterator[Keys]) -> Iterator[Keys]:
    waiting: list[Keys] = []
    for keys in found:
        waiting.append(_distinct(keys))
        if sum(map(len, waiting)) >= _KEPT_AT_ONCE:
            yield _distinct(np.concatenate(waiting))
            waiting = []
    if waiting:
        yield _distinct(np.concatenate(waiting))


def _distinct(keys: Keys) -> Keys:
    keys.sort()
    return keys[firsts_of(keys)]


def _number(characters: str) -> int:
    number = 0
    for character in characters:
        number = number << 16 | ord(character)
    return number


def _hashed(keys: Keys) -> NDArray[np.uint64]:
    return (keys * _SPREAD) >> np.uint64(64 - _FLAGS)
