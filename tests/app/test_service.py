"""The service as its callers meet it: a real process, real HTTP, the repository's own corpus."""

import html
import re
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from indexer.store import Build
from tests.server import serving

pytestmark = pytest.mark.server
MANGA_FILTER = "2023-jing73-minzhong-3802"


@pytest.fixture(scope="module")
def client(built: Build) -> Iterator[httpx.Client]:
    with serving(built.folder.parent.parent) as running:
        yield running


PAGES = [
    "/",
    "/search",
    "/search?q=平台",
    "/search?q=平台&field=ai&field=data&court=bjipc",
    "/search?q=zzzzzz",
    '/search?q="unclosed',
    "/search?page=2&size=50&sort=tier",
    "/search?q=（2023）京73民终3803号",
    "/search?q=反垄断法第十七条",
    f"/rulings/{MANGA_FILTER}",
    f"/rulings/{MANGA_FILTER}?q=模型&view=both",
    f"/rulings/{MANGA_FILTER}?view=translation",
    "/collections",
    "/collections/bipc-landmark-2026-04-21",
    "/statutes/anti-monopoly-law",
    "/statutes/anti-monopoly-law/17",
    "/fields/ai",
    "/teams/digital-data",
    "/courts/bjipc",
    "/about",
    "/help",
    "/help/components",
]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_in_both_languages(address: str, language: str, client: httpx.Client) -> None:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in answer.text
    assert "<script>" not in answer.text
    assert re.findall(r'(?:src|href)="https?://(?!127)[^"]*\.(?:css|js|png)', answer.text) == []


def test_every_link_on_the_pages_leads_somewhere(client: httpx.Client) -> None:
    with httpx.Client(base_url=client.base_url, trust_env=False) as visitor:
        links = {link for page in PAGES for link in re.findall(r'href="(/[^"#]*)', visitor.get(page).text)}
        answers = {link: visitor.get(html.unescape(link)).status_code for link in sorted(links)}
    expected = {
        link: (404,) if link.startswith("/cite/") else (200, 400) if link.startswith("/api/v1/search") else (200,)
        for link in links
    }
    assert len(links) > 300
    assert {link: status for link, status in answers.items() if status not in expected[link]} == {}


def test_every_snippet_leads_to_a_paragraph_that_is_there(client: httpx.Client) -> None:
    hits = client.get("/api/v1/search", params={"q": "专利", "size": 50}).json()["hits"]
    places = [(snippet["url"].split("#")) for hit in hits for snippet in hit["snippets"]]
    assert len(places) > 50
    for address, fragment in places:
        assert f'id="{fragment}"' in client.get(address).text


def test_a_span_of_years_leads_to_the_search_for_its_years(client: httpx.Client) -> None:
    answer = client.get("/search", params={"q": "平台", "from": "2018", "to": "2019", "court": "bjipc"})
    assert answer.status_code == 303
    assert httpx.URL(answer.headers["location"]).params.get_list("year") == ["2018", "2019"]
    assert httpx.URL(answer.headers["location"]).params["court"] == "bjipc"


@pytest.mark.parametrize(
    ("citation", "status"),
    [
        ("（2023）京73民终3802号", 302),
        ("(2023)京73民终3802号", 302),
        ("〔2023〕京73民终3802号", 302),
        ("2023京73民终3802", 302),
        ("(2023) Jing 73 Min Zhong No. 3802", 302),
        (MANGA_FILTER, 302),
        ("指导案例78号", 302),
        ("（2023）京73民终3803号", 404),
        ("nonsense", 404),
    ],
)
def test_the_resolver_answers(citation: str, status: int, client: httpx.Client) -> None:
    answer = client.get(f"/cite/{quote(citation, safe='')}")
    assert answer.status_code == status
    if status == 302:
        assert client.get(answer.headers["location"]).status_code == 200


def test_a_number_not_held_is_answered_with_the_nearest_and_the_coverage(client: httpx.Client) -> None:
    text = client.get("/cite/（2023）京73民终3803号").text
    assert MANGA_FILTER in text
    assert "does not mean that it does not exist" in text


def test_the_search_answer_has_the_contract_s_names(client: httpx.Client) -> None:
    body = client.get("/api/v1/search", params={"q": "数据", "field": ["data", "ai"], "size": 5}).json()
    assert set(body) == {"query", "total", "partial", "took_ms", "hits", "facets", "suggestion", "build"}
    hit = body["hits"][0]
    assert {
        "id", "case_number", "title", "court", "decision_date", "fields", "team", "text", "score", "cited_by", "url",
        "snippets",
    } == set(hit)  # fmt: skip
    assert set(hit["court"]) == {"code", "zh", "en"}
    assert {"paragraph", "section", "html"} <= set(hit["snippets"][0])
    assert "<mark>" in hit["snippets"][0]["html"]
    facet = body["facets"][0]
    assert set(facet) == {"name", "label", "values"}
    assert set(facet["values"][0]) == {"value", "label", "count", "selected", "url"}
    assert {v["value"] for v in facet["values"] if v["selected"]} == {"data", "ai"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No ruling has what you typed whole; these have its parts in one sentence: 模型 + 参数"),
        ("zh-Hans", "没有裁判文书完整含有所输入的检索词；以下裁判文书在同一句内含有其组成部分：模型 + 参数"),
    ],
)
def test_a_page_says_which_words_were_taken_apart(language: str, said: str, client: httpx.Client) -> None:
    text = client.get("/search", params={"q": "模型参数"}, headers={"Accept-Language": language}).text
    assert said in re.sub(r"<[^>]+>", "", text)
    answer = client.get("/api/v1/search", params={"q": "模型参数"}).json()
    assert answer["query"]["parted"] == [{"word": "模型参数", "parts": ["模型", "参数"]}]


def test_a_team_filter_names_the_basis_of_the_team(client: httpx.Client) -> None:
    body = client.get("/api/v1/search", params={"team": "agricultural-seeds"}).json()
    assert body["total"] > 0
    for hit in body["hits"]:
        assert hit["team"]["basis"] == "rule"
        assert "not stated" in hit["team"]["note"]["en"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ('/api/v1/search?q="unclosed', 400, "query_unreadable"),
        ("/api/v1/search?page=0", 400, "bad_request"),
        ("/api/v1/search?page=x", 400, "bad_request"),
        ("/api/v1/search?page=501&size=20", 400, "bad_request"),
        ("/api/v1/search?size=101", 400, "bad_request"),
        ("/api/v1/search?sort=best", 400, "bad_request"),
        (f"/api/v1/search?q={'石' * 2001}", 413, "query_too_long"),
        (f"/api/v1/search?q={'a ' * 65}", 413, "query_too_long"),
        ("/api/v1/rulings/nope", 404, "not_held"),
        ("/api/v1/rulings/nope/citations", 404, "not_held"),
        ("/api/v1/resolve", 400, "bad_request"),
        ("/api/v1/nope", 404, "not_held"),
        ("/collections/nope", 404, None),
        ("/statutes/nope", 404, None),
        ("/rulings/nope", 404, None),
        ("/search?page=99999999999999999999", 400, None),
        ("/nope", 404, None),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_error_has_one_shape_and_the_callers_language(
    address: str, status: int, code: str | None, language: str, client: httpx.Client
) -> None:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == status
    if code is None:
        assert '<main id="main">' in answer.text
        return
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "detail"}
    assert error["code"] == code
    assert bool(re.search(r"[\u4e00-\u9fff]", error["message"].replace("石", ""))) == (language == "zh")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x>',
        "'; DROP TABLE ruling;--",
        "\x00",
        "%s%n",
        "𠮷野家",
        "\u202e",
        "{{7*7}}",
    ],
)
def test_a_hostile_query_is_only_text(text: str, client: httpx.Client) -> None:
    answer = client.get("/search", params={"q": text})
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "<img" not in answer.text
    assert "49" not in re.findall(r"<title>(.*?)</title>", answer.text)[0]


def test_the_language_once_asked_for_is_remembered(built: Build, client: httpx.Client) -> None:
    with httpx.Client(base_url=client.base_url, trust_env=False) as visitor:
        assert 'lang="en"' in visitor.get("/?lang=en").text.split("\n")[1]
        assert 'lang="en"' in visitor.get("/about").text.split("\n")[1]


def test_answers_carry_the_headers_that_keep_strangers_out(client: httpx.Client) -> None:
    for address in ("/", "/search?q=a", "/static/site.css", "/api/v1/stats"):
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_a_link_checker_may_ask_for_the_head_alone(client: httpx.Client) -> None:
    for address in ("/", "/rulings/" + MANGA_FILTER, "/healthz"):
        answer = client.head(address)
        assert (answer.status_code, answer.content) == (200, b"")


def test_health_and_readiness(client: httpx.Client, built: Build) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["build"] == built.manifest.build
    assert client.get("/api/v1/stats").json()["rulings"] == built.manifest.counts["rulings"]


def test_a_ruling_page_shows_what_a_lawyer_must_know(client: httpx.Client) -> None:
    text = client.get(f"/rulings/{MANGA_FILTER}").text
    for wanted in (
        "This is a digest", "Beware", "seen in public lists", "（2023）京73民终3802号", "31 Mar 2025", "CNY 1,600,000",
        "Anti-Unfair Competition Law (2019), Article 2", 'id="p1"', 'id="h1"', "Yiruike", "given by the editor",
    ):  # fmt: skip
        assert wanted in text, wanted


def test_proceedings_are_linked_from_both_sides(client: httpx.Client) -> None:
    first, second = "2024-zhe0192-minchu-1587", "2024-zhe01-minzhong-10332"
    for id in (first, second):
        steps = client.get(f"/api/v1/rulings/{id}").json()["proceedings"]
        assert [(step["id"], step["relation"]) for step in steps if step["relation"] != "companion"] == [
            (first, "first-instance"),
            (second, "second-instance"),
        ]
        assert [step["id"] for step in steps if step["is_this"]] == [id]
