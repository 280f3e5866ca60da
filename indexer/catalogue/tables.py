"""The catalogue: everything known of the rulings, in SQL.

A ruling's page is drawn from `RulingRow.document`, a line of a list from its heading; the other tables
answer what is asked across rulings.
"""

import sqlite3
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import Engine, QueuePool, create_engine
from sqlmodel import Field, SQLModel

from indexer.domain.case_number import CaseNumber
from indexer.domain.names import Names
from indexer.domain.people import Party

CALLED = TypeAdapter(tuple[tuple[CaseNumber, ...], Names, tuple[Party, ...]])
"""Numbers, title and parties of a ruling ⇄ JSON."""


class RulingRow(SQLModel, table=True):
    __tablename__ = "ruling"

    id: str = Field(primary_key=True)
    place: int
    """Its number in the index."""
    number: str
    court: str
    decided: str = ""
    """As precise as known: 2025-03-31, 2025-03, 2025 or empty."""
    filed: int
    undone: bool = False
    """Whether a later instance reversed it, wholly or in part, as far as a source or a ruling held says."""
    called: bytes
    """`CALLED` JSON: what it can be called by, to be read for all rulings at once."""
    document: bytes
    """`papers.packed`, with its text in the index."""


class NumberRow(SQLModel, table=True):
    """A name by which a ruling can be cited."""

    __tablename__ = "number"

    key: str = Field(primary_key=True)
    ruling_id: str = Field(primary_key=True, foreign_key="ruling.id")
    romanised: str = Field(default="", index=True)
    kind: str = "case-number"


class CitationRow(SQLModel, table=True):
    __tablename__ = "citation"

    serial: int | None = Field(default=None, primary_key=True)
    citing_id: str = Field(index=True, foreign_key="ruling.id")
    paragraph: str | None = None
    start: int
    end: int
    text: str
    kind: str
    key: str
    cited_id: str | None = Field(default=None, index=True)
    """The ruling meant, when exactly one is held."""
    state: str


class ProceedingRow(SQLModel, table=True):
    __tablename__ = "proceeding"

    serial: int | None = Field(default=None, primary_key=True)
    ruling_id: str = Field(index=True, foreign_key="ruling.id")
    key: str
    number: str
    relation: str
    court: str | None = None
    other_id: str | None = Field(default=None, index=True)


class ProvisionRow(SQLModel, table=True):
    __tablename__ = "provision"

    serial: int | None = Field(default=None, primary_key=True)
    ruling_id: str = Field(foreign_key="ruling.id")
    statute: str = Field(index=True)
    article: str = ""
    """The article in digits, or empty for the statute as a whole."""
    paragraph: str | None = None


class CollectionRow(SQLModel, table=True):
    __tablename__ = "collection"

    name: str = Field(primary_key=True)
    position: int
    document: bytes


class VersionRow(SQLModel, table=True):
    """An earlier text of a ruling."""

    __tablename__ = "version"

    ruling_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    document: bytes
    """`papers.packed`, with no other text."""


class WithdrawnRow(SQLModel, table=True):
    __tablename__ = "withdrawn"

    id: str = Field(primary_key=True)
    reason_zh: str = ""
    reason_en: str = ""
    date: str


def sqlite_engine(path: Path, read_only: bool) -> Engine:
    """An engine on a catalogue file; read-only connections never write a journal."""
    mode = "ro&immutable=1" if read_only else "rwc"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(f"file:{path.as_posix()}?mode={mode}", uri=True, check_same_thread=False)

    # The pool that SQLAlchemy chooses for "sqlite://" closes the connections of other threads.
    return create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=60)
