"""What a lawyer types, cut into tokens. Full-width punctuation works like half-width."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.search.query_fields import known_field
from indexer.citator import find_citations
from indexer.domain.citation import Citation, CitationKind
from indexer.domain.registry import romanised_number

_HALF_WIDTH = str.maketrans(
    {
        **dict.fromkeys("＂„", '"'), **dict.fromkeys("，、。", ","), **dict.fromkeys("［【", "["),
        **dict.fromkeys("］】", "]"), "（": "(", "）": ")", "：": ":", "＊": "*", "？": "?", "～": "~",
        "／": "/", "－": "-", "\u3000": " ", "；": ";", "！": "!", "｜": "|", "＋": "+", "＆": "&",
    }
)  # fmt: skip
_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』"}
"""What closes each quotation mark; within one kind the others are text."""
_WORD = re.compile(r'[^\s()":“”「」『』,;!|&\[\]]+|\|\||&&')
_PROXIMITY = re.compile(r"~(\d{1,3})")
_TRIM = ",.;!|[]+&、"
NAMING = frozenset({CitationKind.CASE_NUMBER, CitationKind.GUIDING_CASE, CitationKind.DATABASE_ENTRY})


class Sort(StrEnum):
    WORD = "word"
    QUOTED = "quoted"
    NUMBER = "number"
    FIELD = "field"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    SENTENCE = "/s"
    PARAGRAPH = "/p"


@dataclass(frozen=True, slots=True)
class Lexeme:
    sort: Sort
    text: str
    start: int
    end: int
    slop: int | None = None
    """For a quoted text followed by ~n."""
    key: str = ""
    """For a number, its normal form; for a field, its English name."""
    closer: str = ""
    """For a quotation that never ends, the mark that would end it."""


_OPERATORS = {
    "AND": Sort.AND, "OR": Sort.OR, "NOT": Sort.NOT, "&&": Sort.AND, "||": Sort.OR,
    "/s": Sort.SENTENCE, "/S": Sort.SENTENCE, "/p": Sort.PARAGRAPH, "/P": Sort.PARAGRAPH,
    "同句": Sort.SENTENCE, "同段": Sort.PARAGRAPH,
}  # fmt: skip


def lex(query: str) -> list[Lexeme]:
    """The tokens of a query, with their places in it; never raises."""
    if key := romanised_number(query):
        return [Lexeme(Sort.NUMBER, query.strip(), 0, len(query), key=key)]
    text = query.translate(_HALF_WIDTH)
    numbers = {
        citation.start: citation for citation in find_citations(query) if citation.kind in NAMING and citation.key
    }
    lexemes: list[Lexeme] = []
    position = 0
    while position < len(text):
        if position not in numbers and _says_nothing(text, position):
            position += 1
            continue
        lexeme = _next(query, text, position, numbers)
        lexemes.append(lexeme)
        position = max(lexeme.end, position + 1)
    return [lexeme for lexeme in lexemes if lexeme.text or lexeme.sort is Sort.QUOTED]


def _next(query: str, text: str, position: int, numbers: Mapping[int, Citation]) -> Lexeme:
    if position in numbers:
        citation = numbers[position]
        return Lexeme(Sort.NUMBER, citation.text, position, citation.end, key=citation.key)
    char = text[position]
    if char in "()":
        return Lexeme(Sort(char), char, position, position + 1)
    if char in _QUOTES or char in _QUOTES.values():
        return _quoted(query, text, position)
    if char == "-" and _begins_word(text, position):
        return Lexeme(Sort.NOT, "-", position, position + 1)
    return _word(query, text, position, numbers)


def _says_nothing(text: str, position: int) -> bool:
    """White space and lone punctuation; but ``..`` opens a range, and ``||`` and ``&&`` are operators."""
    meaning = text.startswith(("..", "||", "&&"), position)
    return text[position].isspace() or (text[position] in _TRIM and not meaning)


def _begins_word(text: str, position: int) -> bool:
    before = position == 0 or text[position - 1].isspace() or text[position - 1] in "(:"
    after = position + 1 < len(text) and not text[position + 1].isspace() and text[position + 1] != "-"
    return before and after


def _quoted(query: str, text: str, position: int) -> Lexeme:
    end = text.find(_QUOTES.get(text[position], '"'), position + 1)
    if end < 0:  # closed by another kind than it was opened with?
        end = min((found for mark in '"”」』' if (found := text.find(mark, position + 1)) > 0), default=-1)
    if end < 0:
        closer = _QUOTES.get(text[position], '"')
        return Lexeme(Sort.QUOTED, query[position + 1 :].strip(), position, len(text), closer=closer)
    slop = _PROXIMITY.match(text, end + 1)
    stop = slop.end() if slop else end + 1
    return Lexeme(Sort.QUOTED, query[position + 1 : end].strip(), position, stop, int(slop[1]) if slop else None)


def _word(query: str, text: str, position: int, numbers: Mapping[int, Citation]) -> Lexeme:
    match = _WORD.match(text, position)
    if match is None:  # a colon or a closing mark alone
        return Lexeme(Sort.WORD, "", position, position + 1)
    end = min([match.end(), *(start for start in numbers if position < start < match.end())])
    word = text[position:end]
    if word in _OPERATORS:
        return Lexeme(_OPERATORS[word], word, position, end)
    field = known_field(query[position:end])
    colon = end < len(text) and text[end] == ":" and end + 1 < len(text)
    if colon and (field or not text[end + 1].isspace()):
        return Lexeme(Sort.FIELD, query[position:end], position, end + 1, key=field or "")
    return Lexeme(Sort.WORD, word if word.endswith("..") else word.rstrip(_TRIM), position, end)
