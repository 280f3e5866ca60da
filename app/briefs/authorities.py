"""The table of authorities of a brief: what it cites, grouped, how often and where, and what of it is alarming."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.briefs.model import Agreement, BriefReport, CheckedCitation, Verdict
from indexer.domain.citation import CitationKind


class AuthorityGroup(StrEnum):
    """The groups of the table, in their order."""

    RULINGS = "rulings"
    GUIDING_CASES = "guiding-cases"
    STATUTES = "statutes"
    OTHERS = "others"


SEVERITY = (
    Verdict.IMPOSSIBLE,
    Verdict.MALFORMED,
    Verdict.DIFFERS,
    Verdict.NOT_HELD,
    Verdict.NOT_CHECKED,
    Verdict.CONSISTENT,
)
"""The verdicts, the most alarming first: an authority cited several times shows the first of these."""
ALARMING = frozenset({Verdict.IMPOSSIBLE, Verdict.MALFORMED, Verdict.DIFFERS})
"""What a brief should not be filed with. That a ruling is not held here is no alarm."""
FAITHFUL = frozenset({Agreement.EXACT, Agreement.FORMAL})
"""Quotations that need no second look: the same characters, but for width, punctuation and white space."""
_GROUPS: Mapping[CitationKind, AuthorityGroup] = {
    CitationKind.GUIDING_CASE: AuthorityGroup.GUIDING_CASES,
    CitationKind.PROVISION: AuthorityGroup.STATUTES,
    CitationKind.INTERPRETATION: AuthorityGroup.STATUTES,
    CitationKind.AGENCY_DECISION: AuthorityGroup.OTHERS,
}
"""The other kinds name rulings."""


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """One authority with all places where the brief cites it."""

    group: AuthorityGroup
    text: str
    """The words of the first citation that names it."""
    ruling: str | None
    verdict: Verdict
    """The most alarming verdict of its citations."""
    places: tuple[int, ...]
    """The numbers of the paragraphs that cite it, each once."""
    citations: tuple[CheckedCitation, ...]

    @property
    def depth(self) -> int:
        """How many times it is cited."""
        return len(self.citations)


def authorities(report: BriefReport) -> tuple[AuthorityLine, ...]:
    """Each authority once, by group, within a group in the order of first mention."""
    numbers = paragraph_numbers(report.passages)
    groups: dict[str, list[CheckedCitation]] = {}
    for checked in report.citations:
        groups.setdefault(_identity(checked), []).append(checked)
    lines = [_line(citations, numbers) for citations in groups.values()]
    return tuple(sorted(lines, key=lambda line: list(AuthorityGroup).index(line.group)))


def paragraph_numbers(passages: Sequence[str]) -> tuple[int, ...]:
    """The number of each passage, from 1; an empty one has that of the passage before it."""
    numbers, count = [], 0
    for passage in passages:
        count += bool(passage.strip())
        numbers.append(count)
    return tuple(numbers)


def verdict_counts(report: BriefReport) -> Mapping[Verdict, int]:
    """How many citations have each verdict, all verdicts named."""
    counts = Counter(checked.verdict for checked in report.citations)
    return {verdict: counts[verdict] for verdict in Verdict}


def is_alarming(checked: CheckedCitation) -> bool:
    """Whether a citation, or a quotation that goes with it, needs its author's attention."""
    unfaithful = any(quotation.agreement not in FAITHFUL for quotation in checked.quotations)
    return checked.verdict in ALARMING or unfaithful


def _identity(checked: CheckedCitation) -> str:
    """What two citations of the same authority share: the ruling, else the key, else the very words."""
    return f"ruling:{checked.ruling}" if checked.ruling else checked.citation.key or checked.citation.text


def _line(citations: Sequence[CheckedCitation], numbers: Sequence[int]) -> AuthorityLine:
    naming = [checked for checked in citations if checked.citation.kind != "back-reference"] or citations
    groups = {_GROUPS.get(checked.citation.kind, AuthorityGroup.RULINGS) for checked in naming}
    return AuthorityLine(
        group=AuthorityGroup.GUIDING_CASES if AuthorityGroup.GUIDING_CASES in groups else min(groups, key=_place),
        text=naming[0].citation.text,
        ruling=naming[0].ruling,
        verdict=min((checked.verdict for checked in citations), key=SEVERITY.index),
        places=tuple(dict.fromkeys(numbers[checked.passage] for checked in citations)),
        citations=tuple(citations),
    )


def _place(group: AuthorityGroup) -> int:
    return list(AuthorityGroup).index(group)
