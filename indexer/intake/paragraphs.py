"""The paragraphs of a judgment's parts, and their ids, which stay when a text is imported again."""

import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from itertools import count

from indexer.domain.ruling import Part
from indexer.intake.model import Judgment

_LOST_BREAKS = 400
"""A line longer than this that is more than half of the text stands for many: the text lost its line breaks."""
_BREAK = re.compile(
    r"(?<=[。；：:！？”’）)])\s+(?=\S)"  # a sentence ended
    r"|(?<=[院书号])\s+(?=\S)"  # title block: court, document, number
    r"|\s+(?=审\s*判\s*[长员]|代理审判员|人民陪审员|书\s*记\s*员|法官助理|[一二][〇○零O九]\S{1,3}年\S{1,3}月\S{1,4}日)"
)
_LONG = 400
"""A paragraph longer than this is parted further where a new item or a new thought plainly begins."""
_ITEM = re.compile(
    r"(?<=[。；：:;])(?:(?=(?P<figure>\d{1,3})[、．.](?!\d))|(?=[（(](?P<bracketed>[一二三四五六七八九十]{1,3}|\d{1,2})[）)])"
    r"|(?=(?P<plain>[一二三四五六七八九十]{1,3})、))"
)
_TURN = re.compile(
    r"(?<=[。！？”])(?=(?:上述|以上)(?:事实|证据)|本院(?:认为|经审查|认证)|(?:经|本院)审理查明|另查明|又查|再查明"
    r"|综上(?:所述)?[，,]|(?:关于|对于|针对)[^。；]{0,60}(?:意见|主张|请求|问题|焦点|理由)[，,：:]|为证明|公诉机关(?:认为|提供|提交))"
)
_FIGURES = {char: value for value, char in enumerate("一二三四五六七八九十", 1)}
_WHITE = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"^(.*?)\s*\{#(p[1-9]\d*)\}$")
_MOST = 99_999
"""The highest number an id can have."""


def paragraphs_of(judgment: Judgment) -> Iterator[tuple[Part, tuple[str, ...]]]:
    """Each part with its paragraphs in document order; a line that lost its breaks is parted where they were."""
    text = judgment.raw.text
    longest = max(map(len, text.split("\n")), default=0)
    lost = longest > _LOST_BREAKS and 2 * longest > len(text)
    for part, lines in judgment.paragraphs():
        yield part, tuple(piece for line in lines for piece in _pieces(line)) if lost else lines


def with_kept_ids(text: str, *old: str) -> str:
    """``text`` (a corpus file) with the ids that its unchanged paragraphs have in ``old``, its texts, newest first.

    A paragraph is the same when its words are, whatever the white space. New ones are numbered on
    after the highest id ever given, so that an address never comes to mean another text.
    """
    known: dict[str, deque[str]] = {}
    highest = 0
    for lines in (each.split("\n") for each in old):
        for match in filter(None, map(_PARAGRAPH.match, lines)):
            ids = known.setdefault(_key(match[1]), deque())
            if match[2] not in ids:
                ids.append(match[2])
            highest = max(highest, int(match[2][1:]))
    numbers = count(highest + 1)
    out: list[str] = []
    for line in text.split("\n"):
        found = _PARAGRAPH.match(line)
        if found is None:
            out.append(line)
            continue
        held = known.get(_key(found[1]))
        out.append(f"{found[1]} {{#{held.popleft() if held else f'p{next(numbers)}'}}}")
    return "\n".join(out)


def content_key(text: str) -> str:
    """The paragraphs of a corpus file without ids and white space: equal when the ruling's words are."""
    lines = (_PARAGRAPH.match(line) for line in text.split("\n"))
    return "".join(_key(match[1]) for match in lines if match)


def words_key(text: str) -> str:
    """`content_key` without punctuation and in one width: equal for two copies of one text."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", content_key(text))))


def _pieces(line: str) -> Iterator[str]:
    for piece in _BREAK.split(line):
        for turn in _TURN.split(piece) if len(piece) > _LONG else (piece,):
            yield from (item for part in _items(turn) if (item := part.strip()))


def _items(text: str) -> Iterator[str]:
    """A long text cut before the items of its lists; only those that count on from one."""
    if len(text) <= _LONG:
        yield text
        return
    start, last = 0, {"figure": 0, "bracketed": 0, "plain": 0}
    for match in _ITEM.finditer(text):
        kind = match.lastgroup or ""
        value = _value(match[kind])
        if value not in (last[kind] + 1, 1):
            continue
        last[kind] = value
        yield text[start : match.start()]
        start = match.start()
    yield text[start:]


def _value(figures: str) -> int:
    """1 to 99 in either kind of figures."""
    if figures.isdecimal():
        return int(figures)
    tens, ten, ones = figures.rpartition("十")
    return (_FIGURES.get(tens, 1) * 10 if ten else 0) + _FIGURES.get(ones, 0)


def _key(text: str) -> str:
    return _WHITE.sub("", text)
