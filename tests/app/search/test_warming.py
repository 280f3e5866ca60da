"""Indexes brought into memory in the background: what of a file this process has mapped, as the system tells it."""

import re
import sys
from pathlib import Path

import numpy as np
import pytest

from app.search.warming import Warming, memory
from app.search.whoosh_searcher import WhooshSearcher
from indexer.build import build
from indexer.index.columnar.arrays import ArrayFile, write_arrays
from tests.builders import a_corpus
from tests.conftest import NOW

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems neither populate nor tell")
_ARRAY = 8 << 20


def mapped(path: Path) -> int:
    """The bytes of a file that this process has in its table of pages."""
    found = 0
    for entry in re.split(r"\n(?=[0-9a-f]+-[0-9a-f]+ )", Path("/proc/self/smaps").read_text()):
        if entry.splitlines()[0].endswith(str(path)):
            found += 1024 * sum(map(int, re.findall(r"^Rss: +(\d+) kB", entry, re.MULTILINE)))
    return found


@pytest.fixture
def file(tmp_path: Path) -> ArrayFile:
    write_arrays(tmp_path / "arrays", {name: np.arange(_ARRAY, dtype=np.uint8) for name in ("first", "second")}, {})
    return ArrayFile(tmp_path / "arrays")


def warmed(file: ArrayFile, room: int | None) -> int:
    warming = Warming([(file, name) for name in file.names()], room)
    warming.start()
    warming.wait()
    return mapped(file.path)


def test_all_arrays_are_mapped_where_there_is_room(file: ArrayFile) -> None:
    assert mapped(file.path) < _ARRAY
    assert warmed(file, None) >= 2 * _ARRAY


def test_no_more_is_mapped_than_there_is_room_for(file: ArrayFile) -> None:
    assert _ARRAY <= warmed(file, _ARRAY) < 2 * _ARRAY


def test_warming_that_is_stopped_leaves_the_rest(file: ArrayFile) -> None:
    warming = Warming([(file, name) for name in file.names()])
    warming.stop()
    warming.start()
    warming.wait()
    assert mapped(file.path) < 2 * _ARRAY


def test_the_memory_of_the_machine_is_told_in_bytes() -> None:
    assert memory() > 1 << 28


def test_a_searcher_maps_the_places_of_its_index(tmp_path: Path) -> None:
    built, _ = build(a_corpus(tmp_path / "corpus", 3), tmp_path / "store", NOW)
    searcher = WhooshSearcher(built.index)
    (places,) = built.index.glob("*.pos")
    searcher.warm()
    searcher.warming.wait()
    assert mapped(places) >= places.stat().st_size
    searcher.close()
