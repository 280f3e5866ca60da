"""The searcher against Whoosh's own on the same index: small indexes and query trees of chance.

Hits, totals and facet counts are the same, and scores agree within float error. Words are such as Whoosh
itself can tell: Latin ones.
"""

import random
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.query import And, AndMaybe, Every, Not, Or, Query, Term
from whoosh.scoring import BM25F

from app.search.nodes import DateWithin, Exact
from app.search.plan import SearchPlan
from app.search.query import Order
from app.search.query_fields import EXACT_FIELDS, ZONES_OF
from app.search.whoosh_searcher import WhooshSearcher
from indexer.index.columnar import impacts
from indexer.index.document import IndexDocument, Segment
from indexer.index.fields import FACETS, ZONES
from indexer.index.whoosh_writer import WhooshWriter, whoosh_name

WORDS = ["patent", "court", "damages", "2017", "claim", "mark", "专利", "侵权", "法院", "设计空间", "空间", "著作权"]
LATIN = [word for word in WORDS if word.isascii()]
STEMS = {"patent": "patent", "court": "court", "damages": "damag", "2017": "2017", "claim": "claim", "mark": "mark"}
FIELDS = ["text", "facts", "reasoning", "title", "party"]
BOOST = {zone.name: zone.boost for zone in ZONES}


def a_document(serial: int, chance: random.Random) -> IndexDocument:
    """A document of chance out of few words, so that most queries find something."""
    zones: dict[str, list[str]] = {}
    for zone in chance.sample([zone.name for zone in ZONES], 5):
        zones[zone] = [" ".join(chance.choices(WORDS, k=chance.randint(1, 12))) for _ in range(chance.randint(1, 3))]
    return IndexDocument(
        id=f"ruling-{serial}",
        segments=tuple(Segment(zone, text) for zone, texts in zones.items() for text in texts),
        numbers=(f"number-{serial}",),
        cites=tuple(chance.sample(["甲", "乙"], chance.randint(0, 2))),
        statutes=(f"patent-law:{serial % 4}", "patent-law"),
        date_first=20200000 + chance.randint(1, 9) if serial % 5 else None,
        date_last=20200009 if serial % 5 else None,
        facets={name: tuple(chance.sample(["one", "two", "three"], chance.randint(1, 2))) for name in FACETS},
        tier=1 + serial % 4,
        cited_by=serial % 3,
    )


@cache
def index(seed: int) -> tuple[WhooshSearcher, Path, list[IndexDocument]]:
    """An index of some hundred documents, and what it was made of."""
    chance = random.Random(seed)
    every = [a_document(serial, chance) for serial in range(chance.choice([1, 7, 150, 400]))]
    folder = Path(tempfile.mkdtemp(prefix="panli-reference-")) / "index"
    writer = WhooshWriter(folder)
    for document in every:
        writer.add(document)
    writer.commit()
    return WhooshSearcher(folder), folder, every


def leaf(field: str, word: str, boost: float) -> Term:
    return Term(field, STEMS[word], boost=boost)


LEAVES = st.one_of(
    st.builds(leaf, st.sampled_from(FIELDS), st.sampled_from(LATIN), st.sampled_from([1.0, 0.5, 3.0])),
    st.builds(
        Term, st.just("statute"), st.sampled_from(["patent-law", "patent-law:1", "none"]), st.sampled_from([1.0, 0.0])
    ),
    st.builds(Term, st.just("number"), st.sampled_from(["number-3", "number-9999"])),
)
TREES: st.SearchStrategy[Query] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Or, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts, barred: And([*parts, *map(Not, barred)]),
                  st.lists(inner, min_size=1, max_size=3), st.lists(inner, max_size=1)),
        st.builds(AndMaybe, inner, inner),
    ),
    max_leaves=6,
)  # fmt: skip
SEEDS = st.integers(0, 7)


def for_whoosh(query: Query) -> Query:
    """The same query on Whoosh's fields: a query field is all of its zones, each with its boost."""
    match query:
        case Term() if query.fieldname in EXACT_FIELDS:
            return Term(query.fieldname, query.text)
        case Term():
            zones = ZONES_OF[query.fieldname]
            return Or([Term(whoosh_name(zone), query.text, boost=BOOST[zone] * query.boost) for zone in zones])
        case Not():
            return Not(for_whoosh(query.query))
        case AndMaybe():
            return AndMaybe(for_whoosh(query.a), for_whoosh(query.b))
        case And() | Or():
            return type(query)([for_whoosh(part) for part in query])
        case _:
            return query


def scored_alike(query: Query) -> bool:
    """Whether Whoosh scores by the same rule: it gives 1 for a NOT, another sum for fields of whole values,

    and inside an AND it forgets the second part of an AndMaybe for rulings that it skips to.
    """
    match query:
        case Not() | AndMaybe():
            return False
        case Term():
            return query.fieldname not in EXACT_FIELDS
        case _:
            return all(scored_alike(part) for part in query)


@settings(max_examples=150, deadline=None)
@given(SEEDS, TREES)
def test_hits_totals_counts_and_scores_are_those_of_whooshs_own_searcher(seed: int, tree: Query) -> None:
    searcher, folder, every = index(seed)
    results = searcher.search(SearchPlan(tree, {}, Order.RELEVANCE, 0, len(every)))
    with open_dir(folder.as_posix(), readonly=True).searcher(weighting=BM25F()) as whoosh:
        expected = {hit.docnum: hit.score for hit in whoosh.search(for_whoosh(tree), limit=None, optimize=False)}
    found = {int(hit.id.removeprefix("ruling-")): hit.score for hit in results.hits}
    assert found.keys() == expected.keys()
    assert results.total == len(expected)
    if scored_alike(tree):
        assert found == pytest.approx(expected, rel=1e-4, abs=1e-5)
    for name in FACETS:
        assert results.facets[name] == Counter(value for number in expected for value in every[number].facets[name])


@settings(max_examples=50, deadline=None)
@given(SEEDS, LEAVES, LEAVES)
def test_what_may_be_adds_its_score_where_it_is(seed: int, must: Query, may: Query) -> None:
    searcher, _, every = index(seed)

    def scores(tree: Query) -> dict[str, float]:
        return {hit.id: hit.score for hit in searcher.search(SearchPlan(tree, {}, Order.RELEVANCE, 0, len(every))).hits}

    bonus = scores(may)
    expected = {id: score + bonus.get(id, 0.0) for id, score in scores(must).items()}
    assert scores(AndMaybe(must, may)) == pytest.approx(expected, rel=1e-5)


@settings(max_examples=100, deadline=None)
@given(SEEDS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.sampled_from(FIELDS), st.booleans())
def test_a_quoted_text_is_found_where_a_scan_finds_it(seed: int, words: list[str], field: str, spaced: bool) -> None:
    searcher, _, every = index(seed)
    text = (" " if spaced else "").join(words)
    results = searcher.search(SearchPlan(Exact(field, text), {}, Order.RELEVANCE, 0, len(every)))
    zones = ZONES_OF[field]
    expected = {
        each.id for each in every for segment in each.segments if segment.zone in zones and stands(text, segment.text)
    }
    assert {hit.id for hit in results.hits} == expected


def stands(text: str, segment: str) -> bool:
    """Whether ``text`` stands in ``segment``, no Latin word of which is cut."""
    return any(
        segment.startswith(text, at)
        and not (at and both_latin(segment[at - 1], text[0]))
        and not (at + len(text) < len(segment) and both_latin(text[-1], segment[at + len(text)]))
        for at in range(len(segment))
    )


def both_latin(left: str, right: str) -> bool:
    return left.isascii() and left.isalnum() and right.isascii() and right.isalnum()


@settings(max_examples=100, deadline=None)
@given(SEEDS, TREES, st.sampled_from(Order), st.integers(1, 30), st.integers(0, 40))
def test_a_page_of_hits_is_that_stretch_of_all_of_them_sorted(
    seed: int, tree: Query, order: Order, size: int, first: int
) -> None:
    searcher, _, every = index(seed)
    whole = searcher.search(SearchPlan(tree, {}, order, 0, len(every))).hits
    place = {document.id: number for number, document in enumerate(every)}

    def key(hit_id: str, score: float) -> tuple[float, ...]:
        document = every[place[hit_id]]
        newest, last = -(document.date_first or 0), -(document.date_last or 0)
        oldest = document.date_first or 99999999
        return {
            Order.RELEVANCE: (-score, newest),
            Order.NEWEST: (last, -score),
            Order.OLDEST: (oldest, -score),
            Order.CITED: (-document.cited_by, -score, newest),
            Order.TIER: (document.tier, newest, -score),
        }[order]

    assert list(whole) == sorted(whole, key=lambda hit: (*key(hit.id, hit.score), place[hit.id]))
    assert searcher.search(SearchPlan(tree, {}, order, first, size)).hits == whole[first : first + size]


@settings(max_examples=60, deadline=None)
@given(
    SEEDS, TREES, st.dictionaries(st.sampled_from(FACETS), st.sampled_from([("one",), ("one", "two"), ("no",)])),
    st.integers(20200001, 20200010),
)  # fmt: skip
def test_filters_and_dates_leave_what_a_count_leaves(
    seed: int, tree: Query, filters: dict[str, tuple[str, ...]], day: int
) -> None:
    searcher, _, every = index(seed)
    dated = And([tree, DateWithin(20200001, day)])
    results = searcher.search(SearchPlan(dated, filters, Order.RELEVANCE, 0, len(every)))
    plain = {hit.id for hit in searcher.search(SearchPlan(tree, {}, Order.RELEVANCE, 0, len(every))).hits}
    matching = [each for each in every if each.id in plain and each.date_first and each.date_first <= day]

    def passes(document: IndexDocument, but: str = "") -> bool:
        return all(set(values) & set(document.facets[name]) for name, values in filters.items() if name != but)

    assert {hit.id for hit in results.hits} == {each.id for each in matching if passes(each)}
    for name in FACETS:
        counted = Counter(value for each in matching if passes(each, name) for value in each.facets[name])
        assert results.facets[name] == counted


@pytest.mark.parametrize("at_once", [1, 50, 1 << 22])
def test_impacts_do_not_depend_on_how_many_postings_are_summed_at_once(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher, _, every = index(3)
    monkeypatch.setattr(impacts, "_AT_ONCE", at_once)
    writer = WhooshWriter(tmp_path / "index")
    for document in every:
        writer.add(document)
    writer.commit()
    plan = SearchPlan(
        Or([Term("text", word) for word in [*STEMS.values(), "专利", "空间"]]), {}, Order.RELEVANCE, 0, 500
    )
    assert WhooshSearcher(tmp_path / "index").search(plan) == searcher.search(plan)


def test_every_ruling_is_found_and_newest_first() -> None:
    searcher, _, every = index(2)
    results = searcher.search(SearchPlan(Every(), {}, Order.NEWEST, 0, len(every)))
    assert results.total == len(every)
