"""The interface in Chinese and English: which one to speak, messages, dates, numbers.

Messages are written in English in the code (`_("…")`); `locale/zh_Hans/LC_MESSAGES/panli.po`
holds the Chinese. A ruling's own text is never translated here.
"""

import datetime
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from indexer.domain.dates import PartialDate, parse_partial_date
from indexer.domain.names import Names

LOCALES = ("zh-Hans", "en")
"""The languages of the interface; the first is spoken when the caller names none."""
CATALOGUE = Path(__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "panli.po"
_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Locale:
    """One language of the interface."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.gap = "" if code == "zh-Hans" else " "
        """What stands between two sentences."""
        self._messages: Mapping[str, str] = _chinese() if code == "zh-Hans" else {}

    def gettext(self, message: str, **values: object) -> str:
        """``message`` in this language, with ``%(name)s`` filled from ``values``."""
        translated = self._messages.get(message) or message
        return translated % values if values else translated

    def name(self, names: Names | None) -> str:
        """The side of a bilingual pair that suits this language, else the other."""
        return names.best(self.code) if names else ""

    def date(self, date: PartialDate | None) -> str:
        """A date as precise as it is known: 2025年3月31日, 31 Mar 2025; "not stated" for None."""
        if date is None:
            return self.gettext("not stated")
        if self.code == "zh-Hans":
            month = f"{date.month}月" if date.month else ""
            return f"{date.year}年{month}" + (f"{date.day}日" if date.day else "")
        words = [str(date.day)] if date.day else []
        words += [_MONTHS[date.month - 1]] if date.month else []
        return " ".join([*words, str(date.year)])

    def day(self, date: datetime.date | str | None) -> str:
        """A day, or a date as precise as text gives it (2025-08, 2025), as `date` writes it; "" for none."""
        return self.date(parse_partial_date(str(date))) if date else ""

    def moment(self, text: str) -> str:
        """A time of ISO 8601, to the minute, in Beijing: 2026年12月1日13:04, 1 Dec 2026, 13:04."""
        at = datetime.datetime.fromisoformat(text).astimezone(_CHINA)
        return f"{self.day(at.date())}{'' if self.code == 'zh-Hans' else ', '}{at:%H:%M}"

    def rulings(self, count: int) -> str:
        """A number of rulings: 共5篇裁判文书, 5 rulings, 1 ruling."""
        return self.gettext("1 ruling") if count == 1 else self.gettext("%(total)d rulings", total=count)

    def yuan(self, amount: int) -> str:
        """An amount in yuan: 1,600,000元, CNY 1,600,000."""
        return f"{amount:,}元" if self.code == "zh-Hans" else f"CNY {amount:,}"


def choose(asked: str | None, cookie: str | None, accept: str | None) -> Locale:
    """The language a caller wants: ``?lang=``, else the cookie, else Accept-Language, else Chinese."""
    for wish in (asked, cookie, *_accepted(accept or "")):
        if wish and wish.lower().startswith("zh"):
            return Locale("zh-Hans")
        if wish and wish.lower().startswith("en"):
            return Locale("en")
    return Locale(LOCALES[0])


def _accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header, best first; a weight of 0 refuses one."""
    ranked = []
    for position, item in enumerate(header.split(",")[:20]):
        name, *options = (piece.strip() for piece in item.split(";"))
        weight = next((option[2:] for option in options if option.startswith("q=")), "1")
        with suppress(ValueError):
            if (quality := float(weight)) > 0:
                ranked.append((-quality, position, name))
    return [name for _, _, name in sorted(ranked)]


@cache
def _chinese() -> Mapping[str, str]:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
