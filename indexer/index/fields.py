"""Every field of the full-text index, whatever the engine: its name, kind and weight.

`VERSION` goes into the manifest; raise it whenever a field, its analysis or how it is kept changes.
"""

from dataclasses import dataclass
from enum import StrEnum

from indexer.domain.ruling import Part

VERSION = 4


class Kind(StrEnum):
    TEXT = "text"
    """Analysed into terms (`indexer.index.analysis`)."""
    EXACT = "exact"
    """Several values, each one term as it stands."""
    SPELLING = "spelling"
    """Surface words, for did-you-mean."""
    STORED = "stored"
    """Kept, not searched."""


@dataclass(frozen=True, slots=True)
class IndexField:
    name: str
    kind: Kind
    boost: float = 1.0


ZONES = (
    IndexField("title", Kind.TEXT, 6.0),
    IndexField("headnote", Kind.TEXT, 4.0),
    IndexField("issues", Kind.TEXT, 2.5),
    IndexField("holdings", Kind.TEXT, 3.0),
    IndexField("reasoning", Kind.TEXT, 3.0),
    IndexField("disposition", Kind.TEXT, 2.0),
    IndexField("legal-basis", Kind.TEXT, 1.5),
    IndexField("facts", Kind.TEXT, 1.0),
    IndexField("evidence", Kind.TEXT, 0.8),
    IndexField("claims", Kind.TEXT, 0.7),
    IndexField("defence", Kind.TEXT, 0.7),
    IndexField("first-instance", Kind.TEXT, 0.6),
    IndexField("procedure", Kind.TEXT, 0.6),
    IndexField("unsegmented", Kind.TEXT, 1.0),
    IndexField("tail", Kind.TEXT, 0.3),
    IndexField("party", Kind.TEXT, 2.0),
    IndexField("panel", Kind.TEXT, 1.0),
    IndexField("cause", Kind.TEXT, 2.0),
    IndexField("court", Kind.TEXT, 1.0),
)
"""The text fields: one for each part of a judgment, and the metadata that is searched as text."""

OTHERS = (
    IndexField("number", Kind.EXACT),
    IndexField("cites", Kind.EXACT),
    IndexField("statute", Kind.EXACT),
    IndexField("spelling", Kind.SPELLING),
    IndexField("id", Kind.STORED),
)

FIELDS = ZONES + OTHERS

ZONE_OF_PART: dict[Part, str] = {part: part.value for part in Part} | {Part.PARTIES: "party"}
"""The text field that a part's paragraphs are searched in."""

FACETS = (
    "field",
    "team",
    "court",
    "level",
    "year",
    "filed",
    "cause",
    "procedure",
    "case_type",
    "document_type",
    "outcome",
    "statute",
    "recognition",
    "text",
)
"""The facets, in the order in which they are offered. `year` is the year of decision, `filed` that of filing."""

NOT_STATED = "not-stated"
"""The facet value of a ruling that states none."""
