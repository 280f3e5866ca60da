"""What becomes of the judgments of an import, and the table that is told at its end."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from indexer.intake.model import Refusal

TOLD = 10_000
"""Refusals that are kept one by one; beyond that they are only counted."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A judgment read, fit for the corpus and not yet written."""

    source: str
    path: PurePosixPath
    text: str
    document_type: str
    numbers: tuple[str, ...]
    parts: tuple[str, ...]
    """The parts it was cut into."""
    fields: tuple[str, ...]
    """The facts found in it."""


Outcome = Prepared | Refusal


@dataclass
class ImportReport:
    """Counts of one import, earlier interrupted runs of it included; seconds are those of this run."""

    read: int = 0
    states: Counter[str] = field(default_factory=Counter)
    """``written``, ``unchanged``, ``version`` (a corrected text), ``duplicate`` (a second source of the same text)."""
    parts: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    earlier: int = 0
    """Of those read, how many an earlier run had done."""
    seconds: float = 0.0

    def placed(self, prepared: Prepared, state: str) -> None:
        """Count a judgment that is in the corpus now."""
        self.read += 1
        self.states[state] += 1
        self.parts.update(prepared.parts)
        self.fields.update(prepared.fields)

    def refuse(self, refusal: Refusal) -> None:
        """Count a file or record that was not taken."""
        self.read += 1
        self.refused[refusal.code] += 1
        if len(self.refusals) < TOLD:
            self.refusals.append(refusal)

    def add(self, other: "ImportReport") -> None:
        """Take over the counts of a part of the import."""
        self.read += other.read
        for mine, theirs in ((self.states, other.states), (self.parts, other.parts), (self.fields, other.fields)):
            mine.update(theirs)
        self.refused.update(other.refused)
        self.refusals += other.refusals[: TOLD - len(self.refusals)]

    @property
    def taken(self) -> int:
        """How many judgments are in the corpus by this import."""
        return sum(self.states.values())

    @property
    def rate(self) -> float:
        """Judgments read a second in this run."""
        return (self.read - self.earlier) / max(self.seconds, 1e-6)

    def to_json(self, indent: int | None = None) -> str:
        """The report as JSON; `from_json` reads it back."""
        return json.dumps(
            {
                "read": self.read,
                "taken": self.taken,
                "earlier": self.earlier,
                "seconds": round(self.seconds, 2),
                "states": dict(sorted(self.states.items())),
                "parts": dict(sorted(self.parts.items())),
                "fields": dict(sorted(self.fields.items())),
                "refused": dict(sorted(self.refused.items())),
                "refusals": [[each.source, each.code, each.value] for each in self.refusals],
            },
            ensure_ascii=False,
            indent=indent,
        )


def from_json(text: str) -> ImportReport:
    """The counts that `ImportReport.to_json` wrote; raises ValueError for anything else."""
    try:
        value = json.loads(text)
        return ImportReport(
            read=int(value["read"]),
            states=Counter(value["states"]),
            parts=Counter(value["parts"]),
            fields=Counter(value["fields"]),
            refused=Counter(value["refused"]),
            refusals=[Refusal(*each) for each in value["refusals"]],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(text[:40]) from error


def total(reports: Iterable[ImportReport]) -> ImportReport:
    """All counts together."""
    whole = ImportReport()
    for report in reports:
        whole.add(report)
    return whole
