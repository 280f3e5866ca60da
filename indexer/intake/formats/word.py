"""Word files into plain text: .docx by its own XML, .doc through LibreOffice or antiword where installed."""

import io
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

from indexer.intake.formats.limits import DOC_SECONDS, MAX_MEMBERS, MAX_TEXT, MAX_UNPACKED
from indexer.intake.formats.text import decoded, judgment
from indexer.intake.model import Known, RawJudgment, Refusal

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_BODY = "word/document.xml"
_DOC_MAGIC = b"\xd0\xcf\x11\xe0"


class _Damaged(ValueError):
    """The XML of a Word file can't be read."""


def read_docx(source: str, data: bytes) -> list[RawJudgment | Refusal]:
    """The judgment of a .docx: text and tables, not headers, footers, comments or deleted words."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if refusal := _bomb(source, archive):
                return [refusal]
            if _BODY not in archive.namelist():
                return [Refusal(source, "damaged-docx", f"no {_BODY}")]
            body = _member(archive, _BODY)
    except _TooLarge:
        return [Refusal(source, "zip-bomb", f"> {MAX_UNPACKED:,} bytes")]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        return [Refusal(source, "damaged-docx", str(error)[:80])]
    # A document type comes before the first element; no Word file has one.
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body or _utf16_doctype(body):
        return [Refusal(source, "xml-entities")]
    try:
        text = "\n".join(_paragraphs(body))
    except _Damaged as error:
        return [Refusal(source, "damaged-docx", str(error)[:80])]
    return [judgment(source, text, Known())]


def read_doc(source: str, data: bytes) -> list[RawJudgment | Refusal]:
    """The judgment of a .doc, read by LibreOffice or antiword."""
    with tempfile.TemporaryDirectory(prefix="panli-doc-") as folder:
        file = Path(folder, "in.doc")
        file.write_bytes(data)
        command, out = _converter(Path(folder))
        if not command:
            return [Refusal(source, "doc-needs-converter")]
        try:
            done = subprocess.run(
                [*command, str(file)], capture_output=True, timeout=DOC_SECONDS, check=False, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired:
            return [Refusal(source, "doc-not-converted", f"> {DOC_SECONDS} s")]
        found = out.read_bytes()[: 4 * MAX_TEXT] if out and out.exists() else b"" if out else done.stdout
    text = decoded(found)
    if not text or not text.strip():
        return [Refusal(source, "doc-not-converted", f"exit {done.returncode}")]
    return [judgment(source, text)]


def is_encrypted(data: bytes) -> bool:
    """Whether an OLE file is a .docx locked with a password."""
    return data.startswith(_DOC_MAGIC) and "EncryptedPackage".encode("utf-16-le") in data[:200_000]


def _converter(folder: Path) -> tuple[list[str], Path | None]:
    """The command that converts, and the file it writes (None: it prints)."""
    if soffice := shutil.which("soffice") or shutil.which("libreoffice"):
        # A profile of its own: no macros or settings of the user, and several can run at once.
        profile = f"-env:UserInstallation=file://{folder}/profile"
        quiet = ["--headless", "--norestore", "--nolockcheck", "--nodefault"]
        convert = ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)]
        return [soffice, profile, *quiet, *convert], folder / "in.txt"
    if antiword := shutil.which("antiword"):
        return [antiword, "-w", "0", "-m", "UTF-8.txt"], None
    return [], None


def _bomb(source: str, archive: zipfile.ZipFile) -> Refusal | None:
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS:
        return Refusal(source, "zip-bomb", f"{len(members)} members")
    return Refusal(source, "zip-bomb", f"{size:,} bytes") if size > MAX_UNPACKED else None


class _TooLarge(ValueError):
    """A member is larger than its entry in the directory says."""


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        body = member.read(MAX_UNPACKED + 1)
    if len(body) > MAX_UNPACKED:
        raise _TooLarge
    return body


def _utf16_doctype(body: bytes) -> bool:
    return any("<!DOCTYPE".encode(name) in body[:100_000] for name in ("utf-16-le", "utf-16-be"))


def _paragraphs(body: bytes) -> Iterator[str]:
    events = etree.iterparse(
        io.BytesIO(body), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    line: list[str] = []
    try:
        for _, element in events:
            name = str(element.tag).removeprefix(_W).removeprefix(_W_STRICT)
            if name == "t":
                line.append(element.text or "")
            elif name == "tab":
                line.append(" ")
            elif name in ("br", "cr"):
                line.append("\n")
            elif name == "p":
                yield "".join(line)
                line = []
                element.clear()
            elif name == "sdt":
                element.clear()
    except etree.XMLSyntaxError as error:
        raise _Damaged(error.msg) from error
