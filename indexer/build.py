"""The whole run on one page: read → validate → parse → tag → link → write → publish.

What one file needs is done by workers, a batch at a time (`indexer.batch`); what is known only of all rulings
together, here, in the order of the files (`indexer.gather`).
"""

import datetime
import errno
import os
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indexer import store as stores
from indexer.batch import cited_of, paper_in
from indexer.catalogue.papers import heading_of
from indexer.catalogue.writer import CatalogueWriter
from indexer.checks import Context
from indexer.curate import read_collections, read_withdrawn, unknown_entries
from indexer.domain.collection import Collection, Withdrawn
from indexer.domain.ruling import Ruling
from indexer.errors import CorpusMissing, CorpusRejected, DiskFull
from indexer.gather import Gathered, Source, gather
from indexer.index.columnar.arrays import ArrayFile
from indexer.index.whoosh_writer import FIRST, Late, Merging
from indexer.kept import keep, paths_of_runs
from indexer.link import link
from indexer.parse import parse
from indexer.progress import Silent, Step, Watcher
from indexer.read import corpus_digest, read_corpus, ruling_names, ruling_paths
from indexer.report import BuildReport
from indexer.rules import Rejection
from indexer.store import Build, Manifest
from indexer.tag import tag
from indexer.validate import Validator
from indexer.versions import Version, read_versions
from indexer.workers import Workers
from indexer.write import cited_rulings, write

_WORTH_A_WORKER = 200
_RUNS_OPEN = 16
_PARTS = 3
"""Into how many shares for each worker the longest work of a merge is cut, so that they end at about the same time."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What of a corpus may be built, and the report so far."""

    rulings: tuple[Ruling, ...]
    collections: dict[str, Collection]
    withdrawn: tuple[Withdrawn, ...]
    report: BuildReport


def accept(corpus: Path, now: datetime.datetime, watcher: Watcher | None = None) -> Accepted:
    """Read, validate, parse and tag a corpus; raises `CorpusMissing` when there is nothing to read."""
    report = BuildReport()
    collections, withdrawn = _lists(corpus, report)
    paths = ruling_paths(corpus)
    validator = Validator(Context(now.date(), corpus, frozenset(collections)))
    rulings: list[Ruling] = []
    with _timed(report, "read"), (watcher or Silent()).stage("read", len(paths)) as step:
        for deposit in read_corpus(corpus):
            if isinstance(deposit, Rejection):
                report.rejections.append(deposit)
                continue
            verdict = validator.validate(deposit)
            report.rejections += verdict.rejections
            if verdict.draft is not None and deposit.id not in {entry.id for entry in withdrawn}:
                rulings.append(tag(parse(verdict.draft)))
            step()
    report.read = len(paths)
    held = {ruling.id for ruling in rulings}
    report.rejections += unknown_entries(corpus, collections.values(), held)
    versions = read_versions(Context(now.date(), corpus, frozenset(collections)), held)
    report.rejections += (each for each in versions if isinstance(each, Rejection))
    return Accepted(tuple(rulings), collections, withdrawn, report)


def build(
    corpus: Path,
    store: Path,
    now: datetime.datetime,
    strict: bool = False,
    watcher: Watcher | None = None,
    workers: int | None = None,
    fresh: bool = False,
) -> tuple[Build, BuildReport]:
    """Build ``corpus`` into ``store`` and publish it.

    ``workers`` processes do it, whatever the corpus; None: one a core, but no more than the corpus is worth.
    With ``fresh`` nothing is taken over from the last build.
    Whatever happens before the last step, the build that was current stays current. Raises
    `CorpusMissing`, `CorpusRejected` (with ``strict``, or when it can't be told what was withdrawn),
    `BuildRunning`, `WorkerDied` or `DiskFull`.
    """
    watcher = watcher or Silent()
    name = f"{now.astimezone(datetime.UTC):%Y%m%dT%H%M%S%f}"
    with (
        _disk_full_told(store),
        Workers(workers or _workers_for(corpus)) as processes,
        stores.staging(store, name) as folder,
        processes.settled(),
    ):
        built, report = _build(Inputs(corpus, store, now, strict, fresh), folder, processes, watcher)
    report.workers, report.memory = processes.count, processes.peak_memory()
    return built, report


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build was asked for."""

    corpus: Path
    store: Path
    now: datetime.datetime
    strict: bool
    fresh: bool


def _build(inputs: Inputs, folder: Path, workers: Workers, watcher: Watcher) -> tuple[Build, BuildReport]:
    report = BuildReport()
    aside = folder.with_name(f"{folder.name}-aside")
    aside.mkdir()
    collections, withdrawn = _lists(inputs.corpus, report)
    with _timed(report, "read"):
        context = Context(inputs.now.date(), inputs.corpus, frozenset(collections))
        taken_out = frozenset(entry.id for entry in withdrawn)
        kept = [] if inputs.fresh else paths_of_runs(inputs.store)
        source = Source(context, taken_out, kept, aside)
        found = gather(source, workers, report, watcher)
        report.rejections += unknown_entries(inputs.corpus, collections.values(), found.ids)
        read = list(read_versions(context, frozenset(found.ids)))
        versions = [each for each in read if isinstance(each, Version)]
        report.rejections += (each for each in read if isinstance(each, Rejection))
    _must_be_fit(inputs, found, report)
    used = _write(found, collections, withdrawn, versions, folder, aside, report, workers, watcher)
    with _timed(report, "publish"):
        digest = corpus_digest(inputs.corpus, found.digests)
        report.build = f"{folder.name.removeprefix(stores.STAGING)}-{digest[:8]}"
        built = stores.publish(inputs.store, folder, _manifest(report, digest, inputs.now), workers.ordered)
        keep(inputs.store, used, report.build)
    return built, report


def _lists(corpus: Path, report: BuildReport) -> tuple[dict[str, Collection], tuple[Withdrawn, ...]]:
    if not any(ruling_names(corpus)):
        raise no_rulings(corpus)
    collections, collection_faults = read_collections(corpus)
    withdrawn, withdrawn_faults = read_withdrawn(corpus)
    report.rejections += [*collection_faults, *withdrawn_faults]
    return collections, withdrawn


def _must_be_fit(inputs: Inputs, found: Gathered, report: BuildReport) -> None:
    if any(rejection.path.name == "withdrawn.toml" for rejection in report.rejections):
        raise CorpusRejected(
            "withdrawn.toml can't be read, so withdrawn rulings would come back. Run: panli check",
            "无法读取withdrawn.toml，已撤下的裁判文书会重新出现。请运行：panli check",
        )
    if inputs.strict and report.rejections:
        raise CorpusRejected(
            f"{report.rejected} files break a rule; nothing was published (--strict).",
            f"有{report.rejected}个文件不合规则，未发布任何内容（--strict）。",
        )
    if not found.ids:
        raise CorpusMissing(
            f"Every ruling of {inputs.corpus} was rejected; nothing was published. Run: panli check",
            f"{inputs.corpus}中的裁判文书均不合规则，未发布任何内容。请运行：panli check",
        )


def _write(
    found: Gathered,
    collections: Mapping[str, Collection],
    withdrawn: Iterable[Withdrawn],
    versions: Iterable[Version],
    folder: Path,
    aside: Path,
    report: BuildReport,
    workers: Workers,
    watcher: Watcher,
) -> list[Path]:
    """Index and catalogue; workers merge the runs while this process links. Returns the runs that were used."""
    used = [place for place, numbers in enumerate(found.numbers) if max(numbers, default=-1) >= 0]
    runs = tuple(found.runs[place] for place in used)
    numbers = tuple(found.numbers[place] for place in used)
    merging = Merging(folder / "index", aside, runs, numbers, _PARTS * workers.count)
    late, catalogue = Late(), CatalogueWriter(folder / "catalogue.sqlite")
    try:
        with _timed(report, "write"), watcher.stage("write", len(found.ids)) as step:
            vocabulary, *shares = [workers.started(merging.do, share) for share in FIRST]
            vocabulary()
            shares += [workers.started(merging.do, share) for share in merging.shares]
            cited = _link(found, late, catalogue, report, step)
            catalogue.add_collections(collections, withdrawn)
            for version in versions:
                catalogue.add_version(version.ruling, version.number)
        with _timed(report, "commit"), watcher.stage("commit", None):
            catalogue.commit()
            for done in shares:
                done()
            for done in [workers.started(merging.do, share) for share in merging.sums]:
                done()
            merging.finish(late, [cited[id] for id in found.ids])
    finally:
        catalogue.abort()
    return list(runs)


def _link(found: Gathered, late: Late, catalogue: CatalogueWriter, report: BuildReport, step: Step) -> Counter[str]:
    """Tie the rulings to each other and write them; how many rulings cite each is what comes back."""
    opened = lru_cache(maxsize=_RUNS_OPEN)(ArrayFile)
    cited: Counter[str] = Counter()
    for run, place in found.places:
        file = opened(found.runs[run])
        paper = paper_in(file, place)
        linked = link(heading_of(paper), found.ties, cited_of(file, place))
        write(linked, paper, late, catalogue)
        cited.update(cited_rulings(linked))
        report.citations.update(each.resolution.state.value for each in linked.citations)
        report.written += 1
        step()
    return cited


def _manifest(report: BuildReport, digest: str, now: datetime.datetime) -> Manifest:
    return Manifest(
        build=report.build,
        format=stores.FORMAT,
        schema=stores.schema_digest(),
        corpus=digest,
        built_at=now.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        counts=report.counts(),
        sizes={},
        digests={},
    )


def no_rulings(corpus: Path) -> CorpusMissing:
    """That a folder is no corpus."""
    return CorpusMissing(
        f"No rulings in {corpus / 'rulings'}. Give the folder that holds rulings/ and collections/.",
        f"{corpus / 'rulings'}中没有裁判文书。请指定含有rulings/和collections/的文件夹。",
    )


def _workers_for(corpus: Path) -> int:
    """One process a core, but none that has fewer than `_WORTH_A_WORKER` files to read."""
    return max(1, min(os.cpu_count() or 1, sum(1 for _ in ruling_names(corpus)) // _WORTH_A_WORKER))


@contextmanager
def _disk_full_told(store: Path) -> Iterator[None]:
    full = DiskFull(
        f"The disk that holds {store} is full; the build was given up and the old one stays. Free some room.",
        f"{store}所在磁盘已满，本次构建已放弃，仍用原有构建。请腾出空间。",
    )
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise full from error
        raise
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise full from error
        raise


@contextmanager
def _timed(report: BuildReport, stage: str) -> Iterator[None]:
    started = time.monotonic()
    try:
        yield
    finally:
        report.seconds[stage] = report.seconds.get(stage, 0.0) + time.monotonic() - started
