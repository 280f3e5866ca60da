"""The `panli` command: the online commands here, the offline ones from `indexer.cli`."""

import errno
import json
import logging
import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from app.catalogue import Catalogue
from app.cli_explain_tag import explain_tag
from app.cli_link import link
from app.errors import AppError
from app.i18n import Locale
from app.labels import N_, paragraph_label, part_label, value_label
from app.presenting.json import ruling_json, search_json
from app.presenting.results import STOPPED
from app.presenting.search import problem_message
from app.search.answer import SearchAnswer, answer
from app.search.language import parse
from app.search.plan import plan
from app.search.query import Order, SearchQuery
from app.search.whoosh_searcher import WhooshSearcher
from app.serving import serve_at
from app.settings import Settings
from app.stores import Snapshot
from app.urls import Urls
from indexer.cli import DEFAULT_STORE, StoreOption, add_commands, caller_language, err, out, told
from indexer.domain.ruling import Ruling
from indexer.store import open_build

main = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Precedent search for intellectual-property rulings.",
)
add_commands(main)
main.command()(link)
main.command("explain-tag")(explain_tag)

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, as the API answers.")]


@main.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for; the page /help lists the language.")],
    store: StoreOption = DEFAULT_STORE,
    field: Annotated[list[str] | None, typer.Option(help="Only this legal field; repeatable.")] = None,
    team: Annotated[list[str] | None, typer.Option(help="Only this trial team; repeatable.")] = None,
    court: Annotated[list[str] | None, typer.Option(help="Only this court; repeatable.")] = None,
    year: Annotated[list[str] | None, typer.Option(help="Only this year of decision; repeatable.")] = None,
    sort: Annotated[Order, typer.Option(help="The order of hits.")] = Order.RELEVANCE,
    size: Annotated[int, typer.Option(min=1, max=100, help="Hits to print.")] = 10,
    as_json: JsonOption = False,
) -> None:
    """Search, with the same answer as the web page."""
    locale = _locale()
    filters = {"field": field, "team": team, "court": court, "year": year}
    asked = SearchQuery(query, {name: tuple(v) for name, v in filters.items() if v}, sort, size=size)
    with told():
        snapshot = _open(store)
    try:
        found = answer(asked, snapshot.searcher, snapshot.catalogue, locale.code)
    except AppError as error:
        raise _refused(error, locale) from error
    if found.parsed.problem:
        err.print(problem_message(found.parsed.problem, locale), markup=False)
        err.print(f"  → {found.parsed.problem.repaired}", markup=False)
        raise typer.Exit(1)
    if as_json:
        body = search_json(found, snapshot.build.manifest.build, locale, Urls())
        typer.echo(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        _print_answer(found, locale)


@main.command()
def show(
    ruling: Annotated[str, typer.Argument(help="An id or a case number, in any form.")],
    store: StoreOption = DEFAULT_STORE,
    as_json: JsonOption = False,
) -> None:
    """Print one ruling and what the catalogue knows of it."""
    locale = _locale()
    with told():
        snapshot = _open(store)
    ids = snapshot.catalogue.resolve(ruling)
    if len(ids) != 1:
        none, several = N_("No ruling here is called %(name)s."), N_("%(name)s names several rulings:")
        err.print(locale.gettext(several if ids else none, name=ruling), markup=False)
        for near in ids or [each.id for each in snapshot.catalogue.nearest(ruling)]:
            err.print(f"  {near}", markup=False)
        raise typer.Exit(1)
    found = snapshot.catalogue.ruling(ids[0])
    if as_json:
        body = ruling_json(found, snapshot.catalogue, Urls())
        typer.echo(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        _print_ruling(found, snapshot.catalogue, locale)


@main.command()
def explain(query: Annotated[str, typer.Argument(help="A query.")], store: StoreOption = DEFAULT_STORE) -> None:
    """Print how a query is read, planned, and what each clause matches and costs."""
    locale = _locale()
    with told():
        snapshot = _open(store)
    try:
        parsed = parse(query)
    except AppError as error:
        raise _refused(error, locale) from error
    if parsed.problem:
        out.print(
            f"problem  {problem_message(parsed.problem, locale)}\nrepaired {parsed.problem.repaired}", markup=False
        )
        raise typer.Exit(1)
    planned = plan(SearchQuery(query), parsed.tree)
    for line in planned.lines():
        out.print(line, markup=False)
    for expansion in parsed.expansions:
        out.print(f"expand   {expansion.term} → {', '.join(expansion.also)}", markup=False)
    for cost in snapshot.searcher.explain(planned):
        out.print(f"{cost.matches:7d} rulings {cost.milliseconds:8.2f} ms  {cost.clause}", markup=False)


@main.command()
def serve(
    store: StoreOption = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that serve.")] = 1,
) -> None:
    """Serve the store: pages, API, and the next build as soon as it is published."""
    with told():
        open_build(store)
        Settings.from_environment()
    if why := _why_not(host, port):
        err.print(f"panli: {_locale().gettext(why, port=port, host=host)}", style="bold", markup=False)
        raise typer.Exit(2)
    os.environ["PANLI_STORE"] = str(store.resolve())
    logging.getLogger("panli").setLevel(logging.INFO)
    out.print(f"Panli serves {store} on http://{host}:{port}/", markup=False)
    serve_at(host, port, workers)


def _open(store: Path) -> Snapshot:
    build = open_build(store)
    searcher = WhooshSearcher(build.index, Settings.from_environment().query_seconds)
    return Snapshot(build, searcher, Catalogue(build))


def _locale() -> Locale:
    return Locale("zh-Hans" if caller_language() == "zh" else "en")


def _refused(error: AppError, locale: Locale) -> typer.Exit:
    err.print(locale.gettext(error.message, **error.values), markup=False)
    return typer.Exit(1)


_NO_PORT = {
    errno.EADDRINUSE: N_("Port %(port)d on %(host)s is in use. Choose another with --port or PORT=."),
    errno.EACCES: N_("The system does not allow port %(port)d. Choose one from 1024 on with --port or PORT=."),
}
_NO_HOST = N_("%(host)s is no address of this machine. Choose another with --host; 0.0.0.0 is all of them.")


def _why_not(host: str, port: int) -> str | None:
    """Why nothing can be served there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return _NO_PORT.get(error.errno or 0, _NO_HOST)
    return None


def _print_answer(found: SearchAnswer, locale: Locale) -> None:
    if found.partial:
        out.print(locale.gettext("At least %(total)d rulings", total=found.total), markup=False)
        out.print(locale.gettext(STOPPED), markup=False)
    else:
        out.print(locale.rulings(found.total), markup=False)
    if found.relaxed:
        out.print(locale.gettext("No ruling has all of these words; these have some of them."), markup=False)
    if found.parted:
        said = locale.gettext("No ruling has what you typed whole; these have its parts in one sentence")
        parts = " · ".join(" + ".join(each.parts) for each in found.parted)
        out.print(f"{said}{locale.gettext(': ')}{parts}", markup=False)
    if found.suggestion:
        out.print(locale.gettext("Did you mean %(query)s?", query=found.suggestion), markup=False)
    for rank, hit in enumerate(found.hits, 1):
        ruling = hit.ruling
        digest = f" [{value_label('text', 'digest', locale)}]" if ruling.text == "digest" else ""
        out.print(f"\n{rank}. {locale.name(ruling.title)}{digest}", markup=False, style="bold")
        court = value_label("court", ruling.court, locale)
        date = locale.date(ruling.decision_date)
        out.print(f"   {court} · {ruling.number.printed} · {date} · {ruling.id}", markup=False)
        for snippet in hit.snippets:
            text = "".join(f"[{run.text}]" if run.marked else run.text for run in snippet.runs)
            out.print(
                f"   {part_label(snippet.part, locale)} {paragraph_label(snippet.paragraph)}: {text}", markup=False
            )


def _print_ruling(ruling: Ruling, catalogue: Catalogue, locale: Locale) -> None:
    rows = [
        ("id", ruling.id),
        (locale.gettext("Case number"), "、".join(number.printed for number in ruling.numbers)),
        (locale.gettext("Court"), value_label("court", ruling.court, locale)),
        (locale.gettext("Date of decision"), locale.date(ruling.decision_date)),
        (locale.gettext("Text"), value_label("text", ruling.text, locale)),
        (locale.gettext("Legal field"), "、".join(value_label("field", tag.value, locale) for tag in ruling.fields)),
        (locale.gettext("Cited by"), str(len(catalogue.cited_by(ruling.id)))),
    ]
    out.print(locale.name(ruling.title), markup=False, style="bold")
    for name, value in rows:
        out.print(f"  {name}: {value}", markup=False)
    for doubt in ruling.unsure:
        out.print(f"  ! {locale.name(doubt)}", markup=False)
    for section in ruling.sections:
        out.print(f"\n{part_label(section.part, locale)}", markup=False, style="bold")
        for paragraph in section.paragraphs:
            english = locale.code == "en" and paragraph.translation
            out.print(f"[{paragraph.id}] {english or paragraph.text}", markup=False)
