"""One passage of a brief with what is found in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.briefs.sentences import Quoted, Sentences, quoted
from indexer.domain.citation import Citation


@dataclass(frozen=True, slots=True)
class Passage:
    number: int
    """Its place in the brief."""
    text: str
    sentences: Sentences
    quotes: tuple[Quoted, ...]
    citations: tuple[Citation, ...]


def read_passage(number: int, text: str, citations: Sequence[Citation]) -> Passage:
    """A passage with its sentences and quotation marks."""
    quotes = quoted(text)
    return Passage(number, text, Sentences(text, quotes), tuple(quotes), tuple(citations))
