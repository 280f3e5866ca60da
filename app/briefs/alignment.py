"""Words said to stand in a text, aligned with it: the same, nearly the same, the sense changed, or not there.

Everything is counted in words as `app.briefs.alphabet` cuts them: a Han character, a Latin word, a number.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from app.briefs.alphabet import Alphabet, Coded
from app.briefs.model import Agreement, Difference
from app.briefs.nearest import nearest
from app.briefs.negation import are_opposite, leaves_out_sense, negations, turn_round, without_negations
from indexer.domain.ruling import Paragraph, Part

LIKENESS = 0.85
"""From this similarity on, words count as the ruling's words with some characters changed."""
MAX_OMITTED = 200
"""So many words may lie between two parts of a quotation that an ellipsis joins."""
MAX_SILENT = 80
"""So many words may be left out without a mark for the quotation to be recognised all the same."""
_ELLIPSIS = re.compile(r"[\[［(（〔]?(?:\s*[…⋯]+\s*|\s*(?:\.\s?){3,}|。{3,}|·{3,})[\]］)）〕]?")
_LETTER = re.compile(r"\[(\w)\](?=\w)")
_SEPARATOR = "\x00"
_MAX_PLACES = 50
_RANK = [Agreement.EXACT, Agreement.FORMAL, Agreement.NEAR, Agreement.MEANING]

Preference = Callable[[Part], int]
"""Which of several places is meant: the part with the smallest number."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: ``code[first:last]`` of a source."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Alignment:
    agreement: Agreement
    place: Place
    differences: tuple[Difference, ...] = ()


class Source:
    """The paragraphs of a ruling in one language, as one string of words."""

    def __init__(self, paragraphs: Sequence[tuple[Part, Paragraph, str]], alphabet: Alphabet) -> None:
        self.alphabet = alphabet
        self._paragraphs = [(part, paragraph.id, alphabet.code(text)) for part, paragraph, text in paragraphs]
        self._offsets: list[int] = []
        pieces: list[str] = []
        length = 0
        previous: Part | None = None
        for part, _, coded in self._paragraphs:
            if previous not in (None, part):
                pieces.append(_SEPARATOR)
                length += 1
            self._offsets.append(length)
            pieces.append(coded.code)
            length += len(coded.code)
            previous = part
        self.code = "".join(pieces)
        self._pairs = {self.code[place : place + 2] for place in range(len(self.code) - 1)}

    def at(self, position: int) -> tuple[Part, str]:
        """The part and the id of the paragraph that a word stands in."""
        part, id, _ = self._paragraphs[max(0, bisect_right(self._offsets, position) - 1)]
        return part, id

    def text(self, place: Place) -> str:
        """The words of a place as they are printed, paragraphs on lines of their own."""
        return "\n".join(coded.slice(first, last) for coded, first, last in self._slices(place))

    def words(self, place: Place) -> tuple[str, ...]:
        """The words of a place, folded."""
        return tuple(word for coded, first, last in self._slices(place) for word in coded.words[first:last])

    def denial_before(self, place: Place) -> str:
        """The negation right before a place, nothing between: a quotation that begins after it leaves it out."""
        coded, first, _ = next(self._slices(place))
        size = 2 if coded.words[max(0, first - 2) : first] == ("没", "有") else 1
        before = first - size
        if before < 0 or coded.text[coded.ends[first - 1] : coded.starts[first]].strip(" "):
            return ""
        return coded.slice(before, first) if negations(coded.words, before, first) else ""

    def may_hold(self, code: str) -> bool:
        """Whether so many pairs of words are shared that looking for something near makes sense."""
        pairs = [code[place : place + 2] for place in range(len(code) - 1)]
        return sum(pair in self._pairs for pair in pairs) * 3 >= len(pairs)

    def _slices(self, place: Place) -> Iterator[tuple[Coded, int, int]]:
        for offset, (_, _, coded) in zip(self._offsets, self._paragraphs, strict=True):
            first, last = max(place.first - offset, 0), min(place.last - offset, len(coded.code))
            if first < last:
                yield coded, first, last


def align(quotation: str, source: Source, preference: Preference) -> Alignment | None:
    """How the words of a quotation stand in a source, or None when they don't, not even nearly."""
    text = _LETTER.sub(r"\1", quotation)
    marks = [mark.strip() for mark in _ELLIPSIS.findall(text)]
    pieces = [source.alphabet.code(piece) for piece in _ELLIPSIS.split(text)]
    # The mark before each piece; one that opens or closes the quotation joins nothing.
    marked = [(mark, piece) for mark, piece in zip(["", *marks], pieces, strict=True) if piece.code]
    if not marked:
        return None
    if len(marked) == 1:
        return _whole(marked[0][1], source, preference)
    return _spliced([piece for _, piece in marked], [mark for mark, _ in marked[1:]], source, preference)


def _whole(words: Coded, source: Source, preference: Preference) -> Alignment | None:
    candidates = _candidates(words, source)
    best = min(
        candidates, key=lambda each: (_RANK.index(each.agreement), _preferred(each, source, preference)), default=None
    )
    return best or _cut_silently(words, source, preference)


def _preferred(alignment: Alignment, source: Source, preference: Preference) -> tuple[int, int]:
    return preference(source.at(alignment.place.first)[0]), alignment.place.first


def _candidates(words: Coded, source: Source) -> list[Alignment]:
    """Every place where the words stand, else every place where they stand most nearly."""
    exact = [_same(words, place, source) for place in _occurrences(words.code, source.code)]
    if exact or not source.may_hold(words.code):
        return exact
    near = (_judged(words, Place(*found), source) for found in nearest(words.code, source.code))
    return [alignment for alignment in near if alignment is not None]


def _occurrences(code: str, text: str) -> list[Place]:
    places: list[Place] = []
    start = text.find(code)
    while start >= 0 and len(places) < _MAX_PLACES:
        places.append(Place(start, start + len(code)))
        start = text.find(code, start + 1)
    return places


def _same(words: Coded, place: Place, source: Source) -> Alignment:
    if denied := source.denial_before(place):
        return Alignment(Agreement.MEANING, place, (Difference("", denied),))
    said, held = words.slice(0, len(words.code)), source.text(place)
    alike = said.split() == held.split() and "\n" not in held
    return Alignment(Agreement.EXACT if alike else Agreement.FORMAL, place)


def _judged(words: Coded, place: Place, source: Source) -> Alignment | None:
    """Words that are not the same: how much differs, and does the sense?"""
    held = source.words(place)
    stretches = _stretches(words.code, source.code[place.first : place.last])
    differing = [(words.words[a:b], held[c:d]) for a, b, c, d in stretches]
    size = max(sum(map(len, words.words)), sum(map(len, held)))
    sense = any(negations(words.words, a, b) != negations(held, c, d) for a, b, c, d in stretches)
    sense = sense or any(are_opposite(said, is_) for said, is_ in differing)
    wide = [
        (words.words[max(0, a - 1) : b + 1], held[max(0, c - 1) : d + 1]) for a, b, c, d in stretches if a < b and c < d
    ]
    sense = sense or any(turn_round(said, is_) for said, is_ in wide)
    if sense:
        differing = [(without_negations(said), without_negations(is_)) for said, is_ in differing]
    cost = sum(Levenshtein.distance("".join(said), "".join(is_)) for said, is_ in differing)
    if 1 - cost / size < LIKENESS:
        return None
    differences = tuple(
        Difference(words.slice(a, b), source.text(Place(place.first + c, place.first + d))) for a, b, c, d in stretches
    )
    return Alignment(Agreement.MEANING if sense else Agreement.NEAR, place, differences)


def _stretches(said: str, held: str) -> list[tuple[int, int, int, int]]:
    """Where two codes differ, neighbouring operations joined."""
    found: list[tuple[int, int, int, int]] = []
    for each in Levenshtein.opcodes(said, held):
        a, b, c, d = each.src_start, each.src_end, each.dest_start, each.dest_end
        if each.tag == "equal":
            continue
        if found and found[-1][1] == a and found[-1][3] == c:
            found[-1] = (found[-1][0], b, found[-1][2], d)
        else:
            found.append((a, b, c, d))
    return found


def _spliced(fragments: list[Coded], joints: Sequence[str], source: Source, preference: Preference) -> Alignment | None:
    """Fragments that an ellipsis joins: each there, in order, close to one another?"""
    candidates = [sorted(_candidates(each, source), key=lambda c: c.place.first) for each in fragments]
    if not all(candidates):
        return None
    longest = max(range(len(fragments)), key=lambda index: len(fragments[index].code))
    chains = [chain for anchor in candidates[longest] if (chain := _chain(candidates, longest, anchor))]
    if not chains:  # each stands there, but in another order
        return Alignment(Agreement.MEANING, candidates[longest][0].place)
    chain = min(
        chains, key=lambda each: (each[-1].place.last - each[0].place.first, _preferred(each[0], source, preference))
    )
    return _joined(chain, joints, source)


def _chain(candidates: list[list[Alignment]], middle: int, anchor: Alignment) -> list[Alignment]:
    """The fragments nearest to the anchor before and after it, in order; empty when one is not there."""
    chain = [anchor]
    for options in candidates[middle + 1 :]:
        starts = [option.place.first for option in options]
        following = bisect_left(starts, chain[-1].place.last)
        if following == len(options):
            return []
        chain.append(options[following])
    for options in reversed(candidates[:middle]):
        before = [option for option in options if option.place.last <= chain[0].place.first]
        if not before:
            return []
        chain.insert(0, before[-1])
    return chain


def _joined(chain: list[Alignment], joints: Sequence[str], source: Source) -> Alignment:
    worst = max([Agreement.FORMAL, *(each.agreement for each in chain)], key=_RANK.index)
    differences = list(chain[0].differences)
    for joint, before, after in zip(joints, chain, chain[1:], strict=False):
        omitted = Place(before.place.last, after.place.first)
        far = omitted.last - omitted.first > MAX_OMITTED or _SEPARATOR in source.code[omitted.first : omitted.last]
        if far or leaves_out_sense(source.words(omitted)):
            worst = Agreement.MEANING
        if omitted.first < omitted.last:
            differences.append(Difference(joint.strip(), _shortened(source, omitted)))
        differences += after.differences
    return Alignment(worst, Place(chain[0].place.first, chain[-1].place.last), tuple(differences))


def _shortened(source: Source, place: Place) -> str:
    if place.last - place.first <= MAX_OMITTED:
        return source.text(place)
    head, tail = Place(place.first, place.first + 40), Place(place.last - 40, place.last)
    return f"{source.text(head)} […] {source.text(tail)}"


def _cut_silently(words: Coded, source: Source, preference: Preference) -> Alignment | None:
    """A quotation from which a stretch is left out without any mark."""
    code = words.code
    prefix = bisect_left(range(1, len(code) + 1), True, key=lambda size: code[:size] not in source.code)
    for size in range(prefix, max(prefix - 3, 3), -1):
        if len(code) - size < 4:
            continue
        for first in sorted(
            _occurrences(code[:size], source.code), key=lambda each: preference(source.at(each.first)[0])
        ):
            rest = source.code.find(code[size:], first.last, first.last + MAX_SILENT + len(code))
            if rest < 0 or _SEPARATOR in source.code[first.last : rest]:
                continue
            omitted = Place(first.last, rest)
            sense = leaves_out_sense(source.words(omitted))
            return Alignment(
                Agreement.MEANING if sense else Agreement.NEAR,
                Place(first.first, rest + len(code) - size),
                (Difference("", source.text(omitted)),),
            )
    return None
