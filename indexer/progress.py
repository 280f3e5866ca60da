"""How a long run tells how far it is: a bar where a person watches, plain lines where none does."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

_LINE_EVERY = 10.0
"""Seconds between two plain lines."""


class Step(Protocol):
    """Called once for each thing done."""

    def __call__(self) -> None: ...


class Watcher(Protocol):
    """Shows the stages of a run."""

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Step]:
        """A stage of ``total`` things, or of an unknown number."""


class Silent:
    """Shows nothing: for tests and for other programs."""

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Step]:
        """Count nothing."""
        yield lambda: None


class Bars:
    """A progress bar for each stage, on a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Step]:
        """A bar with count, rate and time left."""
        columns = (
            TextColumn("{task.description:<10}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task(name, total=total, rate="")
            started = time.monotonic()

            def step() -> None:
                progress.advance(task)
                done = progress.tasks[task].completed
                progress.update(task, rate=f"{done / max(time.monotonic() - started, 1e-6):,.0f}/s")

            yield step


class Lines:
    """A plain line at the start of a stage and every ten seconds, for logs."""

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Step]:
        """Lines on standard error."""
        started = last = time.monotonic()
        done = 0
        print(name if total is None else f"{name}: {total} to do", file=sys.stderr, flush=True)  # noqa: T201

        def step() -> None:
            nonlocal done, last
            done += 1
            now = time.monotonic()
            if now - last >= _LINE_EVERY:
                last = now
                rate = done / (now - started)
                left = f", {(total - done) / rate:,.0f} s left" if total is not None else ""
                print(f"{name}: {done} of {total}, {rate:,.0f}/s{left}", file=sys.stderr, flush=True)  # noqa: T201

        yield step


def watcher_for(console: Console) -> Watcher:
    """Bars on a terminal, lines elsewhere."""
    return Bars(console) if console.is_terminal else Lines()
