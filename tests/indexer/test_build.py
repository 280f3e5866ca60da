"""A build is whole or it is not there: publishing, replacing, refusing, and what a damaged store says."""

import datetime
import json
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlmodel import Session, select

from indexer import store as stores
from indexer.build import build
from indexer.catalogue.tables import CitationRow, CollectionRow, NumberRow, sqlite_engine
from indexer.errors import (
    BuildRunning,
    CorpusMissing,
    CorpusRejected,
    StoreDamaged,
    StoreIncompatible,
    StoreMissing,
)
from indexer.progress import Step
from indexer.read import corpus_digest
from indexer.store import current_build_id, is_stale, open_build, verify
from tests.builders import NOW, a_corpus, collection_file, ruling_file
from tests.indexer.opened import rulings_in


def later(minutes: int) -> datetime.datetime:
    """A time after `NOW`: every build has a time, and so an id, of its own."""
    return NOW + datetime.timedelta(minutes=minutes)


def left_in(store: Path) -> set[str]:
    """What lies in a store."""
    return {path.name for path in store.iterdir()}


class Stopped(Exception):
    """What a stopping watcher raises."""


class StopsAt:
    """A watcher that gives up in one stage, after so many steps; at its beginning when it is 0."""

    def __init__(self, stage: str, steps: int = 0) -> None:
        self._stage, self._steps = stage, steps

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Step]:
        """Count the steps and stop at the one."""
        left = self._steps if name == self._stage else -1
        if left == 0:
            raise Stopped

        def step() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Stopped

        yield step


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return a_corpus(tmp_path, 3)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_build_is_published_and_can_be_opened(corpus: Path, store: Path) -> None:
    built, report = build(corpus, store, NOW)

    opened = open_build(store)
    assert opened == built
    assert rulings_in(opened) == (3, 3)
    assert (report.read, report.written, report.translated, report.rejected) == (3, 3, 1, 0)
    assert dict(opened.manifest.counts) == {
        "rulings": 3,
        "translations": 1,
        "rejected": 0,
        "characters": report.characters,
        "citations_unresolved": 3,  # the provision that each of them applies
    }
    assert opened.manifest.corpus == corpus_digest(corpus)
    assert opened.manifest.built_at == "2026-01-15T12:00:00+00:00"
    assert current_build_id(store) == opened.manifest.build == report.build
    assert left_in(store) == {"current", "builds", "kept", "lock"}


def test_manifest_names_every_file_with_its_size(corpus: Path, store: Path) -> None:
    built, _ = build(corpus, store, NOW)
    files = {
        path.relative_to(built.folder).as_posix(): path.stat().st_size
        for path in built.folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert dict(built.manifest.sizes) == files
    assert "catalogue.sqlite" in files
    assert any(name.startswith("index/") for name in files)


def test_catalogue_holds_numbers_citations_and_collections(corpus: Path, store: Path) -> None:
    collection_file(corpus)
    ruling_file(corpus, 4, parts="## 裁判理由\n\n参见（2020）京73民初1号判决，参照指导案例9901号。\n")
    built, _ = build(corpus, store, NOW)
    engine = sqlite_engine(built.catalogue, read_only=True)
    with Session(engine) as session:
        citations = session.exec(select(CitationRow).where(CitationRow.citing_id == "2020-jing73-minchu-4")).all()
        assert {(row.key, row.cited_id, row.state, row.paragraph) for row in citations} == {
            ("(2020)京73民初1号", "2020-jing73-minchu-1", "resolved", "p1"),
            ("guiding-case:9901", None, "unresolved", "p1"),
        }
        (number,) = session.exec(select(NumberRow).where(NumberRow.ruling_id == "2020-jing73-minchu-4")).all()
        assert (number.key, number.romanised) == ("(2020)京73民初4号", "2020jing73minchu4")
        assert [row.name for row in session.exec(select(CollectionRow)).all()] == ["fictitious-list"]
    engine.dispose()


def test_second_build_replaces_the_first(corpus: Path, store: Path) -> None:
    first, _ = build(corpus, store, NOW)
    ruling_file(corpus, 4)
    second, _ = build(corpus, store, later(1))
    assert open_build(store) == second
    assert rulings_in(open_build(store)) == (4, 4)
    assert rulings_in(first) == (3, 3)  # still there for a service that has it open


def test_only_the_newest_builds_are_kept(corpus: Path, store: Path) -> None:
    ids = [build(corpus, store, later(minute))[0].manifest.build for minute in range(stores.KEPT_BUILDS + 2)]
    assert left_in(store / "builds") == set(ids[-stores.KEPT_BUILDS :])


def test_same_corpus_gives_the_same_catalogue_and_counts(corpus: Path, store: Path) -> None:
    first, _ = build(corpus, store, NOW)
    second, _ = build(corpus, store, later(1))
    assert first.catalogue.read_bytes() == second.catalogue.read_bytes()
    assert first.manifest.counts == second.manifest.counts


def test_broken_file_is_left_out_and_counted(corpus: Path, store: Path) -> None:
    ruling_file(corpus, 4, court="no-court")
    built, report = build(corpus, store, NOW)
    assert rulings_in(built) == (3, 3)
    assert (report.read, report.written, report.rejected) == (4, 3, 1)


def test_file_that_cannot_be_read_does_not_stop_the_build(corpus: Path, store: Path) -> None:
    path = corpus / "rulings" / "bjipc" / "2020" / "2020-jing73-minchu-7.md"
    path.symlink_to("nowhere")
    built, report = build(corpus, store, NOW)
    assert rulings_in(built) == (3, 3)
    assert [(rejection.path, rejection.rule) for rejection in report.rejections] == [(path, "unreadable-file")]


def test_strict_build_of_a_broken_corpus_leaves_the_old_store(corpus: Path, store: Path) -> None:
    old, _ = build(corpus, store, NOW)
    ruling_file(corpus, 4, court="no-court")
    with pytest.raises(CorpusRejected, match="1 files"):
        build(corpus, store, later(1), strict=True)
    assert open_build(store) == old
    assert left_in(store) == {"current", "builds", "kept", "lock"}


def test_strict_build_of_a_sound_corpus_is_published(corpus: Path, store: Path) -> None:
    built, _ = build(corpus, store, NOW, strict=True)
    assert open_build(store) == built


def test_missing_or_empty_corpus_is_told(tmp_path: Path, store: Path) -> None:
    with pytest.raises(CorpusMissing, match="rulings"):
        build(tmp_path / "nowhere", store, NOW)
    (tmp_path / "empty" / "rulings").mkdir(parents=True)
    with pytest.raises(CorpusMissing):
        build(tmp_path / "empty", store, NOW)


def test_corpus_of_broken_files_only_does_not_replace_the_store(corpus: Path, store: Path, tmp_path: Path) -> None:
    old, _ = build(corpus, store, NOW)
    ruling_file(tmp_path / "broken", court="no-court")
    with pytest.raises(CorpusMissing, match="panli check"):
        build(tmp_path / "broken", store, later(1))
    assert open_build(store) == old


def test_store_is_stale_when_the_corpus_changed_and_only_then(corpus: Path, store: Path) -> None:
    assert is_stale(store, corpus_digest(corpus))
    build(corpus, store, NOW)
    assert not is_stale(store, corpus_digest(corpus))
    ruling_file(corpus, 1, outcome="dismissed")
    assert is_stale(store, corpus_digest(corpus))
    build(corpus, store, later(1))
    assert not is_stale(store, corpus_digest(corpus))
    ruling_file(corpus, 1, translation=True)
    assert is_stale(store, corpus_digest(corpus))


def test_damaged_store_is_stale(corpus: Path, store: Path) -> None:
    built, _ = build(corpus, store, NOW)
    built.catalogue.unlink()
    assert is_stale(store, corpus_digest(corpus))


@pytest.mark.parametrize("make", [False, True])
def test_store_without_a_build_is_missing(store: Path, make: bool) -> None:
    if make:
        store.mkdir()
    with pytest.raises(StoreMissing, match="panli build"):
        open_build(store)


def test_every_file_that_is_truncated_is_named(corpus: Path, store: Path) -> None:
    built, _ = build(corpus, store, NOW)
    for name in built.manifest.sizes:
        path = built.folder / name
        content = path.read_bytes()
        path.write_bytes(content[:-1] if content else b"no longer empty")
        with pytest.raises(StoreDamaged) as raised:
            open_build(store)
        assert name in str(raised.value)
        path.unlink()
        with pytest.raises(StoreDamaged) as raised:
            open_build(store)
        assert name in str(raised.value)
        path.write_bytes(content)
    assert open_build(store) == built


def test_every_changed_byte_is_found_by_the_full_check(store: Path, tmp_path: Path) -> None:
    built, _ = build(a_corpus(tmp_path, 1), store, NOW)
    verify(built)
    chance = random.Random(1)
    for name, size in built.manifest.sizes.items():
        path = built.folder / name
        content = path.read_bytes()
        for place in {0, size - 1, *chance.sample(range(size), 60)} if size else ():
            path.write_bytes(
                content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]
            )
            with pytest.raises(StoreDamaged, match=re.escape(name)):
                verify(built)
        path.write_bytes(content)
    verify(built)


def test_every_changed_byte_of_a_manifest_is_found_when_it_is_opened(corpus: Path, store: Path) -> None:
    built, _ = build(corpus, store, NOW)
    path = built.folder / "manifest.json"
    content = path.read_bytes()
    for place, byte in enumerate(content):
        path.write_bytes(content[:place] + bytes([byte ^ 1]) + content[place + 1 :])
        with suppress(StoreDamaged, StoreIncompatible):
            assert open_build(store) == built  # a blank between two values may be another blank
    path.write_bytes(content)
    assert open_build(store) == built


def test_changed_table_of_contents_is_never_unpickled(corpus: Path, store: Path) -> None:
    built, _ = build(corpus, store, NOW)
    (path,) = built.index.glob("*.toc")
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(StoreDamaged, match=re.escape(path.name)):
        open_build(store)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"build": 1}', "\x00"])
def test_manifest_that_cannot_be_read_is_damage(content: str, corpus: Path, store: Path) -> None:
    built, _ = build(corpus, store, NOW)
    (built.folder / "manifest.json").write_text(content)
    with pytest.raises(StoreDamaged, match="manifest"):
        open_build(store)


def test_pointer_to_a_build_that_is_gone_is_damage(corpus: Path, store: Path) -> None:
    build(corpus, store, NOW)
    (store / "current").write_text("no-such-build")
    with pytest.raises(StoreDamaged, match="no-such-build"):
        open_build(store)


@pytest.mark.parametrize(("key", "value"), [("format", 0), ("schema", "another")])
def test_build_of_another_version_is_incompatible(key: str, value: object, corpus: Path, store: Path) -> None:
    built, _ = build(corpus, store, NOW)
    path = built.folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), key: value}), "utf-8")
    with pytest.raises(StoreIncompatible, match="panli build"):
        open_build(store)
    assert is_stale(store, corpus_digest(corpus))


def test_two_builds_at_once_are_refused(corpus: Path, store: Path) -> None:
    with stores.staging(store, "the-first") as folder:
        with pytest.raises(BuildRunning, match="Another build"):
            build(corpus, store, NOW)
        assert folder.is_dir()  # the second did not touch what the first writes
    assert rulings_in(build(corpus, store, NOW)[0]) == (3, 3)


def test_leftovers_of_a_build_that_died_are_removed(corpus: Path, store: Path) -> None:
    left = store / "staging-of-a-dead-build"
    (left / "index").mkdir(parents=True)
    (left / "index" / "half.seg").write_bytes(b"half")
    (store / "staging-current").write_text("half")
    build(corpus, store, NOW)
    assert left_in(store) == {"current", "builds", "kept", "lock"}


STOPS = [
    pytest.param(StopsAt("read"), id="before the first ruling is read"),
    pytest.param(StopsAt("read", 2), id="while reading"),
    pytest.param(StopsAt("write"), id="before the first ruling is written"),
    pytest.param(StopsAt("write", 2), id="while writing"),
    pytest.param(StopsAt("commit"), id="before the commit"),
]


@pytest.mark.parametrize("watcher", STOPS)
def test_error_on_the_way_leaves_the_current_build(watcher: StopsAt, corpus: Path, store: Path) -> None:
    old, _ = build(corpus, store, NOW)
    ruling_file(corpus, 4)
    with pytest.raises(Stopped):
        build(corpus, store, later(1), watcher=watcher)
    assert open_build(store) == old
    assert rulings_in(old) == (3, 3)
    assert left_in(store) == {"current", "builds", "kept", "lock"}
    assert left_in(store / "builds") == {old.manifest.build}
    assert rulings_in(build(corpus, store, later(2))[0]) == (4, 4)
