"""Dates as precise as their source: a day, a month or a year."""

import calendar
import datetime
import re
from dataclasses import dataclass

from indexer.domain.errors import BadDate

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which month or day may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    @property
    def precision(self) -> str:
        """``day``, ``month`` or ``year``."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first(self) -> datetime.date:
        """The earliest day it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The latest day it can mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def parse_partial_date(text: str) -> PartialDate:
    """``2025-03-31``, ``2025-03`` or ``2025``; raises `BadDate` for anything else."""
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise BadDate(text)
    year, month, day = (int(group) if group else None for group in match.groups())
    if 0 in (year, month, day):
        raise BadDate(text)
    date = PartialDate(year or 0, month, day)
    try:
        _ = date.first, date.last
    except (ValueError, calendar.IllegalMonthError) as error:
        raise BadDate(text) from error
    return date
