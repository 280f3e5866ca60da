"""The journal of an import, ``CORPUS/.import/journal.jsonl``: what is done, so that an interrupted run goes on.

Each line is one finished task with its counts. A source whose size or time has changed since is read
from its beginning; a last line that was cut off is as if it had never been written.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import BuildRunning
from indexer.intake.outcome import ImportReport, from_json, total

FOLDER = ".import"
_NAME = "journal.jsonl"
_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Entry:
    """One finished task."""

    path: str
    size: int
    changed: int
    """When the source was last changed, in nanoseconds."""
    end: int
    """The place in the unpacked stream up to which it is done; 0 for a file read whole."""
    is_done: bool
    options: str
    report: ImportReport


class Journal:
    """What earlier runs did, and where this one writes down what it does."""

    def __init__(self, corpus: Path, options: str, fresh: bool = False) -> None:
        self._file = corpus / FOLDER / _NAME
        self._options = options
        self._file.parent.mkdir(parents=True, exist_ok=True)
        if fresh:
            self._file.unlink(missing_ok=True)
        self._entries: dict[str, list[Entry]] = {}
        for entry in self._read():
            if entry.options == options:
                self._entries.setdefault(entry.path, []).append(entry)
        self._mend()

    def done(self, source: Path) -> tuple[int, bool]:
        """How far a source is done, and whether wholly; (0, False) when it is new or has changed."""
        entries = self._of(source)
        return (entries[-1].end, entries[-1].is_done) if entries else (0, False)

    def report(self, source: Path) -> ImportReport:
        """What earlier runs counted of a source as it is now."""
        return total(entry.report for entry in self._of(source))

    def write(self, source: Path, end: int, is_done: bool, report: ImportReport) -> None:
        """Note a finished task; it is on the disk when this returns."""
        size, changed = _state(source)
        line = json.dumps([_name(source), size, changed, end, is_done, self._options, report.to_json()])
        with self._file.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def _of(self, source: Path) -> list[Entry]:
        state = _state(source)
        return [entry for entry in self._entries.get(_name(source), []) if (entry.size, entry.changed) == state]

    def _read(self) -> Iterator[Entry]:
        if not self._file.exists():
            return
        with self._file.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                try:
                    path, size, changed, end, is_done, options, report = json.loads(line)
                    yield Entry(path, size, changed, end, is_done, options, from_json(report))
                except (ValueError, TypeError):
                    continue

    def _mend(self) -> None:
        """End a line that was cut off, so that the next one stands by itself."""
        if self._file.exists() and self._file.read_bytes()[-1:] != b"\n":
            with self._file.open("a", encoding="utf-8") as file:
                file.write("\n")


@contextmanager
def only_one(corpus: Path) -> Iterator[None]:
    """Held while an import writes into a corpus; raises `BuildRunning` when another one does."""
    folder = corpus / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildRunning(
                f"Another import is writing into {corpus}. Wait until it has ended.",
                f"另有导入正在写入{corpus}，请待其结束。",
            ) from error
        yield


def _name(source: Path) -> str:
    return source.resolve().as_posix()


def _state(source: Path) -> tuple[int, int]:
    try:
        found = source.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
