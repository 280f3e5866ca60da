"""The places of a judgment that its metadata stand in: first lines, legal basis, operative part, signatures."""

import re
from dataclasses import dataclass

from indexer.domain.ruling import Part
from indexer.intake.model import Cut

_HEAD = 12_000
_SPACED = re.compile(r"(?<!\S)(?:[一-鿿] (?=[一-鿿](?: |$)))+[一-鿿](?!\S)")
_GLUED = re.compile(
    r"(?m)^([（(〔\[]\s*(?:19|20)\d\d\s*[）)〕\]][^，。\n]{2,30}?号)(?=原?公诉机关|抗诉机关|自诉人|被?上诉人|原审|原告|被告|再审|申请)"
)
_ORDERS = ("判决", "裁定", "决定", "判处", "裁决", "通知", "调解", "协议", "命令", "处理", "意见")
_REACH_OF_BASIS = 1_500
_TAIL = 3_000


@dataclass(frozen=True, slots=True)
class Places:
    """A judgment's text by place."""

    head: tuple[str, ...]
    """The first lines; of a text without line breaks the words between blanks."""
    basis: str
    """The sentence that ends in 判决如下."""
    operative: str
    """What follows it, signatures included."""
    words: str
    """判决如下 or 裁定如下 itself; empty when there is none: `operative` is then the end of the text."""


def places(text: str, cut: Cut | None = None) -> Places:
    """Finds the places; a cut text's own disposition is preferred."""
    start = _cut_orders(cut) if cut else None
    found = orders(text) if start is None else start
    if found is None:
        return Places(head_lines(text), "", text[-_TAIL:], "")
    before = text[max(0, found - _REACH_OF_BASIS) : found]
    basis = before[max(before.rfind("。"), before.rfind("\n", 0, max(0, len(before.rstrip()) - 1))) + 1 :]
    return Places(head_lines(text), basis, text[found:].lstrip("：:，, "), text[max(0, found - 6) : found])


def orders(text: str) -> int | None:
    """The place after the last 判决如下 (裁定如下, 决定如下 …), or None."""
    place = len(text)
    while (place := text.rfind("如下", 0, place)) >= 0:
        if text[max(0, place - 3) : place].rstrip().endswith(_ORDERS):
            return place + 2
    return None


def head_lines(text: str) -> tuple[str, ...]:
    """The first lines, stripped, none empty."""
    head = text[:_HEAD]
    if head.count("\n") < 3:
        head = _SPACED.sub(lambda match: match[0].replace(" ", ""), head).replace(" ", "\n")
    head = _GLUED.sub(r"\1\n", head)
    return tuple(line for piece in head.split("\n") if (line := piece.strip()))


def compact(line: str) -> str:
    """The line without any white space."""
    return "".join(line.split())


def _cut_orders(cut: Cut) -> int | None:
    return next((part.start for part in reversed(cut.parts) if part.part is Part.DISPOSITION), None)
