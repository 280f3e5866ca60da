"""A whole import: sources in, corpus files out, in the order of the sources, whatever the number of workers."""

import datetime
import errno
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.errors import CorpusMissing, DiskFull
from indexer.intake.formats import is_read, is_stream
from indexer.intake.formats.streams import Damaged, Line, estimate, records
from indexer.intake.journal import Journal, only_one
from indexer.intake.model import Refusal
from indexer.intake.outcome import ImportReport, Outcome
from indexer.intake.place import Shelf
from indexer.intake.prepare import How, Task, prepare
from indexer.progress import Step, Watcher

_BATCH_LINES = 64
_BATCH_BYTES = 4_000_000
_AHEAD = 3
"""Tasks given to each worker before the first of them is written: the memory that is held is that of these."""


@dataclass(frozen=True, slots=True)
class Options:
    """How an import is to be run."""

    today: datetime.date
    fresh: bool = False
    """Forget what earlier runs did."""
    mask: bool = False
    """Hide personal data."""
    workers: int = 0
    """Processes that read; 0 for one a core, 1 for none beside this one."""


def import_sources(sources: Sequence[Path], corpus: Path, options: Options, watcher: Watcher) -> ImportReport:
    """Read every judgment of the sources into corpus files; a run that was interrupted goes on where it stopped.

    Raises `FileNotFoundError` when a source is not there, `CorpusMissing` when there is nothing to read,
    `BuildRunning` or `DiskFull`; a file that can't be read is counted in the report with its reason and never
    ends the run.
    """
    started = time.monotonic()
    for source in sources:
        if not source.exists():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(source))
    files = find_sources(sources)
    if not files:
        raise CorpusMissing(
            "Nothing to import: no file of a format that is read. See: panli import --help",
            "没有可导入的文件：未找到可读格式的文件。参见：panli import --help",
        )
    with _disk_full_told(corpus), only_one(corpus):
        journal = Journal(corpus, "masked" if options.mask else "plain", options.fresh)
        report = ImportReport()
        for file in files:
            report.add(journal.report(file))
        report.earlier = report.read
        left = [file for file in files if not journal.done(file)[1]]
        with watcher.stage("import", _expected(left, journal)) as step:
            _run(left, Shelf(corpus), journal, report, options, step)
    report.seconds = time.monotonic() - started
    return report


def find_sources(sources: Iterable[Path]) -> list[Path]:
    """The files to read: those named, and in folders all of a known kind, in a stable order, each once."""
    found: dict[Path, None] = {}
    for source in sources:
        if source.is_dir():
            inside = (path for path in source.rglob("*") if path.is_file() and is_read(path))
            found.update(dict.fromkeys(sorted(inside)))
        else:
            found[source] = None
    return list(found)


def _run(
    files: Sequence[Path], shelf: Shelf, journal: Journal, report: ImportReport, options: Options, step: Step
) -> None:
    how = How(options.today, options.mask)
    workers = options.workers or os.cpu_count() or 1
    tasks = _tasks(files, journal)
    for task, outcomes in _alone(tasks, how) if workers == 1 else _together(tasks, how, workers):
        mine = ImportReport()
        for outcome in outcomes:
            placed = outcome if isinstance(outcome, Refusal) else shelf.place(outcome)
            if isinstance(outcome, Refusal):
                mine.refuse(outcome)
            elif isinstance(placed, Refusal):
                mine.refuse(placed)
            else:
                mine.placed(outcome, placed)
            step()
        journal.write(task.path, task.end, task.last, mine)
        report.add(mine)


def _tasks(files: Iterable[Path], journal: Journal) -> Iterator[Task]:
    for file in files:
        if is_stream(file) and file.is_file() and file.stat().st_size:
            yield from _batches(file, journal.done(file)[0])
        else:
            yield Task(file)


def _batches(file: Path, start: int) -> Iterator[Task]:
    held: list[Line] = []
    size = 0
    end = start
    refusal = None
    try:
        for line in records(file, start):
            held.append(line)
            size += len(line.text or b"")
            end = line.end
            if len(held) >= _BATCH_LINES or size >= _BATCH_BYTES:
                yield Task(file, tuple(held), end, last=False)
                held, size = [], 0
    except Damaged as error:
        refusal = error.refusal(file.name)
    except OSError as error:
        refusal = Refusal(file.name, "unreadable-file", error.strerror or str(error))
    if end == 0 and refusal is None:
        refusal = Refusal(file.name, "empty-file")
    yield Task(file, tuple(held), end, last=True, refusal=refusal)


def _alone(tasks: Iterable[Task], how: How) -> Iterator[tuple[Task, tuple[Outcome, ...]]]:
    for task in tasks:
        yield task, prepare(task, how)


def _together(tasks: Iterator[Task], how: How, workers: int) -> Iterator[tuple[Task, tuple[Outcome, ...]]]:
    """The same in several processes; the order of what comes out is that of the tasks."""
    pool = _pool(workers)
    under_way: deque[tuple[Task, Future[tuple[Outcome, ...]]]] = deque()
    try:
        while True:
            while len(under_way) < workers * _AHEAD and (task := next(tasks, None)) is not None:
                under_way.append((task, pool.submit(prepare, task, how)))
            if not under_way:
                return
            try:
                yield under_way[0][0], under_way[0][1].result()
                under_way.popleft()
            except BrokenProcessPool:
                # One of these killed its reader; which, is found by reading them one at a time.
                pool.shutdown(wait=False)
                again = [task for task, _ in under_way]
                under_way.clear()
                for task in again:
                    yield task, _one_at_a_time(task, how)
                pool = _pool(workers)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _one_at_a_time(task: Task, how: How) -> tuple[Outcome, ...]:
    """The task in a process of its own; when that dies, its lines one by one, and the one that kills is refused."""
    with _pool(1) as pool:
        try:
            return pool.submit(prepare, task, how).result()
        except BrokenProcessPool:
            pass
    if task.lines is None or len(task.lines) <= 1:
        where = f":{task.lines[0].number}" if task.lines else ""
        return (Refusal(f"{task.path.name}{where}", "reader-died", "killed"),)
    single = [replace(task, lines=(line,), refusal=None) for line in task.lines]
    rest = (task.refusal,) if task.refusal else ()
    return (*(outcome for each in single for outcome in _one_at_a_time(each, how)), *rest)


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn: a fork would copy the progress bar's thread in whatever state it is.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _expected(files: Iterable[Path], journal: Journal) -> int:
    whole = 0
    for file in files:
        done = journal.report(file).read
        whole += max(1, estimate(file) - done) if is_stream(file) and file.is_file() else 1
    return whole


@contextmanager
def _disk_full_told(corpus: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"The disk that holds {corpus} is full. Free some room and run it again.",
                f"{corpus}所在磁盘已满。请腾出空间后重新运行。",
            ) from error
        raise
