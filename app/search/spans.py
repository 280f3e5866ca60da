"""Where the leaves of a query stand in one text: what is marked, and which paragraphs are shown."""

import re
from fnmatch import translate
from functools import lru_cache

from whoosh.query import And, AndMaybe, Or, Prefix, Query, Term, Wildcard

from app.search.nodes import Exact, Near, Together
from indexer.index.analysis import Token, analyse, is_han, latin_words, occurrences

Span = tuple[int, int]
_LITERAL = re.compile(r"[*?\[]")
"""Where the part of a pattern ends that stands for itself."""


def spans(leaf: Query, text: str) -> list[Span]:
    """Where a leaf of a query stands in the folded ``text``."""
    match leaf:
        case Exact():
            return list(occurrences(text, leaf.text))
        case Near():
            return near_spans(leaf, text)
        case Term():
            return word_spans(leaf.text, text)
        case Prefix():
            return [(t.start, t.end) for t in tokens(text) if text[t.start : t.end].startswith(leaf.text)]
        case Wildcard():
            pattern = re.compile(translate(leaf.text))
            return [(t.start, t.end) for t in tokens(text) if pattern.match(text[t.start : t.end])]
        case _:
            return []


def word_spans(word: str, text: str) -> list[Span]:
    """Where one analysed word stands: any occurrence in Chinese, any word of the same stem otherwise."""
    if is_han(word):
        return list(occurrences(text, word))
    if not may_stand(word, text):
        return []
    return [(token.start, token.end) for token in latin_words(text, _head(word)) if token.term == word]


def may_stand(word: str, text: str) -> bool:
    """A cheap look before the text is cut into words: stemming changes at most a word's end."""
    return word in text or (not is_han(word) and _head(word) in text.replace("'", ""))


def may_stand_in(leaf: Query, text: str) -> bool:
    """The same for any leaf: false where `spans` would find nothing, and much cheaper than `spans`."""
    match leaf:
        case Term():
            return may_stand(leaf.text, text)
        case Exact() | Prefix():
            return leaf.text in text
        case Near():
            return all(may_stand(word, text) for word in leaf.words)
        case Wildcard():
            return _LITERAL.split(leaf.text, maxsplit=1)[0] in text
        case _:
            return True


def _head(word: str) -> str:
    return word[: min(4, len(word) - 1)]


def near_spans(near: Near, text: str) -> list[Span]:
    """Stretches that hold all words of ``near``, as close as it asks."""
    if not all(may_stand(word, text) for word in near.words):
        return []
    places = [_ranks(word, text) for word in near.words]
    if not all(places):
        return []
    found: list[Span] = []
    for rank, span in places[0]:
        chosen = [span]
        ranks = [rank]
        for index, others in enumerate(places[1:], 1):
            fitting = [
                (abs(other - rank), other, where)
                for other, where in others
                if (other == ranks[-1] + 1 if near.ordered else abs(other - rank) <= near.slop and where not in chosen)
            ]
            if not fitting:
                break
            _, other, where = min(fitting)
            ranks.append(other)
            chosen.append(where)
            if index == len(places) - 1:
                found += chosen
        else:
            if len(places) == 1:
                found.append(span)
    return found


def _ranks(word: str, text: str) -> list[tuple[int, Span]]:
    """The places of a word, each with the number of the token it begins in."""
    starts = [token.start for token in tokens(text)]
    found = []
    for start, end in word_spans(word, text):
        rank = next((i for i in range(len(starts) - 1, -1, -1) if starts[i] <= start), 0)
        found.append((rank, (start, end)))
    return found


@lru_cache(maxsize=2_000)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a folded text, each character in one of them."""
    return tuple(analyse(text, search=False))


def leaves(query: Query) -> list[Query]:
    """The leaves that a hit is shown for: none under a NOT, and not the words of an exact text, which only rank."""
    match query:
        case And() | Or():
            return [leaf for part in query for leaf in leaves(part)]
        case AndMaybe():
            return leaves(query.a) + ([] if isinstance(query.a, Exact) else leaves(query.b))
        case Together():
            return leaves(query.left) + leaves(query.right)
        case Exact() | Near() | Prefix() | Wildcard():
            return [query]
        case Term():
            return [query]
        case _:
            return []
