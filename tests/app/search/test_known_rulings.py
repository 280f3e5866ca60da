"""Searches a lawyer would begin with, and the ruling that must come first."""

import pytest

from app.search.answer import SearchAnswer, answer
from app.search.query import SearchQuery
from app.stores import Snapshot
from indexer.domain.ruling import RulingId

MANGA_FILTER = "2023-jing73-minzhong-3802"


def ask(snapshot: Snapshot, text: str, **filters: tuple[str, ...]) -> SearchAnswer:
    return answer(SearchQuery(text, filters), snapshot.searcher, snapshot.catalogue, "zh-Hans")


@pytest.mark.parametrize(
    "text",
    [
        "模型结构和参数",
        '"模型结构和参数"',
        "“模型结构和参数”",
        "模型結構和參數",
        "AI model structure and parameters",
        "（2023）京73民终3802号",
        "(2023)京73民终3802号",
        "〔2023〕京73民终3802号",
        "【2023】京７３民终３８０２号",
        "[2023] 京73民终 3802 号",
        "2023-jing73-minzhong-3802",
        "(2023) Jing 73 Min Zhong No. 3802",
    ],
)
def test_the_manga_filter_ruling_comes_first(text: str, snapshot: Snapshot) -> None:
    found = ask(snapshot, text)
    assert found.hits[0].ruling.id == MANGA_FILTER
    assert not found.relaxed


def test_the_manga_filter_ruling_says_that_its_number_was_seen_in_lists_only(snapshot: Snapshot) -> None:
    ruling = snapshot.catalogue.ruling(MANGA_FILTER)
    assert ruling.warning
    assert any("lists" in (doubt.en or "") and "number" in (doubt.en or "") for doubt in ruling.unsure)


def test_a_number_in_the_query_is_offered_directly(snapshot: Snapshot) -> None:
    assert [ruling.id for ruling in ask(snapshot, "参见（2023）京73民终3802号").shortcuts] == [MANGA_FILTER]


def test_words_that_no_ruling_has_together_are_relaxed_and_it_is_said(snapshot: Snapshot) -> None:
    found = ask(snapshot, "植物新品种 变身漫画特效 标准必要专利")
    assert found.relaxed
    assert found.total > 0


def test_a_word_that_no_ruling_has_whole_is_found_by_its_parts_and_it_is_said(snapshot: Snapshot) -> None:
    found = ask(snapshot, "模型参数")
    assert found.hits[0].ruling.id == MANGA_FILTER
    assert [(each.word, each.parts) for each in found.parted] == [("模型参数", ("模型", "参数"))]
    assert not found.relaxed
    assert found.suggestion is None
    assert ask(snapshot, "模型参数 变身漫画特效").parted
    assert ask(snapshot, '"模型参数"').total == 0


def test_a_word_that_a_ruling_has_whole_is_not_taken_apart(snapshot: Snapshot) -> None:
    found = ask(snapshot, "植物新品种")
    assert found.total > 0
    assert found.parted == ()


def test_a_misspelt_word_gets_a_suggestion_that_finds_something(snapshot: Snapshot) -> None:
    found = ask(snapshot, "trademerk infringement")
    assert found.suggestion == "trademark infringement"


def test_a_misspelt_chinese_word_gets_a_suggestion(snapshot: Snapshot) -> None:
    assert ask(snapshot, "商业密秘").suggestion == "商业秘密"


def test_a_term_is_found_in_the_other_language_too(snapshot: Snapshot) -> None:
    chinese = {hit.ruling.id for hit in ask(snapshot, "商业秘密").hits}
    english = {hit.ruling.id for hit in ask(snapshot, "trade secret").hits}
    assert chinese & english
    assert ask(snapshot, "trade secret").parsed.expansions[0].also


@pytest.mark.parametrize("word", ["competition", "infringement", "damages", "punitive", "inventive"])
def test_a_wildcard_finds_the_word_itself(word: str, snapshot: Snapshot) -> None:
    assert ask(snapshot, f"{word}*").total >= ask(snapshot, f'"{word}"').total > 0


def test_an_article_in_plain_words_brings_the_rulings_that_apply_it_first(snapshot: Snapshot) -> None:
    applying = {ruling.id for ruling, _ in snapshot.catalogue.applying("patent-law", "22")}
    found = ask(snapshot, "专利法第二十二条")
    assert {hit.ruling.id for hit in found.hits[: len(applying)]} == applying
    assert not found.relaxed


def test_a_tribunals_rulings_are_its_courts_rulings(snapshot: Snapshot) -> None:
    of_court = ask(snapshot, "", court=("spc",)).total
    assert of_court > ask(snapshot, "", court=("spc-ipt",)).total > 0


def test_a_reversed_ruling_is_marked_in_a_list(snapshot: Snapshot) -> None:
    marked = {hit.ruling.id: hit.undone for hit in ask(snapshot, "Landwind").hits}
    assert marked[RulingId("2016-jing73-xingchu-4497")]


def test_rulings_of_one_dispute_do_not_count_as_citing_each_other(snapshot: Snapshot) -> None:
    assert snapshot.catalogue.cited_by("2022-jing73-minchu-314") == []


@pytest.mark.parametrize("order", ["newest", "oldest", "cited", "tier"])
def test_every_order_holds_the_same_rulings(order: str, snapshot: Snapshot) -> None:
    def ids(sort: str) -> list[str]:
        query = SearchQuery.from_params([("q", "专利"), ("sort", sort), ("size", "100")])
        return [hit.ruling.id for hit in answer(query, snapshot.searcher, snapshot.catalogue, "en").hits]

    assert sorted(ids(order)) == sorted(ids("relevance"))


def test_newest_first_puts_unknown_dates_last(snapshot: Snapshot) -> None:
    query = SearchQuery.from_params([("sort", "newest"), ("size", "100"), ("page", "1")])
    dates = [hit.ruling.decision_date for hit in answer(query, snapshot.searcher, snapshot.catalogue, "en").hits]
    known = [date for date in dates if date]
    assert [date.last for date in known] == sorted((date.last for date in known), reverse=True)
    assert dates[: len(known)] == known


def test_no_page_repeats_or_leaves_out_a_ruling(snapshot: Snapshot) -> None:
    seen: list[str] = []
    for page in range(1, 100):
        query = SearchQuery.from_params([("size", "25"), ("page", str(page))])
        found = answer(query, snapshot.searcher, snapshot.catalogue, "en")
        if not found.hits:
            break
        seen += [hit.ruling.id for hit in found.hits]
    assert sorted(seen) == sorted(snapshot.catalogue.ids())
