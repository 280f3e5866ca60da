"""The plot of one run as SVG: a line for each kind of question, a dot for each engine, on a logarithmic scale."""

import math
from html import escape

from tests.bench.figures import Json
from tests.bench.queries import KINDS

_COLOURS = {"panli": "#d1495b", "tantivy": "#3b7ea1", "sqlite": "#8f7a1d", "whoosh": "#7a7a7a"}
_NAMES = {"panli": "Panli", "tantivy": "Tantivy", "sqlite": "SQLite FTS5", "whoosh": "stock Whoosh"}
_LEFT, _RIGHT, _TOP, _ROW = 150, 760, 64, 24
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}.grid{stroke:#0002}.row{stroke:#0001}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#fff3}.row{stroke:#fff1}}"
)


def dots(found: Json) -> str:
    """The 95th percentile of each kind of question, faceted, by engine; readable on light and dark ground."""
    times = {
        name: {kind: told["faceted"]["p95"] for kind, told in each["kinds"].items() if "faceted" in told}
        for name, each in found["engines"].items()
    }
    every = [value for kinds in times.values() for value in kinds.values()] or [1.0]
    low, high = math.floor(math.log10(min(every))), math.ceil(math.log10(max(every)) + 1e-9)
    kinds = [kind for kind in KINDS if any(kind in each for each in times.values())]
    bottom = _TOP + _ROW * len(kinds)

    def across(value: float) -> float:
        return _LEFT + (math.log10(value) - low) / max(high - low, 1) * (_RIGHT - _LEFT)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_RIGHT + 40} {bottom + 30}" role="img">',
        f"<title>95th percentile in milliseconds over {found['size']:,} documents</title><style>{_STYLE}</style>",
        f'<text x="0" y="18">95th percentile, milliseconds, {found["size"]:,} documents, with all facets</text>',
    ]
    for place, name in enumerate(times):
        at = _LEFT + place * 130
        parts.append(f'<circle cx="{at}" cy="40" r="6" fill="{_COLOURS[name]}"/>')
        parts.append(f'<text x="{at + 12}" y="44">{_NAMES[name]}</text>')
    for power in range(low, high + 1):
        mark = across(10.0**power)
        parts.append(f'<line class="grid" x1="{mark:.1f}" x2="{mark:.1f}" y1="{_TOP - 8}" y2="{bottom}"/>')
        parts.append(f'<text x="{mark:.1f}" y="{bottom + 18}" text-anchor="middle">{10.0**power:g}</text>')
    for place, kind in enumerate(kinds):
        level = _TOP + _ROW * place + _ROW / 2
        parts.append(f'<line class="row" x1="{_LEFT}" x2="{_RIGHT}" y1="{level}" y2="{level}"/>')
        parts.append(f'<text x="{_LEFT - 12}" y="{level + 4}" text-anchor="end">{escape(kind)}</text>')
        for name, each in times.items():
            if kind in each:
                tip = f"{_NAMES[name]}, {escape(kind)}: {each[kind]:.2f} ms"
                parts.append(
                    f'<circle cx="{across(each[kind]):.1f}" cy="{level}" r="6" fill="{_COLOURS[name]}" '
                    f'fill-opacity="0.85"><title>{tip}</title></circle>'
                )
    return "\n".join([*parts, "</svg>"]) + "\n"
