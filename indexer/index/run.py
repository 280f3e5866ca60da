"""A batch of documents analysed, sorted and written as one run: what a worker of a build does for the index."""

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from indexer.index.analysis import HAN, stem
from indexer.index.bulk import GAP, han_grams, han_words, other_words, spelt
from indexer.index.columnar.arrays import Array, write_arrays
from indexer.index.columnar.rulings import RulingsBuilder
from indexer.index.columnar.runs import PostingsRun
from indexer.index.document import IndexDocument
from indexer.index.fields import FIELDS, ZONES, Kind

SEARCHED = tuple(field.name for field in FIELDS if field.kind is not Kind.STORED)
"""The fields that have postings."""
_APOSTROPHE = re.compile("['’]")
_HAN_WORD = re.compile(rf"[{HAN}]{{2,}}").fullmatch
ZONE_NAMES = tuple(zone.name for zone in ZONES)


class IndexRun:
    """Takes at most `columnar.runs.MAX_DOCUMENTS` documents; memory: some 150 kB for each full judgment.

    Which rulings a document cites, and how many cite it, is not taken: that is known later.
    """

    def __init__(self) -> None:
        self._postings = PostingsRun(SEARCHED, ZONE_NAMES, GAP)
        self._rulings = RulingsBuilder()
        self._lengths: dict[str, list[int]] = {name: [] for name in ZONE_NAMES}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, document: IndexDocument) -> None:
        """Take one document."""
        number = self._count
        self._count += 1
        self._rulings.add(document)
        for zone in ZONE_NAMES:
            text = document.zones.get(zone, "")
            self._lengths[zone].append(self._add_zone(zone, number, text) if text else 0)
        self._postings.add_grams(number, han_grams("\n".join(document.zones.values())))
        self._postings.add("number", number, document.numbers)
        self._postings.add("statute", number, document.statutes)

    def write(self, path: Path, extra: Mapping[str, Array], meta: Mapping[str, object]) -> None:
        """The run as a file of arrays, with whatever else a caller keeps there."""
        offered = np.array([_HAN_WORD(word) is not None for word in self._postings.words()], np.bool_)
        arrays = self._postings.arrays(("spelling", ZONE_NAMES, offered)) | self._rulings.arrays()
        arrays |= {f"length.{name}": np.array(each, np.int32) for name, each in self._lengths.items()}
        write_arrays(path, arrays | dict(extra), {**self._rulings.meta(), **meta})

    def _add_zone(self, zone: str, number: int, text: str) -> int:
        others = other_words(text)
        if others:
            self._postings.add("spelling", number, spelt(others))
            self._postings.add("grams", number, _APOSTROPHE.split("'".join(others)))
        return self._postings.add(zone, number, [*han_words(text), *map(stem, others)])
