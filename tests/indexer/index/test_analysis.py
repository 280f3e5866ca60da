"""Text to terms: folding keeps the way back to the original, and no phrase that is there is missed."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.index.analysis import (
    HAN,
    analyse,
    fold,
    fold_all,
    fold_with_origin,
    is_han,
    latin_words,
    lexicon,
    occurrences,
    sentences,
    stem,
    surface_words,
    terms,
)

WORD = rf"[^\W_{HAN}]"
ODD = "\u00a0\u3000\u2009\u200a\u1680\t\n\r\x0b\x0c\x1c\x85\u2028\ufeff\u200b\u00ad\u0301\u0308\ufe0f\u200d"
"""White space of every kind, and characters that join or combine."""
CHARS = "专利權專權侵害商標标，。（）《》“”‘’「」aAbBzZéßİǆﬁ①½㈱ＡＢ０１１２０19'’_-. 🙂👩‍⚖️々〇あアｱ가" + ODD
texts = st.text(st.sampled_from(CHARS) | st.characters(), max_size=60)
words = st.lists(
    st.sampled_from(["专利", "侵权", "patent", "Patents", "a", "B2", "don't", " ", "，", "_", "é", "ß"]), max_size=12
)
mixed = texts | words.map("".join)

FOLDED = [
    pytest.param("專利權", "专利权", id="traditional is as simplified"),
    pytest.param("ＰＡＴＥＮＴ　２０２０", "patent 2020", id="full width is as half width"),
    pytest.param("（2020）京73民初1号", "(2020)京73民初1号", id="also in brackets"),
    pytest.param("Patent LAW", "patent law", id="capitals are as small letters"),
    pytest.param("“专利”‘法’「条」", '"专利"\'法\'"条"', id="quotation marks of every style are alike"),
    pytest.param("专 利\n权", "专利权", id="white space between Han characters is layout"),
    pytest.param("甲公司 Example  Co. 诉", "甲公司example co.诉", id="beside Han it goes, between words one stays"),
    pytest.param(" \t patent \u3000 law \n", "patent law", id="at the ends it goes"),
    pytest.param("", "", id="nothing"),
    pytest.param(" \u3000\n", "", id="white space only"),
    pytest.param("ﬁling", "filing", id="a ligature is its letters"),
    pytest.param("Straße", "strasse", id="ß is ss"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_text_is_folded(text: str, expected: str) -> None:
    assert fold(text) == expected
    assert fold_with_origin(text).text == expected


@given(st.lists(mixed, max_size=8))
@example(["", " \ue000", "甲", ""])
@example([])
def test_texts_are_folded_together_as_one_by_one(several: list[str]) -> None:
    assert fold_all(several) == [fold(text) for text in several]


@given(mixed)
@example("ﬁ 专\u3000利 ½")
@settings(max_examples=500)
def test_both_ways_of_folding_agree(text: str) -> None:
    assert fold(text) == fold_with_origin(text).text


@given(st.text(max_size=120))
@example("ﬁ㎏①\u200b…" * 30)
@example("\ud800臺灣" * 30)
def test_long_and_short_texts_are_folded_alike(text: str) -> None:
    filler = "字" * 100
    assert fold(filler + text + filler) == fold_with_origin(filler + text + filler).text
    assert fold(filler + "。" + text + "。" + filler) == f"{filler}。{fold('。' + text + '。')[1:-1]}。{filler}"


@given(mixed)
@settings(max_examples=500)
def test_every_folded_character_leads_back_to_its_origin(text: str) -> None:
    folded = fold_with_origin(text)
    origin = list(folded.origin)
    assert len(origin) == len(folded.text)
    assert origin == sorted(origin)
    assert all(0 <= index < len(text) for index in origin)
    for char, index in zip(folded.text, origin, strict=True):
        assert char == " " or char in fold(text[index]) or char in unicodedata.normalize("NFKC", text[index]).casefold()


@given(mixed)
def test_folded_text_has_no_odd_white_space(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip()
    assert re.findall(r"\s+", folded) == [" "] * folded.count(" ")
    assert not re.search(rf"[{HAN}] | [{HAN}]", folded)


@given(mixed, st.data())
@settings(max_examples=500)
def test_words_quoted_from_a_text_are_in_the_text_when_both_are_folded(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert fold(text[start:end]) in fold(text)


TRADITIONAL = [
    ("專利權", "专利权"),
    ("侵害商標權糾紛", "侵害商标权纠纷"),
    ("著作權", "著作权"),
    ("裁判要旨", "裁判要旨"),
]


@pytest.mark.parametrize(("traditional", "simplified"), TRADITIONAL)
def test_traditional_and_simplified_have_the_same_terms(traditional: str, simplified: str) -> None:
    assert terms(traditional) == terms(simplified)


def test_widths_have_the_same_terms() -> None:
    assert terms("ＡＩ　２０２０年　ｐａｔｅｎｔ") == terms("AI 2020年 patent")


OCCURRENCES = [
    pytest.param("侵害专利权", "专利", [(2, 4)], id="Han characters anywhere"),
    pytest.param("专利专利", "专利", [(0, 2), (2, 4)], id="every time"),
    pytest.param("哈哈哈", "哈哈", [(0, 2), (1, 3)], id="also overlapping"),
    pytest.param("a patent law", "patent", [(2, 8)], id="a Latin word"),
    pytest.param("patents and patentees", "patent", [], id="no part of a Latin word"),
    pytest.param("repatent", "patent", [], id="nor its end"),
    pytest.param("专利patent权", "patent", [(2, 8)], id="a Latin word between Han characters"),
    pytest.param("gpt4和4g", "4", [], id="no part of a number with letters"),
    pytest.param("第120条", "12", [], id="no part of a number"),
    pytest.param("第12条", "12", [(1, 3)], id="a number"),
    pytest.param("don't", "don", [(0, 3)], id="an apostrophe parts"),
    pytest.param("c++ and c", "c++", [(0, 3)], id="signs at the end do not join"),
    pytest.param("专利", "", [], id="nothing is nowhere"),
    pytest.param("", "专利", [], id="and not in nothing"),
]


@pytest.mark.parametrize(("text", "phrase", "expected"), OCCURRENCES)
def test_phrase_is_found_where_it_stands(text: str, phrase: str, expected: list[tuple[int, int]]) -> None:
    assert list(occurrences(text, phrase)) == expected


@given(mixed, st.data())
@settings(max_examples=500)
def test_occurrences_are_those_of_a_plain_scan(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    end = data.draw(st.integers(start, min(len(folded), start + 6)))
    phrase = folded[start:end] or "a"
    head = rf"(?<!{WORD})" if re.match(WORD, phrase[0]) else ""
    tail = rf"(?!{WORD})" if re.match(WORD, phrase[-1]) else ""
    plain = [match.start() for match in re.finditer(rf"(?={head}{re.escape(phrase)}{tail})", folded)]
    assert list(occurrences(folded, phrase)) == [(at, at + len(phrase)) for at in plain]


@given(mixed, st.booleans())
def test_tokens_stand_in_the_text(text: str, search: bool) -> None:
    folded = fold(text)
    for token in analyse(folded, search):
        assert 0 <= token.start < token.end <= len(folded)
        surface = folded[token.start : token.end]
        assert token.term == (surface if is_han(surface) else stem(surface))


@given(mixed)
def test_words_of_a_query_cover_each_character_once(text: str) -> None:
    folded = fold(text)
    tokens = analyse(folded, search=False)
    for earlier, later in pairwise(tokens):
        assert earlier.end <= later.start
    covered = sum(token.end - token.start for token in tokens)
    assert covered == sum(len(match[0]) for match in re.finditer(rf"[{HAN}]+|{WORD}+(?:['’]{WORD}+)*", folded))


@given(mixed)
def test_words_of_a_query_are_among_the_terms_of_the_text_they_come_from(text: str) -> None:
    folded = fold(text)
    assert {token.term for token in analyse(folded, search=False)} <= set(terms(text))


@given(mixed)
def test_words_that_are_not_chinese_are_found_without_cutting_the_chinese(text: str) -> None:
    folded = fold(text)
    tokens = analyse(folded, search=False)
    latin = [token for token in tokens if not is_han(folded[token.start : token.end])]
    assert list(latin_words(folded)) == latin
    for head in ("a", "1", "e"):
        beginning = [token for token in latin if folded[token.start : token.end].startswith(head)]
        assert set(beginning) <= set(latin_words(folded, head)) <= set(latin)


STEMS = [
    ("parameters", "paramet"),
    ("infringement", "infring"),
    ("infringing", "infring"),
    ("patentee's", "patente"),
    ("patentee’s", "patente"),
    ("gpt4", "gpt4"),
    ("2020", "2020"),
    ("café", "café"),
]


@pytest.mark.parametrize(("word", "expected"), STEMS)
def test_latin_words_are_stemmed_and_numbers_are_not(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_words_of_the_field_are_known_to_the_segmenter() -> None:
    assert {"专利权人", "外观设计专利", "植物新品种"} <= lexicon()
    assert [token.term for token in analyse("专利权人", search=False)] == ["专利权人"]
    assert {"专利权人", "专利权"} <= set(terms("专利权人"))


SENTENCES = [
    ("", []),
    ("甲。", ["甲。"]),
    ("甲。乙！丙？丁；戊", ["甲。", "乙！", "丙？", "丁；", "戊"]),
    ("甲!乙", ["甲!", "乙"]),
    ("one. two", ["one.", "two"]),
    ("no. 1.5 percent", ["no.", "1.5 percent"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_paragraph_is_cut_after_each_sentence_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_surface_words_are_long_enough_to_be_misspelt() -> None:
    text = "侵害专利权 by a patent in 2020"
    words = surface_words(text, analyse(text))
    assert words >= {"侵害", "专利权", "patent"}
    assert not {"by", "a", "in", "2020"} & words
