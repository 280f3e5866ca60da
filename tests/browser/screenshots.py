"""Pictures of every kind of page, to be looked at one by one.

    python -m tests.browser.screenshots FOLDER [--store DIR] [--only ruling,search]

Wide and narrow, Chinese and English, light and dark, and each page as it prints.
"""

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, chromium_path
from tests.browser.kinds import KINDS
from tests.browser.visitor import NARROW, WIDE, Visitor, Way
from tests.server import serving

WAYS = [
    Way("zh", WIDE),
    Way("en", WIDE),
    Way("zh", NARROW),
    Way("en", NARROW),
    Way("zh", WIDE, scheme="dark"),
    Way("en", NARROW, scheme="dark"),
]


_HEIGHT = "Math.min(8000, document.documentElement.scrollHeight)"
"""Pixels of a picture of a whole page."""


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", type=Path, default=Path(".store"))
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    wanted = [kind for kind in KINDS if not asked.only or kind in asked.only.split(",")]
    with serving(asked.store) as client, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        for way in WAYS:
            visitor = Visitor(browser, str(client.base_url).rstrip("/"), way)
            for kind in wanted:
                page = visitor.go(KINDS[kind])
                if way.width == NARROW:  # whole: a page lays out only what is near the window
                    page.set_viewport_size({"width": NARROW, "height": page.evaluate(_HEIGHT)})
                page.screenshot(path=asked.folder / f"{kind}-{way}.png")
                page.set_viewport_size({"width": way.width, "height": 900})
                if way == WAYS[0]:
                    page.pdf(path=asked.folder / f"{kind}-print.pdf", format="A4")
            for line in visitor.close():
                print(line)  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main()
