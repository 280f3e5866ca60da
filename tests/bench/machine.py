"""What the machine is, and what processes hold of it (Linux: /proc)."""

import os
import platform
import sqlite3
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
_EVERY = 1.0
"""Seconds between two looks at the memory of a build: each goes through every page, on a core of the build's."""


def machine() -> dict[str, str | int | float]:
    """Processor, cores, memory and the versions of system and Python."""
    model = next((line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if "model name" in line), "?")
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "processor": model,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory / 1e6, 1),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
    }


def version(package: str) -> str:
    """The version of a distribution; for SQLite that of the library."""
    if package == "sqlite3":
        return sqlite3.sqlite_version
    if package == "panli":
        return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "?"


def load_average() -> float:
    """Processes that wanted to run, on average over the last minute."""
    return os.getloadavg()[0]


def private_bytes(pid: int | str = "self") -> int:
    """Memory of a process that it shares with no other."""
    return sum(_rollup(pid, ("Private_Clean", "Private_Dirty")))


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.name))
    found = [pid]
    for each in found:
        found += parents.get(each, [])
    return found


def processor_seconds(pid: int) -> float:
    """Processor time that a process and all below it have had so far."""
    ticks = 0
    for each in tree(pid):
        fields = " ".join(_lines(f"/proc/{each}/stat")).rpartition(")")[2].split()
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


@dataclass
class Peak:
    """The most memory that processes held at once: ``total`` with their share of file pages, ``anonymous`` without."""

    total: int = 0
    anonymous: int = 0


@contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Look at a process and all below it until the block ends."""
    peak = Peak()
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(_EVERY):
            held = [_rollup(each, ("Pss", "Pss_Anon", "Pss_Shmem")) for each in tree(pid)]
            peak.total = max(peak.total, sum(total for total, _, _ in held))
            peak.anonymous = max(peak.anonymous, sum(own + shared for _, own, shared in held))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def bytes_below(folder: Path, pattern: str = "*") -> int:
    """Bytes of all files below a folder whose names match."""
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file() and not path.is_symlink())


def _rollup(pid: int | str, names: tuple[str, ...]) -> list[int]:
    """What a process holds of each kind, in bytes; nothing of one that has ended."""
    found = {line.partition(":")[0]: line.split() for line in _lines(f"/proc/{pid}/smaps_rollup")}
    return [int(found[name][1]) * 1024 if name in found else 0 for name in names]


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
