"""The page of a ruling as its reader meets it."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from app.catalogue import Authority, CitedBy
from app.i18n import Locale
from app.presenting.citation_map import citation_map
from app.search.plan import SearchPlan, plan
from app.search.query import SearchQuery
from app.search.walk import place
from app.stores import Snapshot
from app.urls import Urls
from indexer.build import build
from indexer.store import Build
from tests.builders import a_corpus, ruling_file
from tests.conftest import NOW
from tests.server import serving

MANGA = "2023-jing73-minzhong-3802"
FIRST, SECOND = "2024-zhe0192-minchu-1587", "2024-zhe01-minzhong-10332"


@pytest.fixture(scope="module")
def client(built: Build) -> Iterator[httpx.Client]:
    with serving(built.folder.parent.parent) as running:
        yield running


def hit_links(client: httpx.Client, address: str) -> list[str]:
    """The links of the hits' titles: those that lead to no paragraph."""
    links = re.findall(r'href="(/rulings/[^"#]*)"', client.get(address).text)
    return [unescape(url) for url in links if "hit=" in url]


@pytest.mark.parametrize(
    "search",
    [
        "/search?q=平台",
        "/search?q=平台&court=bjipc&sort=newest",
        "/search?field=ai",
        "/search?q=植物新品种 变身漫画特效",
    ],
)
def test_one_walks_from_hit_to_hit_and_back_to_the_search(search: str, client: httpx.Client) -> None:
    hits = hit_links(client, search)
    assert len(hits) > 1
    address = hits[0]
    for expected in hits[1:5]:
        following = re.findall(r'rel="next" href="([^"]+)"', client.get(address).text)
        assert [unescape(url) for url in following] == [expected]
        address = expected
    text = client.get(address).text
    back = unescape(re.findall(r'class="back" href="([^"]+)"', text)[0])
    assert address in hit_links(client, back)
    assert unescape(re.findall(r'rel="prev" href="([^"]+)"', text)[0]) == hits[len(hits[:5]) - 2]


def test_the_walk_goes_on_beyond_a_page_of_results(snapshot: Snapshot) -> None:
    query = SearchQuery(size=100)
    ids = [hit.id for page in (1, 2) for hit in snapshot.searcher.search(planned(query.on_page(page))).hits]
    for rank in (1, 2, 100, 101, 150):
        found = place(query, rank, ids[rank - 1], snapshot.searcher)
        assert found is not None
        assert (found.before, found.after) == (ids[rank - 2] if rank > 1 else None, ids[rank])


def planned(query: SearchQuery) -> SearchPlan:
    return plan(query, None)


@pytest.mark.parametrize(
    "parameters", ["hit=2", "hit=0", "hit=x", "hit=999999", "q=平台&hit=77", "sort=best&hit=1", "q=&hit=1"]
)
def test_a_rank_that_is_not_the_rulings_is_ignored(parameters: str, client: httpx.Client) -> None:
    answer = client.get(f"/rulings/{MANGA}?{parameters}")
    assert answer.status_code == 200
    assert 'class="hits"' not in answer.text


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("模型", "模型"),
        ("模型結構 參數", "参数"),
        ("parameter", "parameters"),
        ('"结构和参数"', "结构和参数"),
        ("tuned", "tuning"),
        ("模型参数", "参数"),  # stands nowhere whole: its parts are marked
    ],
)
def test_what_the_search_looked_for_is_marked_and_counted(query: str, marked: str, client: httpx.Client) -> None:
    text = client.get(f"/rulings/{MANGA}", params={"q": query, "view": "both"}, headers={"Accept-Language": "en"}).text
    marks = re.findall("<mark>(.*?)</mark>", text)
    assert marked in marks
    assert f"{len(marks)} places marked" in text


def test_each_statute_names_the_paragraphs_that_cite_it(client: httpx.Client) -> None:
    text = client.get(f"/rulings/{MANGA}", headers={"Accept-Language": "en"}).text
    facts = text.partition('<aside class="facts"')[2].partition("</aside>")[0]
    statute = facts.partition("Anti-Unfair Competition Law (2019), Article 2")[2].partition("</dd>")[0]
    assert re.findall(r'href="#(\w+)"', statute) == ["p11"]


def test_the_course_of_a_dispute_shows_this_ruling_and_links_the_other(client: httpx.Client) -> None:
    for own, other in ((FIRST, SECOND), (SECOND, FIRST)):
        text = client.get(f"/rulings/{own}").text
        course = text.partition('<ol class="course"')[2].partition("</ol>")[0]
        assert re.findall(r'href="/rulings/([^"]+)"', course) == [other]
        assert course.count("<svg") == 2
        assert course.count('class="this" aria-current="page"') == 1
        assert course.count('<circle cx="9" cy="9" r="6" class="this"/>') == 1


def test_a_reversed_ruling_says_so_in_words_and_in_shape(client: httpx.Client, snapshot: Snapshot) -> None:
    undone = snapshot.catalogue.undone(snapshot.catalogue.ids())
    assert undone
    for id in undone:
        text = client.get(f"/rulings/{id}", headers={"Accept-Language": "en"}).text
        notice = text.partition('<p class="notice history warning">')[2].partition("</p>")[0]
        assert "reversed later, wholly or in part" in notice
        if '<ol class="course"' in text:
            assert 'class="undoing"' in text


def test_similar_rulings_are_offered_with_reasons_and_without_the_own_instances(client: httpx.Client) -> None:
    text = client.get(f"/rulings/{SECOND}", headers={"Accept-Language": "en"}).text
    similar = text.partition('<section id="similar"')[2].partition("</section>")[0]
    ids = re.findall(r'<li><a href="/rulings/([^"]+)"', similar)
    assert 0 < len(ids) <= 6
    assert FIRST not in ids
    assert similar.count('class="why"') == len(ids)
    assert "same provision" in similar or "same words" in similar


def test_a_picture_of_citations_puts_the_cited_left_and_the_citing_right_by_year(snapshot: Snapshot) -> None:
    rulings = list(snapshot.catalogue.rulings(snapshot.catalogue.ids()).values())
    own, cited, citing = rulings[0], rulings[1:4], rulings[4:6]
    held = [Authority("case-number", each.number.key, str(each.number), each.id, "resolved", ()) for each in cited]
    absent = Authority("case-number", "(1999)民申字第1号", "（1999）民申字第1号", None, "unresolved", ())
    statute = Authority("provision", "patent-law:22", "专利法第二十二条", None, "unresolved", ())
    picture = citation_map(
        own,
        [*held, absent, statute],
        {each.id: each for each in cited},
        [CitedBy(each, 1, ()) for each in citing],
        Locale("en"),
        Urls(),
    )
    assert picture is not None
    left, right = ([node for node in picture.nodes if (node.x < picture.x) is side] for side in (True, False))
    assert {node.url for node in left} == {f"/rulings/{each.id}" for each in cited} | {""}
    assert {node.url for node in right} == {f"/rulings/{each.id}" for each in citing}
    assert left[0].year == "1999"
    for side in (left, right):
        assert [node.year for node in side] == sorted(node.year for node in side)
        assert [node.y for node in side] == sorted({node.y for node in side})


def test_of_a_single_citation_no_picture_is_drawn(snapshot: Snapshot) -> None:
    own, other, *_ = snapshot.catalogue.rulings(snapshot.catalogue.ids()[:2]).values()
    assert citation_map(own, [], {}, [CitedBy(other, 1, ())], Locale("en"), Urls()) is None


def test_a_picture_of_many_citations_stops_at_twenty_a_side_and_counts_the_rest(snapshot: Snapshot) -> None:
    rulings = list(snapshot.catalogue.rulings(snapshot.catalogue.ids()).values())
    citing = [CitedBy(ruling, 1, ()) for ruling in rulings[1:51]]
    picture = citation_map(rulings[0], [], {}, citing, Locale("en"), Urls())
    assert picture is not None
    assert (len(picture.nodes), picture.more) == (20, 30)
    years = [node.year for node in picture.nodes if node.year]
    assert years == sorted(years)
    assert all(0 < node.y < picture.height for node in picture.nodes)


@pytest.mark.parametrize("view", ["both", "original", "translation"])
def test_every_paragraph_carries_its_language(view: str, client: httpx.Client) -> None:
    text = client.get(f"/rulings/{MANGA}?view={view}").text
    paragraphs = text.split('<div class="paragraph"')[1:]
    for paragraph in paragraphs:
        languages = re.findall(r'<p[^>]* lang="([^"]+)"', paragraph.partition("</div>")[0])
        assert languages == {"both": ["zh-Hans", "en"], "original": ["zh-Hans"], "translation": ["en"]}[view]


def test_without_a_script_the_forms_of_a_citation_are_a_page_away(client: httpx.Client) -> None:
    text = client.get(f"/rulings/{MANGA}").text
    (address,) = re.findall(r'id="cite" href="([^"]+)"', text)
    assert client.get(address).text.count("<textarea") > 5


def test_the_page_of_an_article_shows_where_each_ruling_names_it(client: httpx.Client) -> None:
    for language, words in (("en", "Article 2"), ("zh", "第二条")):
        text = client.get("/statutes/anti-unfair-competition-law/2", headers={"Accept-Language": language}).text
        excerpts = re.findall(r'<p class="snippet">.*?</p>', text, re.S)
        assert excerpts
        for excerpt in excerpts:
            (url,) = re.findall(r'href="(/rulings/[^"]+#\w+)"', excerpt)
            assert f'id="{url.partition("#")[2]}"' in client.get(url).text
        assert any(words in mark for excerpt in excerpts for mark in re.findall("<mark>(.*?)</mark>", excerpt))


def test_a_ruling_of_which_next_to_nothing_is_known_has_its_page(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path, 3)
    for serial in (7, 8):
        ruling_file(corpus, serial, cause=None, parties=None, outcome=None, decision_date=None)
    build(corpus, tmp_path / "store", NOW)
    with serving(tmp_path / "store") as client:
        for serial in (1, 2, 7, 8):
            for language in ("en", "zh"):
                address = f"/rulings/2020-jing73-minchu-{serial}?q=甲&hit=1"
                assert client.get(address, headers={"Accept-Language": language}).status_code == 200
