"""A draft becomes a ruling: typed values, numbered paragraphs."""

from pathlib import Path

import pytest

from indexer.domain.dates import PartialDate
from indexer.domain.names import Names
from indexer.domain.people import PanelMember, PanelRole, Party, PartyRole
from indexer.domain.ruling import (
    Basis,
    CaseType,
    Confidence,
    Damages,
    DocumentType,
    Outcome,
    Part,
    Procedure,
    Provision,
    Recognition,
    RecognitionKind,
    Relation,
    Ruling,
    Source,
    Tag,
    TextKind,
)
from tests.builders import a_ruling


def ids(ruling: Ruling) -> list[str]:
    """The paragraph ids in reading order."""
    return [paragraph.id for _, paragraph in ruling.paragraphs]


def test_ruling_has_what_its_file_states(tmp_path: Path) -> None:
    ruling = a_ruling(tmp_path)
    assert ruling.id == "2020-jing73-minchu-1"
    assert ruling.number.key == "(2020)京73民初1号"
    assert ruling.court == "bjipc"
    assert ruling.document_type is DocumentType.JUDGMENT
    assert ruling.procedure is Procedure.FIRST_INSTANCE
    assert ruling.case_type is CaseType.CIVIL
    assert ruling.title == Names("虚构案例", "Fictitious case")
    assert ruling.text is TextKind.DIGEST
    assert ruling.decision_date == PartialDate(2020, 6, 30)
    assert ruling.outcome is Outcome.GRANTED
    assert ruling.parties == (
        Party(Names("甲公司", "Example Co."), PartyRole.PLAINTIFF),
        Party(Names("乙公司", "Sample Co."), PartyRole.DEFENDANT),
    )
    assert ruling.sources == (Source("虚构来源", "Example", "the whole digest", "https://example.org/ruling"),)


def test_ruling_has_everything_a_file_can_state(tmp_path: Path) -> None:
    ruling = a_ruling(
        tmp_path,
        case_numbers=["（2020）京73民终1号", "（2020）京73民终2号"],
        procedure="second-instance",
        outcome="upheld",
        decision_date="2020-06",
        fields=["data", "ai"],
        team="digital-data",
        damages={"cny": 300_000, "note": {"zh": "含合理开支"}},
        confidence="medium",
        warning=True,
        unsure=[{"zh": "日期未经核对。", "en": "The day was not checked."}],
        panel=[{"name": {"zh": "张三"}, "role": "presiding-judge"}, {"name": {"zh": "李四"}}],
        parties=[{"name": {"zh": "甲公司"}, "role": "appellant", "role_below": "defendant"}],
        statutes=[{"statute": "专利法", "version": "2020", "article": "第十一条第二款"}],
        proceedings=[{"case_number": "（2019）京0108民初1号", "relation": "first-instance", "court": "bjipc"}],
        cites=["（2018）京73民初1号"],
        recognition=[{"kind": "top-list", "name": {"zh": "虚构名单"}, "year": 2021}],
    )
    assert [number.serial for number in ruling.numbers] == [1, 2]
    assert ruling.decision_date == PartialDate(2020, 6)
    assert ruling.fields == (Tag("data", Basis.EDITOR), Tag("ai", Basis.EDITOR))
    assert ruling.teams == (Tag("digital-data", Basis.STATED),)
    assert ruling.damages == Damages(300_000, Names("含合理开支"))
    assert ruling.confidence is Confidence.MEDIUM
    assert ruling.warning
    assert ruling.unsure == (Names("日期未经核对。", "The day was not checked."),)
    assert ruling.panel == (
        PanelMember(Names("张三"), PanelRole.PRESIDING_JUDGE),
        PanelMember(Names("李四"), PanelRole.NOT_STATED),
    )
    assert ruling.parties[0].role_below is PartyRole.DEFENDANT
    assert ruling.statutes == (Provision("patent-law", "2020", "第十一条第二款"),)
    assert [(entry.number.key, entry.relation, entry.court) for entry in ruling.proceedings] == [
        ("(2019)京0108民初1号", Relation.FIRST_INSTANCE, "bjipc")
    ]
    assert [number.printed for number in ruling.cites] == ["（2018）京73民初1号"]
    assert ruling.recognition == (Recognition(RecognitionKind.TOP_LIST, Names("虚构名单"), 2021),)


def test_fact_that_is_not_stated_stays_unknown(tmp_path: Path) -> None:
    ruling = a_ruling(tmp_path, decision_date=None, outcome=None, cause=None, parties=None)
    assert ruling.decision_date is None
    assert ruling.outcome is None
    assert ruling.cause == Names()
    assert (ruling.parties, ruling.panel, ruling.fields, ruling.teams) == ((), (), (), ())


def test_parts_come_in_order_with_headings_of_either_language(tmp_path: Path) -> None:
    ruling = a_ruling(tmp_path, parts="## 裁判要旨\n\n要旨。\n\n## Facts\n\n甲。\n\n## 裁判理由\n\n乙。\n")
    assert [section.part for section in ruling.sections] == [Part.HEADNOTE, Part.FACTS, Part.REASONING]


PARAGRAPH_IDS = [
    pytest.param("## 案件事实\n\n甲。\n\n乙。\n", ["p1", "p2"], id="numbered from one"),
    pytest.param("## 案件事实\n\n甲。\n\n## 裁判理由\n\n乙。\n", ["p1", "p2"], id="through all parts"),
    pytest.param(
        "## 裁判要旨\n\n甲。\n\n乙。\n\n## 案件事实\n\n丙。\n", ["h1", "h2", "p1"], id="a headnote has its own"
    ),
    pytest.param("## 裁判要旨\n\n甲。{#h1}\n\n## 案件事实\n\n乙。\n", ["h1", "p1"], id="a headnote's id takes no p"),
    pytest.param("## 案件事实\n\n甲。{#p7}\n\n乙。{#p3}\n", ["p7", "p3"], id="given ids stay"),
    pytest.param("## 案件事实\n\n甲。\n\n乙。{#p7}\n\n丙。\n", ["p8", "p7", "p9"], id="new ones follow the highest"),
    pytest.param(
        "## 案件事实\n\n甲。{#p1}\n\n乙。\n\n## 裁判理由\n\n丙。{#p2}\n",
        ["p1", "p3", "p2"],
        id="a paragraph put between two takes neither's id",
    ),
    pytest.param(
        "## 裁判要旨\n\n甲。{#h4}\n\n乙。\n\n## 案件事实\n\n丙。\n", ["h4", "h5", "p1"], id="each letter apart"
    ),
]


@pytest.mark.parametrize(("parts", "expected"), PARAGRAPH_IDS)
def test_paragraphs_are_numbered(parts: str, expected: list[str], tmp_path: Path) -> None:
    assert ids(a_ruling(tmp_path, parts=parts)) == expected


def test_translation_stands_beside_its_paragraph(tmp_path: Path) -> None:
    ruling = a_ruling(tmp_path, translation=True)
    assert ids(ruling) == ["h1", "p1", "p2", "p3", "p4"]
    by_id = {paragraph.id: paragraph for _, paragraph in ruling.paragraphs}
    assert by_id["p2"].text == "乙公司销售了被诉侵权产品。"
    assert by_id["p2"].translation == "Sample Co. sold the accused product."
    assert all(paragraph.translation for paragraph in by_id.values())


def test_ruling_without_a_translation_has_none(tmp_path: Path) -> None:
    assert all(paragraph.translation is None for _, paragraph in a_ruling(tmp_path).paragraphs)
