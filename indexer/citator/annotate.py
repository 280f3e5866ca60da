"""A text cut at its citations, for a page or a document to draw; builds no HTML."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.domain.citation import Resolution


@dataclass(frozen=True, slots=True)
class TextRun:
    text: str


@dataclass(frozen=True, slots=True)
class CitationRun:
    text: str
    resolution: Resolution


def cut(text: str, resolutions: Iterable[Resolution]) -> list[TextRun | CitationRun]:
    """The whole text in order, as plain runs and citation runs; joined they give it back."""
    runs: list[TextRun | CitationRun] = []
    position = 0
    for resolution in sorted(resolutions, key=lambda each: each.citation.start):
        citation = resolution.citation
        if citation.start < position:
            continue
        if citation.start > position:
            runs.append(TextRun(text[position : citation.start]))
        runs.append(CitationRun(text[citation.start : citation.end], resolution))
        position = citation.end
    if position < len(text):
        runs.append(TextRun(text[position:]))
    return runs
