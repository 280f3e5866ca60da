"""A batch of documents analysed, sorted and written as one run: what a worker of a build does for the index."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.index.analysis import is_han, stem
from indexer.index.bulk import han_words, is_spelt, other_pieces, other_words
from indexer.index.columnar.arrays import Array, write_arrays
from indexer.index.columnar.numbering import Numbering, Numbers
from indexer.index.columnar.places_run import PlacesRun
from indexer.index.columnar.rulings import RulingsBuilder
from indexer.index.columnar.runs import PostingsRun
from indexer.index.document import IndexDocument, Segment
from indexer.index.fields import FIELDS, ZONES, Kind

SEARCHED = tuple(field.name for field in FIELDS if field.kind is not Kind.STORED)
"""The fields that have postings."""
ZONE_NAMES = tuple(zone.name for zone in ZONES)
Text = NDArray[np.uint16]
Places = NDArray[np.int64]


class IndexRun:
    """Takes at most `columnar.runs.MAX_DOCUMENTS` documents; memory: some 150 kB for each full judgment.

    Which rulings a document cites, and how many cite it, is not taken: that is known later.
    """

    def __init__(self) -> None:
        self._postings = PostingsRun(SEARCHED, ZONE_NAMES)
        self._written = _Written(self._postings.numbering)
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
        self._add_words(number, document.segments, units, ends)
        return units

    def write(self, path: Path, extra: Mapping[str, Array], meta: Mapping[str, object]) -> None:
        """The run as a file of arrays, with whatever else a caller keeps there."""
        offered = np.array([len(word) > 1 and is_han(word) for word in self._postings.words()], np.bool_)
        rank = self._postings.rank()
        arrays = self._postings.arrays(rank, ("spelling", ZONE_NAMES, offered), len(self)) | self._rulings.arrays()
        arrays |= self._places.arrays(arrays["text"].view(np.uint16), rank)
        write_arrays(path, arrays | dict(extra), {**self._rulings.meta(), **meta})

    def _add_words(self, number: int, segments: Sequence[Segment], units: Text, ends: Places) -> None:
        """The words of a text, each to the zone that it stands in, and where they begin."""
        postings, numbering = self._postings, self._postings.numbering
        zones = np.array([postings.fields[segment.zone] for segment in segments], np.uint8)
        han_at, lengths = han_words(units)
        han = numbering.at(units, han_at, lengths)
        postings.add_numbered(number, han, zones[np.searchsorted(ends, han_at, "right")], inner=True)
        at, lengths = other_words(units)
        others = numbering.at(units, at, lengths)
        stems, spelt = self._written.of(others)
        postings.add_numbered(number, stems, zones[np.searchsorted(ends, at, "right")])
        postings.add_numbered(number, spelt, np.full(len(spelt), postings.fields["spelling"]))
        pieces_at, lengths = other_pieces(units)
        pieces = others if len(pieces_at) == len(at) else numbering.at(units, pieces_at, lengths)
        self._places.add(len(units), np.concatenate([han_at, at]), pieces, pieces_at)


class _Written:
    """Words of other scripts as they are written, by their numbers."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._stems = np.full(1 << 16, -1, np.int64)
        self._spelt = np.zeros(1 << 16, np.bool_)

    def of(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """The numbers of their stems, and of those of them that did-you-mean may offer."""
        words = self._numbering.words
        if len(words) > len(self._stems):
            self._stems = np.concatenate([self._stems, np.full(len(words), -1, np.int64)])
            self._spelt = np.concatenate([self._spelt, np.zeros(len(words), np.bool_)])
        new = np.unique(numbers[self._stems[numbers] < 0])
        written = [words[number] for number in new.tolist()]
        self._stems[new] = self._numbering.of([stem(word) for word in written])
        self._spelt[new] = [is_spelt(word) for word in written]
        return self._stems[numbers].astype(np.uint32), numbers[self._spelt[numbers]]
