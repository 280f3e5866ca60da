"""Addresses that are put together in a shorter way are those of the longer way."""

from hypothesis import given
from hypothesis import strategies as st

from app.search.query import Order, SearchQuery
from app.urls import Urls
from indexer.index.fields import FACETS

VALUES = st.sampled_from(["ai", "data", "北京", "a b&c=d", "2023", "not-stated", "ü+%"])
QUERIES = st.builds(
    SearchQuery,
    text=st.sampled_from(["", "模型 参数", '"a&b"']),
    filters=st.dictionaries(st.sampled_from(FACETS), st.lists(VALUES, min_size=1, unique=True).map(tuple), max_size=3),
    order=st.sampled_from(Order),
    page=st.integers(1, 3),
    size=st.sampled_from([20, 50]),
    expand=st.booleans(),
)


@given(QUERIES, st.sampled_from(FACETS), VALUES, st.sampled_from(["", "https://example.org"]))
def test_a_value_toggled_has_the_address_of_the_query_with_it(
    query: SearchQuery, facet: str, value: str, base: str
) -> None:
    urls = Urls(base)
    assert urls.toggling(query)(facet, value) == urls.search(query.toggled(facet, value))


@given(QUERIES, st.integers(1, 10_000), st.sampled_from(["", "https://example.org"]))
def test_hits_have_the_addresses_they_have_one_by_one(query: SearchQuery, rank: int, base: str) -> None:
    urls = Urls(base)
    assert urls.hits(query)("2023-jing73-minzhong-3802", rank) == urls.hit("2023-jing73-minzhong-3802", query, rank)
