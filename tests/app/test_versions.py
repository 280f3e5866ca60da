"""A corrected ruling: the newest text at its address, earlier ones readable, pinpoints that keep their meaning."""

import datetime
import json
from collections.abc import Iterator

import httpx
import pytest

from indexer.build import build
from indexer.intake.run import Options, import_sources
from indexer.progress import Silent
from tests.intake.texts import a_judgment
from tests.server import serving

pytestmark = pytest.mark.server
ID = "2021-jing73-minchu-1"
TODAY = datetime.date(2026, 1, 1)
NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A service over a corpus of two imported rulings, one of them corrected once."""
    folder = tmp_path_factory.mktemp("versions")
    for name, texts in (("old", [a_judgment(1, extra="另查明，虚构事实。"), a_judgment(2)]), ("new", [a_judgment(1)])):
        source = folder / f"{name}.jsonl"
        source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
        import_sources([source], folder / "corpus", Options(TODAY, workers=1), Silent())
    _, report = build(folder / "corpus", folder / "store", NOW)
    assert report.rejections == []
    with serving(folder / "store") as service:
        yield service


def gone(client: httpx.Client) -> str:
    """The id of the paragraph that only the earlier text has."""
    texts = [client.get(f"/api/v1/rulings/{ID}{end}").json() for end in ("", "/versions/1")]
    now, before = ({p["id"] for s in each["sections"] for p in s["paragraphs"]} for each in texts)
    [id] = before - now
    return str(id)


def test_ruling_page_shows_the_newest_text_and_says_what_it_no_longer_has(client: httpx.Client) -> None:
    page = client.get(f"/rulings/{ID}").text
    assert "另查明，虚构事实。" not in page
    assert f'href="/rulings/{ID}/versions/1"' in page
    assert f'<p id="{gone(client)}">' in page
    assert f'href="/rulings/{ID}/versions/1#{gone(client)}"' in page
    assert "/versions/" not in client.get("/rulings/2021-jing73-minchu-2").text


def test_earlier_text_is_marked_and_not_for_search_engines(client: httpx.Client) -> None:
    page = client.get(f"/rulings/{ID}/versions/1", headers={"Accept-Language": "en"}).text
    assert "另查明，虚构事实。" in page
    assert "Superseded:" in page
    assert '<meta name="robots" content="noindex">' in page
    assert page.count("not in the present text") == 1
    assert f'href="/rulings/{ID}"' in page


def test_earlier_text_is_not_searched(client: httpx.Client) -> None:
    assert client.get("/api/v1/search", params={"q": '"另查明，虚构事实"'}).json()["total"] == 0


def test_api_lists_the_earlier_texts_and_gives_each(client: httpx.Client) -> None:
    whole = client.get(f"/api/v1/rulings/{ID}").json()
    assert whole["versions"] == [{"number": 1, "url": f"/rulings/{ID}/versions/1"}]
    earlier = client.get(f"/api/v1/rulings/{ID}/versions/1").json()
    assert (earlier["version"], earlier["superseded_by"]) == (1, f"/rulings/{ID}")


@pytest.mark.parametrize("path", ["/rulings/nope/versions/1", f"/rulings/{ID}/versions/2"])
@pytest.mark.parametrize("base", ["", "/api/v1"])
def test_text_that_is_not_held_is_not_found(client: httpx.Client, base: str, path: str) -> None:
    assert client.get(base + path).status_code == 404
