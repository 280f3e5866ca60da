"""What the arrays of a segment hold beside Whoosh's: facets, dates, ranks, and the folded text itself.

Arrays in the ``.doc`` file, for ``n`` rulings with ``s`` segments of text together:

========================  ===============  ============================================================
``text``                  uint8            all segments' folded text, UTF-16 (little endian), each ended by a line feed
``segments``, ``rulings``                  where each segment and each ruling begins in it (`columnar.pieces`)
``segment_zones``         uint8 [s]        each segment's zone: a place in the metadata's ``zones``
``ruling_segments``       int64 [n+1]      each ruling's first segment, and the end
``date_first/last``       int32 [n]        earliest and latest day of decision, yyyymmdd; 0 = not stated
``cited_by``, ``tier``    int32 [n]
``facet.<name>.rulings``  int32            pairs of ruling and value: the ruling …
``facet.<name>.values``   int32            … and the value, a place in the metadata's ``facets``
========================  ===============  ============================================================

Two bytes a character make Chinese text a third shorter than UTF-8, and the bytes that tell characters apart
lie together. No segment holds a line feed of its own, so that nothing is found across the end of one.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.index.columnar.arrays import Array, ArrayFile, ends_of
from indexer.index.columnar.pieces import Pieces
from indexer.index.document import IndexDocument
from indexer.index.fields import FACETS, ZONES

Numbers = NDArray[np.int32]
_ZONES = [zone.name for zone in ZONES]
_ZONE_NUMBERS = {name: number for number, name in enumerate(_ZONES)}
_CODING, _END = "utf-16-le", "\n"


def begins_of(run: ArrayFile) -> NDArray[np.int64]:
    """Where each document begins in a run's text, and the end, in units."""
    begins: NDArray[np.int64] = run["segments.begins"][run["ruling_segments"]].astype(np.int64)
    return begins


class RulingsBuilder:
    """Takes the documents of a build in order."""

    def __init__(self) -> None:
        self._text: list[NDArray[np.uint16]] = []
        self._lengths: list[Numbers] = []
        self._zones: list[int] = []
        self._numbers: dict[str, list[int]] = {name: [] for name in ("date_first", "date_last", "cited_by", "tier")}
        self._values: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        self._pairs: dict[str, list[tuple[int, int]]] = {name: [] for name in FACETS}

    def __len__(self) -> int:
        return len(self._text)

    def add(self, document: IndexDocument, units: NDArray[np.uint16], ends: NDArray[np.int64]) -> None:
        """Take one document; ``units`` are its segments' text, each ended by a line feed, and ``ends`` their ends."""
        ruling = len(self)
        self._text.append(units)
        self._lengths.append(np.diff(ends, prepend=0).astype(np.int32))
        self._zones += [_ZONE_NUMBERS[segment.zone] for segment in document.segments]
        for name, numbers in self._numbers.items():
            numbers.append(getattr(document, name) or 0)
        for name, known in self._values.items():
            self._pairs[name] += [(ruling, known.setdefault(value, len(known))) for value in document.facets[name]]

    def arrays(self) -> dict[str, Array]:
        """The arrays."""
        result: dict[str, Array] = {
            "text": np.concatenate([np.zeros(0, np.uint16), *self._text]).view(np.uint8),
            "segments.begins": ends_of(np.concatenate([np.zeros(0, np.int64), *self._lengths])).astype(np.uint32),
            "segment_zones": np.array(self._zones, np.uint8),
            "ruling_segments": ends_of(np.array([len(each) for each in self._lengths], np.int64)),
        }
        result |= {name: np.array(numbers, np.int32) for name, numbers in self._numbers.items()}
        for name, pairs in self._pairs.items():
            both = np.array(pairs, np.int32).reshape(-1, 2)
            result |= {f"facet.{name}.rulings": both[:, 0], f"facet.{name}.values": both[:, 1]}
        return result

    def meta(self) -> dict[str, object]:
        """The names that the arrays count into."""
        return {"zones": _ZONES, "facets": {name: list(known) for name, known in self._values.items()}}


class Rulings:
    """The same, read from the mapped file."""

    def __init__(self, file: ArrayFile) -> None:
        self._map = file.map
        self._text_at = file.offset("text")
        self.segments, self.rulings = Pieces(file, "segments"), Pieces(file, "rulings")
        # Views that give Python's own numbers, which single look-ups take several times faster than NumPy's.
        self._begins, self._zone_numbers = self.rulings.begins.data, file["segment_zones"].data
        self._first_segments = file["ruling_segments"].data
        self._zone_of = file["segment_zones"].astype(np.uint8, copy=False)
        zones, facets = file.meta["zones"], file.meta["facets"]
        assert isinstance(zones, list)
        assert isinstance(facets, dict)
        self._zones: Sequence[str] = zones
        self.facet_values: Mapping[str, Sequence[str]] = facets
        self._file = file
        self.units: NDArray[np.uint16] = file["text"].view(np.uint16)
        """The whole text."""

    def numbers(self, name: str) -> Numbers:
        """``date_first``, ``date_last``, ``cited_by`` or ``tier`` of every ruling."""
        return self._file[name].astype(np.int32, copy=False)

    def facet(self, name: str) -> tuple[Numbers, Numbers]:
        """Pairs of ruling and value of a facet."""
        rulings, values = self._file[f"facet.{name}.rulings"], self._file[f"facet.{name}.values"]
        return rulings.astype(np.int32, copy=False), values.astype(np.int32, copy=False)

    def text(self, ruling: int) -> str:
        """The folded text of a ruling, a line for each of its segments."""
        begin, end = (self._text_at + 2 * self._begins[each] for each in (ruling, ruling + 1))
        return self._map[begin:end].decode(_CODING)

    def texts(self, ruling: int) -> list[tuple[str, str]]:
        """The folded text of a ruling: the zone and the text of each of its segments."""
        texts = self.text(ruling).split(_END)
        zones = self._zone_numbers[self._first_segments[ruling] : self._first_segments[ruling + 1]].tolist()
        return [(self._zones[zone], text) for zone, text in zip(zones, texts, strict=False)]
        # behind the last line feed stands an empty text

    def in_zones(self, places: NDArray[np.uint32], zones: Iterable[str]) -> NDArray[np.bool_]:
        """Whether each place stands in a segment of one of some zones."""
        wanted = np.array([name in zones for name in self._zones], np.bool_)
        return wanted[self._zone_of[self.segments.at(places)]]
