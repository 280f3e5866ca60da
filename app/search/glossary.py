"""Terms of the glossary recognised in a query, and their other wordings in both languages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from whoosh.query import Query
from whoosh.query import Term as Word

from app.search.nodes import Exact, Near
from indexer.domain.registry import glossary
from indexer.domain.term import Term
from indexer.index.analysis import STOP_WORDS, analyse, fold, is_han

_BOOST = 0.4
"""What another wording is worth beside the one that was typed."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term of the query and the wordings that are searched beside it."""

    term: str
    also: tuple[str, ...]


def query_words(text: str) -> list[str]:
    """The index terms of a word as typed, each character in one of them; stop words left out."""
    words = [token.term for token in analyse(fold(text), search=False)]
    return [word for word in words if word not in STOP_WORDS] or words


def match_at(words: Sequence[str], position: int) -> tuple[int, tuple[str, ...]]:
    """The longest term of the glossary that begins at ``position``: its length in words, and all its wordings.

    (0, ()) when none begins there.
    """
    for length in range(min(_longest(), len(words) - position), 0, -1):
        entries = _by_words().get(tuple(words[position : position + length]))
        if entries:
            return length, tuple(dict.fromkeys(form for term in entries for form in term.forms))
    return 0, ()


def wording(scope: str, form: str) -> Query:
    """What finds another wording of a term."""
    folded = fold(form)
    if is_han(folded):
        return Exact(scope, folded, boost=_BOOST)
    words = tuple(query_words(form))
    if len(words) == 1:
        return Word(scope, words[0], boost=_BOOST)
    return Near(scope, words, 1, ordered=True, boost=_BOOST)


def as_shown(forms: Sequence[str], words: Sequence[str]) -> str:
    """The form of a term that was typed, as the glossary writes it."""
    return next((form for form in forms if query_words(form) == words), " ".join(words))


@cache
def _by_words() -> Mapping[tuple[str, ...], list[Term]]:
    table: dict[tuple[str, ...], list[Term]] = defaultdict(list)
    for term in glossary():
        for form in term.forms:
            words = tuple(query_words(form))
            if words and term not in table[words]:
                table[words].append(term)
    return table


@cache
def _longest() -> int:
    return max(map(len, _by_words()))
