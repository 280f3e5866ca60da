"""Texts to terms in bulk give what the analysis of one text gives."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.index.analysis import analyse, fold, grams, stem, surface_words
from indexer.index.bulk import GAP, gram_bytes, han_grams, han_words, other_words, spelt

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
    "\n",
    " ",
    "_",
]
texts = (st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)).map(fold)


@given(texts)
def test_words_are_those_of_the_analysis(text: str) -> None:
    tokens = analyse(text)
    han, others = [word for word in han_words(text) if word != GAP], other_words(text)
    assert sorted([*han, *map(stem, others)]) == sorted(token.term for token in tokens)
    assert {word for word in han if len(word) > 1} | set(spelt(others)) == surface_words(text, tokens)


@given(texts)
def test_grams_are_those_of_the_analysis_in_the_order_of_their_bytes(text: str) -> None:
    encoded, ends = gram_bytes(han_grams(text))
    found = [encoded[start:end].tobytes() for start, end in pairwise(ends.tolist())]
    assert found == sorted(set(found))
    words = {piece for word in other_words(text) for piece in re.split("['’]", word)}
    assert {gram.decode() for gram in found} | words == grams(text)
