"""Courts (法院): who decided, at which level, and which codes its case numbers carry."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from indexer.domain.names import Names


class CourtLevel(StrEnum):
    SUPREME = "supreme"
    HIGH = "high"
    INTERMEDIATE = "intermediate"
    BASIC = "basic"


@dataclass(frozen=True, slots=True)
class Court:
    id: str
    name: Names
    level: CourtLevel
    kind: str
    """``ordinary``, ``ip``, ``internet``, ``tribunal``, ``railway``, ``maritime`` or ``financial``."""
    basis: str
    """How the codes are known: ``observed`` in documents, ``stated`` by a source, by ``rule``; ``derived``: none is."""
    parent: str | None = None
    """The court above; for a tribunal, the court it belongs to."""
    province: str | None = None
    codes: tuple[str, ...] = ()
    """Court codes (法院代字) of numbers since 2016."""
    legacy_codes: tuple[str, ...] = ()
    """Abbreviations that begin its numbers before 2016."""
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    examples: tuple[str, ...] = ()
    """Case numbers that must resolve to this court."""
    counter_examples: tuple[str, ...] = ()
    """Case numbers that must not."""
