"""Curated lists and withdrawn rulings."""

from pathlib import Path

from indexer.curate import read_collections, read_withdrawn, unknown_entries
from indexer.domain.collection import CollectionEntry, Withdrawn
from indexer.domain.names import Names
from indexer.domain.ruling import Source
from tests.builders import collection_file


def test_collection_is_read_whole(tmp_path: Path) -> None:
    collection_file(
        tmp_path,
        released="2025-04",
        size=10,
        entries=[
            {"ruling": "2020-jing73-minchu-1", "place": 1},
            {"case_number": "（2020）京73民初2号", "title": {"zh": "虚构案例二"}, "place": 2},
        ],
    )
    collections, rejections = read_collections(tmp_path)
    assert rejections == []
    (collection,) = collections.values()
    assert (collection.name, collection.title) == ("fictitious-list", Names("虚构案例选", "Fictitious cases"))
    assert (collection.released, collection.size) == ("2025-04", 10)
    assert collection.sources == (Source("虚构来源", "Example", "the whole digest", "https://example.org/ruling"),)
    assert collection.entries == (
        CollectionEntry("2020-jing73-minchu-1", 1),
        CollectionEntry(None, 2, "（2020）京73民初2号", Names("虚构案例二")),
    )


def test_collections_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("c-list", "a-list", "b-list"):
        collection_file(tmp_path, name)
    collections, _ = read_collections(tmp_path)
    assert list(collections) == ["a-list", "b-list", "c-list"]


def test_broken_collection_costs_only_itself(tmp_path: Path) -> None:
    collection_file(tmp_path, "good-list")
    broken = collection_file(tmp_path, "broken-list", entries=[{"place": 0}, {"place": "first"}])
    collections, rejections = read_collections(tmp_path)
    assert list(collections) == ["good-list"]
    assert {(each.path, each.rule) for each in rejections} == {(broken, "collection-unreadable")}
    assert len(rejections) == 2


def test_corpus_without_collections_has_none(tmp_path: Path) -> None:
    assert read_collections(tmp_path) == ({}, [])
    assert read_withdrawn(tmp_path) == ((), [])


def test_entry_of_a_ruling_not_held_is_told(tmp_path: Path) -> None:
    path = collection_file(tmp_path, entries=[{"ruling": "2020-jing73-minchu-1"}, {"ruling": "2020-jing73-minchu-2"}])
    collections, _ = read_collections(tmp_path)
    (rejection,) = unknown_entries(tmp_path, collections.values(), ["2020-jing73-minchu-1"])
    assert (rejection.path, rejection.rule, rejection.value) == (
        path,
        "collection-names-unknown-ruling",
        "2020-jing73-minchu-2",
    )


def test_entry_that_names_no_ruling_is_never_unknown(tmp_path: Path) -> None:
    collection_file(tmp_path, entries=[{"case_number": "（2020）京73民初2号"}])
    collections, _ = read_collections(tmp_path)
    assert unknown_entries(tmp_path, collections.values(), []) == []


def test_withdrawn_rulings_are_read_with_their_reasons(tmp_path: Path) -> None:
    reason = '{ zh = "应法院要求。", en = "At the court\'s request." }'
    text = f'[[withdrawn]]\nid = "2020-jing73-minchu-1"\nreason = {reason}\ndate = 2025-01-01\n'
    (tmp_path / "withdrawn.toml").write_text(text, "utf-8")
    withdrawn, rejections = read_withdrawn(tmp_path)
    assert rejections == []
    assert withdrawn == (
        Withdrawn("2020-jing73-minchu-1", Names("应法院要求。", "At the court's request."), "2025-01-01"),
    )
