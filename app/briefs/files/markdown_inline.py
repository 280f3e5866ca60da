"""Inside a block of Markdown: what is text, what is a mark, and where a link may go."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from app.briefs.files.markdown_blocks import Block, label
from app.briefs.files.spans import Piece

_TOKEN = re.compile(
    r"\\[!-/:-@\[-`{-~]"  # an escaped character
    r"|`+"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000}>"  # an address in angle brackets
    r"|<!--|</?[A-Za-z][A-Za-z0-9-]{0,30}(?=[\s/>])[^<>]{0,2000}>"  # HTML
    r"|https?://[^\s<>（），。；、]{1,2000}"  # an address that many readers link by themselves
    r"|!?\[|\]|\*+|_+|~~"
)
_DESTINATION = re.compile(
    r"\(\s{0,100}(?:<[^<>\n]{0,2000}>|[^\s()<]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,2000}){0,5})"
    r"(?:\s{1,100}(?:\"[^\"]{0,999}\"|'[^']{0,999}'|\([^()]{0,999}\)))?\s{0,100}\)"
)
_REFERENCE = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]")
_EMPHASIS = re.compile(r"\*+|_+|~~")


def inline(content: str, block: Block, labels: frozenset[str]) -> Iterator[Piece]:
    """The pieces of a block: marks and addresses left out, links and code as text that no link may go over."""
    marks: dict[int, int] = {}
    whole: dict[int, tuple[int, str]] = {}
    locked: list[tuple[int, int]] = []
    start, end = block.lines[0][0], block.lines[-1][1]
    if block.linkable:
        _Marks(content, start, end, labels).find(marks, whole, locked)
    yield from _pieces(content, block, (marks, whole, sorted(locked)))


def keeps_emphasis(content: str, start: int, end: int) -> bool:
    """Whether the marks of emphasis next to a stretch stay what they are once brackets stand around it."""
    linked = content[max(0, start - 50) : start] + "[" + content[start:end] + "](u)" + content[end : end + 50]
    before = _roles(content[max(0, start - 50) : end + 50])
    after = _roles(linked)
    return len(before) == len(after) and all(
        now[1] >= was[1] and now[2] >= was[2] for was, now in zip(before, after, strict=True)
    )


def _roles(text: str) -> list[tuple[str, bool, bool]]:
    return [(found[0], *_flanks(text, found.start(), found.end())) for found in _EMPHASIS.finditer(text)]


def _flanks(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a mark can open and close emphasis, by the rules of CommonMark."""
    before, behind = text[start - 1 : start] or " ", text[end : end + 1] or " "
    left = not behind.isspace() and (not _punctuation(behind) or before.isspace() or _punctuation(before))
    right = not before.isspace() and (not _punctuation(before) or behind.isspace() or _punctuation(behind))
    if text[start] == "_":
        return left and (not right or _punctuation(before)), right and (not left or _punctuation(behind))
    return left, right


def _punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


class _Marks:
    """Goes through a block once and notes its marks, each by its place."""

    def __init__(self, content: str, start: int, end: int, labels: frozenset[str]) -> None:
        self.content, self.start, self.end, self.labels = content, start, end, labels
        self.brackets: list[tuple[int, int]] = []
        self.openers: dict[str, list[tuple[int, int]]] = {}
        self.anchor: int | None = None
        self.comments_end = True

    def find(self, marks: dict[int, int], whole: dict[int, tuple[int, str]], locked: list[tuple[int, int]]) -> None:
        """Fill in: marks (start → end), characters written as something else (start → end, text), locked stretches."""
        self.marks, self.whole, self.locked = marks, whole, locked
        ticks = self._matching_ticks()
        at = self.start
        while found := _TOKEN.search(self.content, at, self.end):
            at = self._token(found, ticks)
        if self.anchor is not None:
            locked.append((self.anchor, self.end))

    def _token(self, found: re.Match[str], ticks: dict[int, int]) -> int:
        token, start, end = found[0], found.start(), found.end()
        if token[0] == "\\":
            self.whole[start] = end, token[1]
        elif token[0] == "`":
            return self._code(start, end, ticks)
        elif token[0] == "&":
            self.whole[start] = end, unescape(token)
        elif token == "<!--":
            return self._comment(start, end)
        elif token[0] == "<" and ":" not in token.split()[0]:
            self._html(token, start, end)
        elif token[0] in "<h":
            self.locked.append((start, end))
        elif token.endswith("["):
            self.brackets.append((start, end))
        elif token == "]":
            return self._bracket(start)
        else:
            self._emphasis(token, start, end)
        return end

    def _comment(self, start: int, end: int) -> int:
        close = self.content.find("-->", end, self.end) if self.comments_end else -1
        if close < 0:
            self.comments_end = False
            return end
        self.marks[start] = close + 3
        return close + 3

    def _matching_ticks(self) -> dict[int, int]:
        """For each run of backticks the end of the next one of its length."""
        ends: dict[int, int] = {}
        runs = list(re.compile("`+").finditer(self.content, self.start, self.end))
        following: dict[int, int] = {}
        for run in reversed(runs):
            length = run.end() - run.start()
            if length in following:
                ends[run.start()] = following[length]
            following[length] = run.end()
        return ends

    def _code(self, start: int, end: int, ticks: dict[int, int]) -> int:
        close = ticks.get(start)
        if close is None:
            return end
        self.locked.append((start, close))
        self.marks[start] = end
        self.marks[close - (end - start)] = close
        return close

    def _html(self, token: str, start: int, end: int) -> None:
        self.marks[start] = end
        name = re.split(r"[\s/>]", token.strip("</"), maxsplit=1)[0].lower()
        if name != "a":
            return
        if token[1] != "/" and self.anchor is None:
            self.anchor = start
        elif token[1] == "/" and self.anchor is not None:
            self.locked.append((self.anchor, end))
            self.anchor = None

    def _bracket(self, at: int) -> int:
        if not self.brackets:
            return at + 1
        start, inner = self.brackets.pop()
        close = self._target(inner, at)
        if close is None:
            return at + 1
        self.marks[start], self.marks[at] = inner, close
        self.locked.append((start, close))
        return close

    def _target(self, inner: int, at: int) -> int | None:
        """Where a link ends whose text ends at ``at``; nothing if it is no link."""
        found = _DESTINATION.match(self.content, at + 1, self.end)
        if found:
            return found.end()
        reference = _REFERENCE.match(self.content, at + 1, self.end)
        if reference and label(reference[1]) in self.labels:
            return reference.end()
        if self.labels and at - inner < 200 and label(self.content[inner:at]) in self.labels:
            return at + 1
        return None

    def _emphasis(self, token: str, start: int, end: int) -> None:
        """Two marks of the same kind, the one able to open and the other to close, are no text."""
        before, behind = max(self.start, start - 1), min(self.end, end + 1)
        opens, closes = _flanks(self.content[before:behind], start - before, end - before)
        waiting = self.openers.setdefault(token, [])
        if closes and waiting:
            first = waiting.pop()
            self.marks[first[0]], self.marks[start] = first[1], end
        elif opens:
            waiting.append((start, end))


def _pieces(
    content: str,
    block: Block,
    found: tuple[dict[int, int], dict[int, tuple[int, str]], list[tuple[int, int]]],
) -> Iterator[Piece]:
    marks, whole, locked = found
    events = sorted({*marks, *whole, *(place for stretch in locked for place in stretch)})
    events_at, group, past, lock = 0, 0, 0, 0
    reach = -1
    for number, (start, end) in enumerate(block.lines):
        if number:
            yield Piece("\n", block.lines[number - 1][1], start, block.linkable and start >= reach, group, False)
        at = max(start, past)
        while at < end:
            while events_at < len(events) and events[events_at] < at:
                events_at += 1
            while lock < len(locked) and locked[lock][0] <= at:
                reach = max(reach, locked[lock][1])
                lock += 1
            if at in marks:
                at, group = marks[at], group + 1
                continue
            if at in whole:
                stop, text = whole[at]
                yield Piece(text, at, stop, block.linkable and at >= reach, group, False)
                at = stop
                continue
            following = events[events_at] if events_at < len(events) else end
            if following == at:
                events_at += 1
                following = events[events_at] if events_at < len(events) else end
            stop = min(following, end)
            yield Piece(content[at:stop], at, stop, block.linkable and at >= reach, group)
            at = stop
        past = at
