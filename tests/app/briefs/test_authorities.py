"""The table of authorities: grouped, each authority once, with its places and its most alarming verdict."""

from app.briefs.authorities import AuthorityGroup, authorities, is_alarming, paragraph_numbers, verdict_counts
from app.briefs.model import Agreement, BriefReport, CheckedCitation, QuotationCheck, Verdict
from indexer.domain.citation import Citation, CitationKind

NUMBER, GUIDING, LAW = CitationKind.CASE_NUMBER, CitationKind.GUIDING_CASE, CitationKind.PROVISION


def checked(
    passage: int,
    text: str,
    kind: CitationKind = NUMBER,
    verdict: Verdict = Verdict.CONSISTENT,
    ruling: str | None = None,
    quoted: Agreement | None = None,
) -> CheckedCitation:
    citation = Citation(kind, 0, len(text), text, text)
    quotations = (QuotationCheck(passage, 0, 1, "x", quoted, None, None, None, "en"),) if quoted else ()
    return CheckedCitation(passage, 0, len(text), citation, verdict, ruling=ruling, quotations=quotations)


def report(*citations: CheckedCitation) -> BriefReport:
    return BriefReport(("一", "", "二", "三"), citations)


def test_empty_passages_are_not_counted() -> None:
    assert paragraph_numbers(["", "一", " ", "二", "三"]) == (0, 1, 1, 2, 3)


def test_a_ruling_cited_by_two_names_is_one_authority_with_all_its_places() -> None:
    (line,) = authorities(
        report(checked(0, "甲", ruling="r"), checked(3, "乙", ruling="r"), checked(3, "甲", ruling="r"))
    )
    assert (line.text, line.depth, line.places) == ("甲", 3, (1, 3))


def test_groups_stand_in_their_order_and_authorities_in_that_of_first_mention() -> None:
    lines = authorities(report(checked(0, "法", LAW), checked(0, "b"), checked(2, "指", GUIDING), checked(3, "a")))
    assert [line.text for line in lines] == ["b", "a", "指", "法"]
    assert [line.group for line in lines] == [
        AuthorityGroup.RULINGS, AuthorityGroup.RULINGS, AuthorityGroup.GUIDING_CASES, AuthorityGroup.STATUTES,
    ]  # fmt: skip


def test_a_guiding_case_cited_by_its_number_too_stays_a_guiding_case() -> None:
    (line,) = authorities(report(checked(0, "案号", ruling="r"), checked(2, "指导案例", GUIDING, ruling="r")))
    assert line.group is AuthorityGroup.GUIDING_CASES


def test_the_most_alarming_verdict_is_shown() -> None:
    (line,) = authorities(report(checked(0, "x"), checked(2, "x", verdict=Verdict.DIFFERS)))
    assert line.verdict is Verdict.DIFFERS


def test_every_verdict_is_counted_also_those_that_do_not_occur() -> None:
    counts = verdict_counts(report(checked(0, "x"), checked(2, "y", verdict=Verdict.NOT_HELD)))
    assert list(counts) == list(Verdict)
    assert sum(counts.values()) == 2


def test_not_held_is_no_alarm_and_an_unfaithful_quotation_is_one() -> None:
    assert not is_alarming(checked(0, "x", verdict=Verdict.NOT_HELD))
    assert not is_alarming(checked(0, "x", verdict=Verdict.NOT_CHECKED))
    assert not is_alarming(checked(0, "x", quoted=Agreement.FORMAL))
    assert is_alarming(checked(0, "x", quoted=Agreement.NOT_FOUND))
    assert all(
        is_alarming(checked(0, "x", verdict=v)) for v in (Verdict.DIFFERS, Verdict.IMPOSSIBLE, Verdict.MALFORMED)
    )
