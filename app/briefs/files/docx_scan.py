"""One part of a .docx → its paragraphs as text and, for those asked for, the place of every stretch in the bytes.

The XML is read with expat, which tells the byte where each event stands: so links can be put in by inserting bytes,
and all else stays as it is. No document type is accepted, hence no entities; nothing is fetched.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from xml.parsers import expat

from app.briefs.files import docx_names as names
from app.briefs.files.docx_story import TABLE_BOOKMARK, Element, NoteMark, Paragraph, RunPiece, Story
from app.briefs.files.errors import N_, BriefUnreadable
from app.briefs.files.limits import MAX_ELEMENTS, MAX_NESTING, check_characters, check_elements, check_passages
from app.briefs.files.package import DAMAGED
from app.briefs.files.spans import mark_of

_DOCTYPE = N_("The file declares a document type, which no word processor writes. Save it again as .docx.")
_DEEP = N_("The file is nested too deeply. Save it again as .docx, or paste its text.")
_TAG = re.compile(rb"<([^\s/>]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_XML_SPACE = "http://www.w3.org/XML/1998/namespace space"


@dataclass(slots=True)
class _Frame:
    """What to come back to at the end of an element."""

    name: str
    start: int
    tracks: tuple[Element, ...]
    place: bool
    run: Element | None
    locked: bool
    fields: "list[_Field]"
    preserves: bool


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    result: bool = False


def scan(source: bytes, wanted: Collection[int] = ()) -> Story:
    """Read a part in UTF-8; ``wanted`` are the paragraphs, by number, whose pieces are to be kept."""
    return _Scanner(source, wanted).run_through()


class _Scanner:
    def __init__(self, source: bytes, wanted: Collection[int]) -> None:
        self.source, self.wanted = source, wanted
        self.story = Story()
        self.frames: list[_Frame] = []
        self.open: list[tuple[int, Paragraph]] = []
        self.tracks: tuple[Element, ...] = ()
        self.place = self.locked = self.hidden = self.bound = False
        self.preserves = False
        self.run: Element | None = None
        self.fields: list[_Field] = []
        self.skipping = self.elements = self.characters = self.group = 0
        self.chunks: list[tuple[int, str]] | None = None
        self.plain = True
        self.prefixes: dict[str, set[str]] = {}
        self.note: tuple[str, str, int] = ("", "", 0)
        self.table_open = False
        self.table_first = -1
        self.parser = expat.ParserCreate("utf-8", " ")

    def run_through(self) -> Story:
        parser = self.parser
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.character_data
        parser.StartCdataSectionHandler = self.cdata
        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.StartNamespaceDeclHandler = self.namespace
        try:
            parser.Parse(self.source, True)
        except (expat.ExpatError, UnicodeError):
            raise BriefUnreadable(DAMAGED) from None
        self.finish()
        return self.story

    # Elements

    def start(self, expanded: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            check_elements(self.elements)
        if len(self.frames) + self.skipping >= MAX_NESTING:
            raise BriefUnreadable(_DEEP)
        name = names.LOCAL.get(expanded, "")
        if self.skipping:
            self._skip(name, attributes)
            return
        at = self.parser.CurrentByteIndex
        self.frames.append(
            _Frame(name, at, self.tracks, self.place, self.run, self.locked, self.fields, self.preserves)
        )
        self.preserves = attributes.get(_XML_SPACE, "preserve" if self.preserves else "") == "preserve"
        if self.run is not None or self.tracks:
            self._note_child(name, at)
        if name not in names.TRANSPARENT:
            self.group += name != "pPr"
        if name in names.SKIPPED or name == "rPr":
            self.skipping = 1
        else:
            self._begin(name, at, attributes)

    def _skip(self, name: str, attributes: dict[str, str]) -> None:
        if name == "vanish" and self.skipping == 1 and self.frames[-1].name == "rPr":
            self.hidden = names.attribute(attributes, "val") not in ("0", "false", "off")
        self.skipping += 1

    def _begin(self, name: str, at: int, attributes: dict[str, str]) -> None:
        if name == "r":
            self.run = Element(at, *self._tag(at)) if self._keeping else Element(at, b"", b"")
            self.hidden = False
        elif name == "t":
            self.chunks, self.plain = [], True
        elif name in names.CHARACTERS:
            if name == "sym":
                self.group += 1
        elif name in names.HOLDERS:
            self._begin_holder(name, at, attributes)
        elif name in names.TRACKED:
            if self.place and self._keeping:
                self.tracks = (*self.tracks, Element(at, *self._tag(at)))
        elif name == "body":
            self.story.prefix = self._tag(at)[1].decode().rpartition(":")[0]
        elif name in ("bookmarkStart", "bookmarkEnd"):
            self._bookmark(name, attributes)
        elif name not in names.TRANSPARENT:
            self._begin_other(name, attributes)

    def _begin_holder(self, name: str, at: int, attributes: dict[str, str]) -> None:
        self.tracks, self.place = (), True
        if name == "p":
            number = len(self.story.texts)
            check_passages(number + 1)
            self.story.texts.append("")
            self.open.append((number, Paragraph(at, pieces=[] if number in self.wanted else None)))
            self.run = None
        elif name == "fldSimple":
            self.locked |= _replaces(names.attribute(attributes, "instr"))
        elif name == "sdtContent":
            self.locked |= self.bound
            self.bound = False

    def _begin_other(self, name: str, attributes: dict[str, str]) -> None:
        self.place = False
        if name == "hyperlink":
            self.locked = True
        elif name == "fldChar":
            self._field(names.attribute(attributes, "fldCharType"))
        elif name == "instrText":
            self.chunks, self.plain = [], True
        elif name == "txbxContent":
            self.fields, self.run = [], None
        elif name in names.NOTE_MARKS and self._reads:
            number, paragraph = self.open[-1]
            note = names.NOTE_MARKS[name], names.attribute(attributes, "id")
            self.story.marks.append(NoteMark(number, paragraph.length, note))
        elif name in names.NOTES:
            self.note = name, names.attribute(attributes, "id"), len(self.story.texts)
        elif name == "sdt":
            self.bound = False
        elif name in names.BOUND or (name == "lock" and names.attribute(attributes, "val").endswith("ontentLocked")):
            self.bound |= self._parent == "sdtPr"

    def end(self, expanded: str) -> None:
        if self.skipping > 1:
            self.skipping -= 1
            return
        self.skipping = 0
        frame = self.frames.pop()
        name, at = frame.name, self.parser.CurrentByteIndex
        if name == "t":
            self._end_text(frame, at)
        elif name in names.CHARACTERS:
            self._character(frame, at)
        elif name == "instrText":
            self._end_instruction()
        elif name == "rPr":
            self._end_properties(frame, at)
        elif name == "r" and self.run is not None and self._keeping:
            self.run.end = self._end_of(frame.start, at)
        elif name in names.TRACKED and len(self.tracks) > len(frame.tracks):
            self.tracks[-1].end = self._end_of(frame.start, at)
        elif name == "p":
            self._end_paragraph(at)
        elif name == "sectPr" and self.frames and self.frames[-1].name == "body":
            self.story.body_end = frame.start
        elif name == "body":
            self.story.body_end = self.story.body_end or at
        elif name in names.NOTES:
            self.story.notes[self.note[:2]] = range(self.note[2], len(self.story.texts))
        if name not in names.TRANSPARENT:
            self.group += name != "pPr"
        self.tracks, self.place, self.run = frame.tracks, frame.place, frame.run
        self.locked, self.fields, self.preserves = frame.locked, frame.fields, frame.preserves

    # Text

    def character_data(self, text: str) -> None:
        if self.chunks is not None and not self.skipping:
            self.chunks.append((self.parser.CurrentByteIndex, text))

    def cdata(self) -> None:
        self.plain = False

    def _end_text(self, frame: _Frame, at: int) -> None:
        chunks, self.chunks = self.chunks or [], None
        text = "".join(chunk for _, chunk in chunks)
        shown = text if self.preserves else text.strip(" \t\r\n")
        if not self._reads or not shown:
            return
        self._add(shown.translate(_AS_SPACE))
        pieces = self._pieces
        if pieces is None or self.run is None:
            return
        child = Element(frame.start, *self._tag(frame.start), preserves=self.preserves)
        child.end = self._end_of(frame.start, at)
        if shown != text or not self.plain or (not self.preserves and b"xml:space" in child.tag):
            pieces.append(self._piece(shown.translate(_AS_SPACE), child.start, child.end, child))
            return
        ends = [start for start, _ in chunks[1:]] + [at]
        for place, ((start, chunk), end) in enumerate(zip(chunks, ends, strict=True)):
            piece = self._piece(chunk.translate(_AS_SPACE), start, end, child)
            piece.literal = len(chunk.encode()) == end - start
            piece.opens, piece.closes = place == 0, place == len(chunks) - 1
            pieces.append(piece)

    def _character(self, frame: _Frame, at: int) -> None:
        if not self._reads or frame.run is None:
            return
        text = names.CHARACTERS[frame.name]
        self._add(text)
        if self._pieces is not None:
            child = Element(frame.start, b"", b"", self._end_of(frame.start, at))
            self._pieces.append(self._piece(text, child.start, child.end, child))

    def _piece(self, text: str, start: int, end: int, child: Element) -> RunPiece:
        run = self.run
        linkable = self.place and not self.locked and not any(_replaces(f.instruction) for f in self.fields)
        around = (*self.tracks, run, child) if run is not None else (child,)
        return RunPiece(text, start, end, linkable, self.group, False, around)

    def _add(self, text: str) -> None:
        self.characters += len(text)
        check_characters(self.characters)
        self.open[-1][1].text.append(text)
        self.open[-1][1].length += len(text)

    @property
    def _parent(self) -> str:
        return self.frames[-2].name if len(self.frames) > 1 else ""

    @property
    def _reads(self) -> bool:
        return bool(self.open) and not self.hidden and all(each.result for each in self.fields)

    @property
    def _keeping(self) -> bool:
        return bool(self.open) and self.open[-1][1].pieces is not None

    @property
    def _pieces(self) -> list[RunPiece] | None:
        return self.open[-1][1].pieces if self.open else None

    # What else a paragraph holds

    def _note_child(self, name: str, at: int) -> None:
        parent = self._parent
        element = self.run if parent == "r" else self.tracks[-1] if parent in names.TRACKED and self.tracks else None
        if element is None or name == "rPr":
            return
        if element.first < 0 and name != "lastRenderedPageBreak":
            element.first = at
        element.last = at

    def _end_properties(self, frame: _Frame, at: int) -> None:
        if self.run is None or not self.frames or self.frames[-1].name != "r":
            return
        if self._keeping:
            self.run.tag += self.source[frame.start : self._end_of(frame.start, at)]
        self.group += self.hidden

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _end_instruction(self) -> None:
        text = "".join(chunk for _, chunk in self.chunks or [])
        self.chunks = None
        if self.fields and not self.fields[-1].result and len(self.fields[-1].instruction) < 100:
            self.fields[-1].instruction += text

    def _bookmark(self, name: str, attributes: dict[str, str]) -> None:
        number, mark = names.attribute(attributes, "id"), names.attribute(attributes, "name")
        self.story.bookmarks.add(number)
        if name == "bookmarkStart" and mark.startswith(TABLE_BOOKMARK) and len(self.open) == 1:
            self.table_open, self.story.table_id = True, number
            self.story.table_mark = mark.removeprefix(TABLE_BOOKMARK)
            self.table_first, self.story.table_start = self.open[-1][0], self.open[-1][1].start
        elif name == "bookmarkEnd" and self.table_open and number == self.story.table_id and self.open:
            self.story.table = range(self.table_first, self.open[-1][0] + 1)
            self.table_open = False

    def _end_paragraph(self, at: int) -> None:
        number, paragraph = self.open.pop()
        for each in self.fields:
            each.result = True  # an instruction does not outlive its paragraph: else a missing end would hide the rest
        self.story.texts[number] = "".join(paragraph.text)
        if paragraph.pieces is not None:
            self.story.pieces[number] = paragraph.pieces
        if self.story.table and number == self.story.table[-1]:
            self.story.table_end = self._end_of(paragraph.start, at)

    def namespace(self, prefix: str | None, uri: str) -> None:
        if self.elements == 0 and uri in (names.RELATIONSHIPS, names.STRICT_RELATIONSHIPS) and prefix:
            self.story.relationships_prefix = prefix
        if uri == names.STRICT_MAIN:
            self.story.strict = True
        self.prefixes.setdefault(prefix or "", set()).add(uri)

    def finish(self) -> None:
        story = self.story
        story.elements = self.elements
        if len(self.prefixes.get(story.relationships_prefix, ())) > 1:
            story.relationships_prefix = ""
        if story.table and mark_of(story.texts[number] for number in story.table) != story.table_mark:
            story.table = range(0)

    # Places

    def _tag(self, at: int) -> tuple[bytes, bytes]:
        found = _TAG.match(self.source, at)
        if found is None:
            raise BriefUnreadable(DAMAGED)
        return found[0], found[1]

    def _end_of(self, start: int, at: int) -> int:
        tag = self._tag(start)[0]
        return start + len(tag) if tag.endswith(b"/>") else self.source.index(b">", at) + 1


_AS_SPACE = str.maketrans("\t\r\n", "   ")


def _replaces(instruction: str) -> bool:
    return (
        instruction.split(maxsplit=1)[:1] != [] and instruction.split(maxsplit=1)[0].upper() in names.REPLACING_FIELDS
    )


def refuse_doctype(*_: object) -> None:
    """A handler of expat: no document types, hence no entities."""
    raise BriefUnreadable(_DOCTYPE)
