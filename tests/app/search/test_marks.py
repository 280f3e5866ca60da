"""Marks stand on the words that were looked for, in whatever form they are written."""

import pytest

from app.search.snippets import marker


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("parameters", "The parameter’s value; parametric", ["parameter’s"]),
        ("xian", "a court in Xi'an, and Xian", ["Xi'an", "Xian"]),
        ("2016", "2016年专利2016", ["2016", "2016"]),
        ("专利", "2016年专利2016", ["专利"]),
    ],
)
def test_a_word_is_marked_in_its_forms(query: str, text: str, marked: list[str]) -> None:
    assert [run.text for run in marker(query, expand=False)(text) if run.marked] == marked
