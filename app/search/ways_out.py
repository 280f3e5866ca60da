"""Out of a search that found nothing, or nothing with all its words: which word or filter stands in the way."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.search.language import parse
from app.search.lexer import Lexeme, Sort, lex
from app.search.plan import plan
from app.search.query import SearchQuery
from app.search.searcher import Searcher

_WORDS_TRIED = 8
"""Of longer queries only so many words are tried: each costs two searches."""
_ATOMS = (Sort.WORD, Sort.QUOTED, Sort.NUMBER)


@dataclass(frozen=True, slots=True)
class WayOut:
    """A looser search that finds something: without one word, or without the filters of one facet."""

    query: SearchQuery
    total: int
    word: str = ""
    facet: str = ""
    """Empty for a word; ``*`` when all filters are left out."""


@dataclass(frozen=True, slots=True)
class WordAlone:
    """A word of the query by itself, without filters."""

    word: str
    query: SearchQuery
    total: int


def ways_out(query: SearchQuery, searcher: Searcher) -> list[WayOut]:
    """Every search that leaves out one word or the filters of one facet, and finds something."""
    ways = [WayOut(replace(query, filters=filters, page=1), 0, facet=facet) for facet, filters in _fewer_filters(query)]
    ways += [WayOut(query.with_text(rest), 0, word=word) for word, rest in _fewer_words(query.text)]
    counted = (replace(way, total=_total(way.query, searcher)) for way in ways)
    return [way for way in counted if way.total]


def words_alone(query: SearchQuery, searcher: Searcher) -> list[WordAlone]:
    """How many rulings have each word of a query of several, most first."""
    words = [query.text[first.start : last.end].lstrip("-") for first, last in _atoms(query.text)]
    alone = [(word, SearchQuery(word, expand=query.expand)) for word in dict.fromkeys(words)]
    found = [WordAlone(word, asked, _total(asked, searcher)) for word, asked in alone] if len(alone) > 1 else []
    return sorted(found, key=lambda each: -each.total)


def _fewer_filters(query: SearchQuery) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    for facet in query.filters:
        yield facet, {name: values for name, values in query.filters.items() if name != facet}
    if len(query.filters) > 1:
        yield "*", {}


def _fewer_words(text: str) -> Iterator[tuple[str, str]]:
    """Each word with the query that is left without it; none for a query of one word."""
    atoms = _atoms(text)
    for first, last in atoms if len(atoms) > 1 else ():
        rest = " ".join(f"{text[: first.start]} {text[last.end :]}".split())
        parsed = parse(rest)
        yield text[first.start : last.end], parsed.problem.repaired if parsed.problem else rest


def _atoms(text: str) -> list[tuple[Lexeme, Lexeme]]:
    """The first and the last token of each word or quotation, its minus and field before it."""
    lexemes = lex(text)
    atoms = []
    for place, lexeme in enumerate(lexemes):
        if lexeme.sort in _ATOMS:
            start = place
            while start and lexemes[start - 1].sort in (Sort.FIELD, Sort.NOT):
                start -= 1
            atoms.append((lexemes[start], lexeme))
    return atoms[:_WORDS_TRIED]


def _total(query: SearchQuery, searcher: Searcher) -> int:
    """How many match; a query that can't be read or says nothing finds nothing here."""
    parsed = parse(query.text, query.expand)
    if parsed.problem is not None or (parsed.tree is None and not query.filters):
        return 0
    return searcher.search(plan(replace(query, size=1, page=1), parsed.tree)).total
