"""The front matter of a corpus file: one model that validates it, documents it and writes its JSON Schema.

`corpus/README.md` explains every key in prose; a test holds the two together.
"""

import datetime
import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from indexer.domain.names import Names
from indexer.domain.people import PanelRole, PartyRole
from indexer.domain.ruling import (
    CaseType,
    Confidence,
    DocumentType,
    Outcome,
    Procedure,
    RecognitionKind,
    Relation,
    TextKind,
)

MAX_FILE_BYTES = 4_000_000
"""The largest corpus file that is read, in bytes."""


def _date_as_text(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _one_line(value: object) -> object:
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else value


Line = Annotated[StrictStr, BeforeValidator(_one_line), Field(min_length=1)]
"""Text on one line, not empty."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Pair(_Table):
    """A name or sentence in Chinese, English or both."""

    zh: Line | None = None
    en: Line | None = None

    def names(self) -> Names:
        """The same pair as a domain value."""
        return Names(self.zh, self.en)


class PartyTable(_Table):
    name: Pair
    role: PartyRole
    role_below: PartyRole | None = None


class PanelTable(_Table):
    name: Pair
    role: PanelRole = PanelRole.NOT_STATED


class StatuteTable(_Table):
    statute: Line
    version: Line | None = None
    article: Line | None = None


class DamagesTable(_Table):
    cny: StrictInt
    note: Pair = Pair()


class ProceedingTable(_Table):
    case_number: Line
    relation: Relation
    court: Line | None = None


class LaterTable(_Table):
    note: Pair
    outcome: Outcome | None = None


class RecognitionTable(_Table):
    kind: RecognitionKind
    name: Pair
    year: Annotated[StrictInt, Field(ge=1949, le=2100)] | None = None
    collection: Line | None = None


class SourceTable(_Table):
    title: Line
    publisher: Line
    supports: Line
    url: Line | None = None


class FrontMatter(_Table):
    """What stands between the two lines of +++ in a ruling's file."""

    case_numbers: Annotated[tuple[Line, ...], Field(min_length=1)]
    court: Line
    document_type: DocumentType
    procedure: Procedure
    case_type: CaseType
    title: Pair
    text: TextKind
    decision_date: Annotated[Line, BeforeValidator(_date_as_text)] | None = None
    cause: Pair = Pair()
    fields: tuple[Line, ...] = ()
    team: Line | None = None
    outcome: Outcome | None = None
    damages: DamagesTable | None = None
    confidence: Confidence | None = None
    warning: StrictBool = False
    unsure: tuple[Pair, ...] = ()
    panel: tuple[PanelTable, ...] = ()
    parties: tuple[PartyTable, ...] = ()
    statutes: tuple[StatuteTable, ...] = ()
    proceedings: tuple[ProceedingTable, ...] = ()
    later: LaterTable | None = None
    cites: tuple[Line, ...] = ()
    recognition: tuple[RecognitionTable, ...] = ()
    sources: tuple[SourceTable, ...] = ()


class EntryTable(_Table):
    """One place on a curated list: a ruling held here, or the number and title of one that is not."""

    ruling: Line | None = None
    place: Annotated[StrictInt, Field(ge=1)] | None = None
    case_number: Line | None = None
    title: Pair = Pair()


class CollectionFile(_Table):
    """A curated list, ``corpus/collections/<name>.toml``."""

    title: Pair
    description: Pair
    publisher: Pair
    released: Annotated[Line, BeforeValidator(_date_as_text)] | None = None
    size: Annotated[StrictInt, Field(ge=1)] | None = None
    """How many cases the published list has, when a source says so."""
    sources: tuple[SourceTable, ...] = ()
    entries: tuple[EntryTable, ...] = ()


class WithdrawnTable(_Table):
    """A ruling that was taken out: its address answers 410 with this reason for ever."""

    id: Line
    reason: Pair
    date: Annotated[Line, BeforeValidator(_date_as_text)]


class WithdrawnFile(_Table):
    withdrawn: tuple[WithdrawnTable, ...] = ()
