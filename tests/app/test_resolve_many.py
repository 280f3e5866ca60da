"""Many citations resolved in one call: an answer for each, in the order asked."""

from collections.abc import Iterator

import httpx
import pytest

from app.settings import MAX_RESOLVED
from indexer.store import Build
from tests.server import serving

pytestmark = pytest.mark.server
ASKED = {
    "（2023）京73民终3802号": 200,
    "(2023) Jing 73 Min Zhong No. 3802": 200,
    "2023-jing73-minzhong-3802": 200,
    "指导案例78号": 200,
    "（2023）京73民终3803号": 404,
    "nonsense": 404,
    "": 400,
    "  ": 400,
    "石" * 501: 400,
}


@pytest.fixture(scope="module")
def client(built: Build) -> Iterator[httpx.Client]:
    with serving(built.folder.parent.parent) as running:
        yield running


def test_each_citation_has_its_own_answer(client: httpx.Client) -> None:
    answer = client.post("/api/v1/resolve", json={"citations": list(ASKED)})
    assert answer.status_code == 200
    items = answer.json()["citations"]
    assert [item["status"] for item in items] == list(ASKED.values())
    assert [item["citation"] for item in items] == [citation[:500] for citation in ASKED]
    assert all(set(item) == {"citation", "status", "rulings"} for item in items)
    assert items[0]["rulings"][0]["id"] == "2023-jing73-minzhong-3802"


def test_an_answer_is_that_of_the_single_call(client: httpx.Client) -> None:
    asked = [citation for citation, status in ASKED.items() if status != 400]
    for item in client.post("/api/v1/resolve", json={"citations": asked}).json()["citations"]:
        alone = client.get("/api/v1/resolve", params={"citation": item["citation"]})
        body = alone.json()
        assert alone.status_code == item["status"]
        assert {key: body[key] for key in item} == item


def test_two_thousand_are_answered_and_one_more_is_refused_with_the_number(client: httpx.Client) -> None:
    many = [f"（2023）京73民终{serial}号" for serial in range(1, MAX_RESOLVED + 1)]
    answer = client.post("/api/v1/resolve", json={"citations": many}, timeout=30)
    assert len(answer.json()["citations"]) == MAX_RESOLVED
    refused = client.post("/api/v1/resolve", json={"citations": [*many, "x"]})
    assert refused.status_code == 413
    error = refused.json()["error"]
    assert (error["code"], error["detail"]) == ("too_many_at_once", {"limit": 2000})
    assert "2,000" in error["message"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{", 400),
        (b'{"citations": "x"}', 400),
        (b'{"citations": [1]}', 400),
        (b'{"citations": null}', 400),
        (b'{"citations": []}', 200),
        (b'{"citations": ["\\ud800"]}', 400),
        (b"\xff\xfe\x00", 400),
        (b"[" * 200_000, 400),
        (b'{"citations": ["' + b"x" * 10_500_000 + b'"]}', 413),
    ],
)
def test_bad_bodies_are_refused_in_the_one_shape(body: bytes, status: int, client: httpx.Client) -> None:
    answer = client.post("/api/v1/resolve", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    if status != 200:
        assert set(answer.json()) == {"error"}
