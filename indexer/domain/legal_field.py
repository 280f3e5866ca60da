"""Legal fields, and the court's specialised trial teams: two facets, each tag with its basis."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.domain.names import Names


@dataclass(frozen=True, slots=True)
class LegalField:
    id: str
    name: Names
    description: Names
    causes: tuple[str, ...] = ()
    """Cause ids each of which alone puts a ruling into this field."""
    statutes: tuple[str, ...] = ()
    """Statute ids each of which alone does so."""
    words: Mapping[str, int] = field(default_factory=dict)
    """Telling words, Chinese and English, each with its weight, 1 to 4."""


@dataclass(frozen=True, slots=True)
class TrialTeam:
    """A specialised trial team (专业审判团队); rulings do not name theirs, so a rule assigns it."""

    id: str
    name: Names
    court: str
    fields: tuple[str, ...]
    basis: Names
    source_url: str
    source_title: str
    published: datetime.date
