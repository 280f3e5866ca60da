"""Quotations in a brief: found, tied to a citation, aligned with the ruling, and whose words they are.

**What counts as a quotation.** Words in “…”, "…", 「…」, 『…』 or «…» with at least 8 Han characters or 4 Latin
words, and passages that are block quotes (``> …``). Titles of cases and names of laws in quotation marks, and
words that the sentence gives to another source (a contract, a claim, a witness), are none.

**Which citation it belongs to.** The nearest in the same sentence, else in the one before, else in the one
after; a quotation that a colon or “held that” introduces belongs to the citation before it, one that a bracket
follows to the citation in the bracket, one that the mark of a footnote follows to a ruling cited in the note. Where
this leaves a doubt, the quotation is reported only if it stands in the ruling at least nearly.

**How words are compared** (`app.briefs.alignment`), with the original if they are Chinese, else the translation:

* ``EXACT``: from the first word to the last, character for character; runs of white space count as one space;
  what stands before the first and after the last word (a full stop inside the marks) is left aside;
* ``FORMAL``: the same words after folding (width, case, traditional characters) with punctuation and white
  space left out, also across two paragraphs of one part; or the same but for words that an ellipsis marks as
  left out, without negation or proviso, in order and close: the words left out are in ``differences``;
* ``MEANING``: a negation (不 未 非 无 没 别 勿 莫 毋 否; not, no, never, without, un- …) is dropped, added or
  changed, also one right before the words quoted; or a word stands for its contrary (具有 for 缺乏, 可以 for 应当);
  or an ellipsis leaves out words with a negation or a proviso (但, 除非, but, unless …) or more than 200 words,
  joins two parts of the ruling, or changes their order;
* ``NEAR``: at least 85 % of the characters are the same (negations set aside), or up to 80 words are left out
  without a mark; each stretch that differs is in ``differences``;
* ``NOT_FOUND``: nothing of this.

**Whose words they are**: a party's in claims and defence, the court below's in the first instance as reported,
an editor's in a headnote, the court's elsewhere. Of several places the one is taken that fits what the brief says.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.briefs.alignment import Alignment, align
from app.briefs.model import Agreement, Note, QuotationCheck, Speaker
from app.briefs.sentences import Quoted, Sentences
from app.briefs.sources import Sources
from indexer.domain.ruling import Part, Ruling

_REACH = 400
"""So many characters before and after a quotation are read, less where its sentence ends."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z][\w'’-]*")
_TITLE = re.compile(
    r"[^，。；]*(?:诉[^，。；]*|纠纷)案(?:件)?|(?:中华人民共和国|最高人民法院|国务院|关于)[^，。；]*"
    r"(?:法|条例|规定|解释|办法|意见|指南|细则)|[^.;]*\sv\.?\s[^.;]*"
)
_OTHER_SOURCE = re.compile(
    r"合同|协议|约定|说明书|权利要求|答辩状|起诉状|上诉状|微信|邮件|聊天|公证书|证人|网页|页面|章程|文章|《[^》]*》"
    r"|\b(?:contract|agreement|specification|claim \d+|e-?mail|witness|website|article|advertis\w+|brochure|slogan)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"(?:认为|认定|指出|明确|强调|阐明|阐述|载明|查明|判决|表示|主张|辩称|诉称|称|写明|如下|提出|说理|要旨为?)[：:，,]?\s*$|[：:]\s*$"
    r"|\b(?:held|holds|found|stated|states|ruled|reasoned|concluded|considered|noted|observed|explained|that|argued|claimed"
    r"|contended|submitted|as follows|in the words of the court)[,:]?\s*$",
    re.IGNORECASE,
)
_CITED_AFTER = re.compile(
    r"^[”\"」』»]\s*[。.]?\s*[（(\[【]\s*(?:参?见|引自|see\s)?\s*$|^[”\"」』»]\s*[。，,.]?\s*(?:参见|见|引自|see)\s*$",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[”\"」』»’']{1,2}\s*[。，；、.,;:：）)]{0,2}\s*")
"""What may stand between a quotation and the mark of its note."""
_VERB_EN = (
    r"(?:held|found|stated|ruled|reasoned|concluded|considered|noted|observed|explained|emphasi[sz]ed|confirmed"
    r"|said|wrote)"
)
_PARTY_EN = (
    r"(?:plaintiffs?|defendants?|appellants?|appellees?|applicants?|respondents?|claimants?|petitioners?"
    r"|third part(?:y|ies))"
)
_BELOW = r"(?:一审|原审|初审)(?:法院|判决)?[^，。；“”]{0,10}(?:认为|认定|指出|判决|查明)"
_BELOW_EN = r"\b(?:court below|court of first instance|(?:first[- ]instance|trial|lower) court)\b[^.;“”\"]{0,30}\b"
_PARTY = (
    r"(?:原告|被告|上诉人|申请人|第三人|当事人|专利权人|商标权人|公司|一方)[^，。；“”]{0,10}"
    r"(?:主张|诉称|辩称|认为|提出|上诉称|抗辩|称|请求)"
)
_PLEADED_EN = r"(?:argued|claimed|contended|submitted|alleged|asserted|maintained|pleaded|requested)"
_COURT_VERB = (
    r"[^，。；“”]{0,12}(?:认为|认定|指出|明确|强调|阐明|阐述|载明|裁判要旨|说理|表示"
    r"|判令|责令|判决|裁定(?!书)|驳回|撤销|维持|改判)"
)
_ATTRIBUTIONS: tuple[tuple[Speaker, int, re.Pattern[str]], ...] = (
    (Speaker.COURT_BELOW, 1, re.compile(rf"{_BELOW}|{_BELOW_EN}{_VERB_EN}\b", re.IGNORECASE)),
    (Speaker.PARTY, 1, re.compile(rf"{_PARTY}|\b{_PARTY_EN}\b[^.;“”\"]{{0,30}}\b{_PLEADED_EN}\b", re.IGNORECASE)),
    (
        Speaker.COURT,
        1,
        re.compile(
            rf"(?:(?<![一原初]审)法院|本院|法庭|最高院|高院|合议庭){_COURT_VERB}"
            rf"|\b(?:(?<!instance )(?<!trial )(?<!lower )court(?! below| of first)|tribunal|SPC|judges?)\b"
            rf"[^.;“”\"]{{0,60}}\b{_VERB_EN}\b|\bit {_VERB_EN}\b",
            re.IGNORECASE,
        ),
    ),
    (
        Speaker.COURT,
        0,
        re.compile(
            rf"(?:判决书?|裁定书?|裁判|该案|号案?){_COURT_VERB}|\b(?:judgment|ruling)\b[^.;“”\"]{{0,60}}\b{_VERB_EN}\b"
        ),
    ),
)
"""Who is said to speak, and whether a subject is named (1) or only the document (0)."""
_SPEAKERS = {
    Part.HEADNOTE: Speaker.EDITOR,
    Part.CLAIMS: Speaker.PARTY,
    Part.DEFENCE: Speaker.PARTY,
    Part.FIRST_INSTANCE: Speaker.COURT_BELOW,
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in a passage that may be a ruling's; ``sure`` when the brief clearly says so."""

    start: int
    end: int
    citation: int
    """The number of the citation it belongs to, among those of the passage."""
    sure: bool
    said_by: Speaker | None
    """Whose words the brief says they are."""


def speaker_of(part: Part) -> Speaker:
    """Whose words a part of a ruling holds; in a digest, whose position it reports."""
    return _SPEAKERS.get(part, Speaker.COURT)


def find_quotations(
    sentences: Sentences, quotes: Sequence[Quoted], places: Sequence[tuple[int, int]]
) -> Iterator[Quotation]:
    """The quotations of a passage whose citations stand at ``places``, each tied to one of them."""
    text = sentences.text
    starts = [start for start, _ in places]
    for quote in quotes:
        words = text[quote.start : quote.end]
        outside = _nearby(quote, places, starts)
        if not outside or not is_quotation(words):
            continue
        sentence = sentences.span(sentences.at(quote.start))
        begin = max(sentence.start, quote.start - _REACH)
        bare = _without(text[begin : quote.start - 1], begin, [places[index] for index in outside])
        tied = _tie(sentences, quote, [(index, places[index]) for index in outside], bare)
        if tied is None:
            continue
        other = _OTHER_SOURCE.search(bare[-24:]) is not None
        said_by = _attributed(bare) or _attributed_after(text[quote.end + 1 : min(sentence.end, quote.end + _REACH)])
        yield Quotation(quote.start, quote.end, tied[0], tied[1] and not other, said_by)


def quotations_of_notes(
    sentences: Sentences, quotes: Sequence[Quoted], notes: Sequence[Note]
) -> Iterator[tuple[Quotation, Note]]:
    """The quotations that a note's mark follows, right behind them or at the end of their sentence, with that note."""
    text = sentences.text
    marks = sorted(notes, key=lambda each: each.at)
    places = [note.at for note in marks]
    for quote in quotes:
        following = bisect_left(places, quote.end)
        if following == len(marks) or not is_quotation(text[quote.start : quote.end]):
            continue
        note = marks[following]
        if sentences.at(quote.start) != sentences.at(note.at - 1) or note.at - quote.end > _REACH:
            continue
        sentence = sentences.span(sentences.at(quote.start))
        intro = text[max(sentence.start, quote.start - _REACH) : quote.start - 1]
        told = _MARKED.fullmatch(text, quote.end, note.at) or _SPEAKS.search(intro)
        sure = note.sure and told is not None and not _OTHER_SOURCE.search(intro[-24:])
        yield Quotation(quote.start, quote.end, 0, sure, _attributed(intro)), note


def _nearby(quote: Quoted, places: Sequence[tuple[int, int]], starts: Sequence[int]) -> list[int]:
    """The numbers of the citations next to a quotation, not in it."""
    middle = bisect_left(starts, quote.start)
    near = range(max(0, middle - 4), min(len(places), middle + 8))
    return [
        index
        for index in near
        if 0 <= quote.start - places[index][1] <= _REACH or 0 <= places[index][0] - quote.end <= _REACH
    ]


def is_quotation(words: str) -> bool:
    """Whether words in quotation marks are long enough, and no title."""
    long = len(_HAN.findall(words)) >= 8 or (not _HAN.search(words) and len(_LATIN.findall(words)) >= 4)
    return long and not (_TITLE.fullmatch(words.strip()))


def check_quotation(passage: int, text: str, quotation: Quotation, ruling: Ruling, sources: Sources) -> QuotationCheck:
    """How a quotation stands in a ruling."""
    words = text[quotation.start : quotation.end]
    language = "zh-Hans" if len(_HAN.findall(words)) > len(_LATIN.findall(words)) else "en"
    source = sources.of(ruling, language)
    wanted = quotation.said_by or Speaker.COURT

    def preference(part: Part) -> int:
        speaker = speaker_of(part)
        return 0 if speaker is wanted else 1 if speaker is Speaker.COURT else 2 if speaker is Speaker.EDITOR else 3

    found = align(words, source, preference)
    place = (passage, quotation.start, quotation.end, words)
    if found is None:
        return QuotationCheck(*place, Agreement.NOT_FOUND, None, None, None, language)
    if _denied_before(text[max(0, quotation.start - 20) : quotation.start], found):
        found = replace(found, agreement=Agreement.FORMAL, differences=())
    part, paragraph = source.at(found.place.first)
    return QuotationCheck(*place, found.agreement, paragraph, part, speaker_of(part), language, found.differences)


def _denied_before(before: str, found: Alignment) -> bool:
    """Whether the only thing left out is a negation that the brief has before the marks: does not “fall within”."""
    left_out = found.differences[0].ruling if len(found.differences) == 1 and not found.differences[0].quoted else ""
    return bool(left_out) and before.rstrip('“"「『« ').lower().endswith(left_out.lower())


def _without(intro: str, offset: int, places: Sequence[tuple[int, int]]) -> str:
    """An introduction with 号 for each of its citations, so that their words are not read as words of it."""
    for start, end in reversed(places):
        if offset <= start and end <= offset + len(intro):
            intro = f"{intro[: start - offset]}号{intro[end - offset :]}"
    return intro


def _tie(
    sentences: Sentences, quote: Quoted, places: Sequence[tuple[int, tuple[int, int]]], intro: str
) -> tuple[int, bool] | None:
    """The citation that a quotation belongs to, and whether that is sure."""
    text = sentences.text
    here = sentences.at(quote.start)
    number = {index: sentences.at(start) for index, (start, _) in places}
    same = [(index, place) for index, place in places if number[index] == here]
    before = [(index, place) for index, place in same if place[1] <= quote.start]
    after = [(index, place) for index, place in same if place[0] >= quote.end]
    if after and _CITED_AFTER.search(text[quote.end : after[0][1][0]]):
        return after[0][0], True
    if before and _SPEAKS.search(intro):
        return before[-1][0], True
    if same:
        nearest = min(same, key=lambda each: max(each[1][0] - quote.end, quote.start - each[1][1]))
        distance = max(nearest[1][0] - quote.end, quote.start - nearest[1][1])
        return nearest[0], distance <= 12 and len(same) == 1
    earlier = [index for index, _ in places if number[index] == here - 1]
    if earlier:
        return earlier[-1], len(earlier) == 1 and _attributed(intro) is not None
    later = [index for index, _ in places if number[index] == here + 1]
    return (later[0], False) if later else None


def _attributed(intro: str) -> Speaker | None:
    """Whose words an introduction says will follow: the last that it names, the nearest subject of it."""
    found = [
        ((match.end(), subject, -len(match[0])), speaker)
        for speaker, subject, pattern in _ATTRIBUTIONS
        for match in pattern.finditer(intro[-160:])
    ]
    return max(found, key=lambda each: each[0])[1] if found else None


def _attributed_after(rest: str) -> Speaker | None:
    """Whose words a sentence says they were: “…,” the court held."""
    for speaker, _, pattern in _ATTRIBUTIONS:
        match = pattern.search(rest[:90])
        if match and not rest[: match.start()].strip(" ,.，。、(（the一"):
            return speaker
    return None
