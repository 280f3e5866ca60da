"""Every rule a corpus file is held to: what is wrong, and the remedy, in Chinese and English.

`Rejection` is a value, not an exception: being refused is routine. A rule whose scope is
``translation`` costs the ruling its translation only; the ruling itself is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import tomli

from indexer.domain.names import Names


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    scope: str
    """``ruling``, ``translation`` or ``collection``: what is left out when the rule is broken."""
    fault: Names
    """One sentence with ``{value}`` and ``{other}`` for what was found."""
    remedy: Names


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why one file was refused, with the line it stands on (1 = first)."""

    path: Path
    line: int
    rule: str
    value: str = ""
    other: str = ""

    def fault(self, language: str) -> str:
        """What is wrong, as a sentence in ``zh`` or ``en``."""
        return rules()[self.rule].fault.best(language).format(value=self.value, other=self.other)

    def remedy(self, language: str) -> str:
        """What to do about it."""
        return rules()[self.rule].remedy.best(language).format(value=self.value, other=self.other)

    @property
    def scope(self) -> str:
        return rules()[self.rule].scope


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by id, in the order of the file."""
    text = files("indexer").joinpath("rules.toml").read_text("utf-8")
    return {
        id: Rule(
            id,
            entry.get("scope", "ruling"),
            Names(entry["fault_zh"], entry["fault_en"]),
            Names(entry["remedy_zh"], entry["remedy_en"]),
        )
        for id, entry in tomli.loads(text).items()
    }
