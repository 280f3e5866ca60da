"""What only a script does on the search pages: suggestions by keyboard, years by dragging, the working list."""

from collections.abc import Callable

from playwright.sync_api import expect
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from tests.browser.kinds import MANGA
from tests.browser.visitor import Visitor, Way

Visit = Callable[[Way], Visitor]


def test_the_keyboard_alone_takes_a_suggestion(visit: Visit) -> None:
    page = visit(Way("zh")).go("/search")
    page.keyboard.press("/")
    page.keyboard.type("3802")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("（2023）京73民终3802号")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/rulings/{MANGA}")


def test_a_suggested_term_keeps_the_filters(visit: Visit) -> None:
    page = visit(Way("en")).go("/search?court=bjipc")
    page.locator("#q").press_sequentially("unfair comp")
    page.get_by_role("option", name="unfair competition").first.click()
    page.wait_for_url("**q=unfair+competition**")
    assert "court=bjipc" in page.url


def test_a_facet_unfolds_in_its_place_and_can_be_searched(visit: Visit) -> None:
    page = visit(Way("en")).go("/search?q=专利")
    statutes = page.locator("#facet-statute")
    statutes.evaluate("facet => { facet.open = true; }")
    shown = statutes.locator("li").count()
    statutes.locator("a.more").click()
    box = statutes.get_by_role("searchbox")
    expect(box).to_be_focused()
    assert statutes.locator("li").count() > shown
    box.fill("patent")
    expect(statutes.locator("li:visible")).not_to_have_count(0)
    for value in statutes.locator("li:visible .value").all_inner_texts():
        assert "patent" in value.lower()
    assert "open=" not in page.url
    statutes.get_by_role("link", name="Fewer").click()
    expect(statutes.locator("li")).to_have_count(shown)


def test_dragging_over_the_years_asks_for_the_span(visit: Visit) -> None:
    page = visit(Way("en")).go("/search?q=专利")
    box = page.locator(".years svg").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + 20, steps=5)
    page.mouse.up()
    page.wait_for_url("**year=**")
    assert page.locator(".years .bar.selected").count() > 1
    expect(page.locator(".chips .chip")).to_have_count(1)


def test_a_ruling_is_kept_annotated_and_taken_away(visit: Visit) -> None:
    page = visit(Way("zh")).go(f"/rulings/{MANGA}")
    keep = page.locator(f'[data-keep="{MANGA}"]').first
    keep.click()
    expect(keep).to_have_attribute("aria-pressed", "true")
    page.goto("/list")
    page.locator("textarea").fill("争点二")
    page.reload()
    assert page.locator("textarea").input_value() == "争点二"
    with page.expect_download() as download:
        page.locator('button[formaction$="/list.md"]').click()
    assert "争点二" in download.value.path().read_text("utf-8")
    page.get_by_role("button", name="移除").click()
    expect(page.locator("#list-empty")).to_be_visible()


def test_an_empty_box_offers_the_last_searches(visit: Visit) -> None:
    page = visit(Way("zh")).go("/search?q=种子")
    page.goto("/")
    page.locator("#q").focus()
    expect(page.get_by_role("option")).to_contain_text(["种子"])


def test_the_total_stands_above_the_hits(visit: Visit) -> None:
    page = visit(Way("en")).go("/search?q=专利")
    total, first = page.locator("h1").bounding_box(), page.locator(".hit").first.bounding_box()
    assert total
    assert first
    assert total["y"] + total["height"] < first["y"]


def test_a_working_list_is_printed_with_its_rulings_and_notes(visit: Visit) -> None:
    visitor = visit(Way("zh"))
    page = visitor.go("/help")
    page.evaluate("id => localStorage.setItem('panli.list', JSON.stringify([{id, note: '重点看第九段'}]))", MANGA)
    page = visitor.go("/list")
    expect(page.locator(".kept .decided")).to_have_text("2025年3月31日")
    with PdfDocument(page.pdf(format="A4")) as printed:
        text = "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in printed)
    for words in ("变身漫画特效", "（2023）京73民终3802号", "重点看第九段"):
        assert words in text
    assert "下移" not in text
