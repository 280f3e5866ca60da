"""The search page beside its hits: years, chips, how the query was read, and ways out when nothing was found."""

import gc

import pytest

from app.errors import BadRequest
from app.i18n import Locale
from app.pages import SearchPage
from app.presenting.facets import facets
from app.presenting.reading import reading_view
from app.presenting.search import search_page
from app.presenting.years import years_view
from app.search.answer import answer
from app.search.query import SearchQuery, years_asked
from app.search.ways_out import ways_out, words_alone
from app.stores import Snapshot
from app.templating import Templates
from app.urls import Urls
from indexer.domain.registry import cause_path, causes

ENGLISH, URLS = Locale("en"), Urls()
HELD = ("2018", "2019", "2021", "not-stated")


def page_of(query: SearchQuery, snapshot: Snapshot) -> SearchPage:
    found = answer(query, snapshot.searcher, snapshot.catalogue, "en")
    ways, alone = ways_out(query, snapshot.searcher), words_alone(query, snapshot.searcher)
    return search_page(found, ways, alone, snapshot.coverage, ENGLISH, URLS)


@pytest.mark.parametrize(
    ("params", "span"),
    [
        ({}, None),
        ({"from": "2018", "to": "2021"}, (2018, 2021)),
        ({"from": "2021", "to": "2018"}, (2018, 2021)),  # the wrong way round
        ({"from": "2018"}, (2018, None)),
        ({"from": "", "to": " 2021 "}, (None, 2021)),
        ({"from": "", "to": ""}, (None, None)),
    ],
)
def test_two_fields_ask_for_a_span(params: dict[str, str], span: tuple[int | None, int | None] | None) -> None:
    assert years_asked(params.items()) == span


def test_a_year_that_is_no_number_is_refused() -> None:
    with pytest.raises(BadRequest):
        years_asked([("from", "20x3")])


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (2018, 2020, ("2018", "2019")),
        (None, 2019, ("2018", "2019")),
        (2019, None, ("2019", "2021")),
        (None, None, None),  # both fields emptied: no filter
        (1990, 1995, ("1990", "1995")),  # nothing held, so nothing is found
    ],
)
def test_a_span_becomes_the_years_held_in_it(first: int | None, last: int | None, years: tuple[str, ...]) -> None:
    asked = SearchQuery("种子", {"court": ("bjipc",), "year": ("2021",)}, page=3).within(first, last, HELD)
    assert asked.filters.get("year") == years
    assert (asked.filters["court"], asked.page) == (("bjipc",), 1)


def test_the_years_are_drawn_without_gaps_and_each_is_a_filter() -> None:
    query = SearchQuery("种子", {"year": ("2019",)})
    view = years_view(query, {"2018": 4, "2021": 1, "2019": 2, "not-stated": 3}, ENGLISH, URLS)
    assert view is not None
    assert [(bar.year, bar.count, bar.selected) for bar in view.bars] == [
        (2018, 4, False),
        (2019, 2, True),
        (2020, 0, False),
        (2021, 1, False),
    ]
    assert [bar.height for bar in view.bars] == [48, 24, 0, 12]
    assert view.bars[1].url == URLS.search(SearchQuery("种子"))
    assert view.bars[0].label == "2018: 4 rulings"
    assert (view.chosen, view.unstated) == (("2019", "2019"), 3)
    assert ("year", "2019") not in view.others


def test_a_histogram_counts_what_the_search_finds(snapshot: Snapshot) -> None:
    page = page_of(SearchQuery("专利"), snapshot)
    assert page.years is not None
    assert sum(bar.count for bar in page.years.bars) + page.years.unstated == page.total
    assert "year" not in {facet.name for facet in page.facets}


def test_a_facet_shows_its_first_values_and_all_of_them_when_asked(snapshot: Snapshot) -> None:
    counts = {f"court-{n}": 100 - n for n in range(30)}
    query = SearchQuery("专利", {"court": ("court-20", "court-9")}, page=2)
    (folded,) = facets(query, {"court": counts}, ENGLISH, URLS, ())
    assert [value.value for value in folded.values] == ["court-9", "court-20", *(f"court-{n}" for n in range(5))]
    assert (folded.more, folded.whole) == (23, False)
    assert folded.other == URLS.search(query) + "&open=court#facet-court"
    (whole,) = facets(query, {"court": counts}, ENGLISH, URLS, ("court",))
    assert {value.value: value.count for value in whole.values} == counts
    assert (whole.more, whole.whole, whole.other) == (0, True, URLS.search(query) + "#facet-court")


def test_one_value_more_is_not_folded_away() -> None:
    for values, shown in ((8, 8), (9, 7)):
        (facet,) = facets(SearchQuery(), {"court": {f"c{n}": 1 for n in range(values)}}, ENGLISH, URLS, ())
        assert (len(facet.values), facet.more) == (shown, values - shown)
        assert bool(facet.other) == (shown < values)


def test_a_chosen_cause_is_shown_below_what_it_stands_under() -> None:
    chosen = next(cause for cause in reversed(list(causes())) if len(cause_path(cause)) > 2)
    (facet,) = facets(
        SearchQuery(filters={"cause": (chosen,)}), {"cause": dict.fromkeys(causes(), 1)}, ENGLISH, URLS, ()
    )
    assert [value.value for value in facet.values][-len(cause_path(chosen)) :] == list(cause_path(chosen))


def test_the_address_unfolds_a_facet(snapshot: Snapshot) -> None:
    found = answer(SearchQuery(), snapshot.searcher, snapshot.catalogue, "en")
    folded, whole = (
        {facet.name: facet for facet in search_page(found, [], [], snapshot.coverage, ENGLISH, URLS, opened).facets}
        for opened in ((), ("statute",))
    )
    assert len(whole["statute"].values) == len(found.facets["statute"]) > len(folded["statute"].values)
    assert {name for name in folded if folded[name] != whole[name]} == {"statute"}


@pytest.mark.parametrize(
    ("years", "chips"),
    [
        (("2018", "2019", "2020"), ["Year of decision: 2018–2020"]),
        (("2019",), ["Year of decision: 2019"]),
        (("2018", "2020"), ["Year of decision: 2018", "Year of decision: 2020"]),
        (("2018", "not-stated"), ["Year of decision: 2018", "Year of decision: Not stated"]),
    ],
)
def test_years_side_by_side_are_one_chip(years: tuple[str, ...], chips: list[str], snapshot: Snapshot) -> None:
    assert [chip.text for chip in page_of(SearchQuery(filters={"year": years}), snapshot).chips] == chips


def test_one_click_clears_all_filters_and_keeps_the_rest(snapshot: Snapshot) -> None:
    page = page_of(SearchQuery("平台", {"court": ("bjipc",), "year": ("2019",)}, size=50, compact=True), snapshot)
    assert page.clear == URLS.search(SearchQuery("平台", size=50, compact=True))
    assert [link.selected for link in page.densities] == [False, True]
    assert SearchQuery.from_params([("density", "compact")]).compact


@pytest.mark.parametrize(
    ("text", "words", "joined", "meaning"),
    [
        ("模型 参数", ("模型", "参数"), "all of them", "this word in its forms"),
        ('"模型结构"', ('"模型结构"',), "", "exactly these characters"),
        ('"patent infringement"~5', ('"patent infringement"~5',), "", "the words within 5 words of each other"),
        ("a技术 OR 商业秘密", ("a技术", "商业秘密"), "", "either side is enough"),
        ("种子 -玉米", ("种子",), "", "not in the ruling: this word in its forms"),
        ("理由:创新", ("理由:创新",), "", "this word in its forms, only in: reasoning"),
        ("trade*", ("trade*",), "", "words of this pattern"),
        ("故意 /s 赔偿", ("故意", "赔偿"), "", "both sides in one sentence"),
        (
            "（2023）京73民终3802号",
            ("（2023）京73民终3802号",),
            "",
            "the ruling of this number first, then those that name it",
        ),
    ],
)
def test_the_page_says_how_a_query_was_read(text: str, words: tuple[str, ...], joined: str, meaning: str) -> None:
    view = reading_view(text, False, ENGLISH)
    assert view is not None
    assert (view.words, view.joined) == (words, joined)
    assert meaning in dict(view.meanings).values()


def test_an_empty_query_has_no_reading() -> None:
    assert reading_view("  ", False, ENGLISH) is None


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        (SearchQuery('商标 "zzzz"'), ['Without “"zzzz"”']),
        (SearchQuery("商标", {"court": ("nowhere",)}), ["Without the filter Court"]),
        (SearchQuery("商标 -注册 party:zzzz"), ["Without “party:zzzz”"]),
        (SearchQuery("zzzz"), []),
        (SearchQuery("商标", {"court": ("nowhere",), "team": ("nobody",)}), ["Without any filter"]),
    ],
)
def test_a_search_that_finds_nothing_says_what_stands_in_the_way(
    query: SearchQuery, texts: list[str], snapshot: Snapshot
) -> None:
    assert [way.text for way in page_of(query, snapshot).ways_out] == texts
    for way in ways_out(query, snapshot.searcher):
        assert way.total == answer(way.query, snapshot.searcher, snapshot.catalogue, "en").total > 0


def test_each_word_is_counted_by_itself(snapshot: Snapshot) -> None:
    alone = words_alone(SearchQuery("zzzz 商标 -专利", {"court": ("bjipc",)}), snapshot.searcher)
    assert {each.word: each.total > 0 for each in alone} == {"商标": True, "专利": True, "zzzz": False}
    assert alone[-1].word == "zzzz"
    assert words_alone(SearchQuery("zzzz"), snapshot.searcher) == []


def test_a_drawn_page_leaves_no_garbage(snapshot: Snapshot) -> None:
    templates = Templates()

    def draw() -> str:
        page = page_of(SearchQuery("专利 种子 OR 合同"), snapshot)
        return templates.draw("search.html", page, ENGLISH, "/search", [("q", "专利")])

    assert "<article" in draw()  # what is made once has been made
    gc.collect()
    gc.disable()
    try:
        draw()
        assert gc.collect() == 0
    finally:
        gc.enable()
