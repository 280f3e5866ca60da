"""A judgment as a corpus file: what is in it, what is left out, and that it keeps the rules."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.checks import Context
from indexer.deposit import Deposit
from indexer.intake.corpus import CorpusText, corpus_file
from indexer.intake.formats.text import plain
from indexer.intake.judgment import read_judgment
from indexer.intake.model import Known, RawJudgment, Refusal
from indexer.intake.paragraphs import content_key, with_kept_ids
from indexer.markdown import take_apart
from indexer.validate import Validator
from tests.intake.texts import a_judgment

CONTEXT = Context(datetime.date(2026, 1, 1), Path("corpus"))


def made(text: str, known: Known | None = None) -> CorpusText:
    found = corpus_file(read_judgment(RawJudgment("a.txt", text, known or Known())))
    assert isinstance(found, CorpusText), found
    return found


def faults(file: CorpusText) -> list[str]:
    deposit = Deposit(Path("corpus") / file.path, file.text, None, None, "")
    return [each.rule for each in Validator(CONTEXT).validate(deposit).rejections]


def test_corpus_file_has_its_address_its_source_and_every_paragraph() -> None:
    file = made(a_judgment())
    assert file.path.as_posix() == "rulings/bjipc/2021/2021-jing73-minchu-1.md"
    assert faults(file) == []
    paragraphs = [each for part in take_apart(file.text).parts for each in part.paragraphs]
    assert "".join(sorted(each.text for each in paragraphs)).replace(" ", "") == "".join(
        sorted(line for line in a_judgment().strip().split("\n"))
    ).replace(" ", "")
    assert sorted(int((each.id or "p0")[1:]) for each in paragraphs) == list(range(1, len(paragraphs) + 1))
    assert 'title = "a.txt"' in file.text
    assert 'text = "full"' in file.text
    assert 'decision_date = "2021-12-01"' in file.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (a_judgment().replace("（2021）京73民初1号", ""), "no-case-number"),
        (a_judgment().replace("北京知识产权法院", "虚构县人民法院").replace("京73", "京9999"), "unknown-court"),
    ],
)
def test_judgment_without_address_is_refused(text: str, code: str) -> None:
    found = corpus_file(read_judgment(RawJudgment("a.txt", text)))
    assert isinstance(found, Refusal)
    assert found.code == code


def test_date_before_the_filing_year_is_left_out() -> None:
    file = made(a_judgment().replace("二〇二一年十二月一日", "二〇〇一年十二月一日"))
    assert "decision_date" not in file.text
    assert faults(file) == []


def test_marks_of_the_corpus_format_in_a_text_do_no_harm() -> None:
    file = made(a_judgment(extra='# 证据 {#p1}\n+++\n[[sources]] "引" \\ 号'))
    assert faults(file) == []
    assert "＃ 证据 {#p1} {#p" in file.text


def test_text_that_lost_its_line_breaks_is_parted_where_they_were() -> None:
    text = a_judgment(extra="本院另查明虚构事实。" * 60).replace("\n", " ")
    file = made(text)
    assert faults(file) == []
    assert len([line for line in file.text.split("\n") if " {#p" in line]) >= 12


def test_long_paragraph_of_a_text_without_breaks_is_parted_before_its_items_and_turns() -> None:
    filler = "虚构证言一节，" * 20
    evidence = f"上列事实有下列证据：1、{filler}3.5米；2、{filler}5、；3、{filler}。上述事实，{filler}足以认定。" * 2
    file = made(a_judgment(extra=evidence).replace("\n", " "))
    starts = [line[:4] for line in file.text.split("\n") if " {#p" in line]
    assert {"1、虚构", "2、虚构", "3、虚构", "上述事实"} <= set(starts)
    assert not [start for start in starts if start.startswith(("5、", "5米"))]
    assert "".join(evidence.split()) in content_key(file.text)


def test_ids_follow_the_text_and_are_never_given_twice() -> None:
    old = "## 裁判理由\n\n甲。 {#p1}\n\n乙。 {#p2}\n\n丙。 {#p3}\n"
    new = "## 裁判理由\n\n丙。 {#p1}\n\n丁。 {#p2}\n\n甲 。 {#p3}\n"
    assert with_kept_ids(new, old) == "## 裁判理由\n\n丙。 {#p3}\n\n丁。 {#p4}\n\n甲 。 {#p1}\n"


@given(st.lists(st.text(st.sampled_from("甲乙 。{}#"), min_size=1, max_size=6), max_size=8))
def test_the_same_text_keeps_all_its_ids(lines: list[str]) -> None:
    text = "".join(f"x{line.strip()} {{#p{place}}}\n\n" for place, line in enumerate(lines, 1))
    assert with_kept_ids(text, text) == text
    assert content_key(with_kept_ids(text, "")) == content_key(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_whatever_stands_in_a_text_its_file_keeps_the_rules(noise: str) -> None:
    text = plain(a_judgment(extra=noise)).replace("\ufffd", "")
    found = corpus_file(read_judgment(RawJudgment("a.txt", text.encode("utf-8", "ignore").decode())))
    if isinstance(found, CorpusText):
        assert not {"bad-toml", "unknown-heading", "repeated-paragraph-id", "control-character"} & set(faults(found))
