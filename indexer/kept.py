"""What the last build analysed, kept in the store: a file that is still the same is not analysed again.

::

    .store/kept/<name>.run    the runs of the current build (`indexer.batch`)

A run is of use only to the code that wrote it (`code_digest`), and only whole: a file that is damaged, of
another version, or gone is as if it had never been. Nothing but the current build's runs is kept.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from indexer.batch import NO_KEY, Entry, entries_in, keys_in
from indexer.checks import Context
from indexer.index.columnar.arrays import ArrayFile, ArraysDamaged

KEPT = "kept"
_LIBRARIES = ("rjieba", "opencc", "ahocorasick-rs", "whoosh3", "numpy", "pydantic", "tomli", "zstandard")
_READ = (".py", ".toml", ".tsv", ".txt")
_LIVE = 0.5
"""The share of a run's documents that must still be wanted for the run to be of use."""
SMALL = 100
"""Documents below which a run is small; each build may leave one."""
MAX_SMALL = 50
"""Small runs kept; the documents of others are analysed again, into one larger run."""


@cache
def code_digest() -> str:
    """A digest of everything that decides what a run holds: this package, its data, the libraries it uses."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _LIBRARIES).encode())
    for name, content in sorted(_sources(files("indexer"), "")):
        digest.update(name.encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run of the last build that may be of use."""

    path: Path
    keys: Sequence[bytes]


@dataclass(slots=True)
class Kept:
    """The kept runs, and where in them each file is."""

    runs: list[KeptRun]
    places: dict[bytes, tuple[int, int]]
    """By key of a file: the run, and the file's place in it."""
    _opened: tuple[int, Sequence[Entry]] | None = None

    def entry(self, run: int, place: int) -> Entry:
        """What became of a file of a kept run."""
        if self._opened is None or self._opened[0] != run:
            self._opened = run, entries_in(ArrayFile(self.runs[run].path))
        return self._opened[1][place]

    def worth_using(self, wanted: Iterable[bytes]) -> frozenset[bytes]:
        """Of the keys wanted, those whose run is worth using: most of it is live, and it is not one crumb of many."""
        live: dict[int, list[bytes]] = {}
        for key in wanted:
            if key in self.places:
                live.setdefault(self.places[key][0], []).append(key)
        large = {run for run, keys in live.items() if len(keys) >= _LIVE * len(self.runs[run].keys)}
        small = sorted((run for run in large if len(live[run]) < SMALL), key=lambda run: -len(live[run]))
        return frozenset(key for run in large.difference(small[MAX_SMALL:]) for key in live[run])


def sound_keys(path: Path) -> list[bytes] | None:
    """The keys of a run, read whole and compared with what was written; None if anything is wrong with it."""
    try:
        run = ArrayFile(path)
        run.verify()
        return keys_in(run) if run.meta.get("code") == code_digest() else None
    except (OSError, ArraysDamaged, KeyError, ValueError):
        return None


def kept_runs(sound: Mapping[Path, Sequence[bytes]], context: Context) -> Kept:
    """The runs that may be of use, given the keys of those that are sound.

    A run of a later day is of none, for its rulings may lie in the future; a ruling is of none that names a
    list which is no longer there.
    """
    runs: list[KeptRun] = []
    places: dict[bytes, tuple[int, int]] = {}
    for path, keys in sound.items():
        run = ArrayFile(path)
        if str(run.meta["today"]) > context.today.isoformat():
            continue
        usable = _with_their_lists(run, keys, context.collections)
        places.update((key, (len(runs), place)) for place, key in enumerate(usable) if key != NO_KEY)
        runs.append(KeptRun(path, keys))
    return Kept(runs, places)


def _with_their_lists(run: ArrayFile, keys: Sequence[bytes], lists: frozenset[str]) -> Sequence[bytes]:
    then = run.meta["collections"]
    assert isinstance(then, list)
    if lists.issuperset(then):
        return keys
    return [
        key if entry.fit is not None and lists.issuperset(entry.fit.collections) else NO_KEY
        for key, entry in zip(keys, entries_in(run), strict=True)
    ]


def paths_of_runs(store: Path) -> list[Path]:
    """The files of the kept runs."""
    return sorted((store / KEPT).glob("*.run"))


def keep(store: Path, used: Sequence[Path], name: str) -> None:
    """Keep the runs that a build used, moving the new ones in; everything else goes."""
    home = store / KEPT
    home.mkdir(exist_ok=True)
    for number, path in enumerate(used):
        if path.parent != home:
            path.rename(home / f"{name}-{number}.run")
    wanted = {path.name if path.parent == home else f"{name}-{number}.run" for number, path in enumerate(used)}
    for path in home.iterdir():
        if path.name not in wanted:
            path.unlink()


def _sources(folder: Traversable, name: str) -> Iterable[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{name}/{entry.name}")
        elif entry.name.endswith(_READ):
            yield f"{name}/{entry.name}", entry.read_bytes()
