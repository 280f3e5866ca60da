"""Makes files for the tests of the readers: good ones and, on purpose, bad ones."""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(text: str, prolog: str = "", members: int = 0) -> bytes:
    """A .docx with a paragraph for each line of ``text``."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    body = f'<w:document xmlns:w="{W}"><w:body>{paragraphs}</w:body></w:document>'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{prolog}{body}'
    return zipped({"word/document.xml": xml.encode(), **{f"media/{n}": b"" for n in range(members)}})


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def pdf(objects: list[str], root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{rows}".encode())
    out.write(f"trailer\n<</Size {len(places) + 1}/Root {root} 0 R>>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def text_pdf(lines: list[str], pages: int = 1) -> bytes:
    """A PDF whose pages each show these (ASCII) lines."""
    words = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {words}ET"
    kids = " ".join(f"{4 + n} 0 R" for n in range(pages))
    return pdf(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Count {pages}/Kids[{kids}]>>",
            f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
            *["<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 3 0 R/Resources<</Font<</F1"
              "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"] * pages,
        ]
    )  # fmt: skip
