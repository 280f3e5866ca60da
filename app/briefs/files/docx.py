"""A brief in .docx: its paragraphs, and the same package with hyperlinks in it.

Read are the main text, footnotes, endnotes, headers and footers, with tables and text boxes: as the text reads when
all tracked changes are accepted. Comments are not part of what the brief says: they are neither read nor linked.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from xml.parsers import expat

from app.briefs.files.docx_links import Relationships, linked, with_table
from app.briefs.files.docx_names import RELATIONSHIPS, STRICT_RELATIONSHIPS
from app.briefs.files.docx_scan import refuse_doctype, scan
from app.briefs.files.docx_story import Story
from app.briefs.files.errors import N_, BriefUnreadable, UnsupportedFormat
from app.briefs.files.limits import check_characters, check_elements, check_passages
from app.briefs.files.package import DAMAGED, Package
from app.briefs.files.spans import in_order
from app.briefs.model import Note, PlacedLink, Stretch

_MACROS = N_("The file holds macros. Save it as .docx without macros.")
_NOT_WORD = N_("This is not a Word document. Save it as .docx, or paste its text.")
_READ = ("footnotes", "endnotes", "header", "footer")
"""Kinds of part that are read after the main one, in this order."""


@dataclass(slots=True)
class _Part:
    name: str
    story: Story
    first: int
    """The number of its first passage."""
    numbers: list[int]
    """Of its paragraphs that are passages: all but those of our own table."""


class DocxBrief:
    """A brief in .docx."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._package = Package(data)
        self._parts: list[_Part] = []
        passages: list[str] = []
        for name in _part_names(self._package):
            story = scan(_decoded(self._package.read(name))[0])
            numbers = [number for number in range(len(story.texts)) if number not in story.table]
            self._parts.append(_Part(name, story, len(passages), numbers))
            passages += [story.texts[number] for number in numbers]
            check_passages(len(passages))
            check_elements(sum(part.story.elements for part in self._parts))
        check_characters(sum(map(len, passages)))
        self.passages: Sequence[str] = tuple(passages)
        self.notes: Sequence[Note] = tuple(self._notes())

    def with_links(self, links: Sequence[PlacedLink], table: Sequence[str] = ()) -> bytes:
        """The same file with links added and, if ``table`` is given, those lines appended as plain paragraphs."""
        changed: dict[str, bytes] = {}
        wanted: dict[int, list[tuple[int, PlacedLink]]] = defaultdict(list)
        for link in in_order(links, [len(passage) for passage in self.passages]):
            place = max(place for place, part in enumerate(self._parts) if part.first <= link.passage and part.numbers)
            part = self._parts[place]
            wanted[place].append((part.numbers[link.passage - part.first], link))
        for place, part in enumerate(self._parts):
            for name, member in self._changed(part, wanted[place], table if place == 0 else ()):
                changed[name] = member
        return self._package.replaced(changed) if changed else self._data

    def _notes(self) -> Iterator[Note]:
        """The footnotes and endnotes that have a mark in the text."""
        held: dict[tuple[str, str], tuple[Stretch, ...]] = {}
        for part in self._parts:
            for note, paragraphs in part.story.notes.items():
                passages = [part.first + number for number in paragraphs]
                held[note] = tuple((each, 0, len(self.passages[each])) for each in passages)
        for part in self._parts:
            places = {number: part.first + place for place, number in enumerate(part.numbers)}
            for mark in part.story.marks:
                if mark.paragraph in places and held.get(mark.note):
                    yield Note(places[mark.paragraph], mark.at, held[mark.note])

    def _changed(
        self, part: _Part, links: Sequence[tuple[int, PlacedLink]], table: Sequence[str]
    ) -> Iterator[tuple[str, bytes]]:
        """The members that links in one part change."""
        original = self._package.read(part.name)
        source, encoding = _decoded(original)
        new = source
        if links:
            story = scan(source, {number for number, _ in links})
            name = _relationships_of(part.name)
            known = self._package.read(name) if name in self._package.names else None
            relationships = Relationships(known, story.strict)
            new = linked(source, story, links, relationships)
            if new != source:
                yield name, relationships.written()
        if table:
            new = with_table(new, scan(new), table)
        if new != source:
            yield part.name, new if encoding is None else new.decode("utf-8").encode(encoding)


def _part_names(package: Package) -> list[str]:
    """The parts to be read: the main one, then notes, headers and footers in the order of their names."""
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        raise UnsupportedFormat(_MACROS)
    if "_rels/.rels" not in package.names:
        raise UnsupportedFormat(_NOT_WORD)
    mains = [target for kind, target in _targets(package, "") if kind == "officeDocument"]
    if len(mains) != 1 or mains[0] not in package.names:
        raise BriefUnreadable(DAMAGED)
    if "wordprocessingml" not in _content_type_text(package):
        raise UnsupportedFormat(_NOT_WORD)
    if "macroEnabled" in _content_type_text(package):
        raise UnsupportedFormat(_MACROS)
    found = sorted(
        (_READ.index(kind), len(target), target) for kind, target in _targets(package, mains[0]) if kind in _READ
    )
    return list(dict.fromkeys([mains[0], *(target for *_, target in found if target in package.names)]))


def _targets(package: Package, part: str) -> list[tuple[str, str]]:
    """The parts a part points to inside the package, each with its kind. What lies outside is left alone."""
    name = _relationships_of(part)
    if name not in package.names:
        return []
    found: list[tuple[str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        kind, _, last = attributes.get("Type", "").rpartition("/")
        if kind in (RELATIONSHIPS, STRICT_RELATIONSHIPS) and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            found.append((last, path))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(package.read(name), True)
    except expat.ExpatError:
        raise BriefUnreadable(DAMAGED) from None
    return found


def _relationships_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _content_type_text(package: Package) -> str:
    if "[Content_Types].xml" not in package.names:
        raise BriefUnreadable(DAMAGED)
    return package.read("[Content_Types].xml").decode("utf-8", "replace")


def _decoded(data: bytes) -> tuple[bytes, str | None]:
    """A part in UTF-8, and its own encoding if that is another; the format knows UTF-8 and UTF-16 only."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            try:
                return data.decode(encoding).encode("utf-8"), encoding
            except UnicodeError:
                raise BriefUnreadable(DAMAGED) from None
    return data, None
