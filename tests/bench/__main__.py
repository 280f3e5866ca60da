"""`python -m tests.bench`: make a corpus, build every engine, ask them all, load the pages, tell the results."""

import argparse
import datetime
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.corpus import make_corpus
from tests.bench.engines.engine import KNOWN
from tests.bench.figures import Json, read_json, write_json
from tests.bench.lecard import JUDGMENTS, ROOT
from tests.bench.machine import machine, version
from tests.bench.pages import can_measure, measured_pages
from tests.bench.queries import questions
from tests.bench.report import RESULTS, write_report
from tests.bench.run import Wanted, run


def main(arguments: list[str] | None = None) -> None:
    """Measure and tell; see README.md beside this file."""
    options = _options().parse_args(arguments)
    sizes = [int(size) for size in options.sizes.replace("_", "").split(",")]
    names = options.engines.split(",")
    if unknown := set(names) - KNOWN.keys() - {"pages"}:
        sys.exit(f"No engine is called {', '.join(sorted(unknown))}; there are {', '.join([*KNOWN, 'pages'])}.")
    if not JUDGMENTS.exists():
        sys.exit(f"{JUDGMENTS} is not there; PANLI_TEST_DATA names the folder that holds lecard/.")
    for size in sizes:
        folder = options.out / str(size)
        if options.corpus_only:
            make_corpus(folder / "corpus", size, options.seed)
            continue
        _measure(folder, size, names, options)
    if options.write and not options.corpus_only:
        for size in sizes:
            shutil.copyfile(options.out / f"{size}.json", RESULTS / f"{size}.json")
        write_report()


def _measure(folder: Path, size: int, names: list[str], options: argparse.Namespace) -> None:
    wanted = Wanted(names, options.seed, options.questions, options.seconds, options.reuse)
    result = options.out / f"{size}.json"
    earlier = read_json(result) if result.exists() and set(names) <= {"pages"} else {}
    figures: Json = {
        "date": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC",
        "size": size,
        "machine": machine(),
        "code": _commit(),
    }
    if earlier:
        figures = earlier
    else:
        done = run(folder, size, wanted)
        figures |= done.figures
        write_json(options.out / f"raw-{size}.json", done.raw)
        write_json(result, figures)
    if "pages" in names and can_measure():
        pool = questions(size, options.seed, options.questions)
        figures["pages"] = measured_pages(folder, pool, options.seconds, options.rounds)
        figures["pages_versions"] = {name: version(name) for name in ("datasette", "uvicorn")}
        write_json(result, figures)
    sys.stdout.write(f"{result}\n")


def _commit() -> str:
    head = ROOT / ".git"
    if shutil.which("git") is None or not head.exists():
        return "?"
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=main.__doc__)
    parser.add_argument("--sizes", default="10000,100000,300000", help="documents, several with commas")
    parser.add_argument("--engines", default="panli,tantivy,sqlite,whoosh,pages", help="what is measured")
    parser.add_argument("--seconds", type=float, default=10.0, help="for one kind of question, and for one load")
    parser.add_argument("--questions", type=int, default=200, help="of each kind, with facets and without")
    parser.add_argument("--rounds", type=int, default=3, help="loads of each server, one after the other in turn")
    parser.add_argument("--seed", type=int, default=1, help="of the corpus and the questions")
    parser.add_argument("--out", type=Path, default=ROOT / ".bench", help="where corpora, indexes and figures go")
    parser.add_argument("--reuse", action="store_true", help="ask the indexes that are there instead of building")
    parser.add_argument("--corpus-only", action="store_true", help="make the corpora and nothing else")
    parser.add_argument("--write", action="store_true", help="put the figures into results/ and README.md here")
    return parser


if __name__ == "__main__":
    main()
