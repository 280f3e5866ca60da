"""One run: a corpus of one size, every engine built, opened and asked the same questions in turn."""

import resource
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from tests.bench.corpus import make_corpus
from tests.bench.engines.engine import KNOWN, Asked, Material, Serving, engine, is_there, serving
from tests.bench.figures import Json, read_json, spread, write_json
from tests.bench.machine import load_average, machine, version, watched
from tests.bench.queries import Question, questions
from tests.bench.rows import make_rows

_WARMING = 20
"""Questions of each kind that are asked before any is timed; none of them is timed later."""
_TURN = 25
"""Questions that one engine is asked before it is the next one's turn."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is to measure."""

    engines: Sequence[str]
    seed: int = 1
    asked: int = 200
    """Questions of each kind, with facets and without."""
    seconds: float = 10.0
    """The most that one engine may spend on a kind of question; then it is asked no more of them."""
    reuse: bool = False
    """Ask the indexes that an earlier run left, and tell its figures of their build."""


@dataclass
class Run:
    """What was measured over a corpus of one size, as JSON."""

    size: int
    wanted: Wanted
    figures: Json = field(default_factory=dict)
    raw: Json = field(default_factory=dict)


def run(folder: Path, size: int, wanted: Wanted) -> Run:
    """Measure in ``folder``, where corpus and indexes stay for another run."""
    done = Run(size, wanted)
    names = [name for name in wanted.engines if name in KNOWN and _takes_part(name, size)]
    workers = int(machine()["cores"])
    started = time.monotonic()
    make_corpus(folder / "corpus", size, wanted.seed, workers)
    done.figures["corpus"] = {"documents": size, "seed": wanted.seed, "made in": round(time.monotonic() - started, 1)}
    rows = [] if names == ["panli"] else make_rows(folder / "rows", size, wanted.seed, workers)  # it reads the corpus
    material = Material(folder / "corpus", rows, workers)
    engines: dict[str, Json] = {}
    for name in names:
        engines[name] = {"version": version(KNOWN[name].package), **_built(name, material, folder / name, wanted)}
    done.figures["engines"] = engines
    pool = questions(size, wanted.seed, wanted.asked * 2 + _WARMING)
    with ExitStack() as stack:
        open_ = {name: stack.enter_context(serving(name, folder / name)) for name in names}
        for name, each in open_.items():
            engines[name]["open_seconds"] = round(each.open_seconds, 4)
        done.figures["facets_agree"] = _facets_agree(open_)
        done.figures["load_average"] = round(load_average(), 2)
        _ask_all(open_, pool, done)
        for name, each in open_.items():
            engines[name]["private_bytes"] = each.private_bytes()
    return done


def _takes_part(name: str, size: int) -> bool:
    largest = KNOWN[name].largest
    return is_there(name) and (largest is None or size <= largest)


def _built(name: str, material: Material, folder: Path, wanted: Wanted) -> Json:
    """Build in a process of its own, watched; or the figures of the build that is there."""
    mark = folder.with_name(f"{name}.build.json")
    if wanted.reuse and mark.exists():
        return read_json(mark)
    shutil.rmtree(folder, ignore_errors=True)
    mark.unlink(missing_ok=True)
    here, there = get_context("spawn").Pipe(duplex=False)
    process = get_context("spawn").Process(target=_build, args=(name, material, folder, there))
    load = load_average()
    started = time.monotonic()
    process.start()
    assert process.pid is not None
    with watched(process.pid) as peak:
        process.join()
    seconds = time.monotonic() - started
    if process.exitcode or not here.poll():
        raise RuntimeError(f"{name} could not build {folder}")
    figures: Json = {
        "build_seconds": round(seconds, 2),
        "build_processor_seconds": round(here.recv(), 2),
        "build_load_average": round(load, 2),
        "peak_bytes": peak.total,
        "peak_anonymous_bytes": peak.anonymous,
        "sizes": dict(engine(name).sizes(folder)),
    }
    write_json(mark, figures)
    return figures


def _build(name: str, material: Material, folder: Path, told: Connection) -> None:
    """Build, and tell the processor time of this process and all that it started."""
    engine(name).build(material, folder)
    told.send(sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def _ask_all(open_: Mapping[str, Serving], pool: Mapping[str, Sequence[Question]], done: Run) -> None:
    answers: dict[str, dict[str, dict[str, list[Asked]]]] = {name: {} for name in open_}
    for kind, asked in pool.items():
        warming, rest = asked[:_WARMING], asked[_WARMING:]
        half = len(rest) // 2
        for facets, timed in ((True, rest[:half]), (False, rest[half:])):
            fit = {
                name: each for name, each in open_.items() if kind in each.kinds and (facets or each.may_skip_facets)
            }
            found = _in_turns(fit, warming, timed, facets, done.wanted.seconds)
            for name, each in found.items():
                answers[name].setdefault(kind, {})["faceted" if facets else "plain"] = each
    engines = done.figures["engines"]
    assert isinstance(engines, dict)
    for name, kinds in answers.items():
        engines[name]["kinds"] = {
            kind: {variant: _told(each) for variant, each in variants.items() if each}
            for kind, variants in kinds.items()
        }
    done.raw.update(
        {
            name: {kind: {variant: _raw(each) for variant, each in v.items()} for kind, v in kinds.items()}
            for name, kinds in answers.items()
        }
    )
    done.figures["same_totals"] = _same_totals(answers)


def _in_turns(
    open_: Mapping[str, Serving], warming: Sequence[Question], timed: Sequence[Question], facets: bool, seconds: float
) -> dict[str, list[Asked]]:
    """Each engine in turn, a few questions at a time, so that a busy moment of the machine meets all of them."""
    found: dict[str, list[Asked]] = {name: [] for name in open_}
    spent = dict.fromkeys(open_, 0.0)
    for name, each in open_.items():
        for question in warming:
            spent[name] += sum(a.milliseconds for a in each.ask([question], facets)) / 1000
            if spent[name] > seconds / 4:
                break
    spent = dict.fromkeys(open_, 0.0)
    for start in range(0, len(timed), _TURN):
        for name, each in open_.items():
            for question in timed[start : start + _TURN]:
                if spent[name] >= seconds:
                    break
                (answer,) = each.ask([question], facets)
                spent[name] += answer.milliseconds / 1000
                found[name].append(answer)
    return found


def _told(answers: Sequence[Asked]) -> Json:
    told: Json = {**spread([each.milliseconds for each in answers])}
    told["processor"] = spread([each.processor for each in answers])
    told["reading_p50"] = spread([each.reading for each in answers])["p50"]
    hits = spread([float(each.total) for each in answers])
    told["hits_p50"], told["mean_hits"] = hits["p50"], hits["mean"]
    return told


def _raw(answers: Sequence[Asked]) -> list[list[float]]:
    return [[round(each.milliseconds, 4), round(each.processor, 4), each.total] for each in answers]


def _same_totals(answers: Mapping[str, Mapping[str, Mapping[str, Sequence[Asked]]]]) -> Json:
    """For each engine and kind, the share of questions whose total is Tantivy's; only where both were asked."""
    base = answers.get("tantivy", {})
    shares: Json = {}
    for name, kinds in answers.items():
        if name == "tantivy" or not base:
            continue
        shares[name] = {
            kind: _share(kinds[kind]["faceted"], base[kind]["faceted"])
            for kind in kinds
            if kind in base and "faceted" in kinds[kind] and "faceted" in base[kind]
        }
    return shares


def _share(ours: Sequence[Asked], theirs: Sequence[Asked]) -> Json:
    pairs = [(one.total, other.total) for one, other in zip(ours, theirs, strict=False)]
    return {
        "asked": len(pairs),
        "same": sum(one == other for one, other in pairs),
        "more": sum(one > other for one, other in pairs),
        "fewer": sum(one < other for one, other in pairs),
        "ratio": round(sum(one for one, _ in pairs) / max(sum(other for _, other in pairs), 1), 4),
    }


def _facets_agree(open_: Mapping[str, Serving]) -> bool:
    """Whether all engines count the facets of the whole corpus alike: all hold the same documents."""
    counted = [{name: dict(counts) for name, counts in each.facet_counts().items()} for each in open_.values()]
    return all(each == counted[0] for each in counted)
