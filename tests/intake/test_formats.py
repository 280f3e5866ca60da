"""Good files of every format: the same judgment comes out of each."""

import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.intake.formats import is_read, read_source
from indexer.intake.formats.html import text_of
from indexer.intake.formats.pdf import joined_lines
from indexer.intake.formats.streams import lines
from indexer.intake.model import RawJudgment
from tests.intake.files import docx, text_pdf
from tests.intake.texts import TRADITIONAL, a_judgment

TEXT = a_judgment()
RECORD = {"text": TEXT, "title": "虚构案", "caseNo": "（2021）京73民初1号"}
PAGE = "<html><head><title>无</title><style>p{}</style></head><body>" + "".join(
    f"<p style='x'>{line}</p><script>alert('坏')</script>" for line in TEXT.split("\n")
)
GOOD: list[tuple[str, Callable[[], bytes]]] = [
    ("a.txt", lambda: TEXT.encode()),
    ("bom.txt", lambda: b"\xef\xbb\xbf" + TEXT.encode()),
    ("windows.txt", lambda: TEXT.replace("\n", "\r\n").encode("gb18030")),
    ("gbk.txt", lambda: TEXT.encode("gbk")),
    ("utf16.txt", lambda: TEXT.encode("utf-16")),
    ("utf16le.txt", lambda: TEXT.encode("utf-16-le")),
    ("utf16be.txt", lambda: TEXT.encode("utf-16-be")),
    ("a.html", lambda: PAGE.encode()),
    ("gbk.htm", lambda: PAGE.replace("<title>", "<meta charset=gb2312><title>").encode("gb18030")),
    ("page.doc", lambda: PAGE.encode()),
    ("a.docx", lambda: docx(TEXT)),
    ("a.md", lambda: f"# {TEXT}".encode()),
    ("a.json", lambda: json.dumps(RECORD, indent=2).encode()),
    ("gbk.json", lambda: json.dumps(RECORD, ensure_ascii=False).encode("gb18030")),
    ("wrapped.json", lambda: json.dumps({"source": json.dumps({"Html": PAGE, "Title": "虚构案"})}).encode()),
    ("a.jsonl", lambda: json.dumps(RECORD).encode()),
    ("a.jsonl.gz", lambda: gzip.compress(json.dumps(RECORD).encode())),
    ("a.jsonl.xz", lambda: lzma.compress(json.dumps(RECORD).encode())),
    ("two members.jsonl.gz", lambda: gzip.compress(json.dumps(RECORD).encode()) + gzip.compress(b"\n")),
]


def texts(path: Path) -> list[str]:
    found = list(read_source(path))
    assert all(isinstance(each, RawJudgment) for each in found), found
    return [each.text for each in found if isinstance(each, RawJudgment)]


def words(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("name", "content"), GOOD, ids=[row[0] for row in GOOD])
def test_same_judgment_comes_out_of_every_format(tmp_path: Path, name: str, content: Callable[[], bytes]) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    [text] = texts(path)
    assert words(text) == words(TEXT)
    assert text.strip().count("\n") == TEXT.strip().count("\n")
    assert is_read(path)


def test_big5_is_not_taken_for_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\n".join(TRADITIONAL).encode("big5"))
    assert texts(path) == ["\n".join(TRADITIONAL)]


def test_judgments_parted_by_a_rule_are_several_and_a_rule_within_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(a_judgment(1) + "=" * 30 + "\n" + a_judgment(2), "utf-8")
    assert [words(text) for text in texts(path)] == [words(a_judgment(1)), words(a_judgment(2))]
    path.write_text(a_judgment(1, extra="=" * 30), "utf-8")
    assert len(texts(path)) == 1


def test_notes_above_a_text_are_known_and_not_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"# 文档标题: 虚构案\n# 案由: 未知案由\n# 案件编号: （2021）京73民初1号\n\n{TEXT}", "utf-8")
    [found] = read_source(path)
    assert isinstance(found, RawJudgment)
    assert (found.known.title, found.known.cause, found.known.case_number) == ("虚构案", "", "（2021）京73民初1号")
    assert "文档标题" not in found.text


def test_columns_of_china_judgments_online(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    record = {
        "s1": "虚构案一审民事判决书", "s2": "北京知识产权法院", "s6": "01", "s7": "（2021）京73民初1号",
        "s11": ["专利权权属、侵权纠纷"], "s31": "2021-12-01",
        "s22": "原告：虚构甲公司。", "s26": "本院认为，应当支持。",
        "s27": "判决如下：停止侵权。",
    }  # fmt: skip
    path.write_text(json.dumps([record, record]), "utf-8")
    first, second = read_source(path)
    assert isinstance(first, RawJudgment)
    assert isinstance(second, RawJudgment)
    assert first.known.court == "北京知识产权法院"
    assert first.known.document_type == "判决书"
    assert first.known.cause == "专利权权属、侵权纠纷"
    assert first.known.parts["reasoning"] == "本院认为，应当支持。"
    assert first.text == "原告：虚构甲公司。\n本院认为，应当支持。\n判决如下：停止侵权。"
    assert second.source == "a.json:2"


def test_cail_has_facts_and_accusation(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"fact": "虚构事实。", "meta": {"accusation": ["盗窃"]}}), "utf-8")
    [found] = read_source(path)
    assert isinstance(found, RawJudgment)
    assert (found.text, found.known.cause) == ("虚构事实。", "盗窃")


def test_pdf_with_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(text_pdf(["The appeal is dismissed with costs.", "The order below stands."], 2))
    [text] = texts(path)
    assert "appeal is dismissed" in text


def test_chinese_lines_of_a_page_become_paragraphs() -> None:
    page = "本院认为，被诉侵权产品具备涉案专利要求的全部\n技术特征，落入其范围。\n综上所述：\n- 3 -\n\f审判长  虚构一"
    assert joined_lines(page).split("\n") == [
        "本院认为，被诉侵权产品具备涉案专利要求的全部技术特征，落入其范围。", "综上所述：", "审判长  虚构一",
    ]  # fmt: skip


def test_hidden_and_active_parts_of_a_page_are_dropped() -> None:
    page = (
        "<div>甲<span style='display:none'>隐</span>乙<script>坏</script><b>丙</b></div><p>丁<!-- 注 --></p><td>戊</td>"
    )
    assert text_of(page).split("\n") == ["甲乙丙", "丁", "戊"]


def test_lines_can_be_gone_on_with_from_any_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(b'{"n": %d}\n' % n for n in range(1_000)) + b"last"))
    every = list(lines(path))
    assert [line.number for line in every] == list(range(1, 1_002))
    assert every[-1].text == b"last"
    for place in (0, 1, 500, 999, 1_000):
        assert list(lines(path, every[place].end)) == every[place + 1 :]


def test_corpus_file_of_our_own_is_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "2021-jing73-minchu-1.md"
    text = '+++\ncase_numbers = ["（2021）京73民初1号"]\ncourt = "bjipc"\n+++\n\n## 裁判理由\n\n本院认为，应当支持。\n'
    path.write_text(text, "utf-8")
    [found] = read_source(path)
    assert isinstance(found, RawJudgment)
    assert found.corpus_file == text
    assert found.known.court == "北京知识产权法院"
