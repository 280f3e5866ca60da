"""Power goes, processes are killed, disks fill up: what was published stays, and the next build succeeds."""

import datetime
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import build
from indexer.errors import DiskFull
from indexer.store import Build, current_build_id, open_build
from tests.builders import NOW, a_corpus
from tests.indexer.opened import rulings_in

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
RULINGS = 30
KILLS, WHOLE = 50, 4

PROGRAM = """
import datetime, pathlib, sys
from indexer.build import build
from indexer.index.analysis import terms
terms("专利")  # the dictionary is read before the clock runs
corpus, store, now = sys.argv[1:]
print("ready", flush=True)
build(pathlib.Path(corpus), pathlib.Path(store), datetime.datetime.fromisoformat(now))
"""


def start(corpus: Path, store: Path, number: int) -> "subprocess.Popen[str]":
    """A process that is about to build; its interpreter has started and its modules are read."""
    now = (NOW + datetime.timedelta(minutes=number)).isoformat()
    command = [sys.executable, "-c", PROGRAM, str(corpus), str(store), now]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_build_killed_at_any_moment_leaves_a_store_that_answers(tmp_path: Path) -> None:
    corpus, store = a_corpus(tmp_path, RULINGS), tmp_path / "store"
    moments = random.Random(20260115)

    duration = 60.0  # of the fastest: later ones take over the work of the first, as those do that are killed
    for number in range(WHOLE):
        with start(corpus, store, number) as process:
            started = time.monotonic()
            assert process.wait() == 0
            duration = min(duration, time.monotonic() - started)
    current = current_build_id(store)
    assert current is not None

    killed, published = 0, 0
    for number in range(WHOLE, WHOLE + KILLS):
        with start(corpus, store, number) as process:
            time.sleep(moments.uniform(0, duration))
            process.kill()
            killed += process.wait(60) < 0
        opened = open_build(store)
        assert rulings_in(opened) == (RULINGS, RULINGS)
        # Either the old build or, whole, the new one; never anything between.
        published += opened.manifest.build != current
        assert opened.manifest.build >= current
        current = opened.manifest.build
    assert killed > KILLS / 2
    assert published < KILLS

    built, _ = build(corpus, store, NOW + datetime.timedelta(days=1))
    assert open_build(store) == built
    assert rulings_in(built) == (RULINGS, RULINGS)
    assert {path.name for path in store.iterdir()} == {"current", "builds", "kept", "lock"}


DISK_BYTES = 8_000_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes in memory; it is gone after the test."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(disk)]
    if os.geteuid() != 0 or sys.platform != "linux":
        pytest.skip("a small file system can be mounted by root on Linux only")
    try:
        subprocess.run(mount, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no small file system can be mounted here: {error}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def room_left(disk: Path) -> int:
    """Free bytes of a file system."""
    status = os.statvfs(disk)
    return status.f_bavail * status.f_frsize


def size_of(built: Build) -> int:
    """Bytes of a build on disk."""
    return sum(built.manifest.sizes.values())


def test_full_disk_is_told_and_the_old_store_stays(tmp_path: Path, small_disk: Path) -> None:
    corpus, store, filler = a_corpus(tmp_path, RULINGS), small_disk / "store", small_disk / "filler"
    old, _ = build(corpus, store, NOW)
    told = 0
    # The disk runs full everywhere on the way: in the index, in the catalogue, in the manifest.
    for number, room in enumerate(range(0, size_of(old), max(size_of(old) // 24, 4096)), 1):
        filler.write_bytes(b"\0" * (room_left(small_disk) - room))
        with pytest.raises(DiskFull, match="full"):
            build(corpus, store, NOW + datetime.timedelta(minutes=number))
        told += 1
        filler.unlink()
        assert open_build(store) == old
        assert rulings_in(old) == (RULINGS, RULINGS)
        assert {path.name for path in store.iterdir()} <= {"current", "builds", "kept", "lock", "staging-current"}
    assert told >= 20

    built, _ = build(corpus, store, NOW + datetime.timedelta(days=1))
    assert open_build(store) == built
