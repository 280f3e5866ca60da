"""Words near each other, and in one sentence or one paragraph: arithmetic on where they stand.

Every place has a piece of text that it stands in, a sentence or a paragraph, and a word that it stands in;
both are counted through the whole index. What is asked of a ruling is asked of these numbers.
"""

from dataclasses import dataclass
from functools import reduce

import numpy as np
from whoosh.query import And, AndMaybe, Every, Not, Or, Prefix, Query, Term, Wildcard

from app.search.matches import Rulings
from app.search.nodes import Exact, Near, Together
from app.search.query_fields import EXACT_FIELDS
from app.search.standing import Check, Standing
from indexer.index.columnar.places import Flags, Numbers, Units, ranges
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

    def __init__(self, standing: Standing, rulings: RulingArrays, within: Rulings, check: Check) -> None:
        self._standing, self._rulings, self._within, self._check = standing, rulings, within, check

    def near(self, query: Near, scope: str = "paragraph") -> Units:
        """Places of the first word that has all others as near as asked; side by side, places of the last."""
        places = [self._of(Term(query.fieldname, word)) for word in query.words]
        room = 1 if query.ordered else query.slop
        words = [self._standing.tokens.upto(each) + self._pieces_at(each, scope) * (room + 1) for each in places]
        # Words of different pieces are further apart in these numbers than any that are near enough.
        if query.ordered:
            reached = words[0]
            for place, numbers in enumerate(words[1:], 1):
                kept = np.isin(numbers, reached + 1)
                reached, places[place] = numbers[kept], places[place][kept]
            return places[-1]
        near = np.ones(len(places[0]), np.bool_)
        for place, numbers in enumerate(words[1:], 1):
            first, last = np.searchsorted(numbers, words[0] - room), np.searchsorted(numbers, words[0] + room, "right")
            near &= last - first > query.words[:place].count(query.words[place])
        return places[0][near]

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
        places = self._standing.of(leaf, self._within, self._check)
        self._check()
        return places

    def _pieces_at(self, places: Units, scope: str) -> Numbers:
        if scope == "sentence":
            return self._standing.sentences.upto(places)
        return self._rulings.segments_at(places).astype(np.int64)

    def _distinct(self, places: Units, scope: str) -> _Pieces:
        numbers = self._pieces_at(places, scope)
        first: Flags = np.concatenate([[True], numbers[1:] != numbers[:-1]])[: len(numbers)]
        return _Pieces(numbers[first], places[first])

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
    kept = np.isin(left.numbers, right.numbers, assume_unique=True, invert=right.others)
    return _Pieces(left.numbers[kept], left.places[kept])


def _either(left: _Pieces, right: _Pieces) -> _Pieces:
    if left.others or right.others:
        return _but(_both(_but(left), _but(right)))
    numbers, first = np.unique(np.concatenate([left.numbers, right.numbers]), return_index=True)
    return _Pieces(numbers, np.concatenate([left.places, right.places])[first])
