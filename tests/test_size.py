"""Small parts: no module over 400 lines, no function over 60, every function typed."""

import ast
from pathlib import Path

import pytest

from tests.test_imports import MODULES, dotted


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_modules_and_functions_stay_small_and_typed(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 <= 60, node.name
            assert node.returns is not None, node.name
