"""The store: the directory a build leaves, and how a build becomes the current one.

::

    .store/
      current                the id of the build that is served (a small file, replaced atomically)
      builds/<id>/           index/  catalogue.sqlite  manifest.json (written last)
      staging-…/             a build that is being written; removed by the next build
      lock                   held by the build that is running

A build never changes after it was published. `publish` syncs all files, writes the manifest, renames the
folder, and replaces ``current`` in one step: at any moment the old build or the new one is served.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from indexer.errors import BuildRunning, StoreDamaged, StoreIncompatible, StoreMissing
from indexer.index import fields

FORMAT = 8
"""The format of the store; raised when its layout or its tables change."""
KEPT_BUILDS = 3
STAGING = "staging-"
"""How the names of folders begin that a build is being written in."""
_CURRENT, _MANIFEST, _SEAL = "current", "manifest.json", "seal"
_SMALL = 65_536
"""Bytes up to which a file is read and compared whenever its build is opened."""
ForEach = Callable[[Callable[[Path], str], Iterable[Path]], Iterable[str]]
"""What `map` does with files, in whatever processes."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build is: which format and schema, from which corpus, with what in it."""

    build: str
    format: int
    schema: str
    corpus: str
    """`indexer.read.corpus_digest` of the corpus it was made of."""
    built_at: str
    """UTC, ISO 8601, seconds."""
    counts: Mapping[str, int]
    sizes: Mapping[str, int]
    """Bytes of every file of the build, by path in the build."""
    digests: Mapping[str, str]
    """SHA-256 of each of them."""


@dataclass(frozen=True, slots=True)
class Build:
    """A published build."""

    folder: Path
    manifest: Manifest

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def catalogue(self) -> Path:
        return self.folder / "catalogue.sqlite"


@cache
def schema_digest() -> str:
    """A digest of everything that decides what an index holds: fields, registries, analysis."""
    digest = hashlib.sha256(f"{FORMAT} {fields.VERSION}".encode())
    data = files("indexer.domain").joinpath("data")
    for entry in sorted(data.iterdir(), key=lambda each: each.name):
        digest.update(entry.read_bytes())
    for name in ("analysis", "bulk", "document", "fields", "run"):
        digest.update(files("indexer.index").joinpath(f"{name}.py").read_bytes())
    return digest.hexdigest()[:16]


def current_build_id(store: Path) -> str | None:
    """The id of the build that is served, or None."""
    try:
        return (store / _CURRENT).read_text("ascii").strip() or None
    except FileNotFoundError:
        return None


def open_build(store: Path) -> Build:
    """The current build, checked: raises `StoreMissing`, `StoreIncompatible` or `StoreDamaged`."""
    build = current_build_id(store)
    if build is None:
        raise StoreMissing(
            f"Nothing has been built in {store} yet. Run: panli build", f"{store}中尚无构建。请运行：panli build"
        )
    folder = store / "builds" / build
    manifest = _manifest(folder)
    for name, size in manifest.sizes.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise StoreDamaged(
                f"{name} of build {build} is missing or truncated. Run: panli build",
                f"构建{build}的文件{name}缺失或不完整。请运行：panli build",
            )
        if size <= _SMALL:
            _compare(folder, name, manifest)
    return Build(folder, manifest)


def verify(build: Build) -> None:
    """Read every file of a build and compare it with what was written; raises `StoreDamaged`, naming the file."""
    for name in build.manifest.sizes:
        _compare(build.folder, name, build.manifest)


def _compare(folder: Path, name: str, manifest: Manifest) -> None:
    if _digest(folder / name) != manifest.digests.get(name):
        raise StoreDamaged(
            f"{name} of build {manifest.build} is not what was written. Run: panli build",
            f"构建{manifest.build}的文件{name}与写入时不符。请运行：panli build",
        )


def _manifest(folder: Path) -> Manifest:
    try:
        whole = json.loads((folder / _MANIFEST).read_text("utf-8"))
        version = whole["format"], whole["schema"]
        if version == (FORMAT, schema_digest()):
            seal, manifest = whole.pop(_SEAL), Manifest(**whole)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreDamaged(
            f"The manifest of {folder.name} can't be read ({error}). Run: panli build",
            f"无法读取构建{folder.name}的清单（{error}）。请运行：panli build",
        ) from error
    if version != (FORMAT, schema_digest()):
        raise StoreIncompatible(
            f"Build {folder.name} was made by another version of Panli. Run: panli build",
            f"构建{folder.name}由另一版本的判例生成。请运行：panli build",
        )
    if seal != _seal(manifest):
        raise StoreDamaged(
            f"The manifest of {folder.name} is not what was written. Run: panli build",
            f"构建{folder.name}的清单与写入时不符。请运行：panli build",
        )
    return manifest


def _seal(manifest: Manifest) -> str:
    """A digest of everything that a manifest says."""
    return hashlib.sha256(json.dumps(asdict(manifest), sort_keys=True).encode()).hexdigest()


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"can't be read: {error.strerror}"


def is_stale(store: Path, corpus_digest: str) -> bool:
    """Whether the current build was made of another corpus, by another version, or is damaged."""
    try:
        return open_build(store).manifest.corpus != corpus_digest
    except (StoreMissing, StoreIncompatible, StoreDamaged):
        return True


@contextmanager
def staging(store: Path, build: str) -> Iterator[Path]:
    """A fresh folder to write a build in; it is removed if it was not published, with any beside it of its name.

    Raises `BuildRunning` when another process is building into the same store.
    """
    store.mkdir(parents=True, exist_ok=True)
    with (store / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildRunning(
                f"Another build is writing into {store}; wait for it to end.",
                f"另有构建正在写入{store}，请待其结束。",
            ) from error
        for left in store.glob(f"{STAGING}*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = store / f"{STAGING}{build}"
        folder.mkdir()
        try:
            yield folder
        finally:
            for left in store.glob(f"{STAGING}{build}*"):
                shutil.rmtree(left, ignore_errors=True)


def publish(store: Path, folder: Path, manifest: Manifest, each: ForEach = map) -> Build:
    """Make a staged build the current one; the last step of a build, and the only visible one.

    ``each`` may sync and digest several files at the same time.
    """
    sizes = {
        path.relative_to(folder).as_posix(): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()
    }
    largest_first = sorted(sizes, key=lambda name: -sizes[name])
    found = dict(zip(largest_first, each(_synced, [folder / name for name in largest_first]), strict=True))
    whole = replace(manifest, sizes=sizes, digests={name: found[name] for name in sizes})
    sealed = {**asdict(whole), _SEAL: _seal(whole)}
    _write_synced(folder / _MANIFEST, json.dumps(sealed, ensure_ascii=False, indent=1))
    for path in [*(path for path in folder.rglob("*") if path.is_dir()), folder]:
        _sync(path)
    home = store / "builds" / manifest.build
    home.parent.mkdir(exist_ok=True)
    folder.rename(home)
    _sync(home.parent)
    pointer = store / f"{STAGING}current"
    _write_synced(pointer, manifest.build)
    pointer.replace(store / _CURRENT)
    _sync(store)
    _prune(store, manifest.build)
    return Build(home, whole)


def _prune(store: Path, current: str) -> None:
    """Remove all but the newest builds; a service may still be closing the one before."""
    builds = sorted((store / "builds").iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [path for path in builds if path.name != current][KEPT_BUILDS - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _synced(path: Path) -> str:
    """The digest of a file that is safe on the disk."""
    _sync(path)
    return _digest(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
