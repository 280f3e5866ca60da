"""Case numbers that begin with a year in brackets, and those whose year is badly written.

::

    modern      （2023）京73民终3802号          legacy   （2015）京知民初字第1194号
    joined      （2020）京73民初1401-1403号     （2014）行提字第13、12号     …1号、2号     …1号之一、之二
    masked      （2015）××刑初字第××号          found, but without a key
    malformed   2023京73民终3802号  （2023）京73民3802号  （2O23）京73民终38O2号  （2023）京73民终号

A hyphen between two serials of one length from 10 on joins files (1401-1403 are three numbers); after a
smaller one, or in enforcement (执), it counts the parts of one file (1-2 is part 2 of file 1).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from indexer.citator import number_forms as forms
from indexer.domain.case_number import CaseNumber, parse_case_number
from indexer.domain.citation import Citation, CitationKind
from indexer.domain.errors import BadCaseNumber
from indexer.domain.numbering import is_type, level_of

MAX_JOINED = 300
_ITEM = re.compile(rf"(?P<sep>[^\d第]*)第?\s?(?P<serial>\d+)(?:[{re.escape(forms.DASH)}](?P<part>\d+))?")
_ORDINAL = re.compile(r"之\s?([一二三四五六七八九十]{1,3}|\d{1,2})")
_UNFINISHED = ("民", "行", "刑", "知民", "知行", "初", "终")
_ENDINGS = {"supreme": "终申再", "high": "终申再初", "intermediate": "终初", "basic": "初"}


def bracketed(text: str) -> Iterator[Citation]:
    """Every number that begins with a year in brackets, in order; look-alikes of other offices are left out."""
    for year in forms.YEAR.finditer(text):
        begin, fair = _opening(year)
        citation = _Reader(text, begin, year, fair).read()
        if citation is not None:
            yield citation


def unbracketed(text: str) -> Iterator[Citation]:
    """Numbers whose year lacks a bracket, or which have none at all: malformed, each with what may be meant."""
    for year in forms.HALF_YEAR.finditer(text):
        opened = text[max(0, year.start() - 1) : year.start()] in tuple(forms.OPENING)
        if not (opened and year["close"]):
            citation = _Reader(text, year.start() - opened, year, fair=False).read(strict=True)
            if citation is not None:
                yield _unwrapped(text, citation) if opened else citation
    for year in forms.SHORT_YEAR.finditer(text):
        citation = _Reader(text, year.start(), year, fair=False).read(strict=True)
        if citation is not None:
            yield citation
    for match in forms.NO_YEAR.finditer(text):
        words = match[0]
        yield Citation(CitationKind.MALFORMED_NUMBER, match.start(), match.end(), words, _squeezed(words))


def _unwrapped(text: str, citation: Citation) -> Citation:
    """Without an opening bracket that is closed only behind the number: it holds the number, not its year."""
    if text[citation.end : citation.end + 1] not in tuple(forms.CLOSING):
        return citation
    words = citation.text[1:]
    return replace(citation, start=citation.start + 1, text=words, key=_squeezed(words))


def _opening(year: re.Match[str]) -> tuple[int, bool]:
    """Where the number begins, and whether its brackets are as they should be."""
    opened, closed = year["open"], year["close"]
    inner = opened[-1] in forms.OPENING and closed[0] in forms.CLOSING
    if len(opened) == len(closed):
        return year.start(), inner
    return year.start() + len(opened) - 1, inner and len(closed) == 1


class _Reader:
    """Reads one number from its year on."""

    def __init__(self, text: str, begin: int, year: re.Match[str], fair: bool) -> None:
        self.text, self.begin, self.fair = text, begin, fair
        self.year, self.position = _four_digits(year["year"]), year.end()
        self.closed = year[0].strip()[-1:] in tuple(forms.CLOSING) and self.text[begin] in forms.OPENING
        self.certain = True
        """Whether the number is whole; false where it has to be put right first."""

    def read(self, strict: bool = False) -> Citation | None:
        """The number, or None; with ``strict`` only one that no other writing could be taken for."""
        if not _is_year(self.year):
            return None
        return self._modern(strict) or self._legacy(strict) or (None if strict else self._rest())

    def _modern(self, strict: bool) -> Citation | None:
        match = forms.MODERN.match(self.text, self.position)
        if match is None:
            return None
        code, type_ = _plain(match["code"]), _plain(match["type"])
        bare = len(code) == 1
        if bare and (match["zi"] or not is_type(type_)):
            return None
        if forms.is_of_another(self.text[match.end() + 1 :][:12]) or (strict and not _known(type_)):
            return None
        self.certain = self.fair and not match["zi"]
        number = None if type_ in _UNFINISHED else (code, type_, False)
        ends = _ENDINGS[level_of(code)] if type_ not in ("初", "终") else ""
        suggested = [(code, type_ + end, False) for end in ends] if number is None else []
        return self._whole(match, number, suggested, without_hao=True)

    def _legacy(self, strict: bool) -> Citation | None:
        match = forms.LEGACY.match(self.text, self.position)
        if match is None or (strict and "字" not in match["zi"]):
            return None
        type_ = re.sub(r"[（()）〔〕\s]", "", match["type"])
        if strict and not self.closed and not forms.is_clear(type_):
            return None
        if not forms.is_court_type(type_) or forms.is_of_another(self.text[match.end() + 1 :][:12]):
            return None
        self.certain = self.fair
        return self._whole(match, ("", type_, True), [], without_hao="字" in match["zi"])

    def _rest(self) -> Citation | None:
        """Numbers without a province, or with neither a court code nor 字第."""
        match = forms.NO_PROVINCE.match(self.text, self.position)
        if match is not None and is_type(match["type"]):
            self.certain = False
            return self._whole(match, None, [], without_hao=False)
        match = forms.BARE.match(self.text, self.position)
        if match is None:
            return None
        type_ = _plain(match["type"])
        national = forms.is_national_review(type_)
        if not national and not forms.is_court_type(type_):
            return None
        before, after = self.text[max(0, self.begin - 8) : self.begin], self.text[match.end() + 1 :][:12]
        if forms.is_of_another(after) or forms.is_lead_of_another(before):
            return None
        self.certain = self.fair and national
        if national or _plain(self.year) < "2016":
            return self._whole(match, ("", type_, True), [], without_hao=False)
        supreme = [("最高法", type_, False)] if before.endswith("最高人民法院") and is_type(type_) else []
        return self._whole(match, None, supreme, without_hao=False)

    def _whole(
        self,
        match: re.Match[str],
        stem: tuple[str, str, bool] | None,
        suggested: list[tuple[str, str, bool]],
        without_hao: bool,
    ) -> Citation | None:
        """The citation from the year to the end of the number, or None when it has no end."""
        serials, subs, end = self._ending(match, without_hao)
        if end is None:
            return None
        words = self.text[self.begin : end].rstrip()
        raw = match[0] + self.year
        if _is_masked(match["serial"] + self.year, match["type"], match.groupdict().get("code") or ""):
            return self._citation(CitationKind.CASE_NUMBER, words, "", masked=True)
        year = int(_plain(self.year))
        stems = [stem] if stem else suggested
        whole = [numbers for one in stems if (numbers := _numbers(year, one, match["serial"], serials, subs, words))]
        if stem and whole and self.certain and not any(char in forms.LETTERS for char in raw):
            numbers = whole[0]
            joined = numbers if len(numbers) > 1 else ()
            return self._citation(CitationKind.CASE_NUMBER, words, numbers[0].key, numbers[0], joined)
        meant = tuple(str(numbers[0]) for numbers in whole)
        return self._citation(CitationKind.MALFORMED_NUMBER, words, _squeezed(words), suggestions=meant)

    def _ending(self, match: re.Match[str], without_hao: bool) -> tuple[str, str, int | None]:
        tail = forms.TAIL.match(self.text, match.end())
        if tail is None:
            bare = (
                forms.WITHOUT_HAO.match(self.text, match.end()) if without_hao and match["serial"].isdecimal() else None
            )
            return (bare["part"] or "", "", match.end() + len(bare["part"] or "")) if bare else ("", "", None)
        end, serials = tail.end(), tail["serials"]
        if not tail["subs"]:
            while more := forms.MORE.match(self.text, end):
                serials, end = f"{serials}、{more['serial']}", more.end()
        return serials, tail["subs"] or "", end

    def _citation(
        self,
        kind: CitationKind,
        words: str,
        key: str,
        number: CaseNumber | None = None,
        numbers: tuple[CaseNumber, ...] = (),
        masked: bool = False,
        suggestions: tuple[str, ...] = (),
    ) -> Citation:
        end = self.begin + len(words)
        return Citation(kind, self.begin, end, words, key, number, numbers, masked, suggestions)


def _numbers(
    year: int, stem: tuple[str, str, bool], serial: str, serials: str, subs: str, printed: str
) -> tuple[CaseNumber, ...]:
    """Every number that one span names, the first first; none when the serial is not a number."""
    first = _plain(serial)
    if not first.isdigit() or len(first) > 8:
        return ()
    code, type_, legacy = stem
    ordinals = [_ordinal(found) for found in _ORDINAL.findall(subs)] or [None]

    def made(serial: int, part: int | None) -> list[CaseNumber]:
        return [CaseNumber(year, code, type_, serial, sub, part, legacy, printed) for sub in ordinals]

    pairs = _serials(first, serials, "执" in type_)
    return tuple(dict.fromkeys(number for pair in pairs for number in made(*pair)))


def _serials(first: str, more: str, enforcement: bool) -> list[tuple[int, int | None]]:
    """Serial and part of each file: a list and a range are several files, a part is one."""
    found: list[tuple[int, int | None]] = [(int(first), None)]
    last = first
    for item in _ITEM.finditer(more):
        separator, serial = item["sep"].strip(), item["serial"]
        part = int(item["part"]) if item["part"] else None
        if separator in ("至", "到") or (
            separator and separator in forms.DASH and _is_range(last, serial, enforcement)
        ):
            upto = min(int(serial), int(last) + MAX_JOINED)
            found += [(value, None) for value in range(int(last) + 1, upto + 1)]
        elif separator and separator in forms.DASH:
            found[-1] = (found[-1][0], int(serial))
        else:
            found.append((int(serial), part))
        last = serial
    return found


def _is_range(first: str, last: str, enforcement: bool) -> bool:
    least = 100 if enforcement else 10
    return len(first) == len(last) and int(last) > int(first) >= least


def _ordinal(text: str) -> int | None:
    """之十二 as 12, as the reader of whole numbers has it."""
    try:
        return parse_case_number(f"（2016）京民终1号之{text}").sub
    except BadCaseNumber:
        return None


def _four_digits(year: str) -> str:
    """``92`` as 1992, ``05`` as 2005."""
    return year if len(year) != 2 else f"{'20' if year[0] == '0' else '19'}{year}"


def _known(type_: str) -> bool:
    return is_type(type_) or type_ in _UNFINISHED


def _is_year(text: str) -> bool:
    plain = _plain(text)
    return plain[:2] in ("19", "20") or all(char in forms.MASK for char in plain)


def _is_masked(serial: str, type_: str, code: str) -> bool:
    return any(char in forms.MASK for char in serial + type_ + code) or "某" in type_


def _plain(text: str) -> str:
    """Half width, without blanks, letters typed for digits put right."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(forms.AS_DIGITS)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
