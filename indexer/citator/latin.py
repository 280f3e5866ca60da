"""Case numbers in Latin letters: ``(2023) Jing 73 Min Zhong No. 3802``, ``2023-jing73-minzhong-3802``.

The readings are turned back into characters by the tables of courts and types. Where one court and one type read
so, the citation has the number itself; where several do (``Yu`` is 渝 and 豫, ``Jin`` 津 and 晋), only the
romanised key, which a catalogue resolves among what it holds. What no table reads is no case number.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from indexer.domain.case_number import PROVINCES, CaseNumber, romanise, romanised_key
from indexer.domain.citation import Citation, CitationKind
from indexer.domain.numbering import FIRST_MODERN_YEAR, is_court_code, modern_types
from indexer.domain.registry import courts

_SYLLABLES = r"(?!No\b)[A-Za-z]{1,24}(?:[ \t\u00a0\n\-]{1,3}(?:\([A-Za-z]{1,6}\)|(?!No\b)[A-Za-z]{1,24})){0,12}?"
_WORDS = rf"(?P<body>{_SYLLABLES}(?:[ \-]?\d{{2}}(?:\d{{2}})?[ \-]?{_SYLLABLES})?)"
_SERIAL = (
    r"(?P<serial>\d{1,8})(?:-(?P<part>\d{1,3})(?!\d))?(?![\d\-])"
    r"(?:\s?Hao(?![A-Za-z]))?(?:[\s\-]?Zhi[\s\-]?(?P<sub>[1-9]\d?)(?!\d))?"
)
_BRACKETED = re.compile(
    rf"[(（\[〔]\s?(?P<year>(?:19|20)\d\d)\s?[)）\]〕]\s{{0,2}}{_WORDS}"
    rf"[\s\-]{{0,2}}(?:(?:Di\s?)?(?:No\.?|Number|Nr\.?|#)?\s{{0,2}}){_SERIAL}",
    re.IGNORECASE,
)
_UNBRACKETED = re.compile(
    rf"(?<![A-Za-z\d\-])(?P<year>(?:19|20)\d\d)[ \-]{_WORDS}(?:[ \-]?(?:Di\s?)?(?:No\.?|#)\s?|-){_SERIAL}",
    re.IGNORECASE,
)
_LEGACY_TYPES = (
    "民初 民终 民申 民再 民提 民监 民再终 民一初 民二初 民三初 民一终 民二终 民三终 民四初 民四终 民三知终 "
    "知民初 知民终 知行初 知行终 "
    "知初 知终 行初 行终 行知初 行知终 行提 行监 行再 民知初 民知终 知行 民三知初 刑初 刑终 刑二终 知刑初 商初 商终 执 "
    "民三申 经初 经终 "
)
"""Parted by blanks: the types that the legacy numbers of IP courts have."""

_LETTERS = re.compile(r"\d[)）\]〕]?\s{0,2}-?[A-Za-z]")
_USUAL = {"晋": "jin", "吉": "ji", "豫": "yu", "甘": "gan", "刑": "xing", "审": "shen", "执": "zhi", "移": "yi"}
"""The usual readings of characters that addresses spell out."""


def latin(text: str) -> Iterator[Citation]:
    """Every number in Latin letters that the tables can read, in order within each of its two forms."""
    if _LETTERS.search(text) is None:
        return
    for pattern in (_BRACKETED, _UNBRACKETED):
        for match in pattern.finditer(text):
            citation = _read(match)
            if citation is not None:
                yield citation


def _read(match: re.Match[str]) -> Citation | None:
    words = match[0]
    body = re.sub(r"[^a-z0-9]", "", match["body"].lower())
    numbers = _candidates(match, body)
    if not numbers:
        return None
    number = numbers[0] if len(numbers) == 1 else None
    key = number.key if number else romanised_key(words)
    if key is None:
        return None
    return Citation(CitationKind.CASE_NUMBER, match.start(), match.end(), words, key, number)


def _candidates(match: re.Match[str], body: str) -> list[CaseNumber]:
    year, serial = int(match["year"]), int(match["serial"])
    part = int(match["part"]) if match["part"] else None
    sub = int(match["sub"]) if match["sub"] else None
    stem = body.removesuffix("zi")
    old_form = year < FIRST_MODERN_YEAR or body != stem
    found = {("", type_): True for type_ in _legacy().get(stem, ())} if old_form else {}
    if not found and body == stem:
        found = dict.fromkeys(_modern(stem), False)
    return [CaseNumber(year, code, type_, serial, sub, part, old, match[0]) for (code, type_), old in found.items()]


def _modern(stem: str) -> list[tuple[str, str]]:
    """The court codes and type codes that are read so; the types' address readings win over their usual ones."""
    match = re.fullmatch(r"([a-z]+?)(\d{2}|\d{4})([a-z]+)", stem)
    if match:
        codes = [province + match[2] for province in _provinces().get(match[1], ())]
        types = _types().get(match[3], ())
        return [(code, type_) for code in codes if is_court_code(code) for type_ in types]
    found = []
    for reading, names in _provinces().items():
        if stem.startswith(reading):
            found += [(name, type_) for name in names for type_ in _types().get(stem[len(reading) :], ())]
    whole = [pair for pair in found if pair[0] == "最高法"]
    return whole or found


@cache
def _provinces() -> Mapping[str, tuple[str, ...]]:
    names = [name for name in PROVINCES if name not in "贵滇军"]
    return _by_reading([*names, "最高法", "最高"], both=True)


@cache
def _types() -> Mapping[str, tuple[str, ...]]:
    return _by_reading([prefix + name for name in sorted(modern_types()) for prefix in ("", "知")], both=False)


@cache
def _legacy() -> Mapping[str, tuple[str, ...]]:
    codes = ["", *(code for court in courts().values() for code in court.legacy_codes)]
    return _by_reading([code + name for code in codes for name in _LEGACY_TYPES.split()], both=False)


def _by_reading(names: list[str], both: bool) -> Mapping[str, tuple[str, ...]]:
    """Names by their reading in an address and by their usual one, which counts with `both`, or where alone."""
    table: dict[str, list[str]] = {}
    for name in names:
        table.setdefault(romanise(name), []).append(name)
    fixed = set(table)
    for name in names:
        usual = "".join(_USUAL.get(char) or romanise(char) for char in name)
        if usual != romanise(name) and (both or usual not in fixed):
            table.setdefault(usual, []).append(name)
    return {reading: tuple(dict.fromkeys(found)) for reading, found in table.items()}
