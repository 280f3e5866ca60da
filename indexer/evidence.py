"""What speaks for each legal field in a ruling: its cause, statutes, patent classes, and weighted words.

A cause or a statute that the registry of fields names decides alone. Otherwise evidence is added up:
a word counts its weight (`field_words.tsv`, 1 to 4) by the part it stands in, a little more when it
is repeated; an IPC class printed in a patent case counts `CLASS_WEIGHT`. The sum must reach a
threshold that grows with the length of the text, since in a long one anything is mentioned once.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from indexer.domain.names import Names
from indexer.domain.registry import cause_path, causes, legal_fields, statutes
from indexer.domain.ruling import Confidence, Part, Ruling

THRESHOLD = 5.0
"""Points that a text of up to a thousand characters needs; half as many again for each tenfold length."""
STRONG = 3
"""The weight from which a word may carry an inference; weaker ones only add to it."""
SURE = 2.0
"""So many times the threshold make an inference one of high confidence."""
CLASS_WEIGHT = 8.0
_REPEATED = 0.2
"""What each further occurrence adds, as a share of the weight, up to five."""
TITLE = "title"
_PLACE_FACTORS: Mapping[str, float] = {
    TITLE: 2.0,
    **dict.fromkeys((Part.HEADNOTE, Part.ISSUES, Part.REASONING, Part.HOLDINGS, Part.DISPOSITION), 1.0),
    **dict.fromkeys((Part.FACTS, Part.EVIDENCE, Part.CLAIMS, Part.DEFENCE, Part.UNSEGMENTED), 0.7),
    **dict.fromkeys((Part.PROCEDURE, Part.FIRST_INSTANCE, Part.LEGAL_BASIS), 0.5),
}
"""How much a word counts by where it stands; in other parts (names, signatures) nothing."""
OWN_WORDS = frozenset(place for place, factor in _PLACE_FACTORS.items() if factor >= 1)
_ABOUT = OWN_WORDS | {Part.UNSEGMENTED}
RIGHTS = re.compile(
    "专利|商标|著作权|版权|不正当竞争|垄断|新品种|品种权|商业秘密|技术秘密|知识产权|布图设计|网络传播权"
)
"""What a dispute must be about for words to tell its field; `WITHOUT_RIGHTS` lie partly outside of it."""
WITHOUT_RIGHTS = frozenset({"ai", "data"})
_CLASSES: Mapping[str, str] = {
    "A01H": "seeds", "A61B": "biomedicine", "A61F": "biomedicine", "A61J": "biomedicine", "A61K": "biomedicine",
    "A61L": "biomedicine", "A61M": "biomedicine", "A61N": "biomedicine", "A61P": "biomedicine",
    "C07D": "biomedicine", "C07K": "biomedicine", "C12N": "biomedicine", "C12Q": "biomedicine",
    "G06N": "ai", "H01L": "semiconductor", "H04B": "communications", "H04L": "communications",
    "H04M": "communications", "H04W": "communications",
}  # fmt: skip
"""IPC subclasses (WIPO, International Patent Classification) that lie within a field."""
_CLASS = re.compile(r"([A-H](?<![A-Z0-9].)\d{2}[A-Z])\s?\d{1,4}/\d{2,}")
_LATIN = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a field."""

    kind: str
    """``cause``, ``statute``, ``class`` or ``word``."""
    said: Names
    place: str
    """``title`` or a part; empty for a cause or a statute."""
    paragraph: str
    """The paragraph's id where it counts most, or empty."""
    times: int
    weight: float
    points: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """All that speaks for one field."""

    field: str
    evidence: tuple[Evidence, ...]
    """The strongest first."""
    threshold: float

    @property
    def decided(self) -> bool:
        """Whether a cause or a statute decides alone."""
        return any(each.kind in ("cause", "statute") for each in self.evidence)

    @property
    def told(self) -> bool:
        """Whether it stands on more than hints: the title, a strong word of the court's own, or two said by anyone."""
        strong = [each for each in self.evidence if each.weight >= STRONG]
        named = any(each.place == TITLE and each.weight > 1 for each in self.evidence)
        return named or len(strong) > 1 or any(each.place in OWN_WORDS for each in strong)

    @property
    def score(self) -> float:
        """The points together."""
        return sum(each.points for each in self.evidence)

    @property
    def confidence(self) -> Confidence | None:
        """How sure the field is; None if it is not given."""
        if self.decided or (self.told and self.score >= SURE * self.threshold):
            return Confidence.HIGH
        return Confidence.MEDIUM if self.told and self.score >= self.threshold else None


def weigh(ruling: Ruling) -> tuple[Weighed, ...]:
    """What speaks for each field, in the registry's order; fields for which nothing does are left out."""
    named = {step for tag in ruling.causes for step in cause_path(tag.value)}
    cited = {provision.statute for provision in ruling.statutes}
    places = list(_places(ruling))
    threshold = THRESHOLD * (1 + 0.5 * math.log10(max(1.0, sum(len(text) for _, _, text in places) / 1000)))
    found = _words(places)
    if found.keys() - WITHOUT_RIGHTS and not any(RIGHTS.search(text) for place, _, text in places if place in _ABOUT):
        found = {field: evidence for field, evidence in found.items() if field in WITHOUT_RIGHTS}
    weighed = []
    for field in legal_fields().values():
        evidence = [
            *(
                Evidence("cause", causes()[each].name, "", "", 1, threshold, threshold)
                for each in sorted(named.intersection(field.causes))
            ),
            *(
                Evidence("statute", statutes()[each].name, "", "", 1, threshold, threshold)
                for each in sorted(cited.intersection(field.statutes))
            ),
            *sorted(found.get(field.id, []), key=lambda each: -each.points),
        ]
        if evidence:
            weighed.append(Weighed(field.id, tuple(evidence), threshold))
    return tuple(weighed)


def _places(ruling: Ruling) -> Iterable[tuple[str, str, str]]:
    """(place, paragraph, text) of all that is read; English counts where it is a ruling's own words or its title."""
    yield TITLE, "", f"{ruling.title.zh or ''}\n{ruling.title.en or ''}\n{ruling.cause.zh or ''}"
    for part, paragraph in ruling.paragraphs:
        if part in _PLACE_FACTORS:
            yield part.value, paragraph.id, paragraph.text


def _words(places: Sequence[tuple[str, str, str]]) -> dict[str, list[Evidence]]:
    times: Counter[tuple[str, str]] = Counter()
    best: dict[tuple[str, str], tuple[float, str, str, float]] = {}

    def count(field: str, said: str, weight: float, place: str, paragraph: str) -> None:
        times[field, said] += 1
        points = weight * _PLACE_FACTORS[place]
        if points > best.get((field, said), (0.0,))[0]:
            best[field, said] = points, place, paragraph, weight

    for number, said, weights in _said([text for _, _, text in places]):
        for field, weight in weights.items():
            count(field, said, weight, *places[number][:2])
    found: dict[str, list[Evidence]] = {}
    for (field, said), (points, place, paragraph, strength) in best.items():
        many = times[field, said]
        kind = "class" if said in _CLASSES else "word"
        whole = points * (1 + _REPEATED * min(many - 1, 5))
        found.setdefault(field, []).append(Evidence(kind, Names(said, said), place, paragraph, many, strength, whole))
    return found


def _said(texts: Sequence[str]) -> list[tuple[int, str, Mapping[str, float]]]:
    """Each telling word or class with the number of its text and its weights: text by text, words before classes."""
    automaton, words = _automaton()
    whole = "\n".join(texts).replace("İ", "ı")  # no other character has two in lower case, which would move the rest
    lower = whole.lower()
    ends = list(accumulate(len(text) + 1 for text in texts))
    found: list[tuple[int, str, Mapping[str, float]]] = [
        (bisect_right(ends, start), *words[index])
        for index, start, end in automaton.find_matches_as_indexes(lower)
        if not _cut_off(lower, start, end)
    ]
    for match in _CLASS.finditer(whole) if "/" in whole else ():
        number = bisect_right(ends, match.start())
        if match[1] in _CLASSES and match.end() < ends[number]:
            found.append((number, match[1], {_CLASSES[match[1]]: CLASS_WEIGHT}))
    return sorted(found, key=lambda each: each[0])


def _cut_off(text: str, start: int, end: int) -> bool:
    """Whether a Latin word was found inside another."""
    if not _LATIN.match(text, start):
        return False
    return bool((start and _LATIN.match(text, start - 1)) or _LATIN.match(text, end))


@cache
def _automaton() -> tuple[AhoCorasick, list[tuple[str, dict[str, float]]]]:
    """All telling words at once, the longest first, each with its weight by field."""
    weights: dict[str, dict[str, float]] = {}
    for field in legal_fields().values():
        for word, weight in field.words.items():
            weights.setdefault(word, {})[field.id] = weight
    words = list(weights.items())
    lower = [word.lower() for word, _ in words]
    return AhoCorasick(lower, MatchKind.LeftmostLongest, implementation=Implementation.DFA), words
