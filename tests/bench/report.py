"""Measurements into tables: the results in README.md, between two marks, from the JSON files that runs left."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from tests.bench.figures import Json, read_json
from tests.bench.plot import dots
from tests.bench.queries import KINDS

HERE = Path(__file__).parent
README = HERE / "README.md"
RESULTS = HERE / "results"
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
_FEW = 50
"""Fewer questions than these, because the time ran out, and the table says so."""
NAMES = {"panli": "Panli", "tantivy": "Tantivy", "sqlite": "SQLite FTS5", "whoosh": "stock Whoosh"}


def write_report(results: Path = RESULTS, readme: Path = README) -> None:
    """Draw the plots of all results and put the tables into the README."""
    found = sorted((read_json(path) for path in results.glob("[0-9]*.json")), key=lambda each: int(each["size"]))
    lines: list[str] = []
    for each in found:
        plot = results / f"{each['size']}.svg"
        plot.write_text(dots(each), "utf-8")
        lines += [*_of_one(each, f"{results.name}/{plot.name}"), ""]
    for smaller, larger in pairwise(found):
        lines += _growth(smaller, larger)
    text = readme.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(before + BEGIN + "\n\n" + "\n".join(lines) + END + after, "utf-8")


def _of_one(found: Json, plot: str) -> Iterator[str]:
    machine, engines = found["machine"], found["engines"]
    versions = ", ".join(f"{NAMES[name]} {each['version']}" for name, each in engines.items())
    yield f"### {found['size']:,} documents"
    yield ""
    yield (
        f"{found['date']}; {machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"{machine['system']}, Python {machine['python']}; {versions}; "
        f"code {found['code']}; seed {found['corpus']['seed']}; "
        f"load average {found['load_average']} when the questions began (1 is one busy core)."
    )
    yield ""
    yield f"![The 95th percentile of every kind of question, by engine]({plot})"
    yield ""
    yield from _verdicts(found)
    yield from _builds(found)
    for variant, title in (("faceted", "hits, total and all facets"), ("plain", "hits and total only")):
        yield from _times(found, variant, title)
    yield from _agreement(found)
    yield from _pages(found)


def _verdicts(found: Json) -> Iterator[str]:
    """Panli against the others, as ratios: below 1 is better, except where it says otherwise."""
    engines, rows = found["engines"], []
    if {"panli", "tantivy"} <= engines.keys():
        for title, kinds in (("any-of", ("any of 3",)), ("all-of", ("all of 2", "all of 3")), ("phrase", ("phrase",))):
            for kind in kinds:
                one, other = (engines[name]["kinds"].get(kind, {}).get("faceted") for name in ("panli", "tantivy"))
                if one and other:
                    rows.append((f"{title} ({kind}), faceted: time to Tantivy's, p50 / p95", _shares(one, other)))
        one, other = engines["panli"], engines["tantivy"]
        worked = _ratio(one, other, "build_processor_seconds")
        rows.append(("build: time to Tantivy's", f"{_ratio(one, other, 'build_seconds')} (processor time {worked})"))
        rows.append(("build: judgments a second", f"{found['size'] / one['build_seconds']:.0f}"))
        rows.append(("index and catalogue: bytes to Tantivy's", _ratio(one["sizes"], other["sizes"], "index")))
    if kinds := engines.get("panli", {}).get("kinds"):
        slowest = max(kinds, key=lambda kind: float(kinds[kind]["faceted"]["p95"]))
        rows.append(("slowest kind, p95", f"{kinds[slowest]['faceted']['p95']:.1f} ms ({slowest})"))
    if ratio := found.get("pages", {}).get("ratio"):
        rows.append(("pages a second to Datasette's (above 1 is better)", f"{ratio:.1f}"))
    yield from _table(("Panli", "measured"), rows)


def _builds(found: Json) -> Iterator[str]:
    rows = []
    for name, each in found["engines"].items():
        parts = ", ".join(f"{part} {_mb(size)}" for part, size in each["sizes"].items() if part != "index")
        rows.append(
            (
                NAMES[name],
                f"{each['build_seconds']:,.1f} ({each['build_processor_seconds']:,.1f})",
                f"{found['size'] / each['build_seconds']:,.0f}",
                f"{each['build_load_average']:.1f}",
                _mb(each["sizes"]["index"]) + (f" ({parts})" if parts else ""),
                f"{_mb(each['peak_bytes'])} ({_mb(each['peak_anonymous_bytes'])})",
                f"{each['open_seconds'] * 1000:,.1f}",
                _mb(each["private_bytes"]),
            )
        )
    yield from _table(
        (
            "build",
            "seconds (of processor time)",
            "documents/s",
            "load average before",
            "index, MB",
            "peak memory, MB (without file pages)",
            "open, ms",
            "private memory after all questions, MB",
        ),
        rows,
    )


def _times(found: Json, variant: str, title: str) -> Iterator[str]:
    engines = {
        name: each for name, each in found["engines"].items() if any(variant in v for v in each["kinds"].values())
    }
    rows = []
    for kind in KINDS:
        cells = [engines[name]["kinds"].get(kind, {}).get(variant) for name in engines]
        if any(cells):
            hits = next(each["hits_p50"] for each in cells if each)
            rows.append((kind, f"{hits:,.0f}", *(_time(each) for each in cells)))
    if engines:
        yield f"{title[0].upper()}{title[1:]}: p50 / p95 / p99 in milliseconds"
        yield ""
        yield from _table(("question", "hits, median", *(NAMES[name] for name in engines)), rows)


def _agreement(found: Json) -> Iterator[str]:
    shares = found.get("same_totals", {})
    if shares:
        rows = []
        for kind in KINDS:
            cells = [each.get(kind) for each in shares.values()]
            if any(cells):
                rows.append((kind, *(_agreed(each) for each in cells)))
        yield "Totals against Tantivy's: the share that is equal (and the ratio of all hits)"
        yield ""
        yield from _table(("question", *(NAMES[name] for name in shares)), rows)
    every = "the same" if found["facets_agree"] else "NOT the same"
    yield f"The facets of the whole corpus are {every} in all engines."
    yield ""


def _pages(found: Json) -> Iterator[str]:
    pages = {name: each for name, each in found.get("pages", {}).items() if isinstance(each, dict)}
    rows = [
        (
            {"panli": "Panli", "datasette": "Datasette"}[name],
            f"{each['pages_per_second']:,.1f}",
            f"{each['rate_at_half']:,.1f}",
            f"{each['p50_at_half']:,.1f} / {each['p95_at_half']:,.1f}",
            f"{each['processor_ms_a_page']:,.1f}",
            f"{each['page_bytes'] / 1000:,.0f}",
            _mb(each["private_bytes_of_a_worker"]),
            str(sum(load["failed"] for load in each["saturated"] + each["half"])),
        )
        for name, each in pages.items()
    ]
    if rows:
        yield from _table(
            (
                "page",
                "pages/s",
                "at half the load: pages/s",
                "p50 / p95, ms",
                "processor time a page, ms",
                "kB a page",
                "private memory of a worker, MB",
                "failed",
            ),
            rows,
        )


def _growth(smaller: Json, larger: Json) -> Iterator[str]:
    """How many times as long Panli takes over the larger corpus, beside how many times the hits there are."""
    before, after = (each["engines"].get("panli", {}).get("kinds", {}) for each in (smaller, larger))
    rows = []
    for kind in KINDS:
        if kind in before and kind in after:
            one, other = before[kind]["faceted"], after[kind]["faceted"]
            times = (f"{other[key] / max(one[key], 1e-9):.1f}" for key in ("mean_hits", "mean"))
            rows.append((kind, *times, f"{other['processor']['mean'] / max(one['processor']['mean'], 1e-9):.1f}"))
    if rows:
        yield f"### From {smaller['size']:,} to {larger['size']:,} documents"
        yield ""
        yield "Panli, means over all questions of a kind, faceted: how many times as much"
        yield ""
        yield from _table(("question", "hits", "time", "processor time"), rows)


def _time(told: Json | None) -> str:
    if told is None:
        return "–"
    few = f" (only {told['asked']} asked)" if told["asked"] < _FEW else ""
    return " / ".join(_short(told[name]) for name in ("p50", "p95", "p99")) + few


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _agreed(told: Json | None) -> str:
    return f"{told['same'] / max(told['asked'], 1):.1%} ({told['ratio']:.3f})" if told else "–"


def _shares(one: Json, other: Json) -> str:
    """Ratios of the medians and the 95th percentiles, by the clock and by the processor."""

    def told(one: Json, other: Json) -> str:
        return " / ".join(f"{one[share] / max(other[share], 1e-9):.2f}" for share in ("p50", "p95"))

    return f"{told(one, other)} (processor time {told(one['processor'], other['processor'])})"


def _ratio(one: Json, other: Json, name: str) -> str:
    return f"{one[name] / other[name]:.2f}"


def _mb(size: float) -> str:
    return f"{size / 1e6:,.0f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""
