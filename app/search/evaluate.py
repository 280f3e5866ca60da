"""A query tree over the whole index at once: for every ruling whether it matches, and its score.

Leaves come from the engine as postings; everything above them is arithmetic on arrays as long as
the index (mask: bool, scores: float32).
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.query import And, AndMaybe, Every, Not, Or, Prefix, Query, Term, Wildcard

from app.search.nodes import DateWithin, Exact, Near, Together
from app.search.query_fields import EXACT_FIELDS, ZONES_OF
from app.search.verify import holds, spans
from indexer.index.analysis import is_han, query_grams
from indexer.index.fields import ZONES

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]
_BOOST = {zone.name: zone.boost for zone in ZONES}
_EXACT_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Matches:
    mask: Mask
    scores: Scores


class Postings(Protocol):
    """What an engine gives the evaluator."""

    @property
    def size(self) -> int:
        """How many rulings the index holds."""

    def scored(self, zone: str, term: str) -> tuple[NDArray[np.int32], Scores]:
        """Rulings with ``term`` in a text field, and the BM25 score of each."""

    def matching(self, field: str, query: Query) -> NDArray[np.int32]:
        """Rulings with any term of a field that a prefix or wildcard matches."""

    def exact(self, field: str, value: str) -> NDArray[np.int32]:
        """Rulings with a value in a field of whole values."""

    def dated(self, first: int, last: int) -> NDArray[np.int32]:
        """Rulings that may have been decided between two days."""

    def segments(self, ruling: int) -> Sequence[tuple[str, str]]:
        """The folded text of a ruling: (zone, text) pairs."""

    def contains(self, ruling: int, text: bytes) -> bool:
        """Whether the bytes stand anywhere in a ruling's folded text: a cheap look before reading."""


def evaluate(query: Query, postings: Postings) -> Matches:
    """Every ruling that matches ``query``, with its score; zero where it does not."""
    match query:
        case And():
            return _all_of(query, postings)
        case Or():
            return _any_of(query, postings)
        case Not():
            mask = ~evaluate(query.query, postings).mask
            return Matches(mask, np.zeros(postings.size, np.float32))
        case AndMaybe():
            must, may = evaluate(query.a, postings), evaluate(query.b, postings)
            return Matches(must.mask, np.where(must.mask, must.scores + may.scores, np.float32(0)))
        case Every():
            return Matches(np.ones(postings.size, np.bool_), np.zeros(postings.size, np.float32))
        case _:
            return _leaf(query, postings)


def _all_of(query: And, postings: Postings) -> Matches:
    mask = np.ones(postings.size, np.bool_)
    scores = np.zeros(postings.size, np.float32)
    for part in query:
        found = evaluate(part, postings)
        mask &= found.mask
        scores += found.scores
    return Matches(mask, np.where(mask, scores, np.float32(0)))


def _any_of(query: Or, postings: Postings) -> Matches:
    mask = np.zeros(postings.size, np.bool_)
    scores = np.zeros(postings.size, np.float32)
    for part in query:
        found = evaluate(part, postings)
        mask |= found.mask
        scores += found.scores
    return Matches(mask, scores)


def _leaf(query: Query, postings: Postings) -> Matches:
    match query:
        case Term() if query.fieldname in EXACT_FIELDS:
            return _flat(postings.exact(query.fieldname, query.text), query.boost, postings)
        case Term():
            return _word(query, postings)
        case Exact():
            return _verified(query, query_grams(query.text), query.fieldname, postings)
        case Near():
            return _near(query, postings)
        case Together():
            return _together(query, postings)
        case Prefix() | Wildcard():
            return _patterned(query, postings)
        case DateWithin():
            return _flat(postings.dated(query.first, query.last), 0.0, postings)
        case _:
            raise TypeError(f"no rule for {type(query).__name__}")


def _word(query: Term, postings: Postings) -> Matches:
    """A word by its postings, and in Chinese also wherever its characters stand, however segmented."""
    mask = np.zeros(postings.size, np.bool_)
    scores = np.zeros(postings.size, np.float32)
    for zone in ZONES_OF[query.fieldname]:
        rulings, weights = postings.scored(zone, query.text)
        mask[rulings] = True
        scores[rulings] += weights * np.float32(_BOOST[zone] * query.boost)
    if is_han(query.text):
        exact = Exact(query.fieldname, query.text, query.boost * 0.1)
        found = _verified(exact, query_grams(query.text), query.fieldname, postings, known=mask)
        mask |= found.mask
        scores += found.scores
    return Matches(mask, scores)


def _verified(
    query: Exact, needed: Iterable[str], field: str, postings: Postings, known: Mask | None = None
) -> Matches:
    """Rulings in which a text stands exactly: narrowed by its n-grams, then read."""
    candidates = _having(needed, postings)
    if known is not None:
        candidates &= ~known
    wanted = query.text.encode()
    for ruling in np.flatnonzero(candidates):
        candidates[ruling] = postings.contains(int(ruling), wanted)
    return _read(candidates, field, postings, lambda text: len(spans(query, text)), query.boost)


def _patterned(query: Query, postings: Postings) -> Matches:
    """Words as they are written, not their stems: narrowed by the n-grams, which hold words whole, then read."""
    candidates = np.zeros(postings.size, np.bool_)
    candidates[postings.matching("grams", query)] = True
    return _read(candidates, query.fieldname, postings, lambda text: len(spans(query, text)), query.boost)


def _near(query: Near, postings: Postings) -> Matches:
    candidates = np.ones(postings.size, np.bool_)
    for word in query.words:
        candidates &= _word(Term(query.fieldname, word), postings).mask
    return _read(candidates, query.fieldname, postings, lambda text: len(spans(query, text)), query.boost)


def _together(query: Together, postings: Postings) -> Matches:
    left, right = evaluate(query.left, postings), evaluate(query.right, postings)
    field = getattr(query.left, "fieldname", None) or "text"
    found = _read(left.mask & right.mask, field, postings, lambda text: int(holds(query, text)), query.boost)
    return Matches(found.mask, np.where(found.mask, left.scores + right.scores, np.float32(0)))


def _read(candidates: Mask, field: str, postings: Postings, count: Callable[[str], int], boost: float) -> Matches:
    """Candidates in whose text ``count`` finds something, in the zones of a query field."""
    zones = set(ZONES_OF[field])
    mask = np.zeros(postings.size, np.bool_)
    scores = np.zeros(postings.size, np.float32)
    for ruling in np.flatnonzero(candidates):
        weight = sum(_BOOST[zone] * count(text) for zone, text in postings.segments(int(ruling)) if zone in zones)
        if weight:
            mask[ruling] = True
            scores[ruling] = _EXACT_WEIGHT * math.log1p(weight) * boost
    return Matches(mask, scores)


def _having(needed: Iterable[str], postings: Postings) -> Mask:
    mask = np.ones(postings.size, np.bool_)
    for gram in needed:
        here = np.zeros(postings.size, np.bool_)
        here[postings.exact("grams", gram)] = True
        mask &= here
    return mask


def _flat(rulings: NDArray[np.int32], score: float, postings: Postings) -> Matches:
    mask = np.zeros(postings.size, np.bool_)
    mask[rulings] = True
    return Matches(mask, mask.astype(np.float32) * np.float32(score))
