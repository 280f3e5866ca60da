"""What speaks for a legal field: words by weight and place, patent classes, and the measured figures."""

import json
import lzma
import os
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from indexer.build import Accepted
from indexer.domain.names import Names
from indexer.domain.ruling import Confidence, Paragraph, Ruling, Section
from indexer.evidence import OWN_WORDS, TITLE, weigh
from indexer.intake.judgment import read_judgment
from indexer.intake.model import RawJudgment
from indexer.intake.paragraphs import paragraphs_of
from indexer.tag import causes_of
from tests.builders import PARTS, a_ruling

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("PANLI_TEST_DATA", ROOT.parent / "shared" / "data"))
GOLD = ROOT / "tests" / "intake" / "gold_fields.jsonl"
Pairs = Iterable[tuple[set[str], set[str], set[str]]]


def fields(ruling: Ruling) -> set[str]:
    return {each.field for each in weigh(ruling) if each.confidence}


def test_a_word_in_the_title_weighs_more_than_in_the_text(tmp_path: Path) -> None:
    (title,) = [e for e in weigh(a_ruling(tmp_path, 1, title={"zh": "虚构疫苗专利案"})) if e.field == "biomedicine"]
    parts = PARTS.replace("一项外观设计", "一种疫苗")
    (text,) = [e for e in weigh(a_ruling(tmp_path, 2, parts=parts)) if e.field == "biomedicine"]
    assert title.evidence[0].place == TITLE
    assert text.evidence[0].paragraph
    assert title.score > text.score


def test_a_longer_word_hides_the_shorter_one_in_it(tmp_path: Path) -> None:
    said = [
        piece.said.zh
        for each in weigh(a_ruling(tmp_path, title={"zh": "虚构的植物新品种权案"}))
        for piece in each.evidence
    ]
    assert "植物新品种权" in said
    assert "植物新品种" not in said


def test_a_latin_word_is_not_found_inside_another(tmp_path: Path) -> None:
    ruling = a_ruling(tmp_path, title={"zh": "虚构案", "en": "A fictitious cartelisation of waferlike things"})
    assert [piece.said.zh for each in weigh(ruling) for piece in each.evidence if piece.place == TITLE] == []


def test_a_patent_class_tells_the_field(tmp_path: Path) -> None:
    parts = PARTS.replace("一项外观设计", "一项发明专利，其分类号为A61K 31/00")
    (found,) = [each for each in weigh(a_ruling(tmp_path, parts=parts)) if each.field == "biomedicine"]
    assert (found.evidence[0].kind, found.evidence[0].said.zh) == ("class", "A61K")


def test_what_two_paragraphs_hold_is_not_read_as_one(tmp_path: Path) -> None:
    parted = PARTS.replace("一项外观设计", "一项发明专利İİ，其分类号为A61K {#p801}\n\n31/00、C12N 15/09")
    (found,) = [each for each in weigh(a_ruling(tmp_path, parts=parted)) if each.field == "biomedicine"]
    assert [(each.said.zh, each.paragraph != "p801") for each in found.evidence] == [("C12N", True)]


def test_words_of_medicine_without_any_right_tell_nothing(tmp_path: Path) -> None:
    ruling = a_ruling(tmp_path, title={"zh": "虚构伤害案"}, cause={"zh": "健康权纠纷"})
    words = Section(next(iter(OWN_WORDS - {TITLE})), (Paragraph("p1", "原告在医院接受药物治疗，输液，服用药品。"),))  # type: ignore[arg-type]
    assert fields(replace(ruling, sections=(words,), statutes=(), causes=())) == set()


def measured(pairs: Pairs) -> tuple[float, float, dict[str, tuple[float, float, int]]]:
    """Precision and recall of all, and of each field with its number; a "maybe" counts neither way."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for gold, maybe, found in pairs:
        right.update(found & gold)
        wrong.update(found - gold - maybe)
        missed.update(gold - found)
    each = {
        name: (
            right[name] / max(1, right[name] + wrong[name]),
            right[name] / max(1, right[name] + missed[name]),
            right[name] + missed[name],
        )
        for name in sorted({*right, *wrong, *missed})
    }
    total = right.total()
    return total / max(1, total + wrong.total()), total / max(1, total + missed.total()), each


def test_fields_set_by_hand_are_found_again(accepted: Accepted) -> None:
    precision, recall, each = measured(
        ({tag.value for tag in ruling.fields} - {"other"}, set(), fields(replace(ruling, fields=())))
        for ruling in accepted.rulings
    )
    assert precision >= 0.97, each
    assert recall >= 0.80, each


@cache
def sources() -> Mapping[tuple[str, str], tuple[str, str]]:
    """(title, text) of every judgment that the gold may name."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for folder, file in (("lecard", "judgments"), ("spc_judgments", "judgments"), ("admin_judgments", "judgments"),
                         ("guiding_cases", "cases")):  # fmt: skip
        with lzma.open(DATA / folder / f"{file}.jsonl.xz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                match folder:
                    case "lecard":
                        found[folder, str(row["id"])] = row["name"], row["text"]
                    case "spc_judgments":
                        found[folder, str(row["id"])] = row["title"], row["text"]
                    case "guiding_cases":
                        texts = [row.get("headnote") or "", *map(str, row["sections"].values())]
                        found[folder, str(row["number"])] = row["title"], "\n".join(texts)
                    case _:
                        texts = [str(value) for key, value in row.items() if key not in ("id", "court", "docName")]
                        found[folder, str(row["id"])] = row["docName"], "\n".join(texts)
    return found


def as_ruling(title: str, text: str, like: Ruling) -> Ruling:
    """A judgment as the import reads it, with nothing else known of it."""
    judgment = read_judgment(RawJudgment("read", text))
    sections = tuple(
        Section(part, tuple(Paragraph(f"p{place}", paragraph) for place, paragraph in enumerate(paragraphs)))
        for part, paragraphs in paragraphs_of(judgment)
    )
    cause = judgment.reading.cause
    return replace(
        like,
        title=Names(title or None, None),
        cause=Names(cause or None, None),
        causes=causes_of(cause),
        statutes=tuple(judgment.reading.statutes),
        sections=sections,
        fields=(),
    )


needs_data = pytest.mark.skipif(not (DATA / "lecard").exists(), reason="reference data not found (PANLI_TEST_DATA)")


@needs_data
def test_fields_of_read_documents_are_found(accepted: Accepted) -> None:
    gold = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    assert len(gold) >= 100
    like = accepted.rulings[0]
    precision, recall, each = measured(
        (
            set(row["fields"]),
            set(row.get("maybe", ())),
            fields(as_ruling(*sources()[row["source"], row["id"]], like)),
        )
        for row in gold
    )
    assert precision >= 0.95, each
    assert recall >= 0.93, each


@needs_data
def test_crimes_that_are_not_about_rights_get_no_field(accepted: Accepted) -> None:
    like = accepted.rulings[0]
    others = [
        key
        for key, (title, _) in sources().items()
        if key[0] == "lecard" and not re.search("商标|著作|商业秘密|专利|公民个人信息", title)
    ]
    chosen = random.Random(5).sample(others, 300)
    tagged = [key for key in chosen if fields(as_ruling(*sources()[key], like))]
    assert len(tagged) <= 3


def test_high_confidence_is_right_more_often_than_medium(accepted: Accepted) -> None:
    right: Counter[Confidence] = Counter()
    seen: Counter[Confidence] = Counter()
    for ruling in accepted.rulings:
        gold = {tag.value for tag in ruling.fields}
        for each in weigh(replace(ruling, fields=())):
            if each.confidence:
                seen[each.confidence] += 1
                right[each.confidence] += each.field in gold
    shares = {level: right[level] / seen[level] for level in seen}
    assert shares[Confidence.HIGH] > shares[Confidence.MEDIUM] >= 0.8
