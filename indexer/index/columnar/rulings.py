"""What the arrays of a segment hold beside Whoosh's: facets, dates, ranks, and the folded text itself.

Arrays in the ``.doc`` file, for ``n`` rulings with ``s`` segments of text together:

========================  ===============  ============================================================
``text``                  uint8            all segments' folded text, UTF-16 (little endian), each ended by a line feed
``segment_ends``          int64 [s+1]      where each segment begins in ``text``, and the end
``segment_zones``         uint8 [s]        each segment's zone: a place in the metadata's ``zones``
``ruling_segments``       int64 [n+1]      each ruling's first segment, and the end
``date_first/last``       int32 [n]        earliest and latest day of decision, yyyymmdd; 0 = not stated
``cited_by``, ``tier``    int32 [n]
``facet.<name>.rulings``  int32            pairs of ruling and value: the ruling …
``facet.<name>.values``   int32            … and the value, a place in the metadata's ``facets``
========================  ===============  ============================================================

Two bytes a character make Chinese text a third shorter than UTF-8, and the bytes that tell characters apart
lie together: it is searched as bytes, and found several times faster. No segment holds a line feed of its
own, so that nothing is found across the end of one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from stringzilla import Str

from indexer.index.columnar.arrays import Array, ArrayFile
from indexer.index.document import IndexDocument
from indexer.index.fields import FACETS, ZONES

Numbers = NDArray[np.int32]
_ZONES = [zone.name for zone in ZONES]
_CODING, _END = "utf-16-le", "\n"


class RulingsBuilder:
    """Takes the documents of a build in order."""

    def __init__(self) -> None:
        self._text: list[bytes] = []
        self._zones: list[int] = []
        self._first_segments = [0]
        self._numbers: dict[str, list[int]] = {name: [] for name in ("date_first", "date_last", "cited_by", "tier")}
        self._values: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        self._pairs: dict[str, list[tuple[int, int]]] = {name: [] for name in FACETS}

    def add(self, document: IndexDocument) -> None:
        """Take one document."""
        ruling = len(self._first_segments) - 1
        for segment in document.segments:
            self._text.append(f"{segment.text}{_END}".encode(_CODING))
            self._zones.append(_ZONES.index(segment.zone))
        self._first_segments.append(len(self._text))
        for name, numbers in self._numbers.items():
            numbers.append(getattr(document, name) or 0)
        for name, known in self._values.items():
            self._pairs[name] += [(ruling, known.setdefault(value, len(known))) for value in document.facets[name]]

    def arrays(self) -> dict[str, Array]:
        """The arrays."""
        result: dict[str, Array] = {
            "text": np.frombuffer(b"".join(self._text), np.uint8),
            "segment_ends": np.concatenate([[0], np.cumsum([len(each) for each in self._text])]).astype(np.int64),
            "segment_zones": np.array(self._zones, np.uint8),
            "ruling_segments": np.array(self._first_segments, np.int64),
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
        self._text = Str(memoryview(file.map))
        # Views that give Python's own numbers, which single look-ups take several times faster than NumPy's.
        self._segment_ends = file["segment_ends"].data
        self._segment_zones = file["segment_zones"].data
        self._first_segments = file["ruling_segments"].data
        zones, facets = file.meta["zones"], file.meta["facets"]
        assert isinstance(zones, list)
        assert isinstance(facets, dict)
        self._zones: Sequence[str] = zones
        self.facet_values: Mapping[str, Sequence[str]] = facets
        self._file = file

    def numbers(self, name: str) -> Numbers:
        """``date_first``, ``date_last``, ``cited_by`` or ``tier`` of every ruling."""
        return self._file[name].astype(np.int32, copy=False)

    def facet(self, name: str) -> tuple[Numbers, Numbers]:
        """Pairs of ruling and value of a facet."""
        rulings, values = self._file[f"facet.{name}.rulings"], self._file[f"facet.{name}.values"]
        return rulings.astype(np.int32, copy=False), values.astype(np.int32, copy=False)

    def segments(self, ruling: int) -> list[tuple[str, str]]:
        """The folded text of a ruling: (zone, text) pairs."""
        first, last = self._first_segments[ruling], self._first_segments[ruling + 1]
        ends = self._segment_ends[first : last + 1].tolist()
        return [
            (self._zones[self._segment_zones[first + i]], self._slice(ends[i], ends[i + 1]).removesuffix(_END))
            for i in range(last - first)
        ]

    def zone_numbers(self, names: Iterable[str]) -> frozenset[int]:
        """What `stands` calls some zones."""
        return frozenset(place for place, name in enumerate(self._zones) if name in names)

    def stands(self, ruling: int, sought: bytes, zones: frozenset[int] | None) -> bool:
        """Whether a text (`sought`) stands in a ruling's, within one segment; of certain zones, or of any."""
        first, last = self._first_segments[ruling], self._first_segments[ruling + 1]
        start, end = self._text_at + self._segment_ends[first], self._text_at + self._segment_ends[last]
        while (place := self._text.find(sought, start, end)) >= 0:
            if not (place - self._text_at) % 2:
                if zones is None:
                    return True
                segment = bisect_right(self._segment_ends, place - self._text_at, first, last) - 1
                if self._segment_zones[segment] in zones:
                    return True
                start = self._text_at + self._segment_ends[segment + 1]
            else:
                start = place + 1
        return False

    def _slice(self, start: int, end: int) -> str:
        return self._map[self._text_at + start : self._text_at + end].decode(_CODING)


def sought(text: str) -> bytes:
    """A folded text as `Rulings.stands` looks for it."""
    return text.encode(_CODING)
