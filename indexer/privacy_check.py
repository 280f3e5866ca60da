"""`panli check --privacy`: every file of a corpus looked through for personal data."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import tomli

from indexer.deposit import decode
from indexer.domain.names import Names
from indexer.privacy import Kind, find_personal_data
from indexer.rules import Rejection

_ID = re.compile(r"\{#([hp]\d+)\}\s*$")
_SHOWN = 3
"""Characters of what was found that are printed: enough to find it, not enough to spread it."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """Personal data in a file of the corpus."""

    path: Path
    line: int
    paragraph: str
    """``p12``, or empty where the line has no id of its own (front matter, a paragraph of several lines)."""
    kind: Kind
    hint: str
    """Its beginning."""


@cache
def words() -> Mapping[Kind, tuple[Names, Names]]:
    """For each kind its name and the remedy."""
    table = tomli.loads(files("indexer").joinpath("privacy.toml").read_text("utf-8"))
    return {
        kind: (
            Names(table[kind.value]["name_zh"], table[kind.value]["name_en"]),
            Names(table[kind.value]["remedy_zh"], table[kind.value]["remedy_en"]),
        )
        for kind in Kind
    }


def exposures(corpus: Path) -> Iterator[Exposure]:
    """What is found in rulings, translations and earlier texts; files that can't be read are for `panli check`."""
    for folder in ("rulings", "versions"):
        for path in sorted((corpus / folder).rglob("*.md")):
            text = decode(path)
            if not isinstance(text, Rejection):
                yield from _in_text(path, text)


def hidden_note(counts: Counter[Kind]) -> Names:
    """One sentence in each language that says what was hidden in a ruling."""
    zh = "、".join(f"{words()[kind][0].zh}{counts[kind]}处" for kind in Kind if counts[kind])
    en = ", ".join(f"{words()[kind][0].en} ({counts[kind]})" for kind in Kind if counts[kind])
    return Names(f"导入时隐去个人信息：{zh}。", f"Hidden on import as personal data: {en}.")


def _in_text(path: Path, text: str) -> Iterator[Exposure]:
    for number, line in enumerate(text.split("\n"), 1):
        id = _ID.search(line)
        for found in find_personal_data(line):
            hint = line[found.start : min(found.end, found.start + _SHOWN)] + "…"
            yield Exposure(path, number, id[1] if id else "", found.kind, hint)
