"""The names by which briefs call courts, full and short, Chinese and English, and which courts are alike."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from indexer.domain.court import Court
from indexer.domain.registry import courts

_ENDS = re.compile(r"院|庭|最高法")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,8}(?:省|市|自治区|自治州|县|区)(?:高级|(?:第[一二三四五])?中级)?人民法院")
_SPC = ("最高人民法院", "最高法院", "最高院", "最高法")
_SPC_ZH = {
    "spc": _SPC,
    "spc-ipt": tuple(f"{spc}{name}" for spc in _SPC for name in ("知识产权法庭", "知产法庭", "知产庭")),
    "bjipc": ("北知院",),
    "shanghai-ipc": ("上知院",),
    "guangzhou-ipc": ("广知院",),
}
_COURT_EN = r"(?:Court|Ct\.?)"
_SPC_EN = rf"(?:Supreme People['’]?s {_COURT_EN}|Supreme {_COURT_EN}|Sup\. People['’]?s {_COURT_EN}|SPC)"
_ENGLISH = {
    "spc-ipt": rf"(?:(?:Intellectual Property|IP) (?:Tribunal|{_COURT_EN}) of the {_SPC_EN}(?: of China)?"
    rf"|{_SPC_EN}(?:['’]s)?,? (?:Intellectual Property|IP) (?:Tribunal|{_COURT_EN}))",
    "spc": rf"{_SPC_EN}(?! (?:Guiding|IP|Intellectual))",
}
_NUMBERS = {"1": "First", "2": "Second", "3": "Third", "4": "Fourth", "5": "Fifth"}


@dataclass(frozen=True, slots=True)
class NamedCourt:
    """A court as a brief names it; ``ids`` are the courts of the registry that go by that name, perhaps none."""

    words: str
    ids: tuple[str, ...]

    def may_be(self, court: str) -> bool:
        """Whether the court named is that of this id, or one that goes under the same name.

        The Supreme People's Court and its Intellectual Property Tribunal are named for one another.
        """
        held = courts().get(court)
        if held is None:
            return True
        if not self.ids:
            return _is_part(self.words, held.name.zh or "")
        named = [courts()[id] for id in self.ids]
        return any(each == held or _tribunal_of(each, held) or _tribunal_of(held, each) for each in named)


def named_courts(text: str) -> list[tuple[int, int, NamedCourt]]:
    """Every court named in a text, with its place, in order."""
    found = [*_chinese_courts(text), *_english_courts(text)]
    return sorted(found, key=lambda each: each[0])


def _chinese_courts(text: str) -> Iterator[tuple[int, int, NamedCourt]]:
    """The longest name that ends at each 院, 庭 or 最高法; a longer one takes in the one it overlaps."""
    found: list[tuple[int, int, NamedCourt]] = []
    for match in _ENDS.finditer(text):
        end = match.end()
        sizes = range(min(_longest(), end), 2, -1)
        size = next((size for size in sizes if text[end - size : end] in _chinese()), 0)
        unknown = _UNKNOWN.search(text, max(0, end - 30), end) if not size else None
        if unknown and unknown.end() == end:
            size = end - unknown.start()
        if not size:
            continue
        while found and found[-1][1] > end - size:
            found.pop()
        words = text[end - size : end]
        found.append((end - size, end, NamedCourt(words, _chinese().get(words, ()))))
    yield from found


def _english_courts(text: str) -> Iterator[tuple[int, int, NamedCourt]]:
    if "C" not in text:  # Court, Ct., SPC
        return
    for match in _english().finditer(text):
        id = next(key for key, value in match.groupdict().items() if value)
        yield match.start(), match.end(), NamedCourt(match[0], (id.replace("__", "-"),))


def _tribunal_of(one: Court, other: Court) -> bool:
    return one.kind == "tribunal" and one.parent == other.id


def _is_part(words: str, name: str) -> bool:
    """Whether words of an unknown court are the held court's name, or end in it: 认为海淀区人民法院."""
    bare = re.sub(r"^[\u4e00-\u9fff]{2,6}?(?:省|市|自治区)", "", name)
    return bool(name) and (bare in words or words in name)


@cache
def _chinese() -> Mapping[str, tuple[str, ...]]:
    """The courts by each of their Chinese names; a short name may be that of several."""
    names: dict[str, tuple[str, ...]] = {}
    for court in courts().values():
        for name in set(_short_forms(court.name.zh or "")):
            names[name] = (*names.get(name, ()), court.id)
    for id, short in _SPC_ZH.items():
        names |= dict.fromkeys(short, (id,))
    return names


@cache
def _longest() -> int:
    return max(map(len, _chinese()))


@cache
def _english() -> re.Pattern[str]:
    groups = [rf"(?P<{id.replace('-', '__')}>{pattern})" for id, pattern in _english_forms()]
    return re.compile(rf"\b(?:{'|'.join(groups)})(?![A-Za-z])")


def _short_forms(name: str) -> Iterator[str]:
    """北京市高级人民法院, 北京高级人民法院, 北京高院 …; 浙江省杭州市中级人民法院, 杭州中院 …"""
    yield name
    bare = re.sub(r"^[\u4e00-\u9fff]{2,3}省(?=.+[市区县])|^[\u4e00-\u9fff]{2,6}自治区(?=.+[市区县])", "", name)
    for form in {name, bare}:
        plain = re.sub(r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)(?=高级|第|中级)", "", form)
        for each in {form, plain}:
            yield each
            yield each.replace("高级人民法院", "高院").replace("中级人民法院", "中院")
            yield re.sub(r"第([一二三四五])中级人民法院", r"\1中院", each)
    if name.endswith("知识产权法院"):
        yield name.replace("知识产权法院", "知产法院")
        yield name.replace("知识产权法院", "知产院")
    if match := re.fullmatch(r"(.*?市)(.+?)(区|新区)人民法院", name):
        city, district = match[1], match[2]
        yield from (
            f"{district}区人民法院",
            f"{district}区法院",
            f"{city[:-1]}{district}法院",
            f"{city}{district}区法院",
        )
        yield from (f"{district}法院", f"{city}{district}法院", f"{district}{match[3]}人民法院")


def _english_forms() -> Iterator[tuple[str, str]]:
    yield from _ENGLISH.items()
    for court in sorted(courts().values(), key=lambda each: -len(each.name.en or "")):
        if court.name.en and court.id not in _ENGLISH:
            yield court.id, _loosened(court.name.en)


def _loosened(name: str) -> str:
    pattern = re.escape(name).replace("\\ ", " ")
    pattern = re.sub(r",.*$", "", pattern)
    pattern = pattern.replace("Intellectual Property", "(?:Intellectual Property|IP|Intell\\. Prop\\.)")
    pattern = pattern.replace("People's ", "(?:People['’]?s )?").replace("Court", _COURT_EN)
    pattern = re.sub(r"\bHigh\b", "(?:Municipal |Provincial |Province )?(?:Higher|High)", pattern)
    pattern = re.sub(r"Intermediate", "(?:Municipal )?(?:Intermediate|Interm\\.)", pattern)
    pattern = re.sub(r"District ", "(?:District )?(?:Primary |Basic )?", pattern)
    return re.sub(r"No\\\. (\d)", lambda m: f"(?:No\\. ?{m[1]}|{_NUMBERS[m[1]]}|{m[1]}(?:st|nd|rd|th))", pattern)
