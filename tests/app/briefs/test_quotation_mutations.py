"""A thousand quotations of the corpus, each also mutated: the exact ones verified, the mutations named."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.briefs.model import Agreement, QuotationCheck, Speaker
from app.briefs.quotation import Quotation, check_quotation, speaker_of
from app.briefs.quoting import DIFFERING, reasons_of
from app.briefs.sources import Sources
from app.stores import Snapshot
from indexer.domain.ruling import Paragraph, Part, Ruling

QUOTATIONS = 1_000
SEED = 20261122
HAN = re.compile(r"[\u4e00-\u9fff]")
NEGATIONS_ZH = "不未非无没别勿莫毋否"
NEGATIONS_EN = re.compile(r"\b(?:not|no|never|without|neither|nor|none|nothing|cannot|non)\b|n['’]t\b", re.IGNORECASE)
HALF_A_WORD = re.compile(r"[A-Za-z0-9.]{2}|..[A-Za-z0-9.]{2}")
OWN = {Part.HOLDINGS, Part.DISPOSITION, Part.REASONING, Part.LEGAL_BASIS}
PROVISOS = re.compile(r"但|然而|除非|除外|例外|却|\b(?:but|however|unless|except|although|though)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sample:
    """A stretch of a paragraph, as a brief would quote it."""

    ruling: Ruling
    part: Part
    paragraph: Paragraph
    text: str
    chinese: bool


@pytest.fixture(scope="module")
def samples(snapshot: Snapshot) -> list[Sample]:
    rulings = snapshot.catalogue.rulings(snapshot.catalogue.ids())
    chance = random.Random(SEED)
    stretches = [
        Sample(ruling, part, paragraph, words, chinese)
        for _, ruling in sorted(rulings.items())
        for part, paragraph in ruling.paragraphs
        for text, chinese in ((paragraph.text, True), (paragraph.translation or "", False))
        if (words := stretch(text, chinese, chance))
    ]
    return chance.sample(stretches, QUOTATIONS)


def stretch(text: str, chinese: bool, chance: random.Random) -> str:
    """Twelve to eighty characters, or six to forty words, of a paragraph; empty when it is too short."""
    if chinese:
        if len(text) < 16:
            return ""
        size = chance.randint(12, min(80, len(text) - 1))
        start = chance.randint(0, len(text) - size)
        cut = whole_words(text, start, start + size).strip("，。、；：（）“”《》 \n")
        denied = text[: text.find(cut)][-2:] if cut else ""
        return cut if len(HAN.findall(cut)) >= 10 and "…" not in cut and not turns(denied, True) else ""
    words = text.split(" ")
    if len(words) < 8:
        return ""
    size = chance.randint(6, min(40, len(words)))
    start = chance.randint(0, len(words) - size)
    denied = " ".join(words[max(0, start - 1) : start])
    return (
        " ".join(words[start : start + size]).strip(",.;:()“” ") if "…" not in text and not turns(denied, False) else ""
    )


def whole_words(text: str, start: int, end: int) -> str:
    """A stretch that cuts no number and no Latin word in two: nobody quotes half a registration number."""
    while 0 < start < end and re.match(r"[A-Za-z0-9.]{2}", text[start - 1 : start + 1]):
        start += 1
    while start < end < len(text) and re.match(r"[A-Za-z0-9.]{2}", text[end - 1 : end + 1]):
        end -= 1
    return text[start:end]


def checked(sample: Sample, text: str, sources: Sources, said_by: Speaker | None = None) -> QuotationCheck:
    quotation = Quotation(0, len(text), 0, True, said_by)
    return check_quotation(0, text, quotation, sample.ruling, sources)


@pytest.fixture(scope="module")
def sources() -> Sources:
    return Sources()


def test_every_sampled_quotation_is_exact_and_lies_in_a_paragraph_that_has_it(
    samples: list[Sample], sources: Sources
) -> None:
    for sample in samples:
        found = checked(sample, sample.text, sources, speaker_of(sample.part))
        assert found.agreement is Agreement.EXACT, sample
        held = {paragraph.id: paragraph for _, paragraph in sample.ruling.paragraphs}[found.paragraph or ""]
        assert sample.text in (held.text if sample.chinese else held.translation or ""), sample


def test_other_widths_and_punctuation_are_a_difference_of_form_only(samples: list[Sample], sources: Sources) -> None:
    for sample in samples:
        text = sample.text.replace("，", ", ").replace("；", ";") if sample.chinese else sample.text.upper()
        expected = {Agreement.FORMAL, Agreement.EXACT} if text == sample.text else {Agreement.FORMAL}
        assert checked(sample, text, sources).agreement in expected, sample


def test_a_changed_character_is_shown(samples: list[Sample], sources: Sources) -> None:
    chance = random.Random(SEED)
    count = 0
    for sample in samples:
        changed = one_changed(sample, chance)
        if changed is None:
            continue
        count += 1
        found = checked(sample, changed, sources)
        assert found.agreement is Agreement.NEAR, (sample, changed, found)
        assert 1 <= len(found.differences) <= 2, (changed, found)
    assert count > QUOTATIONS * 0.95


def one_changed(sample: Sample, chance: random.Random) -> str | None:
    """One character replaced: of a negation or beside one it would be another mutation."""
    allowed = r"[\u4e00-\u9fff]" if sample.chinese else r"[a-z]"
    places = [match.start() for match in re.finditer(allowed, sample.text)]
    safe = [place for place in places if not near_negation(sample, place)]
    if not safe:
        return None
    place = chance.choice(safe)
    new = chance.choice([char for char in ("鑫垚淼" if sample.chinese else "qxz") if char != sample.text[place]])
    return sample.text[:place] + new + sample.text[place + 1 :]


def near_negation(sample: Sample, place: int) -> bool:
    if sample.chinese:
        return any(char in NEGATIONS_ZH for char in sample.text[max(0, place - 1) : place + 2])
    return any(match.start() - 1 <= place <= match.end() for match in NEGATIONS_EN.finditer(sample.text))


def test_a_dropped_negation_changes_the_meaning(samples: list[Sample], sources: Sources) -> None:
    count = 0
    for sample in samples:
        for changed in without_a_negation(sample):
            count += 1
            assert checked(sample, changed, sources).agreement is Agreement.MEANING, (sample, changed)
    assert count > QUOTATIONS * 0.2


def without_a_negation(sample: Sample) -> Iterator[str]:
    """The first of its negations left out, if it has one that is not a part of 区别, 非常 …"""
    text = sample.text
    if sample.chinese:
        match = re.search("不|未|(?<!是)否|没有|无", text)
        if match and match.end() < len(text) and "无锡" not in text and "未来" not in text:
            yield text[: match.start()] + text[match.end() :]
    elif match := re.search(r"\b(?:not|no|never|without) ", text):
        yield text[: match.start()] + text[match.end() :]


def test_an_added_negation_changes_the_meaning(samples: list[Sample], sources: Sources) -> None:
    for sample in samples:
        text = sample.text
        middle = len(text) // 2 if sample.chinese else (text.find(" ", len(text) // 3))
        added = text[:middle] + ("不" if sample.chinese else " not") + text[middle:]
        if sample.chinese and {text[middle - 1], text[middle : middle + 1]} & set("不分区特非常来别未无"):
            continue
        assert checked(sample, added, sources).agreement is Agreement.MEANING, (sample, added)


def test_a_clause_cut_out_with_an_ellipsis_is_shown_and_one_with_a_negation_changes_the_meaning(
    samples: list[Sample], sources: Sources
) -> None:
    seen: list[Agreement] = []
    for sample in samples:
        size = len(sample.text)
        cut = slice(size // 3, size * 2 // 3) if sample.chinese else word_slice(sample.text)
        if HALF_A_WORD.match(sample.text[cut.start - 1 : cut.start + 1] + sample.text[cut.stop - 1 : cut.stop + 1]):
            continue
        head, tail = sample.text[: cut.start], sample.text[cut.stop :]
        found = checked(sample, head + ("……" if sample.chinese else "...") + tail, sources)
        shown = "".join(difference.ruling for difference in found.differences if difference.quoted)
        assert bare(head + shown + tail) in bare(whole_text(sample)), (sample, found)
        if not any(char in NEGATIONS_ZH for char in head[-1:] + tail[:1]):  # 特……别: half a compound
            expected = Agreement.MEANING if turns(shown, sample.chinese) else Agreement.FORMAL
            assert found.agreement is expected, (sample, found)
        seen.append(found.agreement)
    assert {Agreement.MEANING, Agreement.FORMAL} == set(seen)
    assert len(seen) > QUOTATIONS * 0.9


def whole_text(sample: Sample) -> str:
    return "".join(held(paragraph, sample.chinese) for _, paragraph in sample.ruling.paragraphs)


def held(paragraph: Paragraph, chinese: bool) -> str:
    return paragraph.text if chinese else paragraph.translation or ""


def word_slice(text: str) -> slice:
    spaces = [match.start() for match in re.finditer(" ", text)]
    return slice(spaces[len(spaces) // 3], spaces[len(spaces) * 2 // 3])


def turns(text: str, chinese: bool) -> bool:
    if PROVISOS.search(text):
        return True
    if not chinese:
        return NEGATIONS_EN.search(text) is not None
    plain = re.sub(r"[区分特个类级性识鉴判甄差辨派]别|别[人的墅]|非常|未来|无锡|莫名|莫斯", "", text)
    return any(char in plain for char in NEGATIONS_ZH)


def bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def test_words_put_into_another_mouth_are_given_back_to_their_speaker(samples: list[Sample], sources: Sources) -> None:
    moved = 0
    for sample in samples:
        speaker = speaker_of(sample.part)
        if speaker in (Speaker.PARTY, Speaker.COURT_BELOW):
            said_by = Speaker.COURT
        elif sample.part in OWN:
            said_by = Speaker.PARTY
        else:
            continue
        if occurrences(sample, said_by):
            continue  # the one it is given to said the same words, too
        moved += 1
        found = checked(sample, sample.text, sources, said_by)
        quotation = Quotation(0, len(sample.text), 0, True, said_by)
        codes = {reason.code for reason in reasons_of(found, quotation, sample.ruling)}
        assert "whose-words" in codes & DIFFERING, (sample, found)
        right = Quotation(0, len(sample.text), 0, True, speaker)
        there = checked(sample, sample.text, sources, speaker)
        assert "whose-words" not in {reason.code for reason in reasons_of(there, right, sample.ruling)}, sample
    assert moved > QUOTATIONS * 0.3


def occurrences(sample: Sample, speaker: Speaker) -> bool:
    """Whether a part of this speaker, or an editor's headnote, or one that reports, has the same words."""
    return any(
        (speaker_of(part) in (speaker, Speaker.EDITOR) or part not in {sample.part, *OWN})
        and bare(sample.text) in bare(held(paragraph, sample.chinese))
        for part, paragraph in sample.ruling.paragraphs
    )
