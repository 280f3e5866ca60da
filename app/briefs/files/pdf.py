"""A brief in PDF: its text as PDFium reads it, and a copy to which nothing but link annotations is appended.

PDFium runs in a process of its own, `app.briefs.pdf_child`, with little time and memory.

The copy is an incremental update: the original bytes, then the new objects. A table of authorities is not put into a
PDF, for that would take a page and a font of our own; it stands in the report.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

from app.briefs.files.errors import N_, BriefEncrypted, BriefNeedsOcr, BriefTooLarge, BriefUnreadable
from app.briefs.files.limits import (
    MAX_PAGES,
    MAX_PDF_MEMORY,
    MAX_PDF_SECONDS,
    check_characters,
    check_elements,
    check_passages,
)
from app.briefs.files.lines import joined
from app.briefs.files.spans import in_order, one_line, safe_address
from app.briefs.model import Note, PlacedLink

_DAMAGED = N_("The PDF is damaged or cut off. Print it to PDF again, or paste its text.")
_PASSWORD = N_("The PDF asks for a password. Save it without one, or paste its text.")
_PROTECTED = N_("The PDF is protected against changes, so no links can be put in. The report is complete without them.")
_SCAN = N_(
    "The PDF holds pictures of pages, without text. Run text recognition (OCR) over it first, or paste the text."
)
_SLOW = N_("The PDF takes over %(limit)s seconds to read. Send it in parts, or paste its text.")
_PAGES = N_("The PDF has over %(limit)s pages. Send it in parts.")
_START = "import sys; sys.path[:0] = sys.argv[4:]; from app.briefs.pdf_child import main; main()"

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a passage stands: a page, and for each of its characters the number there, or −1 for a line break."""

    page: int
    numbers: tuple[int, ...]


class PdfBrief:
    """A brief in PDF."""

    notes: Sequence[Note] = ()

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._places: list[_Place] = []
        passages: list[str] = []
        for passage, place in _read(data):
            passages.append(passage)
            self._places.append(place)
            check_passages(len(passages))
        check_characters(sum(map(len, passages)))
        if sum(not char.isspace() for passage in passages for char in passage[:100]) < 10:
            raise BriefNeedsOcr(_SCAN)
        self.passages: Sequence[str] = tuple(passages)

    def with_links(self, links: Sequence[PlacedLink], table: Sequence[str] = ()) -> bytes:
        """The same file with link annotations; ``table`` is not put in."""
        del table
        kept = in_order(links, [len(passage) for passage in self.passages])
        if not kept:
            return self._data
        places = [self._places[link.passage] for link in kept]
        spans = [
            (place.page, list(_runs(place.numbers[link.start : link.end])))
            for place, link in zip(places, kept, strict=True)
        ]
        by_page: dict[int, list[tuple[PlacedLink, list[Box]]]] = {}
        for link, place, boxes in zip(kept, places, _asked({"spans": spans}, self._data)["boxes"], strict=True):
            by_page.setdefault(place.page, []).append((link, boxes))
        return _annotated(self._data, by_page)


def _read(data: bytes) -> Iterator[tuple[str, _Place]]:
    check_elements(max(map(data.count, (b"[", b"<<", b"("))))
    for number, (text, places) in enumerate(_asked({}, data)["pages"]):
        yield from _page(number, text, places)


def _asked(request: Mapping[str, object], data: bytes) -> Mapping[str, Any]:
    """What the process that reads PDFs answers, or the refusal that its end means."""
    limits = (MAX_PDF_MEMORY, int(MAX_PDF_SECONDS), MAX_PAGES)
    command = [sys.executable, "-I", "-c", _START, *map(str, limits), *_paths()]
    sent = json.dumps(request).encode() + b"\n" + data
    try:
        done = subprocess.run(command, input=sent, capture_output=True, timeout=10 * MAX_PDF_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise BriefTooLarge(_SLOW, int(MAX_PDF_SECONDS)) from None
    if done.returncode:
        killed = done.returncode == -signal.SIGXCPU or done.returncode == -signal.SIGKILL
        raise BriefTooLarge(_SLOW, int(MAX_PDF_SECONDS)) if killed else BriefUnreadable(_DAMAGED)
    answer: Mapping[str, Any] = json.loads(done.stdout)
    match answer.get("refused"):
        case "password":
            raise BriefEncrypted(_PASSWORD)
        case "damaged":
            raise BriefUnreadable(_DAMAGED)
        case "pages":
            raise BriefTooLarge(_PAGES, MAX_PAGES)
        case "slow":
            raise BriefTooLarge(_SLOW, int(MAX_PDF_SECONDS))
    return answer


def _paths() -> list[str]:
    """Where the child finds this package, from whatever folder it was started, and what it imports."""
    return [str(Path(__file__).parents[3]), *(path for path in sys.path if path)]


def _page(number: int, text: str, places: Sequence[int]) -> Iterator[tuple[str, _Place]]:
    """The paragraphs of a page."""
    lines: list[list[tuple[str, int]]] = [[]]
    for char, place in zip(text, places, strict=True):
        if char == "\n":
            lines.append([])
        elif char != "\r":
            lines[-1].append((char, place))
    texts = ["".join(char for char, _ in line) for line in lines]
    for paragraph in joined(texts):
        passage = "\n".join(texts[line] for line in paragraph)
        numbers = [place for line in paragraph for place in (*(place for _, place in lines[line]), -1)]
        yield passage, _Place(number, tuple(numbers[:-1]))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow one another, as first and count."""
    first = count = 0
    for number in (*numbers, -1):
        if count and number == first + count:
            count += 1
            continue
        if count:
            yield first, count
        first, count = number, int(number >= 0)


def _annotated(data: bytes, by_page: dict[int, list[tuple[PlacedLink, list[Box]]]]) -> bytes:
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise BriefEncrypted(_PROTECTED)
        writer = pypdf.PdfWriter(BytesIO(data), incremental=True)
        _skip_numbers_in_use(writer, reader.trailer.get("/Size"), len(data))
        added = 0
        for number, links in by_page.items():
            page = writer.pages[number]
            taken = list(_link_boxes(page))
            for link, boxes in links:
                for box in boxes:
                    if not any(_overlap(box, other) for other in taken):
                        _add(writer, page, link, box)
                        added += 1
        if not added:
            return data
        out = BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise BriefUnreadable(_DAMAGED) from None
    return out.getvalue()


def _skip_numbers_in_use(writer: pypdf.PdfWriter, size: object, limit: int) -> None:
    """Let new objects be numbered from the size on that the file states: pypdf does not count cross-reference streams,
    and would give away the number of one, which readers then take for the stream."""
    if isinstance(size, int) and size <= limit:
        writer._objects.extend([None] * (size - len(writer._objects)))


def _link_boxes(page: pypdf.PageObject) -> Iterator[Box]:
    """Where links stand already."""
    for each in page.annotations or ():
        annotation = each.get_object()
        if isinstance(annotation, DictionaryObject) and annotation.get("/Subtype") == "/Link":
            rectangle = annotation.get("/Rect")
            if not isinstance(rectangle, ArrayObject) or len(rectangle) != 4:
                continue
            left, bottom, right, top = (float(value) for value in rectangle)
            yield min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than a tenth of the smaller one; neighbouring lines always touch a little."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0 and high > 0 and wide * high > 0.1 * min(_area(one), _area(other))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _add(writer: pypdf.PdfWriter, page: pypdf.PageObject, link: PlacedLink, box: Box) -> None:
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/URI"),
            NameObject("/URI"): TextStringObject(safe_address(link.url)),
        }
    )
    annotation = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([FloatObject(round(value, 2)) for value in box]),
            NameObject("/Border"): ArrayObject([NumberObject(0)] * 3),
            NameObject("/F"): NumberObject(4),
            NameObject("/A"): action,
        }
    )
    if link.title:
        annotation[NameObject("/Contents")] = TextStringObject(one_line(link.title))
    reference = writer._add_object(annotation)
    existing = page.annotations
    page[NameObject("/Annots")] = ArrayObject([*(existing or ()), reference])
