"""A query tree over the whole index at once: which rulings match it, and the score of each.

Leaves come from the engine as postings; what joins them is arithmetic (`app.search.matches`). Where postings
can't tell, it is asked where leaves stand (`app.search.leaf_places`), within what everything else leaves over.
"""

import time
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from whoosh.query import And, AndMaybe, Every, Not, Or, Prefix, Query, Term, Wildcard

from app.search.leaf_places import Check, Stopped
from app.search.matches import (
    NONE,
    Few,
    Many,
    Mask,
    Matches,
    Rulings,
    Scores,
    all_of,
    among,
    any_of,
    but,
    every,
    flat,
    listed,
    mask_of,
    with_bonus,
)
from app.search.nodes import DateWithin, Exact, Near, Together
from app.search.query_fields import EXACT_FIELDS, TEXT, ZONES_OF
from indexer.index.analysis import is_han
from indexer.index.columnar.arrays import firsts_of
from indexer.index.columnar.impacts import STANDING
from indexer.index.columnar.places import Units
from indexer.index.fields import ZONES

_BOOST = {zone.name: zone.boost for zone in ZONES}
_EXACT = 2.0
"""What a quoted text is worth where it stands; its words add what they are worth themselves."""
_NO_RULINGS = np.zeros(0, np.int32)


class Postings(Protocol):
    """What an engine gives the evaluator."""

    @property
    def size(self) -> int:
        """How many rulings the index holds."""

    def worth(self, term: str) -> Matches:
        """Rulings with ``term`` in any text field, and what it is worth in each over all of them."""

    def scored(self, zone: str, term: str) -> tuple[Rulings, Scores]:
        """Rulings with ``term`` in a text field, and the BM25 score of each."""

    def exact(self, field: str, value: str) -> Rulings:
        """Rulings with a value in a field of whole values."""

    def dated(self, first: int, last: int) -> Rulings:
        """Rulings that may have been decided between two days."""

    def places(self, leaf: Query, within: Rulings | None, check: Check) -> Units:
        """Where a leaf stands; see `app.search.leaf_places.LeafPlaces.of`."""

    def rulings_at(self, places: Units) -> Rulings:
        """The ruling of each place."""

    def among_zones(self, places: Units, zones: Sequence[str]) -> Mask:
        """Whether each place stands in one of some zones."""

    def near(self, query: Near | Together, within: Rulings, check: Check) -> Units:
        """Where some rulings fulfil a query about words near each other."""


class Evaluation:
    """One query carried out. ``ends`` is when looking for places stops (`time.monotonic`), whatever is left.

    What was not looked at then counts as not matching, and `partial` is true.
    """

    def __init__(self, postings: Postings, ends: float = float("inf")) -> None:
        self._postings, self._size, self._ends = postings, postings.size, ends
        self._barring = False
        """Under a NOT, what was not looked at counts as matching what it bars."""
        self.partial = False

    def matches(self, query: Query, within: Matches | None = None) -> Matches:
        """Rulings that match ``query``, with scores; right for those ``within``, if that is given."""
        match query:
            case And():
                return self._all_of(query, within)
            case Or():
                return any_of([self.matches(part, within) for part in query], self._size) if len(query) else NONE
            case Not():
                return but(every(self._size), self._barred(query, within), self._size)
            case AndMaybe():
                must, partial = self.matches(query.a, within), self.partial
                found = with_bonus(must, self._bonus(query.b, must), self._size)
                self.partial = partial  # what only adds to scores may be left out
                return found
            case Every():
                return every(self._size)
            case _:
                return self._leaf(query, within)

    def _all_of(self, query: And, within: Matches | None) -> Matches:
        """What postings tell first, then what must be looked for in the text, within that; last what is barred."""
        barred = [part for part in query if isinstance(part, Not)]
        wanted = sorted((part for part in query if not isinstance(part, Not)), key=_looks)
        found: Matches | None = None
        told = [self.matches(part, within) for part in wanted if not _looks(part)]
        if told:
            found = all_of(told, self._size)
        for part in wanted[len(told) :]:
            here = self.matches(part, within if found is None else found)
            found = here if found is None else all_of([found, here], self._size)
        if found is None:
            found = every(self._size)
        for part in barred:
            found = but(found, self._barred(part, found), self._size)
        return found

    def _barred(self, query: Not, within: Matches | None) -> Matches:
        self._barring = not self._barring
        try:
            return self.matches(query.query, within)
        finally:
            self._barring = not self._barring

    def _bonus(self, query: Query, within: Matches) -> Matches:
        """What only adds to scores: a word is not looked for where its characters stand otherwise segmented."""
        match query:
            case Or():
                return any_of([self._bonus(part, within) for part in query], self._size) if len(query) else NONE
            case Term() if query.fieldname not in EXACT_FIELDS:
                return self._indexed(query)
            case _:
                return self.matches(query, within)

    def _leaf(self, query: Query, within: Matches | None) -> Matches:
        match query:
            case Term() if query.fieldname in EXACT_FIELDS:
                return flat(self._postings.exact(query.fieldname, query.text), query.boost)
            case Term():
                return self._word(query, within)
            case Exact():
                return self._exact(query, within)
            case Near():
                return self._near(query, within)
            case Together():
                return self._together(query, within)
            case Prefix() | Wildcard():
                return self._standing(query, within, _EXACT * query.boost)
            case DateWithin():
                return flat(self._postings.dated(query.first, query.last), 0.0)
            case _:
                raise TypeError(f"no rule for {type(query).__name__}")

    def _word(self, query: Term, within: Matches | None) -> Matches:
        """A word by its postings, and in Chinese also wherever its characters stand, however segmented."""
        found = self._indexed(query)
        if not is_han(query.text) or (len(query.text) > 1 and query.fieldname == TEXT and len(found)):
            return found  # of a word in any field, the index knows where its characters stand
        standing = self._standing(query, within, STANDING * query.boost, found)
        return any_of([found, standing], self._size)

    def _indexed(self, query: Term) -> Matches:
        if query.fieldname == TEXT:
            found = self._postings.worth(query.text)
            if query.boost == 1:
                return found
            scores = found.scores * np.float32(query.boost)
            return Many(found.mask, scores) if isinstance(found, Many) else Few(found.rulings, scores)
        parts: list[Matches] = []
        for zone in ZONES_OF[query.fieldname]:
            rulings, weights = self._postings.scored(zone, query.text)
            parts.append(Few(rulings, weights * np.float32(_BOOST[zone] * query.boost)))
        return any_of(parts, self._size)

    def _exact(self, query: Exact, within: Matches | None) -> Matches:
        if query.fieldname == TEXT and is_han(query.text) and len(query.text) > 1:
            known = self._postings.worth(query.text)
            if len(known):  # it is a word
                return flat(self._narrowed(known, within), _EXACT * query.boost)
        return self._standing(query, within, _EXACT * query.boost)

    def _standing(self, leaf: Query, within: Matches | None, worth: float, known: Matches = NONE) -> Matches:
        """Rulings that a leaf stands in, in the zones of its field; ``known`` ones are left out."""
        near = None if within is None else listed(within).rulings
        try:
            places = self._postings.places(leaf, near, self._check)
        except Stopped:
            return flat(self._unknown(within), worth)
        zones = None if leaf.fieldname == TEXT else ZONES_OF[leaf.fieldname]
        return flat(self._rulings(places, zones, within, known), worth)

    def _rulings(
        self, places: Units, zones: Sequence[str] | None, within: Matches | None, known: Matches = NONE
    ) -> Rulings:
        """The rulings of places, each once, rising: of those in certain zones, and among those wanted."""
        found = self._postings.rulings_at(places)
        rulings = found[firsts_of(found)]
        if within is not None:
            rulings = rulings[among(rulings, within, self._size)]
        if len(known):
            rulings = rulings[~among(rulings, known, self._size)]
        if zones is None:
            return rulings
        there = np.flatnonzero(mask_of(flat(rulings, 0.0), self._size)[found])
        found = found[there][self._postings.among_zones(places[there], zones)]
        return found[firsts_of(found)]

    def _near(self, query: Near, within: Matches | None) -> Matches:
        both = self.matches(And([Term(query.fieldname, word) for word in query.words]), within)
        return flat(self._fulfilled(query, self._narrowed(both, within), query.fieldname), _EXACT * query.boost)

    def _together(self, query: Together, within: Matches | None) -> Matches:
        both = all_of([self.matches(query.left, within), self.matches(query.right, within)], self._size)
        field = getattr(query.left, "fieldname", None) or TEXT
        rulings = self._fulfilled(query, self._narrowed(both, within), field)
        return Few(rulings, _scores_of(both, rulings))

    def _fulfilled(self, query: Near | Together, rulings: Rulings, field: str) -> Rulings:
        """Of rulings that have the words, those that have them as near as asked, in the zones of a field."""
        within = flat(rulings, 0.0)
        try:
            places = self._postings.near(query, rulings, self._check)
        except Stopped:
            return self._unknown(within)
        return self._rulings(places, None if field == TEXT else ZONES_OF[field], within)

    def _narrowed(self, found: Matches, within: Matches | None) -> Rulings:
        rulings = listed(found).rulings
        return rulings if within is None else rulings[among(rulings, within, self._size)]

    def _unknown(self, within: Matches | None) -> Rulings:
        """What counts as matching when time was up: nothing, or under a NOT everything that it could be."""
        self.partial = True
        if not self._barring:
            return _NO_RULINGS
        return listed(every(self._size) if within is None else within).rulings

    def _check(self) -> None:
        if time.monotonic() >= self._ends:
            raise Stopped


def _scores_of(matches: Matches, rulings: Rulings) -> Scores:
    if isinstance(matches, Many):
        return matches.scores[rulings]
    return matches.scores[np.searchsorted(matches.rulings, rulings)]


def _looks(query: Query) -> bool:
    """Whether carrying out a query may mean looking for places in the text."""
    match query:
        case And() | Or():
            return any(_looks(part) for part in query)
        case Not():
            return _looks(query.query)
        case AndMaybe():
            return _looks(query.a)
        case Term():
            if query.fieldname in EXACT_FIELDS or not is_han(query.text):
                return False
            return query.fieldname != TEXT or len(query.text) == 1
        case Every() | DateWithin():
            return False
        case _:
            return True
