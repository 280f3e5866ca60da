"""A batch of documents analysed, sorted and written as one run: what a worker of a build does for the index."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.index.analysis import stem
from indexer.index.bulk import han_words, is_spelt, other_pieces, other_words
from indexer.index.columnar.arrays import Array, write_arrays
from indexer.index.columnar.numbering import Numbering
from indexer.index.columnar.places_run import PlacesRun
from indexer.index.columnar.rulings import RulingsBuilder
from indexer.index.columnar.runs import Labels, PostingsRun
from indexer.index.columnar.table import Numbers
from indexer.index.document import IndexDocument
from indexer.index.fields import FIELDS, ZONES, Kind

SEARCHED = tuple(field.name for field in FIELDS if field.kind is not Kind.STORED)
"""The fields that have postings."""
ZONE_NAMES = tuple(zone.name for zone in ZONES)
_UNITS_AT_ONCE = 1 << 15
"""Text whose words are taken together: as much as a processor keeps at hand."""
Text = NDArray[np.uint16]


class IndexRun:
    """Takes at most `columnar.runs.MAX_DOCUMENTS` documents; memory: some 150 kB for each full judgment.

    Which rulings a document cites, and how many cite it, is not taken: that is known later.
    """

    def __init__(self) -> None:
        self._postings = PostingsRun(SEARCHED, ZONE_NAMES, "spelling")
        self._written = _Written(self._postings.numbering)
        self._places = PlacesRun()
        self._rulings = RulingsBuilder()
        self._waiting: list[tuple[Text, Labels]] = []

    def __len__(self) -> int:
        return len(self._rulings)

    def add(self, document: IndexDocument) -> Text:
        """Take one document; its text as the index keeps it comes back."""
        number, postings = len(self), self._postings
        text = "\n".join([*(segment.text for segment in document.segments), ""])
        units = np.frombuffer(text.encode("utf-16-le"), np.uint16)
        ends = np.flatnonzero(units == ord("\n")) + 1
        self._rulings.add(document, units, ends)
        postings.add("number", number, document.numbers)
        postings.add("statute", number, document.statutes)
        labels = np.array([postings.label(segment.zone, number) for segment in document.segments], np.uint32)
        self._waiting.append((units, np.repeat(labels, np.diff(ends, prepend=0))))
        if sum(len(each) for each, _ in self._waiting) >= _UNITS_AT_ONCE:
            self._take_words()
        return units

    def write(self, path: Path, extra: Mapping[str, Array], meta: Mapping[str, object]) -> None:
        """The run as a file of arrays, with whatever else a caller keeps there."""
        self._take_words()
        arrays, rank = self._postings.arrays(len(self))
        arrays |= self._rulings.arrays() | self._places.arrays(rank)
        write_arrays(path, arrays | dict(extra), {**self._rulings.meta(), **meta})

    def _take_words(self) -> None:
        """The words of the texts that wait, each to the zone that it stands in, and where they begin."""
        if not self._waiting:
            return
        units, labels = (np.concatenate(each) for each in zip(*self._waiting, strict=True))
        self._waiting.clear()
        postings, numbering = self._postings, self._postings.numbering
        han_at, lengths = han_words(units)
        postings.add_han(numbering.at(units, han_at, lengths), labels.take(han_at))
        at, lengths = other_words(units)
        others = numbering.at(units, at, lengths)
        stems, spelt = self._written.of(others)
        postings.add_numbered(stems, labels.take(at))
        postings.spelt(others[spelt], labels.take(at[spelt]))
        pieces_at, lengths = other_pieces(units)
        pieces = others if len(pieces_at) == len(at) else numbering.at(units, pieces_at, lengths)
        self._places.add(units, np.concatenate([han_at, at]), pieces, pieces_at)


class _Written:
    """Words of other scripts as they are written, by their numbers."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._stems = np.full(1 << 16, -1, np.int64)
        self._spelt = np.zeros(1 << 16, np.bool_)

    def of(self, numbers: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """The numbers of their stems, and which of them did-you-mean may offer."""
        words = self._numbering.words
        if len(words) > len(self._stems):
            self._stems = np.concatenate([self._stems, np.full(len(words), -1, np.int64)])
            self._spelt = np.concatenate([self._spelt, np.zeros(len(words), np.bool_)])
        new = np.unique(numbers[self._stems[numbers] < 0])
        written = [words[number] for number in new.tolist()]
        self._stems[new] = self._numbering.of([stem(word) for word in written])
        self._spelt[new] = [is_spelt(word) for word in written]
        return self._stems.take(numbers).astype(np.uint32), self._spelt.take(numbers)
