"""Case numbers (案号): reading every printed form, one normal form, one address.

The grammar is that of 法〔2015〕137号 (in force 2016-01-01, amended by 法〔2018〕335号) for modern
numbers, and the customary 字第 form before it for legacy ones::

    modern   （2023）京73民终3802号            year, court code, type code, serial
             （2019）最高法知民终732号之一        … and a second document of the same case
    legacy   （2015）京知民初字第1194号          year, court and type in one, serial
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from indexer.domain.errors import BadCaseNumber

PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔贵云滇藏陕甘青宁新兵军"
_BRACKETS = str.maketrans(
    "〔［[【〈《{〕］]】〉》}號終審執滬粵黃貴雲魯蘇瓊", "(((((((" + ")))))))" + "号终审执沪粤黄贵云鲁苏琼"
)
_NUMERALS = "一二三四五六七八九十"
_DIGIT = "[一二三四五六七八九]"
_TAIL = rf"(?:-(?P<part>\d{{1,3}}))?号?(?:之(?P<sub>{_DIGIT}|{_DIGIT}?十{_DIGIT}?|[1-9]\d?))?"
_YEAR = r"\(?(?P<year>(?:19|20)\d\d)年?\)?"
_MODERN = re.compile(
    _YEAR
    + rf"(?P<code>最高法?|[{PROVINCES}]\d{{0,4}})"
    + r"(?P<type>[^\W\d_a-zA-Z字第号]{1,6})第?(?P<serial>\d{1,8})"
    + _TAIL
)
_LEGACY = re.compile(
    _YEAR + r"(?P<type>(?:[^\W\d_a-zA-Z字第号]|\([^\W\d_a-zA-Z]{1,3}\)){1,14})(?:字第?|第)(?P<serial>\d{1,8})" + _TAIL
)
_ROMANISED = re.compile(
    r"\(?(?P<year>(?:19|20)\d\d)\)?[\s\-]*(?P<body>[a-z][a-z0-9\s\-()]*?)[\s\-]*"
    r"(?:zi[\s\-]*)?(?:di|no\.?|number|#)?[\s\-.]*(?P<serial>\d{1,8})(?:-(?P<part>\d{1,3}))?(?:[\s\-]*hao)?"
    r"(?:[\s\-]*zhi[\s\-]*(?P<sub>\d{1,2}))?"
)

# Readings that would make two different numbers share an address are spelled out instead:
# 刑终 and 行终, 津01 and 晋01, 行审 and 行申 … `tests/indexer/domain/test_case_number.py` holds that no
# two court codes and no two type codes observed in practice share a reading.
_SPELLED_OUT = {
    "晋": "shanxi",
    "吉": "jilin",
    "豫": "henan",
    "甘": "gansu",
    "刑": "xingshi",
    "审": "shencha",
    "执": "zhixingan",
    "移": "yisong",
    "贵": "guizhou",
}


@dataclass(frozen=True, slots=True, order=True)
class CaseNumber:
    """One case number in normal form; equality ignores how it was printed."""

    year: int
    """The year of filing (立案年度), not of decision."""
    code: str
    """The court code (法院代字), such as ``京73``; empty for a legacy number."""
    type: str
    """The type code (类型代字), such as ``民终``; for a legacy number court and type in one."""
    serial: int
    sub: int | None = None
    """2 for 之二: a further document of the same case."""
    part: int | None = None
    """1 for the ``-1`` of joined files."""
    legacy: bool = False
    printed: str = field(default="", compare=False)
    """The number as it was written, when it was read from a text."""

    def __str__(self) -> str:
        stem = f"{self.type}字第" if self.legacy else f"{self.code}{self.type}"
        part = f"-{self.part}" if self.part is not None else ""
        sub = f"之{numeral(self.sub)}" if self.sub is not None else ""
        return f"（{self.year}）{stem}{self.serial}{part}号{sub}"

    @property
    def key(self) -> str:
        """The form in the index and the catalogue: ``(2023)京73民终3802号``, nothing full-width."""
        return str(self).replace("（", "(").replace("）", ")")

    @property
    def slug(self) -> str:
        """The ASCII form an address is made of: ``2023-jing73-minzhong-3802``."""
        stem = [romanise(self.type) + "zi"] if self.legacy else [romanise(self.code), romanise(self.type)]
        part = [str(self.part)] if self.part is not None else []
        sub = [f"zhi{self.sub}"] if self.sub is not None else []
        return "-".join([str(self.year), *stem, str(self.serial), *part, *sub])


def parse_case_number(text: str) -> CaseNumber:
    """The number that ``text`` is, whatever its brackets, widths and spaces.

    Raises `BadCaseNumber` when the text is not one case number from end to end.

    >>> parse_case_number("(2023) 京73民终 3802 号").key
    '(2023)京73民终3802号'
    """
    folded = fold_number(text)
    match = _MODERN.fullmatch(folded) or _LEGACY.fullmatch(folded)
    if match is None:
        raise BadCaseNumber(text)
    return from_match(match, printed=text.strip())


def from_match(match: re.Match[str], printed: str) -> CaseNumber:
    """The number a match of one of this module's patterns stands for."""
    groups = match.groupdict()
    legacy = "code" not in groups
    return CaseNumber(
        year=int(groups["year"]),
        code="" if legacy else groups["code"],
        type=re.sub(r"[()]", "", groups["type"]),
        serial=int(groups["serial"]),
        sub=_cardinal(groups["sub"]) if groups["sub"] else None,
        part=int(groups["part"]) if groups["part"] else None,
        legacy=legacy,
        printed=printed,
    )


def fold_number(text: str) -> str:
    """``text`` as the patterns want it: half width, round brackets, no white space."""
    folded = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    return re.sub(r"\s+", "", folded)


def romanised_key(text: str) -> str | None:
    """One key for every Latin form of a number, or None when the text is not one.

    ``2023-jing73-minzhong-3802``, ``(2023) Jing 73 Min Zhong No. 3802`` and
    ``2023 Jing73 MinZhong 3802 hao`` all give ``2023jing73minzhong3802``.
    """
    match = _ROMANISED.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    if match is None:
        return None
    body = re.sub(r"[^a-z0-9]", "", match["body"]).removesuffix("zi")
    # The hyphen keeps joined file 1-2 apart from serial 12.
    part = f"-{int(match['part'])}" if match["part"] else ""
    sub = f"zhi{int(match['sub'])}" if match["sub"] else ""
    return f"{match['year']}{body}{int(match['serial'])}{part}{sub}"


def romanise(text: str) -> str:
    """The frozen ASCII reading of Chinese characters; digits stay, brackets go."""
    readings = _readings()
    out = []
    for char in text:
        if char.isascii():
            out.append(char.lower() if char.isalnum() else "")
        else:
            out.append(_SPELLED_OUT.get(char) or readings.get(char) or f"u{ord(char):x}")
    return "".join(out)


@cache
def _readings() -> dict[str, str]:
    table = files("indexer.domain").joinpath("data/pinyin.txt").read_text("utf-8")
    lines = (line.split(" ") for line in table.splitlines() if not line.startswith("#"))
    return {char: reading for reading, chars in lines for char in chars}


def _cardinal(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, units = text.rpartition("十")
    return (_NUMERALS.index(tens) + 1 if tens else len(ten)) * 10 + (_NUMERALS.index(units) + 1 if units else 0)


def numeral(value: int) -> str:
    """A number to 9,999 in Chinese: 12 is 十二, 1012 is 一千零一十二."""
    text, skipped = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            counted = "" if name == "十" and digit == 1 and not text else _NUMERALS[digit - 1]
            text += ("零" if skipped else "") + counted + name
        skipped = bool(text) and not digit
    return text
