"""Linked rulings to rows of the catalogue."""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from indexer.catalogue.papers import packed
from indexer.catalogue.tables import (
    CALLED,
    CitationRow,
    CollectionRow,
    NumberRow,
    ProceedingRow,
    ProvisionRow,
    RulingRow,
    VersionRow,
    WithdrawnRow,
)
from indexer.domain.case_number import romanised_key
from indexer.domain.citation import CitationKind
from indexer.domain.collection import Collection, Withdrawn
from indexer.domain.linked import Linked, keys_of
from indexer.domain.ruling import Ruling
from indexer.domain.statute import article_key

COLLECTION = TypeAdapter(Collection)
Row = tuple[object, ...]
_ROWS_AT_ONCE = 4096
_PRAGMAS = (
    "page_size = 8192",  # three rulings fill a page; of 4,096 bytes one fills half of it
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "cache_size = -65536",
)


class CatalogueWriter:
    """Writes one catalogue file, whole: rows first, many at a time, the indexes on them at the end.

    Nothing is journalled, for the file is nobody's before its build is published.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN")
        for table in SQLModel.metadata.sorted_tables:
            self._connection.execute(str(CreateTable(table)))
        self._rows: dict[type[SQLModel], list[Row]] = {}
        self._count = 0

    def add(self, linked: Linked, document: bytes) -> None:
        """Take one ruling, packed (`papers.packed`), with its citations, proceedings and provisions.

        Rulings come in the order of the index. The ruling's text is not needed in ``linked``.
        """
        ruling = linked.ruling
        decided = str(ruling.decision_date or "")
        called = CALLED.dump_json((ruling.numbers, ruling.title, ruling.parties))
        known = (ruling.id, self._count, ruling.number.key, ruling.court, decided, ruling.number.year, linked.undone)
        self._take(RulingRow, ((*known, called, document),))
        self._count += 1
        self._take(NumberRow, _numbers(linked))
        self._take(CitationRow, _citations(linked))
        self._take(ProceedingRow, _proceedings(linked))
        self._take(ProvisionRow, _provisions(linked))

    def add_collections(self, collections: Mapping[str, Collection], withdrawn: Iterable[Withdrawn]) -> None:
        """Take the curated lists and the withdrawn rulings."""
        self._take(
            CollectionRow,
            (
                (name, position, COLLECTION.dump_json(collection))
                for position, (name, collection) in enumerate(collections.items())
            ),
        )
        self._take(
            WithdrawnRow, ((entry.id, entry.reason.zh or "", entry.reason.en or "", entry.date) for entry in withdrawn)
        )

    def add_version(self, ruling: Ruling, number: int) -> None:
        """Take an earlier text of a ruling."""
        self._take(VersionRow, ((ruling.id, number, packed(ruling, b"")),))

    def commit(self) -> None:
        """Write everything and close the file."""
        for table in list(self._rows):
            self._insert(table)
        for created in SQLModel.metadata.sorted_tables:
            for index in sorted(created.indexes, key=lambda each: str(each.name)):
                self._connection.execute(str(CreateIndex(index)))
        self._connection.execute("COMMIT")
        self.abort()

    def abort(self) -> None:
        """Close the file; what was not committed is of no use."""
        self._connection.close()

    def _take(self, table: type[SQLModel], rows: Iterable[Row]) -> None:
        held = self._rows.setdefault(table, [])
        held.extend(rows)
        if len(held) >= _ROWS_AT_ONCE:
            self._insert(table)

    def _insert(self, table: type[SQLModel]) -> None:
        rows = self._rows.pop(table)
        columns = [column.name for column in SQLModel.metadata.tables[str(table.__tablename__)].columns]
        if columns[0] == "serial":
            columns = columns[1:]
        statement = insert(table).compile(dialect=sqlite.dialect(), column_keys=columns)
        self._connection.executemany(str(statement), rows)


def _numbers(linked: Linked) -> Iterable[Row]:
    """Rows of `NumberRow`."""
    slugs = {number.key: number.slug for number in linked.ruling.numbers}
    for key in keys_of(linked.ruling):
        if key in slugs:
            yield key, linked.ruling.id, romanised_key(slugs[key]) or "", "case-number"
        else:
            yield key, linked.ruling.id, "", "alias"


def _citations(linked: Linked) -> Iterable[Row]:
    """Rows of `CitationRow`."""
    for found in linked.citations:
        citation, rulings = found.resolution.citation, found.resolution.rulings
        yield (
            linked.ruling.id,
            found.paragraph,
            citation.start,
            citation.end,
            citation.text,
            citation.kind.value,
            citation.key,
            rulings[0] if len(rulings) == 1 else None,
            found.resolution.state.value,
        )


def _proceedings(linked: Linked) -> Iterable[Row]:
    """Rows of `ProceedingRow`."""
    for entry, other in linked.proceedings:
        printed = entry.number.printed or str(entry.number)
        yield linked.ruling.id, entry.number.key, printed, entry.relation.value, entry.court, other


def _provisions(linked: Linked) -> Iterable[Row]:
    """Rows of `ProvisionRow`."""
    places: dict[tuple[str, str], str | None] = {}
    for found in linked.citations:
        if found.resolution.citation.kind is CitationKind.PROVISION:
            statute, _, article = found.resolution.citation.key.partition(":")
            places.setdefault((statute, article), found.paragraph)
    for provision in linked.ruling.statutes:
        places.setdefault((provision.statute, article_key(provision.article) if provision.article else ""), None)
    for (statute, article), paragraph in places.items():
        yield linked.ruling.id, statute, article, paragraph
