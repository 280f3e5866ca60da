"""Nearness, patterns and quotations by places find what reading every ruling finds: texts and queries of chance."""

import random
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.query import And, AndMaybe, Not, Or, Prefix, Query, Term, Wildcard

from app.search.nodes import Exact, Near, Together
from app.search.plan import SearchPlan
from app.search.query import Order
from app.search.query_fields import ZONES_OF
from app.search.whoosh_searcher import WhooshSearcher
from indexer.index.analysis import fold, stem
from indexer.index.document import IndexDocument, Segment
from indexer.index.fields import FACETS, ZONES
from indexer.index.whoosh_writer import WhooshWriter
from tests.scan import scan

PIECES = [
    *["专利", "专利权人", "侵权", "权", "人", "法院", "知识产权", "𠮷", "😀"],
    *["court", "courts", "don't", "plaintiff's", "2017", "2017's", "2017'30", "O'Neill"],
    *[" ", " ", "，", "。", "；", ". ", "？"],
]
HAN_WORDS = ["专利", "专利权", "权人", "权", "侵权", "知识产权", "产权专利", "人法", "商标"]
LATIN = ["court", "courts", "don't", "plaintiff", "2017", "neill", "none"]
FIELDS = ["text", "text", "facts", "reasoning", "title"]


def a_document(serial: int, chance: random.Random) -> IndexDocument:
    """A document of chance, its zones in any order and more than once."""
    segments = tuple(
        Segment(zone, text)
        for zone in chance.choices([zone.name for zone in ZONES], k=chance.randint(1, 8))
        if (text := fold("".join(chance.choices(PIECES, k=chance.randint(1, 15)))))
    )
    facets = dict.fromkeys(FACETS, ("one",))
    return IndexDocument(f"ruling-{serial}", segments, (), (), (), None, None, facets, 1, 0)


@cache
def index(seed: int) -> tuple[WhooshSearcher, list[IndexDocument]]:
    """An index, and what it was made of."""
    chance = random.Random(seed)
    every = [a_document(serial, chance) for serial in range(chance.choice([1, 20, 300, 700]))]
    folder = Path(tempfile.mkdtemp(prefix="panli-places-")) / "index"
    writer = WhooshWriter(folder)
    for document in every:
        writer.add(document)
    writer.commit()
    return WhooshSearcher(folder), every


def test_words_are_near_however_much_stands_between_them_that_is_no_word(tmp_path: Path) -> None:
    facets = dict.fromkeys(FACETS, ("one",))
    texts = {"marks": "专利" + "，" * 2_000 + "侵权", "words": "专利" + "法院，" * 700 + "侵权"}
    writer = WhooshWriter(tmp_path / "index")
    for id, text in texts.items():
        writer.add(IndexDocument(id, (Segment("facts", fold(text)),), (), (), (), None, None, facets, 1, 0))
    writer.commit()
    searcher = WhooshSearcher(tmp_path / "index")
    plan = SearchPlan(Near("text", ("专利", "侵权"), 1, False, 1.0), {}, Order.RELEVANCE, 0, 10)
    assert [hit.id for hit in searcher.search(plan).hits] == ["marks"]


words = st.sampled_from([*HAN_WORDS, *(stem(word) for word in LATIN)])
fields = st.sampled_from(FIELDS)
quoted = st.lists(st.sampled_from([*PIECES, *HAN_WORDS, *LATIN]), min_size=1, max_size=4).map(
    lambda pieces: fold("".join(pieces)).strip()
)
exact = st.builds(Exact, fields, quoted.filter(lambda text: any(map(str.isalnum, text))))
near = st.builds(
    Near, fields, st.lists(words, min_size=1, max_size=3).map(tuple), st.integers(1, 6), st.booleans(), st.just(1.0)
)
patterns = st.one_of(
    st.builds(Prefix, fields, st.sampled_from(["cour", "court", "don", "201", "plaintiff", "nei"])),
    st.builds(
        Wildcard, fields, st.sampled_from(["co*t", "co?rt", "cour*s", "don*", "do*t", "专利*人", "知*权", "plain*f?s"])
    ),
)
leaves: st.SearchStrategy[Query] = st.one_of(st.builds(Term, fields, words), exact, near, patterns)
sides: st.SearchStrategy[Query] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Or, st.lists(inner, min_size=1, max_size=3)),
        st.builds(And, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda all_, barred: And([all_, Not(barred)]), inner, inner),
        st.builds(AndMaybe, inner, inner),
        st.builds(Together, st.sampled_from(["sentence", "paragraph"]), inner, inner),
    ),
    max_leaves=4,
)
together = st.builds(Together, st.sampled_from(["sentence", "paragraph"]), sides, sides)
trees: st.SearchStrategy[Query] = st.recursive(
    st.one_of(leaves, together),
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=1, max_size=3)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=2)),
        st.builds(lambda all_, barred: And([all_, Not(barred)]), inner, inner),
    ),
    max_leaves=3,
)


@settings(max_examples=500, deadline=None)
@given(st.integers(0, 9), trees)
def test_rulings_found_by_places_are_those_found_by_reading(seed: int, tree: Query) -> None:
    searcher, every = index(seed)
    plan = SearchPlan(tree, {}, Order.RELEVANCE, 0, len(every))
    assert {hit.id for hit in searcher.search(plan).hits} == scan(plan, every).ids


OFTEN: list[Callable[[int], Query]] = [
    lambda slop: Near("text", ("专利", "专利"), slop),
    lambda slop: Near("text", ("专利", "court", "专利"), slop),
    lambda slop: Near("facts", ("权", "人"), slop),
    lambda slop: Near("text", ("知识产权", "法院"), slop, ordered=True),
]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("make", OFTEN)
@pytest.mark.parametrize("slop", [1, 2, 5])
def test_near_words_are_counted_as_the_analysis_counts(seed: int, make: Callable[[int], Query], slop: int) -> None:
    searcher, every = index(seed)
    plan = SearchPlan(make(slop), {}, Order.RELEVANCE, 0, len(every))
    assert {hit.id for hit in searcher.search(plan).hits} == scan(plan, every).ids


def test_all_zones_of_a_field_are_looked_at() -> None:
    searcher, every = index(2)
    plan = SearchPlan(Exact("reasoning", "专利"), {}, Order.RELEVANCE, 0, len(every))
    zones = ZONES_OF["reasoning"]
    wanted = {d.id for d in every for s in d.segments if s.zone in zones and "专利" in s.text}
    assert {hit.id for hit in searcher.search(plan).hits} == wanted
