"""Figures: how measurements are summed up, and how they are kept."""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, 95th and 99th percentile (the nearest value that was measured), mean, and how many there were."""
    ordered = sorted(values)
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    told = {name: round(ordered[max(math.ceil(share * len(ordered)) - 1, 0)], 4) for name, share in shares.items()}
    return {"asked": len(ordered), **told, "mean": round(sum(ordered) / len(ordered), 4)}


def read_json(path: Path) -> Json:
    """A JSON object from a file."""
    found: Json = json.loads(path.read_text("utf-8"))
    return found


def write_json(path: Path, value: Json) -> None:
    """A JSON object into a file, to be read by people too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
