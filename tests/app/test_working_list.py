"""The working list as files, and the rulings in short that its page shows. Nothing of it stays at the server."""

import csv
import io
from collections.abc import Iterator

import docx
import httpx
import pytest

from app.i18n import Locale
from app.presenting.working_list import LIST_FORMATS, kept
from app.settings import MAX_KEPT, MAX_RULINGS_AT_ONCE
from app.stores import Snapshot
from app.urls import Urls
from indexer.store import Build
from tests.server import serving

MANGA, REVERSED = "2023-jing73-minzhong-3802", "2016-jing73-xingchu-2648"
NOTE = "核心段落：第12段\n# not a heading, *not* bold <b>"
ABSOLUTE = Urls("https://panli.example")

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def client(built: Build) -> Iterator[httpx.Client]:
    with serving(built.folder.parent.parent) as running:
        yield running


def written(format: str, ids: list[str], notes: list[str], snapshot: Snapshot, language: str = "en") -> bytes:
    return LIST_FORMATS[format].write(kept(ids, notes, snapshot.catalogue), Locale(language), ABSOLUTE)


def test_a_table_has_the_rulings_in_the_reader_s_order_with_notes(snapshot: Snapshot) -> None:
    rows = list(
        csv.DictReader(io.StringIO(written("csv", [REVERSED, MANGA], ["", NOTE], snapshot).decode("utf-8-sig")))
    )
    assert [row["Address"].rpartition("/")[2] for row in rows] == [REVERSED, MANGA]
    assert [row["Note"] for row in rows] == ["", NOTE]


def test_a_note_is_no_formula_in_a_spreadsheet(snapshot: Snapshot) -> None:
    text = written("csv", [MANGA], ["=HYPERLINK(1)"], snapshot).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["Note"] == "'=HYPERLINK(1)"


def test_markdown_takes_no_note_for_marks(snapshot: Snapshot) -> None:
    text = written("md", [MANGA], [NOTE], snapshot, "zh-Hans").decode()
    assert text.startswith("# 工作清单\n\n## 1. “变身漫画特效”")
    assert "\\# not a heading, \\*not\\* bold \\<b\\>" in text
    assert f"- <https://panli.example/rulings/{MANGA}>" in text
    assert "本库所收为摘要" in text


def test_a_word_document_can_be_read_back(snapshot: Snapshot) -> None:
    document = docx.Document(io.BytesIO(written("docx", [MANGA, "2099-nowhere-1"], [NOTE + "\x00", ""], snapshot)))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == "Working list"
    assert lines[1].startswith("1. Douyin v. Yiruike")
    assert "核心段落：第12段" in lines
    assert lines[-1] == "2. 2099-nowhere-1 (not held here)"


def test_a_form_is_answered_with_a_file_that_is_not_kept(client: httpx.Client) -> None:
    for format, form in LIST_FORMATS.items():
        answer = client.post(f"/list.{format}", data={"id": [MANGA, REVERSED], "note": ["一", ""]})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == form.media_type
        assert answer.headers["cache-control"] == "no-store"
        assert f"panli-list.{format}" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("address", "form", "status"),
    [
        ("/list.csv", {"id": [MANGA], "note": []}, 400),
        ("/list.csv", {"id": ["x"] * (MAX_KEPT + 1), "note": [""] * (MAX_KEPT + 1)}, 400),
        ("/list.exe", {"id": [], "note": []}, 404),
    ],
)
def test_a_list_that_is_none_is_refused(
    address: str, form: dict[str, list[str]], status: int, client: httpx.Client
) -> None:
    assert client.post(address, data=form).status_code == status


def test_several_rulings_are_answered_in_short_in_the_order_asked(client: httpx.Client) -> None:
    body = client.get("/api/v1/rulings", params={"id": [REVERSED, "nope", MANGA, MANGA]}).json()
    assert [ruling["id"] for ruling in body["rulings"]] == [REVERSED, MANGA]
    assert body["not_held"] == ["nope"]
    assert {"case_number", "title", "court", "decision_date", "text", "undone", "url"} <= set(body["rulings"][0])
    assert client.get("/api/v1/rulings", params={"id": ["x"] * (MAX_RULINGS_AT_ONCE + 1)}).status_code == 400
