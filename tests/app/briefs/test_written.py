"""Passages as counsel write them, with planted faults: each is found for its reason, and nothing else is said."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.briefs.check import check
from app.briefs.files import open_brief
from app.briefs.model import CheckedCitation
from app.stores import Snapshot
from tests.app.briefs.test_check_brief import alarms
from tests.conftest import NOW

WRITTEN = tomllib.loads(Path(__file__).with_name("written.toml").read_text("utf-8"))["passage"]


def codes(each: CheckedCitation) -> set[str]:
    """What is said against a citation, without its verdict and without how its quotations agree."""
    agreements = {quotation.agreement.value for quotation in each.quotations}
    return alarms(each) - agreements - {each.verdict.value}


@pytest.mark.parametrize("written", [pytest.param(each, id=each["name"]) for each in WRITTEN])
def test_a_passage_is_judged_as_a_lawyer_would(written: dict[str, Any], snapshot: Snapshot) -> None:
    brief = open_brief(f"brief.{written.get('file', 'txt')}", written["text"].encode())
    report = check(brief.passages, snapshot.catalogue, NOW.date(), brief.notes)
    said = {each.citation.text: (each.verdict.value, codes(each)) for each in report.citations if alarms(each)}
    faults = written.get("faults", [])
    assert said == {each["words"]: (each["verdict"], {each["code"]} - {""}) for each in faults}


def test_the_passages_are_twenty_and_thirteen_of_them_are_at_fault() -> None:
    assert len(WRITTEN) == 20
    assert sum("faults" in each for each in WRITTEN) == 13
