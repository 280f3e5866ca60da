"""Cause, legal fields and trial team, each with its basis."""

from pathlib import Path

import pytest

from indexer.domain.registry import legal_fields, trial_teams
from indexer.domain.ruling import Basis, Confidence
from indexer.tag import causes_of, tag
from tests.builders import PARTS, Value, a_ruling

CAUSES = [
    ("", []),
    ("虚构纠纷", []),
    ("侵害外观设计专利权纠纷", ["patent-infringement-design"]),
    ("侵害商标权纠纷", ["trademark-infringement"]),
    # with and without 纠纷
    ("侵害商标权", ["trademark-infringement"]),
    # a remark in brackets of either width
    ("侵害商标权纠纷（管辖权异议）", ["trademark-infringement"]),
    ("侵害商标权纠纷(管辖权异议)", ["trademark-infringement"]),
    # compounds: each piece with and without 纠纷
    ("侵害商标权及不正当竞争纠纷", ["trademark-infringement", "unfair-competition"]),
    ("侵害商标权与不正当竞争纠纷", ["trademark-infringement", "unfair-competition"]),
    ("侵害商标权、不正当竞争纠纷", ["trademark-infringement", "unfair-competition"]),
    ("侵害商标权以及不正当竞争纠纷", ["trademark-infringement", "unfair-competition"]),
    ("侵害商标权纠纷、不正当竞争纠纷", ["trademark-infringement", "unfair-competition"]),
    ("侵害商标权及虚构纠纷", ["trademark-infringement"]),
    ("侵害商标权及侵害商标权纠纷", ["trademark-infringement"]),
    # a cause whose own name is a compound is found whole
    ("著作权权属、侵权纠纷", ["copyright-ownership-infringement"]),
]


@pytest.mark.parametrize(("text", "expected"), CAUSES)
def test_causes_are_those_that_the_wording_names(text: str, expected: list[str]) -> None:
    tags = causes_of(text)
    assert [each.value for each in tags] == expected
    assert all(each.basis is Basis.STATED for each in tags)


FIELDS = [
    # what the file states → the field, and the words that say why
    pytest.param({"cause": {"zh": "植物新品种权权属纠纷"}}, "seeds", "案由", id="by cause"),
    pytest.param({"cause": {"zh": "侵害商标权及侵害植物新品种权纠纷"}}, "seeds", "案由", id="by one of two causes"),
    pytest.param(
        {"statutes": [{"statute": "drug-patent-early-resolution-measures"}]}, "biomedicine", "法规", id="by statute"
    ),
]


@pytest.mark.parametrize(("changes", "field", "why"), FIELDS)
def test_field_follows_from_a_rule_and_says_which(
    changes: dict[str, Value], field: str, why: str, tmp_path: Path
) -> None:
    tags = {each.value: each for each in tag(a_ruling(tmp_path, 1, parts=PARTS, translation=False, **changes)).fields}
    assert field in tags
    assert tags[field].basis is Basis.RULE
    assert why in (tags[field].note.zh or "")
    assert tags[field].note.en


INFERRED = [
    pytest.param({"title": {"zh": "虚构的仿制药与原研药专利案"}}, id="by words of the title"),
    pytest.param({"title": {"zh": "虚构专利案", "en": "A fictitious vaccine and its generic drug"}}, id="in English"),
]


@pytest.mark.parametrize("changes", INFERRED)
def test_field_inferred_from_words_says_so_with_its_confidence(changes: dict[str, Value], tmp_path: Path) -> None:
    tags = {each.value: each for each in tag(a_ruling(tmp_path, 1, parts=PARTS, translation=False, **changes)).fields}
    assert tags["biomedicine"].basis is Basis.INFERRED
    assert tags["biomedicine"].confidence in (Confidence.HIGH, Confidence.MEDIUM)
    assert "用语" in (tags["biomedicine"].note.zh or "")


def test_two_words_of_the_text_give_a_field(tmp_path: Path) -> None:
    parts = PARTS.replace("一项外观设计", "一种疫苗及其原料药和药物组合物")
    assert "biomedicine" in [each.value for each in tag(a_ruling(tmp_path, parts=parts)).fields]


@pytest.mark.parametrize("word", ["疫苗", "5G", "ChatGPT"])
def test_one_telling_word_proves_nothing(word: str, tmp_path: Path) -> None:
    # 5G and ChatGPT stand in the Chinese and in the English list: still one word.
    parts = PARTS.replace("一项外观设计", word)
    assert [each.value for each in tag(a_ruling(tmp_path, parts=parts)).fields] == ["other"]


def test_ruling_in_no_field_is_in_other(tmp_path: Path) -> None:
    (only,) = tag(a_ruling(tmp_path)).fields
    assert (only.value, only.basis) == ("other", Basis.RULE)


def test_field_of_the_editor_is_kept_and_no_rule_adds_to_it(tmp_path: Path) -> None:
    ruling = tag(a_ruling(tmp_path, fields=["data"], cause={"zh": "侵害植物新品种权纠纷"}))
    assert [(each.value, each.basis) for each in ruling.fields] == [("data", Basis.EDITOR)]


TEAMS = [("biomedicine", "pharmaceuticals"), ("data", "digital-data"), ("seeds", "agricultural-seeds")]


@pytest.mark.parametrize(("field", "team"), TEAMS)
def test_team_follows_from_the_field_and_shows_its_basis(field: str, team: str, tmp_path: Path) -> None:
    (only,) = tag(a_ruling(tmp_path, fields=[field])).teams
    assert (only.value, only.basis) == (team, Basis.RULE)
    assert only.note == trial_teams()[team].basis
    assert only.note.zh
    assert only.note.en


def test_every_other_field_gives_no_team(tmp_path: Path) -> None:
    for serial, field in enumerate(legal_fields().keys() - {field for field, _ in TEAMS}):
        assert tag(a_ruling(tmp_path, serial + 1, fields=[field])).teams == (), field


def test_ruling_in_two_fields_may_have_two_teams(tmp_path: Path) -> None:
    teams = tag(a_ruling(tmp_path, fields=["seeds", "data"])).teams
    assert {each.value for each in teams} == {"digital-data", "agricultural-seeds"}


def test_teams_of_one_court_are_not_given_to_another(tmp_path: Path) -> None:
    ruling = a_ruling(tmp_path, case_numbers=["（2020）京民初1号"], court="beijing-high", fields=["seeds"])
    assert tag(ruling).teams == ()


def test_stated_team_is_kept(tmp_path: Path) -> None:
    (only,) = tag(a_ruling(tmp_path, fields=["seeds"], team="digital-data")).teams
    assert (only.value, only.basis) == ("digital-data", Basis.STATED)


def test_tagging_twice_changes_nothing(tmp_path: Path) -> None:
    once = tag(a_ruling(tmp_path))
    assert tag(once) == once
