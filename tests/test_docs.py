"""Every README is true: what can be read off the code is compared with what is written."""

import ast
import dataclasses
import os
import re
import shlex
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Protocol, cast, get_args, get_origin

import pytest
import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from starlette.routing import BaseRoute
from typer.testing import CliRunner

from app import cli
from app.errors import AppError
from app.headers import HEADERS
from app.i18n import Locale
from app.main import create_app
from app.pages import ErrorPage
from app.presenting.json import ruling_json, search_json
from app.presenting.search import PROBLEMS
from app.search.answer import answer
from app.search.query import Order, SearchQuery
from app.search.query_fields import ALIASES, DATE_FIELD, EXACT_FIELDS, ZONES_OF
from app.settings import Settings
from app.stores import Snapshot
from app.templating import FRAME_NAMES
from app.urls import Urls
from indexer.build import accept
from indexer.corpus_format import CollectionFile, FrontMatter, Pair, WithdrawnFile
from indexer.domain.case_number import _SPELLED_OUT, parse_case_number
from indexer.domain.headings import HEADINGS
from indexer.domain.names import Names
from indexer.domain.ruling import Basis, Ruling
from indexer.index.fields import FACETS
from indexer.rules import rules
from indexer.store import Build, Manifest
from tests.app.test_pages import drawn_pages
from tests.conftest import NOW, ROOT
from tests.test_imports import MODULES

FOLDERS = ("corpus", "indexer", "app", "templates", "tests")
READMES = [path for path in (ROOT / "README.md", *(ROOT / name / "README.md" for name in FOLDERS)) if path.exists()]
MADE_LATER = {
    "manifest.json", "catalogue.sqlite", "withdrawn.toml", "corpus/withdrawn.toml",
    "index/", "builds/", ".store/", ".venv/",
    "rulings/bjipc/2020/2020-jing73-minchu-1.md", "rulings/bjipc/2020/2020-jing73-minchu-1.en.md",
    "collections/fictitious-list.toml", "2023-jing73-minzhong-3802-order.md", "2023-jing73-minzhong-3802.md",
    "2019-zuigaofa-zhiminzhong-732-zhi1.md", "2015-jingzhiminchuzi-1194.md",
}  # fmt: skip
"""Paths that a README names though no file need be there: what a build makes, optional files, examples."""
SUFFIXES = "py|toml|md|html|css|po|txt|json|sqlite|lock|yml|yaml|png|cfg"
PLAIN_RUNS = ("search", "show", "explain", "check", "schema")
"""Commands that change nothing and end by themselves: those shown in a README are run."""


@cache
def readme(folder: str = "") -> str:
    """The text of one README; empty when it is not there yet."""
    path = ROOT / folder / "README.md"
    return path.read_text("utf-8") if path.exists() else ""


def section(text: str, heading: str) -> str:
    """What stands under a heading, with all below it."""
    level = len(heading.split(" ")[0])
    lines = text.split("\n")
    assert heading in lines, f"no heading {heading!r}"
    start = lines.index(heading) + 1
    end, fenced = start, False
    while end < len(lines):
        fenced ^= lines[end].startswith("```")
        if not fenced and re.match(rf"#{{1,{level}}} ", lines[end]):
            break
        end += 1
    return "\n".join(lines[start:end])


def rows(text: str) -> dict[str, list[str]]:
    """The tables of a text: cells by each backticked name in the first cell."""
    found: dict[str, list[str]] = {}
    for line in text.split("\n"):
        if line.startswith("| ") and not set(line) <= set("|-: "):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for name in re.findall(r"`([^`]+)`", cells[0]):
                found.setdefault(name, cells)
    return found


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """(language, content) of every fenced block."""
    yield from re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)


# --- corpus/README.md: the format -----------------------------------------------------------------------------


def inside(annotation: object) -> Iterator[type]:
    """Every class that an annotation is made of."""
    if get_origin(annotation) is Annotated:
        yield from inside(get_args(annotation)[0])
    elif get_args(annotation):
        for part in get_args(annotation):
            yield from inside(part)
    elif isinstance(annotation, type):
        yield annotation


def keys(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every key of a model as it is documented; a pair is documented once for all."""
    for name, field in model.model_fields.items():
        yield prefix + name, field
        for kind in inside(field.annotation):
            if issubclass(kind, BaseModel) and kind is not Pair:
                yield from keys(kind, f"{prefix}{name}.")


MODELS: dict[str, type[BaseModel]] = {
    "## Front matter": FrontMatter,
    "## Names in pairs": Pair,
    "## Collections": CollectionFile,
    "## Withdrawn rulings": WithdrawnFile,
}
KEYS = [(heading, name, field) for heading, model in MODELS.items() for name, field in keys(model)]


@pytest.mark.parametrize(("heading", "name", "field"), KEYS, ids=[f"{heading} {name}" for heading, name, _ in KEYS])
def test_every_key_is_documented_with_its_values(heading: str, name: str, field: FieldInfo) -> None:
    documented = rows(section(readme("corpus"), heading))
    assert name in documented
    _, _, required, meaning = documented[name]
    assert required == ("yes" if field.is_required() else "no")
    parent = name.rpartition(".")[0]
    for kind in inside(field.annotation):
        if issubclass(kind, StrEnum) and name != "parties.role_below":
            described = re.findall(r"`([^`]+)`", meaning)
            assert [value.value for value in kind if value.value not in described] == []
        assert kind is not Pair or "pair" in documented[name][1]
    assert not parent or parent in documented


def test_no_key_is_documented_that_the_format_does_not_know() -> None:
    for heading in {heading for heading, _, _ in KEYS}:
        known = {name for where, name, _ in KEYS if where == heading}
        assert rows(section(readme("corpus"), heading)).keys() - known == set()


def test_headings_are_listed_in_their_order_and_both_languages() -> None:
    listed = [re.findall(r"`## ([^`]+)`", line) for line in section(readme("corpus"), "## Headings").split("\n")]
    assert [tuple(pair) for pair in listed if pair] == list(HEADINGS.values())


def test_every_basis_and_spelled_out_character_is_documented() -> None:
    assert [basis.value for basis in Basis] == list(rows(section(readme("corpus"), "## Tags and their basis")))
    named = section(readme("corpus"), "## File name")
    assert [char for char, reading in _SPELLED_OUT.items() if f"| {char} | `{reading}` |" not in named] == []
    shown = re.findall(r"^\| (（\S+) \| `(\S+)\.md` \|$", named, re.M)
    assert len(shown) >= 3
    assert [slug for _, slug in shown] == [parse_case_number(number).slug for number, _ in shown]


def rule_rows() -> list[str]:
    """The table of rules as it stands in corpus/README.md, made from indexer/rules.toml."""

    def cell(names: Names) -> str:
        both = [(text or "").format(value="…", other="…") for text in (names.en, names.zh)]
        return "<br>".join(text.replace("<", "&lt;").replace(">", "&gt;").replace("|", r"\|") for text in both)

    return [f"| `{rule.id}` | {rule.scope} | {cell(rule.fault)} | {cell(rule.remedy)} |" for rule in rules().values()]


def test_the_table_of_rules_is_that_of_the_program() -> None:
    table = [line for line in section(readme("corpus"), "## Rules").split("\n") if line.startswith("| `")]
    assert table == rule_rows()


def example_corpus(folder: Path) -> Path:
    """The examples of corpus/README.md as files: the ruling, its translation, the collection, the withdrawn one."""
    text = readme("corpus")
    labelled = re.findall(r"^`(rulings/\S+\.md)`:\n\n```markdown\n(.*?)^```$", text, re.M | re.S)
    parts = {"collections/fictitious-list.toml": "## Collections", "withdrawn.toml": "## Withdrawn rulings"}
    tomls = {
        path: next(body for lang, body in blocks(section(text, at)) if lang == "toml") for path, at in parts.items()
    }
    for path, body in [*labelled, *tomls.items()]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(body, "utf-8")
    return folder


def test_the_example_ruling_and_its_translation_are_accepted(tmp_path: Path) -> None:
    accepted = accept(example_corpus(tmp_path / "corpus"), NOW)
    assert [f"{each.path.name}:{each.line}: {each.fault('en')}" for each in accepted.report.rejections] == []
    (ruling,) = accepted.rulings
    assert str(ruling.number) == "（2020）京73民初1号"
    assert [party.name.zh for party in ruling.parties] == ["甲公司", "乙公司"]
    assert "Fictitious case" in (ruling.title.en or "")
    assert all(paragraph.translation for _, paragraph in ruling.paragraphs)
    assert [paragraph.id for _, paragraph in ruling.paragraphs] == ["h1", "p1", "p2", "p3", "p4", "p5", "p6"]
    assert all((source.url or "").startswith("https://example.org/") for source in ruling.sources)
    assert [basis for tag in ruling.teams for basis in [tag.basis]] == [Basis.STATED]
    assert set(accepted.collections) == {"fictitious-list"}
    assert len(accepted.withdrawn) == 1


def test_the_example_ruling_shows_every_key(tmp_path: Path) -> None:
    (path,) = (path for path in example_corpus(tmp_path).rglob("*.md") if not path.name.endswith(".en.md"))
    table = tomllib.loads(path.read_text("utf-8").split("+++")[1])
    assert FrontMatter.model_fields.keys() - table.keys() == set()


# --- modules, files, commands ---------------------------------------------------------------------------------


@pytest.mark.parametrize("package", ["indexer", "app"])
def test_every_module_and_data_file_has_its_line(package: str) -> None:
    home = ROOT / package
    files = [path for path in MODULES if path.is_relative_to(home) and path.read_text("utf-8").strip()]
    files += [path for path in home.rglob("*") if path.suffix in (".toml", ".txt", ".po")]
    listed = rows(section(readme(package), "## Modules"))
    assert sorted(name for path in files if (name := path.relative_to(home).as_posix()) not in listed) == []
    assert [name for name, cells in listed.items() if not cells[-1]] == []


def test_every_template_has_its_line_with_its_page() -> None:
    listed = rows(readme("templates"))
    assert sorted(path.name for path in (ROOT / "templates").glob("*.html") if path.name not in listed) == []
    drawn = {*drawn_pages(), ("error.html", ErrorPage.__name__)}
    assert [template for template, page in sorted(drawn) if f"`{page}`" not in listed[template][1]] == []
    assert [name for name in FRAME_NAMES if f"`{name}`" not in readme("templates")] == []


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.parent.name)
def test_no_readme_names_a_path_that_is_not_there(path: Path) -> None:
    text = path.read_text("utf-8")
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    ticked = re.findall(r"`([^`\s]+)`", prose)
    named = {each for each in ticked if re.fullmatch(rf"[\w.][\w./-]*\.(?:{SUFFIXES})", each)}
    named |= {each for each in ticked if re.fullmatch(r"\w[\w.-]*/(?:[\w.-]+/)*", each)}
    named |= {each for each in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)", prose) if "://" not in each}
    places = (path.parent, ROOT)
    missing = {name for name in named - MADE_LATER if not any((place / name).exists() for place in places)}
    # Within a folder's README a bare file name may be that of the only file called so.
    assert sorted(name for name in missing if not _unique_in_sources(name)) == []


def _unique_in_sources(name: str) -> bool:
    return "/" not in name and len([path for folder in FOLDERS for path in (ROOT / folder).rglob(name)]) == 1


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.parent.name)
def test_every_anchor_leads_to_a_heading(path: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", path.read_text("utf-8")):
        where = path.parent / target if target else path
        headings = re.findall(r"^#+ (.+)$", where.read_text("utf-8"), re.M)
        slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert anchor in slugs, anchor


class Parameter(Protocol):
    opts: list[str]
    secondary_opts: list[str]
    param_type_name: str


class Command(Protocol):
    """What we use of a command, whichever library made it."""

    params: list[Parameter]
    commands: dict[str, "Command"]

    def make_context(self, info_name: str, args: list[str]) -> object: ...


@cache
def commands() -> dict[str, Command]:
    """The subcommands of `panli` by name."""
    return cast("Command", typer.main.get_command(cli.main)).commands


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_is_documented_with_all_its_options_and_no_other(name: str) -> None:
    home = next((each for each in ("app", "indexer") if f"### `panli {name}`\n" in readme(each)), None)
    assert home is not None
    text = section(readme(home), f"### `panli {name}`")
    options = {
        option
        for parameter in commands()[name].params
        if parameter.param_type_name == "option"
        for option in [*parameter.opts, *parameter.secondary_opts]
        if option.startswith("--")
    }
    named = set(re.findall(r"`(--[\w-]+)`", text))
    assert named == options
    arguments = [p.opts[0] for p in commands()[name].params if p.param_type_name == "argument"]
    assert [argument for argument in arguments if argument.upper() not in text] == []


def command_lines() -> list[tuple[str, str, list[str]]]:
    """(README, command line, what the README shows as its output) of every `panli …` in a block of any README."""
    found: list[tuple[str, str, list[str]]] = []
    for path in READMES:
        inside_fence = False
        current: tuple[str, str, list[str]] | None = None
        for line in path.read_text("utf-8").split("\n"):
            if line.startswith("```"):
                inside_fence, current = not inside_fence, None
                continue
            if not inside_fence and not line.startswith("    "):
                current = None if line.strip() else current
                continue
            match = re.match(r"\s*(\$ )?(?:\.venv/bin/)?(panli [^#→]*)", line)
            if match and "──" not in line:
                current = (path.parent.name, match[2].strip(), [])
                found.append(current)
                current = current if match[1] else None
            elif current and line.strip():
                current[2].append(line.strip())
    return found


LINES = command_lines()


def test_command_lines_are_found() -> None:
    assert {shlex.split(line)[1] for _, line, _ in LINES} >= set(commands()) - {"serve"}


@pytest.mark.parametrize(("where", "line", "shown"), LINES, ids=[f"{where}: {line}" for where, line, _ in LINES])
def test_every_command_line_shown_works(
    where: str, line: str, shown: list[str], built: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, *arguments = shlex.split(line)[1:]
    assert name in commands()
    commands()[name].make_context(name, list(arguments))  # raises for an option that is not there
    if name not in PLAIN_RUNS:
        return
    monkeypatch.chdir(ROOT)
    environment = {"PANLI_STORE": str(built.folder.parent.parent), "PANLI_LANG": "en"}
    done = CliRunner().invoke(cli.main, [name, *arguments], env=environment)
    assert done.exit_code == 0, done.output
    said = re.sub(r"\s+", " ", done.output)
    assert [each for each in shown if re.sub(r"\s+", " ", each).split("…")[0] not in said] == []


def test_the_commands_of_the_top_readme_are_in_the_makefile() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert {"run", "test"} <= targets
    for path in READMES:
        assert set(re.findall(r"(?:`|^\s+)make (\w+)", path.read_text("utf-8"), re.M)) <= targets


# --- the service ----------------------------------------------------------------------------------------------


def everywhere() -> str:
    return readme() + readme("app") + readme("indexer")


def test_every_setting_is_documented() -> None:
    sources = "".join(path.read_text("utf-8") for path in MODULES)
    variables = set(re.findall(r"PANLI_[A-Z_]+", sources))
    variables |= set(re.findall(r'envvar="(\w+)"', sources))
    listed = rows(section(readme("app"), "## Settings"))
    assert variables >= {"PANLI_STORE", "PANLI_BASE_URL", "PORT"}
    assert sorted(variables - listed.keys()) == []
    assert sorted(listed.keys() - variables - {"LC_ALL", "LC_MESSAGES", "LANG"}) == []
    assert len(dataclasses.fields(Settings)) == len({"PANLI_STORE", "PANLI_BASE_URL", "PANLI_QUERY_SECONDS"})


def route_paths() -> set[str]:
    """Every address that the application answers, as documented: without converters."""

    def walk(routes: list[BaseRoute]) -> Iterator[str]:
        for route in routes:
            if path := getattr(route, "path", None):
                yield re.sub(r":\w+}", "}", path)
            if included := getattr(route, "original_router", None):
                yield from walk(included.routes)

    application = create_app(Settings(store=Path("nowhere")))
    return {*walk(application.routes), *application.openapi()["paths"]}


def test_every_address_is_documented_and_no_other() -> None:
    paths = route_paths()
    assert len(paths) > 15
    listed = {*rows(section(readme("app"), "## Pages")), *rows(section(readme("app"), "## JSON"))}
    assert sorted(paths - listed) == []
    assert sorted(path for path in listed if path.startswith("/") and path not in paths) == []


def test_every_error_is_documented_with_its_status() -> None:
    def tree(error: type[AppError]) -> Iterator[type[AppError]]:
        yield error
        for below in error.__subclasses__():
            yield from tree(below)

    listed = rows(section(readme("app"), "## Errors"))
    assert {error.code: str(error.status) for error in tree(AppError)} == {
        code: cells[1] for code, cells in listed.items() if not code.startswith("http_")
    }
    assert [code for code in PROBLEMS if f"`{code}`" not in section(readme("app"), "## Errors")] == []


def test_facets_orders_and_query_fields_are_documented_in_their_order() -> None:
    assert list(rows(section(readme("app"), "## Facets"))) == list(FACETS)
    listed = rows(section(readme("app"), "## Orders"))
    assert [name for name in listed if name != "sort"] == [order.value for order in Order]
    fields = rows(section(readme("app"), "### Query fields"))
    assert list(fields) == [*ZONES_OF, *EXACT_FIELDS, DATE_FIELD]
    for chinese, name in ALIASES.items():
        assert chinese in fields[name][1].split(", "), chinese


def constants() -> dict[str, int]:
    """Every public whole number written in capitals at the top of a module."""
    found: dict[str, int] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=int(value))):
                    if re.fullmatch(r"[A-Z][A-Z_]+", name):
                        found[name] = value
    return found


@pytest.mark.parametrize(("name", "value"), sorted(constants().items()))
def test_every_limit_is_documented_with_its_number(name: str, value: int) -> None:
    listed = rows(everywhere())
    assert name in listed
    assert listed[name][1] == f"{value:,}"


def test_the_manifest_s_keys_are_documented() -> None:
    listed = rows(section(readme("indexer"), "### The manifest"))
    assert list(listed) == [field.name for field in dataclasses.fields(Manifest)]


def test_the_headers_are_documented() -> None:
    listed = rows(section(readme("app"), "## Response headers"))
    assert [name for name in HEADERS if name not in listed] == []


def test_every_name_of_the_json_is_documented(snapshot: Snapshot) -> None:
    def names(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for key, each in value.items():
                yield key
                if key != "filters":
                    yield from names(each)
        elif isinstance(value, list):
            for each in value:
                yield from names(each)

    locale = Locale("en")
    asked = SearchQuery("植物新品种", {"team": ("agricultural-seeds",)}, size=1)
    found = answer(asked, snapshot.searcher, snapshot.catalogue, "en")
    body = search_json(found, "build", locale, Urls())
    text = section(readme("app"), "## JSON")
    assert found.total
    assert sorted(name for name in set(names(body)) if f'"{name}"' not in text) == []
    ruling = snapshot.catalogue.ruling(found.hits[0].ruling.id)
    documented = section(text, "### A ruling")
    whole = {*ruling_json(ruling, snapshot.catalogue, Urls()), *(field.name for field in dataclasses.fields(Ruling))}
    assert sorted(name for name in whole if f"`{name}`" not in documented) == []


def test_the_search_shown_is_what_the_store_answers(snapshot: Snapshot) -> None:
    text = next(body for _, body in blocks(readme("app")) if '"took_ms"' in body)
    asked = SearchQuery("植物新品种", {"team": ("agricultural-seeds",)}, size=1)
    found = answer(asked, snapshot.searcher, snapshot.catalogue, "en")
    assert f'"total": {found.total},' in text
    assert f'"id": "{found.hits[0].ruling.id}"' in text
    assert (found.hits[0].ruling.title.zh or "") in text
    assert found.hits[0].ruling.number.printed in text


def test_no_readme_holds_a_path_of_a_machine() -> None:
    for path in READMES:
        text = path.read_text("utf-8")
        assert re.findall(r"/(?:work|tmp|home|root)/\S*", text) == [], path
        assert os.sep + "Users" not in text
