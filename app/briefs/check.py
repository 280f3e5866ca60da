"""The check of a brief: every citation found, with one verdict and its reasons.

Pure but for reading the catalogue; nothing of the brief is kept. A verdict speaks of what this collection
and the numbering rules know, never of whether a ruling exists.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from app.briefs.compare import differences
from app.briefs.context import Said, read_context
from app.briefs.held import Held
from app.briefs.history import history
from app.briefs.model import BriefReport, CheckedCitation, Note, Reason, Verdict
from app.briefs.notes import reading_order, written_notes
from app.briefs.passage import Passage, read_passage
from app.briefs.provisions import check_interpretation, check_provision
from app.briefs.quoting import DIFFERING, TiedCheck, quotation_checks
from app.briefs.sentences import is_chinese
from app.catalogue import Catalogue
from app.errors import AppError
from indexer.citator import find_in_passages
from indexer.citator.resolve import RULING_KINDS
from indexer.domain.citation import Citation, CitationKind
from indexer.domain.ruling import Ruling

MAX_CITATIONS = 2_000
_REACH = 300
"""So many characters on either side of a citation are read, less where its sentence ends."""


class TooManyCitations(AppError):
    """The brief has more citations than are checked at once; ``detail["limit"]`` is the number."""

    status, code = 413, "too_many_citations"


def check(
    passages: Sequence[str], catalogue: Catalogue, today: datetime.date, notes: Sequence[Note] = ()
) -> BriefReport:
    """Every citation of the passages of a brief, checked; raises `TooManyCitations` over 2,000.

    ``notes`` are those the format tells; without them, the notes are told by how they are written.
    """
    notes = notes or tuple(written_notes(passages))
    order = reading_order(len(passages), notes)
    found = _found(passages, order)
    count = sum(map(len, found))
    if count > MAX_CITATIONS:
        raise TooManyCitations(
            "The brief has %(count)d citations; at most %(limit)d are checked at once.",
            {"limit": MAX_CITATIONS, "count": count},
            count=count,
            limit=MAX_CITATIONS,
        )
    read = [
        read_passage(number, text, citations)
        for number, (text, citations) in enumerate(zip(passages, found, strict=True))
    ]
    held = Held(catalogue, (citation for passage in read for citation in passage.citations), today)
    met: list[CheckedCitation] = []
    for number in order:
        for index in range(len(read[number].citations)):
            met.append(_check_one(read[number], index, held, met))
    checked = sorted(met, key=lambda each: (each.passage, each.start))
    return BriefReport(tuple(passages), tuple(_with_quotations(read, checked, held, notes)))


def _found(passages: Sequence[str], order: Sequence[int]) -> list[list[Citation]]:
    """The citations of each passage; what a reference back means is what a reader met before it."""
    met = find_in_passages(passages[number] for number in order)
    found: list[list[Citation]] = [[] for _ in passages]
    for number, citations in zip(order, met, strict=True):
        found[number] = citations
    return found


def _check_one(passage: Passage, index: int, held: Held, earlier: Sequence[CheckedCitation]) -> CheckedCitation:
    citation = passage.citations[index]
    bare = CheckedCitation(passage.number, citation.start, citation.end, citation, Verdict.NOT_CHECKED)
    before, after = _around(passage, citation)
    language = "zh-Hans" if is_chinese(before + citation.text + after) else "en"
    match citation.kind:
        case CitationKind.PROVISION:
            verdict, reasons = check_provision(citation, before, after, held.today)
            return replace(bare, verdict=verdict, reasons=reasons)
        case CitationKind.INTERPRETATION:
            verdict, reasons = check_interpretation(citation.key, language)
            return replace(bare, verdict=verdict, reasons=reasons)
        case CitationKind.AGENCY_DECISION:
            return replace(bare, reasons=(Reason("agency-decision"),))
        case CitationKind.BACK_REFERENCE:
            return _back_reference(bare, earlier)
        case CitationKind.MALFORMED_NUMBER:
            return _malformed(bare, held)
        case _:
            return _ruling(bare, _said(passage, index), held, language)


def _around(passage: Passage, citation: Citation) -> tuple[str, str]:
    """What stands before and after a citation in its sentence, at most so much as can bear on it."""
    sentence = passage.sentences.span(passage.sentences.at(citation.start))
    start, end = max(sentence.start, citation.start - _REACH), min(sentence.end, citation.end + _REACH)
    return passage.text[start : citation.start], passage.text[citation.end : end]


def _back_reference(bare: CheckedCitation, earlier: Sequence[CheckedCitation]) -> CheckedCitation:
    """The ruling cited before; what is wrong with that citation is said there, not again here."""
    rulings = (each for each in reversed(earlier) if each.citation.kind in RULING_KINDS)
    meant = next((each for each in rulings if bare.citation.key in ("", each.citation.key)), None)
    if meant is None:
        return replace(bare, reasons=(Reason("no-antecedent"),))
    verdict = Verdict.CONSISTENT if meant.ruling else Verdict.NOT_CHECKED
    reason = Reason("back-reference", held=meant.citation.text)
    return replace(bare, verdict=verdict, reasons=(reason,), ruling=meant.ruling)


def _malformed(bare: CheckedCitation, held: Held) -> CheckedCitation:
    """A number that is held and differs in one character is the best suggestion, one that could be meant the next."""
    near = held.neighbours(bare.citation)
    reasons = [Reason("malformed"), *(Reason("suggested", bare.citation.text, number) for number in near)]
    suggestion = next(iter([*near, *bare.citation.suggestions]), None)
    return replace(bare, verdict=Verdict.MALFORMED, reasons=tuple(reasons), suggestion=suggestion)


def _said(passage: Passage, index: int) -> Said:
    """What the sentence says of a citation, up to the citations beside it."""
    citation = passage.citations[index]
    before, after = _around(passage, citation)
    start, end = citation.start - len(before), citation.end + len(after)
    left = max([start, *(each.end for each in passage.citations[:index])])
    right = min([end, *(each.start for each in passage.citations[index + 1 :])])
    said = read_context(
        passage.text[left : citation.start],
        passage.text[citation.end : right],
        follows=left > start,
        precedes=right < end,
    )
    if citation.kind is CitationKind.CASE_NUMBER:
        return said
    # A guiding case or a database entry goes by its publisher, its date of issue and its own document type.
    return Said(case_name=said.case_name, cause=said.cause, pinpoint=said.pinpoint)


def _ruling(bare: CheckedCitation, said: Said, held: Held, language: str) -> CheckedCitation:
    if bare.citation.masked:
        return replace(bare, reasons=(Reason("masked"),))
    rulings = held.rulings(bare.citation)
    if not rulings:
        return _not_held(bare, held)
    compared = [(differences(said, ruling, held.steps(ruling), language), ruling) for ruling in rulings]
    fitting = [pair for pair in compared if not pair[0]] or compared
    reasons, ruling = min(fitting, key=lambda pair: len(pair[0]))
    verdict = Verdict.DIFFERS if reasons else Verdict.CONSISTENT
    if len(fitting) > 1:
        named = "; ".join(f"{each.number} ({each.id})" for _, each in fitting)
        return replace(bare, verdict=verdict, reasons=(*reasons, Reason("several", held=named)))
    return replace(
        bare,
        verdict=verdict,
        reasons=reasons,
        ruling=ruling.id,
        pinpoint=_pinpoint(said, ruling),
        history=history(ruling, held.steps(ruling), language),
    )


def _not_held(bare: CheckedCitation, held: Held) -> CheckedCitation:
    if gone := held.withdrawn(bare.citation):
        return replace(bare, verdict=Verdict.NOT_HELD, reasons=(Reason("withdrawn", held=gone),))
    if fault := held.impossible(bare.citation):
        return replace(bare, verdict=Verdict.IMPOSSIBLE, reasons=(fault,))
    odd = held.doubtful(bare.citation)
    return replace(bare, verdict=Verdict.NOT_HELD, reasons=(odd,) if odd else ())


def _pinpoint(said: Said, ruling: Ruling) -> str | None:
    known = {paragraph.id for _, paragraph in ruling.paragraphs}
    return said.pinpoint if said.pinpoint in known else None


def _with_quotations(
    read: Sequence[Passage], checked: Sequence[CheckedCitation], held: Held, notes: Sequence[Note]
) -> list[CheckedCitation]:
    """The citations with the quotations that belong to them, and what those say of the verdict."""
    found: dict[int, list[TiedCheck]] = {}
    for tied in quotation_checks(read, checked, held.ruling, notes):
        found.setdefault(tied.citation, []).append(tied)
    return [_judged(each, found[index]) if index in found else each for index, each in enumerate(checked)]


def _judged(each: CheckedCitation, tied: Sequence[TiedCheck]) -> CheckedCitation:
    reasons = tuple(dict.fromkeys(reason for one in tied for reason in one.reasons))
    pinpoints = [one.check.paragraph for one in tied if one.check.paragraph]
    return replace(
        each,
        verdict=Verdict.DIFFERS if any(reason.code in DIFFERING for reason in reasons) else each.verdict,
        reasons=(*each.reasons, *reasons),
        pinpoint=each.pinpoint or (pinpoints[0] if pinpoints else None),
        quotations=tuple(one.check for one in tied),
    )
