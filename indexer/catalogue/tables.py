"""The catalogue: everything known of the rulings, in SQL.

A ruling's page is drawn from `RulingRow.document`, a line of a list from its heading; the other tables
answer what is asked across rulings.
"""

import json
import sqlite3
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import zstandard
from pydantic import TypeAdapter
from sqlalchemy import Engine, QueuePool, create_engine
from sqlmodel import Field, SQLModel

from indexer.domain.case_number import CaseNumber
from indexer.domain.names import Names
from indexer.domain.people import Party
from indexer.domain.ruling import Paragraph, Part, Ruling, Section

RULING = TypeAdapter(Ruling)
"""Ruling ⇄ JSON."""
CALLED = TypeAdapter(tuple[tuple[CaseNumber, ...], Names, tuple[Party, ...]])
"""Numbers, title and parties of a ruling ⇄ JSON."""
_LEVEL = 3
_json = json.JSONEncoder(ensure_ascii=False).encode
_pack = zstandard.ZstdCompressor(_LEVEL).compress
_SIZE = 4
"""Bytes that tell how long the heading is."""


def packed(ruling: Ruling) -> bytes:
    """A ruling as the catalogue keeps it: its heading, then its text, each compressed JSON that can be read alone.

    The text is one line that says where each paragraph stands, then a line for each paragraph and each translation. An
    empty translation is none.
    """
    sections, lines = [], []
    for section in ruling.sections:
        paragraphs = []
        for each in section.paragraphs:
            paragraphs.append((each.id, bool(each.text), bool(each.translation)))
            lines += [text for text in (each.text, each.translation) if text]
        sections.append((section.part, paragraphs))
    text = "\n".join(map(_json, (sections, *lines)))
    heading = _pack(RULING.dump_json(replace(ruling, sections=())))
    return len(heading).to_bytes(_SIZE, "little") + heading + _pack(text.encode("utf-8", "surrogatepass"))


def heading_of(document: bytes) -> Ruling:
    """The ruling that `packed` made bytes of, without its sections: read many times as fast as with them."""
    return RULING.validate_json(_unpack(document[_SIZE : _SIZE + int.from_bytes(document[:_SIZE], "little")]))


def unpacked(document: bytes) -> Ruling:
    """The ruling that `packed` made bytes of."""
    return replace(heading_of(document), sections=Text(document).sections())


Place = tuple[str, str, bool]
"""Where one of the texts of a ruling stands: the part, the paragraph's id, and whether it is the translation."""


class Text:
    """The text of a packed ruling, unpacked when it is first asked for; a paragraph is read when it is."""

    def __init__(self, document: bytes) -> None:
        self._document = document

    @cached_property
    def _lines(self) -> list[bytes]:
        return _unpack(self._document[_SIZE + int.from_bytes(self._document[:_SIZE], "little") :]).split(b"\n")

    @property
    def _sections(self) -> list[tuple[str, list[tuple[str, bool, bool]]]]:
        sections: list[tuple[str, list[tuple[str, bool, bool]]]] = json.loads(self._lines[0])
        return sections

    @property
    def places(self) -> list[Place]:
        """Where each text stands, in reading order, a paragraph's own before its translation: as the index has them."""
        return [
            (part, id, translation)
            for part, paragraphs in self._sections
            for id, own, translated in paragraphs
            for translation, there in ((False, own), (True, translated))
            if there
        ]

    def __getitem__(self, place: int) -> str:
        """The text at one of the `places`."""
        text: str = json.loads(self._lines[1 + place].decode("utf-8", "surrogatepass"))
        return text

    def sections(self) -> tuple[Section, ...]:
        """The whole text."""
        texts = iter(json.loads(b"[%b]" % b",".join(self._lines[1:])))
        return tuple(
            Section(
                Part(part),
                tuple(
                    Paragraph(id, next(texts) if own else "", next(texts) if translated else None)
                    for id, own, translated in paragraphs
                ),
            )
            for part, paragraphs in self._sections
        )


def _unpack(frame: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompress(frame)


class RulingRow(SQLModel, table=True):
    __tablename__ = "ruling"

    id: str = Field(primary_key=True)
    number: str
    court: str = Field(index=True)
    decided: str = ""
    """As precise as known: 2025-03-31, 2025-03, 2025 or empty."""
    filed: int
    undone: bool = False
    """Whether a later instance reversed it, wholly or in part, as far as a source or a ruling held says."""
    called: bytes
    """`CALLED` JSON: what it can be called by, to be read for all rulings at once."""
    document: bytes
    """`packed`."""


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
    key: str = Field(index=True)
    cited_id: str | None = Field(default=None, index=True)
    """The ruling meant, when exactly one is held."""
    state: str


class ProceedingRow(SQLModel, table=True):
    __tablename__ = "proceeding"

    serial: int | None = Field(default=None, primary_key=True)
    ruling_id: str = Field(index=True, foreign_key="ruling.id")
    key: str = Field(index=True)
    number: str
    relation: str
    court: str | None = None
    other_id: str | None = Field(default=None, index=True)


class ProvisionRow(SQLModel, table=True):
    __tablename__ = "provision"

    serial: int | None = Field(default=None, primary_key=True)
    ruling_id: str = Field(index=True, foreign_key="ruling.id")
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
    """`packed`."""


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
