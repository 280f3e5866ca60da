"""Citations in text: found, resolved, and the text cut at them. Pure functions on text."""

from indexer.citator.annotate import CitationRun, TextRun, cut
from indexer.citator.find import find_citations, find_each, find_in_passages
from indexer.citator.references import antecedent_of
from indexer.citator.resolve import RULING_KINDS, resolve

__all__ = [
    "RULING_KINDS",
    "CitationRun",
    "TextRun",
    "antecedent_of",
    "cut",
    "find_citations",
    "find_each",
    "find_in_passages",
    "resolve",
]
