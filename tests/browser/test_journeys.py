"""The ways of a lawyer through the site, wide and narrow, in both languages, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kinds import MANGA
from tests.browser.visitor import WAYS, Visitor, Way

Visit = Callable[[Way], Visitor]
each_way = pytest.mark.parametrize("way", WAYS, ids=str)


def search_for(page: Page, text: str) -> None:
    box = page.locator('main input[name="q"], header input[name="q"]').first
    box.fill(text)
    box.press("Enter")
    page.wait_for_url("**/search?**")


@each_way
def test_a_lawyer_finds_narrows_and_opens_at_the_paragraph(way: Way, visit: Visit) -> None:
    page = visit(way).go("/")
    search_for(page, "模型")
    before = page.locator(".hit").count()
    open_facets(page)
    page.locator(".facets").get_by_role("link", name=way.say("人工智能", "Artificial intelligence")).first.click()
    page.wait_for_url("**field=ai**")
    assert 0 < page.locator(".hit").count() <= before
    snippet = page.locator(".hit .snippet a").first
    fragment = (snippet.get_attribute("href") or "").partition("#")[2]
    snippet.click()
    page.wait_for_url(f"**#{fragment}")
    expect(page.locator(f"#{fragment}")).to_be_in_viewport()
    assert page.locator("mark").count() > 0


def open_facets(page: Page) -> None:
    """On a narrow screen the facets are a sheet."""
    facets = page.locator(".facets")
    if not facets.get_by_role("link").first.is_visible():
        page.locator(".openfilters a").click()


@each_way
def test_the_team_narrows_too_and_a_chip_removes_it(way: Way, visit: Visit) -> None:
    page = visit(way).go("/search?q=数据")
    total = page.locator("h1").first.inner_text()
    open_facets(page)
    page.locator('.facets a[href*="team=digital-data"]').first.click()
    page.wait_for_url("**team=digital-data**")
    assert page.locator("h1").first.inner_text() != total
    page.locator(".chips a").first.click()
    page.wait_for_url(lambda url: "team=" not in url)
    assert page.locator("h1").first.inner_text() == total


@each_way
def test_a_citation_is_copied(way: Way, visit: Visit) -> None:
    page = visit(way).go(f"/rulings/{MANGA}")
    page.locator("#p1").get_by_role("link").first.wait_for(state="attached")
    page.goto(f"/rulings/{MANGA}/cite?p=p1")
    assert "（2023）京73民终3802号" in page.locator("textarea").first.input_value()


@each_way
def test_a_brief_is_checked(way: Way, visit: Visit) -> None:
    page = visit(way).go("/briefs")
    page.locator("textarea").first.fill(
        "参见（2023）京73民终3802号民事判决。另见（2099）京73民终1号。\n\nSee (2023) Jing 73 Min Zhong No. 3802."
    )
    page.locator("form:has(textarea) button").first.click()
    page.wait_for_load_state("load")
    expect(page.locator("main")).to_contain_text("（2099）京73民终1号")
    assert page.locator(f'a[href*="/rulings/{MANGA}"]').count() > 0


def test_a_table_of_authorities_is_sorted_by_verdict_and_back(visit: Visit) -> None:
    page = visit(Way()).go("/briefs")
    page.locator("textarea").first.fill("参见（2023）京73民终3802号、（2029）京73民终1号。")
    page.locator("form:has(textarea) button").first.click()
    page.wait_for_selector(".authorities .entries > li")
    lines = page.locator(".authorities .entries > li")

    def verdicts() -> object:
        return lines.evaluate_all("all => all.map(line => line.dataset.verdict)")

    assert verdicts() == ["consistent", "impossible"]
    page.locator('.sorted input[value="verdict"]').check()
    assert verdicts() == ["impossible", "consistent"]
    page.locator('.sorted input[value="place"]').check()
    assert verdicts() == ["consistent", "impossible"]


@each_way
def test_the_language_changes_in_the_middle_and_nothing_is_lost(way: Way, visit: Visit) -> None:
    page = visit(way).go("/search?q=平台&court=bjipc&sort=newest")
    hits = page.locator(".hit .head a").evaluate_all("links => links.map(a => new URL(a.href).pathname)")
    page.get_by_role("link", name=way.say("English", "中文"), exact=True).first.click()
    page.wait_for_url("**lang=**")
    assert page.locator("html").get_attribute("lang") == ("en" if way.language == "zh" else "zh-Hans")
    assert page.locator(".hit .head a").evaluate_all("links => links.map(a => new URL(a.href).pathname)") == hits
    page.locator(".hit .head a").first.click()
    page.wait_for_url("**/rulings/**")
    assert page.locator("html").get_attribute("lang") == ("en" if way.language == "zh" else "zh-Hans")


@each_way
def test_a_typing_error_is_recovered_from(way: Way, visit: Visit) -> None:
    page = visit(way).go("/")
    search_for(page, '"模型结构和参数')
    page.locator(".problem a").first.click()
    page.wait_for_load_state("load")
    assert page.locator(".hit").count() > 0
    assert page.locator(f'.hit a[href*="{MANGA}"]').count() > 0


@each_way
def test_a_permalink_leads_back_to_the_paragraph(way: Way, visit: Visit) -> None:
    first = visit(way)
    page = first.go(f"/rulings/{MANGA}")
    permalink = page.locator('link[rel="canonical"]').get_attribute("href") or ""
    later = visit(way).go(permalink + "#p2")
    expect(later.locator("#p2")).to_be_in_viewport()


@each_way
def test_a_ruling_prints_without_the_interface(way: Way, visit: Visit) -> None:
    page = visit(way).go(f"/rulings/{MANGA}")
    page.emulate_media(media="print")
    for interface in ("header.top", "nav", "form", "footer.foot"):
        for element in page.locator(interface).all():
            assert not element.is_visible(), interface
    assert page.locator("#p1").is_visible()
    assert not any(button.is_visible() for button in page.get_by_role("button").all())
    assert page.pdf(format="A4").startswith(b"%PDF")
