"""A PDF gains link annotations in an update behind its own bytes; the pages look as before."""

import subprocess
import sys
from io import BytesIO

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from app.briefs.files import open_brief
from app.briefs.files.errors import BriefEncrypted, BriefNeedsOcr, BriefUnreadable
from app.briefs.model import PlacedLink
from tests.app.briefs.files.parts import data_folder

URL = "https://example.org/r/1"
NUMBER = "(2020) Jing 73 Min Chu No. 1"


def a_pdf(*pages: tuple[str, ...]) -> bytes:
    """A PDF with lines of text on its pages."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        shown = " ".join(
            f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj 0 -14 Td" for line in lines
        )
        stream = f"BT /F1 11 Tf 72 720 Td {shown} ET".encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        resources = "/Resources<</Font<</F1 3 0 R>>>>/MediaBox[0 0 612 792]"
        objects.append(f"<</Type/Page/Parent 2 0 R{resources}/Contents {len(objects)} 0 R>>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def test_a_citation_gets_a_box_for_each_line_it_stands_on() -> None:
    data = a_pdf(
        (
            "As the court held at length in the judgment of (2020) Jing 73",
            "Min Chu No. 1, the claim is well founded.",
            "Next.",
        )
    )
    brief = open_brief("brief.pdf", data)
    assert list(brief.passages)[1] == "Next."
    words = NUMBER.replace("73 Min", "73\nMin")
    start = brief.passages[0].index(words)
    link = PlacedLink(0, start, start + len(words), URL, "甲")
    done = brief.with_links([link], ["not put in"])
    boxes = [each.get_object() for each in pypdf.PdfReader(BytesIO(done)).pages[0].annotations or ()]
    assert [box["/A"]["/URI"] for box in boxes] == [URL, URL]
    assert boxes[0]["/Rect"][1] > boxes[1]["/Rect"][1]
    assert done.startswith(data)
    assert open_brief("brief.pdf", done).with_links([link]) == done


def test_the_reader_of_pdfs_is_never_loaded_here_and_its_end_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = "import sys; from app.briefs.files import open_brief; open_brief('a.pdf', sys.stdin.buffer.read())"
    said = f"{reads}; print([name for name in sys.modules if name.startswith('pypdfium2')])"
    data = a_pdf(("See the judgment.",))
    done = subprocess.run([sys.executable, "-c", said], input=data, capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
    monkeypatch.setattr("app.briefs.files.pdf.MAX_PDF_MEMORY", 1_000_000)  # too little for the reader to be loaded
    with pytest.raises(BriefUnreadable):
        open_brief("brief.pdf", data)


def test_an_encrypted_pdf_is_read_if_it_opens_but_not_written() -> None:
    writer = pypdf.PdfWriter(BytesIO(a_pdf((f"See {NUMBER} of the court.",))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    brief = open_brief("brief.pdf", out.getvalue())
    assert NUMBER in brief.passages[0]
    with pytest.raises(BriefEncrypted):
        brief.with_links([PlacedLink(0, 4, 9, URL)])


def test_a_pdf_that_asks_for_a_password_is_refused() -> None:
    writer = pypdf.PdfWriter(BytesIO(a_pdf((f"See {NUMBER}.",))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    with pytest.raises(BriefEncrypted):
        open_brief("brief.pdf", out.getvalue())


def test_a_scan_is_refused_with_the_advice_to_recognise_its_text() -> None:
    with pytest.raises(BriefNeedsOcr):
        open_brief("brief.pdf", a_pdf(()))


PDF = sorted(data_folder("pdf").glob("*.pdf"))


@pytest.mark.skipif(not PDF, reason="the reference data (PANLI_TEST_DATA) is not there")
@pytest.mark.parametrize("path", PDF, ids=lambda path: path.stem)
def test_real_files_gain_links_and_look_the_same(path: object) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]
    try:
        brief = open_brief("brief.pdf", data)
    except BriefNeedsOcr:
        return
    links = [PlacedLink(number, 0, min(9, len(text)), URL) for number, text in enumerate(brief.passages)]
    done = brief.with_links(links)
    assert done.startswith(data)
    assert len(done) > len(data)
    again = open_brief("brief.pdf", done)
    assert list(again.passages) == list(brief.passages)
    assert again.with_links(links) == done
    assert _pictures(done) == _pictures(data)


def _pictures(data: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(data)
    pictures = [bytes(page.render(scale=0.5, draw_annots=False).buffer) for page in document]
    document.close()
    return pictures
