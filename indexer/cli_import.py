"""`panli import`: judgments as they come into corpus files."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from indexer.domain.ruling import Part
from indexer.intake.outcome import ImportReport
from indexer.intake.refusals import fault, reasons, remedy
from indexer.intake.run import Options, import_sources
from indexer.progress import watcher_for

_EACH = 20
"""Refusals printed one by one; --json has them all."""


def register(
    application: typer.Typer,
    out: Console,
    err: Console,
    told: Callable[[], AbstractContextManager[None]],
    language: Callable[[], str],
) -> None:
    """Add the command; consoles, the telling of errors and the language are those of the other commands."""

    @application.command("import")
    def import_(
        sources: Annotated[list[Path], typer.Argument(metavar="SRC...", help="Files, or folders of files.")],
        to: Annotated[Path, typer.Option("--to", metavar="CORPUS", help="The corpus folder to write into.")],
        as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
        workers: Annotated[int, typer.Option(min=0, help="Processes that read; 0: one a core.")] = 0,
        fresh: Annotated[bool, typer.Option("--fresh", help="Read all sources again, also those done.")] = False,
        mask: Annotated[bool, typer.Option("--mask", help="Hide personal data, and say in the ruling what.")] = False,
    ) -> None:
        """Read judgments (.docx .doc .html .pdf .txt .json .jsonl .md) into corpus files, ready to be built."""
        today = datetime.datetime.now(datetime.UTC).date()
        with told():
            report = import_sources(sources, to, Options(today, fresh, mask, workers), watcher_for(err))
        if as_json:
            typer.echo(report.to_json(1))
        else:
            for line in report_lines(report, language()):
                out.print(line, markup=False)
        if not report.taken:
            raise typer.Exit(1)


def report_lines(report: ImportReport, language: str) -> Iterator[str]:
    """The closing table: what was taken, what each judgment had, what was refused and why."""
    zh = language == "zh"
    states = "，" if zh else ", "
    told = states.join(f"{number:,} {_STATES[name][0 if zh else 1]}" for name, number in sorted(report.states.items()))
    refused = sum(report.refused.values())
    if zh:
        yield f"读取 {report.read:,} 份，入库 {report.taken:,} 份（{told or '无'}），未采用 {refused:,} 份。"
    else:
        yield f"{report.read:,} read, {report.taken:,} in the corpus ({told or 'none'}), {refused:,} refused."
    if report.earlier:
        yield (
            f"其中 {report.earlier:,} 份由此前的运行完成。"
            if zh
            else f"Earlier runs had done {report.earlier:,} of them."
        )
    yield f"{report.seconds:.1f} s, {report.rate:,.0f}/s"
    yield from _shares(
        "部分" if zh else "part", [(part.value, report.parts[part.value]) for part in Part], report.taken
    )
    yield from _shares("字段" if zh else "field", sorted(report.fields.items()), report.taken)
    for code, number in report.refused.most_common():
        yield f"  {number:7,}  {code}: {reasons()[code].fault.best(language).replace('{value}', '…')}"
    for refusal in report.refusals[:_EACH]:
        yield f"{refusal.source}: {fault(refusal, language)}"
        yield f"    {'处理' if zh else 'Remedy'}: {remedy(refusal, language)}"
    if sum(report.refused.values()) > _EACH:
        yield "其余见 --json。" if zh else "The others: --json."


_STATES = {
    "written": ("新写入", "new"),
    "unchanged": ("未变", "unchanged"),
    "duplicate": ("另一来源", "from a second source"),
    "version": ("修正文本", "corrected texts"),
}


def _shares(title: str, counts: list[tuple[str, int]], whole: int) -> Iterator[str]:
    for name, number in counts:
        if number:
            yield f"  {title:<6} {name:<16} {number:9,}  {100 * number / max(1, whole):5.1f} %"
