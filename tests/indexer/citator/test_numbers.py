"""Case numbers in every form met: joined, masked, in Latin letters, malformed; hostile text costs no more."""

import time

import pytest

from indexer.citator import find_citations
from indexer.domain.citation import Citation, CitationKind


def only(text: str) -> Citation:
    """The one citation of a text."""
    (citation,) = find_citations(text)
    return citation


JOINED = [
    ("（2020）京73民初1401-1403号", ["1401号", "1402号", "1403号"]),
    ("（2020）京73民初1401—1402号", ["1401号", "1402号"]),
    ("（2020）京73民初1至3号", ["1号", "2号", "3号"]),
    ("（2020）京73民初1、2号", ["1号", "2号"]),
    ("（2020）京73民初第1号、第2号", ["1号", "2号"]),
    ("（2020）京73民初1号、5号及7号", ["1号", "5号", "7号"]),
    ("（2020）京73民初1、3、5-6号", ["1号", "3号", "5-6号"]),
    ("（2020）京73破1、6号之二", ["1号之二", "6号之二"]),
    ("（2020）京73民初1号之一、之二", ["1号之一", "1号之二"]),
    ("（2020）京73执9-10、9-11号", ["9-10号", "9-11号"]),
]


@pytest.mark.parametrize(("text", "numbers"), JOINED)
def test_joined_numbers_are_one_citation_with_every_number(text: str, numbers: list[str]) -> None:
    citation = only(f"参见{text}判决。")
    assert citation.kind is CitationKind.CASE_NUMBER
    assert citation.text == text
    assert [number.key.partition("73")[2][1:].lstrip("初") for number in citation.numbers] == numbers
    assert citation.number == citation.numbers[0]
    assert citation.key == citation.numbers[0].key


@pytest.mark.parametrize(
    "text",
    ["（2020）京73民初1-2号", "（2020）京73执650-2号", "（2020）京73执51-52号"],
)
def test_hyphen_after_a_small_serial_or_in_enforcement_is_a_part_of_one_file(text: str) -> None:
    citation = only(text)
    assert citation.numbers == ()
    assert citation.number is not None
    assert citation.number.part is not None


def test_list_after_a_number_that_is_of_something_else_is_left_alone() -> None:
    assert only("（2020）京73民初1号、2号证据").text == "（2020）京73民初1号"
    assert only("（2020）京73民初1号、3号楼").text == "（2020）京73民初1号"


WHOLE = [
    ("（2023）京73民\n终38\n02号", "(2023)京73民终3802号"),
    ("(2023) 京 73 民终 3802 号", "(2023)京73民终3802号"),
    ("［２０２３］京７３民终３８０２号", "(2023)京73民终3802号"),
    ("【2023】京73民终第3802号", "(2023)京73民终3802号"),
    ("（2023）粵73民終3802號", "(2023)粤73民终3802号"),
    ("（2023年）京73民终3802号（之一）", "(2023)京73民终3802号之一"),
    ("[2014]一中民（知）初字第3号", "(2014)一中民知初字第3号"),
    ("（2014）甲商初字第（10）号", "(2014)甲商初字第10号"),
    ("（2014）甲执字第00293－1号", "(2014)甲执字第293-1号"),
    ("（2010）刑三复22651920号", "(2010)刑三复字第22651920号"),
    ("（2016）定民终字第188号", "(2016)定民终字第188号"),
    ("(2023) Jing 73 Min Zhong No. 3802", "(2023)京73民终3802号"),
    ("(2019) Zui Gao Fa Zhi Min Zhong No. 490", "(2019)最高法知民终490号"),
    ("（2019） Zuigaofa Zhi Min Zhong 732 Zhi 1", "(2019)最高法知民终732号之一"),
    ("2019-zuigaofa-zhiminzhong-490", "(2019)最高法知民终490号"),
    ("(2016) Hu 73 Min Zhong No. 242", "(2016)沪73民终242号"),
    ("(2015) Jing Zhi Min Chu Zi No. 1194", "(2015)京知民初字第1194号"),
    ("(2012) Zhi Xing Zi No. 75", "(2012)知行字第75号"),
    ("(2020) Jing 0491 Min Chu No. 12", "(2020)京0491民初12号"),
]


@pytest.mark.parametrize(("text", "key"), WHOLE)
def test_number_has_its_key_however_it_is_written(text: str, key: str) -> None:
    citation = only(f"见 {text} 判决")
    assert (citation.kind, citation.text, citation.key) == (CitationKind.CASE_NUMBER, text, key)
    assert citation.number is not None
    assert citation.number.key == key


def test_latin_number_that_reads_in_two_ways_has_a_romanised_key_only() -> None:
    citation = only("(2020) Yu 01 Min Zhong No. 5")  # 渝01 or 豫01
    assert (citation.key, citation.number) == ("2020yu01minzhong5", None)


@pytest.mark.parametrize(
    "text", ["(2019) Smith No. 5", "(2020) Article No. 3", "(2018) 45 Min 2", "In (2019) No. 5", "2020 May 3"]
)
def test_latin_words_that_no_court_has_are_no_number(text: str) -> None:
    assert find_citations(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "（2015）××刑初字第××号",
        "（2012）承刑再终字第＊＊号",
        "（2023）京73民终xxx号",
        "（20××）京73民终12号",
        "（××××）京73民终12号",
        "（2014）鄂某执字第12号",
    ],
)
def test_masked_number_is_found_without_a_key(text: str) -> None:
    citation = only(f"见{text}判决")
    assert (citation.kind, citation.text, citation.key) == (CitationKind.CASE_NUMBER, text, "")
    assert citation.masked
    assert citation.number is None


MALFORMED = [
    ("2023京73民终3802号", ("（2023）京73民终3802号",)),
    ("（2023京73民终3802号", ("（2023）京73民终3802号",)),
    ("2023）京73民终3802号", ("（2023）京73民终3802号",)),
    ("2023年京73民终3802号", ("（2023）京73民终3802号",)),
    ("《2023》京73民终3802号", ("（2023）京73民终3802号",)),
    ("（2023）京73民3802号", ("（2023）京73民终3802号", "（2023）京73民初3802号")),
    ("（2023）京0108刑3802号", ("（2023）京0108刑初3802号",)),
    ("（2O23）京73民终38O2号", ("（2023）京73民终3802号",)),
    ("（2023）京73民终38l2号", ("（2023）京73民终3812号",)),
    ("（2016）京0108民初字第1617号", ("（2016）京0108民初1617号",)),
    ("（2007）甲中法刑初101号", ("（2007）甲中法刑初字第101号",)),
    ("（92）甲刑初字第4号", ("（1992）甲刑初字第4号",)),
    ("最高人民法院（2018）民申3号", ("（2018）最高法民申3号",)),
    ("（2018）民申3号", ()),
    ("（2017）0704刑初160号", ()),
    ("（2023）京73民终号", ()),
    ("京73民终3802号", ()),
]


@pytest.mark.parametrize(("text", "meant"), MALFORMED)
def test_malformed_number_is_found_with_what_may_be_meant(text: str, meant: tuple[str, ...]) -> None:
    citation = only(f"参见{text}判决。")
    assert citation.kind is CitationKind.MALFORMED_NUMBER
    assert citation.text == text.removeprefix("最高人民法院")
    assert citation.suggestions == meant


LOOK_ALIKES = [
    "雅正（2018）临鉴字第344号司法鉴定意见",
    "京中信内民证字（2014）第25242号",
    "（2015）京方正内民证字第40757号公证书",
    "（2016）京中信执字00879号执行证书",
    "甲检公诉刑诉（2018）461号起诉书",
    "（2013）甲检刑诉第83号起诉书",
    "甲国用（2006）第43750号",
    "（2013）承字第002号承兑协议",
    "（2008）海仲裁字第249号裁决",
    "（2013）商标异字第12号裁定",
    "2010年甲担保字第1202号合同",
    "浙六监（2009）监字第29号",
    "商字16号小区",
    "法〔2012〕44号",
    "10号楼、京A12345号",
]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_paper_of_another_office_is_no_case_number(text: str) -> None:
    numbers = (CitationKind.CASE_NUMBER, CitationKind.MALFORMED_NUMBER)
    assert [each.text for each in find_citations(text) if each.kind in numbers] == []


HOSTILE = {
    "brackets": "（",
    "years": "（2020）",
    "half a number": "（2020）民初字第",
    "masks": "（2020）京73民终" + "×" * 500,
    "a list without end": "（2020）京73民终1" + "、1" * 500,
    "syllables": "(2020) Jing Min ",
    "articles": "Article 1, 2, 3, ",
    "marks": "《专利法（",
    "blanks": "（2020）" + " " * 500,
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    find_citations(piece)
    text = piece * (200_000 // len(piece))
    start = time.perf_counter()
    find_citations(text)
    assert time.perf_counter() - start < 5
