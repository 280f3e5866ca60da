"""Where the leaves of a query stand in an index's text, told by its lists of places (`columnar.places`).

The rarest pair or word of a text is looked up; whether the rest stands around it is compared on the text
itself, for all places at once. No ruling is read from beginning to end.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import translate
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Prefix, Query, Term, Wildcard

from app.search.matches import Rulings
from app.search.nodes import Exact
from indexer.index.analysis import HAN, WORD, is_han, is_word_unit, stem
from indexer.index.columnar.places import CHUNK_BITS, Flags, Numbers, PlaceLists, Places, Units
from indexer.index.columnar.rulings import Rulings as RulingArrays

_RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[^\W_{HAN}]+)")
_WORTH_CHOOSING = 4
"""Where less than one in so many chunks is wanted, the others are not laid out."""
_LONGEST_WORD = 200
_NONE = np.zeros(0, np.uint32)
_FIRST_HALF, _SECOND_HALF = 0xD800, 0xDC00
Check = Callable[[], None]
"""Raises `Stopped` when time is up."""
Lists = tuple[PlaceLists, range]


class Stopped(Exception):
    """Time is up."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Places, rising, among which are all those wanted."""

    places: Units
    kept: Callable[[Units], Units] | None = None
    """Those of some of the places that are wanted; None where all are."""

    def __len__(self) -> int:
        return len(self.places)

    def certain(self) -> Units:
        """All that are wanted."""
        return self.places if self.kept is None else self.kept(self.places)

    def wanted(self, chosen: Units) -> Flags:
        """Which of some of the places, rising, are wanted."""
        return np.ones(len(chosen), np.bool_) if self.kept is None else among(chosen, self.kept(chosen))

    def among(self, chosen: NDArray[np.integer]) -> "Likely":
        """Some of the places, by where they stand in the list."""
        return Likely(self.places[chosen], self.kept)


class LeafPlaces:
    """The places of leaves; ``check`` is called between pieces of work."""

    def __init__(self, places: Places, rulings: RulingArrays) -> None:
        self._places, self._units, self._joined = places, rulings.units, places.joined
        self.tokens, self.sentences = places.tokens, places.sentences
        self.rulings, self.segments = rulings.rulings, rulings.segments

    def of(self, leaf: Query, within: Rulings | None, check: Check) -> Units:
        """Where a leaf of a query stands, rising; of rulings that are not among those ``within``, maybe not all."""
        return self.likely(leaf, within, check).certain()

    def likely(self, leaf: Query, within: Rulings | None, check: Check) -> Likely:
        """The same, and maybe some more places, which are found sooner."""
        wanted = None if within is None else self._chunks(within)
        match leaf:
            case Exact():
                return self._text(leaf.text, wanted, check)
            case Term() if is_han(leaf.text):
                return self._text(leaf.text, wanted, check)
            case Term():
                return Likely(self._stemmed(leaf.text, wanted, check))
            case Prefix() | Wildcard():
                return Likely(self._patterned(leaf, wanted, check))
            case _:
                raise TypeError(f"no rule for {type(leaf).__name__}")

    def _chunks(self, rulings: Rulings) -> Flags | None:
        """The chunks of the text that some rulings stand in; None where they are most."""
        begins = self.rulings.begins
        count = (len(self._units) >> CHUNK_BITS) + 2
        if len(rulings) * _WORTH_CHOOSING > min(count, len(begins)):
            return None
        edges = np.zeros(count + 1, np.int32)
        np.add.at(edges, begins[rulings] >> CHUNK_BITS, 1)
        np.add.at(edges, (begins[rulings + 1] >> CHUNK_BITS) + 1, -1)
        return np.cumsum(edges) > 0

    def _text(self, text: str, wanted: Flags | None, check: Check) -> Likely:
        """Where a folded text stands; a Latin word is never cut in two."""
        sought = np.frombuffer(text.encode("utf-16-le"), np.uint16)
        anchors = list(self._anchors(text))
        if not anchors:
            return Likely(_NONE)
        offset, length, lists = min(anchors, key=lambda anchor: _size(anchor[2]))
        at = _union(lists, wanted, check)
        first, last = np.searchsorted(at, [offset, len(self._units) - len(sought) + offset])
        others = [place for place in reversed(range(len(sought))) if not offset <= place < offset + length]

        def kept(at: Units) -> Units:
            found = at.astype(np.intp)
            for place in others:
                found = found[self._units.take(found + place) == sought[place]]
            check()
            return self._whole_words(found.astype(np.uint32), text)

        return Likely(at[first:last] - np.uint32(offset), kept if others or not is_han(text) else None)

    def _anchors(self, text: str) -> Iterator[tuple[int, int, Lists]]:
        """Pairs and words of a text: where each begins, how long it is in units, and its places.

        A Han character alone has the places of all pairs that it begins.
        """
        shift = [0]
        for character in text:
            shift.append(shift[-1] + 1 + (character > "\uffff"))
        for run in _RUN.finditer(text):
            start = shift[run.start()]
            if run.lastgroup == "word":
                yield start, shift[run.end()] - start, self._places.word(run[0])
            elif len(run[0]) == 1:
                yield start, 1, self._places.beginning(ord(run[0]))
            else:
                codes = [ord(character) for character in run[0]]
                for place, (first, second) in enumerate(pairwise(codes)):
                    yield start + place, 2, self._places.pair(first << 16 | second)

    def _whole_words(self, at: Units, text: str) -> Units:
        """Those places where the text is not the end or the beginning of a longer Latin word."""
        if WORD.match(text[0]):
            at = at[(at == 0) | ~self._in_word(at - np.uint32(1))]
        if WORD.match(text[-1]):
            at = at[~self._in_word(at + np.uint32(len(text.encode("utf-16-le")) // 2))]
        return at

    def _in_word(self, at: Units) -> Flags:
        """Whether each place belongs to a word that is not Han; of characters of two units it is read."""
        units = self._unit(at)
        inside: Flags = is_word_unit(units)
        for place in np.flatnonzero(_is_half(units)).tolist():
            second = units[place] >= _SECOND_HALF
            inside[place] = WORD.match(self._read(int(at[place]) - int(second), 2)) is not None
        return inside

    def _stemmed(self, term: str, wanted: Flags | None, check: Check) -> Units:
        """Where the words of a stem stand; stemming changes at most a word's end (`indexer.index.analysis.stem`)."""
        alone = not (term.isascii() and term.isalpha())  # such a word is its own stem
        lists, places = (
            self._places.word(term) if alone else self._places.with_prefix(term[:4][: max(1, len(term) - 1)])
        )
        found = [_NONE]
        for place in places:
            word = self._places.words.term(place).decode()
            same = stem(word) == term
            if same or term.startswith(word):  # don of don't
                check()
                at = lists.of(place, wanted)
                at = at[~self._is_joined(at)]
                ends = at + np.uint32(len(word.encode("utf-16-le")) // 2)
                other = self._is_joined(ends + np.uint32(1))
                other[other] = ~self._possessive(ends[other])
                read = [] if alone else [each for each in at[other].tolist() if stem(self._word_at(each)) == term]
                found += [at[~other] if same else _NONE, np.array(read, np.uint32)]
        return np.sort(np.concatenate(found))

    def _is_joined(self, at: Units) -> Flags:
        """Whether a word behind an apostrophe begins at each place; no place is there twice."""
        if not len(at) or len(at) < len(self._joined):
            return among(at, self._joined)
        joined = np.zeros(len(at), np.bool_)
        found = np.minimum(np.searchsorted(at, self._joined), len(at) - 1)
        joined[found[at[found] == self._joined]] = True
        return joined

    def _possessive(self, ends: Units) -> Flags:
        """Whether of a word that goes on behind an apostrophe just an s follows there."""
        after = ends + np.uint32(2)
        is_s: Flags = self._unit(ends + np.uint32(1)) == ord("s")
        return is_s & ~self._in_word(after) & ~self._is_joined(after + np.uint32(1))

    def _unit(self, at: Units) -> NDArray[np.uint16]:
        """What stands at some places; beyond the end of the text the line feed that it ends with."""
        return self._units[np.minimum(at, np.uint32(len(self._units) - 1))]

    def _patterned(self, query: Prefix | Wildcard, wanted: Flags | None, check: Check) -> Units:
        """Where words stand that a prefix or wildcard matches."""
        text = str(query.text)
        literal = re.split(r"[*?\[]", text)[0] if isinstance(query, Wildcard) else text
        head = _RUN.match(literal)
        if head is None:
            return _NONE
        if head.lastgroup == "han":
            at = self._text(literal, wanted, check).certain()
            at = at[self.tokens.at(at)]
        else:
            at = _union(self._places.with_prefix(head[0]), wanted, check)
            at = at[~self._is_joined(at)]
        if isinstance(query, Prefix) and head.lastgroup == "word" and head[0] == text:
            return at
        pattern = re.compile(translate(text)) if isinstance(query, Wildcard) else re.compile(re.escape(text))
        kept: list[int] = []
        for number, place in enumerate(at.tolist()):
            if not number % 1024:
                check()
            if pattern.match(self._word_at(place)):
                kept.append(place)
        return np.array(kept, np.uint32)

    def _word_at(self, place: int) -> str:
        """The word that begins at a place."""
        text = self._read(place, _LONGEST_WORD)
        if word := WORD.match(text):
            return word[0]
        run = _RUN.match(text)
        length = len(run[0]) if run else 1
        starts = self.tokens.at(np.arange(place + 1, place + length, dtype=np.uint32))
        return text[: int(starts.argmax()) + 1 if starts.any() else length]

    def _read(self, place: int, units: int) -> str:
        return self._units[place : place + units].tobytes().decode("utf-16-le", "replace")


def _size(lists: Lists) -> int:
    return lists[0].size(lists[1])


def _union(lists: Lists, wanted: Flags | None, check: Check) -> Units:
    """The places of several lists together, rising."""
    check()
    of, numbers = lists
    if len(numbers) > 1:
        return of.together(numbers, wanted)
    return of.of(numbers.start, wanted) if numbers else _NONE


def _is_half(units: NDArray[np.uint16]) -> Flags:
    """Which units are half of a character of two."""
    return np.asarray((units & np.uint16(0xF800)) == _FIRST_HALF)


def among(places: Units | Numbers, others: Units | Numbers) -> Flags:
    """Which of some places or other numbers are among others; both rise."""
    if not len(others):
        return np.zeros(len(places), np.bool_)
    return np.asarray(others[np.minimum(np.searchsorted(others, places), len(others) - 1)] == places)
