"""English judgments: what stands plainly on the first pages."""

import re
from collections.abc import Iterator
from itertools import pairwise

from indexer.domain.dates import PartialDate
from indexer.domain.names import Names
from indexer.domain.people import Party, PartyRole
from indexer.domain.ruling import DocumentType
from indexer.intake.metadata_dates import read_column
from indexer.intake.model import Reading

_HEAD = 6_000
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s*(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})|(?P<month_us>{_MONTH})\s+(?P<day_us>\d{{1,2}}))"
    r",?\s+(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^[^\w\n]*(?:date(?: of (?:decision|judgment|ruling))?|(?:judgment )?(?:handed down|delivered)(?: on)?"
    r"|decided)\b\s*:?[^\n]{0,12}",
    re.IGNORECASE | re.MULTILINE,
)
_CITATION = re.compile(
    r"\[(?:19|20)\d\d\]\s+(?:EW|UK|NI|CS|HC|SG|HK|NZ|FC|HCA|SC)[A-Z]{0,8}(?:\s+(?:Civ|Crim|Admin))?\s+\d+(?:\s+\([A-Za-z]+\))?"
)
_COURT = re.compile(
    r"^[^\w\n]*(?:in\s+the\s+)?(?P<court>(?:[A-Z][A-Za-z’']*\s+(?:of\s+)?(?:the\s+)?){0,8}?"
    r"(?:supreme court|court of appeals?|high court|upper tribunal|district court|first-tier tribunal|crown court"
    r"|intermediate people[’']s court|high people[’']s court|people[’']s court|intellectual property court)"
    r"[A-Za-z’',()& ]{0,50})[^\w\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_VERSUS = re.compile(r"^[^\w\n]*(?:-\s*)?(?:and|v\.?|vs\.?|versus|against)(?:\s*-)?\W*$", re.IGNORECASE)
_ROLES = (
    ("appellant", PartyRole.APPELLANT), ("appellee", PartyRole.APPELLEE), ("plaintiff", PartyRole.PLAINTIFF),
    ("claimant", PartyRole.PLAINTIFF), ("defendant", PartyRole.DEFENDANT), ("respondent", PartyRole.RESPONDENT),
    ("petitioner", PartyRole.APPLICANT), ("applicant", PartyRole.APPLICANT),
)  # fmt: skip
_ROLE_LINE = re.compile(
    rf"^[^\w\n]*(?:{'|'.join(word for word, _ in _ROLES)})s?(?:[-/ ](?:{'|'.join(word for word, _ in _ROLES)})s?)?\W*$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"between|case no|citation|royal courts|hearing|before|judgment|tribunal|court|\d{4}|^[^\w\n]*$|^\(", re.IGNORECASE
)


def read_english(text: str) -> Reading:
    """Court, neutral citation (in the title), date and parties of an English judgment, where they are plain."""
    head = text[:_HEAD]
    court = _COURT.search(head)
    citation = _CITATION.search(head)
    return Reading(
        court_name=re.sub(r"\s+", " ", court["court"]).strip(" .,-") if court else "",
        document_type=_document_type(head),
        date=_date(head),
        parties=tuple(_parties(head)),
        title=citation[0] if citation else "",
    )


def _document_type(head: str) -> DocumentType | None:
    letters = re.sub(r"(?<=\b[A-Z]) (?=[A-Z]\b)", "", head)  # J U D G M E N T
    if re.search(
        r"^[^\w\n]*(?:(?:approved|final|civil|administrative|criminal)[^\w\n]+)*judge?ment\b", letters, re.I | re.M
    ):
        return DocumentType.JUDGMENT
    if re.search(r"^[^\w\n]*(?:(?:civil|administrative)\s+)?(?:ruling|order)[^\w\n]*$", letters, re.I | re.M):
        return DocumentType.ORDER
    return DocumentType.DECISION if re.search(r"^[^\w\n]*decision\b", letters, re.I | re.M) else None


def _date(head: str) -> PartialDate | None:
    """A date that is labelled, else the only one with a line for itself in the citation's year; never a hearing's."""
    citation = _CITATION.search(head)
    year = int(citation[0][1:5]) if citation else None
    for label in _LABELLED.finditer(head):
        match = _DATE.search(head, label.start(), label.end() + 30)
        if match and (date := _read(match)) and year in (None, date.year):
            return date
    lines = [line.strip() for line in head[:2_000].split("\n") if line.strip()]
    alone = [
        match for before, line in pairwise(lines) if "hear" not in before.lower() if (match := _DATE.fullmatch(line))
    ]
    found = {date for match in alone if (date := _read(match)) and date.year == year}
    return found.pop() if len(found) == 1 else None


def _read(match: re.Match[str]) -> PartialDate | None:
    month = [name.lower() for name in _MONTHS].index((match["month"] or match["month_us"]).lower()) + 1
    return read_column(f"{match['year']}-{month}-{match['day'] or match['day_us']}")


def _parties(head: str) -> Iterator[Party]:
    """The line or lines above a line that is a role and nothing else."""
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    for place, line in enumerate(lines):
        if not _ROLE_LINE.match(line):
            continue
        role = next(value for word, value in _ROLES if word in line.lower())
        name = lines[place - 1].strip(" ,.;") if place else ""
        if 2 <= len(name) <= 120 and not any(pattern.search(name) for pattern in (_NO_NAME, _VERSUS, _ROLE_LINE)):
            yield Party(Names(en=re.sub(r"\s+", " ", name)), role)
