"""Texts as strings of one character a word, so that words compare as fast as characters.

A Han character stands for itself; a Latin word, a number or a sign that carries meaning gets a
character of its own from a private plane, the same wherever it stands.
"""

import re
from dataclasses import dataclass

from indexer.index.analysis import HAN, fold_with_origin

_TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*|[%‰¥$€£°+=<>≥≤×]")
_FIRST = 0xF0000
_LAST = 0x10FFFD


@dataclass(frozen=True, slots=True)
class Coded:
    """A text with its code: ``code[i]`` is the word at ``text[starts[i]:ends[i]]``."""

    text: str
    code: str
    words: tuple[str, ...]
    """Each word, folded."""
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def slice(self, first: int, last: int) -> str:
        """The text from word ``first`` up to, not including, word ``last``; empty when there is none."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


class Alphabet:
    """Gives each Latin word its character; one for all texts that are to be compared."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def code(self, text: str) -> Coded:
        """A text, folded and cut into words; punctuation and white space are left out."""
        folded = fold_with_origin(text)
        matches = list(_TOKEN.finditer(folded.text))
        words = tuple(match[0].replace("’", "'") for match in matches)
        return Coded(
            text,
            "".join(map(self._code, words)),
            words,
            tuple(folded.origin[match.start()] for match in matches),
            tuple(folded.origin[match.end() - 1] + 1 for match in matches),
        )

    def _code(self, word: str) -> str:
        if len(word) == 1 and not word.isascii():
            return word
        if word not in self._codes:
            # A brief of over a million different words: the last of them share a character.
            self._codes[word] = chr(min(_FIRST + len(self._codes), _LAST))
        return self._codes[word]
