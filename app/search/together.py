"""Words near each other, and in one sentence or one paragraph: arithmetic on where they stand.

Every place has a piece of text that it stands in, a sentence or a paragraph, and a word that it stands in;
both are counted through the whole index. What is asked of a ruling is asked of these numbers.
"""

from dataclasses import dataclass
from functools import reduce

import numpy as np
from whoosh.query import And, AndMaybe, Every, Not, Or, Prefix, Query, Term, Wildcard

from app.search.leaf_places import Check, LeafPlaces
from app.search.matches import Rulings
from app.search.nodes import Exact, Near, Together
from app.search.query_fields import EXACT_FIELDS
from indexer.index.columnar.arrays import firsts_of, ranges
from indexer.index.columnar.places import Flags, Numbers, Units
from indexer.index.columnar.rulings import Rulings as RulingArrays

_NOWHERE = np.zeros(0, np.uint32)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Pieces of text by one place in each, rising; with ``others``, all pieces but these."""

    numbers: Numbers
    places: Units
    others: bool = False


class Nearness:
    """Carries out `Near` and `Together` within some rulings. Raises `Stopped` when ``check`` does."""

    def __init__(self, places: LeafPlaces, rulings: RulingArrays, within: Rulings, check: Check) -> None:
        self._places, self._rulings, self._within, self._check = places, rulings, within, check

    def near(self, query: Near, scope: str = "paragraph") -> Units:
        """Places of the first word that has all others as near as asked; side by side, places of the last."""
        room = 1 if query.ordered else query.slop
        places = self._thinned(
            [self._of(Term(query.fieldname, word)) for word in query.words],
            len(query.words) if query.ordered else query.slop,
        )
        words = [self._places.tokens.upto(each) + self._pieces_at(each, scope) * (room + 1) for each in places]
        # Words of different pieces are further apart in these numbers than any that are near enough.
        if query.ordered:
            reached = words[0]
            for place, numbers in enumerate(words[1:], 1):
                kept = _among(numbers, reached + 1)
                reached, places[place] = numbers[kept], places[place][kept]
            return places[-1]
        near = np.ones(len(places[0]), np.bool_)
        for place, numbers in enumerate(words[1:], 1):
            near &= _within(words[0], numbers, room) > query.words[:place].count(query.words[place])
        return places[0][near]

    def _thinned(self, places: list[Units], room: int) -> list[Units]:
        """Those places of each word that may be near the others: whose words are, whatever the piece of text."""
        words = [self._places.tokens.upto(each) for each in places]
        rarest, *others = sorted(range(len(places)), key=lambda place: len(places[place]))
        apart = 2 * room  # both may be near a third
        for one, other in [*((rarest, other) for other in others), *((other, rarest) for other in others)]:
            kept = np.flatnonzero(_within(words[one], words[other], apart))
            places[one], words[one] = places[one][kept], words[one][kept]
        return places

    def together(self, query: Together) -> Units:
        """A place in each piece of text that has both sides."""
        both = _both(self._holding(query.left, query.scope), self._holding(query.right, query.scope))
        return self._every(both, query.scope).places if both.others else both.places

    def _holding(self, query: Query, scope: str) -> _Pieces:
        """The pieces that fulfil a query by themselves, its fields left aside."""
        match query:
            case And():
                return reduce(_both, (self._holding(part, scope) for part in query))
            case Or():
                return reduce(_either, (self._holding(part, scope) for part in query))
            case Not():
                return _but(self._holding(query.query, scope))
            case AndMaybe():
                return self._holding(query.a, scope)
            case Every():
                return _but(self._distinct(_NOWHERE, scope))
            case Together():
                inner = "sentence" if "sentence" in (scope, query.scope) else scope
                places = self.together(Together(inner, query.left, query.right))
            case Near():
                places = self.near(query, scope)
            case Exact():
                places = self._of(query)
                last = places + np.uint32(len(query.text.encode("utf-16-le")) // 2 - 1)
                places = places[self._pieces_at(places, scope) == self._pieces_at(last, scope)]
            case Prefix() | Wildcard():
                places = self._of(query)
            case Term() if query.fieldname not in EXACT_FIELDS:
                places = self._of(query)
            case _:
                places = _NOWHERE
        return self._distinct(places, scope)

    def _of(self, leaf: Query) -> Units:
        places = self._places.of(leaf, self._within, self._check)
        self._check()
        return places

    def _pieces_at(self, places: Units, scope: str) -> Numbers:
        if scope == "sentence":
            return self._places.sentences.upto(places)
        return self._rulings.segments_at(places).astype(np.int64)

    def _distinct(self, places: Units, scope: str) -> _Pieces:
        numbers = self._pieces_at(places, scope)
        firsts = firsts_of(numbers)
        return _Pieces(numbers[firsts], places[firsts])

    def _every(self, but: _Pieces, scope: str) -> _Pieces:
        """All pieces of the rulings, but some."""
        begins = self._rulings.begins.astype(np.int64)
        places = ranges(begins[self._within], np.diff(begins)[self._within]).astype(np.uint32)
        self._check()
        return _both(self._distinct(places, scope), but)


def _but(pieces: _Pieces) -> _Pieces:
    return _Pieces(pieces.numbers, pieces.places, not pieces.others)


def _both(left: _Pieces, right: _Pieces) -> _Pieces:
    if left.others and right.others:
        return _but(_either(_but(left), _but(right)))
    if left.others:
        left, right = right, left
    kept = np.flatnonzero(_among(left.numbers, right.numbers) != right.others)
    return _Pieces(left.numbers[kept], left.places[kept])


def _either(left: _Pieces, right: _Pieces) -> _Pieces:
    if left.others or right.others:
        return _but(_both(_but(left), _but(right)))
    numbers, first = np.unique(np.concatenate([left.numbers, right.numbers]), return_index=True)
    return _Pieces(numbers, np.concatenate([left.places, right.places])[first])


def _within(numbers: Numbers, others: Numbers, room: int) -> Numbers:
    """How many of ``others`` lie within ``room`` of each of some numbers; all rise."""
    first, last = np.searchsorted(others, numbers - room), np.searchsorted(others, numbers + room, "right")
    return np.asarray(last - first, np.int64)


def _among(numbers: Numbers, others: Numbers) -> Flags:
    """Which numbers are among others; all rise."""
    if not len(others):
        return np.zeros(len(numbers), np.bool_)
    return np.asarray(others[np.minimum(np.searchsorted(others, numbers), len(others) - 1)] == numbers)
