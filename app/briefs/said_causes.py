"""Causes of action as briefs name them, in Chinese by the registry's names, in English loosely."""

import re
from collections.abc import Mapping
from functools import cache

from indexer.domain.registry import cause_names, causes

_AT_END = re.compile(r"(?:一案|案件|案)(?:中)?$")
_AT_END_EN = re.compile(r"(?P<words>[A-Za-z][A-Za-z -]{6,70}?)\s+(?:case|dispute|action|matter)$")
_AT_START = re.compile(r"([^，,。；;、]{4,30}?纠纷)(?:一案|案件|案)")
_JOINED = re.compile(
    r"(?:权|竞争|秘密|地位|合同|纠纷|宣传|诋毁|协议)(?:及|与|和|、|暨)(?=[^及与和、]{2,16}(?:纠纷|案))"
)
_INFRINGEMENT = re.compile(r"infringement of (?:an? |the )?(?P<what>.+)")
_LOOSE = {
    "patent infringement": "patent-ownership-infringement",
    "copyright infringement": "copyright-ownership-infringement",
    "trademark infringement": "trademark-infringement",
}


def cause_in(text: str, at_end: bool = False) -> str:
    """The longest cause named in Chinese, one that ends in 纠纷 before any other; empty for joined causes."""
    if _JOINED.search(text):
        return ""
    found = [name for name in cause_names() if name in text and (not at_end or text.endswith(name))]
    return max(found, key=lambda name: ("纠纷" in name, len(name)), default="")


def cause_at_end(text: str) -> str:
    """A cause right at the end of a text: 侵害商标权纠纷案, “the trademark infringement case”."""
    if match := _AT_END.search(text):
        return cause_in(text[max(0, match.start() - 30) : match.start()], at_end=True)
    if match := _AT_END_EN.search(text):
        words = match["words"].lower().split(" ")
        names = (" ".join(words[first:]) for first in range(len(words)))
        return next((name for name in names if name in _english()), "")
    return ""


def cause_at_start(text: str) -> str:
    """A cause right at the beginning of a text: 侵害商标权纠纷一案."""
    match = _AT_START.match(text)
    return match[1] if match and match[1] in cause_names() else ""


def cause_ids(words: str) -> tuple[str, ...]:
    """The causes of the registry that words name; an English name may be that of several."""
    known = cause_names().get(words)
    return (known,) if known else _english().get(words.lower(), ())


@cache
def _english() -> Mapping[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for cause in causes().values():
        name = (cause.name.en or "").lower()
        turned = _INFRINGEMENT.fullmatch(name)
        for each in {name, f"{turned['what']} infringement" if turned else name}:
            names[each] = (*names.get(each, ()), cause.id)
    for loose, id in _LOOSE.items():
        names[loose] = (*names.get(loose, ()), id)
    return names
