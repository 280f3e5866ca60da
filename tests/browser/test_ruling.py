"""What a script adds to the page of a ruling: places, copying, contents that follow; by mouse and by keyboard alone."""

from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from tests.browser.kinds import MANGA
from tests.browser.visitor import NARROW, Visitor, Way

Visit = Callable[[Way], Visitor]
each_language = pytest.mark.parametrize("language", ["zh", "en"])


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


@each_language
def test_the_keys_n_and_p_go_from_mark_to_mark(language: str, visit: Visit) -> None:
    page = visit(Way(language)).go(f"/rulings/{MANGA}?q={quote('模型')}&view=original")  # type: ignore[arg-type]
    count = page.locator(".text mark").count()
    output = page.locator(".found output")
    expect(output).to_have_text(f"0/{count}")
    page.keyboard.press("n")
    expect(output).to_have_text(f"1/{count}")
    page.keyboard.press("n")
    expect(page.locator("mark.current")).to_be_in_viewport()
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(output).to_have_text(f"{count}/{count}")
    expect(page.locator("mark.current")).to_be_in_viewport()


@each_language
def test_a_paragraph_s_address_is_copied_by_mouse_and_it_is_said(language: str, visit: Visit) -> None:
    page = visit(Way(language)).go(f"/rulings/{MANGA}?q={quote('模型')}")  # type: ignore[arg-type]
    page.locator("#p9 .mark").hover()
    page.locator("#p9 .tools button[data-copy=link]").click()
    expect(page.locator('[role="status"].said')).to_contain_text(f"/rulings/{MANGA}#p9")
    assert clipboard(page).endswith(f"/rulings/{MANGA}#p9")


def test_all_forms_are_reached_by_keyboard_and_the_focus_comes_back(visit: Visit) -> None:
    page = visit(Way("zh")).go(f"/rulings/{MANGA}")
    page.locator("#p9 .mark").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#p9 .tools button").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    sheet = page.locator("dialog#forms")
    expect(sheet).to_be_visible()
    expect(sheet.locator("textarea").first).to_have_value("（2023）京73民终3802号（Panli摘要第9段）")
    page.keyboard.press("Enter")  # the focus is on the first button
    expect(page.locator("dialog .said")).to_contain_text("（2023）京73民终3802号")
    assert clipboard(page) == "（2023）京73民终3802号（Panli摘要第9段）"
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('.paragraph').id") == "p9"


def test_words_are_copied_with_their_citation(visit: Visit) -> None:
    page = visit(Way("zh")).go(f"/rulings/{MANGA}?view=original")
    page.evaluate("""() => {
      const text = document.querySelector("#p12 p").firstChild;
      getSelection().setBaseAndExtent(text, 0, text, 4);
    }""")
    page.locator("#p12 .tools button[data-copy=text]").click()
    expect(page.locator('[role="status"].said')).not_to_be_empty()
    copied = clipboard(page)
    assert copied.startswith("“驳回上诉”")
    assert "（2023）京73民终3802号民事判决书" in copied
    assert copied.endswith(f"/rulings/{MANGA}#p12")


def test_tab_alone_passes_the_paragraphs_by(visit: Visit) -> None:
    page = visit(Way("en")).go(f"/rulings/{MANGA}?view=original")
    page.locator("#p1 .mark").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.paragraph').id") == "p2"
    assert page.locator(".tools").count() == 0


def test_the_contents_follow_the_reading(visit: Visit) -> None:
    page = visit(Way("en")).go(f"/rulings/{MANGA}")
    page.locator("#p10").evaluate("e => e.scrollIntoView({block: 'start'})")
    expect(page.locator(".contents [aria-current]")).to_have_attribute("href", "#holdings")


@pytest.mark.parametrize("asked", ["", f"?q={quote('模型')}"])
def test_the_contents_mark_the_part_that_was_opened(asked: str, visit: Visit) -> None:
    visitor = visit(Way("zh"))
    for paragraph in ("p1", "p2", "p4"):
        page = visitor.go("/list")
        page = visitor.go(f"/rulings/{MANGA}{asked}#{paragraph}")
        part = page.locator(f".part:has(#{paragraph})").get_attribute("id")
        expect(page.locator(".contents [aria-current]")).to_have_attribute("href", f"#{part}")


def test_the_page_of_forms_copies_too(visit: Visit) -> None:
    page = visit(Way("en", NARROW)).go(f"/rulings/{MANGA}/cite?p=p1")
    page.locator("#form-english + button").click()
    expect(page.locator('[role="status"].said')).to_contain_text("Douyin v. Yiruike")
    assert clipboard(page) == page.locator("#form-english").input_value().strip()


@pytest.mark.parametrize("script", [True, False])
def test_every_printed_page_says_which_ruling_it_is_and_where(script: bool, visit: Visit) -> None:
    page = visit(Way("zh", script=script)).go(f"/rulings/{MANGA}")
    permalink = page.locator('link[rel="canonical"]').get_attribute("href") or ""
    with PdfDocument(page.pdf(format="A4")) as printed:
        sheets = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in printed]
    assert len(sheets) > 1
    assert all("（2023）京73民终3802号" in sheet and permalink in sheet for sheet in sheets)
    assert all(f"{number}/{len(sheets)}" in sheet for number, sheet in enumerate(sheets, 1))


@each_language
def test_what_is_printed_ends_with_its_address_and_the_day(language: str, visit: Visit) -> None:
    page = visit(Way(language)).go(f"/search?q={quote('平台')}")  # type: ignore[arg-type]
    page.pdf(format="A4")
    year = page.evaluate("new Date().getFullYear()")
    assert str(year) in (page.locator(".imprint time").text_content() or "")
    assert page.locator(".imprint .address").text_content() == unquote(page.url)
