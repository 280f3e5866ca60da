"""Texts to terms in bulk give what the analysis of one text gives."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.index.analysis import analyse, fold, is_han, sentences, stem, surface_words
from indexer.index.bulk import (
    Places,
    Units,
    han_pairs,
    han_words,
    inner_words,
    is_spelt,
    other_pieces,
    other_words,
    sentence_starts,
)
from indexer.index.columnar import numbering, table

PIECES = [
    "中国专利法",
    "裁判理由",
    "〇二",
    "カナ",
    "한국",
    "𠀀",
    "ά",
    "Parameter's",
    "it’s",
    "2017年",
    "3.5",
    "，",
    "。",
    "！？",
    "No. 5",
    "\n",
    " ",
    "_",
]
texts = (st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)).map(fold)


def units_of(text: str) -> Units:
    return np.frombuffer(text.encode("utf-16-le"), np.uint16)


def cut(units: Units, starts: Places, lengths: Places) -> list[str]:
    return [
        units[start : start + length].tobytes().decode("utf-16-le")
        for start, length in zip(starts.tolist(), lengths.tolist(), strict=True)
    ]


@given(texts)
def test_words_are_those_of_the_analysis(text: str) -> None:
    tokens, units = analyse(text), units_of(text)
    han = [each for word in cut(units, *han_words(units)) for each in (word, *inner_words(word))]
    others = cut(units, *other_words(units))
    assert sorted([*han, *map(stem, others)]) == sorted(token.term for token in tokens)
    spelt = filter(is_spelt, others)
    assert {word for word in han if len(word) > 1} | set(spelt) == surface_words(text, tokens)


@given(texts)
def test_words_begin_where_the_analysis_of_a_query_says(text: str) -> None:
    tokens, units = analyse(text, search=False), units_of(text)
    others = [token for token in tokens if not is_han(text[token.start])]
    for starts, lengths, wanted in (
        (*han_words(units), [token for token in tokens if is_han(token.term)]),
        (*other_words(units), others),
    ):
        assert cut(units, starts, lengths) == [text[token.start : token.end] for token in wanted]
        assert starts.tolist() == [len(text[: token.start].encode("utf-16-le")) // 2 for token in wanted]
    pieces = [piece for token in others for piece in re.split("['’]", text[token.start : token.end])]
    assert cut(units, *other_pieces(units)) == pieces


@given(st.lists(texts, max_size=4))
def test_a_word_has_one_number_wherever_it_stands(several: list[str]) -> None:
    found = numbering.Numbering()
    for text in several:
        units = units_of(text)
        for words in (han_words(units), other_words(units)):
            assert found.at(units, *words).tolist() == found.of(cut(units, *words)).tolist()
    assert len(set(found.words)) == len(found.words)


def test_words_of_any_length_are_told_apart_however_small_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_SLOTS", 1)
    words = [f"{head}{'x' * more}" for head in "abcdefghij" for more in range(11)]
    units = units_of(" ".join(words * 2))
    found = numbering.Numbering()
    for half in (units, units[: len(units) // 2], units):
        assert found.at(half, *other_words(half)).tolist() == found.of(cut(half, *other_words(half))).tolist()
    assert sorted(found.words) == sorted(words)


@given(texts)
def test_every_han_character_is_found_with_the_one_after_it(text: str) -> None:
    units = np.frombuffer(text.encode("utf-16-le"), np.uint16)
    pairs, places = han_pairs(units)
    characters = [chr(unit) for unit in units.tolist()] + [""]
    wanted = [(ord(each) << 16 | (ord(after) if is_han(after) else 0), place)
              for place, (each, after) in enumerate(pairwise(characters)) if is_han(each)]  # fmt: skip
    assert list(zip(pairs.tolist(), places.tolist(), strict=True)) == wanted


@given(st.lists(texts.filter(lambda text: "\n" not in text), max_size=4))
def test_sentences_begin_where_the_analysis_cuts(segments: list[str]) -> None:
    wanted = []
    begin = 0
    for segment in segments:
        at = 0
        for sentence in sentences(segment):
            at = segment.index(sentence, at)
            wanted.append(begin + len(segment[:at].encode("utf-16-le")) // 2)
            at += len(sentence)
        if not segment:
            wanted.append(begin)
        begin += len(segment.encode("utf-16-le")) // 2 + 1
    whole = "".join(f"{segment}\n" for segment in segments)
    units = np.frombuffer(whole.encode("utf-16-le"), np.uint16)
    starts = np.flatnonzero(sentence_starts(units)).tolist()
    assert starts == wanted
