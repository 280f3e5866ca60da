"""The offline commands: `panli check`, `panli build`, `panli schema`. Print and exit, nothing else."""

import datetime
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from indexer import store as stores
from indexer.build import accept, no_rulings
from indexer.build import build as build_store
from indexer.cli_import import register as register_import
from indexer.cli_import import report_lines
from indexer.corpus_format import FrontMatter
from indexer.errors import IndexerError, StoreDamaged
from indexer.intake.run import Options
from indexer.intake.taken_in import holds_judgments, taken_in
from indexer.privacy import Kind
from indexer.privacy_check import exposures, words
from indexer.progress import watcher_for
from indexer.read import corpus_digest, ruling_names
from indexer.report import BuildReport
from indexer.rules import Rejection
from indexer.system_errors import system_error_said

DEFAULT_CORPUS = Path("corpus")
DEFAULT_STORE = Path(".store")

CorpusArgument = Annotated[Path, typer.Argument(help="The folder that holds rulings/ and collections/.")]
StoreOption = Annotated[Path, typer.Option("--store", envvar="PANLI_STORE", help="The folder builds are published in.")]

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def add_commands(application: typer.Typer) -> None:
    """Register the offline commands."""
    application.command()(check)
    application.command()(build)
    application.command()(schema)
    register_import(application, out, err, told, caller_language)


def check(
    corpus: CorpusArgument = DEFAULT_CORPUS,
    store: Annotated[Path | None, typer.Option("--store", help="Check the files of a store's build instead.")] = None,
    privacy: Annotated[bool, typer.Option("--privacy", help="Look for personal data instead.")] = False,
) -> None:
    """Validate a corpus: each fault with file, line, rule and remedy. Exit 1 if there is any."""
    if store is not None:
        check_store(store)
        return
    if privacy:
        check_privacy(corpus)
        return
    with told():
        accepted = accept(corpus, _now(), watcher_for(err))
    for rejection in accepted.report.rejections:
        print_rejection(rejection)
    report = accepted.report
    language = caller_language()
    if language == "zh":
        out.print(f"已读取 {report.read} 份裁判文书，可用 {len(accepted.rulings)} 份，拒绝文件 {report.rejected} 个。")
    else:
        out.print(
            f"{report.read} rulings read, {len(accepted.rulings)} fit to build, {report.rejected} files rejected."
        )
    if report.rejections:
        raise typer.Exit(1)


def check_privacy(corpus: Path) -> None:
    """Name every place that holds personal data, with its kind and the remedy. Exit 1 if there is any."""
    language, counts = caller_language(), Counter[Kind]()
    with told():
        if not any(ruling_names(corpus)):
            raise no_rulings(corpus)
    for found in exposures(corpus):
        name, remedy = words()[found.kind]
        counts[found.kind] += 1
        place = f"{found.path}:{found.line}" + (f" {found.paragraph}" if found.paragraph else "")
        out.print(f"{place}: {found.kind.value}: {name.best(language)}: {found.hint}", markup=False)
        out.print(f"    {'处理' if language == 'zh' else 'Remedy'}: {remedy.best(language)}", markup=False)
    if not counts:
        out.print("未发现个人信息。" if language == "zh" else "No personal data was found.")
        return
    kinds = ", ".join(f"{words()[kind][0].best(language)} {number:,}" for kind, number in counts.most_common())
    out.print(f"发现个人信息：{kinds}。" if language == "zh" else f"Personal data was found: {kinds}.")
    raise typer.Exit(1)


def check_store(store: Path) -> None:
    """Read the whole current build and compare it with what was written. Exit 1 if it is something else."""
    with told():
        try:
            build = stores.open_build(store)
            stores.verify(build)
        except StoreDamaged as error:
            out.print(error.said(caller_language()), markup=False)
            raise typer.Exit(1) from error
    total = sum(build.manifest.sizes.values())
    out.print(f"Build {build.manifest.build} is whole: {len(build.manifest.sizes)} files, {total:,} bytes.")


def build(
    corpus: CorpusArgument = DEFAULT_CORPUS,
    store: StoreOption = DEFAULT_STORE,
    strict: Annotated[bool, typer.Option(help="Publish nothing if any file breaks a rule.")] = False,
    if_stale: Annotated[bool, typer.Option(help="Do nothing if the store is up to date with the corpus.")] = False,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0: one a core, fewer for a small corpus.")] = 0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Analyse every ruling again, also those unchanged.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Build the index and the catalogue of a corpus, or of judgments as they come, and publish them in one step."""
    with told():
        if holds_judgments(corpus):
            corpus = _taken_in(corpus, store, workers)
        if not any(ruling_names(corpus)):
            raise no_rulings(corpus)
        if if_stale and not stores.is_stale(store, corpus_digest(corpus)):
            out.print(f"The store is up to date: build {stores.current_build_id(store)}.")
            return
        _, report = build_store(corpus, store, _now(), strict, watcher_for(err), workers or None, fresh)
    if as_json:
        typer.echo(json.dumps(report.as_json(caller_language()), ensure_ascii=False, indent=2))
        return
    for rejection in report.rejections:
        print_rejection(rejection)
    print_report(report)


def _taken_in(folder: Path, store: Path, workers: int) -> Path:
    corpus, report = taken_in(folder, store, Options(_now().date(), workers=workers), watcher_for(err))
    for line in report_lines(report, caller_language()):
        err.print(line, markup=False)
    return corpus


def schema() -> None:
    """Print the JSON Schema of a ruling's front matter, for editors."""
    typer.echo(json.dumps(FrontMatter.model_json_schema(), ensure_ascii=False, indent=2))


def print_rejection(rejection: Rejection) -> None:
    """One fault on two lines: where and what, then the remedy."""
    language = caller_language()
    remedy = "处理" if language == "zh" else "Remedy"
    out.print(
        f"{rejection.path}:{rejection.line}: {rejection.rule}: {rejection.fault(language)}\n"
        f"    {remedy}: {rejection.remedy(language)}",
        markup=False,
    )


def print_report(report: BuildReport) -> None:
    """The closing report of a build."""
    stages = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in report.seconds.items())
    states = ", ".join(f"{number} {state}" for state, number in sorted(report.citations.items())) or "none"
    out.print(
        f"Build {report.build} is published.\n"
        f"  rulings     {report.written} of {report.read}, {report.translated} with a translation\n"
        f"  kept        {report.kept} unchanged since the last build, not analysed again\n"
        f"  rejected    {report.rejected} files\n"
        f"  citations   {states}\n"
        f"  characters  {report.characters:,}\n"
        f"  time        {report.total_seconds:.1f} s ({stages}), {report.rate:,.0f} rulings/s\n"
        f"  memory      {report.memory / 1e6:,.0f} MB at most, {report.workers} processes together"
    )


def caller_language() -> str:
    """``zh`` or ``en``, from ``PANLI_LANG``, else the locale of the shell."""
    for name in ("PANLI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


@contextmanager
def told() -> Iterator[None]:
    """An error of ours, or of the system's, becomes one line on standard error and exit status 2."""
    language = caller_language()
    try:
        yield
    except IndexerError as error:
        err.print(f"panli: {error.said(language)}", style="bold", markup=False)
        raise typer.Exit(2) from error
    except OSError as error:
        err.print(f"panli: {system_error_said(error, language)}", style="bold", markup=False)
        raise typer.Exit(2) from error


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
