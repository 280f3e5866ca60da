"""Text to terms, Chinese and English, the same at indexing and at querying.

Folding makes width, case and traditional characters alike; `Folded.origin` leads back to the
offsets of the original text, so that highlights stand on what was printed.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
import opencc
import rjieba
from numpy.typing import NDArray
from whoosh.lang.porter import stem as porter_stem

from indexer.domain.registry import cause_names, glossary, legal_fields, statutes

HAN = r"\u3400-\u9fff\uf900-\ufaff\u3005\u3007\u3040-\u30ff\uac00-\ud7af"
"""Characters written without spaces: matched by n-grams, segmented by the lexicon."""
WORD = re.compile(rf"[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*")
"""A word of another script than Han, in a folded text."""
_RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>{WORD.pattern})")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'"})
_SENTENCE_END = re.compile(r"(?<=[。！？；!?;])|(?<=\.)\s+(?=\S)")

STOP_WORDS = frozenset(
    [
        "的",
        "了",
        "和",
        "与",
        "及",
        "或",
        "在",
        "是",
        "为",
        "以",
        "其",
        "该",
        "之",
        "于",
        "对",
        "将",
        "并",
        "等",
        "也",
        "而",
        "由",
        "被",
        "把",
        "从",
        "中",
        "上",
        "下",
        "有",
        "所",
        "此",
        "即",
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "this",
        "to",
        "was",
        "were",
        "with",
    ]
)
"""Words that alone say nothing; left out of a query unless it has no others or they are quoted."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; ``origin[i]`` is the index in the original of folded character ``i`` (C long)."""

    text: str
    origin: "array[int]"


@dataclass(frozen=True, slots=True)
class Token:
    """One term with the place of its surface in the folded text."""

    term: str
    start: int
    end: int


class _FoldTable(dict[int, str]):
    """Folded form by code point, computed once for each character met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _bare(unicodedata.normalize("NFKC", char).translate(_QUOTES).casefold())
        folded = "".join(_simplified(each) for each in folded)
        self[code] = folded
        return folded


_UNKNOWN, _SEVERAL = 0, 1
_BETWEEN = "\ue000"
"""Parts texts that are folded together; for private use, so hardly in any, and folded to itself."""
_SHORT = 64
"""Characters below which arrays take longer than they save."""
_CODES = np.zeros(0x110000, np.uint32)
"""Folded code point by code point (pages that are never touched take no memory); unknown yet, or not one for one."""


def _characters(text: str) -> tuple[str, NDArray[np.int_] | None]:
    """Every character folded, and where each came from if not all became one; many times as fast as `str.translate`."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = _CODES[codes]
    unknown = codes[folded == _UNKNOWN]
    for code in np.unique(unknown).tolist() if len(unknown) else ():
        one = _FOLD[code]
        _CODES[code] = ord(one) if len(one) == 1 and ord(one) > _SEVERAL else _SEVERAL
        folded[codes == code] = _CODES[code]
    several = np.flatnonzero(folded == _SEVERAL).tolist()
    if not several:
        return _decoded(folded), None
    pieces: list[str] = []
    lengths = np.ones(len(codes), np.int_)
    position = 0
    for place in several:
        whole = _FOLD[int(codes[place])]
        pieces += [_decoded(folded[position:place]), whole]
        lengths[place], position = len(whole), place + 1
    pieces.append(_decoded(folded[position:]))
    return "".join(pieces), np.repeat(np.arange(len(codes)), lengths)


def _decoded(codes: NDArray[np.uint32]) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _bare(text: str) -> str:
    """Without accents, however they are encoded: é, and e with a combining accent, are e."""
    if text and text[0] > "\u1fff":  # Japanese and Korean compose with marks that are no accents
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


_FOLD = _FoldTable()


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=50_000)
def _simplified(char: str) -> str:
    if not "\u3400" <= char <= "\u9fff":
        return char
    simple: str = _converter().convert(char)
    return simple if len(simple) == 1 else char


def fold(text: str) -> str:
    """``text`` as it is compared: half width, lower case, simplified, spaces only between words."""
    return _tidy(text.translate(_FOLD) if len(text) < _SHORT else _characters(text)[0])


def fold_all(texts: Sequence[str]) -> list[str]:
    """Each text folded, several times as fast as one by one where they are many and short."""
    whole = _BETWEEN.join(texts)
    if not texts or whole.count(_BETWEEN) != len(texts) - 1:
        return [fold(text) for text in texts]
    return [_tidy(each) for each in _characters(whole)[0].split(_BETWEEN)]


def fold_with_origin(text: str) -> Folded:
    """`fold`, with the way back to the original's offsets."""
    loose, places = _characters(text)
    origin = array("l", (np.arange(len(text), dtype=np.int_) if places is None else places).tobytes())
    kept_text: list[str] = []
    kept = array("l")
    position = 0
    for start, end, replacement in _spaces(loose):
        kept_text.append(loose[position:start] + replacement)
        kept.extend(origin[position:start])
        kept.extend([origin[start]] * len(replacement))
        position = end
    kept_text.append(loose[position:])
    kept.extend(origin[position:])
    return Folded("".join(kept_text), kept)


def _tidy(text: str) -> str:
    """The same as `_spaces` says, many times as fast where there is little white space."""
    words = text.split()
    if len(words) < 2:
        return "".join(words)
    pieces = words[:1]
    for before, after in pairwise(words):
        pieces += (after,) if _is_wide(before[-1]) or _is_wide(after[0]) else (" ", after)
    return "".join(pieces)


def _spaces(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of white space and what each becomes: nothing beside Han or at an end, else one blank."""
    for match in re.finditer(r"\s+", text):
        start, end = match.span()
        bare = start == 0 or end == len(text) or _is_wide(text[start - 1]) or _is_wide(text[end])
        if bare or match[0] != " ":
            yield start, end, "" if bare else " "


_WIDE = re.compile(rf"[{HAN}，。；：、！？》《〈〉【】—…·]")


def _is_wide(char: str) -> bool:
    return _WIDE.match(char) is not None


@cache
def segmenter() -> rjieba.Jieba:
    """The dictionary segmenter with the field's own words added."""
    segmenter = rjieba.Jieba()
    for word in sorted(lexicon()):
        segmenter.add_word(word, None, None)
    return segmenter


@cache
def lexicon() -> frozenset[str]:
    """Chinese words of the field, folded: glossary, statutes, causes, telling words of the fields."""
    words: set[str] = set()
    for term in glossary():
        words.update((term.zh, *term.zh_also))
    for statute in statutes().values():
        words.update(name for name in (statute.name.zh, *statute.aliases) if name)
    words.update(cause_names())
    for field in legal_fields().values():
        words.update(word for word, weight in field.words.items() if weight > 1)
    return frozenset(fold(word) for word in words if len(word) > 1 and re.fullmatch(rf"[{HAN}]+", word))


def analyse(folded: str, search: bool = True) -> list[Token]:
    """The terms of a folded text.

    With ``search``, long Chinese words give their inner words too (the form that is indexed);
    without, each character belongs to one word (the form of a query).
    """
    tokens: list[Token] = []
    for match in _RUN.finditer(folded):
        base = match.start()
        if match.lastgroup == "han":
            mode = "search" if search else "default"
            tokens += [Token(w, base + s, base + e) for w, s, e in segmenter().tokenize(match[0], mode)]
        else:
            tokens.append(Token(stem(match[0]), base, match.end()))
    return tokens


def latin_words(folded: str, head: str = "") -> Iterator[Token]:
    """The terms of a folded text that are no Chinese: those that `analyse` gives, without cutting the Chinese.

    Only those that may begin with ``head``.
    """
    plain = head and "'" not in folded
    for match in (_beginning(head) if plain else WORD).finditer(folded):
        if not plain or not match.start() or not _is_word(folded[match.start() - 1]):
            yield Token(stem(match[0]), match.start(), match.end())


@lru_cache(maxsize=1_000)
def _beginning(head: str) -> re.Pattern[str]:
    """What begins with ``head``, to the end of its word."""
    return re.compile(rf"{re.escape(head)}[^\W_{HAN}]*")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The index form of a folded Latin word or number: ``parameters`` → ``paramet``."""
    bare = word.replace("’", "'").removesuffix("'s").replace("'", "")
    return str(porter_stem(bare)) if bare.isascii() and bare.isalpha() else bare


def terms(text: str) -> list[str]:
    """The terms of a text as they are indexed, in order."""
    return [token.term for token in analyse(fold(text))]


def occurrences(folded: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Where a folded phrase stands in a folded text, exactly; a Latin word is never cut in two."""
    if not phrase:
        return
    head, tail = _is_word(phrase[0]), _is_word(phrase[-1])
    start = folded.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        inside = (head and start > 0 and _is_word(folded[start - 1])) or (
            tail and end < len(folded) and _is_word(folded[end])
        )
        if not inside:
            yield start, end
        start = folded.find(phrase, start + 1)


_WORD_CHAR = re.compile(rf"[^\W_{HAN}]")


_WORD_UNITS = np.array([_WORD_CHAR.match(chr(unit)) is not None for unit in range(0x10000)], np.bool_)


def _is_word(char: str) -> bool:
    return _WORD_CHAR.match(char) is not None


_HAN_ONLY = re.compile(rf"[{HAN}]+")


def is_word_unit(units: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Of UTF-16 code units, which are letters or digits of other scripts; half a character is none."""
    return _WORD_UNITS.take(units)


def is_han(text: str) -> bool:
    """Whether a folded text consists of Han characters only."""
    return _HAN_ONLY.fullmatch(text) is not None


def sentences(folded: str) -> list[str]:
    """A folded paragraph cut after each sentence end, Chinese or English."""
    return [piece for piece in _SENTENCE_END.split(folded) if piece]


def surface_words(folded: str, tokens: Iterable[Token]) -> set[str]:
    """The words of an analysed text as they are written, for spelling: Han of two characters, Latin of four or more."""
    words = {folded[token.start : token.end] for token in tokens}
    return {word for word in words if (len(word) > 1 if is_han(word) else len(word) > 3 and word.isalpha())}
