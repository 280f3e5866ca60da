"""The whole run on one page: read → validate → parse → tag → link → write → publish."""

import datetime
import errno
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import OperationalError

from indexer import store as stores
from indexer.catalogue.writer import CatalogueWriter
from indexer.checks import Context
from indexer.curate import read_collections, read_withdrawn, unknown_entries
from indexer.domain.collection import Collection, Withdrawn
from indexer.domain.linked import Linked
from indexer.domain.ruling import Ruling
from indexer.errors import CorpusMissing, CorpusRejected, DiskFull
from indexer.index.whoosh_writer import WhooshWriter
from indexer.link import Numbers, link
from indexer.parse import parse
from indexer.progress import Silent, Watcher
from indexer.read import corpus_digest, read_corpus, ruling_paths
from indexer.report import BuildReport
from indexer.rules import Rejection
from indexer.store import Build, Manifest
from indexer.tag import tag
from indexer.validate import Validator
from indexer.write import cited_by, write, write_collections


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
    paths = ruling_paths(corpus)
    if not paths:
        raise CorpusMissing(
            f"No rulings in {corpus / 'rulings'}. Give the folder that holds rulings/ and collections/."
        )
    collections, collection_faults = read_collections(corpus)
    withdrawn, withdrawn_faults = read_withdrawn(corpus)
    report.rejections += [*collection_faults, *withdrawn_faults]
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
    report.rejections += unknown_entries(corpus, collections.values(), (ruling.id for ruling in rulings))
    return Accepted(tuple(rulings), collections, withdrawn, report)


def build(
    corpus: Path, store: Path, now: datetime.datetime, strict: bool = False, watcher: Watcher | None = None
) -> tuple[Build, BuildReport]:
    """Build ``corpus`` into ``store`` and publish it.

    Whatever happens before the last step, the build that was current stays current. Raises
    `CorpusMissing`, `CorpusRejected` (with ``strict``, or when it can't be told what was withdrawn),
    `BuildRunning` or `DiskFull`.
    """
    watcher = watcher or Silent()
    digest = corpus_digest(corpus)
    name = f"{now.astimezone(datetime.UTC):%Y%m%dT%H%M%S%f}-{digest[:8]}"
    with _disk_full_told(store), stores.staging(store, name) as folder:
        accepted = accept(corpus, now, watcher)
        report = accepted.report
        if any(rejection.path.name == "withdrawn.toml" for rejection in report.rejections):
            raise CorpusRejected("withdrawn.toml can't be read, so withdrawn rulings would come back. Run: panli check")
        if strict and report.rejections:
            raise CorpusRejected(f"{report.rejected} files break a rule; nothing was published (--strict).")
        if not accepted.rulings:
            raise CorpusMissing(f"Every ruling of {corpus} was rejected; nothing was published. Run: panli check")
        rulings = _linked(accepted, report)
        _write(accepted, rulings, folder, report, watcher)
        report.build = name
        with _timed(report, "publish"):
            built = stores.publish(
                store,
                folder,
                Manifest(
                    build=name,
                    format=stores.FORMAT,
                    schema=stores.schema_digest(),
                    corpus=digest,
                    built_at=now.astimezone(datetime.UTC).isoformat(timespec="seconds"),
                    counts=report.counts(),
                    sizes={},
                ),
            )
    return built, report


def _linked(accepted: Accepted, report: BuildReport) -> list[Linked]:
    with _timed(report, "link"):
        numbers = Numbers()
        for ruling in accepted.rulings:
            numbers.add(ruling)
        rulings = [link(ruling, numbers) for ruling in accepted.rulings]
        report.citations.update(found.resolution.state.value for each in rulings for found in each.citations)
    return rulings


def _write(accepted: Accepted, rulings: list[Linked], folder: Path, report: BuildReport, watcher: Watcher) -> None:
    index = WhooshWriter(folder / "index")
    catalogue = CatalogueWriter(folder / "catalogue.sqlite")
    try:
        with _timed(report, "write"), watcher.stage("write", len(rulings)) as step:
            write(rulings, cited_by(rulings), index, catalogue, step)
            write_collections(catalogue, accepted.collections, accepted.withdrawn)
        with _timed(report, "commit"), watcher.stage("commit", None):
            index.commit()
            catalogue.commit()
    except BaseException:
        catalogue.abort()
        index.abort()
        raise
    report.written = len(rulings)
    for linked in rulings:
        paragraphs = linked.ruling.paragraphs
        report.characters += sum(len(paragraph.text) for _, paragraph in paragraphs)
        report.translated += any(paragraph.translation for _, paragraph in paragraphs)


@contextmanager
def _disk_full_told(store: Path) -> Iterator[None]:
    message = f"The disk that holds {store} is full; the build was given up and the old one stays. Free some room."
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(message) from error
        raise
    except (OperationalError, sqlite3.OperationalError) as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise DiskFull(message) from error
        raise


@contextmanager
def _timed(report: BuildReport, stage: str) -> Iterator[None]:
    started = time.monotonic()
    try:
        yield
    finally:
        report.seconds[stage] = report.seconds.get(stage, 0.0) + time.monotonic() - started
