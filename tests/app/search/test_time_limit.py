"""A query that is stopped says so, and what it gives is true as far as it goes."""

import io
import zipfile
from collections.abc import Iterator

import httpx
import pytest
from typer.testing import CliRunner

from app.cli import main
from app.search.language import parse
from app.search.plan import plan
from app.search.query import SearchQuery
from app.search.searcher import SearchResults
from app.search.whoosh_searcher import WhooshSearcher
from app.stores import Snapshot
from indexer.store import Build
from tests.server import serving

READ = [
    '"外观设计专利权"',
    "专利 /s 侵权",
    '"专利 侵权"~5',
    "reasoning:专利权人",
    '-"外观设计专利权"',
    '专利 -"外观设计专利权"',
]
"""Queries for which rulings must be read."""
NOT_READ = ["专利", "patent", "专利 OR 商标", "statute:专利法", "date:2015..2025", "侵权 -商标", ""]


@pytest.fixture(scope="module")
def stopped(built: Build) -> Iterator[WhooshSearcher]:
    """A searcher with no time to read anything."""
    searcher = WhooshSearcher(built.index, seconds=0)
    yield searcher
    searcher.close()


def found(text: str, searcher: WhooshSearcher) -> SearchResults:
    return searcher.search(plan(SearchQuery(text, size=100), parse(text).tree))


@pytest.mark.parametrize("text", READ)
def test_without_time_to_read_an_answer_is_partial_and_claims_nothing_that_is_not_so(
    text: str, stopped: WhooshSearcher, snapshot: Snapshot
) -> None:
    assert isinstance(snapshot.searcher, WhooshSearcher)
    some, whole = found(text, stopped), found(text, snapshot.searcher)
    assert some.partial
    assert not whole.partial
    assert some.total <= whole.total
    for name, counts in some.facets.items():
        assert all(count <= whole.facets[name][value] for value, count in counts.items())


@pytest.mark.parametrize("text", NOT_READ)
def test_what_postings_tell_is_whole_without_any_reading(
    text: str, stopped: WhooshSearcher, snapshot: Snapshot
) -> None:
    assert isinstance(snapshot.searcher, WhooshSearcher)
    some, whole = found(text, stopped), found(text, snapshot.searcher)
    assert not some.partial
    assert (some.total, some.hits, some.facets) == (whole.total, whole.hits, whole.facets)


@pytest.fixture(scope="module")
def client(built: Build) -> Iterator[httpx.Client]:
    with serving(built.folder.parent.parent, PANLI_QUERY_SECONDS="0.0") as running:
        yield running


def test_the_page_and_the_json_say_that_a_search_was_stopped(client: httpx.Client) -> None:
    page = client.get("/search", params={"q": READ[0], "lang": "zh-Hans"}).text
    assert "至少" in page
    assert "检索超过时限" in page
    stopped = client.get("/api/v1/search", params={"q": READ[0]})
    assert stopped.json()["partial"] is True
    assert "etag" not in stopped.headers  # the next time it may be whole
    assert client.get("/api/v1/search", params={"q": "专利"}).json()["partial"] is False
    assert "检索超过时限" not in client.get("/search", params={"q": "专利", "lang": "zh-Hans"}).text


def test_files_and_feeds_say_that_a_search_was_stopped(client: httpx.Client) -> None:
    said = "检索超过时限"
    for query, stopped in (('-"外观设计专利权"', True), ("专利", False)):
        paths = {form: f"/search.{form}" for form in ("csv", "json", "ris", "xlsx")} | {"atom": "/feed.atom"}
        answers = {
            form: client.get(path, params={"q": query}, headers={"Accept-Language": "zh"})
            for form, path in paths.items()
        }
        assert (said in answers["csv"].text.splitlines()[-1]) is stopped
        assert answers["json"].json()["partial"] is stopped
        records = answers["ris"].text.count("TY  - ")
        assert answers["ris"].text.count(f"N1  - {said}") == (records if stopped else 0)
        with zipfile.ZipFile(io.BytesIO(answers["xlsx"].content)) as book:
            assert (said in book.read("xl/sharedStrings.xml").decode()) is stopped
        assert (f"<subtitle>{said}" in answers["atom"].text) is stopped
        for form, answer in answers.items():
            assert ("etag" in answer.headers) is not stopped, form
            assert ("panli-partial" in answer.headers.get("content-disposition", "")) is (stopped and form != "atom")


def test_the_command_line_has_the_same_limit(built: Build) -> None:
    store = str(built.folder.parent.parent)
    asked = ["search", "--store", store, "--", '-"外观设计专利权"']
    stopped = CliRunner().invoke(main, asked, env={"PANLI_LANG": "zh", "PANLI_QUERY_SECONDS": "0.0"})
    assert "检索超过时限" in stopped.output
    assert "检索超过时限" not in CliRunner().invoke(main, asked, env={"PANLI_LANG": "zh"}).output
