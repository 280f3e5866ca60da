"""A real Chromium before a real server: pages are opened as a reader opens them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from indexer.store import Build
from tests.browser.visitor import Visitor, Way
from tests.server import serving

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(built: Build) -> Iterator[str]:
    """The address of a service over the repository's own corpus."""
    with serving(built.folder.parent.parent) as client:
        yield str(client.base_url).rstrip("/")


def chromium_path() -> str:
    """Where Chromium is; raises `RuntimeError` when it is nowhere."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise RuntimeError("No Chromium: apt-get install chromium fonts-noto-cjk, or set CHROMIUM to its path.")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; ``CHROMIUM`` names another."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[[Way], Visitor]]:
    """Opens a browser of its own for one way of reading; at the end, its console must be empty."""
    visitors: list[Visitor] = []

    def opened(way: Way) -> Visitor:
        visitors.append(Visitor(browser, address, way))
        return visitors[-1]

    yield opened
    said = [line for visitor in visitors for line in visitor.close()]
    assert said == []
