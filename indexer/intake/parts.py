"""Cuts a Chinese judgment into its parts (法〔2016〕221号, and the older and shorter forms)."""

import re
from itertools import pairwise

from indexer.domain.ruling import Part, Procedure
from indexer.intake.model import Cut, CutPart, RawJudgment
from indexer.intake.parts_lines import (
    Closing,
    closing,
    course_told,
    line_starts,
    reasoning_missed,
    tells_course,
)
from indexer.intake.parts_merge import Stretch, one_of_each
from indexer.intake.parts_openings import Openings, openings_after

MOST_STRETCHES = 500
"""A text that changes its part more often is no single judgment (of 9,088 real ones none did more than 61 times)."""

_NUMBER = r"[）)〕\]]\s*[^\s，。（(]{0,12}?[刑民行知赔执][^\s，。]{0,4}?"
_RETRIAL = re.compile(rf"再审申请人|申请再审人|申诉人|{_NUMBER}(?:再|申|提|监)[^\s，。终]{{0,4}}?(?:字|\d)")
_SECOND = re.compile(rf"上\s*诉\s*人|抗诉机关|原公诉机关|原审被告|复议申请人|{_NUMBER}终[^\s，。]{{0,2}}(?:字|\d)")


def cut(raw: RawJudgment) -> Cut:
    """The parts of a judgment, in the order of its text, covering it without overlap, each kind at most once.

    The order is the document's, which need not be that of `Part`: on appeal the claims often come before the report
    of the first instance, evidence may stand before or after the facts. What recurs is joined (`one_of_each` says how).

    - PARTIES: title block and parties. PROCEDURE: origin and course, to 现已审理终结 (the decision under attack too,
      where an administrative judgment tells it before the claims).
    - CLAIMS: of the plaintiff or prosecution; on appeal, of whoever appeals. DEFENCE: every answer to them, defending
      counsel and, on appeal, the prosecution included.
    - FIRST_INSTANCE: all that is told of what the courts below were asked, found, held and ordered; on retrial both of
      them, with the appeal between, and this court's own earlier round (本院原审认为).
    - EVIDENCE, FACTS, ISSUES: this court's own words; ISSUES also where a criminal judgment answers arguments one by
      one before 本院认为. REASONING, LEGAL_BASIS (from 依照 to 判决如下), DISPOSITION.
    - TAIL: costs, appeal notice, panel, date, clerk, annexes.
    - UNSEGMENTED: text between known parts that no known words open, and any text that is not cut at all: another
      language, a fragment.
    """
    text = raw.text
    starts = line_starts(text) if raw.language == "zh" else []
    if not starts:
        return Cut((CutPart(Part.UNSEGMENTED, 0, len(text)),) if text else ())
    end = closing(text, starts)
    procedure = instance(text)
    found = _body(text, starts, end.legal_basis, procedure) + _end(text, starts, end)
    if len(found) > MOST_STRETCHES:
        return Cut((CutPart(Part.UNSEGMENTED, 0, len(text)),))
    stretches = one_of_each(found, len(text), procedure)
    if {part for _, part in stretches} <= {Part.PARTIES, Part.TAIL}:
        stretches = [(0, Part.UNSEGMENTED)]
    return Cut(_parts(stretches, len(text)))


def instance(text: str) -> Procedure:
    """First instance, second or retrial, as the title block shows it: by the number and by what the parties are called.

    Orders on leave for retrial (民申) and reviews of execution count as what they review from, for what they report.
    """
    if _RETRIAL.search(text, 0, 600):
        return Procedure.RETRIAL
    return Procedure.SECOND_INSTANCE if _SECOND.search(text, 0, 1500) else Procedure.FIRST_INSTANCE


def _body(text: str, starts: list[int], limit: int, procedure: Procedure) -> list[Stretch]:
    """Title to reasoning: each line opens a part or goes on with the one before."""
    told = course_told(text, starts, limit)
    part, stretches = Part.PARTIES, [(0, Part.PARTIES)]
    lines = [start for start in starts if start < limit]
    followers = openings_after(procedure, facts_told=False)
    for start, end in pairwise([*lines, limit]):
        opened = _opened(text, (start, end), part, told, followers[_looked_for(part, start, told)])
        if opened is not None and opened is not part:
            part = opened
            stretches.append((start, part))
            if part is Part.FACTS:
                followers = openings_after(procedure, facts_told=True)
    if not any(each is Part.REASONING for _, each in stretches):
        held = reasoning_missed(text, starts, stretches[-1][0] + 1, limit)
        if held is not None:
            stretches.append((held, Part.REASONING))
    return stretches


def _looked_for(part: Part, start: int, told: int | None) -> Part:
    """The part whose followers are tried: an unfinished course counts as parties, an unknown text as a finished one."""
    if part is Part.PROCEDURE and told is not None and start < told:
        return Part.PARTIES
    return Part.PROCEDURE if part is Part.UNSEGMENTED else part


def _opened(text: str, line: tuple[int, int], part: Part, told: int | None, followers: Openings) -> Part | None:
    if part is Part.PARTIES and tells_course(text, *line):
        return Part.PROCEDURE
    opened = followers.opened(text, *line)
    return Part.UNSEGMENTED if opened is None and part is Part.PROCEDURE and line[0] == told else opened


def _end(text: str, starts: list[int], end: Closing) -> list[Stretch]:
    """Legal basis, orders and what follows them; costs and notices before the signatures are found by their words."""
    stretches: list[Stretch] = []
    if end.legal_basis < end.disposition:
        stretches.append((end.legal_basis, Part.LEGAL_BASIS))
    if end.disposition < end.signature:
        stretches.append((end.disposition, Part.DISPOSITION))
    orders = openings_after(Procedure.OTHER, True)[Part.DISPOSITION]
    between = (start for start in starts if end.disposition < start < end.signature)
    tail = next((start for start in between if orders.opened(text, start, end.signature)), end.signature)
    return [*stretches, (tail, Part.TAIL)] if tail < len(text) else stretches


def _parts(stretches: list[Stretch], length: int) -> tuple[CutPart, ...]:
    ends = [start for start, _ in stretches[1:]] + [length]
    return tuple(CutPart(part, start, end) for (start, part), end in zip(stretches, ends, strict=True) if start < end)
