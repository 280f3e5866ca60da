"""LibreOffice makes Chinese briefs with everything in them, and opens them again once they are linked."""

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from app.briefs.files import open_brief
from app.briefs.model import PlacedLink
from tests.app.briefs.files.parts import NUMBER, assert_only_links_differ, data_folder, linked_texts

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
]

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
    }.items()
)
_CHANGE = "<office:change-info><dc:creator>甲</dc:creator><dc:date>2020-01-02T00:00:00</dc:date></office:change-info>"
FODT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
 <style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles>
<office:body><office:text>
<text:tracked-changes>
 <text:changed-region text:id="c1" xml:id="c1"><text:insertion>{_CHANGE}</text:insertion></text:changed-region>
 <text:changed-region text:id="c2" xml:id="c2"><text:deletion>
 {_CHANGE}<text:p>删去</text:p></text:deletion></text:changed-region>
</text:tracked-changes>
<text:h text:outline-level="1">代理词（虚构）</text:h>
<text:p>见（2020）<text:span text:style-name="B">京73</text:span>民初1号判决<text:note
 text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>脚注：{NUMBER}。</text:p></text:note-body></text:note>，下同。</text:p>
<text:p>修订（2020）京<text:change-start text:change-id="c1"/>73民初<text:change-end
 text:change-id="c1"/>1号<text:change text:change-id="c2"/>完。</text:p>
<text:p>批注<office:annotation><dc:creator>乙</dc:creator><text:p>批注内容</text:p></office:annotation>{NUMBER}。</text:p>
<text:p>第<text:page-number text:select-page="current">1</text:page-number>页，<text:a xlink:href="https://example.org">{NUMBER}</text:a>。</text:p>
<table:table><table:table-column/><table:table-row><table:table-cell><text:p>表内{NUMBER}</text:p></table:table-cell></table:table-row></table:table>
<text:p><draw:frame svg:width="6cm" svg:height="2cm" text:anchor-type="paragraph"><draw:text-box
><text:p>框内{NUMBER}</text:p></draw:text-box></draw:frame>框外</text:p>
</office:text></office:body></office:document>
"""


def convert(folder: Path, path: Path, to: str) -> bytes:
    """What LibreOffice makes of a file."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "out" / path.with_suffix(f".{to}").name).read_bytes()


def test_a_chinese_brief_with_everything_in_it_is_linked_and_opens_again(tmp_path: Path) -> None:
    source = tmp_path / "brief.fodt"
    source.write_text(FODT, "utf-8")
    data = convert(tmp_path, source, "docx")
    brief = open_brief("brief.docx", data)
    links = [
        PlacedLink(number, text.index(NUMBER), text.index(NUMBER) + len(NUMBER), "https://example.org/r/1")
        for number, text in enumerate(brief.passages)
        if NUMBER in text
    ]
    assert len(links) == 7
    assert not any("删去" in text or "批注内容" in text for text in brief.passages)
    done = brief.with_links(links)
    assert_only_links_differ(data, done)
    assert linked_texts(done).count(NUMBER) == 6  # one of them was a link already
    assert linked_texts(done, "word/footnotes.xml") == [NUMBER]
    assert open_brief("brief.docx", done).with_links(links) == done
    with_table = tmp_path / "linked.docx"
    with_table.write_bytes(brief.with_links(links, ["引用裁判", NUMBER]))
    back = convert(tmp_path, with_table, "odt")
    with zipfile.ZipFile(BytesIO(back)) as package:
        text = package.read("content.xml").decode()
    assert text.count('xlink:href="https://example.org/r/1"') >= 6
    assert "tracked-changes" in text
    assert "批注内容" in text


DOCX = sorted(data_folder("docx").glob("*.docx"))


@pytest.mark.skipif(not DOCX, reason="the reference data (PANLI_TEST_DATA) is not there")
def test_real_files_open_again_once_linked(tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    linked.mkdir()
    for path in DOCX:
        brief = open_brief(path.name, path.read_bytes())
        links = [
            PlacedLink(number, len(text) // 4, len(text) // 2, "https://example.org/r/1")
            for number, text in enumerate(brief.passages)
        ]
        (linked / path.name).write_bytes(brief.with_links(links, ["Table of authorities"]))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, *map(str, sorted(linked.iterdir()))], check=True, capture_output=True, timeout=120)
    made = sorted((tmp_path / "out").glob("*.odt"))
    assert [path.stem for path in made] == [path.stem for path in DOCX]
    for path in made:
        with zipfile.ZipFile(path) as package:
            text = package.read("content.xml").decode()
        assert text.count('xlink:href="https://example.org/r/1"') > 20, path.stem
        assert "Table of authorities" in text
