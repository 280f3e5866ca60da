"""Briefs for these tests: small .docx files made part by part, and what a .docx is once links are taken out again."""

import os
import re
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from app.briefs.model import BriefFile, PlacedLink

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = (
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", W),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", R),
)
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"

ROOT = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml"'
NUMBER = "（2020）京73民初1号"
"""A fictitious case number."""


def a_docx(
    body: str,
    *,
    notes: Mapping[str, str] | None = None,
    more: Mapping[str, bytes] | None = None,
    root: str = ROOT,
    end: str = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>',
) -> bytes:
    """A .docx with this body; ``notes`` are other parts by kind: footnotes, header, …."""
    notes = dict(notes or {})
    members: dict[str, bytes] = {
        "[Content_Types].xml": _content_types(notes).encode(),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}).encode(),
        "word/document.xml": f"{PROLOG}<w:document {root}><w:body>{body}{end}</w:body></w:document>".encode(),
    }
    if notes:
        members["word/_rels/document.xml.rels"] = _relations({kind: f"{kind}1.xml" for kind in notes}).encode()
    for kind, content in notes.items():
        tag = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        members[f"word/{kind}1.xml"] = f"{PROLOG}<w:{tag} {root}>{content}</w:{tag}>".encode()
    return zipped({**members, **(more or {})})


PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these members, dated 2020."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in members.items():
            package.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6)), content, method)
    return out.getvalue()


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a plain string becomes one."""
    return f"<w:p>{properties}{''.join(run if run.startswith('<') else a_run(run) for run in runs)}</w:p>"


def a_run(text: str, properties: str = "<w:rPr><w:b/></w:rPr>") -> str:
    """A run with properties."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:r w:rsidR="00AB12CD">{properties}<w:t xml:space="preserve">{escaped}</w:t></w:r>'


def link_to(brief: BriefFile, words: str, url: str = "https://example.org/r/1", title: str = "") -> PlacedLink:
    """A link over the first place where the brief says ``words``."""
    for number, passage in enumerate(brief.passages):
        if words in passage:
            start = passage.index(words)
            return PlacedLink(number, start, start + len(words), url, title)
    raise AssertionError(f"{words!r} is not in the brief")


def member(data: bytes, name: str = "word/document.xml") -> str:
    """One member of a .docx as text."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name).decode("utf-8")


def linked_texts(data: bytes, name: str = "word/document.xml") -> list[str]:
    """The words under each hyperlink that points outside."""
    tree = _tree(member(data, name).encode())
    return [
        "".join(text.text or "" for text in link.iter(f"{{{W}}}t"))
        for link in tree.iter(f"{{{W}}}hyperlink")
        if f"{{{R}}}id" in link.attrib
    ]


def assert_only_links_differ(before: bytes, after: bytes) -> None:
    """Compare part by part: all else byte for byte, and changed parts once links are taken out and runs joined."""
    with zipfile.ZipFile(BytesIO(before)) as old, zipfile.ZipFile(BytesIO(after)) as new:
        assert new.testzip() is None
        kept = [info for info in new.infolist() if info.filename in old.namelist()]
        assert [info.filename for info in kept] == old.namelist()
        added = set(new.namelist()) - set(old.namelist())
        assert all(name.endswith(".rels") for name in added), added
        for info in kept:
            was = old.getinfo(info.filename)
            assert (info.date_time, info.compress_type) == (was.date_time, was.compress_type)
            assert (info.external_attr, info.create_system) == (was.external_attr, was.create_system)
            original, changed = old.read(info.filename), new.read(info.filename)
            if original == changed:
                assert _raw(before, was) == _raw(after, info)
            elif info.filename.endswith(".rels"):
                _assert_only_hyperlinks_added(original, changed)
            else:
                assert _head(original) == _head(changed)
                assert _unlinked(changed) == _unlinked(original), info.filename


def _raw(data: bytes, info: zipfile.ZipInfo) -> bytes:
    start = info.header_offset
    return data[start : start + 30 + len(info.filename.encode()) + info.compress_size]


def _head(part: bytes) -> bytes:
    """The prolog and the root's start tag."""
    found = re.match(rb"(?:<\?[^>]*>)?\s*<[^>]*>", part)
    assert found
    return found[0]


def _assert_only_hyperlinks_added(original: bytes, changed: bytes) -> None:
    added = re.compile(
        rb'<(?:\w+:)?Relationship Id="[^"]*" Type="[^"]*/hyperlink" Target="[^"]*" TargetMode="External"/>'
    )
    before, after = added.sub(b"", original), added.sub(b"", changed)
    assert ElementTree.canonicalize(before.decode()) == ElementTree.canonicalize(after.decode())


def _tree(part: bytes) -> ElementTree.Element:
    """The root, in the transitional namespaces."""
    for strict, transitional in _STRICT:
        part = part.replace(strict.encode(), transitional.encode())
    return ElementTree.fromstring(part)


@lru_cache(8)
def _unlinked(part: bytes) -> str:
    """The part without external hyperlinks, split runs joined again; canonical, so that only content counts."""
    root = _tree(part)
    for parent in list(root.iter()):
        children: list[ElementTree.Element] = []
        for child in parent:
            external = child.tag == f"{{{W}}}hyperlink" and f"{{{R}}}id" in child.attrib
            children += list(child) if external else [child]
        parent[:] = children
    for name in ("ins", "moveTo", "r", "t"):
        for parent in list(root.iter()):
            _join(parent, f"{{{W}}}{name}")
    return ElementTree.canonicalize(ElementTree.tostring(root, encoding="unicode"))


def _join(parent: ElementTree.Element, tag: str) -> None:
    """Neighbours with the same attributes and properties become one: on both sides of the comparison alike."""
    children: list[ElementTree.Element] = []
    for child in parent:
        if child.tag == f"{{{W}}}t":
            child.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        last = children[-1] if children else None
        if last is None or child.tag != tag or last.tag != tag or child.attrib != last.attrib:
            children.append(child)
        elif tag.endswith("}t"):
            last.text = (last.text or "") + (child.text or "")
        elif _properties(last) == _properties(child):
            last[len(last) :] = [each for each in child if each.tag != f"{{{W}}}rPr"]
        else:
            children.append(child)
    parent[:] = children


def _properties(run: ElementTree.Element) -> bytes:
    found = run.find(f"{{{W}}}rPr")
    return b"" if found is None else ElementTree.tostring(found)


def _relations(targets: Mapping[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{PROLOG}<Relationships xmlns="{_RELATIONSHIPS}">{entries}</Relationships>'


def _content_types(notes: Mapping[str, str]) -> str:
    overrides = "".join(f'<Override PartName="/word/{kind}1.xml" ContentType="{_TYPES}.{kind}+xml"/>' for kind in notes)
    return (
        f'{PROLOG}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>{overrides}</Types>'
    )


def data_folder(name: str) -> Path:
    """A folder of the reference data; whether it is there is for the caller to ask."""
    root = Path(__file__).parents[4]
    return Path(os.environ.get("PANLI_TEST_DATA") or root.parent / "shared" / "data") / name
