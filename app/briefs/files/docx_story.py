"""What a scan of one part of a .docx finds: paragraphs as text, and the elements around each stretch of it."""

from dataclasses import dataclass, field

from app.briefs.files.spans import Piece

TABLE_BOOKMARK = "_PanliTable_"
"""The name of a bookmark over a table of authorities, followed by its sum; an underscore in front hides it in Word."""


@dataclass(slots=True)
class Element:
    """An element that a link may have to close and open again: a run, a w:t, a tracked insertion."""

    start: int
    tag: bytes
    """Its start tag, with what has to follow it: the properties of a run."""
    name: bytes
    end: int = 0
    first: int = -1
    """Where its first child that shows begins."""
    last: int = -1
    preserves: bool = True
    """Of a w:t: white space at its ends counts."""


@dataclass(slots=True)
class RunPiece(Piece):
    """A stretch of a run, with the elements around it, outermost first: insertions, run, w:t."""

    around: tuple[Element, ...] = ()
    opens: bool = True
    closes: bool = True
    """Whether it is the first, or the last, of its innermost element."""


@dataclass(slots=True)
class Paragraph:
    start: int
    text: list[str] = field(default_factory=list)
    length: int = 0
    pieces: list[RunPiece] | None = None
    """Only of those asked for."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a note: in which paragraph, behind how many characters, and which note."""

    paragraph: int
    at: int
    note: tuple[str, str]


@dataclass(slots=True)
class Story:
    """What a part holds."""

    texts: list[str] = field(default_factory=list)
    pieces: dict[int, list[RunPiece]] = field(default_factory=dict)
    marks: list[NoteMark] = field(default_factory=list)
    notes: dict[tuple[str, str], range] = field(default_factory=dict)
    """The paragraphs of each note, by ``footnote`` or ``endnote`` and its id."""
    table: range = range(0)
    """The paragraphs of a table of authorities that was put in here and is unchanged."""
    table_mark: str = ""
    table_id: str = ""
    table_start: int = 0
    table_end: int = 0
    body_end: int = 0
    """Where paragraphs can be appended: before the final section properties."""
    prefix: str = "w"
    relationships_prefix: str = ""
    """The prefix under which ``r:id`` can be written, if the root declares one for good."""
    strict: bool = False
    bookmarks: set[str] = field(default_factory=set)
    """Ids in use."""
    elements: int = 0
