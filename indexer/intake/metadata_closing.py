"""The end of a judgment: its date and the panel that signed it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.domain.dates import PartialDate
from indexer.domain.names import Names
from indexer.domain.people import PanelMember, PanelRole
from indexer.intake.metadata_dates import FoundDate, dates_in, read_column

_GAP = r"[ \t\u3000\xa0]*"
_BEFORE_DATE = 600
_AFTER_DATE = 160


def _spaced(word: str) -> str:
    return _GAP.join(word)


_ROLES = {
    "审判长": PanelRole.PRESIDING_JUDGE,
    "助理审判员": PanelRole.JUDGE,
    "代理审判员": PanelRole.JUDGE,
    "审判员": PanelRole.JUDGE,
    "人民陪审员": PanelRole.ASSESSOR,
    "陪审员": PanelRole.ASSESSOR,
    "代理书记员": PanelRole.CLERK,
    "见习书记员": PanelRole.CLERK,
    "代书记员": PanelRole.CLERK,
    "书记员": PanelRole.CLERK,
    # These sign too but are no members: their words only end the name before.
    "法官助理": None,
    "审判助理": None,
    "速录员": None,
    "执行员": PanelRole.JUDGE,
    "执行长": PanelRole.PRESIDING_JUDGE,
    "院长": None,
}
_ROLE = re.compile("|".join(f"({_spaced(word)})" for word in sorted(_ROLES, key=len, reverse=True)))
_ROLE_OF_GROUP = [_ROLES[word] for word in sorted(_ROLES, key=len, reverse=True)]
_SIGNED = re.compile(rf"{_spaced('审判')}{_GAP}[长员]|{_spaced('执行员')}")
_ON_FOLLOWS = re.compile(
    r"\s*(?:[（(][^（）()]{0,12}[）)]\s*)?(?:本件与原本核对无[异误]\s*)?(?:法\s*官\s*助\s*理|[代见习理]*\s*书\s*记\s*员|速录员)"
)
_ARABIC = re.compile(r"(?m)(?:^|(?<=\s))((?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?=\s|$)")
_NAME = re.compile(r"[㐀-鿿\U00020000-\U0003ffff][㐀-鿿·•．.‧・×xX某\d\U00020000-\U0003ffff]{1,15}")
_NO_NAME = re.compile(r"^(?:附|本件|本页|此|打印|校对|核对|与原)|法律|条文|清单|适用|[一二三]、|[省市县区]人民|\d{2}")


@dataclass(frozen=True, slots=True)
class Signatures:
    date: PartialDate | None = None
    panel: tuple[PanelMember, ...] = ()


def read_signatures(text: str) -> Signatures:
    """Date and panel in the text after 判决如下; of several dates the one that stands with the signatures."""
    found = signing_date(text)
    if found is None:
        signed = [match.start() for match in _SIGNED.finditer(text)]
        if not signed:
            return Signatures()
        end = signed[-1] + _AFTER_DATE
        return Signatures(None, tuple(_members(_last_sentence(text[max(0, signed[-1] - _BEFORE_DATE) : end]))))
    before = text[max(0, found.start - _BEFORE_DATE) : found.start]
    after = text[found.end : found.end + _AFTER_DATE].split("。")[0]
    members = (*_members(_last_sentence(before)), *_members(after))
    return Signatures(found.date, tuple(dict.fromkeys(members)))


def signing_date(text: str) -> FoundDate | None:
    """The date followed by the clerk's name, else the last that has a line (or the end of one) for itself."""
    dates = list(dates_in(text))
    for found in reversed(dates):
        if _ON_FOLLOWS.match(text, found.end):
            return found
    signed = _SIGNED.search(text)
    for found in reversed(dates):
        names_before = signed is not None and signed.end() <= found.start
        if _ends_line(text, found.end) and (names_before or _begins_line(text, found.start)):
            return found
    return _arabic(text)


def _begins_line(text: str, place: int) -> bool:
    return place == 0 or text[place - 1].isspace()


def _ends_line(text: str, place: int) -> bool:
    return place >= len(text) or text[place].isspace()


def _arabic(text: str) -> FoundDate | None:
    """2015年3月5日 alone on its line, after the signatures."""
    for match in reversed(list(_ARABIC.finditer(text))):
        date = read_column(match[1])
        if date and _SIGNED.search(text, 0, match.start()):
            return FoundDate(match.start(), match.end(), date)
    return None


def _last_sentence(zone: str) -> str:
    return zone[max(zone.rfind("。"), zone.rfind("；")) + 1 :]


def _members(zone: str) -> Iterator[PanelMember]:
    found = list(_ROLE.finditer(zone))
    stops = [*(match.start() for match in found[1:]), len(zone)]
    for match, stop in zip(found, stops, strict=False):
        role = _ROLE_OF_GROUP[(match.lastindex or 1) - 1]
        if role is None:
            continue
        for name in names_in(zone[match.end() : stop]):
            yield PanelMember(Names(zh=name), role)


def names_in(text: str) -> list[str]:
    """The names after a role; 张　三 is one name, 林某某 陈某某 are two; what is no name ends the list."""
    lines = [line for line in text.replace("：", " ").replace(":", " ").split("\n") if line.strip()]
    if not lines:
        return []
    words = [re.sub(r"[（(].*?[）)]", "", word) for word in re.split(r"[\s、，,]+", lines[0].strip())]
    if any(len(word) == 1 for word in words) and len("".join(words)) <= 4:
        words = ["".join(words)]
    names: list[str] = []
    for word in words:
        if not _NAME.fullmatch(word) or _NO_NAME.search(word) or (len(word) > 9 and not re.search("[·•．.‧・]", word)):
            break
        names.append(word)
    return names
