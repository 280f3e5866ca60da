"""Text in the encodings that Chinese files come in, read so that it can be written back byte for byte."""

import codecs
import re
from dataclasses import dataclass

from app.briefs.files.errors import N_, BriefUnreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHINESE = ("gb18030", "big5", "cp950", "big5hkscs")
"""Tried when it is not UTF-8: nearly every Big5 text is formally GB18030, too, so the more likely reading counts."""

_FREQUENT = frozenset(
    "的一是在不了有和人這这中大為为上個个國国以要他時时來来用們们到作地於于出就分對对成會会可主發发年動动同工也能下過过"
    "子說说產产種种面而方後后多定行學学法所民得經经十三之進进著等部度家電电力裡里如水化高自二理起小物現现實实加量都兩两"
    "體体制機机當当使點点從从業业本去把性好應应開开它合還还因由其些然前外天政四日那社義义事平形相全表間间樣样與与關关各"
    "重新線线內内數数正心反你明看原又麼么利比或但質质氣气第向道命此變变條条只沒没結结解問问意建月公無无系軍军很情者最立"
    "代想已通並并提直題题黨党程展五果料象員员革位入常文總总次品式活設设及管特件長长求老頭头基資资邊边流路級级少圖图山統"
    "统接知較较將将組组見见計计別别她手角期根論论運运農农指幾几九區区強强放決决西被幹干做必戰战先回則则任取據据處处"
    "院判書书案號号訴诉被告原審审專专權权著作商標标侵證证認认裁定京終终初請请求駁驳維维持賠赔償偿損损失"
)
_PUNCTUATION = frozenset("，。、；：“”「」『』（）《》〔〕【】！？\u3000")
_NOT_TEXT = N_("The file is not text in UTF-8, GB18030, Big5 or UTF-16. Save it as UTF-8.")
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, and how it was written down."""

    content: str
    encoding: str
    mark: bytes = b""

    def fitted(self, content: str) -> str:
        """Some text as it will read once it is `encoded`."""
        return content.encode(self.encoding, "xmlcharrefreplace").decode(self.encoding)

    def encoded(self, content: str) -> bytes:
        """Some text in the encoding of the file; what it has no character for becomes ``&#8230;``."""
        return self.mark + content.encode(self.encoding, "xmlcharrefreplace")


def decoded(data: bytes) -> Text:
    """The text of a file in any encoding that Chinese files come in."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data, _decode(data[len(mark) :], encoding), encoding, mark)
    for encoding in ("utf-8", *_utf16_without_mark(data)):
        content = _decode(data, encoding)
        if content is not None:
            return _checked(data, content, encoding)
    readings = [(content, name) for name in _CHINESE if (content := _decode(data, name)) is not None]
    if not readings:
        raise BriefUnreadable(_NOT_TEXT)
    likely = max(readings, key=lambda each: _likelihood(each[0]))
    return _checked(data, *likely)


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        content = data.decode(encoding)
    except UnicodeError:
        return None
    return content if content.encode(encoding) == data else None


def _checked(data: bytes, content: str | None, encoding: str, mark: bytes = b"") -> Text:
    if content is None or _BINARY.search(content):
        raise BriefUnreadable(_NOT_TEXT)
    return Text(content, encoding, mark)


def _utf16_without_mark(data: bytes) -> list[str]:
    """Nothing in a text is a NUL but half of a UTF-16 character: of a space, a line break, a digit."""
    sample = data[:4000]
    if len(data) % 2 or b"\0" not in sample:
        return []
    return ["utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"]


def _likelihood(content: str) -> float:
    """The share of frequent characters; GB18030 read as Big5, or the other way round, has hardly any."""
    wide = [char for char in content[:20_000] if char > "\x7f"]
    if not wide:
        return 0.0
    known = sum(char in _FREQUENT or char in _PUNCTUATION for char in wide)
    return known / len(wide)
