"""The full measurement of how judgments are cut: ``python -m tests.bench.bench_parts``, with PANLI_TEST_DATA set."""

import sys
import time
from collections import Counter

from indexer.intake.model import RawJudgment
from indexer.intake.parts import cut
from tests.intake.measured_parts import Reported, Zoned, is_cut, lecard, reported, supreme


def main() -> None:
    """Prints speed, zones, parts and first-instance passages, with the ids of what was missed."""
    judgments = list(lecard())
    _say(_speed(judgments))
    _say(_zones(judgments))
    documents = list(supreme())
    missed = [id for id, text in documents if not is_cut(text)]
    _say(f"spc_judgments: {len(documents) - len(missed)} of {len(documents)} cut; missed {' '.join(missed)}")
    gold = reported()
    for round in (1, 2):
        _say(_reported(round, [each for each in gold if each.round == round]))


def _speed(judgments: list[Zoned]) -> str:
    start = time.process_time()
    parts = Counter(part.part for each in judgments for part in cut(RawJudgment(each.id, each.text)).parts)
    rate = len(judgments) / (time.process_time() - start)
    shares = ", ".join(f"{part} {count / len(judgments):.1%}" for part, count in parts.most_common())
    return f"lecard: {rate:.0f} judgments a second of processor time; {shares}"


def _zones(judgments: list[Zoned]) -> str:
    missed = {each.id: misses for each in judgments if (misses := each.misses())}
    broken = {each.id for each in judgments if each.gold_is_broken}
    sides = ", ".join(f"{side} {count}" for side, count in Counter(s for m in missed.values() for s in m).most_common())
    sound = len(judgments) - len(broken)
    return (
        f"lecard: {1 - len(missed) / len(judgments):.2%} of {len(judgments)} with every boundary within 30 characters "
        f"({1 - len(missed.keys() - broken) / sound:.2%} of the {sound} whose gold is sound); off: {sides}\n"
        f"  missed {' '.join(missed)}\n  gold broken {' '.join(sorted(broken))}"
    )


def _reported(round: int, gold: list[Reported]) -> str:
    right = Counter(each.dataset for each in gold if each.is_told_apart())
    every = Counter(each.dataset for each in gold)
    missed = " ".join(f"{each.dataset}:{each.id}" for each in gold if not each.is_told_apart())
    table = ", ".join(f"{dataset} {right[dataset]}/{count}" for dataset, count in every.items())
    return f"first instance, round {round}: {right.total()} of {every.total()} ({table}); missed {missed}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
