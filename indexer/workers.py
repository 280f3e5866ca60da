"""The processes of a build: work handed out, results in the order of the work, and an end that leaves none behind."""

import ctypes
import gc
import multiprocessing
import os
import resource
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import TypeVar

from indexer.errors import WorkerDied

_AHEAD = 2
"""Results that may wait for the one before them, beside those that are being made."""
_DIE_WITH_PARENT = 1
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""What `mallopt` of glibc calls the bytes from which freed memory is given back, and asked for by itself."""
_KEPT_BYTES, _MOST_OF_OLD = 1 << 30, 1 << 25
"""As much as is wanted, and as much as glibc before 2.36 takes."""
_OBJECTS_UNSEARCHED = 100_000
"""Objects that may be made before the newest are searched for cycles: a build makes many and hardly any cycle."""
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


class Workers:
    """So many processes; with one, everything happens in this one.

    They are forked when it is entered, before any file is open: what the caller has loaded they share,
    and no lock of the caller's is theirs.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: ProcessPoolExecutor | None = None
        self._under_way: set[Future[object]] = set()
        self._threshold = gc.get_threshold()

    def __enter__(self) -> "Workers":
        _open_many()
        gc.set_threshold(_OBJECTS_UNSEARCHED, *self._threshold[1:])
        if self.count > 1:
            gc.freeze()
            context = multiprocessing.get_context("fork")
            self._pool = ProcessPoolExecutor(self.count, context, initializer=_begin, initargs=(os.getpid(),))
            self._pool.submit(_nothing).result()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            gc.unfreeze()
        gc.set_threshold(*self._threshold)

    def ordered(self, function: Callable[[_Job], _Result], jobs: Iterable[_Job]) -> Iterator[_Result]:
        """What the function makes of each job, in the order of the jobs. Raises `WorkerDied`."""
        if self._pool is None:
            yield from map(function, jobs)
            return
        waiting: deque[Future[_Result]] = deque()
        for job in jobs:
            waiting.append(self._submitted(function, job))
            if len(waiting) >= self.count + _AHEAD:
                yield self._result(waiting.popleft())
        while waiting:
            yield self._result(waiting.popleft())

    def started(self, function: Callable[[_Job], _Result], job: _Job) -> Callable[[], _Result]:
        """Begin a job; what is returned waits for its result. With one process, it does the job."""
        if self._pool is None:
            return lambda: function(job)
        future = self._submitted(function, job)
        return lambda: self._result(future)

    def peak_memory(self) -> int:
        """The most bytes that all processes may have held together; the workers' are known when they have ended."""
        own, largest = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return (own + (self.count * largest if self.count > 1 else 0)) * _MAXRSS_UNIT

    @contextmanager
    def settled(self) -> Iterator[None]:
        """At the end, however it comes, what has not begun is given up and what has is waited for: nobody writes."""
        try:
            yield
        finally:
            for future in self._under_way:
                future.cancel()
            wait(self._under_way)
            self._under_way.clear()

    def _submitted(self, function: Callable[[_Job], _Result], job: _Job) -> "Future[_Result]":
        assert self._pool is not None
        try:
            future = self._pool.submit(function, job)
        except BrokenProcessPool as error:
            raise _died() from error
        self._under_way.add(future)  # type: ignore[arg-type]
        return future

    def _result(self, future: "Future[_Result]") -> _Result:
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise _died() from error
        finally:
            self._under_way.discard(future)


def _died() -> WorkerDied:
    return WorkerDied(
        "A process of the build died, perhaps for want of memory; nothing was published. Fewer --workers need less.",
        "一个构建进程意外终止，可能是内存不足；未发布任何内容。减小--workers可少用内存。",
    )


def _open_many() -> None:
    """Let a process have as many files open as it may: a merge has every run open."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _begin(parent: int) -> None:
    """A worker leaves Ctrl-C to its parent, and ends when that does, however that ends.

    It keeps the memory that it frees: each batch wants as much as the one before, and a page that was given
    back comes again only when the system has cleared it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        library.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if hasattr(library, "mallopt"):
            library.mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
            if not library.mallopt(_MMAP_THRESHOLD, _KEPT_BYTES):
                library.mallopt(_MMAP_THRESHOLD, _MOST_OF_OLD)
    if os.getppid() != parent:
        os._exit(1)


def _nothing() -> None:
    """Makes the processes start."""
