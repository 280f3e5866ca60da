"""What the numbering rules rule out: case numbers that cannot exist, and those that are odd.

The rules are those of 法〔2015〕137号, in force since 2016-01-01; `data/numbering.toml` holds the tables. A
number is called impossible only where the rule or the table is sure: a basic court's code whose intermediate
court is known passes, and so does any code of a province or a kind of court whose table is not complete.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import tomli

from indexer.domain.case_number import PROVINCES, CaseNumber
from indexer.domain.registry import court_of

FIRST_MODERN_YEAR = 2016
FIRST_MET_YEAR = 2015
"""Courts that went over early, or entered cases again, gave a few modern numbers for this year."""
_UNLISTED = "兵军贵滇"
"""Provinces whose codes no table lists, and abbreviations that are other names of 黔 and 云."""


@dataclass(frozen=True, slots=True)
class NumberingFault:
    """One rule that a number breaks.

    `code` is one of ``zero-serial``, ``future-year``, ``modern-before-2016``, ``no-such-court``,
    ``court-not-founded``, ``court-closed``, ``no-such-type``, ``type-not-of-level``, and, for what is odd but
    not impossible, ``legacy-after-2015`` and ``modern-in-2015``.
    """

    code: str
    value: str
    """What of the number is at fault: ``京99``, ``2031``."""
    rule: str = ""
    """What the rule says, where a value says it: the first year, the court."""


def impossible(number: CaseNumber, today: datetime.date) -> NumberingFault | None:
    """The first rule by which a number cannot exist, or None: that it can does not mean that it does.

    >>> from indexer.domain.case_number import parse_case_number
    >>> impossible(parse_case_number("（2018）最高法知民终1号"), datetime.date(2026, 1, 1)).code
    'court-not-founded'
    """
    return next(_faults(number, today), None)


def doubtful(number: CaseNumber) -> NumberingFault | None:
    """What is odd about a number that may exist all the same: the old form after the change of rules, or the new
    form in the last year before it."""
    if number.legacy and number.year >= FIRST_MODERN_YEAR:
        return NumberingFault("legacy-after-2015", str(number.year), str(FIRST_MODERN_YEAR))
    if not number.legacy and number.year == FIRST_MET_YEAR:
        return NumberingFault("modern-in-2015", str(number.year), str(FIRST_MODERN_YEAR))
    return None


def _faults(number: CaseNumber, today: datetime.date) -> Iterator[NumberingFault]:
    if number.serial == 0:
        yield NumberingFault("zero-serial", "0")
    if number.year > today.year:
        yield NumberingFault("future-year", str(number.year), str(today.year))
    if not number.legacy:
        if number.year < FIRST_MET_YEAR:
            yield NumberingFault("modern-before-2016", str(number.year), str(FIRST_MODERN_YEAR))
        if not is_court_code(number.code):
            yield NumberingFault("no-such-court", number.code)
    yield from _out_of_time(number)
    if not number.legacy:
        yield from _misfit(number)


def is_court_code(code: str) -> bool:
    """Whether a court of this code is known or may be: false only where the tables are sure."""
    if code in ("最高法", "最高") or (code[:1] and code[:1] in _UNLISTED):
        return True
    if not re.fullmatch(rf"[{PROVINCES}](?:\d\d){{0,2}}", code):
        return False
    prefix = code[1:3]
    return not prefix or prefix in _prefixes()[code[0]] or prefix in _words("special", "prefixes")


def level_of(code: str) -> str:
    """``supreme``, ``high``, ``intermediate`` or ``basic``, by the length of the code."""
    if code.startswith("最高"):
        return "supreme"
    return {1: "high", 3: "intermediate"}.get(len(code), "basic")


def is_type(text: str) -> bool:
    """Whether a type code is in use: one of the catalogue, with or without 知, 商 or 少 before it."""
    return text in modern_types() or (text[:1] in _words("types", "prefixes") and text[1:] in modern_types())


@cache
def modern_types() -> frozenset[str]:
    """The type codes of the catalogue, without what may stand before them."""
    groups = ("civil", "administrative", "criminal", "enforcement", "compensation", "other")
    return frozenset(word for group in groups for word in _words("types", group))


def _out_of_time(number: CaseNumber) -> Iterator[NumberingFault]:
    court = court_of(number)
    whole = number.code if number.code != "最高法" or not number.type.startswith("知") else "最高法知"
    founded = _founded().get(whole)
    if founded is None and court is not None and court.valid_from is not None:
        founded = court.valid_from.year
    if founded is not None and number.year < founded:
        yield NumberingFault("court-not-founded", whole or number.type, str(founded))
    if court is not None and court.valid_to is not None and number.year > court.valid_to.year:
        yield NumberingFault("court-closed", whole or number.type, str(court.valid_to.year))


def _misfit(number: CaseNumber) -> Iterator[NumberingFault]:
    if not is_type(number.type):
        yield NumberingFault("no-such-type", number.type)
    level = level_of(number.code)
    appeal = number.type.endswith("终") and number.type != "刑再终"
    if (level == "basic" and appeal) or (level == "supreme" and number.type in _words("types", "supreme_never")):
        yield NumberingFault("type-not-of-level", number.type, level)


@cache
def _prefixes() -> Mapping[str, frozenset[str]]:
    return {province: frozenset(cast("str", words).split()) for province, words in _table("prefixes").items()}


@cache
def _founded() -> Mapping[str, int]:
    return {code: cast("int", year) for code, year in _table("founded").items()}


@cache
def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(cast("str", _table(section)[key]).split())


@cache
def _table(section: str) -> Mapping[str, object]:
    text = files("indexer.domain").joinpath("data/numbering.toml").read_text("utf-8")
    return cast("Mapping[str, Mapping[str, object]]", tomli.loads(text))[section]
