"""Measuring the cut of judgments against the reference data; used by the sampled test and by the full measurement."""

import json
import lzma
import os
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.domain.ruling import Part
from indexer.intake.model import RawJudgment
from indexer.intake.parts import cut
from indexer.intake.parts_zones import Span, zones

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("PANLI_TEST_DATA", ROOT / "../shared/data"))
GOLD = Path(__file__).parent / "gold_first_instance.jsonl"
NEAR = 30
"""A boundary is right within this many characters."""
METADATA = 10
"""In `admin_judgments` the labelled parts of the text follow this many fields of metadata."""

Gold = dict[str, Span | None]


@dataclass(frozen=True, slots=True)
class Zoned:
    """One LeCaRD judgment with its gold zones."""

    id: str
    text: str
    gold: Gold

    @property
    def gold_is_broken(self) -> bool:
        """The gold begins the facts inside the title, with the word 判决书: it looked for the first 判决."""
        facts = self.gold["facts"]
        return facts is not None and facts[0] < 60 and self.text.startswith("判决", facts[0])

    def misses(self) -> tuple[str, ...]:
        """The boundaries that are off, such as ``facts.start``."""
        found = zones(cut(RawJudgment(self.id, self.text)), self.text)
        spans = {"facts": found.facts, "reasoning": found.reasoning, "disposition": found.disposition}
        return tuple(
            f"{zone}.{side}"
            for zone, gold in self.gold.items()
            if gold is not None
            for place, side in enumerate(("start", "end"))
            if (span := spans[zone]) is None or abs(span[place] - gold[place]) > NEAR
        )


@dataclass(frozen=True, slots=True)
class Reported:
    """One judgment with the passages in which it reports the courts below, as read by hand.

    ``round`` 2 was read after the cut had been fitted to round 1.
    """

    dataset: str
    id: str
    round: int
    passages: tuple[Span, ...]
    text: str

    def is_told_apart(self) -> bool:
        """Whether the part is there if it should be, with both ends right."""
        found = [
            (part.start, part.start + len(self.text[part.start : part.end].rstrip()))
            for part in cut(RawJudgment(self.id, self.text)).parts
            if part.part is Part.FIRST_INSTANCE
        ]
        return len(found) == len(self.passages) and all(
            abs(mine - theirs) <= NEAR
            for span, gold in zip(found, self.passages, strict=True)
            for mine, theirs in zip(span, gold, strict=True)
        )


def rows(dataset: str, name: str = "judgments") -> Iterator[dict[str, object]]:
    """The lines of one file of the reference data."""
    with lzma.open(DATA / dataset / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def lecard(sample: int | None = None) -> Iterator[Zoned]:
    """LeCaRD's judgments, all of them or a fixed sample."""
    every = list(rows("lecard"))
    for row in every if sample is None else random.Random(20200101).sample(every, sample):
        spans = row["zones"]
        assert isinstance(spans, dict)
        yield Zoned(
            str(row["id"]), str(row["text"]), {zone: span and (span[0], span[1]) for zone, span in spans.items()}
        )


def reported() -> list[Reported]:
    """The judgments of the gold file, with their texts."""
    texts = {(dataset, str(row["id"])): read(row) for dataset, read in READERS.items() for row in rows(dataset)}
    gold = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    return [
        Reported(
            each["dataset"],
            each["id"],
            each["set"],
            tuple((start, end) for start, end in each["passages"]),
            texts[each["dataset"], each["id"]],
        )
        for each in gold
    ]


def plain(row: dict[str, object]) -> str:
    """The text of a row that has one."""
    return str(row["text"])


def labelled(row: dict[str, object]) -> str:
    """The labelled parts of an administrative judgment, in their order, each ended by a line break."""
    parts = [text for text in list(row.values())[METADATA:] if isinstance(text, str) and text]
    return "".join(text if text.endswith("\n") else text + "\n" for text in parts)


READERS: dict[str, Callable[[dict[str, object]], str]] = {
    "lecard": plain,
    "spc_judgments": plain,
    "admin_judgments": labelled,
}


def supreme() -> Iterator[tuple[str, str]]:
    """Id and text of the Supreme Court's documents."""
    for row in rows("spc_judgments"):
        yield str(row["id"]), plain(row)


def is_cut(text: str) -> bool:
    """Course, facts or report; reasons, or where none are given the legal basis; orders and closing."""
    found = {part.part for part in cut(RawJudgment("", text)).parts}
    reasons = {Part.REASONING} if "认为" in text else {Part.REASONING, Part.LEGAL_BASIS}
    return (
        bool(found & {Part.PROCEDURE, Part.FACTS, Part.FIRST_INSTANCE})
        and bool(found & reasons)
        and {Part.DISPOSITION, Part.TAIL} <= found
    )


def share(results: Iterable[bool]) -> float:
    """How many of them are true, between 0 and 1."""
    seen = list(results)
    return sum(seen) / len(seen)
