"""The facets: which ruling has which values, counted; and how each is offered to a reader."""

from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from app.search.matches import Rulings

_SINGLY = 64
"""Of fewer than the index's rulings divided by this, values are looked up ruling by ruling."""


class FacetColumn:
    """One facet of all rulings: pairs of ruling (int32, rising) and ordinal (int32) into ``values``.

    The rulings of each value are kept as a compressed bitmap: counting is intersecting, and costs less
    the fewer rulings have a value.
    """

    def __init__(self, values: Sequence[str], rulings: Rulings, ordinals: NDArray[np.int32], size: int) -> None:
        self.values = tuple(values)
        self._rulings, self._ordinals = rulings, ordinals
        self._single = len(rulings) == size and bool((rulings == np.arange(size, dtype=np.int32)).all())

    @cached_property
    def _bitmaps(self) -> list[BitMap]:
        order = np.argsort(self._ordinals.astype(np.min_scalar_type(len(self.values))), kind="stable")
        rulings = self._rulings[order].astype(np.uint32)
        ends = np.cumsum(np.bincount(self._ordinals, minlength=len(self.values)))
        return [bitmap(each) for each in np.split(rulings, ends[:-1])]

    def having(self, wanted: Sequence[str]) -> BitMap:
        """Which rulings have any of the values; an unknown value matches none."""
        return BitMap.union(BitMap(), *(self._bitmaps[self.values.index(v)] for v in wanted if v in self.values))

    def of_ruling(self, ruling: int) -> list[str]:
        """The values of one ruling."""
        return [self.values[ordinal] for ordinal in self._of(np.array([ruling], np.int32)).tolist()]

    def counts(self, matches: BitMap) -> dict[str, int]:
        """How many of the rulings have each value; values that none has are left out."""
        numbers = map(matches.intersection_cardinality, self._bitmaps)
        return {value: number for value, number in zip(self.values, numbers, strict=True) if number}

    def counts_of(self, rulings: Rulings) -> dict[str, int]:
        """The same for a short list of rulings."""
        values, numbers = np.unique(self._of(rulings), return_counts=True)
        return {self.values[value]: number for value, number in zip(values.tolist(), numbers.tolist(), strict=True)}

    def _of(self, rulings: Rulings) -> NDArray[np.int32]:
        """The ordinals of some rulings, ruling by ruling."""
        if self._single:
            return self._ordinals[rulings]
        starts, ends = np.searchsorted(self._rulings, rulings), np.searchsorted(self._rulings, rulings, "right")
        lengths = ends - starts
        shifts = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        return self._ordinals[shifts + np.arange(len(shifts))]


def bitmap(rulings: Rulings | NDArray[np.uint32]) -> BitMap:
    """A bitmap of rulings."""
    return BitMap(array("I", rulings.astype(np.uint32, copy=False).tobytes()))


def filtered(
    columns: Mapping[str, FacetColumn], filters: Mapping[str, tuple[str, ...]], rulings: Rulings, size: int
) -> tuple[Rulings, dict[str, dict[str, int]]]:
    """The matches under all filters, and each facet's counts under all filters but its own."""
    if not filters and len(rulings) * _SINGLY < size:
        return rulings, {name: column.counts_of(rulings) for name, column in columns.items()}
    matches = bitmap(rulings)
    chosen = {name: columns[name].having(values) for name, values in filters.items()}
    whole = BitMap.intersection(matches, *chosen.values()) if chosen else matches
    counts: dict[str, dict[str, int]] = {}
    for name, column in columns.items():
        others = [each for other, each in chosen.items() if other != name]
        counts[name] = column.counts(BitMap.intersection(matches, *others) if name in chosen else whole)
    kept = np.frombuffer(whole.to_array(), np.uint32).astype(np.int32) if chosen else rulings
    return kept, counts
