"""The build that is served, and the step to its successor without a failed request.

Every request leases a `Snapshot`. When `panli build` has published another build, the next lease
opens it beside the old one; the old one is closed when its last lease ends.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from app.catalogue import Catalogue
from app.coverage import Coverage, coverage_of
from app.errors import StoreUnavailable
from app.search.searcher import Searcher
from app.search.suggest import Suggestions, suggestions_of
from indexer.store import Build, current_build_id, open_build

_LOOK_EVERY = 0.5
"""Seconds between two looks at the pointer."""
_log = logging.getLogger("panli.stores")


@dataclass(eq=False)
class Snapshot:
    """One build, open: everything a request reads comes from one snapshot."""

    build: Build
    searcher: Searcher
    catalogue: Catalogue
    leases: int = 0
    retired: bool = False

    @cached_property
    def coverage(self) -> Coverage:
        """What this build holds; counted once."""
        return coverage_of(self.searcher, self.catalogue, self.build.manifest)

    @cached_property
    def suggestions(self) -> Suggestions:
        """What this build can suggest while one types; gathered when it is first asked for."""
        return suggestions_of(self.searcher, self.catalogue)

    def close(self) -> None:
        """Release files and connections."""
        self.searcher.close()
        self.catalogue.close()


@dataclass
class StoreKeeper:
    """Holds the snapshot that is served; one for each process."""

    store: Path
    open_searcher: Callable[[Build], Searcher]
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _looking: threading.Lock = field(default_factory=threading.Lock)
    _current: Snapshot | None = None
    _refused: str | None = None
    _looked: float = float("-inf")

    @contextmanager
    def lease(self) -> Iterator[Snapshot]:
        """The current snapshot, kept open until the caller is done; raises `StoreUnavailable`."""
        if self.is_due:
            self.look()
        with self.held() as snapshot:
            yield snapshot

    @contextmanager
    def held(self) -> Iterator[Snapshot]:
        """The same without looking for a newer build, which never takes long."""
        with self._lock:
            snapshot = self._current
            if snapshot is None:
                raise StoreUnavailable("There is no index to search yet. Run: panli build")
            snapshot.leases += 1
        try:
            yield snapshot
        finally:
            with self._lock:
                snapshot.leases -= 1
                self._close_if_done(snapshot)

    def close(self) -> None:
        """Retire the current snapshot."""
        with self._lock:
            if self._current is not None:
                self._retire(self._current)
                self._current = None

    @property
    def is_due(self) -> bool:
        """Whether it is time to look for a newer build."""
        return self._current is None or self.clock() - self._looked >= _LOOK_EVERY

    def look(self) -> None:
        """Open what was published since, one caller at a time; no other waits who has a build to read."""
        if not self._looking.acquire(blocking=self._current is None):
            return
        try:
            if self.is_due:
                self._looked = self.clock()
                build = current_build_id(self.store)
                if self._current is None or (build not in (self._current.build.manifest.build, self._refused)):
                    self._switch(build)
        finally:
            self._looking.release()

    def _switch(self, build_id: str | None) -> None:
        try:
            fresh = self._open()
        except Exception as error:  # whatever a damaged file makes a library raise
            if self._current is None:
                raise StoreUnavailable("The index can’t be opened: %(reason)s", reason=str(error)) from error
            self._refused = build_id
            _log.warning("build %s is not served, the one before stays: %s", build_id, error)
            return
        with self._lock:
            old, self._current = self._current, fresh
            if old is not None:
                self._retire(old)
        if old is not None:
            _log.info("serving build %s", fresh.build.manifest.build)

    def _open(self) -> Snapshot:
        build = open_build(self.store)
        searcher = self.open_searcher(build)
        try:
            fresh = Snapshot(build, searcher, Catalogue(build))
            _ = fresh.coverage  # reads both, so that a build which can't be read is not served
        except Exception:
            searcher.close()
            raise
        return fresh

    def _retire(self, snapshot: Snapshot) -> None:
        snapshot.retired = True
        self._close_if_done(snapshot)

    def _close_if_done(self, snapshot: Snapshot) -> None:
        if snapshot.retired and snapshot.leases == 0:
            snapshot.close()
