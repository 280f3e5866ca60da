"""What the resolver answers when a number means several documents, or one that was taken out."""

from collections.abc import Iterator

import httpx
import pytest

from indexer.build import build
from tests.builders import ruling_file
from tests.conftest import NOW
from tests.server import serving

pytestmark = pytest.mark.server
SEVERAL, ONE, WITHDRAWN = "（2020）京73民初1号", "（2020）京73民初2号", "2020-jing73-minchu-3"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A service over three fictitious rulings: two documents under one number, one withdrawn."""
    root = tmp_path_factory.mktemp("cite")
    corpus = root / "corpus"
    ruling_file(corpus, 1)
    ruling_file(corpus, 1, name="2020-jing73-minchu-1-order", document_type="order")
    ruling_file(corpus, 2)
    ruling_file(corpus, 3)
    (corpus / "withdrawn.toml").write_text(
        '[[withdrawn]]\nid = "2020-jing73-minchu-3"\ndate = "2026-01-01"\n'
        'reason = { zh = "应当事人请求撤回", en = "withdrawn at a party\'s request" }\n',
        "utf-8",
    )
    build(corpus, root / "store", NOW)
    with serving(root / "store") as running:
        yield running


def test_one_number_of_two_documents_is_answered_with_both(client: httpx.Client) -> None:
    answer = client.get(f"/cite/{SEVERAL}")
    assert answer.status_code == 300
    assert "/rulings/2020-jing73-minchu-1-order" in answer.text
    assert '/rulings/2020-jing73-minchu-1"' in answer.text
    body = client.get("/api/v1/resolve", params={"citation": SEVERAL})
    assert body.status_code == 300
    assert len(body.json()["rulings"]) == 2


def test_one_number_of_one_document_leads_to_it(client: httpx.Client) -> None:
    answer = client.get(f"/cite/{ONE}")
    assert (answer.status_code, answer.headers["location"]) == (302, "/rulings/2020-jing73-minchu-2")


@pytest.mark.parametrize("address", [f"/rulings/{WITHDRAWN}", f"/cite/{WITHDRAWN}", "/cite/（2020）京73民初3号"])
def test_a_withdrawn_ruling_is_gone_with_the_reason_kept(address: str, client: httpx.Client) -> None:
    answer = client.get(address)
    assert answer.status_code == 410
    assert "withdrawn at a party" in answer.text
    assert "应当事人请求撤回" in client.get(address, headers={"Accept-Language": "zh"}).text


def test_a_withdrawn_ruling_is_nowhere_in_search(client: httpx.Client) -> None:
    assert client.get("/api/v1/search").json()["total"] == 3
    assert client.get("/api/v1/resolve", params={"citation": WITHDRAWN}).status_code == 410
    error = client.get(f"/api/v1/rulings/{WITHDRAWN}").json()["error"]
    assert error["code"] == "withdrawn"
    assert error["detail"]["reason"]["en"].startswith("withdrawn")
