"""A query tree over the whole index at once: which rulings match it, and the score of each.

Leaves come from the engine as postings; what joins them is arithmetic (`app.search.matches`). Where postings
can't tell, rulings are read, and only those that everything else leaves over.
"""

import time
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from whoosh.query import And, AndMaybe, Every, Not, Or, Prefix, Query, Term, Wildcard

from app.search.matches import (
    NONE,
    Few,
    Many,
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
    with_bonus,
)
from app.search.nodes import DateWithin, Exact, Near, Together
from app.search.query_fields import EXACT_FIELDS, TEXT, ZONES_OF
from app.search.verify import holds, spans
from indexer.index.analysis import is_han, query_grams
from indexer.index.columnar.impacts import STANDING
from indexer.index.fields import ZONES

_BOOST = {zone.name: zone.boost for zone in ZONES}
_EXACT = 2.0
"""What a quoted text is worth where it stands; its words add what they are worth themselves."""
_LOOK_EVERY = 64
"""Rulings read between two looks at the clock."""


class Postings(Protocol):
    """What an engine gives the evaluator."""

    @property
    def size(self) -> int:
        """How many rulings the index holds."""

    def worth(self, term: str) -> Matches:
        """Rulings with ``term`` in any text field, and what it is worth in each over all of them."""

    def scored(self, zone: str, term: str) -> tuple[Rulings, Scores]:
        """Rulings with ``term`` in a text field, and the BM25 score of each."""

    def matching(self, field: str, query: Query) -> Rulings:
        """Rulings with any term of a field that a prefix or wildcard matches."""

    def exact(self, field: str, value: str) -> Rulings:
        """Rulings with a value in a field of whole values."""

    def dated(self, first: int, last: int) -> Rulings:
        """Rulings that may have been decided between two days."""

    def segments(self, ruling: int) -> Sequence[tuple[str, str]]:
        """The folded text of a ruling: (zone, text) pairs."""

    def reader(self, text: str, zones: Sequence[str] | None) -> Callable[[int], bool]:
        """A function that tells whether a text stands in a ruling, in certain zones or in any."""


class Evaluation:
    """One query carried out. ``ends`` is when reading stops (`time.monotonic`), whatever is left to read.

    What was not read then counts as not matching, and `partial` is true.
    """

    def __init__(self, postings: Postings, ends: float = float("inf")) -> None:
        self._postings, self._size, self._ends = postings, postings.size, ends
        self._unread = False
        """What a ruling that was not read counts as: under a NOT, as matching what it bars."""
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
                must = self.matches(query.a, within)
                return with_bonus(must, self._bonus(query.b, must), self._size)
            case Every():
                return every(self._size)
            case _:
                return self._leaf(query, within)

    def _all_of(self, query: And, within: Matches | None) -> Matches:
        """What postings tell first, then what must be read, within that; last what is barred."""
        barred = [part for part in query if isinstance(part, Not)]
        wanted = sorted((part for part in query if not isinstance(part, Not)), key=_reads)
        found: Matches | None = None
        told = [self.matches(part, within) for part in wanted if not _reads(part)]
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
        self._unread = not self._unread
        try:
            return self.matches(query.query, within)
        finally:
            self._unread = not self._unread

    def _bonus(self, query: Query, within: Matches) -> Matches:
        """What only adds to scores is not read: that its n-grams are there is enough."""
        match query:
            case Or():
                return any_of([self._bonus(part, within) for part in query], self._size)
            case Exact():
                return flat(self._candidates(query, within), _EXACT * query.boost)
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
                return self._patterned(query, within)
            case DateWithin():
                return flat(self._postings.dated(query.first, query.last), 0.0)
            case _:
                raise TypeError(f"no rule for {type(query).__name__}")

    def _word(self, query: Term, within: Matches | None) -> Matches:
        """A word by its postings, and in Chinese also wherever its characters stand, however segmented."""
        found = self._indexed(query)
        if not is_han(query.text) or (len(query.text) == 2 and query.fieldname == TEXT and len(found)):
            return found  # of a pair, the index knows where its characters stand
        standing = self._exact(Exact(query.fieldname, query.text, STANDING / _EXACT * query.boost), within, found)
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

    def _exact(self, query: Exact, within: Matches | None, known: Matches = NONE) -> Matches:
        """Rulings in which a text stands exactly: narrowed by n-grams, then read; ``known`` ones are left out."""
        rulings = self._candidates(query, within)
        rulings = rulings[np.flatnonzero(~among(rulings, known, self._size))] if len(known) else rulings
        if not (query.fieldname == TEXT and is_han(query.text) and len(query.text) <= 2):  # these are n-grams
            whole = query.fieldname == TEXT
            stands = self._postings.reader(query.text, None if whole else ZONES_OF[query.fieldname])
            if whole and is_han(query.text):  # one that is a word stands where its postings say
                proven = among(rulings, self._postings.worth(query.text), self._size)
                read = self._read(rulings[np.flatnonzero(~proven)], stands)
                rulings = np.sort(np.concatenate([rulings[np.flatnonzero(proven)], read]))
            else:
                rulings = self._read(rulings, stands)
        return flat(rulings, _EXACT * query.boost)

    def _candidates(self, query: Exact, within: Matches | None) -> Rulings:
        """Rulings that have all n-grams of a text."""
        lists = sorted((self._postings.exact("grams", gram) for gram in query_grams(query.text)), key=len)
        if not lists:
            return listed(every(self._size) if within is None else within).rulings
        found: Matches = flat(lists[0], 0.0)
        for each in lists[1:]:
            if len(found):
                found = all_of([found, flat(each, 0.0)], self._size)
        rulings = listed(found).rulings
        return rulings if within is None else rulings[np.flatnonzero(among(rulings, within, self._size))]

    def _patterned(self, query: Query, within: Matches | None) -> Matches:
        """Words as they are written, not their stems: the n-grams hold words whole; a field is read for."""
        rulings = self._narrowed(flat(self._postings.matching("grams", query), 0.0), within)
        return flat(self._read(rulings, self._in_segments(query)), _EXACT * query.boost)

    def _near(self, query: Near, within: Matches | None) -> Matches:
        words = [Term(query.fieldname, word) for word in query.words]
        found = self._narrowed(self.matches(And(words), within), within)
        return flat(self._read(found, self._in_segments(query)), _EXACT * query.boost)

    def _together(self, query: Together, within: Matches | None) -> Matches:
        both = all_of([self.matches(query.left, within), self.matches(query.right, within)], self._size)
        rulings = self._read(self._narrowed(both, within), self._in_segments(query))
        return Few(rulings, _scores_of(both, rulings))

    def _narrowed(self, found: Matches, within: Matches | None) -> Rulings:
        rulings = listed(found).rulings
        return rulings if within is None else rulings[np.flatnonzero(among(rulings, within, self._size))]

    def _in_segments(self, query: Query) -> Callable[[int], bool]:
        """A function that reads a ruling paragraph by paragraph."""
        named = query.left if isinstance(query, Together) else query
        zones = set(ZONES_OF[getattr(named, "fieldname", None) or TEXT])
        fulfils = holds if isinstance(query, Together) else spans

        def reads(ruling: int) -> bool:
            return any(zone in zones and fulfils(query, text) for zone, text in self._postings.segments(ruling))

        return reads

    def _read(self, rulings: Rulings, holds_it: Callable[[int], bool]) -> Rulings:
        """Those of some rulings that reading confirms, until time is up."""
        kept: list[int] = []
        for start in range(0, len(rulings), _LOOK_EVERY):
            if time.monotonic() >= self._ends:
                self.partial = True
                left = rulings[start:] if self._unread else rulings[:0]
                return np.concatenate([np.array(kept, np.int32), left])
            kept += [ruling for ruling in rulings[start : start + _LOOK_EVERY].tolist() if holds_it(ruling)]
        return np.array(kept, np.int32)


def _scores_of(matches: Matches, rulings: Rulings) -> Scores:
    if isinstance(matches, Many):
        return matches.scores[rulings]
    return matches.scores[np.searchsorted(matches.rulings, rulings)]


def _reads(query: Query) -> bool:
    """Whether carrying out a query may mean reading rulings."""
    match query:
        case And() | Or():
            return any(_reads(part) for part in query)
        case Not():
            return _reads(query.query)
        case AndMaybe():
            return _reads(query.a)
        case Term():
            return query.fieldname not in EXACT_FIELDS and is_han(query.text) and len(query.text) > 2
        case Every() | DateWithin():
            return False
        case _:
            return True
