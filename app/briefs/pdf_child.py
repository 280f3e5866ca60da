"""The process that reads one PDF, with little time and memory: a request and a file in, JSON out.

PDFium is a large program in C++ that reads what strangers send: should it crash, hang or swell, it takes this process
with it and not the service. Standard input is a line of JSON, then the file:

* ``{}``: the answer's ``pages`` are, for each page, its text and the number of each of its characters;
* ``{"spans": [[page, [[first, count], …]], …]}``: ``boxes`` are, for each span, a box for each line it stands on.

What can't be read is ``{"refused": "password" | "damaged" | "pages" | "slow"}``.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""
Span = tuple[int, Sequence[tuple[int, int]]]
"""A page, and stretches of the characters there: the number of the first, and how many."""

_HYPHENS = frozenset((0x02, 0xFFFE))
"""What PDFium gives for a hyphen at the end of a line."""
_PASSWORD_ERROR = 4
"""FPDF_ERR_PASSWORD."""


class _Refused(Exception):
    """Why the file is not read."""


def main() -> None:
    """``python -c … MEMORY SECONDS PAGES PATH…`` with the request and the PDF on standard input."""
    memory, seconds, pages = (int(each) for each in sys.argv[1:4])
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (memory + len(data), memory + len(data)))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))
    try:
        answer = _answer(request, data, pages, time.process_time() + seconds)
    except _Refused as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        answer = {"refused": "slow"}
    json.dump(answer, sys.stdout, separators=(",", ":"))


def _answer(request: Mapping[str, Any], data: bytes, pages: int, until: float) -> Mapping[str, object]:
    import pypdfium2  # type: ignore[import-untyped]  # after the limits are set

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        password = getattr(error, "err_code", None) == _PASSWORD_ERROR
        raise _Refused("password" if password else "damaged") from None
    try:
        if len(document) > pages:
            raise _Refused("pages")
        if "spans" in request:
            return {"boxes": [_boxes(document, cast("Span", tuple(span))) for span in request["spans"]]}
        return {"pages": list(_pages(document, until))}
    except pypdfium2.PdfiumError:
        raise _Refused("damaged") from None
    finally:
        document.close()


def _pages(document: Any, until: float) -> Iterator[tuple[str, list[int]]]:
    for number in range(len(document)):
        if time.process_time() > until:
            raise _Refused("slow")
        page = document[number]
        text_page = page.get_textpage()
        characters = list(_characters(text_page))
        text_page.close()
        page.close()
        yield "".join(char for char, _ in characters), [place for _, place in characters]


def _characters(text_page: Any) -> Iterator[tuple[str, int]]:
    """The characters of a page with their numbers; one beyond the first plane has the numbers of two halves."""
    import pypdfium2.raw  # type: ignore[import-untyped]

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


def _boxes(document: Any, span: Span) -> list[Box]:
    number, stretches = span
    page = document[number]
    text_page = page.get_textpage()
    try:
        boxes: list[Box] = []
        for first, count in stretches:
            boxes += [text_page.get_rect(each) for each in range(text_page.count_rects(first, count))]
        return [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
    finally:
        text_page.close()
        page.close()
