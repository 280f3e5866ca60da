"""The shape of a corpus file: front matter, headings, paragraphs, and the line of each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.markdown import Document, NoFrontMatter, UnclosedFrontMatter, line_of, take_apart
from tests.builders import PARTS


def text_of(body: str) -> Document:
    """A document with this text and no metadata; the text begins on line 3."""
    return take_apart(f"+++\n+++\n{body}")


def paragraphs(body: str) -> list[str]:
    """The paragraphs of a text under one heading."""
    (part,) = text_of(f"## 案件事实\n\n{body}").parts
    return [paragraph.text for paragraph in part.paragraphs]


def test_document_has_its_parts_paragraphs_ids_and_lines() -> None:
    document = take_apart(f'+++\ncourt = "bjipc"\n+++\n\n{PARTS}')
    assert document.front_matter == 'court = "bjipc"'
    assert document.front_matter_line == 2
    assert document.preamble is None
    assert [(part.heading, part.line, len(part.paragraphs)) for part in document.parts] == [
        ("裁判要旨", 5, 1),
        ("案件事实", 9, 2),
        ("裁判理由", 15, 1),
        ("裁判结果", 19, 1),
    ]
    headnote, first, second = [each for part in document.parts for each in part.paragraphs][:3]
    assert (headnote.id, headnote.line) == ("h1", 7)
    assert (first.id, first.line, first.text) == (None, 11, "甲公司是一项外观设计的专利权人。")
    assert (second.id, second.line, second.text) == (None, 13, "乙公司销售了被诉侵权产品。")


PARAGRAPHS = [
    pytest.param("甲。\n\n乙。", ["甲。", "乙。"], id="an empty line parts paragraphs"),
    pytest.param("甲。\n\n\n \t\n乙。", ["甲。", "乙。"], id="so do several, and white space"),
    pytest.param("甲公司\n乙公司", ["甲公司乙公司"], id="a line break between Han characters is layout"),
    pytest.param("甲公司，\n乙公司", ["甲公司，乙公司"], id="also after full-width punctuation"),
    pytest.param("Example\nCo.", ["Example Co."], id="between Latin words it is a space"),
    pytest.param("甲公司\nExample Co.", ["甲公司 Example Co."], id="and between Han and Latin"),
    pytest.param("  甲。  ", ["甲。"], id="white space at the ends goes"),
    pytest.param("\u3000\u3000甲。", ["甲。"], id="an indent of two wide spaces goes"),
    pytest.param("甲。{#p1}", ["甲。"], id="an id is no text"),
    pytest.param("甲。 {#p1} ", ["甲。"], id="nor is the space before it"),
    pytest.param("甲{#p1}乙。", ["甲{#p1}乙。"], id="in the middle it is text"),
]


@pytest.mark.parametrize(("body", "expected"), PARAGRAPHS)
def test_text_is_cut_into_paragraphs(body: str, expected: list[str]) -> None:
    assert paragraphs(body) == expected


@pytest.mark.parametrize("heading", ["## 案件事实", "# 案件事实", "##案件事实", "### 案件事实", "## 案件事实  "])
def test_heading_may_have_any_level_and_spacing(heading: str) -> None:
    assert [part.heading for part in text_of(f"{heading}\n甲。").parts] == ["案件事实"]


def test_heading_ends_the_paragraph_before_it_without_an_empty_line() -> None:
    parts = text_of("## 案件事实\n甲。\n## 裁判理由\n乙。").parts
    assert [(part.heading, [each.text for each in part.paragraphs]) for part in parts] == [
        ("案件事实", ["甲。"]),
        ("裁判理由", ["乙。"]),
    ]


def test_text_before_the_first_heading_is_kept_apart() -> None:
    document = text_of("\n前言。\n\n## 案件事实\n\n甲。")
    assert document.preamble is not None
    assert (document.preamble.text, document.preamble.line) == ("前言。", 4)


@pytest.mark.parametrize("text", ["", "\n+++\n+++\n", "---\n---\n", "## 案件事实\n", "++++\n+++\n"])
def test_file_without_front_matter_is_told(text: str) -> None:
    with pytest.raises(NoFrontMatter):
        take_apart(text)


@pytest.mark.parametrize("text", ["+++", "+++\n", "+++\ncourt = 1\n\n## 案件事实\n"])
def test_front_matter_without_an_end_is_told(text: str) -> None:
    with pytest.raises(UnclosedFrontMatter):
        take_apart(text)


TOML = """\
court = "bjipc"
fields = [
    "ai",
    "data",
]
damages = { cny = 1 }

[title]
zh = "虚构案例"

[[parties]]
name = { zh = "甲公司" }
role = "plaintiff"

[[parties]]
name = { zh = "乙公司" }
role = "defendant"

[[sources]]
title = "虚构来源"
court = "example"
"""

LOCATIONS = [
    pytest.param((), 1, id="nowhere: the first line"),
    pytest.param(("court",), 1, id="a key"),
    pytest.param(("fields",), 3, id="a list over several lines: its first value"),
    pytest.param(("fields", 1), 4, id="its second value"),
    pytest.param(("damages", "cny"), 6, id="a key of an inline table"),
    pytest.param(("title", "zh"), 8, id="a table"),
    pytest.param(("parties",), 11, id="the first of several tables"),
    pytest.param(("parties", 0, "role"), 13, id="a key of the first"),
    pytest.param(("parties", 1, "name", "zh"), 16, id="a key of the second"),
    pytest.param(("parties", 1, "role_below"), 15, id="a key it lacks: the table"),
    pytest.param(("parties", 9, "role"), 17, id="a table that is not there: the last"),
    pytest.param(("text",), 1, id="a key that is not there: the first line"),
    pytest.param(("publisher",), 1, id="a key that only a table has is not the one meant"),
]


@pytest.mark.parametrize(("location", "line"), LOCATIONS)
def test_value_is_found_on_its_line(location: tuple[int | str, ...], line: int) -> None:
    assert line_of(TOML, location) == line
    assert line_of(TOML, location, first_line=2) == line + 1


def test_title_of_a_source_is_not_the_title_of_the_ruling() -> None:
    assert line_of('court = "bjipc"\n\n[[sources]]\ntitle = "虚构来源"\n', ("title",)) == 1


@given(st.text(alphabet="+#\n {}#p1h甲aé\t\u3000", max_size=80))
def test_any_text_is_taken_apart_or_refused(text: str) -> None:
    for whole in (text, f"+++\n+++\n{text}"):
        try:
            document = take_apart(whole)
        except (NoFrontMatter, UnclosedFrontMatter):
            continue
        lines = whole.split("\n")
        for part in document.parts:
            assert lines[part.line - 1].startswith("#")
            for paragraph in part.paragraphs:
                assert lines[paragraph.line - 1].strip()
