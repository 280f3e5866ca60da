"""Dates as briefs write them, Chinese and English, as precise as they are given."""

import re
from dataclasses import dataclass

from indexer.domain.dates import PartialDate, parse_partial_date
from indexer.domain.errors import BadDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
_MONTH += r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
_YEAR = r"(?:19|20)\d\d"
DATE = (
    rf"(?:{_YEAR}\s*年(?:\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*[日号])?)?"
    rf"|(?<![\d-]){_YEAR}-\d{{1,2}}-\d{{1,2}}(?![\d-])"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,\s*{_YEAR}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+{_YEAR}|{_MONTH},?\s+{_YEAR})"
)
"""A pattern for a date with at least its year; a bare English year is none, it might be any number."""
_BARE_YEAR = re.compile(_YEAR)


@dataclass(frozen=True, slots=True)
class SaidDate:
    words: str
    date: PartialDate

    def may_be(self, other: PartialDate) -> bool:
        """Whether both can mean the same day, as precise as both are."""
        return self.date.first <= other.last and other.first <= self.date.last


def read_date(words: str) -> SaidDate | None:
    """The date that ``words`` are, or None when there is no such day.

    >>> str(read_date("Mar. 31, 2025").date)
    '2025-03-31'
    """
    year = _BARE_YEAR.search(words)
    if year is None:
        return None
    rest = words[: year.start()] + " " + words[year.end() :]
    numbers = [int(number) for number in re.findall(r"\d{1,2}", rest)]
    if name := re.search(_MONTH, rest):
        numbers.insert(0, _MONTHS.index(name[0][:3].lower()) + 1)
    text = "-".join([year[0], *(f"{number:02d}" for number in numbers[:2])])
    try:
        return SaidDate(words.strip(), parse_partial_date(text))
    except BadDate:
        return None
