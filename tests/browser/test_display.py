"""What the reader chooses at the foot of a page: the theme, and whether keys of one letter do anything."""

from collections.abc import Callable
from typing import Literal
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kinds import KINDS, MANGA
from tests.browser.visitor import Visitor, Way

Visit = Callable[[Way], Visitor]
each_language = pytest.mark.parametrize("language", ["zh", "en"])


def paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@each_language
def test_the_theme_chosen_holds_on_the_next_page_from_its_first_byte(
    language: Literal["zh", "en"], visit: Visit
) -> None:
    visitor = visit(Way(language))
    page = visitor.go(KINDS["help"])
    light = paper(page)
    page.get_by_role("radio", name="深色" if language == "zh" else "dark").check()
    dark = paper(page)
    assert dark != light
    answer = page.goto(KINDS["about"])
    assert answer and 'data-theme="dark"' in answer.text()
    assert paper(page) == dark
    page.get_by_role("radio", name="跟随系统" if language == "zh" else "as the system").check()
    assert paper(page) == light
    visitor.go(KINDS["help"])
    assert paper(page) == light


def test_light_can_be_chosen_against_a_dark_system(visit: Visit) -> None:
    light = paper(visit(Way("en")).go(KINDS["help"]))
    page = visit(Way("en", scheme="dark")).go(KINDS["help"])
    assert paper(page) != light
    page.get_by_role("radio", name="light").check()
    assert paper(page) == light


@each_language
def test_keys_of_one_letter_can_be_switched_off(language: Literal["zh", "en"], visit: Visit) -> None:
    visitor = visit(Way(language))
    ruling = f"/rulings/{MANGA}?q={quote('模型')}"
    page = visitor.go(ruling)
    page.get_by_role("checkbox").uncheck()
    page.locator("h1").click()
    for key in ("n", "p", "/"):
        page.keyboard.press(key)
    expect(page.locator("mark.current")).to_have_count(0)
    expect(page.locator("#q")).not_to_be_focused()
    page = visitor.go(ruling)
    expect(page.get_by_role("checkbox")).not_to_be_checked()
    page.keyboard.press("n")
    expect(page.locator("mark.current")).to_have_count(0)
    page.get_by_role("checkbox").check()
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator("mark.current")).to_have_count(1)


def test_without_a_script_there_is_nothing_to_choose(visit: Visit) -> None:
    expect(visit(Way("en", script=False)).go(KINDS["help"]).locator("form.display")).to_be_hidden()
