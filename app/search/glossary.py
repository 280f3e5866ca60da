"""Terms of the glossary recognised in a query, and their other wordings in both languages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.domain.registry import glossary
from indexer.domain.term import Term
from indexer.index.analysis import STOP_WORDS, analyse, fold


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
