"""Where words stand: every place of every pair of Han characters, and of every word of another script.

A place is counted in UTF-16 code units from the beginning of an index's text (`columnar.rulings`). Arrays of
the ``.pos`` file, for ``u`` units of text:

=============================  ==============  ==========================================================
``pair.codes``                 uint32 [h]      pairs of Han characters that stand side by side, sorted: the
                                               first one's code in the upper half, the second one's in the
                                               lower; 0 there for a character with none after it
``word.terms, word.term_ends``                 words of other scripts as they are written, cut at apostrophes
                                               (`postings.SortedTerms`)
``pair.ends``, ``word.ends``   int [h+1]       where each one's part of ``places`` begins, and the end
``pair.packed``, …             bool [h]        whether that part is packed
``pair.places``, ``word.…``    uint32          places, rising, as they are, or packed
``word.joined``                uint32          places of words behind an apostrophe, rising
``tokens.bits``, ``.ranks``    uint64, uint32  a bit for each unit that a word begins at, the lowest first; and
                                               how many such bits stand before each two numbers, and at the end
``sentences``                                  where each sentence begins (`columnar.pieces`)
=============================  ==============  ==========================================================

A packed list says how many chunks of 65,536 units have any of its places, then for each chunk its number in the
upper half and in the lower how many places it has, less one, and at last the lower halves of all places, two in
each number. Where chunks and places are few apart, the highest bit of the first number is set, the second is the
number of the first chunk, and each chunk has 16 bits only, for how much higher its number is than the one before
and how many places it has, less one, two in each number. Either is laid out again by arithmetic on whole arrays;
chunks that nobody asks for are not touched.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.index.columnar.arrays import ArrayFile, ArraysWriter, ranges
from indexer.index.columnar.pieces import Pieces
from indexer.index.columnar.postings import SortedTerms

PLACES = ".pos"
MAX_UNITS = (1 << 32) - (1 << 18)
"""What an index's text may hold: its places are numbers of 32 bits, with room behind for what may be near."""
CHUNK_BITS = 16
_SHORT_BITS = 8
_LOW, _SHORT_LOW, _SHORT = np.uint32(0xFFFF), np.uint16(0xFF), np.uint32(1 << 31)
_RANK_BITS = 7
_RANKED = 1 << _RANK_BITS
"""Units from one of ``ranks`` to the next."""
Units = NDArray[np.uint32]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


def packed(counts: Numbers, places: Units) -> tuple[Units, Numbers, Flags]:
    """Lists of places, one after the other, as they are kept: the numbers, how long each became, and which are packed.

    ``counts`` says how long each list is; none is empty, and each rises.
    """
    lists = np.repeat(np.arange(len(counts)), counts)
    chunks = places >> CHUNK_BITS
    begins = np.flatnonzero(np.concatenate([[True], (lists[1:] != lists[:-1]) | (chunks[1:] != chunks[:-1])]))
    of, numbers, sizes = lists[begins], chunks[begins].astype(np.int64), np.diff(np.append(begins, len(places)))
    chunked, halves = np.bincount(of, minlength=len(counts)), (counts + 1) // 2
    firsts = np.cumsum(chunked) - chunked
    steps = np.diff(numbers, prepend=0)
    steps[firsts] = 0
    short = np.maximum.reduceat(np.maximum(steps, sizes - 1), firsts) < 1 << _SHORT_BITS
    heads = np.where(short, 2 + (chunked + 1) // 2, 1 + chunked)
    pack = heads + halves < counts
    lengths = np.where(pack, heads + halves, counts).astype(np.int64)
    starts = np.cumsum(lengths) - lengths
    kept = np.zeros(int(lengths.sum()), np.uint32)
    kept[ranges(starts[~pack], counts[~pack])] = places[~pack[lists]]
    short &= pack
    kept[starts[pack]] = chunked[pack] | short[pack] * _SHORT
    kept[starts[short] + 1] = numbers[firsts[short]]
    lows = kept.view(np.uint16)
    lows[ranges(2 * starts[short] + 4, chunked[short])] = (steps << _SHORT_BITS | sizes - 1)[short[of]]
    wide = pack & ~short
    kept[ranges(starts[wide] + 1, chunked[wide])] = (numbers << CHUNK_BITS | sizes - 1)[wide[of]]
    lows[ranges(2 * (starts + heads)[pack], counts[pack])] = (places[pack[lists]] & _LOW).astype(np.uint16)
    return kept, lengths, pack


def write_marks(writer: ArraysWriter, name: str, pieces: Iterable[Flags]) -> None:
    """Flags of all units, in pieces, as bits and ranks."""
    ranks = [np.zeros(1, np.uint32)]
    writer.add_pieces(f"{name}.bits", np.uint64, _bits(pieces, ranks))
    whole = np.concatenate(ranks)
    writer.add(f"{name}.ranks", np.cumsum(whole, dtype=np.uint32))


def _bits(pieces: Iterable[Flags], ranks: list[NDArray[np.uint32]]) -> Iterator[NDArray[np.uint64]]:
    rest = np.zeros(0, np.bool_)
    for piece in pieces:
        rest = np.concatenate([rest, piece])
        whole = len(rest) // _RANKED * _RANKED
        yield _bits_of(rest[:whole], ranks)
        rest = rest[whole:]
    yield _bits_of(np.concatenate([rest, np.zeros(-len(rest) % _RANKED, np.bool_)]), ranks)


def _bits_of(flags: Flags, ranks: list[NDArray[np.uint32]]) -> NDArray[np.uint64]:
    ranks.append(flags.reshape(-1, _RANKED).sum(axis=1, dtype=np.uint32))
    return np.packbits(flags, bitorder="little").view(np.uint64)


class Marks:
    """Bits of a file, one for each unit of the text."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._bits = file[f"{name}.bits"].astype(np.uint64, copy=False)
        self._ranks = file[f"{name}.ranks"].astype(np.uint32, copy=False)

    def at(self, places: Units) -> Flags:
        """Whether each place is marked."""
        bits = self._bits[places >> 6] >> (places & 63).astype(np.uint64)
        return np.asarray(bits & np.uint64(1), np.bool_)

    def upto(self, places: Units) -> Numbers:
        """How many marks stand up to each place, itself included."""
        words = (places >> 6).astype(np.intp)
        inside = self._bits.take(words) << (np.uint64(63) - (places & 63).astype(np.uint64))
        counts: Numbers = self._ranks.take(words >> 1).astype(np.int64)
        counts += np.bitwise_count(inside)
        odd = words & 1
        counts += np.bitwise_count(self._bits.take(words - odd)) * odd
        return counts

    def may_reach(self, low: Units, high: Units, room: int) -> Numbers:
        """Which of some places, rising, may have so few marks between them and others behind, which rise too.

        Where more blocks lie between two places than marks may, one at least must be without any mark. Such
        blocks are few, and most pairs of places are far apart: so these are told by their distance alone.
        """
        near = high - low <= (room + 3) << _RANK_BITS  # of a place before its ``low`` the difference is beyond any
        near |= self._spanning(low, high)
        at = np.flatnonzero(near)
        before = self._ranks.take((low[at] >> _RANK_BITS).astype(np.intp) + 1)
        after = self._ranks.take((high[at] >> _RANK_BITS).astype(np.intp))
        return at[after <= before + np.uint32(room)]

    def _spanning(self, low: Units, high: Units) -> Flags:
        """Between which places and others behind them there is a block without any mark."""
        ends = high >> _RANK_BITS
        first, last = np.searchsorted(ends, self._empty, "right"), np.searchsorted(low >> _RANK_BITS, self._empty)
        some = first < last
        edges = np.zeros(len(low) + 1, np.int32)
        np.add.at(edges, first[some], 1)
        np.add.at(edges, last[some], -1)
        return np.cumsum(edges[:-1]) > 0

    @cached_property
    def _empty(self) -> Units:
        """The blocks, of which one begins at each of ``ranks``, that have no mark."""
        return np.flatnonzero(self._ranks[1:] == self._ranks[:-1]).astype(np.uint32)

    def around(self, places: Units, room: int) -> tuple[Units, Units]:
        """Where stretches of text begin and end that hold all marks up to ``room`` away from each place, and more."""
        here = (places >> _RANK_BITS).astype(np.intp)
        first, last = np.maximum(here - 1, 0), np.minimum(here + 1, len(self._ranks) - 2)
        left, before = np.arange(len(here)), self._ranks.take(here)
        while len(left := left[(first[left] > 0) & (before[left] - self._ranks.take(first[left]) <= room)]):
            first[left] -= 1
        left, after = np.arange(len(here)), self._ranks.take(here + 1)
        end = len(self._ranks) - 2
        while len(left := left[(last[left] < end) & (self._ranks.take(last[left] + 1) - after[left] <= room)]):
            last[left] += 1
        ends = np.minimum((last + 1) << _RANK_BITS, MAX_UNITS - 1)
        return (first << _RANK_BITS).astype(np.uint32), ends.astype(np.uint32)


class PlaceLists:
    """The lists of one kind, ``pair`` or ``word``, read from the mapped file."""

    def __init__(self, file: ArrayFile, kind: str) -> None:
        self._ends = file[f"{kind}.ends"].data
        self._packed = file[f"{kind}.packed"].data
        self._places = file[f"{kind}.places"].astype(np.uint32, copy=False)

    def size(self, lists: range) -> int:
        """How much room some lists take that follow each other, which tells how many places they have."""
        return int(self._ends[lists.stop] - self._ends[lists.start]) if lists else 0

    def together(self, lists: range, wanted: Flags | None = None) -> Units:
        """The places of lists that follow each other, rising."""
        ends = np.array(self._ends[lists.start : lists.stop + 1], np.int64)
        pack = np.array(self._packed[lists.start : lists.stop], np.bool_)
        plain = self._places[ends[0] : ends[-1]][np.repeat(~pack, np.diff(ends))]
        found = [plain, *(self.of(lists.start + each, wanted) for each in np.flatnonzero(pack).tolist())]
        return np.sort(np.concatenate(found))

    def of(self, list_: int, wanted: Flags | None = None) -> Units:
        """The places of a list, rising; of a packed one only those in ``wanted`` chunks, if these are given."""
        kept = self._places[self._ends[list_] : self._ends[list_ + 1]]
        if not self._packed[list_]:
            return kept
        count = int(kept[0] & ~_SHORT)
        if kept[0] & _SHORT:
            first = 2 + (count + 1) // 2
            entries = kept[2:first].view(np.uint16)[:count]
            chunks = kept[1] + np.cumsum(entries >> _SHORT_BITS, dtype=np.uint32)
            counts = (entries & _SHORT_LOW).astype(np.int64) + 1
        else:
            first = 1 + count
            chunks = kept[1:first] >> CHUNK_BITS
            counts = (kept[1:first] & _LOW).astype(np.int64) + 1
        lows = kept[first:].view(np.uint16)
        if wanted is None:
            lows = lows[: int(counts.sum())]
        else:
            chosen = np.flatnonzero(wanted[chunks])
            starts = (np.cumsum(counts) - counts)[chosen]
            chunks, counts = chunks[chosen], counts[chosen]
            lows = lows[ranges(starts, counts)]
        places: Units = np.repeat(chunks << CHUNK_BITS, counts)
        places |= lows
        return places


class Places:
    """The lists of an index, by pair and by word, and what begins at each unit."""

    def __init__(self, file: ArrayFile) -> None:
        self._codes = file["pair.codes"].astype(np.uint32, copy=False)
        self._pairs, self._of_words = PlaceLists(file, "pair"), PlaceLists(file, "word")
        self.words = SortedTerms(file, "word")
        self.joined = file["word.joined"].astype(np.uint32, copy=False)
        """The places of words behind an apostrophe."""
        self.tokens, self.sentences = Marks(file, "tokens"), Pieces(file, "sentences")

    def pair(self, code: int) -> tuple[PlaceLists, range]:
        """The list of a pair of characters (see ``pair.codes``), if there is one."""
        place = int(np.searchsorted(self._codes, np.uint32(code)))
        there = place < len(self._codes) and int(self._codes[place]) == code
        return self._pairs, range(place, place + there)

    def beginning(self, character: int) -> tuple[PlaceLists, range]:
        """The lists of all pairs that begin with a character."""
        first, last = np.searchsorted(self._codes, np.array([character << 16, (character + 1) << 16], np.uint64))
        return self._pairs, range(int(first), int(last))

    def word(self, word: str) -> tuple[PlaceLists, range]:
        """The list of a word, if there is one."""
        place = self.words.index(word.encode())
        return self._of_words, range(0) if place is None else range(place, place + 1)

    def with_prefix(self, prefix: str) -> tuple[PlaceLists, range]:
        """The lists of all words that begin with a text."""
        encoded = prefix.encode()
        first = self.words.find(encoded)
        last = self.words.find(encoded + b"\xff") if encoded else len(self.words)
        return self._of_words, range(first, last)
