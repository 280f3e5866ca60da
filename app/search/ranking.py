"""The best of many without sorting them all."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Key = Callable[[Places], NDArray[np.generic]]
"""What to sort by, for the places asked for; the smallest comes first."""


def first_of(places: Places, keys: Sequence[Key], count: int) -> Places:
    """The first ``count`` places by the keys, the first key first, equal ones as they stand."""
    nearest = _nearest(places, keys, count)
    order = np.lexsort([nearest, *(key(nearest) for key in reversed(keys))])
    return nearest[order][:count]


def _nearest(places: Places, keys: Sequence[Key], count: int) -> Places:
    """Those that may be among the first ``count``, and hardly any others."""
    if len(places) <= count or not keys:
        return places
    values = keys[0](places)
    limit = np.partition(values, count - 1)[count - 1]
    sure, equal = places[np.flatnonzero(values < limit)], places[np.flatnonzero(values == limit)]
    if len(sure) + len(equal) > count:
        equal = _nearest(equal, keys[1:], count - len(sure))
    return np.concatenate([sure, equal])
