"""The check of a brief over HTTP: page, linked file, JSON; hostile uploads; nothing kept, nothing logged."""

import io
import re
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from html import unescape

import httpx
import pytest

from indexer.store import Build
from tests.conftest import ROOT
from tests.server import _free_port, serving

pytestmark = pytest.mark.server
MANGA = "2023-jing73-minzhong-3802"
TEXT = (
    "参见北京知识产权法院（2023）京73民终3802号民事判决书。\n"
    "\n"
    "另见（2023）京73民终3802号判决、指导案例78号；（2023）京73民终3803号未查到。\n"
    "依照《反不正当竞争法》第二条。\n"
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>参见（2023）京73民终</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>3802号判决。</w:t></w:r></w:p>"
    "</w:body></w:document>"
)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(document: str = DOCUMENT) -> bytes:
    """The smallest Word document there is, with this main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELS)
        package.writestr("word/document.xml", document)
    return out.getvalue()


@pytest.fixture(scope="module")
def client(built: Build) -> Iterator[httpx.Client]:
    with serving(built.folder.parent.parent) as running:
        yield running


def upload(name: str, data: bytes) -> dict[str, tuple[str, bytes]]:
    return {"brief": (name, data)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_works_without_a_script(language: str, client: httpx.Client) -> None:
    answer = client.get("/briefs", headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert "<script>" not in answer.text and "style=" not in answer.text
    assert re.search(r'<form [^>]*action="/briefs" method="post" enctype="multipart/form-data">', answer.text)
    assert 'formaction="/briefs/linked"' in answer.text
    assert "2,000" in answer.text and "10 MB" in answer.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pasted_text_comes_back_as_a_checked_page(language: str, client: httpx.Client) -> None:
    answer = client.post("/briefs", data={"text": TEXT}, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "<script>" not in answer.text and "style=" not in answer.text
    assert answer.text.count('class="citation"') == 5
    shapes = re.findall(r'<a class="shape" href="#(a\d+)" title="[^"]+" aria-label="[^"]+">(.)</a>', answer.text)
    assert [shape for _, shape in shapes] == ["●", "●", "●", "○", "●"]
    assert len({row for row, _ in shapes}) == 4
    for row, _ in shapes:
        assert f'<li id="{row}" ' in answer.text
    assert f'href="/rulings/{MANGA}' in answer.text
    assert re.search(rf'href="/rulings/{MANGA}"[^>]*>[^<]+</a> ×2', answer.text)


def test_the_page_says_the_brief_word_for_word_and_lets_it_be_sent_again(client: httpx.Client) -> None:
    text = '<script>alert("甲")</script> & （2023）京73民终3802号 </textarea> {{ 7 * 7 }}'
    page = client.post("/briefs", data={"text": text}).text
    assert "<script>" not in page and "49" not in re.sub(r"<[^>]+>", "", page)
    carried = re.search(r'<textarea name="text" hidden readonly>\n(.*?)</textarea>', page, re.S)
    assert carried is not None and unescape(carried[1]) == text
    shown = re.search(r'<section class="brieftext".*?</section>', page, re.S)
    assert shown is not None
    plain = unescape(re.sub(r'<a class="(?:shape|mark)".*?</a>|<[^>]+>', "", shown[0])).strip()
    assert plain == text


def test_every_link_of_the_page_leads_somewhere(client: httpx.Client) -> None:
    page = client.post("/briefs", data={"text": TEXT}).text
    links = {unescape(link) for link in re.findall(r'href="(/[^"#]*)', page)}
    with httpx.Client(base_url=client.base_url, trust_env=False) as visitor:  # it takes the cookie of ?lang=
        assert {link: code for link in links if (code := visitor.get(link).status_code) not in (200, 302)} == {}
    fragments = set(re.findall(r'href="#([^"]+)"', page))
    assert sorted(each for each in fragments if f'id="{each}"' not in page) == []


def test_a_word_document_comes_back_linked(client: httpx.Client) -> None:
    answer = client.post("/briefs/linked", files=upload("答辩状.docx", docx()))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == DOCX
    assert answer.headers["content-disposition"].endswith("filename*=UTF-8''%E7%AD%94%E8%BE%A9%E7%8A%B6.linked.docx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
        document = package.read("word/document.xml").decode()
    assert str(client.base_url).rstrip("/") + f"/rulings/{MANGA}" in relations
    assert document.count("<w:hyperlink ") >= 1
    again = client.post("/briefs/linked", files=upload("答辩状.docx", answer.content))
    assert again.content == answer.content


def test_a_pasted_text_comes_back_linked_with_a_table_when_asked(client: httpx.Client) -> None:
    plain = client.post("/briefs/linked", files={"brief": ("", b"")}, data={"text": TEXT, "table": ""})
    assert plain.status_code == 200
    assert plain.headers["content-disposition"].endswith("brief.linked.txt")
    address = str(client.base_url).rstrip("/")
    assert plain.text.count(f"{address}/rulings/{MANGA}") == 2
    assert f"{address}/statutes/anti-unfair-competition-law/2" in plain.text
    assert "Table of authorities" not in plain.text
    table = client.post("/briefs/linked", data={"text": TEXT, "table": "1"}).text
    assert "Table of authorities" in table
    assert "北京知识产权法院（2023）京73民终3802号民事判决书: ¶¶ 1, 2" in table
    assert "○" not in table and "not held" not in table


def test_the_json_has_offsets_that_fit_its_passages(client: httpx.Client) -> None:
    by_text = client.post("/api/v1/briefs", json={"text": TEXT})
    by_file = client.post("/api/v1/briefs", files=upload("brief.txt", TEXT.encode()))
    assert by_text.status_code == by_file.status_code == 200
    body = by_text.json()
    assert set(body) == {"name", "counts", "citations", "authorities", "passages", "coverage", "build"}
    assert by_file.json()["citations"] == body["citations"]
    assert len(body["citations"]) == 5
    for citation in body["citations"]:
        passage = body["passages"][citation["passage"]]
        assert passage[citation["start"] : citation["end"]] == citation["text"]
        assert set(citation) == {
            "passage", "paragraph", "start", "end", "text", "kind", "key", "verdict", "reasons", "ruling", "pinpoint",
            "url", "suggestion", "history", "quotations",
        }  # fmt: skip
    assert sum(body["counts"].values()) == 5
    assert body["counts"]["not-held"] == 1
    assert body["authorities"][0]["places"] == [1, 2]
    assert body["citations"][0]["url"] == f"{str(client.base_url).rstrip('/')}/rulings/{MANGA}"


def test_reasons_are_told_in_the_caller_s_language(client: httpx.Client) -> None:
    text = "北京市高级人民法院（2023）京73民终3802号民事判决书。"
    for language, word in (("en", "names the court"), ("zh", "法院")):
        answer = client.post("/api/v1/briefs", json={"text": text}, headers={"Accept-Language": language}).json()
        (citation,) = answer["citations"]
        assert citation["verdict"] == "differs"
        assert any(reason["code"] == "court" and word in reason["message"] for reason in citation["reasons"])


@pytest.mark.parametrize(
    ("send", "status", "code"),
    [
        ({"data": {"text": ""}}, 400, "bad_request"),
        ({"data": {"text": " \n"}}, 400, "bad_request"),
        ({"data": {"other": "x"}}, 400, "bad_request"),
        ({"files": {"brief": ("", b"")}}, 400, "bad_request"),
        ({"json": {}}, 400, "bad_request"),
        ({"json": ["text"]}, 400, "bad_request"),
        ({"json": {"text": 1}}, 400, "bad_request"),
        ({"content": b'{"text": "\\ud800"}', "headers": {"Content-Type": "application/json"}}, 400, "bad_request"),
        ({"content": b"plain", "headers": {"Content-Type": "text/plain"}}, 400, "bad_request"),
        ({"content": b"plain"}, 400, "bad_request"),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400, "bad_request"),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=b"}}, 400, "bad_request"),
        ({"data": {f"f{n}": "x" for n in range(40)}}, 400, "bad_request"),
        ({"data": {"text": "（2023）京73民终3802号、" * 2001}}, 413, "too_many_citations"),
        ({"files": {"brief": ("a.txt", "石".encode() * 3_600_000)}}, 413, "body_too_large"),
    ],
)
@pytest.mark.parametrize("address", ["/api/v1/briefs", "/briefs", "/briefs/linked"])
def test_what_can_not_be_taken_is_refused_in_the_one_shape(
    address: str, send: dict[str, object], status: int, code: str, client: httpx.Client
) -> None:
    headers = {"Accept": "application/json", **send.get("headers", {})}  # type: ignore[dict-item]
    answer = client.post(address, **{**send, "headers": headers}, timeout=20)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert answer.json()["error"]["code"] == code


def test_a_brief_of_a_million_characters_is_checked_and_one_of_more_is_refused(client: httpx.Client) -> None:
    paragraph = "参见北京知识产权法院（2023）京73民终3802号民事判决书。" + "代理人认为，本案与该案相近。" * 140 + "\n\n"
    text = paragraph * (1_000_000 // len(paragraph))
    answer = client.post("/api/v1/briefs", json={"text": text}, timeout=60)
    assert answer.status_code == 200
    assert answer.json()["counts"]["consistent"] >= 490
    refused = client.post("/api/v1/briefs", json={"text": text + paragraph * 2}, timeout=60)
    assert (refused.status_code, refused.json()["error"]["detail"]["limit"]) == (413, 1_000_000)


def bomb() -> bytes:
    """A Word document whose main part unpacks to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELS)
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b" " * 1_000_000)
    return out.getvalue()


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "甲甲甲甲甲甲甲甲甲甲">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
    + DOCUMENT.partition("\n")[2].replace("参见", "&i;")
)
HOSTILE: dict[str, Callable[[], tuple[str, bytes]]] = {
    "zip bomb": lambda: ("bomb.docx", bomb()),
    "entities": lambda: ("entities.docx", docx(ENTITIES)),
    "cut off": lambda: ("cut.docx", docx()[:300]),
    "not a zip": lambda: ("no.docx", b"\x00\xff" * 500_000),
    "a pdf in name only": lambda: ("no.pdf", b"%PDF-1.7\n" + b"1 0 obj\n" * 500_000),
    "a program": lambda: ("a.exe", b"MZ" + b"\x00" * 5_000),
    "empty": lambda: ("empty.docx", b""),
    "a million brackets": lambda: ("brackets.txt", "（".encode() * 1_000_000),
    "a million years": lambda: ("years.txt", "（2023）".encode() * 160_000),
    "a million quotes": lambda: ("quotes.txt", "“”「".encode() * 333_000),
    "a million opened quotes": lambda: ("quotes.txt", "“".encode() * 1_000_000),
    "a million digits": lambda: ("digits.txt", b"1" * 1_000_000),
    "a million of numbers begun": lambda: ("begun.txt", "（2020）京知民初字第".encode() * 83_000),
    "brackets": lambda: ("brackets.txt", ("（" * 3_300_000).encode()),
    "ascii brackets": lambda: ("brackets.md", b"[(" * 4_900_000),
    "years": lambda: ("years.txt", "（2023）京".encode() * 700_000),
    "digits": lambda: ("digits.txt", b"1" * 9_900_000),
    "quotes": lambda: ("quotes.txt", "“”「".encode() * 1_100_000),
    "tags": lambda: ("tags.html", b"<a>" * 3_300_000),
    "runs": lambda: ("runs.docx", docx(DOCUMENT.replace("</w:p>", "<w:r><w:t>（</w:t></w:r>" * 10_000 + "</w:p>"))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_upload_is_answered_while_others_are_served(name: str, client: httpx.Client) -> None:
    file = HOSTILE[name]()
    done, waits = threading.Event(), list[float]()

    def another() -> None:
        with httpx.Client(base_url=client.base_url, trust_env=False, timeout=20) as visitor:
            while not done.is_set():
                started = time.monotonic()
                assert visitor.get("/healthz").status_code == 200
                waits.append(time.monotonic() - started)
                time.sleep(0.02)

    watcher = threading.Thread(target=another)
    watcher.start()
    while not waits:
        time.sleep(0.01)
    started = time.monotonic()
    answer = client.post("/api/v1/briefs", files=upload(*file), timeout=30)
    took = time.monotonic() - started
    done.set()
    watcher.join()
    assert answer.status_code in (200, 413, 415, 422)
    assert took < 30  # a guard against hanging on a busy machine
    assert max(waits) < 2.5


def test_nothing_of_a_brief_is_logged(built: Build) -> None:
    port, secret = _free_port(), "绝密当事人某某ZQX"
    command = [sys.executable, "-m", "app", "serve", "--store", str(built.folder.parent.parent), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            for _ in range(300):
                try:
                    client.get("/healthz")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            text = f"{secret}诉乙公司（2023）京73民终3802号"
            assert client.post("/briefs", data={"text": text}).status_code == 200
            assert client.post("/briefs/linked", data={"text": text}).status_code == 200
            assert client.post("/api/v1/briefs", json={"text": text}).status_code == 200
            broken = client.post("/api/v1/briefs", files=upload(f"{secret}.docx", docx(f"<{secret}")))
            assert broken.status_code == 422
        process.terminate()
        said = process.communicate(timeout=10)[0].decode()
    assert secret not in said
    assert "ZQX" not in said
