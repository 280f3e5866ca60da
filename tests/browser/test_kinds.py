"""What holds on every page: accessible, obedient to its policy, few requests, nothing wider than the screen."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.kinds import KINDS
from tests.browser.visitor import NARROW, WIDE, Visitor, Way

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Visit = Callable[[Way], Visitor]
_UNSEEN = 0.001
"""A layout shift that nobody sees: a thousandth of the window; 0.1 is what is commonly called good."""
_SHIFTS = """() => new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) moved += e.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(moved), 300);
})"""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_light_or_dark(kind: str, language: Literal["zh", "en"], visit: Visit) -> None:
    page = visit(Way(language)).go(KINDS[kind])
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """What axe finds wrong: rule, element, reason."""
    found = Axe().run(page, options={"runOnly": _RULES})
    return [
        f"{violation['id']}: {node['html'][:120]} ({node.get('failureSummary', '')[:200]})"
        for violation in found.response["violations"]
        for node in violation["nodes"][:3]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_needs_one_sheet_and_one_script_and_nothing_moves(kind: str, visit: Visit) -> None:
    visitor = visit(Way("en"))
    page = visitor.go(KINDS[kind])
    kinds = sorted(request.resource_type for request in visitor.asked if request.resource_type != "other")
    assert kinds == ["document", "script", "stylesheet"]
    assert page.evaluate(_SHIFTS) < _UNSEEN


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_while_a_page_comes_piece_by_piece(kind: str, visit: Visit) -> None:
    visitor = visit(Way("zh"))
    visitor.go(KINDS["error"])  # the sheet and the script are held from now on
    visitor.slow_line(20_000)
    assert visitor.go(KINDS[kind]).evaluate(_SHIFTS) < _UNSEEN


@pytest.mark.parametrize("way", [Way("zh"), Way("en"), Way("zh", NARROW), Way("zh", script=False)], ids=str)
def test_the_foot_of_a_short_page_ends_with_the_window(way: Way, visit: Visit) -> None:
    page = visit(way).go(KINDS["error"])
    foot = page.locator(".foot").bounding_box()
    assert foot
    assert foot["y"] + foot["height"] == pytest.approx(900, abs=1)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_the_screen(kind: str, language: Literal["zh", "en"], visit: Visit) -> None:
    page = visit(Way(language)).go(KINDS[kind])
    for width in (320, 390, 640, 768, 1024, WIDE, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_reaches_everything_and_the_focus_is_seen(kind: str, visit: Visit) -> None:
    page = visit(Way("zh")).go(KINDS[kind])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    wanted = page.evaluate(_FOCUSABLE)
    reached: set[int] = set()
    for _ in range(min(wanted, 60)):
        page.keyboard.press("Tab")
        place, outlined = page.evaluate(_FOCUSED)
        if place < 0:  # beyond the last: back to the browser itself
            break
        assert outlined, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        reached.add(place)
    assert len(reached) >= min(wanted, 60) - 2


_FOCUSABLE = """() =>
  [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter(e => !e.disabled && e.type !== "hidden" && e.checkVisibility())
  .filter(e => e.type !== "radio" || e.checked).length"""
"""Radio buttons of one name are one stop; the arrow keys go on from there."""
_FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const at = [...document.querySelectorAll("*")].indexOf(e);
  if (e === document.body) return [-1, true];
  return [at, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1];
}"""
