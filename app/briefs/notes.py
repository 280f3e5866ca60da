"""Footnotes and endnotes of a brief: which stretch of text is the note of which mark.

A format that knows its notes says so (`BriefFile.notes`). Where notes are only written out, in Markdown, in text and
in a PDF, they are told by their marks: ``[^1]``, ``[1]``, ``〔1〕``, ``①``, ``¹`` in the text, and a line further down
that begins with the same mark. A bare number counts as a mark only right behind a quotation, and then what it
leads to is said of the quotation only if the words stand there.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from app.briefs.model import Note, Stretch

_WRITTEN = (
    r"\[\^(?P<named>[^\]\s]{1,40})\]|[\[［〔【](?P<number>\d{1,3})[\]］〕】]"
    r"|(?P<ring>[①-⑳㉑-㉟])|(?P<raised>[¹²³⁰⁴-⁹]{1,3})"
)
_MARK = re.compile(
    rf"{_WRITTEN}|(?<=[”」』\"][。，；,.;])(?P<after>\d{{1,3}})(?![\d年月日、.])|(?<=[”」』])(?P<bare>\d{{1,3}})(?!\d)"
)
_OPENING = re.compile(rf"^[ \t\u3000]*(?:{_WRITTEN}|(?P<bare>\d{{1,3}})(?!\d)):?[.．、\s]*", re.MULTILINE)
_MAX_MARKS = 4_000

_Label = tuple[str, str]
"""The kind of a mark, and what it says."""


def written_notes(passages: Sequence[str]) -> Iterator[Note]:
    """The notes that are only written out, by their marks, in order; a note is what follows the mark nearest below."""
    opened = _opened(passages)
    if not opened:
        return
    count = 0
    for number, text in enumerate(passages):
        for mark in _MARK.finditer(text):
            label = _label(mark)
            if not text[: mark.start()].rsplit("\n", 1)[-1].strip() or label not in opened:
                continue
            stretches = opened[label]
            place = bisect_right(stretches, (number, mark.start(), len(text)))
            if place < len(stretches):
                count += 1
                if count > _MAX_MARKS:
                    return
                yield Note(number, mark.start(), (stretches[place],), sure=label[0] != "bare")


def reading_order(count: int, notes: Sequence[Note]) -> list[int]:
    """The passages as a reader meets them: each followed by its notes that are passages of their own."""
    owners: dict[int, list[int]] = {}
    placed: set[int] = set()
    for note in notes:
        for passage, start, _ in note.stretches if note.sure else ():
            if start == 0 and passage > note.passage and passage not in placed:
                placed.add(passage)
                owners.setdefault(note.passage, []).append(passage)
    order: list[int] = []
    for passage in range(count):
        if passage in placed:
            continue
        waiting = [passage]
        while waiting:  # a note may have marks of its own
            order.append(waiting.pop(0))
            waiting = [*owners.get(order[-1], ()), *waiting]
    return order


def _opened(passages: Sequence[str]) -> dict[_Label, list[Stretch]]:
    """What each mark opens: from behind it to the next that opens a line of the same passage."""
    found: dict[_Label, list[Stretch]] = {}
    for number, text in enumerate(passages):
        matches = list(_OPENING.finditer(text))
        for match, following in zip(matches, [*matches[1:], None], strict=False):
            end = following.start() if following else len(text)
            if end - match.end() >= 4:
                found.setdefault(_label(match), []).append((number, match.start(), end))
    return found


def _label(match: re.Match[str]) -> _Label:
    kind = match.lastgroup or ""
    return "bare" if kind == "after" else kind, match[kind]
