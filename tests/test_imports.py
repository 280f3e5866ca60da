"""Who may import whom. The two maps below are the architecture; change them on purpose."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BELOW_STAGES = {
    "indexer.domain", "indexer.citator", "indexer.index", "indexer.catalogue", "indexer.store", "indexer.errors",
    "indexer.report", "indexer.rules", "indexer.corpus_format", "indexer.markdown", "indexer.deposit", "indexer.checks",
    "indexer.evidence",
}  # fmt: skip
ARTEFACTS = {
    "indexer.domain", "indexer.citator", "indexer.index.fields", "indexer.index.analysis", "indexer.index.columnar",
    "indexer.catalogue.papers", "indexer.catalogue.tables", "indexer.store", "indexer.errors",
}  # fmt: skip
STAGES = ("read", "validate", "parse", "tag", "link", "write", "curate")
MAY_IMPORT: dict[str, set[str]] = {  # the longest name that matches a module decides; a package may import itself
    "indexer.domain": set(),
    "indexer.citator": {"indexer.domain"},
    "indexer.index": {"indexer.domain", "indexer.citator", "indexer.errors"},
    "indexer.catalogue": {"indexer.domain"},
    "indexer.store": {"indexer.errors", "indexer.index.fields"},
    "indexer.errors": set(),
    "indexer.evidence": {"indexer.domain"},
    **{f"indexer.{stage}": BELOW_STAGES for stage in STAGES},
    "indexer": {"indexer"},
    "app.search": ARTEFACTS | {"app.errors", "app.settings", "app.catalogue"},
    "app.catalogue": ARTEFACTS | {"app.errors"},
    "app.cli": ARTEFACTS | {"app", "indexer.cli"},  # the one command has offline and online parts
    "app.cli_explain_tag": ARTEFACTS | {"app", "indexer.cli", "indexer.evidence"},
    "app.cli_link": ARTEFACTS | {"app", "indexer.cli"},
    "app": ARTEFACTS | {"app"},
}
ONLY_IN = {  # third parties that must not spread
    "whoosh": ["indexer/index/*.py", "indexer/index/columnar/*.py", "app/search/*.py"],
    "numpy": ["indexer/index/*.py", "indexer/index/columnar/*.py", "app/search/*.py"],
    "sqlmodel": ["indexer/catalogue/*.py", "app/catalogue.py"],
    "fastapi": ["app/main.py", "app/deps.py", "app/routes/*.py"],
    "starlette": ["app/main.py", "app/headers.py", "app/freshness.py", "app/metrics.py", "app/routes/errors.py"],
    "pydantic": ["indexer/batch.py", "indexer/corpus_format.py", "indexer/validate.py", "indexer/curate.py",
                 "indexer/catalogue/*.py", "app/catalogue.py"],
    "typer": ["indexer/cli.py", "indexer/cli_import.py", "app/cli.py", "app/cli_link.py", "app/cli_explain_tag.py"],
    "jinja2": ["app/templating.py"],
}  # fmt: skip


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    package = dotted(path).split(".") if path.name == "__init__.py" else dotted(path).split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join(base + ([node.module] if node.module else []))
            yield from (f"{source}.{alias.name}" for alias in node.names)


def within(name: str, prefixes: set[str]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


MODULES = sorted([*ROOT.glob("app/**/*.py"), *ROOT.glob("indexer/**/*.py")])


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_only_what_its_package_may(path: Path) -> None:
    home = max((prefix for prefix in MAY_IMPORT if within(dotted(path), {prefix})), key=len)
    found = list(imports(path))
    allowed = MAY_IMPORT[home] | {home}
    assert [name for name in found if within(name, {"app", "indexer"}) and not within(name, allowed)] == []
    for library, places in ONLY_IN.items():
        if library in {name.split(".")[0] for name in found}:
            assert any(fnmatch(path.relative_to(ROOT).as_posix(), place) for place in places), library


def test_no_module_imports_itself_round_a_corner() -> None:
    graph = {dotted(path): set(imports(path)) for path in MODULES}
    edges = {
        module: {other for other in graph if other != module and any(within(name, {other}) for name in names)}
        for module, names in graph.items()
    }
    edges = {
        module: {other for other in others if not module.startswith(other + ".")} for module, others in edges.items()
    }
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join([*path, module])
        if module not in done:
            for other in sorted(edges[module]):
                visit(other, (*path, module))
            done.add(module)

    for module in edges:
        visit(module, ())
