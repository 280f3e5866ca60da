"""Hostile and broken uploads are refused with a remedy, or handled, within five seconds and 300 MB each."""

import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.briefs.files import BriefRefused, open_brief
from app.briefs.model import PlacedLink
from tests.app.briefs.files.parts import (
    NUMBER,
    PROLOG,
    ROOT,
    a_docx,
    a_run,
    link_to,
    linked_texts,
    member,
    paragraph,
    zipped,
)
from tests.app.briefs.files.test_pdf import a_pdf

SECONDS, MEGABYTES = 30.0, 300  # a guard against hanging on a busy machine; the figures measured stand in the README

_CHILD = """
import json, pathlib, re, sys, time
from app.briefs.files import open_brief, BriefRefused
from app.briefs.model import PlacedLink
name, data = sys.argv[1], sys.stdin.buffer.read()
started = time.process_time()
try:
    brief = open_brief(name, data)
    links = [PlacedLink(n, 0, min(9, len(p)), "https://example.org") for n, p in enumerate(brief.passages[:200])]
    brief.with_links(links)
    outcome = "handled"
except BriefRefused as refusal:
    outcome = refusal.code
peak = int(re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
print(json.dumps([outcome, time.process_time() - started, peak / 1024]))
"""


def document(xml: str) -> bytes:
    """A .docx whose main part is this."""
    return a_docx("", more={"word/document.xml": xml.encode()})


def body(content: str) -> bytes:
    """A .docx with this body."""
    return a_docx(content)


def stored(data: bytes) -> bytes:
    """The same .docx without compression, which no ratio gives away."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return zipped({name: package.read(name) for name in package.namelist()}, zipfile.ZIP_STORED)


def many_members(count: int) -> bytes:
    """A .docx with so many members."""
    return a_docx(paragraph("甲"), more={f"word/media/{number}": b"" for number in range(count)})


def lying(size: int) -> bytes:
    """A .docx whose main part claims another size than it has."""
    data = bytearray(a_docx(paragraph(NUMBER)))
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + 17] != b"word/document.xml":
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


def encrypted_zip() -> bytes:
    """A zip whose members are marked as encrypted."""
    data = bytearray(a_docx(paragraph("甲")))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("b.docx", lambda: b"", "brief_unreadable"),
    "only white space": ("b.txt", lambda: b" \n\t\r\n", "brief_unreadable"),
    "over 10 MB": ("b.txt", lambda: b"a" * 10_000_001, "brief_too_large"),
    "zip bomb, one part": ("b.docx", lambda: document(f"<w:document {ROOT}>" + " " * 59_000_000), "brief_too_large"),
    "zip bomb, many parts": (
        "b.docx",
        lambda: a_docx("", more={f"word/{n}.xml": bytes(range(256)) * 4000 for n in range(70)}),
        "brief_too_large",
    ),
    "too many members": ("b.docx", lambda: many_members(5_001), "brief_too_large"),
    "a part larger than it says": ("b.docx", lambda: lying(100), "brief_unreadable"),
    "a part smaller than it says": ("b.docx", lambda: lying(50_000), "any"),
    "members twice": ("b.docx", lambda: _twice(), "brief_unreadable"),
    "billion laughs": ("b.docx", lambda: document(f"{LAUGHS}<w:document {ROOT}>&b;</w:document>"), "brief_unreadable"),
    "external entity": (
        "b.docx",
        lambda: document(f"{EXTERNAL}<w:document {ROOT}>&a;</w:document>"),
        "brief_unreadable",
    ),
    "a document type in the relationships": (
        "b.docx",
        lambda: a_docx("", more={"_rels/.rels": f"{LAUGHS}<a>&b;</a>".encode()}),
        "brief_unreadable",
    ),
    "macros": ("b.docx", lambda: a_docx(paragraph("甲"), more={"word/vbaProject.bin": b"x"}), "unsupported_format"),
    "nested elements": (
        "b.docx",
        lambda: body("<w:p>" + "<w:r>" * 10_000 + "</w:r>" * 10_000 + "</w:p>"),
        "brief_unreadable",
    ),
    "nested text boxes": (
        "b.docx",
        lambda: body("<w:p><w:r><w:txbxContent>" * 200 + "</w:txbxContent></w:r></w:p>" * 200),
        "brief_unreadable",
    ),
    "ten thousand runs": ("b.docx", lambda: body(paragraph(*[a_run("（")] * 10_000)), "handled"),
    "a million elements": (
        "b.docx",
        lambda: stored(body("<w:p>" + "<w:r/>" * 1_000_000 + "</w:p>")),
        "brief_too_large",
    ),
    "too many paragraphs": ("b.docx", lambda: stored(body("<w:p/>" * 20_001)), "brief_too_large"),
    "fifty megabytes of text": ("b.docx", lambda: _noisy(50_000_000), "brief_too_large"),
    "nine megabytes of text": ("b.docx", lambda: stored(_noisy(9_000_000)), "handled"),
    "as many elements as may be": (
        "b.docx",
        lambda: stored(body("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 195_000 + "</w:p>")),
        "handled",
    ),
    "a huge attribute": ("b.docx", lambda: body(f'<w:p x="{"a" * 900_000}">{a_run("甲")}</w:p>'), "handled"),
    "fields without an end": (
        "b.docx",
        lambda: body(paragraph(*['<w:r><w:fldChar w:fldCharType="begin"/></w:r>'] * 20_000, "甲")),
        "brief_unreadable",
    ),
    "truncated docx": ("b.docx", lambda: a_docx(paragraph("甲" * 999))[:-30], "brief_unreadable"),
    "truncated xml": ("b.docx", lambda: document(f"{PROLOG}<w:document {ROOT}><w:body><w:p>"), "brief_unreadable"),
    "a zip of something else": ("b.docx", lambda: zipped({"a.txt": b"a"}), "unsupported_format"),
    "encrypted zip": ("b.docx", encrypted_zip, "brief_encrypted"),
    "docx with a password": ("b.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "brief_encrypted"),
    "old Word": ("b.doc", lambda: OLE, "unsupported_format"),
    "rich text": ("b.rtf", lambda: b"{\\rtf1 a}", "unsupported_format"),
    "a picture": ("b.pdf", lambda: b"\x89PNG\r\n\x1a\n", "unsupported_format"),
    "binary": ("b.txt", lambda: bytes(range(256)) * 9, "brief_unreadable"),
    "text named docx": ("b.docx", lambda: NUMBER.encode(), "handled"),
    "docx named txt": ("b.txt", lambda: a_docx(paragraph("甲")), "handled"),
    "truncated pdf": ("b.pdf", lambda: a_pdf(("See the judgment.",))[:90], "brief_unreadable"),
    "too many pages": ("b.pdf", lambda: a_pdf(*[("a",)] * 1_001), "brief_too_large"),
    "a pdf of a thousand pages": ("b.pdf", lambda: a_pdf(*[("See the judgment of the court.",) * 40] * 999), "any"),
    "a pdf that nests": ("b.pdf", lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 5_000_000, "brief_too_large"),
    "10 MB of brackets, text": ("b.txt", lambda: b"[(" * 5_000_000, "handled"),
    "10 MB of brackets, markdown": ("b.md", lambda: b"[(" * 5_000_000, "brief_too_large"),
    "390,000 brackets, markdown": ("b.md", lambda: b"[" * 195_000 + b"]" * 195_000, "handled"),
    "markdown links unclosed": ("b.md", lambda: b"[a](<b" * 90_000, "handled"),
    "markdown comments unclosed": ("b.md", lambda: b"a <!--" * 300_000, "handled"),
    "markdown quotes and lists": ("b.md", lambda: b"> - 1. " * 500_000, "any"),
    "markdown emphasis": ("b.md", lambda: b"*a _b " * 140_000, "handled"),
    "markdown emphasis, rendered": ("b.md", lambda: b"*a _b [c](" * 15_000, "handled"),
    "10 MB of brackets, html": ("b.html", lambda: b"[<" * 5_000_000, "brief_too_large"),
    "html tags unclosed": ("b.html", lambda: b'<a href="' * 390_000, "handled"),
    "html comments unclosed": ("b.html", lambda: b"<p>a<!--" * 190_000, "handled"),
    "html scripts unclosed": ("b.html", lambda: b"<p>a<script>" * 190_000, "handled"),
    "html of references": ("b.html", lambda: b"a&amp; " * 1_400_000, "any"),
    "10 MB of one line": ("b.txt", lambda: "判".encode() * 3_300_000, "handled"),
    "10 MB of line breaks": ("b.txt", lambda: b"a\n" * 5_000_000, "brief_too_large"),
    "tables of ours unclosed": ("b.html", lambda: b"<!--panli 00000000-->" * 400_000, "any"),
}


def _twice() -> bytes:
    out = io.BytesIO(a_docx(paragraph("甲")))
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", "<a/>")
    return out.getvalue()


def _noisy(size: int) -> bytes:
    """Text that packs only forty to one."""
    import random

    chance = random.Random(1)
    line = "".join(chance.choice("abcdefghijklmnop") for _ in range(40_000))
    words = "".join(line[(start := chance.randrange(39_000)) : start + 300] for _ in range(size // 300))
    return body(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_uploads_cost_little_and_are_answered(case: str) -> None:
    name, made, expected = HOSTILE[case]
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, name], input=made(), capture_output=True, timeout=60, check=True
    )
    outcome, seconds, megabytes = json.loads(done.stdout)
    assert expected in (outcome, "any"), outcome
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_relations_that_point_outside_are_kept_and_never_followed() -> None:
    outside = (
        '<Relationship Id="rId9" Type="x/attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/>'
    )
    rels = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{outside}</Relationships>'
    )
    data = a_docx(paragraph(NUMBER), more={"word/_rels/document.xml.rels": rels.encode()})
    brief = open_brief("b.docx", data)
    done = brief.with_links([link_to(brief, NUMBER)])
    assert outside in member(done, "word/_rels/document.xml.rels")
    assert linked_texts(done) == [NUMBER]


_WHOLE = a_docx(paragraph("见" + NUMBER), notes={"footnotes": f'<w:footnote w:id="2">{paragraph("注")}</w:footnote>'})
_PDF = a_pdf(("See the judgment of the court.",))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([_WHOLE, _PDF, f"# 见\n[{NUMBER}](x)".encode(), f"<p>见{NUMBER}".encode()]),
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), max_size=6),
    st.sampled_from(["b.docx", "b.pdf", "b.md", "b.html", "b.txt", "b"]),
    st.integers(0, 5_000),
)
def test_whatever_is_broken_is_read_or_refused(
    data: bytes, changes: list[tuple[int, int]], name: str, cut: int
) -> None:
    broken = bytearray(data)
    for place, value in changes:
        broken[place % len(broken)] = value
    try:
        brief = open_brief(name, bytes(broken[: cut or None]))
        brief.with_links([PlacedLink(0, 0, 3, "https://example.org")], ["表"])
    except BriefRefused as refusal:
        assert str(refusal)
