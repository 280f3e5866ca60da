"""Which rulings match, with their scores: a rising list where they are few, whole arrays where they are many.

All of it is arithmetic on arrays, and costs what the shorter form costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer.index.columnar.arrays import firsts_of

Rulings = NDArray[np.int32]
Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]
_FEW = 64
"""A list is short when it holds less than the index divided by this."""
_SEARCH = 16
"""A list is looked up in one so many times as long; in a shorter one by way of whole arrays."""


@dataclass(frozen=True, slots=True)
class Few:
    """Rulings, rising, and the score of each."""

    rulings: Rulings
    scores: Scores

    def __len__(self) -> int:
        return len(self.rulings)


@dataclass(frozen=True, slots=True)
class Many:
    """For every ruling of the index whether it matches, and its score; 0 where it does not."""

    mask: Mask
    scores: Scores

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask))


Matches = Few | Many
NONE = Few(np.zeros(0, np.int32), np.zeros(0, np.float32))


def flat(rulings: Rulings, score: float) -> Few:
    """Rulings, all with one score."""
    return Few(rulings, np.full(len(rulings), score, np.float32))


def every(size: int) -> Many:
    """All rulings, with no score."""
    return Many(np.ones(size, np.bool_), np.zeros(size, np.float32))


def listed(matches: Matches) -> Few:
    """The matches as a list."""
    if isinstance(matches, Few):
        return matches
    rulings = np.flatnonzero(matches.mask)
    return Few(rulings.astype(np.int32), matches.scores[rulings])


def spread(matches: Matches, size: int) -> Many:
    """The matches as whole arrays."""
    if isinstance(matches, Many):
        return matches
    return Many(_marked(matches.rulings, size), _laid(matches, size))


def mask_of(matches: Matches, size: int) -> Mask:
    """For every ruling whether it matches."""
    return matches.mask if isinstance(matches, Many) else _marked(matches.rulings, size)


def any_of(parts: Sequence[Matches], size: int) -> Matches:
    """Rulings of any part; scores add up."""
    if len(parts) == 1:
        return parts[0]
    if all(isinstance(part, Few) for part in parts) and sum(map(len, parts)) * _FEW < size:
        return _joined([listed(part) for part in parts])
    mask, scores = np.zeros(size, np.bool_), np.zeros(size, np.float32)
    for part in parts:
        if isinstance(part, Many):
            mask |= part.mask
            scores += part.scores
        else:
            np.add.at(scores, part.rulings, part.scores)
            if len(part) and part.scores.min() <= 0:  # others show in the scores
                mask[part.rulings] = True
    mask |= scores > 0
    return Many(mask, scores)


def all_of(parts: Sequence[Matches], size: int) -> Matches:
    """Rulings of every part, the rarest first; scores add up."""
    return reduce(lambda left, right: _both(left, right, size), sorted(parts, key=len))


def but(matches: Matches, barred: Matches, size: int) -> Matches:
    """The matches that are not among the barred."""
    if isinstance(matches, Many):
        return _kept(matches, ~mask_of(barred, size))
    return _chosen(matches, np.flatnonzero(~among(matches.rulings, barred, size)))


def with_bonus(matches: Matches, bonus: Matches, size: int) -> Matches:
    """The same matches; those among ``bonus`` score its score more."""
    if isinstance(matches, Many):
        extra = spread(bonus, size)
        return Many(matches.mask, (matches.scores + extra.scores) * matches.mask)
    if isinstance(bonus, Many):
        return Few(matches.rulings, matches.scores + bonus.scores[matches.rulings])
    scores = matches.scores.copy()
    if len(bonus):
        places = _places(matches.rulings, bonus.rulings)
        found = np.flatnonzero(bonus.rulings[places] == matches.rulings)
        scores[found] += bonus.scores[places[found]]
    return Few(matches.rulings, scores)


def among(rulings: Rulings, matches: Matches, size: int) -> Mask:
    """For each of some rulings whether it matches."""
    if isinstance(matches, Few) and len(rulings) * _SEARCH < len(matches):
        places = _places(rulings, matches.rulings)
        found: Mask = matches.rulings[places] == rulings
        return found
    return mask_of(matches, size)[rulings]


def _both(few: Matches, more: Matches, size: int) -> Matches:
    if isinstance(few, Many) and isinstance(more, Many):
        mask = few.mask & more.mask
        both = Many(mask, (few.scores + more.scores) * mask)
        return listed(both) if len(both) * _FEW < size else both
    if isinstance(few, Many):
        few, more = more, few
    assert isinstance(few, Few)
    if isinstance(more, Few) and len(few) * _SEARCH < len(more):
        places = _places(few.rulings, more.rulings)
        found = np.flatnonzero(more.rulings[places] == few.rulings)
        return Few(few.rulings[found], few.scores[found] + more.scores[places[found]])
    found = np.flatnonzero(mask_of(more, size)[few.rulings])
    rulings = few.rulings[found]
    scores = more.scores if isinstance(more, Many) else _laid(more, size)
    return Few(rulings, few.scores[found] + scores[rulings])


def _joined(parts: Sequence[Few]) -> Few:
    rulings = np.concatenate([part.rulings for part in parts])
    order = np.argsort(rulings, kind="stable")
    rulings = rulings[order]
    scores = np.concatenate([part.scores for part in parts])[order]
    if not len(rulings):
        return NONE
    firsts = firsts_of(rulings)
    return Few(rulings[firsts], np.add.reduceat(scores, firsts))


def _kept(matches: Many, mask: Mask) -> Many:
    mask = matches.mask & mask
    return Many(mask, matches.scores * mask)


def _chosen(matches: Few, places: NDArray[np.int64]) -> Few:
    return Few(matches.rulings[places], matches.scores[places])


def _places(sought: Rulings, rising: Rulings) -> NDArray[np.int64]:
    """Where each of some rulings stands in a list, if it stands there."""
    return np.minimum(np.searchsorted(rising, sought), len(rising) - 1)


def _marked(rulings: Rulings, size: int) -> Mask:
    mask = np.zeros(size, np.bool_)
    mask[rulings] = True
    return mask


def _laid(matches: Few, size: int) -> Scores:
    scores = np.zeros(size, np.float32)
    scores[matches.rulings] = matches.scores
    return scores
