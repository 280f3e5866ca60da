"""SQLite FTS5 over the same terms, facets counted by SQL; Datasette serves the very same file.

One statement finds the matching rows into a temporary table, the facets are grouped from there, and one more ranks.
A facet of one value a document is a column; one of several is a table of pairs, and for Datasette a column of JSON.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from indexer.index.fields import FACETS
from tests.bench.engines.engine import TOP, Material
from tests.bench.machine import bytes_below
from tests.bench.queries import KINDS, PANLI_ONLY, Question
from tests.bench.rows import Row, as_terms, phrase_terms

FILE = "rulings.sqlite"
MANY = ("field", "team", "court", "cause", "statute", "recognition")
"""Facets that may have several values."""
ONE = tuple(name for name in FACETS if name not in MANY)
_TOKENS = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"


class Measured:
    kinds = frozenset(KINDS) - PANLI_ONLY
    may_skip_facets = True

    def build(self, material: Material, folder: Path) -> dict[str, float]:
        folder.mkdir(parents=True)
        base = sqlite3.connect(folder / FILE)
        base.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-500000; {_tables()}")
        number = 0
        with ProcessPoolExecutor(material.workers, mp_context=get_context("spawn")) as pool:
            for batch in pool.map(as_terms, material.rows):
                _insert(base, number, batch)
                number += len(batch)
        base.execute("INSERT INTO terms(terms) VALUES ('optimize')")
        for name in FACETS:
            if name in MANY:
                base.execute(f"CREATE INDEX by_{name} ON many_{name}(value, doc)")
            else:
                base.execute(f"CREATE INDEX by_{name} ON rulings({_column(name)})")
        base.execute("ANALYZE")
        base.commit()
        base.close()
        return {}

    def sizes(self, folder: Path) -> dict[str, int]:
        return {"index": bytes_below(folder)}

    def open(self, folder: Path) -> None:
        self._base = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True, isolation_level=None)
        self._base.execute("PRAGMA temp_store=MEMORY")
        self._base.execute("PRAGMA mmap_size=8000000000")
        self._base.execute("CREATE TEMP TABLE found(doc INTEGER PRIMARY KEY)")

    def ready(self, question: Question, facets: bool) -> Callable[[], int]:
        match = match_of(question)
        return lambda: self._carried_out(match, question, facets)

    def facet_counts(self) -> Mapping[str, Mapping[str, int]]:
        self._base.execute("DELETE FROM found")
        self._base.execute("INSERT INTO found SELECT doc FROM rulings")
        return self._count(FACETS)

    def _carried_out(self, match: str, question: Question, facets: bool) -> int:
        where, values = _where(question, question.filters)
        order = "r.date DESC" if question.newest else "terms.rank"
        sql = f"SELECT r.id FROM terms JOIN rulings r ON r.doc = terms.rowid WHERE terms MATCH ? {where} "
        self._base.execute(f"{sql} ORDER BY {order} LIMIT {TOP}", (match, *values)).fetchall()
        total = self._find(match, question, question.filters)
        if facets:
            self._count([name for name in FACETS if name not in question.filters])
            for name in question.filters:
                self._find(match, question, {key: v for key, v in question.filters.items() if key != name})
                self._count([name])
        return total

    def _find(self, match: str, question: Question, filters: Mapping[str, str]) -> int:
        """Put the matching rows into ``found``; how many there are."""
        where, values = _where(question, filters)
        self._base.execute("DELETE FROM found")
        joined = "JOIN rulings r ON r.doc = terms.rowid" if where else ""
        sql = f"INSERT INTO found SELECT terms.rowid FROM terms {joined} WHERE terms MATCH ? {where}"
        self._base.execute(sql, (match, *values))
        return int(self._base.execute("SELECT count(*) FROM found").fetchone()[0])

    def _count(self, names: Sequence[str]) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        for name in names:
            if name in MANY:
                sql = f"SELECT m.value, count(*) FROM found JOIN many_{name} m ON m.doc = found.doc GROUP BY m.value"
            else:
                column = _column(name)
                sql = f"SELECT {column}, count(*) FROM found JOIN rulings USING (doc) GROUP BY {column}"
            counts[name] = dict(self._base.execute(sql).fetchall())
        return counts


def match_of(question: Question) -> str:
    """The question in FTS5's language."""
    if question.phrase:
        return " + ".join(f'"{term}"' for term in phrase_terms(question.phrase))
    if question.prefix:
        return f'"{question.prefix}"*'
    words = [f'"{word}"' for word in question.words]
    if question.scope:
        return f"NEAR({' '.join(words)}, 10)"
    text = (" OR " if question.any_of else " AND ").join(words)
    return f'{text} NOT "{question.barred}"' if question.barred else text


def _where(question: Question, filters: Mapping[str, str]) -> tuple[str, list[str | int]]:
    clauses: list[str] = []
    values: list[str | int] = []
    if question.dates:
        clauses.append("r.date BETWEEN ? AND ?")
        values += question.dates
    for name, value in filters.items():
        many = f"EXISTS (SELECT 1 FROM many_{name} m WHERE m.doc = r.doc AND m.value = ?)"
        clauses.append(many if name in MANY else f"r.{_column(name)} = ?")
        values.append(value)
    return "".join(f" AND {clause}" for clause in clauses), values


def _tables() -> str:
    columns = ", ".join(f"{_column(name)} TEXT" for name in FACETS)
    many = "".join(
        f"CREATE TABLE many_{name}(doc INTEGER, value TEXT, PRIMARY KEY (doc, value)) WITHOUT ROWID;" for name in MANY
    )
    return (
        f"CREATE TABLE rulings(doc INTEGER PRIMARY KEY, id TEXT, title TEXT, date INTEGER, {columns});{many}"
        f'CREATE VIRTUAL TABLE terms USING fts5(words, content="", tokenize="{_TOKENS}");'
    )


def _insert(base: sqlite3.Connection, first: int, batch: Sequence[tuple[Row, str]]) -> None:
    marks = ", ".join("?" * (4 + len(FACETS)))
    base.executemany(
        f"INSERT INTO rulings VALUES ({marks})",
        [
            (number, row.id, row.title, row.date, *(_value(name, row.facets[name]) for name in FACETS))
            for number, (row, _) in enumerate(batch, first)
        ],
    )
    base.executemany(
        "INSERT INTO terms(rowid, words) VALUES (?, ?)", [(n, terms) for n, (_, terms) in enumerate(batch, first)]
    )
    for name in MANY:
        pairs = [(number, value) for number, (row, _) in enumerate(batch, first) for value in set(row.facets[name])]
        base.executemany(f"INSERT INTO many_{name} VALUES (?, ?)", pairs)


def _value(name: str, values: list[str]) -> str:
    if name in MANY:
        return json.dumps(values)
    (value,) = values
    return value


def _column(name: str) -> str:
    return f"f_{name}"
