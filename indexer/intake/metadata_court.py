"""Which court of the registry a printed name means."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from indexer.domain.case_number import CaseNumber
from indexer.domain.court import Court
from indexer.domain.registry import court_of, courts
from indexer.intake.metadata_lines import compact

_BEFORE = re.compile(r"^(?:[（(]\d+[）)])?[^一-鿿]*(?:中[一-鿿]{3,6}和国)?")
_PROVINCE = re.compile(
    r"^(?:(?P<province>[一-鿿]{2,3})省|(?P<region>内蒙古|广西|西藏|宁夏|新疆)(?:(?:壮族|回族|维吾尔)?自治区)?+)(?!高级)(?=.{6})"
)
_CITY = re.compile(r"^[一-鿿]{2,5}?市(?=[一-鿿]{1,10}[县市区旗]人民法院)")
_PLACE = re.compile(r"(?P<stem>[一-鿿]{2,}?)(?P<kind>[县市区]|地区(?=中级))(?P<court>(?:中级)?人民法院)$")


def court_id(name: str, numbers: tuple[CaseNumber, ...]) -> str | None:
    """The court of that name in the registry; where none is printed, the one whose code the number carries.

    A legacy abbreviation may stand for several courts, so that it never overrules a printed name. The SPC's IP
    Tribunal signs as 最高人民法院: there the number tells which of the two it is.
    """
    by_number = court_of(numbers[0]) if numbers else None
    if not name:
        return by_number.id if by_number else None
    candidates = _candidates(name)
    if by_number and (by_number.id in candidates or (by_number.kind == "tribunal" and by_number.parent in candidates)):
        return by_number.id
    if len(candidates) == 1:
        return candidates[0]
    modern = by_number is not None and not numbers[0].legacy
    return by_number.id if by_number and modern and _resembles(name, by_number) else None


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """The court's name without the state's name, its province and white space, in which print varies."""
    return _PROVINCE.sub("", _BEFORE.sub("", compact(name)))


@lru_cache(maxsize=4096)
def _candidates(name: str) -> tuple[str, ...]:
    """The courts that a printed name may mean: without its city it may be that of several."""
    full = plain(name)
    bare = _CITY.sub("", full)
    known = _courts_by_name()
    if found := known.get(full) or known.get(bare):
        return found
    return tuple(_within_a_city(full)) or tuple(_renamed(bare, _province(name)))


def _within_a_city(full: str) -> Iterator[str]:
    """赛罕区人民法院 for 呼和浩特市赛罕区人民法院."""
    if _PLACE.search(full):
        yield from (
            id for known, ids in _courts_by_name().items() if re.search(f"[市州区]{full}$", known) for id in ids
        )


def _renamed(bare: str, province: str) -> Iterator[str]:
    """A county that became a city or a district keeps its court: 富阳市 is now 杭州市富阳区, in the same province."""
    place = _PLACE.fullmatch(bare)
    if place is None:
        return
    now = re.compile(rf"(?:^|[市州区]){place['stem']}(?P<kind>[县市区]){place['court']}$")
    for known, ids in _courts_by_name().items():
        match = now.search(known)
        if match and match["kind"] != place["kind"]:
            yield from (id for id in ids if not province or courts()[id].province == province)


def _province(name: str) -> str:
    match = _PROVINCE.match(_BEFORE.sub("", compact(name)))
    return (match["province"] or match["region"]) if match else ""


@cache
def _courts_by_name() -> Mapping[str, tuple[str, ...]]:
    named: dict[str, list[str]] = {}
    for court in courts().values():
        if court.name.zh:
            named.setdefault(plain(court.name.zh), []).append(court.id)
    return {name: tuple(ids) for name, ids in named.items()}


def _resembles(name: str, court: Court) -> bool:
    """Whether the place right before 人民法院 is in the court's name: a renamed county keeps its code."""
    return plain(name).removesuffix("人民法院")[-3:] in (court.name.zh or "")
