"""What a build did: counts, rejections by rule, how citations were resolved, rates."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.rules import Rejection


@dataclass
class BuildReport:
    """Filled while a build runs; seconds are wall-clock."""

    read: int = 0
    """Rulings found in the corpus."""
    kept: int = 0
    """Of them, unchanged since the last build and not analysed again."""
    written: int = 0
    translated: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    citations: Counter[str] = field(default_factory=Counter)
    """By state: resolved, ambiguous, unresolved."""
    characters: int = 0
    """Of the originals, in Unicode code points."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Wall-clock seconds by stage."""
    build: str = ""
    workers: int = 1
    memory: int = 0
    """Peak of all processes together in bytes, memory that they share counted for each of them."""

    @property
    def rejected(self) -> int:
        """Files left out: rulings, translations and collections."""
        return len({(rejection.path, rejection.scope) for rejection in self.rejections})

    @property
    def total_seconds(self) -> float:
        return sum(self.seconds.values())

    @property
    def rate(self) -> float:
        """Rulings a second, all stages together."""
        return self.written / self.total_seconds if self.total_seconds else 0.0

    def as_json(self, language: str) -> Mapping[str, object]:
        """Everything, for another program; faults in ``zh`` or ``en``."""
        return {
            "build": self.build,
            "read": self.read,
            "kept": self.kept,
            **self.counts(),
            "seconds": {name: round(seconds, 3) for name, seconds in self.seconds.items()},
            "rulings_per_second": round(self.rate, 1),
            "workers": self.workers,
            "memory_bytes": self.memory,
            "rejections": [
                {
                    "path": each.path.as_posix(),
                    "line": each.line,
                    "rule": each.rule,
                    "fault": each.fault(language),
                    "remedy": each.remedy(language),
                }
                for each in self.rejections
            ],
        }

    def counts(self) -> Mapping[str, int]:
        """The numbers that go into the manifest."""
        return {
            "rulings": self.written,
            "translations": self.translated,
            "rejected": self.rejected,
            "characters": self.characters,
            **{f"citations_{state}": number for state, number in sorted(self.citations.items())},
        }
