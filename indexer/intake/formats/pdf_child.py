"""The process that reads one PDF: bytes in, text out, pages parted by form feeds; exit codes say what is wrong."""

import resource
import sys

from indexer.intake.formats.limits import MAX_PAGES, MAX_TEXT

_PER_PAGE = 20
"""A page with fewer characters than this holds no text worth the name."""


def main() -> None:
    """``python -c … MEMORY SECONDS PATH…`` with the PDF on standard input."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    data = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (memory + len(data), memory + len(data)))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    code, said = _read(data)
    sys.stdout.buffer.write(said.encode("utf-8", "replace"))
    sys.exit(code)


def _read(data: bytes) -> tuple[int, str]:
    import pypdfium2  # type: ignore[import-untyped]  # after the limits are set

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        return (4, "") if "assword" in str(error) else (3, "")
    if count > MAX_PAGES:
        return 5, str(count)
    pages: list[str] = []
    held = 0
    for number in range(count):
        try:
            pages.append(document[number].get_textpage().get_text_bounded())
        except pypdfium2.PdfiumError:
            pages.append("")
        held += len(pages[-1])
        if held > MAX_TEXT:
            break
    if not count:
        return 3, ""
    if sum(len(page.strip()) >= _PER_PAGE for page in pages) * 2 < len(pages):
        return 6, str(count)
    return 0, "\f".join(pages)
