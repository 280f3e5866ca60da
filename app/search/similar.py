"""Rulings like another: the same telling words first, then the same articles, field and cause.

Nothing is kept for this in the index. The words that are rare in the collection and common in the ruling
are looked up in the postings; what two rulings have in common comes with the score, so that a reader can judge it.
"""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.search.searcher import Similar
from indexer.index.analysis import STOP_WORDS, analyse, is_han
from indexer.index.fields import NOT_STATED

_ZONES = {"title": 2.0, "headnote": 2.0, "issues": 2.0, "holdings": 1.5, "reasoning": 1.5, "facts": 1.0}
"""The text fields that tell what a ruling is about, and how much a word there counts."""
_CHARACTERS = 12_000
"""At most so much of a ruling is read for its words: a long judgment has said by then what it is about."""
_CANDIDATES, _WORDS, _NAMED = 120, 24, 5
"""The commonest words of a ruling that are weighed, those that are looked for, and those that are named as a reason."""
_EMPTY = STOP_WORDS | {
    "本院",
    "原告",
    "被告",
    "上诉人",
    "被上诉人",
    "申请人",
    "被申请人",
    "第三人",
    "法院",
    "一审",
    "二审",
    "原审",
    "再审",
    "判决",
}
"""Words of every judgment, which tell nothing even where most of the collection are digests."""
_COMMONEST = 0.25
"""A word that more of the rulings have says nothing."""
_ARTICLE, _ARTICLES_AT_MOST, _FIELD, _CAUSE = 0.3, 0.4, 0.08, 0.08
"""What a shared article adds if no other ruling has it, all of them at most, a shared field, a shared cause."""
_LEAST = 0.3
"""Rulings less alike than this are not offered."""
Scores = NDArray[np.float32]


class Rulings(Protocol):
    """What an engine gives."""

    @property
    def size(self) -> int:
        """How many rulings the index holds."""

    def id(self, ruling: int) -> str:
        """The id of the ruling at a place."""

    def segments(self, ruling: int) -> Sequence[tuple[str, str]]:
        """The folded text of a ruling: (zone, text) pairs."""

    def frequency(self, word: str) -> int:
        """How many rulings hold a word as it is written."""

    def scored(self, zone: str, term: str) -> tuple[NDArray[np.int32], Scores]:
        """Rulings with ``term`` in a text field, and the BM25 score of each."""

    def exact(self, field: str, value: str) -> NDArray[np.int32]:
        """Rulings with a value in a field of whole values."""

    def exact_values(self, field: str, ruling: int) -> Sequence[str]:
        """A ruling's values in such a field."""

    def facet_values(self, facet: str, ruling: int) -> Sequence[str]:
        """A ruling's values of a facet."""


def similar(rulings: Rulings, ruling: int, limit: int) -> tuple[Similar, ...]:
    """At most ``limit`` rulings like the one at a place, the most alike first."""
    if rulings.size < 2:
        return ()
    words = telling_words(rulings, ruling)
    having = {word: _having(rulings, word) for word in words}
    scores = np.zeros(rulings.size, np.float32)
    for found in having.values():
        scores += found
    scores /= max(float(scores[ruling]), 1e-9)
    np.minimum(scores, 1, out=scores)
    articles = {article: rulings.exact("statute", article) for article in _articles(rulings, ruling)}
    scores += _shared_articles(rulings.size, articles)
    # Field and cause only lift what has something else in common: they alone make no likeness.
    likely = [i for i in np.argsort(-scores, kind="stable")[: limit * 8].tolist() if i != ruling and scores[i] > 0]
    own = {facet: set(rulings.facet_values(facet, ruling)) - {NOT_STATED} for facet in ("field", "cause")}
    found_alike = []
    for other in likely:
        fields, causes = (tuple(v for v in rulings.facet_values(f, other) if v in own[f]) for f in ("field", "cause"))
        score = float(scores[other]) + (_FIELD if fields else 0) + (_CAUSE if causes else 0)
        if score < _LEAST:
            continue
        shared = sorted((word for word in words if having[word][other] > 0), key=lambda w: -float(having[w][other]))
        both = tuple(article for article, docs in articles.items() if other in docs)
        found_alike.append(Similar(rulings.id(other), score, tuple(shared[:_NAMED]), both, fields, causes))
    return tuple(sorted(found_alike, key=lambda each: (-each.score, each.id))[:limit])


def telling_words(rulings: Rulings, ruling: int) -> list[str]:
    """The Chinese words that tell a ruling from others, the most telling first."""
    counts: Counter[str] = Counter()
    left = _CHARACTERS
    segments = [(zone, text) for zone, text in rulings.segments(ruling) if zone in _ZONES and is_chinese(text)]
    for zone, text in sorted(segments, key=lambda each: -_ZONES[each[0]]):
        for token in analyse(text[:left], search=False):
            if len(token.term) > 1 and is_han(token.term) and token.term not in _EMPTY:
                counts[token.term] += _ZONES[zone]  # type: ignore[assignment]
        if (left := left - len(text)) <= 0:
            break
    weights: dict[str, float] = {}
    for word, count in counts.most_common(_CANDIDATES):
        others = rulings.frequency(word) - 1
        if 0 < others <= max(2, rulings.size * _COMMONEST):
            weights[word] = (1 + math.log(count)) * math.log(rulings.size / (others + 1))
    return sorted(weights, key=lambda word: (-weights[word], word))[:_WORDS]


def is_chinese(text: str) -> bool:
    """Whether a text is the original: translations stand beside it in the same field."""
    return any("\u4e00" <= char <= "\u9fff" for char in text[:40])


def _having(rulings: Rulings, word: str) -> Scores:
    """The score of every ruling for one word: of the best of the telling fields."""
    scores = np.zeros(rulings.size, np.float32)
    for zone in _ZONES:
        docs, found = rulings.scored(zone, word)
        scores[docs] = np.maximum(scores[docs], found)
    return scores


def _articles(rulings: Rulings, ruling: int) -> list[str]:
    return [value for value in rulings.exact_values("statute", ruling) if ":" in value]


def _shared_articles(size: int, articles: dict[str, NDArray[np.int32]]) -> Scores:
    scores = np.zeros(size, np.float32)
    for docs in articles.values():
        scores[docs] += _ARTICLE * math.log(size / len(docs)) / math.log(size)
    return np.minimum(scores, np.float32(_ARTICLES_AT_MOST))
