"""The facets: which ruling has which values, counted; and how each is offered to a reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """One facet of all rulings: pairs of ruling (int32) and ordinal (int32) into ``values``."""

    values: tuple[str, ...]
    rulings: NDArray[np.int32]
    ordinals: NDArray[np.int32]

    @classmethod
    def of(cls, values: Sequence[Sequence[str]]) -> "FacetColumn":
        """The column of the values of each ruling, in the rulings' order."""
        ordinals: dict[str, int] = {}
        pairs = [(ruling, ordinals.setdefault(v, len(ordinals))) for ruling, vs in enumerate(values) for v in vs]
        array = np.array(pairs, np.int32).reshape(-1, 2)
        return cls(tuple(ordinals), array[:, 0].copy(), array[:, 1].copy())

    def having(self, wanted: Sequence[str], size: int) -> Mask:
        """Which rulings have any of the values; an unknown value matches none."""
        chosen = [i for i, value in enumerate(self.values) if value in wanted]
        mask = np.zeros(size, np.bool_)
        mask[self.rulings[np.isin(self.ordinals, chosen)]] = True
        return mask

    def of_ruling(self, ruling: int) -> list[str]:
        """The values of one ruling."""
        return [self.values[ordinal] for ordinal in self.ordinals[self.rulings == ruling].tolist()]

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of the rulings in ``mask`` have each value; values that none has are left out."""
        numbers = np.bincount(self.ordinals[mask[self.rulings]], minlength=len(self.values))
        return {value: int(number) for value, number in zip(self.values, numbers, strict=True) if number}


def filtered(
    columns: Mapping[str, FacetColumn], filters: Mapping[str, tuple[str, ...]], matches: Mask
) -> tuple[Mask, dict[str, dict[str, int]]]:
    """The matches under all filters, and each facet's counts under all filters but its own."""
    masks = {name: columns[name].having(values, len(matches)) for name, values in filters.items()}
    whole = matches.copy()
    for mask in masks.values():
        whole &= mask
    counts: dict[str, dict[str, int]] = {}
    for name, column in columns.items():
        if name in masks:
            others = matches.copy()
            for other, mask in masks.items():
                if other != name:
                    others &= mask
            counts[name] = column.counts(others)
        else:
            counts[name] = column.counts(whole)
    return whole, counts
