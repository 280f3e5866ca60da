"""A search carried away and followed: files, feed, sitemap, the browser's address bar, pages of fields and courts."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

import httpx
import pytest

from app.i18n import Locale
from app.presenting.result_files import RESULT_FORMATS
from app.presenting.results import COLUMNS, ResultList
from app.urls import Urls
from indexer.domain.registry import legal_fields, trial_teams
from indexer.store import Build
from tests.server import serving

pytestmark = pytest.mark.server
ATOM = "{http://www.w3.org/2005/Atom}"
MANGA = "2023-jing73-minzhong-3802"


@pytest.fixture(scope="module")
def client(built: Build) -> Iterator[httpx.Client]:
    with serving(built.folder.parent.parent) as running:
        yield running


@pytest.mark.parametrize("format", sorted(RESULT_FORMATS))
def test_a_search_comes_as_a_file(format: str, client: httpx.Client) -> None:
    answer = client.get(f"/search.{format}", params={"q": "模型", "lang": "en"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == RESULT_FORMATS[format].media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="panli.{format}"'


def test_the_file_has_every_hit_in_the_order_of_the_page(client: httpx.Client) -> None:
    asked = {"q": "平台", "court": "bjipc", "sort": "newest", "size": "100"}
    page = [hit["id"] for hit in client.get("/api/v1/search", params=asked).json()["hits"]]
    rows = json.loads(client.get("/search.json", params={**asked, "size": "5"}).text)
    assert [row["address"].rpartition("/")[2] for row in rows["rulings"]] == page
    assert (rows["total"], rows["listed"]) == (len(page), len(page))
    assert [row["rank"] for row in rows["rulings"]] == list(range(1, len(page) + 1))
    table = list(
        csv.reader(io.StringIO(client.get("/search.csv", params={**asked, "lang": "zh"}).text.lstrip("\ufeff")))
    )
    assert table[0][:3] == ["序号", "案号", "标题（中文）"]
    assert [row[-1].rpartition("/")[2] for row in table[1:]] == page
    assert client.get("/search.ris", params=asked).text.count("TY  - CASE") == len(page)


def test_the_spreadsheet_holds_text_not_formulas(client: httpx.Client) -> None:
    content = client.get("/search.xlsx", params={"q": "模型"}).content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "（2023）京73民终3802号" in strings


def test_a_title_that_looks_like_a_formula_stays_a_title() -> None:
    row: dict[str, str | int] = {name: "" for name, _ in COLUMNS}
    row |= {"rank": 1, "title_zh": '=HYPERLINK("http://x")'}
    listed = ResultList(1, (), (row,))
    text = RESULT_FORMATS["csv"].write(listed, Locale("en"), Urls("https://example.org")).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][2] == '\'=HYPERLINK("http://x")'


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search.pdf?q=a", 404),
        ('/search.csv?q="unclosed', 400),
        ("/search.csv?q=" + "a" * 2_001, 413),
        ("/feed.atom?sort=nope", 400),
        ("/sitemaps/0.xml", 404),
        ("/sitemaps/9.xml", 404),
        ("/fields/nope", 404),
        ("/teams/nope", 404),
        ("/courts/nope", 404),
    ],
)
def test_what_is_not_there_says_so(address: str, status: int, client: httpx.Client) -> None:
    assert client.get(address).status_code == status


def test_every_search_has_a_feed_of_its_newest_decisions(client: httpx.Client) -> None:
    root = ElementTree.fromstring(client.get("/feed.atom", params={"field": "seeds"}).content)
    entries = root.findall(f"{ATOM}entry")
    newest = client.get("/api/v1/search", params={"field": "seeds", "sort": "newest", "size": 50}).json()["hits"]
    assert [entry.findtext(f"{ATOM}id", "").rpartition("/")[2] for entry in entries] == [hit["id"] for hit in newest]
    for name in ("title", "id", "updated"):
        assert root.findtext(f"{ATOM}{name}")
        assert all(entry.findtext(f"{ATOM}{name}") for entry in entries)
    assert all(
        re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", e.findtext(f"{ATOM}updated", ""))
        for e in entries
    )


def test_the_sitemap_names_every_ruling_and_no_search(client: httpx.Client, built: Build) -> None:
    index = client.get("/sitemap.xml").text
    places = [unescape(place) for part in re.findall("<loc>(.*?)</loc>", index) for place in _places(client, part)]
    rulings = [place for place in places if "/rulings/" in place]
    assert len(rulings) == built.manifest.counts["rulings"]
    assert not any("/search" in place for place in places)
    others = [place for place in places if "/rulings/" not in place]
    assert {client.get(place).status_code for place in others} == {200}
    assert f"Sitemap: {str(client.base_url).rstrip('/')}/sitemap.xml" in client.get("/robots.txt").text


def _places(client: httpx.Client, address: str) -> list[str]:
    return re.findall("<loc>(.*?)</loc>", client.get(address).text)


def test_the_address_bar_can_search(client: httpx.Client) -> None:
    text = client.get("/opensearch.xml?lang=en").text
    (template,) = re.findall(r'type="text/html"[^>]*template="([^"]+)"', text)
    assert client.get(unescape(template).replace("{searchTerms}", "模型")).status_code == 200
    assert 'rel="search"' in client.get("/").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_and_team_has_a_page(language: str, client: httpx.Client) -> None:
    for address in [*(f"/fields/{id}" for id in legal_fields()), *(f"/teams/{id}" for id in trial_teams())]:
        answer = client.get(address, params={"lang": language})
        assert answer.status_code == 200, address
        assert 'aria-current="page"' in answer.text


def test_the_page_of_a_court_counts_what_the_search_counts(client: httpx.Client) -> None:
    total = client.get("/api/v1/search", params={"court": "bjipc"}).json()["total"]
    text = client.get("/courts/bjipc?lang=en").text
    assert f"{total} rulings" in text
    assert "京73" in text
    assert "Intellectual property court" in text


def test_a_ruling_tells_machines_what_it_is(client: httpx.Client) -> None:
    text = client.get(f"/rulings/{MANGA}?lang=en").text
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    told = json.loads(data)
    assert told["about"]["identifier"] == ["（2023）京73民终3802号"]
    assert told["about"]["dateCreated"] == "2025-03-31"
    assert told["genre"] == "Digest"
    (image,) = re.findall(r'property="og:image" content="([^"]+)"', text)
    assert client.get(image).headers["content-type"] == "image/png"
    assert 'property="og:description" content="Beijing Intellectual Property Court' in text


def test_an_unchanged_answer_is_not_sent_again(client: httpx.Client) -> None:
    for address in ("/", f"/rulings/{MANGA}", "/search?q=模型", "/api/v1/search?q=模型", "/feed.atom"):
        first = client.get(address)
        assert first.headers["cache-control"] == "no-cache"
        again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert again.headers["content-security-policy"]


def test_another_language_theme_or_address_is_another_answer(client: httpx.Client) -> None:
    with httpx.Client(base_url=client.base_url, trust_env=False) as visitor:
        held = {"If-None-Match": visitor.get("/about", headers={"Accept-Language": "en"}).headers["etag"]}
        assert visitor.get("/about", headers={**held, "Accept-Language": "en"}).status_code == 304
        assert visitor.get("/about", headers={**held, "Accept-Language": "zh"}).status_code == 200
        assert visitor.get("/help", headers={**held, "Accept-Language": "en"}).status_code == 200
        dark = visitor.get("/about", headers={**held, "Accept-Language": "en", "Cookie": "panli_theme=dark"})
        assert dark.status_code == 200
        assert '<html lang="en" data-theme="dark"' in dark.text
        odd = visitor.get("/about", headers={**held, "Accept-Language": "en", "Cookie": 'panli_theme="><script>'})
        assert odd.status_code == 304
        assert visitor.get("/about?lang=en", headers=held).status_code == 200


def test_pages_are_compressed_and_light(client: httpx.Client) -> None:
    longest = "/search?q=专利&size=20"
    for address in ("/", longest, f"/rulings/{MANGA}?view=both", "/about"):
        with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["content-encoding"] == "gzip"
            page = sum(map(len, answer.iter_raw()))
        files = re.findall(r'(?:stylesheet" href|script src)="(/static/[^"]+)"', client.get(address).text)
        assert len(files) == 2
        for file in files:
            with client.stream("GET", file, headers={"Accept-Encoding": "gzip"}) as answer:
                page += sum(map(len, answer.iter_raw()))
                assert "immutable" in answer.headers["cache-control"]
        assert page < 60_000, (address, page)


def test_the_service_counts_answers_but_not_what_was_asked(client: httpx.Client) -> None:
    client.get("/search?q=绝密词语")
    text = client.get("/metrics").text
    assert re.search(r'panli_answers_total\{route="/search",status="200"\} [1-9]', text)
    assert "绝密词语" not in text
    assert re.search(r"^panli_rulings 2\d\d", text, re.M)
