"""An index brought into memory behind the back of those who ask, as far as there is room for it.

A question meets text and lists of places here and there in files of gigabytes. What is met for the first time costs
a look at the disk or, where the system holds it already, an entry in the process's own table of pages: ten times
what the question itself costs. So a service goes through the files once when it opens them.
"""

import os
import threading
from collections.abc import Sequence
from pathlib import Path

from indexer.index.columnar.arrays import ArrayFile

_ALLOWED = Path("/sys/fs/cgroup/memory.max")
"""Where Linux says what a container may have, or ``max``."""
_SHARE = 2
"""No more is mapped than the machine's memory divided by this: the rest is for all else."""


class Warming:
    """Goes through some arrays in a thread of its own, the first of them first, until all are mapped or `stop`."""

    def __init__(self, arrays: Sequence[tuple[ArrayFile, str]], room: int | None = None) -> None:
        self._arrays = arrays
        self._room = memory() // _SHARE if room is None else room
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._go, name="warming", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, whatever is left, and wait for that."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def wait(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

    def _go(self) -> None:
        left = self._room
        for file, name in self._arrays:
            for mapped in file.populate(name):
                left -= mapped
                if left <= 0 or self._stopped.is_set():
                    return


def memory() -> int:
    """The bytes of memory that the machine has, or its container may have; none where the system doesn't tell."""
    try:
        has = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 0
    try:
        allowed = _ALLOWED.read_text("ascii").strip()
    except OSError:
        return has
    return min(has, int(allowed)) if allowed.isdigit() else has
