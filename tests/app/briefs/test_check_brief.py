"""A brief of fifty pages: every planted fault found, and nothing said against what is sound."""

import pytest

from app.briefs.check import check
from app.briefs.model import Agreement, BriefReport, CheckedCitation, Verdict
from app.briefs.reasons import sentence
from app.stores import Snapshot
from indexer.domain.citation import CitationKind
from tests.app.briefs.brief_of_200 import FORMS, Expected, Facts, brief, passages
from tests.conftest import NOW

NOTES = frozenset(
    [
        "agency-decision",
        "back-reference",
        "digest",
        "interpretation",
        "several",
        "statute-current",
        "statute-for-date",
        "statute-later",
        "statute-not-yet",
        "statute-repealed",
    ]
)
"""Reasons that tell something without saying that the brief is wrong."""
FAITHFUL = {Agreement.EXACT, Agreement.FORMAL}


@pytest.fixture(scope="module")
def paragraphs(snapshot: Snapshot) -> list[Expected]:
    held = snapshot.catalogue.rulings(snapshot.catalogue.ids())
    return brief([ruling for _, ruling in sorted(held.items())])


@pytest.fixture(scope="module")
def report(paragraphs: list[Expected], snapshot: Snapshot) -> BriefReport:
    return check(passages(paragraphs), snapshot.catalogue, NOW.date())


def alarms(each: CheckedCitation) -> set[str]:
    """What is said against a citation; its verdict too, unless it is the good one."""
    codes = {reason.code for reason in each.reasons} - NOTES
    codes |= {quotation.agreement.value for quotation in each.quotations if quotation.agreement not in FAITHFUL}
    harmless = each.citation.kind is CitationKind.AGENCY_DECISION or each.verdict is Verdict.CONSISTENT
    return codes if harmless else codes | {each.verdict.value}


def main_citation(report: BriefReport, paragraph: int, expected: Expected) -> CheckedCitation:
    """The citation that a paragraph is about: not a statute in a quotation, not what counsel refers back to."""
    found = [each for each in report.citations if each.passage == paragraph]
    found = [each for each in found if each.citation.kind is not CitationKind.BACK_REFERENCE]
    assert found, expected
    rulings = [each for each in found if each.citation.kind is not CitationKind.PROVISION]
    return (rulings or found)[0]


def test_the_brief_has_fifty_pages_and_two_hundred_citations(paragraphs: list[Expected], report: BriefReport) -> None:
    assert len(paragraphs) == 200
    assert sum(map(len, report.passages)) > 50 * 600
    assert len({(each.passage, each.start) for each in report.citations}) == len(report.citations) >= 200


def test_all_forty_faults_are_found_each_for_its_reason(paragraphs: list[Expected], report: BriefReport) -> None:
    missed = []
    for number, expected in enumerate(paragraphs):
        if not expected.reason:
            continue
        found = main_citation(report, number, expected)
        codes = {reason.code for reason in found.reasons}
        if found.verdict is not expected.verdict or (expected.reason not in codes and expected.reason != "-"):
            missed.append((expected, found.verdict, codes))
    assert not missed
    assert sum(bool(expected.reason) for expected in paragraphs) == 40


def test_nothing_is_said_against_the_other_hundred_and_sixty(paragraphs: list[Expected], report: BriefReport) -> None:
    false = [
        (paragraphs[each.passage].paragraph, alarms(each))
        for each in report.citations
        if not paragraphs[each.passage].reason and alarms(each)
    ]
    assert not false


def test_a_fault_is_said_of_nothing_but_itself(paragraphs: list[Expected], report: BriefReport) -> None:
    for number, expected in enumerate(paragraphs):
        if expected.reason:
            found = main_citation(report, number, expected)
            codes = {reason.code for reason in found.reasons} - NOTES - {"suggested"}
            assert codes == {expected.reason} - {"-"}, (expected, codes)


def test_every_reason_has_a_sentence(report: BriefReport) -> None:
    for each in report.citations:
        for reason in (*each.reasons, *each.history):
            assert sentence(reason)
            assert "%(" not in sentence(reason)


def test_no_form_raises_a_false_alarm_for_any_ruling_of_the_corpus(snapshot: Snapshot) -> None:
    held = snapshot.catalogue.rulings(snapshot.catalogue.ids())
    texts = [
        (ruling.id, form(facts))
        for _, ruling in sorted(held.items())
        for facts in [Facts(ruling)]
        for needs, form in FORMS
        if getattr(facts, needs)
    ]
    false = []
    for start in range(0, len(texts), 1_000):
        part = texts[start : start + 1_000]
        for each in check([text for _, text in part], snapshot.catalogue, NOW.date()).citations:
            if alarms(each) or each.ruling not in (None, part[each.passage][0]):
                false.append((part[each.passage], each.ruling, alarms(each)))
    assert not false
    assert len(texts) > 3_000
