"""What an engine must do to be measured, and the process it does it in."""

import importlib
import importlib.util
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from tests.bench.machine import private_bytes
from tests.bench.queries import Question

TOP = 10
"""Hits that a question asks for."""


@dataclass(frozen=True, slots=True)
class Material:
    """What an engine is built from: the corpus as files for Panli, the same documents as rows for the others."""

    corpus: Path
    rows: Sequence[Path]
    workers: int


class Engine(Protocol):
    """One engine; built in one process, opened and asked in another."""

    kinds: frozenset[str]
    """The kinds of questions it can answer."""
    may_skip_facets: bool
    """Whether it can also answer without counting facets."""

    def build(self, material: Material, folder: Path) -> dict[str, float]:
        """Build the whole index in ``folder``, which is new; the seconds of its steps, if it tells them apart."""

    def sizes(self, folder: Path) -> dict[str, int]:
        """Bytes on disk by what they hold; ``index`` is the sum that is compared."""

    def open(self, folder: Path) -> None:
        """Open what was built."""

    def ready(self, question: Question, facets: bool) -> Callable[[], int]:
        """The question as this engine wants it, ready to be carried out: to find the first ten hits and the exact
        total, and to count all facets if wanted; carrying it out gives the total."""

    def facet_counts(self) -> Mapping[str, Mapping[str, int]]:
        """Every facet of the whole corpus."""


@dataclass(frozen=True, slots=True)
class Known:
    """An engine that may be there."""

    module: str
    package: str
    """The distribution whose version is told."""
    largest: int | None = None
    """More documents than this it is spared."""


KNOWN = {
    "panli": Known("tests.bench.engines.panli", "panli"),
    "tantivy": Known("tests.bench.engines.with_tantivy", "tantivy"),
    "sqlite": Known("tests.bench.engines.with_sqlite", "sqlite3"),
    "whoosh": Known("tests.bench.engines.stock_whoosh", "whoosh3", 10_000),
}


def is_there(name: str) -> bool:
    """Whether what an engine needs is installed."""
    return name != "tantivy" or importlib.util.find_spec("tantivy") is not None


def engine(name: str) -> Engine:
    """A fresh engine of that name."""
    made: Engine = importlib.import_module(KNOWN[name].module).Measured()
    return made


@dataclass(frozen=True, slots=True)
class Asked:
    """What one question took."""

    milliseconds: float
    processor: float
    """Milliseconds of processor time: what it takes when nothing else wants the machine."""
    reading: float
    """Milliseconds before that: to read the question into the engine's own form."""
    total: int


class Serving:
    """An engine opened in a process of its own, that answers one batch of questions at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.open_seconds: float
        self.kinds: frozenset[str]
        self.may_skip_facets: bool
        self.open_seconds, self.kinds, self.may_skip_facets = connection.recv()

    def ask(self, questions: Sequence[Question], facets: bool) -> list[Asked]:
        """Ask one after the other and time each."""
        self._connection.send((list(questions), facets))
        answers: list[Asked] = self._connection.recv()
        return answers

    def private_bytes(self) -> int:
        """Memory that this process shares with no other."""
        self._connection.send("private")
        held: int = self._connection.recv()
        return held

    def facet_counts(self) -> Mapping[str, Mapping[str, int]]:
        """Every facet of the whole corpus, as this engine counts it."""
        self._connection.send("facets")
        counts: Mapping[str, Mapping[str, int]] = self._connection.recv()
        return counts


@contextmanager
def serving(name: str, folder: Path) -> Iterator[Serving]:
    """Engine ``name``, opened on what stands in ``folder``, until the block ends."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(name, folder, there), daemon=True)
    process.start()
    there.close()
    try:
        yield Serving(here)
    finally:
        here.close()
        process.join(20)
        if process.is_alive():
            process.kill()


def _serve(name: str, folder: Path, connection: Connection) -> None:
    opened = engine(name)
    started = time.perf_counter()
    opened.open(folder)
    connection.send((time.perf_counter() - started, opened.kinds, opened.may_skip_facets))
    while True:
        try:
            order = connection.recv()
        except EOFError:
            return
        if order == "private":
            connection.send(private_bytes())
        elif order == "facets":
            connection.send({name: dict(counts) for name, counts in opened.facet_counts().items()})
        else:
            questions, facets = order
            connection.send([_timed(opened, question, facets) for question in questions])


def _timed(opened: Engine, question: Question, facets: bool) -> Asked:
    before = time.perf_counter()
    ready = opened.ready(question, facets)
    started, worked = time.perf_counter(), time.process_time()
    total = ready()
    ended, done = time.perf_counter(), time.process_time()
    return Asked((ended - started) * 1000, (done - worked) * 1000, (started - before) * 1000, total)
