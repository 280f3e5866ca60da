"""The questions that every engine is asked, drawn from the corpus itself; the same seed gives the same questions.

A question is said once, whatever the engine: words, a phrase, filters. `panli_text` is what a lawyer would type.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.search.glossary import query_words
from app.search.language import parse
from indexer.index.analysis import STOP_WORDS, analyse, fold, is_han, sentences
from indexer.index.fields import NOT_STATED
from tests.bench.corpus import rulings
from tests.bench.rows import Row, row_of, spaced_terms

SAMPLED = 1_500
"""Documents that words and their frequency are drawn from."""
_BANDS = {"rare": (0.0, 0.005), "mid": (0.01, 0.1), "common": (0.1, 0.6)}
"""Shares of the documents that hold a word."""
_FILTERED = ("year", "court", "level", "cause", "procedure", "outcome", "statute")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``words`` are terms of the index; how they are joined is the kind's."""

    kind: str
    words: tuple[str, ...] = ()
    phrase: str = ""
    """Folded text that must stand there."""
    barred: str = ""
    """A word that must not."""
    prefix: str = ""
    any_of: bool = False
    scope: str = ""
    """``/s`` or ``/p``: the words in one sentence or paragraph; ``~10``: within ten words."""
    part: str = ""
    """The part of the ruling that is searched; none is the whole text."""
    dates: tuple[int, int] | None = None
    """First and last day of decision, yyyymmdd."""
    filters: dict[str, str] = field(default_factory=dict)
    newest: bool = False
    """In the order of dates, newest first."""

    @property
    def panli_text(self) -> str:
        """The question in Panli's query language; filters and order are given beside it."""
        if self.phrase:
            return f'"{self.phrase}"'
        if self.prefix:
            return f"{self.prefix}*"
        if self.scope == "~10":
            return f'"{" ".join(self.words)}"~10'
        text = f" {'OR' if self.any_of else self.scope} ".join(self.words)
        text += f" -{self.barred}" if self.barred else ""
        text = f"{self.part}:{text}" if self.part else text
        return text + (f" date:{_day(self.dates[0])}..{_day(self.dates[1])}" if self.dates else "")


def questions(size: int, seed: int, count: int) -> dict[str, list[Question]]:
    """``count`` questions of each kind about the corpus of that size and seed, no two of a kind alike."""
    pool = _Pool(size, seed)
    return {kind: _distinct(kind, make, pool, count) for kind, make in _KINDS.items()}


class _Pool:
    """Documents drawn from the corpus, and their words by how frequent they are."""

    def __init__(self, size: int, seed: int) -> None:
        self.chance = random.Random(f"questions {seed}/{size}")
        numbers = sorted(self.chance.sample(range(size), min(SAMPLED, size)))
        self.rows: list[Row] = [row_of(next(rulings(number + 1, seed, number))) for number in numbers]
        frequency = Counter(term for row in self.rows for term in set(spaced_terms(row.text).split(" ")))
        self.share = {term: count / len(self.rows) for term, count in frequency.items() if _is_plain(term)}
        self.bands: dict[str, list[str]] = defaultdict(list)
        for term, share in sorted(self.share.items()):
            for band, (low, high) in _BANDS.items():
                if low < share <= high:
                    self.bands[band].append(term)
        self.phrases = self._frequent_phrases()

    def word(self, band: str) -> str:
        return self.chance.choice(self.bands[band] or sorted(self.share))

    def paragraph(self) -> str:
        return self.chance.choice(self.chance.choice(self.rows).text.split("\n"))

    def words_of(self, text: str, band: str = "") -> list[str]:
        low, high = _BANDS[band] if band else (0.002, 0.6)
        return [w for w in dict.fromkeys(spaced_terms(text).split(" ")) if low < self.share.get(w, 0) <= high]

    def _frequent_phrases(self) -> list[str]:
        seen: Counter[str] = Counter()
        for row in self.rows[:300]:
            seen.update({piece for paragraph in row.text.split("\n") for piece in _word_runs(paragraph, 8)})
        return sorted(text for text, count in seen.items() if count >= 0.05 * len(self.rows[:300]))


Maker = Callable[[_Pool], Question | None]


def _distinct(kind: str, make: Maker, pool: _Pool, count: int) -> list[Question]:
    found: dict[str, Question] = {}
    for _ in range(count * 40):
        if len(found) == count:
            break
        asked = make(pool)
        if asked is not None:
            found.setdefault(repr(asked), asked)
    return [_named(kind, asked) for asked in found.values()]


def _named(kind: str, asked: Question) -> Question:
    object.__setattr__(asked, "kind", kind)
    return asked


def _word(band: str) -> Maker:
    return lambda pool: Question("", (pool.word(band),))


def _any_of(count: int) -> Maker:
    def make(pool: _Pool) -> Question | None:
        words = dict.fromkeys(pool.word(pool.chance.choice(("mid", "common"))) for _ in range(count))
        return Question("", tuple(words), any_of=True) if len(words) == count else None

    return make


def _all_of(count: int) -> Maker:
    def make(pool: _Pool) -> Question | None:
        words = pool.words_of(pool.paragraph())
        return Question("", tuple(pool.chance.sample(words, count))) if len(words) >= count else None

    return make


def _phrase(pool: _Pool) -> Question | None:
    pieces = _word_runs(pool.paragraph(), 12)
    return Question("", phrase=pool.chance.choice(pieces)) if pieces else None


def _frequent_phrase(pool: _Pool) -> Question | None:
    return Question("", phrase=pool.chance.choice(pool.phrases)) if pool.phrases else None


def _phrase_anywhere(pool: _Pool) -> Question | None:
    text = pool.paragraph()
    length = pool.chance.randrange(4, 13)
    start = pool.chance.randrange(max(len(text) - length, 1))
    piece = text[start : start + length]
    return Question("", phrase=piece) if len(piece) == length and is_han(piece) else None


def _word_runs(text: str, longest: int) -> list[str]:
    """Stretches of two or more whole words side by side, 4 to ``longest`` characters, Chinese only."""
    tokens = analyse(text, search=False)
    found = []
    for first, token in enumerate(tokens):
        for last in tokens[first + 1 : first + 6]:
            piece = text[token.start : last.end]
            if 4 <= len(piece) <= longest and is_han(piece):
                found.append(piece)
    return found


def _without(pool: _Pool) -> Question | None:
    words = pool.words_of(pool.paragraph(), "common")
    barred = pool.word("mid")
    return Question("", (pool.chance.choice(words),), barred=barred) if words and barred not in words else None


def _together(scope: str) -> Maker:
    def make(pool: _Pool) -> Question | None:
        pieces = sentences(pool.paragraph())
        words = pool.words_of(pool.chance.choice(pieces)) if pieces else []
        return Question("", tuple(pool.chance.sample(words, 2)), scope=scope) if len(words) > 1 else None

    return make


def _near(pool: _Pool) -> Question | None:
    terms = [term for term in spaced_terms(pool.paragraph()).split(" ") if 0.002 < pool.share.get(term, 0) <= 0.6]
    pairs = [pair for pair in pairwise(terms) if pair[0] != pair[1] and not _overlap(*pair)]
    return Question("", pool.chance.choice(pairs), scope="~10") if pairs else None


def _prefix(pool: _Pool) -> Question | None:
    words = [word for word in pool.bands["rare"] + pool.bands["mid"] if word.isascii() and len(word) > 4]
    return Question("", prefix=pool.chance.choice(words)[:4]) if words else None


def _fielded(pool: _Pool) -> Question:
    return Question("", (pool.word(pool.chance.choice(("mid", "common"))),), part="reasoning")


def _dated(pool: _Pool) -> Question:
    first = pool.chance.randrange(2016, 2025) * 10_000 + pool.chance.randrange(1, 13) * 100 + 1
    last = min(first + pool.chance.randrange(1, 4) * 10_000, 20251201) // 100 * 100 + 28
    return Question("", (pool.word(pool.chance.choice(("mid", "common"))),), dates=(first, last))


def _filtered(count: int) -> Maker:
    def make(pool: _Pool) -> Question | None:
        row = pool.chance.choice(pool.rows)
        words = pool.words_of(row.text)
        names = pool.chance.sample(_FILTERED, count)
        filters = {name: row.facets[name][0] for name in names}
        if not words or NOT_STATED in filters.values():
            return None
        return Question("", (pool.chance.choice(words),), filters=filters)

    return make


def _newest(pool: _Pool) -> Question:
    return Question("", (pool.word(pool.chance.choice(("mid", "common"))),), newest=True)


_KINDS: dict[str, Maker] = {
    "word, rare": _word("rare"),
    "word, middling": _word("mid"),
    "word, common": _word("common"),
    "any of 3": _any_of(3),
    "all of 2": _all_of(2),
    "all of 3": _all_of(3),
    "phrase": _phrase,
    "phrase, frequent": _frequent_phrase,
    "phrase, anywhere": _phrase_anywhere,
    "without": _without,
    "one sentence": _together("/s"),
    "one paragraph": _together("/p"),
    "near": _near,
    "prefix": _prefix,
    "one part": _fielded,
    "dates": _dated,
    "1 filter": _filtered(1),
    "2 filters": _filtered(2),
    "3 filters": _filtered(3),
    "newest first": _newest,
}
KINDS = tuple(_KINDS)
"""Every kind of question, in the order of the table."""
PANLI_ONLY = frozenset({"phrase, anywhere", "one sentence", "one paragraph", "one part"})
"""Kinds that the others can't answer as they are built here: they know words, not characters, sentences or parts."""
SAME_MEANING = ("word, rare", "word, middling", "word, common", "any of 3", "all of 2", "all of 3", "without")
"""Kinds in which all engines look for whole words."""


def typed(asked: Question) -> bool:
    """Whether Panli's language reads the question as it is meant."""
    return parse(asked.panli_text, expand=False).problem is None


def _is_plain(term: str) -> bool:
    """A word that typing it finds: not a stop word, and one term when it is read."""
    if len(term) < 2 or term in STOP_WORDS or term.upper() in ("AND", "OR", "NOT") or fold(term) != term:
        return False
    return (is_han(term) or (term.isascii() and term.isalnum())) and query_words(term) == [term]


def _overlap(one: str, other: str) -> bool:
    """Whether one word may be cut out of the other: the index has both in the same place."""
    return any(char in other for char in one)


def _day(date: int) -> str:
    return f"{date // 10_000}-{date // 100 % 100:02d}-{date % 100:02d}"


def panli_texts(asked: dict[str, list[Question]], kinds: Sequence[str]) -> Iterator[str]:
    """What a lawyer would type, for the kinds named, in turn."""
    for group in zip(*(asked[kind] for kind in kinds), strict=False):
        yield from (question.panli_text for question in group)
