"""How soon a page can be read: largest contentful paint and layout shift in Chromium, at four-times CPU slowdown.

    python -m tests.bench.bench_pages [--store DIR] [--slowdown 4] [--rounds 5]

Starts `panli serve` over a store, opens every kind of page of `tests/browser/kinds.py` in a fresh context (nothing
cached) in a tab that was opened a second before, so that the start of the browser's own process for it, which no page
can change, does not count. Prints for each the milliseconds of the server by itself, the median, the best and the
worst largest contentful paint in milliseconds, the sum of layout shifts, and the compressed bytes of the first view.
On a machine that others share, the best is nearest to what a quiet one gives.
"""

import argparse
import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import ARGUMENTS, chromium_path
from tests.browser.kinds import KINDS
from tests.server import serving

_SETTLED = 1.0
"""Seconds that a new tab is left alone."""
_PAINTED = """() => new Promise(done => {
  let paint = 0, moved = 0;
  new PerformanceObserver(l => { for (const e of l.getEntries()) paint = Math.max(paint, e.startTime); })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) moved += e.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done([paint, moved]), 500);
})"""


def view(browser: Browser, address: str, slowdown: float) -> tuple[float, float, int]:
    """One first view of an address: paint in milliseconds, shift, bytes received."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    session.send("Network.enable")
    received: list[int] = []
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    time.sleep(_SETTLED)
    page.goto(address, wait_until="load")
    paint, moved = page.evaluate(_PAINTED)
    context.close()
    return float(paint), float(moved), sum(received)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, default=Path(".store"))
    parser.add_argument("--slowdown", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with serving(asked.store) as client, sync_playwright() as playwright:
        base = str(client.base_url).rstrip("/")
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        view(browser, base + "/", asked.slowdown)
        print("| page | server ms | paint, median ms | best ms | worst ms | layout shift | bytes |")  # noqa: T201
        print("|---|---:|---:|---:|---:|---:|---:|")  # noqa: T201
        for kind, path in KINDS.items():
            seen = [view(browser, base + path, asked.slowdown) for _ in range(asked.rounds)]
            paints = [paint for paint, _, _ in seen]
            shift = max(moved for _, moved, _ in seen)
            served = statistics.median(client.get(path).elapsed.total_seconds() * 1000 for _ in seen)
            times = f"{served:.0f} | {statistics.median(paints):.0f} | {min(paints):.0f} | {max(paints):.0f}"
            print(f"| {kind} | {times} | {shift:.3f} | {seen[0][2]:,} |")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main()
