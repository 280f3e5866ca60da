"""The words of `metadata_words.toml`, read once."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import cast

import tomli

from indexer.domain.people import PartyRole

_Words = Mapping[str, Mapping[str, list[str]]]


@cache
def _words() -> _Words:
    text = files("indexer.intake").joinpath("metadata_words.toml").read_text("utf-8")
    return cast("_Words", tomli.loads(text))


@cache
def roles() -> Mapping[str, PartyRole]:
    """The role that each word at the head of a party's line stands for."""
    return {word: PartyRole(role) for role, words in _words()["roles"].items() for word in words}


@cache
def counsel_pattern() -> re.Pattern[str]:
    """A line that begins with the word for counsel; `name` is the rest."""
    return re.compile(
        rf"(?:[^\s，。：:]{{0,40}}?共同|二?[上被原再]\S{{0,12}}?)?(?:{either(_words()['beside']['counsel'])})"
        r"(?:[（(][^（）()]{1,20}[）)])?[\s:：]*(?P<name>.*)"
    )


@cache
def aside_pattern() -> re.Pattern[str]:
    """A line about someone who stands beside a party: legal representative, guardian, prosecutor."""
    return re.compile(rf"(?:原|原审|暨)?(?:{either(_words()['beside']['aside'])})")


@cache
def party_pattern() -> re.Pattern[str]:
    """A line that begins with a party's role; `before` is the word for the court below."""
    below = either(_words()["below"]["words"])
    return re.compile(rf"(?P<before>(?:{below})*)(?P<role>{either(roles())})(?P<rest>.*)", re.DOTALL)


def either(words: Iterable[str]) -> str:
    """A pattern of alternatives, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
