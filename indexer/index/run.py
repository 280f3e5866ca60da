"""A batch of documents analysed, sorted and written as one run: what a worker of a build does for the index."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.index.analysis import is_han, stem
from indexer.index.bulk import GAP, han_words, is_han_unit, other_words, spelt
from indexer.index.columnar.arrays import Array, write_arrays
from indexer.index.columnar.places_run import PlacesRun
from indexer.index.columnar.rulings import RulingsBuilder
from indexer.index.columnar.runs import PostingsRun
from indexer.index.document import IndexDocument, Segment
from indexer.index.fields import FIELDS, ZONES, Kind

SEARCHED = tuple(field.name for field in FIELDS if field.kind is not Kind.STORED)
"""The fields that have postings."""
_PIECE = re.compile("[^'’]+")
ZONE_NAMES = tuple(zone.name for zone in ZONES)
Text = NDArray[np.uint16]
Numbers = NDArray[np.int64]


class IndexRun:
    """Takes at most `columnar.runs.MAX_DOCUMENTS` documents; memory: some 150 kB for each full judgment.

    Which rulings a document cites, and how many cite it, is not taken: that is known later.
    """

    def __init__(self) -> None:
        self._postings = PostingsRun(SEARCHED, ZONE_NAMES)
        self._places = PlacesRun()
        self._rulings = RulingsBuilder()

    def __len__(self) -> int:
        return len(self._rulings)

    def add(self, document: IndexDocument) -> Text:
        """Take one document; its text as the index keeps it comes back."""
        number = len(self)
        text = "".join(f"{segment.text}\n" for segment in document.segments)
        units = np.frombuffer(text.encode("utf-16-le"), np.uint16)
        ends = np.flatnonzero(units == ord("\n")) + 1
        self._rulings.add(document, units, ends)
        self._postings.add("number", number, document.numbers)
        self._postings.add("statute", number, document.statutes)
        self._add_words(number, document.segments, text, units, ends)
        return units

    def write(self, path: Path, extra: Mapping[str, Array], meta: Mapping[str, object]) -> None:
        """The run as a file of arrays, with whatever else a caller keeps there."""
        offered = np.array([len(word) > 1 and is_han(word) for word in self._postings.words()], np.bool_)
        rank = self._postings.rank()
        arrays = self._postings.arrays(rank, ("spelling", ZONE_NAMES, offered), len(self)) | self._rulings.arrays()
        arrays |= self._places.arrays(arrays["text"].view(np.uint16), rank)
        write_arrays(path, arrays | dict(extra), {**self._rulings.meta(), **meta})

    def _add_words(self, number: int, segments: Sequence[Segment], text: str, units: Text, ends: Numbers) -> None:
        """The words of a text, each to the zone that it stands in, and where they begin."""
        postings = self._postings
        zones = np.array([postings.fields[segment.zone] for segment in segments], np.uint8)
        han = postings.numbered(han_words(text))
        han = han[han != postings.numbered([GAP])[0]]
        lengths = postings.lengths(han)
        han_at = np.flatnonzero(is_han_unit(units))[np.cumsum(lengths) - lengths]
        postings.add_numbered(number, han, zones[np.searchsorted(ends, han_at, "right")], inner=True)
        others, at = _placed(text, units)
        zones = zones[np.searchsorted(ends, at, "right")]
        postings.add_numbered(number, postings.numbered([stem(word) for word in others]), zones)
        postings.add("spelling", number, spelt(others))
        pieces, pieces_at = _cut(others, at)
        self._places.add(len(units), np.concatenate([han_at, at]), postings.numbered(pieces), pieces_at)


def _placed(text: str, units: Text) -> tuple[list[str], Numbers]:
    """The words of other scripts, and where each begins, in units."""
    found = other_words(text)
    at = np.array([start for start, _ in found], np.int64)
    if len(units) > len(text):  # characters of two units stand before some of them
        wide = np.frombuffer(text.encode("utf-32-le"), np.uint32) > 0xFFFF
        at += (np.cumsum(wide) - wide)[at]
    return [word for _, word in found], at


def _cut(words: list[str], at: Numbers) -> tuple[list[str], Numbers]:
    """The words cut at apostrophes, and where each piece begins."""
    pieces: list[str] = []
    places: list[int] = []
    for word, start in zip(words, at.tolist(), strict=True):
        if "'" not in word and "’" not in word:
            pieces.append(word)
            places.append(start)
            continue
        for piece in _PIECE.finditer(word):
            pieces.append(piece[0])
            places.append(start + len(word[: piece.start()].encode("utf-16-le")) // 2)
    return pieces, np.array(places, np.int64)
