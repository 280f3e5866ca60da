"""Citations in text: found, resolved, and the text cut at them. Pure functions on text."""

from indexer.citator.annotate import CitationRun, TextRun, cut
from indexer.citator.find import find_citations
from indexer.citator.resolve import resolve

__all__ = ["CitationRun", "TextRun", "cut", "find_citations", "resolve"]
