"""Curated lists and withdrawn rulings: `corpus/collections/*.toml` and `corpus/withdrawn.toml`."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import tomli
from pydantic import BaseModel, ValidationError

from indexer.corpus_format import CollectionFile, WithdrawnFile
from indexer.deposit import decode
from indexer.domain.collection import Collection, CollectionEntry, Withdrawn
from indexer.domain.ruling import Source
from indexer.markdown import line_of, toml_error_line
from indexer.rules import Rejection

_File = TypeVar("_File", bound=BaseModel)


def read_collections(corpus: Path) -> tuple[dict[str, Collection], list[Rejection]]:
    """Every curated list by name, and why others were refused."""
    collections: dict[str, Collection] = {}
    rejections: list[Rejection] = []
    for path in sorted((corpus / "collections").glob("*.toml")):
        table = _read(path, CollectionFile)
        if isinstance(table, CollectionFile):
            collections[path.stem] = _collection(path.stem, table)
        else:
            rejections += table
    return collections, rejections


def read_withdrawn(corpus: Path) -> tuple[tuple[Withdrawn, ...], list[Rejection]]:
    """The rulings that were taken out, with the reason of each."""
    path = corpus / "withdrawn.toml"
    if not path.exists():
        return (), []
    table = _read(path, WithdrawnFile)
    if isinstance(table, WithdrawnFile):
        return tuple(Withdrawn(entry.id, entry.reason.names(), entry.date) for entry in table.withdrawn), []
    return (), table


def unknown_entries(corpus: Path, collections: Iterable[Collection], held: Iterable[str]) -> list[Rejection]:
    """A rejection for every entry that names a ruling which this build does not hold."""
    known = set(held)
    return [
        Rejection(
            corpus / "collections" / f"{collection.name}.toml", 1, "collection-names-unknown-ruling", entry.ruling
        )
        for collection in collections
        for entry in collection.entries
        if entry.ruling is not None and entry.ruling not in known
    ]


def _read(path: Path, model: type[_File]) -> _File | list[Rejection]:
    text = decode(path)
    if isinstance(text, Rejection):
        return [text]
    try:
        return model.model_validate(tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        return [Rejection(path, toml_error_line(error, text), "collection-unreadable", str(error))]
    except ValidationError as error:
        return [
            Rejection(
                path,
                line_of(text, detail["loc"]),
                "collection-unreadable",
                f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}",
            )
            for detail in error.errors()
        ]


def _collection(name: str, table: CollectionFile) -> Collection:
    return Collection(
        name=name,
        title=table.title.names(),
        description=table.description.names(),
        publisher=table.publisher.names(),
        released=table.released,
        size=table.size,
        sources=tuple(Source(source.title, source.publisher, source.supports, source.url) for source in table.sources),
        entries=tuple(
            CollectionEntry(entry.ruling, entry.place, entry.case_number, entry.title.names())
            for entry in table.entries
        ),
    )
