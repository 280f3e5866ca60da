"""The real judgments that corpora for measuring are made of: LeCaRD's, cut into parts, paragraphs and sentences."""

import json
import lzma
import os
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from indexer.domain.ruling import Part

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("PANLI_TEST_DATA", ROOT.parent / "shared" / "data"))
JUDGMENTS = DATA / "lecard" / "judgments.jsonl.xz"

Paragraph = tuple[str, ...]
"""The sentences of a paragraph, in order."""

_ZONES = {"facts": Part.FACTS, "reasoning": Part.REASONING, "disposition": Part.DISPOSITION}
_SENTENCE = re.compile(r"[^。！？；]*[。！？；][”’）]*|[^。！？；]+$")
_PARAGRAPH = re.compile(r"(?<=[。：；！？”])\s+")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\u2029\ufeff\ufffd]")
_TAIL_FROM = 60
"""What follows the disposition is the closing if it is at least so long."""


@dataclass(frozen=True, slots=True)
class Judgment:
    """One real judgment: the paragraphs of each part."""

    parts: dict[Part, tuple[Paragraph, ...]]

    @property
    def length(self) -> int:
        """Its characters."""
        return sum(len(sentence) for part in self.parts.values() for each in part for sentence in each)


@cache
def judgments() -> tuple[Judgment, ...]:
    """Every judgment of LeCaRD in the order of the file; raises FileNotFoundError where the data is not there."""
    with lzma.open(JUDGMENTS, "rt", encoding="utf-8") as lines:
        return tuple(_judgment(record["text"], record["zones"]) for record in map(json.loads, lines))


def _judgment(text: str, zones: dict[str, list[int] | None]) -> Judgment:
    starts = [(place[0], _ZONES[name]) for name, place in zones.items() if place and name in _ZONES]
    if starts != sorted(starts) or not starts:
        cut = [(0, Part.UNSEGMENTED), (len(text), Part.TAIL)]
    else:
        end = zones["disposition"][1] if zones.get("disposition") else len(text)  # type: ignore[index]
        tail = end if len(text) - end >= _TAIL_FROM else len(text)
        cut = [(0, Part.PROCEDURE), *starts, (tail, Part.TAIL), (len(text), Part.TAIL)]
    pieces = {part: _paragraphs(text[start:stop]) for (start, part), (stop, _) in pairwise(cut) if start < stop}
    return Judgment({part: paragraphs for part, paragraphs in pieces.items() if paragraphs})


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(sentences for block in _PARAGRAPH.split(text) if (sentences := sentences_of(_fit(block))))


def sentences_of(block: str) -> Paragraph:
    """A paragraph cut after each sentence."""
    return tuple(piece for match in _SENTENCE.finditer(block) if (piece := match[0]))


def _fit(block: str) -> str:
    """On one line, nothing in it that a corpus file may not hold, nothing that reads as a heading."""
    return _UNFIT.sub("", " ".join(block.split())).lstrip("#+ ").replace("{#", "｛＃")
