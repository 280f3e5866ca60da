"""Marks stand on what was looked for: words in whatever form they are written, an exact text as it is."""

import pytest

from app.search.snippets import markers


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("parameters", "The parameter’s value; parametric", ["parameter’s"]),
        ("xian", "a court in Xi'an, and Xian", ["Xi'an", "Xian"]),
        ("2016", "2016年专利2016", ["2016", "2016"]),
        ("专利", "2016年专利2016", ["专利"]),
        ("“模型参数”", "模型参数，模型与参数", ["模型参数"]),
    ],
)
def test_what_was_looked_for_is_marked(query: str, text: str, marked: list[str]) -> None:
    assert [run.text for run in markers(query, expand=False)[0](text) if run.marked] == marked
