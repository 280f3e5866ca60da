"""Markdown, HTML and plain text gain links; all else stays byte for byte, in the encoding it came in."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.briefs.files import BriefRefused, open_brief
from app.briefs.model import PlacedLink
from tests.app.briefs.files.parts import NUMBER, data_folder, link_to

URL = "https://example.org/r/1"
LINK = f"[{NUMBER}]({URL})"
ANCHOR = f'<a href="{URL}">{NUMBER}</a>'


def linked(name: str, source: str, encoding: str = "utf-8") -> str:
    """The text with a link over every case number in it; checked for a second run."""
    data = source.encode(encoding)
    brief = open_brief(name, data)
    links = [
        PlacedLink(number, found.start(), found.end(), URL)
        for number, passage in enumerate(brief.passages)
        for found in re.finditer(re.escape(NUMBER), passage)
    ]
    done = brief.with_links(links)
    again = open_brief(name, done)
    assert list(again.passages) == list(brief.passages)
    assert again.with_links(links) == done
    return done.decode(encoding)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"见{NUMBER}。", f"见{LINK}。"),
        (f"# 见 {NUMBER}\n\n- 一、{NUMBER}\n", f"# 见 {LINK}\n\n- 一、{LINK}\n"),
        (f"> 引 {NUMBER}\n", f"> 引 {LINK}\n"),
        (f"| {NUMBER} | 甲 |\n|---|---|\n", f"| {LINK} | 甲 |\n|---|---|\n"),
        (f"**{NUMBER}**判决", f"[**{NUMBER}**]({URL})判决"),
        (f"**见{NUMBER}**判决", f"**见{NUMBER}**判决"),
        (f"见`{NUMBER}`", f"见`{NUMBER}`"),
        (f"```\n{NUMBER}\n```\n", f"```\n{NUMBER}\n```\n"),
        (f"甲\n\n    {NUMBER}\n", f"甲\n\n    {NUMBER}\n"),
        (f"- 甲\n\n    {NUMBER}\n", f"- 甲\n\n    {LINK}\n"),
        (f"[见{NUMBER}](https://example.org)", f"[见{NUMBER}](https://example.org)"),
        (f"[{NUMBER}][1]\n\n[1]: https://example.org\n", f"[{NUMBER}][1]\n\n[1]: https://example.org\n"),
        (f'<a href="x">{NUMBER}</a>', f'<a href="x">{NUMBER}</a>'),
        (f"<div>\n{NUMBER}\n</div>\n", f"<div>\n{NUMBER}\n</div>\n"),
        (f"<!-- {NUMBER} -->\n甲", f"<!-- {NUMBER} -->\n甲"),
        (f"见[^1]。\n\n[^1]: {NUMBER}\n", f"见[^1]。\n\n[^1]: {LINK}\n"),
        (f"注意!{NUMBER}", f"注意!{NUMBER}"),
        (f"---\ntitle: {NUMBER}\n---\n\n{NUMBER}\n", f"---\ntitle: {NUMBER}\n---\n\n{LINK}\n"),
        (f"甲\r\n{NUMBER}\r\n", f"甲\r\n{LINK}\r\n"),
    ],
)
def test_markdown_is_linked_where_a_link_is_read_as_one(source: str, expected: str) -> None:
    assert linked("brief.md", source) == expected


@pytest.mark.parametrize(
    ("source", "passages"),
    [
        ("# 标题\n\n甲\n乙\n\n- 丙\n- 丁", ["标题", "甲\n乙", "丙", "丁"]),
        ("见**甲**与*乙*、\\[2020\\] &amp; `丙`", ["见甲与乙、[2020] & 丙"]),
        ("[甲](https://example.org) ![乙](x.png)", ["甲 乙"]),
        ("> 甲\n> 乙", ["甲\n乙"]),
        ("民终***号", ["民终***号"]),
        ("甲\n===\n\n乙\n---\n\n***\n", ["甲", "乙"]),
    ],
)
def test_markdown_passages_read_as_the_page_reads(source: str, passages: list[str]) -> None:
    assert list(open_brief("brief.md", source.encode()).passages) == passages


_BITS = st.sampled_from(
    [
        *(
            "甲",
            "乙丙",
            " ",
            "\n",
            "\n\n",
            "**",
            "*",
            "_",
            "`",
            "``",
            "[",
            "]",
            "(",
            ")",
            "](x)",
            "<b>",
            "</b>",
            "\\",
            "!",
        ),
        *(
            "- ",
            "> ",
            "# ",
            "    ",
            "```\n",
            "~~~\n",
            "<a>",
            "</a>",
            "<!--",
            "-->",
            "&amp;",
            "|",
            "1. ",
            "。",
            "（",
            "）",
            "\t",
        ),
        *("[a]: /x\n", "[a]", "<div>", "https://example.org/x", "<https://example.org>", "a"),
    ]
)
_HREF = re.compile(r'<a href="https://example\.org/link/\d+">(.*?)</a>', re.DOTALL)


@settings(max_examples=1500, deadline=None)
@given(
    st.lists(_BITS, max_size=14),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(0, 9)), max_size=3),
)
def test_markdown_renders_the_same_but_for_the_links(bits: list[str], spans: list[tuple[int, int, int]]) -> None:
    source = "".join(bits)
    try:
        brief = open_brief("brief.md", source.encode())
    except BriefRefused:
        return
    links = [PlacedLink(n, min(a, b), max(a, b), f"https://example.org/link/{a}") for n, a, b in spans]
    done = brief.with_links(links)
    render = MarkdownIt("commonmark").enable("table").render
    assert _HREF.sub(r"\1", render(done.decode())) == render(source)
    again = open_brief("brief.md", done)
    assert list(again.passages) == list(brief.passages)
    assert again.with_links(links) == done


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"<p>见{NUMBER}。", f"<p>见{ANCHOR}。"),
        (f"<p>见<a href='x'>{NUMBER}</a>", f"<p>见<a href='x'>{NUMBER}</a>"),
        (f"<script>'{NUMBER}'</script><p>{NUMBER}", f"<script>'{NUMBER}'</script><p>{ANCHOR}"),
        (f"<title>{NUMBER}</title><p>甲", f"<title>{NUMBER}</title><p>甲"),
        (
            "<p>（2020）<b>京73民初</b>1号</p>",
            f'<p><a href="{URL}">（2020）</a><b><a href="{URL}">京73民初</a></b><a href="{URL}">1号</a></p>',
        ),
        ("<p>（2020）&#20140;73民初1号", f'<p><a href="{URL}">（2020）&#20140;73民初1号</a>'),
        (f"<p title='a>b'>{NUMBER}<!-- {NUMBER} -->", f"<p title='a>b'>{ANCHOR}<!-- {NUMBER} -->"),
        (f"<P>甲<BR>{NUMBER}</P >", f"<P>甲<BR>{ANCHOR}</P >"),
    ],
)
def test_html_is_linked_in_its_text_alone(source: str, expected: str) -> None:
    assert linked("brief.html", source) == expected


def test_html_passages_are_the_blocks_as_a_browser_shows_them() -> None:
    source = (
        "<!DOCTYPE html><title>题</title><style>x</style><h1>甲\n  乙</h1><div>丙<p>丁 <b> 戊</b></div><pre>a\n b</pre>"
    )
    assert list(open_brief("brief", source.encode()).passages) == ["甲 乙", "丙", "丁 戊", "a\n b"]


_TAGS = st.sampled_from(
    [
        "甲",
        "乙丙",
        " ",
        "\n",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a href=x>",
        "</a>",
        "<br>",
        "&amp;",
        "&#30002;",
        *("<", ">", "&", "<!-- x -->", "<!--", "<script>", "</script>", '<p title="', '">', "<pre>", "</pre>", "<td>"),
    ]
)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(_TAGS, max_size=14),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(0, 9)), max_size=3),
)
def test_html_without_its_new_links_is_the_html_that_came(tags: list[str], spans: list[tuple[int, int, int]]) -> None:
    source = "".join(tags)
    try:
        brief = open_brief("brief.html", source.encode())
    except BriefRefused:
        return
    links = [PlacedLink(n, min(a, b), max(a, b), "https://example.org/link/1") for n, a, b in spans]
    done = brief.with_links(links)
    assert _HREF.sub(r"\1", done.decode()) == source
    again = open_brief("brief.html", done)
    assert list(again.passages) == list(brief.passages)
    assert again.with_links(links) == done


def test_plain_text_has_the_address_in_angle_brackets_behind_the_citation() -> None:
    assert linked("brief.txt", f"见{NUMBER}。\r\n\r\n二") == f"见{NUMBER} <{URL}>。\r\n\r\n二"


def test_lines_that_were_wrapped_are_one_passage_and_short_ones_are_not() -> None:
    wrapped = "本院认为，被诉侵权产品落入涉案专利权的保护范围，参见（2020）\n"
    wrapped += "京73民初1号判决第三段的说理，该案与本案的情形相同，\n本院不再赘述。"
    assert list(open_brief("", wrapped.encode()).passages) == [wrapped]
    assert list(open_brief("", "民事起诉状\n原告：甲公司。\n被告：乙公司。".encode()).passages)[1:] == [
        "原告：甲公司。",
        "被告：乙公司。",
    ]


@pytest.mark.parametrize("name", ["brief.txt", "brief.md", "brief.html"])
@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8", "见{}判决。"),
        ("utf-8-sig", "见{}判决。"),
        ("gb18030", "原告认为，被告侵害了其著作权，参见{}判决，本院予以确认。"),
        ("gb18030", "原告認為，被告侵害了其著作權，參見{}判決，本院予以確認。"),
        ("big5", "原告認為，被告侵害了其著作權，參見{}判決，本院予以確認。"),
        ("utf-16", "见{}判决。"),
        ("utf-16-le", "见{}判决。\n"),
        ("utf-16-be", "见{} 判决。\n"),
    ],
)
def test_each_encoding_comes_back_as_it_was(name: str, encoding: str, words: str) -> None:
    number = "（2020）京73民初1號" if encoding == "big5" else NUMBER
    data = words.format(number).encode(encoding)
    brief = open_brief(name, data)
    assert brief.passages[0] == words.format(number).strip()
    done = brief.with_links([link_to(brief, number)], ["（2020）京73民初2号 & *表*"])
    assert number in done.decode(encoding)
    assert done.startswith(data[: len(words.split("{")[0].encode(encoding))])
    again = open_brief(name, done)
    assert list(again.passages) == list(brief.passages)
    assert again.with_links([link_to(brief, number)], ["（2020）京73民初2号 & *表*"]) == done
    assert list(open_brief(name, again.with_links([], ["另一"])).passages) == list(brief.passages)


@pytest.mark.parametrize("title", ["", '"甲"<乙>'])
def test_titles_are_escaped_in_html(title: str) -> None:
    brief = open_brief("b.html", f"<p>{NUMBER}".encode())
    done = brief.with_links([link_to(brief, NUMBER, URL, title)]).decode()
    assert ('title="&quot;甲&quot;&lt;乙&gt;"' in done) == bool(title)


RAW = sorted(data_folder("wenshu_raw").glob("*.[th][xt]*"))


@pytest.mark.skipif(not RAW, reason="the reference data (PANLI_TEST_DATA) is not there")
@pytest.mark.parametrize("number", range(len(RAW)))
def test_real_texts_come_back_with_addresses_and_nothing_else_changed(number: int) -> None:
    data = RAW[number].read_bytes()
    brief = open_brief(RAW[number].name, data)
    links = [PlacedLink(place, 0, min(9, len(text)), URL) for place, text in enumerate(brief.passages)]
    done = brief.with_links(links)
    assert done.replace(f" <{URL}>".encode(), b"").replace(f'<a href="{URL}">'.encode(), b"").replace(
        b"</a>", b""
    ) == data.replace(b"</a>", b"")
    assert open_brief(RAW[number].name, done).with_links(links) == done
