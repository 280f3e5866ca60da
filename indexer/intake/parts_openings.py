"""The phrases that open the parts of a judgment, read from `openings.toml` and matched at the start of a line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli

from indexer.domain.ruling import Part, Procedure

REACH = 110
"""How many characters of a line are looked at for the words that open a part."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One entry of `openings.toml`."""

    part: Part
    procedures: frozenset[Procedure]
    after: frozenset[Part]
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def fits(self, text: str) -> bool:
        """Whether a line beginning like ``text`` opens the part by this entry alone."""
        return re.compile(self.pattern, re.VERBOSE).match(text, 0, min(len(text), REACH)) is not None


@dataclass(frozen=True, slots=True)
class Openings:
    """What may open a part after one part, in judgments of one instance: a single pattern, tried once a line."""

    pattern: re.Pattern[str]
    parts: tuple[Part, ...]

    def opened(self, text: str, start: int, end: int) -> Part | None:
        """The part that the line ``text[start:end]`` opens; None where it goes on with the part before."""
        match = self.pattern.match(text, start, min(end, start + REACH))
        return self.parts[int(match.lastgroup[1:])] if match and match.lastgroup else None


@cache
def openings() -> tuple[Opening, ...]:
    """Every entry, in the order in which they are tried."""
    table = tomli.loads(files("indexer.intake").joinpath("openings.toml").read_text("utf-8"))
    words: dict[str, str] = table["words"]

    def spelt(pattern: str) -> str:
        for name, piece in words.items():
            pattern = pattern.replace(f"<{name}>", piece)
        return pattern

    return tuple(
        Opening(
            Part(entry["part"]),
            frozenset(map(Procedure, entry.get("procedure", Procedure))),
            frozenset(map(Part, entry["after"])),
            spelt(entry["pattern"]),
            tuple(entry["examples"]),
            tuple(entry["counter_examples"]),
        )
        for entry in table["opening"]
    )


_BEFORE_FACTS = frozenset({Part.CLAIMS, Part.DEFENCE, Part.FIRST_INSTANCE})


@cache
def openings_after(procedure: Procedure, facts_told: bool) -> Mapping[Part, Openings]:
    """For each part, what may come after it in a judgment of this instance.

    Once this court's facts have been told (``facts_told``), nothing goes back to the submissions.
    """
    barred = _BEFORE_FACTS if facts_told else frozenset[Part]()
    allowed = [each for each in openings() if procedure in each.procedures and each.part not in barred]
    return {part: _joined([each for each in allowed if part in each.after]) for part in Part}


def _joined(chosen: list[Opening]) -> Openings:
    pattern = "|".join(f"(?P<o{number}>{each.pattern})" for number, each in enumerate(chosen)) or r"(?!)"
    return Openings(re.compile(pattern, re.VERBOSE), tuple(each.part for each in chosen))
