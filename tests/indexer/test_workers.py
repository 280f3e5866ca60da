"""Several processes, and work that is kept: whatever the way to it, the build is the same."""

import datetime
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer import gather, kept
from indexer.build import build
from indexer.errors import WorkerDied
from indexer.index.columnar.arrays import ArrayFile
from indexer.kept import KEPT
from indexer.report import BuildReport
from indexer.store import Build, current_build_id, open_build
from indexer.workers import Workers
from tests.builders import NOW, a_corpus, collection_file, ruling_file
from tests.indexer.opened import rulings_in

ROOT = Path(__file__).parents[2]
RULINGS = 40


def later(minutes: int) -> datetime.datetime:
    return NOW + datetime.timedelta(minutes=minutes)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Rulings that cite each other, with translations, a list, and every kind of file that is left out."""
    corpus = a_corpus(tmp_path, RULINGS)
    collection_file(corpus)
    ruling_file(
        corpus, 50, parts="## 裁判理由\n\n参见（2020）京73民初1号、（2020）京73民初3号判决。\n", translation=False
    )
    ruling_file(corpus, 51, court="no-court")
    ruling_file(corpus, 52, case_numbers=["（2020）京73民初52号", "（2020）京73民初2号"])  # 2's number
    ruling_file(corpus, 53, translation="## Facts\n\nTorn.\n")
    ruling_file(corpus, 54, recognition=[{"kind": "top-list", "name": {"zh": "虚构"}, "collection": "fictitious-list"}])
    withdrawn = (
        '[[withdrawn]]\nid = "2020-jing73-minchu-5"\nreason = { zh = "虚构", en = "made up" }\ndate = "2026-01-01"\n'
    )
    (corpus / "withdrawn.toml").write_text(withdrawn, "utf-8")
    return corpus


def content(built: Build) -> dict[str, bytes | dict[str, list[object]]]:
    """What a build holds: the catalogue byte by byte, the index array by array."""
    whole: dict[str, bytes | dict[str, list[object]]] = {"catalogue": built.catalogue.read_bytes()}
    for path in built.index.iterdir():
        if found := re.search(r"\.(inv|doc)$", path.name):
            file = ArrayFile(path)
            file.verify()
            whole[found[1]] = {name: file[name].tolist() for name in file.names()} | {"meta": [dict(file.meta)]}
    return whole


def told(report: BuildReport) -> tuple[object, ...]:
    """What a report says, but how long it took and how much was kept."""
    return (report.read, report.written, report.translated, report.rejections, report.citations, report.characters)


def test_number_of_workers_changes_nothing(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, report = build(corpus, tmp_path / "alone", NOW, workers=1)
    assert rulings_in(alone) == (RULINGS + 2, RULINGS + 2)
    for workers, files in ((2, 1024), (3, 1), (2, 7)):
        monkeypatch.setattr(gather, "_MOST_FILES", files)
        together, other = build(corpus, tmp_path / f"{workers}-{files}", NOW, workers=workers)
        assert content(together) == content(alone)
        assert told(other) == told(report)
        assert together.manifest == alone.manifest or together.manifest.counts == alone.manifest.counts


def edited(corpus: Path) -> None:
    ruling_file(corpus, 7, outcome="dismissed")


def added(corpus: Path) -> None:
    ruling_file(corpus, 8)
    ruling_file(corpus, 90, parts="## 裁判理由\n\n参见（2020）京73民初7号判决。\n")


def removed(corpus: Path) -> None:
    (corpus / "rulings/bjipc/2020/2020-jing73-minchu-3.md").unlink()
    (corpus / "rulings/bjipc/2020/2020-jing73-minchu-4.md").unlink()
    (corpus / "rulings/bjipc/2020/2020-jing73-minchu-4.en.md").unlink()


def moved(corpus: Path) -> None:
    """The file that held another's number back goes."""
    (corpus / "rulings/bjipc/2020/2020-jing73-minchu-2.md").unlink()


def retranslated(corpus: Path) -> None:
    ruling_file(corpus, 9, translation=True)
    (corpus / "rulings/bjipc/2020/2020-jing73-minchu-6.en.md").unlink()


def list_gone(corpus: Path) -> None:
    (corpus / "collections/fictitious-list.toml").unlink()


def withdrawn_again(corpus: Path) -> None:
    (corpus / "withdrawn.toml").unlink()


CHANGES = [edited, added, removed, moved, retranslated, list_gone, withdrawn_again]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_build_on_kept_work_is_the_build_from_nothing(corpus: Path, tmp_path: Path, workers: int) -> None:
    store = tmp_path / "store"
    build(corpus, store, NOW, workers=workers)
    for number, change in enumerate(CHANGES, 1):
        change(corpus)
        again, report = build(corpus, store, later(number), workers=workers)
        fresh, wanted = build(corpus, tmp_path / f"fresh-{number}", later(number), workers=1)
        assert wanted.kept == 0
        assert report.kept >= RULINGS - 10, change
        assert content(again) == content(fresh), change
        assert told(report) == told(wanted), change


def test_nothing_changed_means_nothing_is_analysed(corpus: Path, tmp_path: Path) -> None:
    first, report = build(corpus, tmp_path / "store", NOW)
    second, other = build(corpus, tmp_path / "store", later(1))
    assert report.kept == 0
    assert other.kept == other.read - 2  # a file with a fault is told of again
    assert content(second) == content(first)


def spoilt_body(run: Path) -> None:
    raw = bytearray(run.read_bytes())
    raw[len(raw) // 2] ^= 1
    run.write_bytes(bytes(raw))


def cut_off(run: Path) -> None:
    run.write_bytes(run.read_bytes()[:-100])


def emptied(run: Path) -> None:
    run.write_bytes(b"")


def gone(run: Path) -> None:
    run.unlink()


@pytest.mark.parametrize("spoil", [spoilt_body, cut_off, emptied, gone])
def test_kept_work_that_is_damaged_is_done_again(corpus: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    first, _ = build(corpus, tmp_path / "store", NOW, workers=1)
    for run in (tmp_path / "store" / KEPT).iterdir():
        spoil(run)
    second, report = build(corpus, tmp_path / "store", later(1), workers=1)
    assert report.kept == 0
    assert content(second) == content(first)


def test_kept_work_of_other_code_is_done_again(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(corpus, tmp_path / "store", NOW)
    monkeypatch.setattr(kept, "code_digest", lambda: "other")
    monkeypatch.setattr(gather, "code_digest", lambda: "other")
    assert build(corpus, tmp_path / "store", later(1))[1].kept == 0
    assert build(corpus, tmp_path / "store", later(2))[1].kept > 0


def test_a_ruling_of_tomorrow_is_not_kept_for_yesterday(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "store", NOW)
    yesterday = NOW - datetime.timedelta(days=1)
    assert build(corpus, tmp_path / "store", yesterday)[1].kept == 0


def test_kept_work_does_not_grow(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MAX_SMALL", 3)
    for number in range(8):
        ruling_file(corpus, 100 + number)
        built, _ = build(corpus, tmp_path / "store", later(number), workers=1)
        assert len(list((tmp_path / "store" / KEPT).iterdir())) <= 5
    fresh, _ = build(corpus, tmp_path / "fresh", later(8), workers=1)
    assert content(built) == content(fresh)


def dies(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_dies_is_told_of() -> None:
    with Workers(2) as workers, workers.settled(), pytest.raises(WorkerDied, match="--workers"):
        list(workers.ordered(dies, range(9)))


def test_a_worker_that_dies_leaves_the_old_build(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "store"
    old, _ = build(corpus, store, NOW)
    shutil.rmtree(store / KEPT)
    monkeypatch.setattr(gather, "examine", dies)
    with pytest.raises(WorkerDied):
        build(corpus, store, later(1), workers=2)
    assert open_build(store) == old
    assert {path.name for path in store.iterdir()} == {"current", "builds", "lock"}


PROGRAM = """
import datetime, pathlib, sys
from indexer.build import build
corpus, store, now = sys.argv[1:]
print("ready", flush=True)
build(pathlib.Path(corpus), pathlib.Path(store), datetime.datetime.fromisoformat(now), workers=2)
"""


def children_of(process: int) -> set[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return {int(line) for line in listed.stdout.split()}


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[[Path, int], "subprocess.Popen[str]"]]:
    running: list[subprocess.Popen[str]] = []

    def start(corpus: Path, number: int) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", PROGRAM, str(corpus), str(tmp_path / "store"), later(number).isoformat()]
        running.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
        stdout = running[-1].stdout
        assert stdout is not None
        assert stdout.readline() == "ready\n"
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["parent", "worker"])
def test_killed_process_of_several_leaves_a_store_that_answers(
    victim: str, corpus: Path, tmp_path: Path, started: Callable[[Path, int], "subprocess.Popen[str]"]
) -> None:
    store = tmp_path / "store"
    build(corpus, store, NOW)
    for number in range(1, 9):
        process = started(corpus, number)
        children: set[int] = set()
        while process.poll() is None and not (children := children_of(process.pid)):
            time.sleep(0.005)
        time.sleep(0.02 * number)
        target = process.pid if victim == "parent" else min(children, default=process.pid)
        if process.poll() is None and Path(f"/proc/{target}").exists():
            os.kill(target, signal.SIGKILL)
        process.wait(60)
        assert rulings_in(open_build(store)) == (RULINGS + 2, RULINGS + 2)
        # Its workers went with it, so that nobody holds the store or writes into it.
        built, _ = build(corpus, store, later(number) + datetime.timedelta(seconds=30), workers=1)
        assert current_build_id(store) == built.manifest.build
        assert {path.name for path in store.iterdir()} == {"current", "builds", KEPT, "lock"}
