"""All files of a corpus through the workers, and what must be known of all rulings together: in the order of the files.

The order decides which of two rulings keeps an address that both claim, and the number of each in the index;
so the result is the same for any number of workers, and whether a ruling was analysed now or is kept from
the last build.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.batch import Batch, Entry, digests_of, entries_in, examine, file_key
from indexer.checks import Context, Taken
from indexer.index.columnar.arrays import ArrayFile
from indexer.kept import Kept, code_digest, kept_runs, sound_keys
from indexer.link import Numbers
from indexer.progress import Watcher
from indexer.read import orphans, ruling_paths
from indexer.report import BuildReport
from indexer.workers import Workers

_LEAST_FILES, _MOST_FILES, _MOST_BYTES = 16, 1024, 24_000_000
_SHARES = 4
"""Batches for each worker at least, so that they end at about the same time."""


@dataclass(slots=True)
class Gathered:
    """The rulings that are built, in their order; their content is in the runs."""

    runs: list[Path]
    numbers: list["array[int]"]
    """For each run the number of each of its documents in the index; -1 for one that is left out."""
    places: list[tuple[int, int]] = field(default_factory=list)
    """For each ruling its run and its number there."""
    ids: list[str] = field(default_factory=list)
    ties: Numbers = field(default_factory=Numbers)
    digests: dict[Path, bytes] = field(default_factory=dict)
    """`file_digest` of every file that was read."""

    def add(self, run: int, place: int, id: str) -> None:
        """The next ruling."""
        self.numbers[run][place] = len(self.places)
        self.places.append((run, place))
        self.ids.append(id)


@dataclass(frozen=True, slots=True)
class Source:
    """A corpus to be gathered, and where."""

    context: Context
    withdrawn: frozenset[str]
    kept: Sequence[Path]
    """Runs of the last build (`indexer.kept`)."""
    folder: Path
    """Where new runs are written."""


def gather(source: Source, workers: Workers, report: BuildReport, watcher: Watcher) -> Gathered:
    """Every ruling that may be built; what is wrong with the others goes into the report."""
    corpus = source.context.corpus
    paths = ruling_paths(corpus)
    keys = _keys(source, paths, workers)
    kept = _kept(source, workers) if keys else Kept([], {})
    usable = kept.worth_using(keys.values())
    known = {path: key for path, key in keys.items() if key in usable}
    batches = list(_batches([path for path in paths if path not in known], source, workers.count))
    report.read, report.kept = len(paths), len(known)
    found = Gathered([*(run.path for run in kept.runs), *(batch.run for batch in batches)], [])
    found.numbers = [array("i", [-1]) * len(run.keys) for run in kept.runs]
    entries = _entries(batches, found, workers)
    taken = Taken()
    with watcher.stage("read", len(paths)) as step:
        for path in paths:
            run, place = kept.places[known[path]] if path in known else (0, 0)
            run, entry = (run, kept.entry(run, place)) if path in known else next(entries)
            _take(found, path, run, entry, taken, source, report)
            step()
    report.rejections += orphans(corpus)
    return found


def _take(
    found: Gathered, path: Path, run: int, entry: Entry, taken: Taken, source: Source, report: BuildReport
) -> None:
    """One file, after all that come before it."""
    found.digests[path] = entry.digests[0]
    faults = taken.faults(path, entry.fit.claim) if entry.fit is not None else []
    report.rejections += faults or entry.rejections
    if entry.fit is None or faults or entry.fit.claim.id in source.withdrawn:
        return
    found.add(run, entry.fit.place, entry.fit.claim.id)
    found.ties.add(entry.fit.ties)
    report.characters += entry.fit.characters
    report.translated += entry.fit.translated


def _entries(batches: Sequence[Batch], found: Gathered, workers: Workers) -> Iterator[tuple[int, Entry]]:
    """What becomes of the files of all batches, in their order, each with its run."""
    for batch, _ in zip(batches, workers.ordered(examine, batches), strict=True):
        entries = entries_in(ArrayFile(batch.run))
        found.numbers.append(array("i", [-1]) * len(entries))
        for entry in entries:
            yield len(found.numbers) - 1, entry


def _keys(source: Source, paths: Sequence[Path], workers: Workers) -> Mapping[Path, bytes]:
    """The key of each file; none if there is nothing to look up."""
    if not source.kept:
        return {}
    corpus = source.context.corpus
    digests = workers.ordered(_digests, [paths[at : at + _MOST_FILES] for at in range(0, len(paths), _MOST_FILES)])
    every = (each for some in digests for each in some)
    return {path: file_key(path, corpus, each) for path, each in zip(paths, every, strict=True)}


def _digests(paths: Sequence[Path]) -> list[tuple[bytes, bytes | None]]:
    return [digests_of(path) for path in paths]


def _kept(source: Source, workers: Workers) -> Kept:
    keys = zip(source.kept, workers.ordered(sound_keys, source.kept), strict=True)
    return kept_runs({path: each for path, each in keys if each is not None}, source.context)


def _batches(paths: Sequence[Path], source: Source, workers: int) -> Iterator[Batch]:
    most = min(_MOST_FILES, max(_LEAST_FILES, -(-len(paths) // (_SHARES * workers))))
    held: list[Path] = []
    size = number = 0
    for path in paths:
        held.append(path)
        size += _size(path)
        if len(held) >= most or size >= _MOST_BYTES:
            yield _batch(held, source, number)
            held, size, number = [], 0, number + 1
    if held:
        yield _batch(held, source, number)


def _batch(paths: Sequence[Path], source: Source, number: int) -> Batch:
    return Batch(tuple(paths), source.context, source.folder / f"{number}.run", code_digest())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
