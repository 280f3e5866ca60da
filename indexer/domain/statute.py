"""Statutes: a law, regulation or judicial interpretation and its versions."""

import datetime
import re
from dataclasses import dataclass

from indexer.domain.names import Names

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_STEP = re.compile(r"第?（?(\d+|[零〇一二三四五六七八九十百千两]+)）?(条|款|项|目)(?:之([一二三四五六七八九十]))?")
_STEPS_EN = {"条": "Article", "款": "paragraph", "项": "item", "目": "sub-item"}


@dataclass(frozen=True, slots=True)
class StatuteVersion:
    version: str
    effective_from: datetime.date | None = None
    effective_to: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Statute:
    id: str
    name: Names
    kind: str
    """``law``, ``regulation``, ``interpretation`` or ``rule``."""
    aliases: tuple[str, ...] = ()
    versions: tuple[StatuteVersion, ...] = ()


def chinese_number(text: str) -> int:
    """``一百二十三`` or ``123`` as a number, at most 9,999; raises ValueError for anything else.

    >>> chinese_number("一百零二")
    102
    """
    if text.isdigit():
        return int(text)
    total = digit = 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            raise ValueError(f"not a Chinese number: {text!r}")
    return total + digit


def article_key(article: str) -> str:
    """The article alone, in digits, for addresses and facets: ``第十七条第一款`` → ``17``."""
    match = _STEP.search(article.replace("(", "（").replace(")", "）"))
    if match is None:
        return article
    suffix = f"-{chinese_number(match[3])}" if match[3] else ""
    return f"{chinese_number(match[1])}{suffix}"


def article_in_english(article: str) -> str:
    """``第十七条第一款第五项`` as ``Article 17, paragraph 1, item 5``."""
    steps = list(_STEP.finditer(article.replace("(", "（").replace(")", "）")))
    if not steps:
        return article
    words = []
    for step in steps:
        suffix = f"-{chinese_number(step[3])}" if step[3] else ""
        words.append(f"{_STEPS_EN[step[2]]} {chinese_number(step[1])}{suffix}")
    return ", ".join(words)
