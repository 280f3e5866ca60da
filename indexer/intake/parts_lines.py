"""The lines of a judgment, also where it has none, and the fixed points at its two ends."""

import re
from bisect import insort
from dataclasses import dataclass

_LINE = re.compile(r"[^\s][^\n]*")
_WORD = re.compile(r"\S+")
_SENTENCE = re.compile(r"[^\s。；;！？][^。；;！？]*[。；;！？”’）)]*")
LONG = 0.5
"""A line that holds more than this share of the text stands for several: it lost its line breaks."""

_COURSE_TOLD = re.compile(
    r"(?:审理|复核|审查|评议|审结|庭审|再审|听证|调查)[^。，；\s]{0,4}(?:终结|完毕|完结|结束)[了。，]*"
)
_COURSE = re.compile(
    r"一案|终结|提起公诉|向本院(?:提|申|起|移|诉)|起诉书|起诉至|诉至本院|提起上诉|提出上诉|报请|请示"
    r"|本院(?:受理|立案|于[^，。]{4,20}(?:立案|受理|作出|裁定|决定再审|指令))|合议庭"
)
_SIGNED = re.compile(
    r"(?:代理|助理|主审)?\s*审\s*判\s*[长员][\s:：]*(?!\S{0,14}(?:独任|担任|审理|主持|进行|宣布|认为))"
    r"|人\s*民\s*陪\s*审\s*员[\s:：]*(?!\S{0,12}(?:参加|组成|担任))|院\s*长[\s:：]|[（(]?(?:此|本)页无正文"
)
_DATED = re.compile(r"[二一]\s*[〇○零ＯOo０0九]\s*[\w〇○×]{1,3}\s*年\s*\S{1,3}\s*月\s*\S{1,4}\s*日\s*(?:$|\n|书|\s)")
_ORDERS = re.compile(r"(?:判决|裁定|决定|判处|裁决|通知|命令|调解|批复|复函)[：:]?$")
_ORDERS_SHORT = re.compile(
    r"[，,。、；\s](?:特?此?判决|裁定|决定)[：:][\s]|(?:条|款|项|规定|决定)之?规?定?[：:]\s*(?=一、|被告人|驳回)"
)
_ORDERS_STOP = re.compile(r"[\s：:；;，,。.]+")
_HELD = re.compile(r"本院[^。，：]{0,10}认为|不服|上诉")
_HOLDS = re.compile(r"(?:综上(?:所述)?[，,])?本院[^。，：]{0,10}认为")
_HOLDS_LATE = re.compile(r"(?:[^。：:]{0,50}[，,])?[本我]院[^。，：]{0,10}认为")
_HOLDS_INSIDE = re.compile(r"[。；\s](?=(?:综上(?:所述)?[，,])?[本我]院[^。，：]{0,10}认为)")
_ORDER = re.compile(
    r"(?:一、|（一）)?(?:(?:维持|撤销|驳回|准许|核准|指定|指令|终结|中止)[^。]{2,80}(?:判决|裁定|申请|上诉|起诉|请求|再审|诉讼|执行)"
    r"|(?:被告人|上诉人|原审被告人)[^，。]{1,40}犯[^，。]{1,60}罪[，,](?:判处|免予|驳回))"
)
_BASIS = re.compile(
    r"(?:(?:综上(?:所述)?|据此|为此|故|因此|遂|鉴此)[，,]?)?(?:本院|合议庭)?(?:现|经[^，。]{0,20}[，,]?)?(?:本院|合议庭)?"
    r"(?:依照|依据|根据|按照|遵照|适用|参照)(?=[^。]{0,60}?(?:《|〈|<|法》?第|规定|条|之))"
)


@dataclass(frozen=True, slots=True)
class Closing:
    """Where the end of a judgment begins; each position is that of the next where there is nothing of its own."""

    legal_basis: int
    disposition: int
    signature: int


def line_starts(text: str) -> list[int]:
    """Where each line begins; for a text without line breaks its paragraphs (parted by blanks), else its sentences."""
    starts = [match.start() for match in _LINE.finditer(text)]
    ends = [*starts[1:], len(text)]
    longest = max(range(len(starts)), key=lambda line: ends[line] - starts[line], default=None)
    if longest is not None:
        start, end = starts[longest], ends[longest]
        if end - start > LONG * len(text):
            starts[longest : longest + 1] = _inner_starts(text, start, end)
    return starts


def _inner_starts(text: str, start: int, end: int) -> list[int]:
    pieces = [match.span() for match in _WORD.finditer(text, start, end)]
    inner: list[int] = []
    for first, last in pieces:
        if last - first > LONG * len(text):
            inner += [match.start() for match in _SENTENCE.finditer(text, first, last)]
        else:
            inner.append(first)
    return inner


def course_told(text: str, starts: list[int], limit: int) -> int | None:
    """Where the course of proceedings has been told (after 现已审理终结); a line is begun there if need be."""
    match = _COURSE_TOLD.search(text, 0, limit)
    if match is None:
        return None
    blank = len(text[match.end() : limit]) - len(text[match.end() : limit].lstrip())
    place = match.end() + blank
    if place < limit and place not in starts:
        insort(starts, place)
    return place


def tells_course(text: str, start: int, end: int) -> bool:
    """Whether a line belongs to origin and course of the case, after title and parties."""
    line = text[start:end].strip()
    return not line.endswith(("书", "）", ")", "号")) and _COURSE.search(line) is not None


def reasoning_missed(text: str, starts: list[int], after: int, limit: int) -> int | None:
    """Where 本院认为 stands if no line opened the reasoning: within a longer opening, or inside a line."""
    for start in starts:
        if after <= start < limit and _HOLDS_LATE.match(text, start, limit):
            return start
    match = _HOLDS_INSIDE.search(text, after, limit)
    return match.end() if match else None


def closing(text: str, starts: list[int]) -> Closing:
    """Finds 依照…, 判决如下 and the signatures, from the end backwards."""
    signing = [start for start in starts if _SIGNED.match(text, start)]
    dated = [start for start in starts if _DATED.match(text, start)]
    last = (signing or dated or [len(text)])[-1]
    found = _orders(text, last) or _bare_orders(text, starts, last)
    if found is None:
        signature = next((start for start in signing if start > len(text) // 8), (dated or [len(text)])[-1])
        return Closing(signature, signature, signature)
    words, disposition = found
    return Closing(_legal_basis(text, words), disposition, _next(signing, disposition, max(last, disposition)))


def _next(places: list[int], after: int, otherwise: int) -> int:
    return next((place for place in places if place >= after), otherwise)


def _orders(text: str, end: int) -> tuple[int, int] | None:
    """The start of 判决如下 and the place after it.

    The last before the signatures, or, where orders are given in two goes without 本院认为 between them, the first.
    """
    place, found = end, None
    while (place := text.rfind("如下", 0, place)) >= 0:
        before = _ORDERS.search(text, max(0, place - 4), place)
        stop = _ORDERS_STOP.match(text, place + 2)
        if before and stop:
            if found and _HELD.search(text, place, found[0]):
                break
            found = before.start(), stop.end()
    if found:
        return found
    short = list(_ORDERS_SHORT.finditer(text, end // 3, end))
    return (short[-1].start(), short[-1].end()) if short else None


def _bare_orders(text: str, starts: list[int], end: int) -> tuple[int, int] | None:
    """Orders that no 判决如下 announces: the first line that reads as one after the last 本院认为."""
    held = max((start for start in starts if start < end and _HOLDS.match(text, start)), default=None)
    if held is None:
        return None
    place = next((start for start in starts if held < start < end and _ORDER.match(text, start)), None)
    return None if place is None else (place, place)


def _legal_basis(text: str, words: int) -> int:
    """Where the sentence before 判决如下 turns to the law; ``words`` itself where it names none."""
    sentence = max(text.rfind("。", 0, words), text.rfind("\n", 0, words)) + 1
    match = _BASIS.search(text, sentence, words)
    return match.start() if match else words
