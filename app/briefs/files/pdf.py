"""A brief in PDF: its text as PDFium reads it, and a copy to which nothing but link annotations is appended.

The copy is an incremental update: the original bytes, then the new objects. A table of authorities is not put into a
PDF, for that would take a page and a font of our own; it stands in the report.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw  # type: ignore[import-untyped]
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

from app.briefs.files.errors import N_, BriefEncrypted, BriefNeedsOcr, BriefTooLarge, BriefUnreadable
from app.briefs.files.limits import (
    MAX_PAGES,
    MAX_PDF_SECONDS,
    check_characters,
    check_elements,
    check_passages,
    within,
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
_HYPHENS = frozenset((0x02, 0xFFFE))
"""What PDFium gives for a hyphen at the end of a line."""
_PASSWORD_ERROR = 4
"""FPDF_ERR_PASSWORD."""

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
        by_page: dict[int, list[tuple[PlacedLink, list[Box]]]] = {}
        try:
            document = pypdfium2.PdfDocument(self._data)
            try:
                for link in kept:
                    place = self._places[link.passage]
                    boxes = _boxes(document, place, link.start, link.end)
                    by_page.setdefault(place.page, []).append((link, boxes))
            finally:
                document.close()
        except pypdfium2.PdfiumError:
            raise BriefUnreadable(_DAMAGED) from None
        return _annotated(self._data, by_page)


def _read(data: bytes) -> Iterator[tuple[str, _Place]]:
    check_elements(max(map(data.count, (b"[", b"<<", b"("))))
    started = time.monotonic()
    document = _opened(data)
    try:
        within(len(document), MAX_PAGES, N_("The PDF has over %(limit)s pages. Send it in parts."))
        for number in range(len(document)):
            if time.monotonic() - started > MAX_PDF_SECONDS:
                raise BriefTooLarge(_SLOW, int(MAX_PDF_SECONDS))
            yield from _page(document, number)
    except pypdfium2.PdfiumError:
        raise BriefUnreadable(_DAMAGED) from None
    finally:
        document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise BriefEncrypted(_PASSWORD) from None
        raise BriefUnreadable(_DAMAGED) from None


def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[tuple[str, _Place]]:
    """The paragraphs of a page."""
    page = document[number]
    text_page = page.get_textpage()
    characters = list(_characters(text_page))
    text_page.close()
    page.close()
    lines: list[list[tuple[str, int]]] = [[]]
    for char, place in characters:
        if char == "\n":
            lines.append([])
        elif char != "\r":
            lines[-1].append((char, place))
    texts = ["".join(char for char, _ in line) for line in lines]
    for paragraph in joined(texts):
        passage = "\n".join(texts[line] for line in paragraph)
        numbers = [place for line in paragraph for place in (*(place for _, place in lines[line]), -1)]
        yield passage, _Place(number, tuple(numbers[:-1]))


def _characters(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[str, int]]:
    """The characters of a page with their numbers; one beyond the first plane has the numbers of two halves."""
    high = 0
    for number in range(text_page.count_chars()):
        code = pypdfium2.raw.FPDFText_GetUnicode(text_page, number)
        if 0xD800 <= code < 0xDC00:
            high = code
        elif 0xDC00 <= code < 0xE000:
            yield chr(0x10000 + (high - 0xD800 << 10 & 0xFFC00) + code - 0xDC00), number
        elif code in _HYPHENS:
            yield "-", number
        elif code:
            yield chr(code), number


def _boxes(document: pypdfium2.PdfDocument, place: _Place, start: int, end: int) -> list[Box]:
    """One box for each line that a span stands on."""
    page = document[place.page]
    text_page = page.get_textpage()
    try:
        boxes: list[Box] = []
        for first, count in _runs(place.numbers[start:end]):
            boxes += [text_page.get_rect(each) for each in range(text_page.count_rects(first, count))]
        return [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
    finally:
        text_page.close()
        page.close()


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
