"""A ruling carried away over HTTP: its citation forms as a page, and the ruling as a file."""

import json
import re
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

import httpx
import pytest

from app.routes.exports import EXPORTS
from indexer.store import Build
from tests.server import serving

pytestmark = pytest.mark.server
MANGA = "2023-jing73-minzhong-3802"


@pytest.fixture(scope="module")
def client(built: Build) -> Iterator[httpx.Client]:
    with serving(built.folder.parent.parent) as running:
        yield running


@pytest.mark.parametrize("format", sorted(EXPORTS))
def test_a_ruling_comes_as_a_file_with_its_type_and_name(format: str, client: httpx.Client) -> None:
    answer = client.get(f"/rulings/{MANGA}.{format}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == EXPORTS[format].media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="{MANGA}.{format}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert str(client.base_url).rstrip("/") + f"/rulings/{MANGA}" in answer.text
    assert client.head(f"/rulings/{MANGA}.{format}").status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/rulings/nope.bib", 404),
        (f"/rulings/{MANGA}.doc", 404),
        (f"/rulings/{MANGA}.", 404),
        ("/rulings/nope/cite", 404),
        (f"/rulings/{MANGA}/cite?p=p99", 404),
        (f"/rulings/{MANGA}.bib?p=p99", 404),
        (f"/rulings/{MANGA}.bib?p=p12%0a", 404),
        (f"/rulings/{MANGA}/cite?p=", 200),
    ],
)
def test_what_is_not_there_is_answered_so(address: str, status: int, client: httpx.Client) -> None:
    assert client.get(address).status_code == status


def test_the_page_of_a_ruling_is_still_its_page(client: httpx.Client) -> None:
    assert client.get(f"/rulings/{MANGA}").headers["content-type"].startswith("text/html")
    assert client.get("/rulings/nope").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_stands_on_the_page_to_be_copied(language: str, client: httpx.Client) -> None:
    answer = client.get(f"/rulings/{MANGA}/cite", params={"p": "p12"}, headers={"Accept-Language": language})
    fields = dict(re.findall(r'<textarea id="form-(\w+)"[^>]*>\n(.*?)</textarea>', answer.text, re.S))
    assert list(fields) == ["short", "full", "footnote", "english", "markdown", "html", "address", "bib", "ris", "json"]
    assert fields["full"] == "北京知识产权法院（2023）京73民终3802号民事判决书（Panli摘要第12段）"
    assert fields["address"] == f"{str(client.base_url).rstrip('/')}/rulings/{MANGA}#p12"
    assert unescape(fields["bib"]) == client.get(f"/rulings/{MANGA}.bib?p=p12").text
    (item,) = json.loads(unescape(fields["json"]))
    assert item["URL"].endswith("#p12")
    assert "<script>" not in answer.text and "style=" not in answer.text


def test_every_address_on_the_page_leads_somewhere(client: httpx.Client) -> None:
    page = client.get(f"/rulings/{MANGA}/cite?p=h1").text
    links = {unescape(link) for link in re.findall(r'href="(/[^"#]*)', page)}
    assert len(links) > 8
    with httpx.Client(base_url=client.base_url, trust_env=False) as visitor:  # it takes the cookie of ?lang=
        assert {link: status for link in links if (status := visitor.get(link).status_code) != 200} == {}


def test_the_xml_has_the_fragments_of_the_page(client: httpx.Client) -> None:
    root = ElementTree.fromstring(client.get(f"/rulings/{MANGA}.xml").content)
    named = {each.get("eId") for each in root.iter("{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}p")} - {None}
    shown = set(re.findall(r'<div class="paragraph" id="(\w+)">', client.get(f"/rulings/{MANGA}").text))
    assert named == shown and len(named) == 13
