"""Words that are made up of shorter ones, and what a query for them finds."""

import pytest

from app.search.compounds import compound
from app.search.language import parse


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("模型参数", ("模型", "参数")),
        ("计算机软件", ("计算机", "软件")),
        ("植物新品种", ("植物", "新品种")),
        ("显著性", None),  # one character would be left
        ("著作权法", None),
        ("石磨", None),
        ("parameters", None),
    ],
)
def test_a_word_is_made_up_of_the_fewest_that_leave_no_character(word: str, parts: tuple[str, ...] | None) -> None:
    made = compound(word)
    assert (made.parts if made else None) == parts
    assert not made or "".join(made.parts) == word


def test_the_parts_are_enough_in_one_sentence_when_that_is_asked() -> None:
    query = parse("模型参数", expand=False, parted=True)
    sentence = "(Term('text', '模型') in one sentence with Term('text', '参数'))"
    assert repr(query.tree) == f"Or([Term('text', '模型参数'), {sentence}])"
    assert [each.word for each in query.compounds] == ["模型参数"]


@pytest.mark.parametrize("text", ["石磨 -模型参数", "石磨 NOT 模型参数", "石磨 标题:-模型参数", '"模型参数"', "石磨"])
def test_what_is_barred_or_quoted_is_never_taken_apart(text: str) -> None:
    query = parse(text, expand=False)
    assert query.compounds == ()
    assert repr(parse(text, expand=False, parted=True).tree) == repr(query.tree)
