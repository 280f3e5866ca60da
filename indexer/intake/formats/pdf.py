"""PDF with text into plain text, read in a process of its own that has little time and memory."""

import re
import subprocess
import sys

from indexer.intake.formats.limits import MAX_TEXT, PDF_MEMORY, PDF_SECONDS
from indexer.intake.formats.text import judgment
from indexer.intake.model import RawJudgment, Refusal

_CODES = {3: "damaged-pdf", 4: "encrypted", 5: "pdf-too-many-pages", 6: "pdf-needs-ocr"}
"""Exit codes of `pdf_child`, and what they mean."""
_PAGE_NUMBER = re.compile(r"[\s\-—–－第]*\d{1,4}[\s\-—–－页]*(?:[/共]\s*\d{1,4}\s*页?)?\s*")
_ENDS = re.compile(r"[。；;：:！？.”’）)]\s*$|[书号院]$")
_CHINESE_LINE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def read_pdf(source: str, data: bytes) -> list[RawJudgment | Refusal]:
    """The judgment of a PDF, or that it is a scan, locked, damaged or a trap."""
    command = [sys.executable, "-I", "-c", _START, str(PDF_MEMORY), str(PDF_SECONDS), *_paths()]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PDF_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return [Refusal(source, "pdf-gave-up", f"{PDF_SECONDS} s")]
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode in _CODES:
        return [Refusal(source, _CODES[done.returncode], said.strip())]
    if done.returncode:
        return [Refusal(source, "pdf-gave-up", f"exit {done.returncode}")]
    if len(said) > MAX_TEXT:
        return [Refusal(source, "text-too-long", str(len(said)))]
    return [judgment(source, joined_lines(said.replace("\ufffe", "").replace("\uffff", "")))]


_START = "import sys; sys.path[:0] = sys.argv[3:]; from indexer.intake.formats.pdf_child import main; main()"


def _paths() -> list[str]:
    return [path for path in sys.path if path]


def joined_lines(text: str) -> str:
    """Lines of a page into paragraphs: a Chinese line that ends within a sentence goes on in the next one."""
    pages = [page.replace("\r\n", "\n").split("\n") for page in text.split("\f")]
    lines = [line.rstrip() for page in pages for line in page if not _PAGE_NUMBER.fullmatch(line)]
    if not lines:
        return ""
    width = sorted(len(line) for line in lines)[len(lines) * 9 // 10]
    out: list[str] = []
    goes_on = False
    for line in lines:
        if not line.strip():
            goes_on = False
            continue
        if goes_on and not line.startswith(("\u3000", "  ")):
            out[-1] += line.strip()
        else:
            out.append(line.strip())
        # A line much shorter than the page is wide ended its paragraph, whatever it ends with.
        full = len(line) >= 0.85 * width
        goes_on = full and not _ENDS.search(line) and bool(_CHINESE_LINE.match(line[-1]))
    return "\n".join(out)
