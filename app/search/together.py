"""Words near each other, and in one sentence or one paragraph: arithmetic on where they stand.

To tell in which piece of text a place stands, or which word it is of, costs several times what it costs to find
the place among others. So that is asked of the rarest word only, and the others are looked for around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from whoosh.query import And, AndMaybe, Every, Not, Or, Prefix, Query, Term, Wildcard

from app.search.leaf_places import Check, LeafPlaces, Likely, among
from app.search.matches import Rulings
from app.search.nodes import Exact, Near, Together
from app.search.query_fields import EXACT_FIELDS
from indexer.index.columnar.arrays import firsts_of, ranges
from indexer.index.columnar.pieces import Pieces
from indexer.index.columnar.places import Flags, Numbers, Units

_NOWHERE = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class _Held:
    """The numbers of pieces, rising; with ``others``, all pieces but these."""

    numbers: Numbers
    others: bool = False


class Nearness:
    """Carries out `Near` and `Together` within some rulings. Raises `Stopped` when ``check`` does."""

    def __init__(self, places: LeafPlaces, within: Rulings, check: Check) -> None:
        self._places, self._within, self._check = places, within, check

    def near(self, query: Near, scope: str = "paragraph") -> Units:
        """Places of one word that has all others as near as asked; side by side, places of the last."""
        found = [self._likely(Term(query.fieldname, word)) for word in query.words]
        if query.ordered:
            return self._side_by_side(found, self._pieces(scope))
        counts = [query.words[: place + 1].count(word) for place, word in enumerate(query.words)]
        if len(found) == 2:
            found.sort(key=len)  # either has the other as near
        places = found[0].certain()
        for other, count in zip(found[1:], counts[1:], strict=True):
            places = places[self._has_near(places, other, count, query.slop, self._pieces(scope))]
        return places

    def _has_near(self, places: Units, other: Likely, count: int, room: int, pieces: Pieces) -> Flags:
        """Which of some places have another word so many times within so much room, in one piece."""
        near = np.zeros(len(places), np.bool_)
        if not len(other):
            return near
        counted = count > 1 or other.kept is not None
        maybe, behind, left = near.copy(), np.searchsorted(other.places, places), np.arange(len(places))
        for side in (0, 1):  # the next one behind, and the last one before
            here, beside = places.take(left), other.places.take(behind.take(left) - side, mode="clip")
            low, high = (beside, here) if side else (here, beside)
            at = self._places.tokens.may_reach(low, high, room)
            if counted:
                maybe[left[at]] = True
            if count == 1:
                at = at[self._are_near(low[at], high[at], room, pieces)]
                near[left[at]] |= other.wanted(beside[at])
            if not counted:
                left = left[~near[left]]
            self._check()
        if counted:
            left = np.flatnonzero(maybe & ~near)
            others = other.among(_between(other.places, *self._places.tokens.around(places[left], room))).certain()
            words = self._words(places[left], room, pieces)
            near[left] = _within(words, self._words(others, room, pieces), room) >= count
        return near

    def _are_near(self, low: Units, high: Units, room: int, pieces: Pieces) -> Flags:
        """Whether places are within so much room of others behind them, in one piece."""
        near = high - low <= room  # there are no more words than units
        far = np.flatnonzero(~near)
        near[far] = self._places.tokens.upto(high[far]) - self._places.tokens.upto(low[far]) <= room
        here = np.flatnonzero(near)
        near[here] = high[here] < pieces.bounds(pieces.at(low[here]))[1]
        return near

    def _words(self, places: Units, room: int, pieces: Pieces) -> Numbers:
        """The number of the word at each place; those of different pieces are further apart than ``room``."""
        return self._places.tokens.upto(places) + pieces.at(places) * (room + 1)

    def _side_by_side(self, found: list[Likely], pieces: Pieces) -> Units:
        places = [each.certain() for each in self._thinned(found, len(found))]
        self._check()
        numbers = [self._words(each, 1, pieces) for each in places]
        reached = numbers[0]
        for place, others in enumerate(numbers[1:], 1):
            kept = among(others, reached + 1)
            reached, places[place] = others[kept], places[place][kept]
        return places[-1]

    def _thinned(self, words: list[Likely], room: int) -> list[Likely]:
        """Those places of each word that may be near the others, whatever the piece of text."""
        rarest, *others = sorted(range(len(words)), key=lambda word: len(words[word]))
        apart = 2 * room  # both may be near a third
        for other in others:
            stretches = self._places.tokens.around(words[rarest].places, apart)
            words[rarest] = words[rarest].among(np.flatnonzero(_has_any(words[other].places, *stretches)))
        stretches = self._places.tokens.around(words[rarest].places, apart)
        for other in others:
            words[other] = words[other].among(_between(words[other].places, *stretches))
        return words

    def together(self, query: Together) -> Units:
        """Where each piece of text begins that has both sides."""
        pieces = self._pieces(query.scope)
        held = self._all_of((query.left, query.right), query.scope)
        return pieces.begins[self._every(pieces, held) if held.others else held.numbers]

    def _holding(self, query: Query, scope: str) -> _Held:
        """The pieces that fulfil a query by themselves, its fields left aside."""
        match query:
            case And():
                return self._all_of(tuple(query), scope)
            case Or():
                return reduce(_either, (self._holding(part, scope) for part in query))
            case Not():
                return _but(self._holding(query.query, scope))
            case AndMaybe():
                return self._holding(query.a, scope)
            case Every():
                return _Held(_NOWHERE, others=True)
            case Together():
                inner = "sentence" if "sentence" in (scope, query.scope) else scope
                return self._held_at(self.together(Together(inner, query.left, query.right)), scope)
            case Near():
                return self._held_at(self.near(query, scope), scope)
            case _ if _is_leaf(query):
                return self._held_at(self._likely(query).certain(), scope, _units(query))
            case _:
                return _Held(_NOWHERE)

    def _all_of(self, parts: Sequence[Query], scope: str) -> _Held:
        """The pieces that fulfil several queries: the rarest leaf's, and what else stands in them."""
        held = [self._holding(part, scope) for part in parts if not _is_leaf(part)]
        leaves = [(self._likely(part), _units(part)) for part in parts if _is_leaf(part)]
        leaves.sort(key=lambda leaf: len(leaf[0]))
        if leaves and all(each.others for each in held):
            likely, units = leaves.pop(0)
            held.insert(0, self._held_at(likely.certain(), scope, units))
        both = reduce(_both, held)
        for likely, units in leaves:
            both = self._with(both, likely, scope, units)
        return both

    def _with(self, held: _Held, leaf: Likely, scope: str, units: int) -> _Held:
        """Those pieces that a leaf stands in too."""
        begins, ends = self._pieces(scope).bounds(held.numbers)
        ends -= np.uint32(units - 1)
        has = np.flatnonzero(_has_any(leaf.places, begins, ends))
        if leaf.kept is not None:
            begins, ends = begins[has], ends[has]
            certain = leaf.among(_between(leaf.places, begins, ends)).certain()
            has = has[_has_any(certain, begins, ends)]
        self._check()
        return _Held(held.numbers[has])

    def _likely(self, leaf: Query) -> Likely:
        found = self._places.likely(leaf, self._within, self._check)
        self._check()
        return found

    def _pieces(self, scope: str) -> Pieces:
        return self._places.sentences if scope == "sentence" else self._places.segments

    def _held_at(self, places: Units, scope: str, units: int = 1) -> _Held:
        """The pieces that some places stand in, with so many units behind each."""
        pieces = self._pieces(scope)
        numbers = pieces.at(places)
        if units > 1:
            numbers = numbers[places + np.uint32(units - 1) < pieces.bounds(numbers)[1]]
        return _Held(numbers[firsts_of(numbers)])

    def _every(self, pieces: Pieces, but: _Held) -> Numbers:
        """All pieces of the rulings, but some."""
        begins, ends = self._places.rulings.bounds(self._within.astype(np.int64))
        full = begins < ends
        first, last = pieces.at(begins[full]), pieces.at(ends[full] - np.uint32(1))
        self._check()
        return _both(_Held(ranges(first, last - first + 1)), but).numbers


def _is_leaf(query: Query) -> bool:
    """Whether places tell where it stands."""
    return isinstance(query, Exact | Prefix | Wildcard) or (
        isinstance(query, Term) and query.fieldname not in EXACT_FIELDS
    )


def _units(leaf: Query) -> int:
    """How many units of a leaf must stand in one piece; a word always does."""
    return len(leaf.text.encode("utf-16-le")) // 2 if isinstance(leaf, Exact) else 1


def _but(held: _Held) -> _Held:
    return _Held(held.numbers, not held.others)


def _both(left: _Held, right: _Held) -> _Held:
    if left.others and right.others:
        return _but(_either(_but(left), _but(right)))
    if left.others:
        left, right = right, left
    return _Held(left.numbers[among(left.numbers, right.numbers) != right.others])


def _either(left: _Held, right: _Held) -> _Held:
    if left.others or right.others:
        return _but(_both(_but(left), _but(right)))
    numbers = np.sort(np.concatenate([left.numbers, right.numbers]), kind="stable")  # two rising stretches
    return _Held(numbers[firsts_of(numbers)])


def _within(numbers: Numbers, others: Numbers, room: int) -> Numbers:
    """How many of ``others`` lie within ``room`` of each of some numbers; all rise."""
    first, last = np.searchsorted(others, numbers - room), np.searchsorted(others, numbers + room, "right")
    return np.asarray(last - first, np.int64)


def _has_any(places: Units, begins: Units, ends: Units) -> Flags:
    """Whether any of some places, rising, stands between each beginning and its end."""
    if not len(places):
        return np.zeros(len(begins), np.bool_)
    found = np.searchsorted(places, begins)
    next_ = places.take(np.minimum(found, len(places) - 1))
    return np.asarray((next_ >= begins) & (next_ < ends))


def _between(places: Units, begins: Units, ends: Units) -> Numbers:
    """Which of some places stand between any beginning and its end; all rise, and stretches may overlap."""
    first, last = np.searchsorted(places, begins), np.searchsorted(places, ends)
    first[1:] = np.maximum(first[1:], last[:-1])
    return ranges(first, np.maximum(last - first, 0))
