"""The three zones of LeCaRD, facts, reasoning and disposition, out of our parts: to measure against that data set."""

from dataclasses import dataclass

from indexer.domain.ruling import Part
from indexer.intake.model import Cut
from indexer.intake.parts_lines import closing, line_starts

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Zones:
    """Character ranges without the white space round them; None where there is no such text."""

    facts: Span | None
    reasoning: Span | None
    disposition: Span | None


def zones(cut: Cut, text: str) -> Zones:
    """What LeCaRD (Ma et al., SIGIR 2021) means by its zones, as seen in its judgments.

    - facts (案件基本情况): all from the end of the course of proceedings to 本院认为: charge, defence, first instance
      as reported, evidence, facts, issues;
    - reasoning (裁判分析过程): REASONING and LEGAL_BASIS, 判决如下 included;
    - disposition (判决结果): DISPOSITION and of TAIL what stands before the signatures (appeal notice, 终审判决).
    """
    begin = {part.part: part.start for part in cut.parts}
    end_of = {part.part: part.end for part in cut.parts}
    disposition = begin.get(Part.DISPOSITION, len(text))
    reasoning = begin.get(Part.REASONING, begin.get(Part.LEGAL_BASIS, disposition))
    facts = end_of.get(Part.PROCEDURE, end_of.get(Part.PARTIES, 0))
    signature = closing(text, line_starts(text)).signature
    return Zones(
        _trimmed(text, facts, reasoning), _trimmed(text, reasoning, disposition), _trimmed(text, disposition, signature)
    )


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    if not words.strip():
        return None
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
