"""The reasons for a refusal, as sentences in Chinese and English: `refusals.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli

from indexer.domain.names import Names
from indexer.intake.model import Refusal


@dataclass(frozen=True, slots=True)
class Reason:
    fault: Names
    remedy: Names


@cache
def reasons() -> Mapping[str, Reason]:
    """Every reason by code, in the order of the file."""
    text = files("indexer.intake").joinpath("refusals.toml").read_text("utf-8")
    return {
        code: Reason(Names(entry["fault_zh"], entry["fault_en"]), Names(entry["remedy_zh"], entry["remedy_en"]))
        for code, entry in tomli.loads(text).items()
    }


def fault(refusal: Refusal, language: str) -> str:
    """What is wrong, as a sentence in ``zh`` or ``en``."""
    return reasons()[refusal.code].fault.best(language).replace("{value}", refusal.value)


def remedy(refusal: Refusal, language: str) -> str:
    """What to do about it."""
    return reasons()[refusal.code].remedy.best(language).replace("{value}", refusal.value)
