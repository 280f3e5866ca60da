"""A query from text to answer: read, planned, searched, relaxed if nothing matched, with snippets."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from whoosh.query import Query

from app.catalogue import Catalogue
from app.search.compounds import Compound
from app.search.language import parse
from app.search.lexer import Sort, lex
from app.search.parsed import ParsedQuery
from app.search.plan import SearchPlan, plan
from app.search.query import SearchQuery
from app.search.searcher import Searcher, SearchResults
from app.search.snippets import Snippet, snippets
from indexer.domain.ruling import Ruling
from indexer.index.analysis import fold

_WORDS_CORRECTED = 6
"""Longer queries get no suggestion: each word costs a search."""


@dataclass(frozen=True, slots=True)
class AnsweredHit:
    ruling: Ruling
    """Without its sections."""
    score: float
    cited_by: int
    snippets: tuple[Snippet, ...]
    undone: bool
    """Whether a later instance reversed it, wholly or in part."""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    query: SearchQuery
    parsed: ParsedQuery
    relaxed: bool
    """True when no ruling had all words and any of them was enough."""
    parted: tuple[Compound, ...]
    """Words that no ruling had whole, so that their parts in one sentence were enough."""
    total: int
    hits: tuple[AnsweredHit, ...]
    facets: Mapping[str, Mapping[str, int]]
    suggestion: str | None
    """The query with misspelt words replaced, when that would find more."""
    shortcuts: tuple[Ruling, ...]
    """Rulings whose number or name stands in the query."""
    took_ms: float
    partial: bool = False
    """Whether time was up before all was read: at least this much was found."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found, before any ruling is read."""

    parsed: ParsedQuery
    results: SearchResults
    relaxed: bool = False
    parted: tuple[Compound, ...] = ()


def find(query: SearchQuery, searcher: Searcher, window: tuple[int, int] | None = None) -> Found:
    """What a query finds; nothing for a query that can't be read.

    If nothing has all its words, the parts of those made up of shorter ones are enough; then any of the words.

    ``window`` is the first rank wanted, from 0, and how many: else the query's own page.
    """
    parsed = parse(query.text, query.expand)
    if parsed.problem is not None:
        return Found(parsed, SearchResults(0, (), {}))
    results = searcher.search(_planned(query, parsed.tree, window))
    if results.total == 0 and not results.partial:
        for relaxed in (False, True):
            if not (parsed.relaxable if relaxed else parsed.compounds):
                continue
            looser = parse(query.text, query.expand, any_of=relaxed, parted=not relaxed)
            again = searcher.search(_planned(query, looser.tree, window))
            if again.total:
                return Found(looser, again, relaxed, () if relaxed else looser.compounds)
    return Found(parsed, results)


def _planned(query: SearchQuery, tree: Query | None, window: tuple[int, int] | None) -> SearchPlan:
    planned = plan(query, tree)
    return replace(planned, first=window[0], size=window[1]) if window else planned


def answer(query: SearchQuery, searcher: Searcher, catalogue: Catalogue, language: str) -> SearchAnswer:
    """The answer to a query, page by page; a query that can't be read has no hits and says why."""
    started = time.perf_counter()
    found = find(query, searcher)
    parsed, results, relaxed = found.parsed, found.results, found.relaxed
    if parsed.problem is not None:
        return SearchAnswer(query, parsed, False, (), 0, (), {}, None, (), _since(started))
    return SearchAnswer(
        query=query,
        parsed=parsed,
        relaxed=relaxed,
        parted=found.parted,
        total=results.total,
        hits=_hits(results, parsed.tree, searcher, catalogue, language),
        facets=results.facets,
        suggestion=_suggestion(query, searcher) if not results.partial and (relaxed or results.total == 0) else None,
        shortcuts=_shortcuts(parsed, catalogue),
        took_ms=_since(started),
        partial=results.partial,
    )


def _hits(
    results: SearchResults, tree: Query | None, searcher: Searcher, catalogue: Catalogue, language: str
) -> tuple[AnsweredHit, ...]:
    held = catalogue.listed(hit.id for hit in results.hits)
    cut = snippets(tree, language)
    return tuple(
        AnsweredHit(
            held[hit.id].ruling,
            hit.score,
            hit.cited_by,
            cut(held[hit.id].text, searcher.text(hit.number)),
            held[hit.id].undone,
        )
        for hit in results.hits
    )


def _shortcuts(parsed: ParsedQuery, catalogue: Catalogue) -> tuple[Ruling, ...]:
    ids = [id for key in parsed.numbers for id in catalogue.resolve(key)]
    return tuple(catalogue.rulings(ids).values()) if ids else ()


def _suggestion(query: SearchQuery, searcher: Searcher) -> str | None:
    """The query with each unknown word replaced by its nearest neighbour, if the result finds anything."""
    repaired = query.text
    words = [lexeme for lexeme in lex(query.text) if lexeme.sort is Sort.WORD]
    if len(words) > _WORDS_CORRECTED:
        return None
    for lexeme in reversed(words):
        if _finds(lexeme.text, searcher):
            continue
        near = searcher.suggest(fold(lexeme.text))
        if near:
            repaired = repaired[: lexeme.start] + near[0] + repaired[lexeme.end :]
    if repaired == query.text:
        return None
    found = searcher.search(plan(replace(query, size=1, page=1), parse(repaired).tree))
    return repaired if found.total else None


def _finds(text: str, searcher: Searcher) -> bool:
    tree = parse(text, expand=False).tree
    return tree is None or searcher.search(plan(SearchQuery(text, size=1), tree)).total > 0


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
