"""Precision and recall of case numbers on 500 passages that were read and marked by hand.

`gold.jsonl`: short passages of LeCaRD, of documents of the Supreme People's Court and of guiding cases, drawn with a
fixed seed: round years in brackets, round 号 without one, and anywhere. `numbers` are the case numbers in each,
misprinted and masked ones included; 276 passages have none, most of them with the look-alikes of other offices. A
masked or misprinted number counts as found when its whole span is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.citator import find_citations
from indexer.domain.citation import CitationKind

GOLD = Path(__file__).with_name("gold.jsonl")
NUMBERS = (CitationKind.CASE_NUMBER, CitationKind.MALFORMED_NUMBER)


@dataclass(frozen=True, slots=True)
class Passage:
    text: str
    marked: frozenset[tuple[int, int]]

    @property
    def found(self) -> frozenset[tuple[int, int]]:
        """Where the finder sees case numbers."""
        return frozenset((each.start, each.end) for each in find_citations(self.text) if each.kind in NUMBERS)


def passages() -> Iterator[Passage]:
    """The passages with their marks."""
    for line in GOLD.read_text("utf-8").splitlines():
        entry = json.loads(line)
        spans, position = [], 0
        for words in entry["numbers"]:
            start = entry["text"].index(words, position)
            position = start + len(words)
            spans.append((start, position))
        yield Passage(entry["text"], frozenset(spans))


def test_five_hundred_passages_are_short_and_many_have_no_number() -> None:
    all_ = list(passages())
    assert len(all_) == 500
    assert max(len(each.text) for each in all_) <= 120
    assert sum(not each.marked for each in all_) >= 200


def test_precision_and_recall_of_case_numbers_stay_over_their_floors() -> None:
    right = found = marked = 0
    for each in passages():
        right += len(each.found & each.marked)
        found += len(each.found)
        marked += len(each.marked)
    assert right / found >= 0.995
    assert right / marked >= 0.99
