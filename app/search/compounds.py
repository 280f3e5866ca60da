"""Chinese words that are made up of shorter ones: 模型参数 of 模型 and 参数."""

from dataclasses import dataclass
from functools import partial, reduce

from whoosh.query import Query, Term

from app.search.nodes import Together
from indexer.index.analysis import analyse, is_han

_SHORTEST = 2
"""Characters of a part: one alone says too little."""


@dataclass(frozen=True, slots=True)
class Compound:
    """A word as it was asked for, and the words it is made of."""

    word: str
    parts: tuple[str, ...]


def compound(word: str) -> Compound | None:
    """The fewest words that make up a folded one from end to end, the first as long as can be; None if none do."""
    if len(word) < 2 * _SHORTEST or not is_han(word):
        return None
    parts: dict[int, tuple[str, ...]] = {len(word): ()}
    inner = [token for token in analyse(word) if _SHORTEST <= token.end - token.start < len(word)]
    for token in sorted(inner, key=lambda token: -token.start):
        if token.end in parts:
            made = token.term, *parts[token.end]
            parts[token.start] = min(parts.get(token.start, made), made, key=_fewest)
    return Compound(word, parts[0]) if parts.get(0) else None


def in_one_sentence(made: Compound, scope: str) -> Query:
    """What finds the parts of a word in one sentence."""
    parts: list[Query] = [Term(scope, part) for part in made.parts]
    return reduce(partial(Together, "sentence"), parts)


def _fewest(parts: tuple[str, ...]) -> tuple[int, int]:
    return len(parts), -len(parts[0])
