"""Files that are broken or meant to harm: each is refused with a reason, in bounded time and memory."""

import gzip
import json
import lzma
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.intake.formats import read_source
from indexer.intake.formats.limits import MAX_PAGES, PDF_MEMORY, PDF_SECONDS
from indexer.intake.model import Refusal
from indexer.intake.refusals import fault, reasons, remedy
from tests.intake.files import docx, pdf, text_pdf, zipped
from tests.intake.texts import a_judgment

LAUGHS = (
    "<!DOCTYPE lolz [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 11)) + "]>"
)
ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
RECORD = json.dumps({"text": a_judgment()}, ensure_ascii=False).encode()
PAGES_LOOP = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"]
FORM_LOOP = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Count 1/Kids[3 0 R]>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
    "<</Length 5>>\nstream\n/X Do\nendstream",
    "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 11>>"
    "\nstream\n/X Do /X Do\nendstream",
]
LENGTH_LOOP = [*FORM_LOOP[:3], "<</Length 4 0 R>>\nstream\n/X Do\nendstream"]
BROKEN: list[tuple[str, str, Callable[[], bytes], set[str]]] = [
    # what it is, file name, content, the refusals it may get
    ("nothing", "a.txt", lambda: b"", {"empty-file"}),
    ("white space", "a.txt", lambda: b" \n\n\t ", {"empty-file"}),
    ("no docx", "a.docx", lambda: b"", {"empty-file"}),
    ("cut docx", "a.docx", lambda: docx(a_judgment())[:400], {"damaged-docx"}),
    ("docx with a changed byte", "a.docx", lambda: _flipped(docx(a_judgment() * 50)), {"damaged-docx"}),
    ("docx without a body", "a.docx", lambda: zipped({"x.txt": b"x"}), {"damaged-docx"}),
    ("docx with broken xml", "a.docx", lambda: zipped({"word/document.xml": b"<w:document><w:p>"}), {"damaged-docx"}),
    ("text called docx", "a.docx", lambda: a_judgment().encode(), {"damaged-docx"}),
    ("empty docx", "a.docx", lambda: docx(""), {"no-text"}),
    ("zip bomb", "a.docx", lambda: zipped({"word/document.xml": b" " * 80_000_000}), {"zip-bomb"}),
    ("zip bomb that lies", "a.docx", lambda: _lying(), {"zip-bomb", "damaged-docx"}),
    ("many members", "a.docx", lambda: docx("x", members=5_001), {"zip-bomb"}),
    ("billion laughs", "a.docx", lambda: docx("&a10;", LAUGHS), {"xml-entities"}),
    ("external entity", "a.docx", lambda: docx("&x;", ENTITY), {"xml-entities"}),
    ("deep xml", "a.docx", lambda: _deep_docx(), {"damaged-docx", "no-text"}),
    ("locked docx", "a.docx", lambda: _locked(), {"encrypted"}),
    ("html of scripts alone", "a.html", lambda: b"<html><script>alert('x')</script></html>", {"no-text"}),
    ("empty html", "a.html", lambda: b"<html></html>", {"no-text"}),
    ("html laughs", "a.html", lambda: f"{LAUGHS}<html>".encode(), {"no-text"}),
    ("html with nulls", "a.html", lambda: b"<html>\0\0\0\1\2\3\0<p>\0", {"binary-file", "unknown-encoding", "no-text"}),
    ("huge html", "a.html", lambda: b"<html><p>" + b"x" * 17_000_000, {"file-too-large"}),
    ("no pdf", "a.pdf", lambda: b"%PDF-1.4\n", {"damaged-pdf"}),
    ("text called pdf", "a.pdf", lambda: a_judgment().encode(), {"damaged-pdf"}),
    ("cut pdf", "a.pdf", lambda: text_pdf(["words"])[:120], {"damaged-pdf"}),
    ("pdf of pages in a ring", "a.pdf", lambda: pdf(PAGES_LOOP), {"damaged-pdf", "pdf-gave-up", "pdf-needs-ocr"}),
    ("pdf of forms in a ring", "a.pdf", lambda: pdf(FORM_LOOP), {"damaged-pdf", "pdf-gave-up", "pdf-needs-ocr"}),
    ("pdf of its own length", "a.pdf", lambda: pdf(LENGTH_LOOP), {"damaged-pdf", "pdf-gave-up", "pdf-needs-ocr"}),
    ("pdf of many pages", "a.pdf", lambda: text_pdf(["x"], MAX_PAGES + 1), {"pdf-too-many-pages"}),
    ("scan", "a.pdf", lambda: text_pdf([]), {"pdf-needs-ocr"}),
    ("noise called text", "a.txt", lambda: bytes(range(256)) * 40, {"binary-file", "unknown-encoding"}),
    ("bytes of no encoding", "a.txt", lambda: b"\xff\x80\xfe\x81" * 99, {"unknown-encoding", "binary-file"}),
    ("lost characters", "a.txt", lambda: "本院认为\ufffd\ufffd".encode(), {"lost-characters"}),
    ("half UTF-16", "a.txt", lambda: b"\xff\xfe" + "法院".encode("utf-16-le")[:3], {"unknown-encoding", "binary-file"}),
    ("too long a text", "a.txt", lambda: b"x" * 4_100_000, {"text-too-long"}),
    ("not json", "a.json", lambda: b"{'text': 1}", {"bad-json"}),
    ("cut json", "a.json", lambda: RECORD[:300], {"bad-json"}),
    ("deep json", "a.json", lambda: b'{"a":' + b"[" * 200_000, {"bad-json"}),
    ("deep jsonl", "a.jsonl", lambda: b'{"a":' + b"[" * 200_000, {"bad-json"}),
    ("json of numbers", "a.json", lambda: b"[1, 2]", {"bad-json"}),
    ("json of other things", "a.json", lambda: b'{"price": 3}', {"unknown-record"}),
    ("jsonl of other things", "a.jsonl", lambda: b'{"price": 3}\n[1]\nnull\n', {"unknown-record"}),
    ("json without text", "a.jsonl", lambda: b'{"text": "\\n"}', {"no-text"}),
    ("half a surrogate", "a.jsonl", lambda: b'{"text": "\\ud800"}', {"no-text", "lost-characters"}),
    ("cut gz", "a.jsonl.gz", lambda: gzip.compress(os.urandom(5_000))[:2_000], {"damaged-archive", "bad-json"}),
    ("cut xz", "a.jsonl.xz", lambda: lzma.compress(os.urandom(5_000))[:2_000], {"damaged-archive", "bad-json"}),
    ("no gz", "a.jsonl.gz", lambda: b"words", {"damaged-archive"}),
    ("gz bomb", "a.json.gz", lambda: gzip.compress(b" " * 200_000_000), {"zip-bomb"}),
    ("xz bomb", "a.jsonl.xz", lambda: lzma.compress(b"\n" * 200_000_000, preset=0), {"zip-bomb"}),
    ("a program", "a.exe", lambda: b"MZ\x90\0", {"unknown-format"}),
    ("a picture called doc", "a.doc", lambda: b"\x89PNG\r\n" + bytes(99), {"binary-file"}),
    ("our front matter, broken", "a.md", lambda: b"+++\ncourt = \n+++\n", {"bad-front-matter"}),
    ("our front matter, open", "a.md", lambda: b"+++\ncourt = 'bjipc'\n", {"bad-front-matter"}),
]  # fmt: skip


def _flipped(data: bytes) -> bytes:
    return data[:200] + bytes([data[200] ^ 255]) + data[201:]


def _lying() -> bytes:
    data = bytearray(zipped({"word/document.xml": b" " * 80_000_000}))
    for place in (data.index(b"PK\x03\x04") + 22, data.rindex(b"PK\x01\x02") + 24):
        data[place : place + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def _deep_docx() -> bytes:
    return zipped({"word/document.xml": b"<a>" * 300_000})


def _locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(("name", "content", "codes"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_broken_file_is_refused_with_a_reason(
    tmp_path: Path, name: str, content: Callable[[], bytes], codes: set[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    started = time.monotonic()
    found = list(read_source(path))
    assert time.monotonic() - started < 30
    refused = [each for each in found if isinstance(each, Refusal)]
    assert refused
    assert len(refused) == len(found)
    assert {each.code for each in refused} <= codes
    for refusal in refused:
        for language in ("zh", "en"):
            assert fault(refusal, language)
            assert "{" not in fault(refusal, language)
            assert remedy(refusal, language)


def test_file_that_may_not_be_read_or_is_not_there_is_refused(tmp_path: Path) -> None:
    assert [each.code for each in read_source(tmp_path / "none.txt") if isinstance(each, Refusal)] == [
        "unreadable-file"
    ]
    assert [each.code for each in read_source(tmp_path) if isinstance(each, Refusal)] == ["unreadable-file"]


def test_every_reason_is_told_in_both_languages() -> None:
    for code, reason in reasons().items():
        for names in (reason.fault, reason.remedy):
            assert names.zh, code
            assert names.en, code


def test_a_bad_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(RECORD + b"\n{broken\n\n" + RECORD + b"\n")
    found = [each.code if isinstance(each, Refusal) else each.source for each in read_source(path)]
    assert found == ["a.jsonl:1", "bad-json", "a.jsonl:4"]


_BOUNDED = """
import re, sys, time
from pathlib import Path
from indexer.intake.formats import read_source
from indexer.intake.model import Refusal
started = time.monotonic()
for each in read_source(Path(sys.argv[1])):
    print(each.code if isinstance(each, Refusal) else "taken")
    del each
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())  # ru_maxrss is the test run's
print(int(time.monotonic() - started), int(peak[1]) // 1024)
"""


def _one_line(path: Path) -> None:
    with gzip.open(path, "wb", 1) if path.suffix == ".gz" else path.open("wb") as file:
        file.write(b'{"text": "')
        noise = os.urandom(1_000_000).hex().encode()
        for _ in range(100):
            file.write(noise)
        file.write(b'"}\n' if path.name != "b.jsonl" else b'"}\n' + RECORD + b"\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.jsonl", ["line-too-long"]),
        ("b.jsonl", ["line-too-long", "taken"]),
        ("a.jsonl.gz", ["line-too-long"]),
        ("a.json", ["bad-json"]),
        ("a.txt", ["file-too-large"]),
    ],
)
def test_two_hundred_megabytes_in_one_line_are_refused_without_being_held(
    tmp_path: Path, name: str, said: list[str]
) -> None:
    path = tmp_path / name
    _one_line(path)
    command = [sys.executable, "-c", _BOUNDED, str(path)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=True, cwd=Path(__file__).parents[2]
    )
    *codes, last = done.stdout.split("\n")[:-1]
    seconds, megabytes = map(int, last.split())
    assert codes == said
    assert seconds < 30
    assert megabytes < 500


def test_reader_of_a_pdf_has_little_memory() -> None:
    assert PDF_MEMORY < 500_000_000
    assert PDF_SECONDS < 30
