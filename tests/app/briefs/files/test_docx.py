"""A .docx keeps everything but gains hyperlinks; a second run changes nothing."""

import itertools
import random
import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.briefs.files import open_brief
from app.briefs.files.package import Package
from app.briefs.model import PlacedLink
from tests.app.briefs.files.parts import (
    MC,
    NUMBER,
    ROOT,
    W,
    a_docx,
    a_run,
    assert_only_links_differ,
    data_folder,
    link_to,
    linked_texts,
    member,
    paragraph,
    zipped,
)

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
INSTRUCTION = '<w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
BOX = (
    '<mc:AlternateContent><mc:Choice Requires="wps">'
    "<w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent>"
)


def a_field(instruction: str, result: str) -> str:
    """A complex field."""
    runs = (FIELD.format("begin"), INSTRUCTION.format(instruction), FIELD.format("separate"), a_run(result))
    return "".join(runs) + FIELD.format("end")


def linked(data: bytes, words: str = NUMBER) -> bytes:
    """The file with one link; checked for all that has to hold of every result."""
    brief = open_brief("brief.docx", data)
    link = link_to(brief, words)
    done = brief.with_links([link])
    assert_only_links_differ(data, done)
    again = open_brief("brief.docx", done)
    assert list(again.passages) == list(brief.passages)
    assert again.with_links([link]) == done
    return done


@pytest.mark.parametrize(
    ("body", "links"),
    [
        pytest.param(paragraph(f"见{NUMBER}判决"), [NUMBER], id="inside one run"),
        pytest.param(paragraph(NUMBER), [NUMBER], id="a whole run"),
        pytest.param(paragraph("见（2020）", "京73", "民初1号判决"), [NUMBER], id="over three runs"),
        pytest.param(
            paragraph("见（2020）京", '<w:ins w:id="1" w:author="甲">' + a_run("73民") + "</w:ins>", "初1号"),
            [NUMBER],
            id="across an insertion",
        ),
        pytest.param(
            paragraph('<w:ins w:id="1" w:author="甲">' + a_run(f"见{NUMBER}判决") + "</w:ins>"),
            [NUMBER],
            id="inside an insertion",
        ),
        pytest.param(
            paragraph("（2020）京", '<w:del w:id="2"><w:r><w:delText>99</w:delText></w:r></w:del>', "73民初1号"),
            ["（2020）京", "73民初1号"],
            id="around a deletion",
        ),
        pytest.param(
            paragraph(
                "（2020）京73", '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="3" w:name="x"/>', "民初1号"
            ),
            [NUMBER],
            id="over proofing marks and bookmarks",
        ),
        pytest.param(
            paragraph("（2020）京73", '<w:r><w:footnoteReference w:id="2"/></w:r>', "民初1号"),
            ["（2020）京73", "民初1号"],
            id="around a footnote reference",
        ),
        pytest.param(
            paragraph("（2020）京73", '<w:hyperlink w:anchor="x">' + a_run("民初1号") + "</w:hyperlink>"),
            ["（2020）京73"],
            id="up to a link that is there",
        ),
        pytest.param(paragraph(a_field("REF x", NUMBER)), [NUMBER], id="in the result of a field"),
        pytest.param(
            paragraph(a_field(' HYPERLINK "https://example.org" ', NUMBER)), [], id="not in a field that is a link"
        ),
        pytest.param(
            paragraph(f'<w:fldSimple w:instr=" TOC x ">{a_run(NUMBER)}</w:fldSimple>'),
            [],
            id="not in a table of contents",
        ),
        pytest.param(
            paragraph(f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{a_run(NUMBER)}</w:sdtContent></w:sdt>"),
            [],
            id="not in a plain-text control",
        ),
        pytest.param(
            paragraph(f"<w:sdt><w:sdtPr/><w:sdtContent>{a_run('见' + NUMBER)}</w:sdtContent></w:sdt>"),
            [NUMBER],
            id="in a content control",
        ),
        pytest.param(
            paragraph(f"<w:r><w:rPr><w:i/></w:rPr><w:tab/><w:t>见{NUMBER}</w:t><w:br/><w:t>判决</w:t></w:r>"),
            [NUMBER],
            id="a run with tabs and breaks",
        ),
        pytest.param(
            f"<w:tbl><w:tr><w:tc>{paragraph('见' + NUMBER)}</w:tc></w:tr></w:tbl>", [NUMBER], id="in a table cell"
        ),
        pytest.param(paragraph(f"<w:r>{BOX.format(paragraph(NUMBER))}</w:r>"), [NUMBER], id="in a text box, once"),
        pytest.param(paragraph(a_run(NUMBER.replace("京", "</w:t><w:t>京"))), [], id="never by text"),
        pytest.param(
            paragraph("<w:r><w:t><![CDATA[" + NUMBER + "]]></w:t></w:r>"), [NUMBER], id="a whole CDATA section"
        ),
        pytest.param(
            paragraph("<w:r><w:t>" + NUMBER.replace("73", "&#55;3") + "</w:t></w:r>"), [NUMBER], id="a reference"
        ),
    ],
)
def test_exactly_the_runs_of_the_citation_are_linked(body: str, links: list[str]) -> None:
    if "&lt;" in body:
        body = body.replace("&lt;/w:t>&lt;w:t>", "</w:t><w:t>")
        links = [NUMBER]
    assert linked_texts(linked(a_docx(body))) == links


@pytest.mark.parametrize(
    ("body", "passages"),
    [
        (paragraph("甲", "<w:r><w:tab/><w:br/><w:noBreakHyphen/></w:r>", "乙"), ["甲\t\n-乙"]),
        (paragraph('<w:ins w:id="1">' + a_run("入") + '</w:ins><w:del w:id="2">' + a_run("出") + "</w:del>"), ["入"]),
        (
            paragraph(
                '<w:moveFrom w:id="1">' + a_run("旧") + '</w:moveFrom><w:moveTo w:id="2">' + a_run("新") + "</w:moveTo>"
            ),
            ["新"],
        ),
        (paragraph("第", a_field("PAGE", "3"), "页"), ["第3页"]),
        (paragraph("甲", a_run("隐", "<w:rPr><w:vanish/></w:rPr>"), "乙"), ["甲乙"]),
        (paragraph("<w:r><w:t> 甲 </w:t></w:r>"), ["甲"]),
        (paragraph("外", f"<w:r>{BOX.format(paragraph('内'))}</w:r>", "外"), ["外外", "内"]),
        (
            paragraph(
                "<w:r><w:ruby><w:rt>"
                + a_run("pin")
                + "</w:rt><w:rubyBase>"
                + a_run("拼")
                + "</w:rubyBase></w:ruby></w:r>"
            ),
            ["拼"],
        ),
        (paragraph("a &", "b"), ["a &b"]),
        (paragraph("前", FIELD.format("begin")) + paragraph("后"), ["前", "后"]),
    ],
)
def test_passages_read_as_the_document_reads_with_all_changes_accepted(body: str, passages: list[str]) -> None:
    assert list(open_brief("brief.docx", a_docx(paragraph("首") + body)).passages) == ["首", *passages]


def test_notes_headers_and_footers_are_read_and_linked_through_their_own_relationships() -> None:
    notes = {
        "footnotes": f'<w:footnote w:id="2">{paragraph("注：" + NUMBER)}</w:footnote>',
        "header": paragraph("页眉"),
        "comments": f'<w:comment w:id="0">{paragraph("批注")}</w:comment>',
    }
    data = a_docx(paragraph("正文"), notes=notes)
    assert list(open_brief("brief.docx", data).passages) == ["正文", "注：" + NUMBER, "页眉"]
    done = linked(data)
    assert linked_texts(done, "word/footnotes1.xml") == [NUMBER]
    assert "https://example.org/r/1" in member(done, "word/_rels/footnotes1.xml.rels")


def test_two_links_that_meet_inside_a_run_leave_no_empty_run_between_them() -> None:
    brief = open_brief("brief.docx", a_docx(paragraph("甲乙丙丁")))
    done = brief.with_links(
        [PlacedLink(0, 1, 2, "https://example.org/1"), PlacedLink(0, 2, 3, "https://example.org/2")]
    )
    assert linked_texts(done) == ["乙", "丙"]
    assert "></w:t>" not in member(done)


def test_a_relationships_prefix_that_the_root_lacks_is_declared_on_the_link() -> None:
    done = linked(a_docx(paragraph(NUMBER), root=f'xmlns:w="{W}" xmlns:mc="{MC}"'))
    assert linked_texts(done) == [NUMBER]


def test_a_part_in_utf_16_stays_in_utf_16() -> None:
    source = (
        f'<?xml version="1.0" encoding="UTF-16"?><w:document {ROOT}><w:body>{paragraph(NUMBER)}</w:body></w:document>'
    )
    data = a_docx("", more={"word/document.xml": source.encode("utf-16")})
    brief = open_brief("brief.docx", data)
    done = brief.with_links([link_to(brief, NUMBER)])
    assert Package(done).read("word/document.xml").decode("utf-16").count("<w:hyperlink ") == 1
    assert list(open_brief("brief.docx", done).passages) == [NUMBER]


def test_the_tooltip_and_address_are_escaped() -> None:
    brief = open_brief("brief.docx", a_docx(paragraph(NUMBER)))
    done = brief.with_links([link_to(brief, NUMBER, 'https://example.org/?a=1&b="二"', '"甲" & <乙>')])
    assert 'w:tooltip="&quot;甲&quot; &amp; &lt;乙&gt;"' in member(done)
    assert 'Target="https://example.org/?a=1&amp;b=%22%E4%BA%8C%22"' in member(done, "word/_rels/document.xml.rels")


def test_overlapping_empty_and_outlying_links_are_left_out() -> None:
    brief = open_brief("brief.docx", a_docx(paragraph("甲乙丙丁")))
    url = "https://example.org"
    spans = [(0, 0, 2), (0, 1, 3), (0, 3, 3), (0, 3, 9), (7, 0, 1)]
    assert linked_texts(brief.with_links([PlacedLink(*span, url) for span in spans])) == ["甲乙"]


def test_nothing_to_link_gives_the_very_same_bytes() -> None:
    data = a_docx(paragraph(NUMBER))
    assert open_brief("brief.docx", data).with_links([]) is data


def test_a_table_of_authorities_goes_before_the_section_and_is_no_part_of_the_brief() -> None:
    data = a_docx(paragraph(NUMBER))
    lines = ["引用裁判", f"{NUMBER}　第 1 段 & <2>"]
    brief = open_brief("brief.docx", data)
    done = brief.with_links([link_to(brief, NUMBER)], lines)
    assert re.search(r"&lt;2&gt;</w:t></w:r><w:bookmarkEnd [^>]*/></w:p><w:sectPr>", member(done))
    again = open_brief("brief.docx", done)
    assert list(again.passages) == [NUMBER]
    assert again.with_links([link_to(brief, NUMBER)], lines) == done
    shorter = open_brief("brief.docx", again.with_links([], ["另一表"]))
    assert list(shorter.passages) == [NUMBER]


def test_a_table_that_was_edited_by_hand_is_text_of_the_brief() -> None:
    done = open_brief("brief.docx", a_docx(paragraph(NUMBER))).with_links([], ["引用裁判", "乙"])
    edited = zipped({**_members(done), "word/document.xml": member(done).replace("引用裁判", "甲").encode()})
    assert list(open_brief("brief.docx", edited).passages) == [NUMBER, "甲", "乙"]


def test_streamed_members_are_copied_with_their_descriptors() -> None:
    import io
    import zipfile

    class Unseekable(io.RawIOBase):
        def __init__(self) -> None:
            self.bytes = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            chunk = bytes(memoryview(data))  # type: ignore[arg-type]
            self.bytes += chunk
            return len(chunk)

    out = Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _members(a_docx(paragraph(NUMBER), more={"word/media/x.bin": b"\0" * 999})).items():
            package.writestr(name, content)
    brief = open_brief("brief.docx", out.bytes)
    done = brief.with_links([link_to(brief, NUMBER)])
    with zipfile.ZipFile(io.BytesIO(done)) as package:
        assert package.testzip() is None
        assert package.read("word/media/x.bin") == b"\0" * 999


_TEXTS = st.text("（）京73民初1号 &<>'\"\u3000a\U00020000", min_size=1, max_size=8)
_RUN = st.tuples(_TEXTS, st.sampled_from(["plain", "ins", "del", "link", "tab", "field", "smart"]))


def _written(run: tuple[str, str]) -> str:
    text, kind = run
    simple = a_run(text)
    return {
        "plain": simple,
        "ins": f'<w:ins w:id="7">{simple}{a_run("又")}</w:ins>',
        "del": f'<w:del w:id="8">{simple}</w:del>',
        "link": f'<w:hyperlink w:anchor="x">{simple}</w:hyperlink>',
        "tab": f"<w:r><w:tab/><w:t>{text.strip().replace('&', '&amp;').replace('<', '&lt;')}</w:t><w:br/></w:r>",
        "field": a_field("REF x", text),
        "smart": f'<w:smartTag w:element="x">{simple}</w:smartTag>',
    }[kind]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(_RUN, max_size=6), min_size=1, max_size=3),
    st.lists(st.tuples(*[st.integers(0, 40)] * 3), max_size=8),
)
def test_any_spans_over_any_runs_change_nothing_but_links(
    paragraphs: list[list[tuple[str, str]]], spans: list[tuple[int, int, int]]
) -> None:
    data = a_docx(paragraph("首") + "".join(paragraph(*map(_written, runs)) for runs in paragraphs))
    _assert_round_trip(data, [PlacedLink(n % 4, min(a, b), max(a, b), f"https://example.org/{a}") for n, a, b in spans])


def _assert_round_trip(data: bytes, links: Sequence[PlacedLink], table: Sequence[str] = ()) -> bytes:
    brief = open_brief("brief.docx", data)
    done = brief.with_links(links)
    assert_only_links_differ(data, done)
    again = open_brief("brief.docx", done)
    assert list(again.passages) == list(brief.passages)
    assert again.with_links(links) == done
    with_table = brief.with_links(links, [*table, "表"])
    reread = open_brief("brief.docx", with_table)
    assert list(reread.passages) == list(brief.passages)
    assert reread.with_links(links, [*table, "表"]) == with_table
    return done


def _members(data: bytes) -> dict[str, bytes]:
    package = Package(data)
    return {name: package.read(name) for name in package.names}


DOCX = sorted(data_folder("docx").glob("*.docx"))


@pytest.mark.skipif(not DOCX, reason="the reference data (PANLI_TEST_DATA) is not there")
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("path", DOCX, ids=lambda path: path.stem)
def test_real_files_come_back_with_links_and_nothing_else_changed(path: object, seed: int) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]
    passages = open_brief("brief.docx", data).passages
    chance = random.Random(seed)
    links = []
    for number, passage in enumerate(passages):
        cuts = sorted(chance.sample(range(len(passage) + 1), min(len(passage) + 1, chance.choice((0, 2, 4)))))
        pairs = itertools.pairwise(cuts) if seed == 1 else zip(cuts[::2], cuts[1::2], strict=False)
        links += [PlacedLink(number, start, end, f"https://example.org/{start}") for start, end in pairs]
    done = _assert_round_trip(data, links)
    assert len(linked_texts(done)) > 20
