"""Bytes into text, whatever Chinese encoding they are in, and text into plain lines."""

import re

from indexer.intake.formats.limits import MAX_TEXT
from indexer.intake.model import Known, RawJudgment, Refusal

_DROPPED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[\t\u00a0\u2000-\u200a\u202f\u205f]")
_COMMON = frozenset("的是一不在人有了为被告原法院判决书本案审理由于中号年月日诉公司第条民事行政刑為訴訟決審號條與國華")
"""Characters of nearly every judgment, in both scripts: the right encoding shows more of them."""
_SAMPLE = 200_000
_HAN = re.compile(r"[\u3400-\u9fff]")
_SEPARATOR = re.compile(r"\n[ \t]*(?:[=*_~－—-]{10,}|#{10,})[ \t]*\n|\f")
_TITLE = re.compile(r"法\s*院[\s\S]{0,80}?(?:判\s*决|裁\s*定|决\s*定|调\s*解)\s*书")
_NOTE = re.compile(r"#\s*([^:：\n]{1,12})[:：]\s*(.*)")
_NOTES = {"文档标题": "title", "标题": "title", "案件编号": "case_number", "案号": "case_number", "案由": "cause",
          "法院": "court", "裁判日期": "date", "原始URL": "url"}  # fmt: skip
"""Lines some collectors write above a judgment, and what they hold; 未知… means nothing was known."""


def decoded(data: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16, GB18030 or BIG5, with or without a mark; None when it is none of them."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strict(data.removeprefix(b"\xef\xbb\xbf"), encoding)
    if b"\0" in data[:_SAMPLE]:
        found = [text for name in ("utf-16-le", "utf-16-be") if (text := _strict(data, name)) and "\0" not in text]
        return max(found, key=_likeness, default=None)
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    # Any bytes of one of the two are often bytes of the other: the better Chinese wins.
    found = [text for name in ("gb18030", "big5hkscs") if (text := _strict(data, name)) is not None]
    best = max(found, key=_likeness, default=None)
    return best if best is not None and _likeness(best) > 0.05 else None


def plain(text: str) -> str:
    """Text with line feeds alone as line breaks and no control characters; nothing else is changed."""
    text = _BLANKS.sub(" ", _BREAKS.sub("\n", text))
    return _DROPPED.sub("", text)


def language_of(text: str) -> str:
    """``zh`` unless hardly a character of it is Han."""
    sample = text[:3_000]
    return "zh" if len(_HAN.findall(sample)) * 20 >= len(sample.strip()) else "en"


def judgment(source: str, text: str, known: Known | None = None) -> RawJudgment | Refusal:
    """One judgment out of its text, or why it is none."""
    text = plain(text)
    if not text.strip():
        return Refusal(source, "no-text")
    if len(text) > MAX_TEXT:
        return Refusal(source, "text-too-long", str(len(text)))
    if "\ufffd" in text or not _is_whole(text):
        return Refusal(source, "lost-characters")
    return RawJudgment(source, text, known or Known(), language_of(text))


def read_text(source: str, data: bytes) -> list[RawJudgment | Refusal]:
    """The judgments of a text file: one, or several where lines of ===== part them and each has its title."""
    text = decoded(data)
    if text is None:
        return [Refusal(source, "binary-file" if b"\0" in data[:_SAMPLE] else "unknown-encoding")]
    pieces = [piece for piece in _SEPARATOR.split(_BREAKS_BUT_PAGES.sub("\n", text)) if piece.strip()]
    if len(pieces) < 2 or not all(_TITLE.search(piece[:600]) for piece in pieces):
        pieces = [text]
    several = len(pieces) > 1
    return [
        _with_notes(f"{source}#{place}" if several else source, plain(piece)) for place, piece in enumerate(pieces, 1)
    ]


_BREAKS_BUT_PAGES = re.compile(r"\r\n?")


def _with_notes(source: str, text: str) -> RawJudgment | Refusal:
    known = Known()
    lines = text.lstrip("\n").split("\n")
    place = 0
    while place < len(lines) and (note := _NOTE.match(lines[place])):
        name = _NOTES.get(note[1].strip())
        if name and not note[2].startswith("未知"):
            known = _told(known, name, note[2].strip())
        place += 1
    body = "\n".join(lines[place:])
    return judgment(source, body if place else text, known)


def _told(known: Known, name: str, value: str) -> Known:
    columns = {column: getattr(known, column) for column in _NOTES.values()} | {name: value}
    return Known(
        title=columns["title"], court=columns["court"], case_number=columns["case_number"],
        date=columns["date"], cause=columns["cause"], url=columns["url"],
    )  # fmt: skip


def _is_whole(text: str) -> bool:
    """Whether no half of a character (a lone surrogate, as JSON may spell it) is left."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return None


def _likeness(text: str) -> float:
    sample = text[:_SAMPLE]
    odd = sum("\ue000" <= char <= "\uf8ff" or (not char.isprintable() and char not in "\r\n\t\f") for char in sample)
    return (sum(char in _COMMON for char in sample) - 5 * odd) / max(1, len(sample))
