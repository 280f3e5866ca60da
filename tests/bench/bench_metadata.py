"""How right and how fast the metadata reader is: `python -m tests.bench.bench_metadata`.

The whole of every gold, each difference listed, and the rate on one core over 1,000 judgments of LeCaRD.
"""

import sys
import time
from collections import Counter

from indexer.intake.metadata import read_metadata
from indexer.intake.model import RawJudgment
from tests.intake import metadata_gold as gold

_DATASETS = ("spc_judgments", "lecard", "wenshu_raw")
_ALSO = ("court", "procedure", "case_type", "parties", "panel", "cause", "outcome", "damages", "statutes")


def main() -> None:
    """Measures and prints."""
    out = sys.stdout
    for name, compared in _compared().items():
        shares = "  ".join(f"{field} {gold.share(compared, field):.1%}" for field in gold.FIELDS)
        out.write(f"{name:<28} {len(compared):>4}  {shares}\n")
        for each in compared:
            if each.gold != each.read:
                out.write(f"    {each.id}: gold {each.gold}, read {each.read}\n")
    sample = gold.lecard_sample()
    started = time.process_time()
    readings = [read_metadata(raw) for raw in sample]
    rate = len(sample) / (time.process_time() - started)
    out.write(f"rate: {rate:.0f} judgments a second\n")
    found = Counter(field for reading in readings for field in _ALSO if getattr(reading, field))
    out.write(f"lecard, of {len(sample)}: {dict(found)}\n")
    spc = [read_metadata(RawJudgment(r["id"], r["text"])) for r in gold.lines("spc_judgments/judgments.jsonl.xz")]
    found = Counter(field for reading in spc for field in _ALSO if getattr(reading, field))
    out.write(f"spc_judgments, of {len(spc)}: {dict(found)}\n")


def _compared() -> dict[str, list[gold.Compared]]:
    return {
        **{name: list(gold.read_by_hand(frozenset({name}))) for name in _DATASETS},
        "admin_judgments, title block": list(gold.administrative(False)),
        "admin_judgments, columns": list(gold.administrative(True)),
    }


if __name__ == "__main__":
    main()
