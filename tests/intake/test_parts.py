"""A judgment is cut into its parts: the judgments of `judgments.py` exactly, and anything at all without harm."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.ruling import Part, Procedure
from indexer.intake.model import Cut, RawJudgment
from indexer.intake.parts import cut, instance
from indexer.intake.parts_openings import Opening, openings, openings_after
from indexer.intake.parts_zones import zones
from tests.intake.judgments import ALL, CIVIL_SECOND, CRIMINAL_FIRST, Written, text_of


def parts_of(text: str) -> list[tuple[Part, str]]:
    """Each part with its text, white space round it taken off."""
    return [(part.part, text[part.start : part.end].strip()) for part in cut(RawJudgment("test", text)).parts]


def holds_together(result: Cut, text: str) -> None:
    """In order, without overlap or gap, covering the text, each kind once."""
    assert [part.start for part in result.parts[:1]] == [0][: len(text)]
    assert [part.end for part in result.parts[-1:]] == [len(text)][: len(text)]
    assert all(first.end == second.start for first, second in pairwise(result.parts))
    assert all(part.start < part.end for part in result.parts)
    assert len({part.part for part in result.parts}) == len(result.parts)


@pytest.mark.parametrize("between", ["\n", "\n\n　　", " "], ids=["lines", "indented lines", "one long line"])
@pytest.mark.parametrize("written", ALL.values(), ids=list(ALL))
def test_each_kind_of_judgment_is_cut_where_it_was_written(written: Written, between: str) -> None:
    text = text_of(written, between)
    assert parts_of(text) == [(part, between.join(lines)) for part, lines in written]
    holds_together(cut(RawJudgment("test", text)), text)


def test_a_text_without_any_break_is_cut_at_its_sentences() -> None:
    text = text_of(CIVIL_SECOND, "")
    wanted = [(part, "".join(lines)) for part, lines in CIVIL_SECOND]
    found = parts_of(text)
    assert [part for part, _ in found if part not in {Part.PARTIES, Part.PROCEDURE}] == [
        part for part, _ in wanted if part not in {Part.PARTIES, Part.PROCEDURE}
    ]
    for part in (Part.FIRST_INSTANCE, Part.REASONING, Part.LEGAL_BASIS, Part.DISPOSITION):
        assert dict(found)[part] == dict(wanted)[part]


def test_parts_within_one_paragraph_are_cut_at_sentences() -> None:
    text = (
        "原告甲公司诉被告乙公司合同纠纷一案，本院受理后，现已审理终结。原告甲公司诉称，被告违约。"
        "本院认为，被告违约。依照《中华人民共和国民法典》第五百七十七条，判决如下：驳回诉讼请求。案件受理费50元，由原告负担。"
    )
    assert parts_of(text) == [
        (Part.PROCEDURE, "原告甲公司诉被告乙公司合同纠纷一案，本院受理后，现已审理终结。"),
        (Part.CLAIMS, "原告甲公司诉称，被告违约。"),
        (Part.REASONING, "本院认为，被告违约。"),
        (Part.LEGAL_BASIS, "依照《中华人民共和国民法典》第五百七十七条，判决如下："),
        (Part.DISPOSITION, "驳回诉讼请求。"),
        (Part.TAIL, "案件受理费50元，由原告负担。"),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [("", "zh"), (" \n ", "zh"), ("一段没有任何标志的文字。", "zh"), ("JUDGMENT 本院认为 判决如下：", "en")],
    ids=["nothing", "white space", "a fragment", "not Chinese"],
)
def test_what_cannot_be_cut_stays_whole(text: str, language: str) -> None:
    result = cut(RawJudgment("test", text, language=language))
    assert [part.part for part in result.parts] == [Part.UNSEGMENTED][: len(text)]
    assert not result.is_segmented
    holds_together(result, text)


@pytest.mark.parametrize(
    "piece",
    [
        "本院",
        "，",
        "如下",
        "判决如下：",
        "经本院审理",
        "依照",
        "一审法院",
        "（2020）",
        "审判长\n",
        "上述事实，有证据证实\n经审理查明\n",
    ],
)
def test_long_repetitive_texts_take_no_long_time(piece: str) -> None:
    text = piece * 100_000
    start = time.process_time()
    holds_together(cut(RawJudgment("test", text)), text)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("head", "procedure"),
    [
        ("（2020）甲01知民初1号\n原告：甲公司。", Procedure.FIRST_INSTANCE),
        ("（2021）最高法知民终2号", Procedure.SECOND_INSTANCE),
        ("（2012）甲刑二终字第3号", Procedure.SECOND_INSTANCE),
        ("上 诉 人（原审原告）：甲公司。", Procedure.SECOND_INSTANCE),
        ("（2015）民提字第9号", Procedure.RETRIAL),
        ("（2019）甲刑再1号\n原审被告人张某。", Procedure.RETRIAL),
        ("再审申请人（一审被告、二审上诉人）：甲公司。", Procedure.RETRIAL),
    ],
)
def test_the_instance_is_read_off_the_title_block(head: str, procedure: Procedure) -> None:
    assert instance(head) is procedure


def test_zones_are_those_of_the_data_set() -> None:
    text = text_of(CRIMINAL_FIRST, " ")
    found = zones(cut(RawJudgment("test", text)), text)
    assert found.facts and found.reasoning and found.disposition
    assert text[slice(*found.facts)].startswith("公诉机关指控：") and text[slice(*found.facts)].endswith("予以采纳。")
    assert text[slice(*found.reasoning)].startswith("本院认为，被告人") and text[slice(*found.reasoning)].endswith(
        "如下："
    )
    assert text[slice(*found.disposition)].startswith("一、") and text[slice(*found.disposition)].endswith("提出上诉。")


@pytest.mark.parametrize("opening", openings(), ids=lambda opening: f"{opening.part}: {opening.examples[0][:16]}")
def test_examples_open_their_part_and_counter_examples_do_not(opening: Opening) -> None:
    assert opening.examples and opening.counter_examples
    for procedure in opening.procedures:
        for after in opening.after:
            tables = [openings_after(procedure, told)[after] for told in (False, True)]
            for text in opening.examples:
                assert opening.part in [table.opened(text, 0, len(text)) for table in tables], (procedure, after, text)
    for text in opening.counter_examples:
        assert not opening.fits(text), text


LINES = [line for written in ALL.values() for _, lines in written for line in lines]


@given(st.text() | st.lists(st.sampled_from([*LINES, "", "如下：", "判决如下：", "终结。"])).map("\n".join))
def test_any_text_is_cut_into_parts_that_cover_it(text: str) -> None:
    holds_together(cut(RawJudgment("test", text)), text)


@given(st.lists(st.sampled_from(LINES), min_size=1).map(" ".join))
def test_zones_of_any_text_lie_within_it(text: str) -> None:
    found = zones(cut(RawJudgment("test", text)), text)
    for span in (found.facts, found.reasoning, found.disposition):
        assert span is None or 0 <= span[0] < span[1] <= len(text)
