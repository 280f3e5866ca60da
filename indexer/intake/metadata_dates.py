"""Dates in Chinese numerals: 二〇一五年三月五日, with every zero met in print, spaced or partly masked."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.domain.dates import PartialDate, parse_partial_date
from indexer.domain.errors import BadDate

ZEROS = "〇○零0０OoＯｏОоΟο◯●◎"
"""Characters printed for zero: besides 〇 the letters and circles that resemble it."""
_ONES = "一二三四五六七八九"
_VALUE = {char: value for value, char in enumerate(_ONES, 1)} | dict.fromkeys(ZEROS, 0) | {"元": 1, "正": 1}
_MASK = "×xXｘＸ*＊╳某Ⅹ✕?？_"
_DIGIT = rf"[{ZEROS}{_ONES}\d]"
_GAP = r"[ \t\u3000\xa0]*"
_COUNT = rf"[{ZEROS}{_ONES}十廿卅\d{re.escape(_MASK)} \t\u3000]"
_DATE = re.compile(
    rf"(?P<year>[二一12２１]{_GAP}[{ZEROS}九9９]{_GAP}{_DIGIT}{_GAP}{_DIGIT}){_GAP}年"
    rf"(?:{_GAP}(?P<month>[元正]|{_COUNT}{{1,6}}){_GAP}月(?:份|{_GAP}(?P<day>{_COUNT}{{1,8}}){_GAP}[日曰号])?)?"
)
_COLUMN = re.compile(r"((?:19|20)\d\d)[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and the place where it stands."""

    start: int
    end: int
    date: PartialDate


def dates_in(text: str, start: int = 0) -> Iterator[FoundDate]:
    """Every date in ``text`` from ``start`` on, in order."""
    for match in _DATE.finditer(text, start):
        date = _read(match)
        if date is not None:
            yield FoundDate(match.start(), match.end(), date)


def read_date(text: str) -> PartialDate | None:
    """The date that ``text`` is, as precise as it is legible; None when it is none.

    >>> str(read_date("二○一五年二月××日"))
    '2015-02'
    """
    match = _DATE.fullmatch(text.strip())
    return _read(match) if match else None


def read_column(text: str) -> PartialDate | None:
    """The date in a database's column: ``2015-03-05``, ``2015/3/5``, ``20150305`` or in words."""
    match = _COLUMN.fullmatch(text.strip())
    if match is None:
        return read_date(text)
    return _checked(*(int(group) for group in match.groups()))


def _read(match: re.Match[str]) -> PartialDate | None:
    year = _number(match["year"])
    if year is None:
        return None
    month = _number(match["month"] or "")
    return _checked(year, month, _number(match["day"] or "") if month else None)


def _checked(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """The date without the parts that no calendar has."""
    if not month or month > 12:
        text = f"{year:04d}"
    elif not day or day > calendar.monthrange(year, month)[1]:
        text = f"{year:04d}-{month:02d}"
    else:
        text = f"{year:04d}-{month:02d}-{day:02d}"
    try:
        return parse_partial_date(text)
    except BadDate:
        return None


def _number(text: str) -> int | None:
    """十八, 二十, 廿八, 二八, 18 and 元 as numbers; None where a digit is masked."""
    bare = re.sub(r"\s", "", text).replace("廿", "二十").replace("卅", "三十")
    tens, ten, units = bare.rpartition("十")
    if ten:
        return _joined(tens or "一", 10) + _joined(units or "零", 1) if _legible(tens + units) else None
    return _joined(bare, 1) if bare and _legible(bare) else None


def _legible(digits: str) -> bool:
    return all(char in _VALUE or char.isdecimal() for char in digits)


def _joined(digits: str, factor: int) -> int:
    value = 0
    for char in digits:
        value = value * 10 + (_VALUE[char] if char in _VALUE else int(char))
    return value * factor
