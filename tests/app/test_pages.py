"""Each template draws what its page offers and nothing else; every field says what it is for."""

import ast
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from app import pages
from app.templating import FRAME_NAMES, Templates

ROOT = Path(__file__).parent.parent.parent
PAGES = {name: getattr(pages, name) for name in dir(pages) if name.endswith("Page")}


def drawn_pages() -> Iterator[tuple[str, str]]:
    """(template, page class) of every `draw.page("x.html", …)` in the routes, by what the call gives."""
    builders = {
        function.name: ast.unparse(function.returns)
        for path in (ROOT / "app" / "presenting").glob("*.py")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef) and function.returns
    }
    for path in (ROOT / "app" / "routes").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            calls = [ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)]
            classes = {builders.get(call.rpartition(".")[2], call) for call in calls} & set(PAGES)
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".page"):
                    template = ast.literal_eval(node.args[0])
                    assert len(classes) == 1, (path.name, function.name, classes)
                    yield template, next(iter(classes))


def names_used(template: str) -> set[str]:
    """Names a template takes from outside, with those of the partials it imports; macros are its own."""
    environment = Templates().environment
    assert environment.loader is not None
    names: set[str] = set()
    macros: set[str] = set()
    seen: set[str] = set()
    waiting = [template]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        source = environment.loader.get_source(environment, name)[0]
        parsed = environment.parse(source)
        names |= meta.find_undeclared_variables(parsed)
        waiting += [other for other in meta.find_referenced_templates(parsed) if other]
        macros |= {macro.name for macro in parsed.find_all(nodes.Macro)}
    return names - macros


@pytest.mark.parametrize(("template", "page"), sorted(set(drawn_pages())))
def test_a_template_uses_exactly_what_its_page_offers(template: str, page: str) -> None:
    offered = {field.name for field in dataclasses.fields(PAGES[page])}
    used = names_used(template)
    assert used - offered <= FRAME_NAMES, "names no page offers"
    assert offered - used == set(), "fields no template draws"


def test_every_page_is_drawn_by_a_template() -> None:
    assert {page for _, page in drawn_pages()} == set(PAGES)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_field_of_a_page_says_what_it_is_for(page: str) -> None:
    assert all(field.metadata.get("help") for field in dataclasses.fields(PAGES[page]))


def test_no_template_switches_escaping_off() -> None:
    for path in (ROOT / "templates").glob("*.html"):
        assert "|safe" not in path.read_text("utf-8").replace(" ", ""), path.name
        assert "autoescape" not in path.read_text("utf-8"), path.name
