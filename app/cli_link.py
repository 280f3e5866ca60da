"""`panli link`: a brief, checked and with its citations linked. The brief stays on this machine and is not logged."""

import datetime
import json
from pathlib import Path
from typing import Annotated

import typer

from app.briefs.authorities import AuthorityLine, authorities, is_alarming, verdict_counts
from app.briefs.check import check
from app.briefs.files import open_brief
from app.briefs.model import BriefReport
from app.catalogue import Catalogue
from app.coverage import Coverage, coverage_of
from app.errors import AppError
from app.i18n import Locale
from app.labels import N_
from app.presenting.brief import GROUPS, placed_links, places, table_lines, verdict_view
from app.presenting.brief_json import brief_json
from app.presenting.brief_text import brief_markdown, findings
from app.search.whoosh_searcher import WhooshSearcher
from app.urls import Urls
from indexer.cli import DEFAULT_STORE, StoreOption, caller_language, err, out, told
from indexer.store import Build, open_build

_HERE = "http://127.0.0.1:8000"
_EXISTS = N_("%(path)s is there already; --force overwrites it.")


def link(
    brief: Annotated[Path, typer.Argument(help="A brief: .docx, .pdf, .html, .md or .txt.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The linked file; else NAME.linked beside the brief.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write the report too: .md or .json.")] = None,
    table: Annotated[bool, typer.Option("--table", help="Append a table of authorities to the linked file.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are there.")] = False,
    base_url: Annotated[
        str, typer.Option(envvar="PANLI_BASE_URL", help="The public address that links lead to.")
    ] = _HERE,
    store: StoreOption = DEFAULT_STORE,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON, as the API answers.")] = False,
) -> None:
    """Find, check and link the citations of a brief.

    Exit 0 if nothing is alarming, 1 if a citation differs, can't exist or is malformed or a quotation is not exact,
    2 if it could not be done.
    """
    locale = Locale("zh-Hans" if caller_language() == "zh" else "en")
    target = output or brief.with_name(f"{brief.stem}.linked{brief.suffix}")
    _check_targets(target, report, force, locale)
    with told():
        build = open_build(store)
    catalogue, searcher = Catalogue(build), WhooshSearcher(build.index)
    urls = Urls(base_url.rstrip("/"))
    try:
        with told():
            file = open_brief(brief.name, brief.read_bytes())
            checked = check(file.passages, catalogue, datetime.datetime.now(datetime.UTC).date(), file.notes)
            lines = table_lines(checked, catalogue, locale) if table else []
            linked = file.with_links(placed_links(checked, urls), lines)
            coverage = coverage_of(searcher, catalogue, build.manifest)
            target.write_bytes(linked)
            if report:
                report.write_text(_report(report, checked, brief.name, build, coverage, locale, urls), "utf-8")
    except AppError as error:
        raise _failed(locale.gettext(error.message, **error.values)) from error
    finally:
        catalogue.close()
        searcher.close()
    if as_json:
        typer.echo(_as_json(checked, brief.name, build, coverage, locale, urls))
    else:
        _print(checked, target, locale)
    if any(map(is_alarming, checked.citations)):
        raise typer.Exit(1)


def _check_targets(target: Path, report: Path | None, force: bool, locale: Locale) -> None:
    if report and report.suffix not in (".md", ".json"):
        raise _failed(locale.gettext("A report is Markdown or JSON: name it .md or .json."))
    for path in (target, report):
        if path and path.exists() and not force:
            raise _failed(locale.gettext(_EXISTS, path=path))


def _report(
    path: Path, checked: BriefReport, name: str, build: Build, coverage: Coverage, locale: Locale, urls: Urls
) -> str:
    if path.suffix == ".json":
        return _as_json(checked, name, build, coverage, locale, urls) + "\n"
    return brief_markdown(checked, name, coverage, locale, urls)


def _as_json(
    checked: BriefReport, name: str, build: Build, coverage: Coverage, locale: Locale, urls: Urls
) -> str:  # fmt: skip
    body = brief_json(checked, name, build.manifest.build, coverage, locale, urls)
    return json.dumps(body, ensure_ascii=False, indent=1)


def _print(checked: BriefReport, target: Path, locale: Locale) -> None:
    counts = " · ".join(
        f"{view.shape} {view.word} {count}"
        for verdict, count in verdict_counts(checked).items()
        for view in [verdict_view(verdict, locale)]
        if count
    )
    out.print(locale.gettext("%(total)d citations checked", total=len(checked.citations)), markup=False, style="bold")
    out.print(counts, markup=False)
    group = None
    for line in authorities(checked):
        if line.group is not group:
            group = line.group
            out.print(f"\n{locale.gettext(GROUPS[group])}", markup=False, style="bold")
        _print_line(line, locale)
    out.print(f"\n→ {target}", markup=False)


def _print_line(line: AuthorityLine, locale: Locale) -> None:
    view = verdict_view(line.verdict, locale)
    depth = f" ×{line.depth}" if line.depth > 1 else ""
    out.print(f"{view.shape} {line.text}{depth} · {view.word} · {places(line.places, locale)}", markup=False)
    for finding in findings(line, locale):
        out.print(f"    {finding}", markup=False)


def _failed(message: str) -> typer.Exit:
    err.print(f"panli: {message}", style="bold", markup=False)
    return typer.Exit(2)
