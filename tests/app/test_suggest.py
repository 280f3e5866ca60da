"""What is suggested while one types: found by any part, grouped, and never leading to nothing."""

import random

import pytest

from app.i18n import Locale
from app.presenting.suggest import suggestions_json
from app.search.answer import answer
from app.search.query import SearchQuery
from app.search.suggest import MAX_SUGGESTIONS, Candidate, Group, Suggestions
from app.stores import Snapshot
from app.urls import Urls
from indexer.domain.names import Names

MANGA = "2023-jing73-minzhong-3802"


def suggested(snapshot: Snapshot, typed: str) -> list[tuple[str, str]]:
    """Group and id of what is suggested."""
    return [(each.candidate.group.value, each.candidate.id) for each in snapshot.suggestions.find(typed)]


@pytest.mark.parametrize(
    ("typed", "group", "id"),
    [
        ("3802", "ruling", MANGA),
        ("2023京73民终", "ruling", MANGA),
        ("（2023）京73民终3802号", "ruling", MANGA),
        ("(2023) 京73民终38", "ruling", MANGA),
        ("〔２０２３〕京73民终3802", "ruling", MANGA),
        ("2023-jing73-minz", "ruling", MANGA),
        ("变身漫画", "ruling", MANGA),
        ("manga-tr", "ruling", MANGA),
        ("变身漫畫", "ruling", MANGA),  # traditional characters
        ("商业秘", "term", "商业秘密"),
        ("trade sec", "term", "商业秘密"),
        ("商业秘", "cause", "trade-secret-infringement"),
        ("商标法第五十七", "statute", "trademark-law:57"),
        ("商标法57", "statute", "trademark-law:57"),
        ("trademark law article 5", "statute", "trademark-law:57"),
        ("反垄断法", "statute", "anti-monopoly-law"),
        ("北京知识", "court", "bjipc"),
        ("2026年4月21日", "collection", "bipc-landmark-2026-04-21"),
        ("苹果电脑", "party", "苹果电脑贸易（上海）有限公司"),
        ("侵权 植物新", "term", "植物新品种"),  # the last word is completed
    ],
)
def test_what_is_typed_suggests(typed: str, group: str, id: str, snapshot: Snapshot) -> None:
    assert (group, id) in suggested(snapshot, typed)


@pytest.mark.parametrize("typed", ["", "  ", "a", "3", "zzzz", "(((", "\n", "%", "的" * 61])
def test_nothing_is_suggested_for(typed: str, snapshot: Snapshot) -> None:
    assert suggested(snapshot, typed) == []


def test_a_latin_word_is_recognised_by_its_beginning_only(snapshot: Snapshot) -> None:
    assert suggested(snapshot, "rade") == []


def test_suggestions_are_few_and_stand_in_groups(snapshot: Snapshot) -> None:
    for typed in ("专利", "公司", "北京", "law", "20"):
        groups = [group for group, _ in suggested(snapshot, typed)]
        assert 0 < len(groups) <= MAX_SUGGESTIONS
        assert [group for i, group in enumerate(groups) if group in groups[:i] and groups[i - 1] != group] == []


def test_an_exact_name_comes_before_a_longer_one_however_weighty() -> None:
    names = [Candidate(Group.TERM, id, Names(id), (id,), weight) for id, weight in (("专利权", 50), ("专利", 1))]
    assert [each.candidate.id for each in Suggestions(names).find("专利")] == ["专利", "专利权"]


def test_masked_parties_are_not_suggested(snapshot: Snapshot) -> None:
    offered = [each.candidate for each in snapshot.suggestions.find("某")]
    assert [candidate for candidate in offered if candidate.group is Group.PARTY] == []


def test_every_suggestion_finds_something(snapshot: Snapshot) -> None:
    candidates = random.Random(7).sample(sorted({c.names.zh or "" for c, _ in snapshot.suggestions.entries}), 150)
    for typed in filter(None, candidates):
        for each in suggestions_json(snapshot.suggestions.find(typed), Locale("zh-Hans"), Urls())["suggestions"]:
            if each["query"]:
                query = SearchQuery(each["query"])
                assert answer(query, snapshot.searcher, snapshot.catalogue, "zh-Hans").total, each


def test_the_words_of_a_suggestion_are_the_reader_s(snapshot: Snapshot) -> None:
    def first(typed: str, language: str) -> tuple[str, str]:
        found = snapshot.suggestions.find(typed)
        each = suggestions_json(found, Locale(language), Urls())["suggestions"][0]
        return each["text"], each["note"].split(" · ")[0]

    assert first("trade sec", "en") == ("trade secret", "商业秘密")
    assert first("商业秘", "zh-Hans") == ("商业秘密", "trade secret")
    assert first("3802", "zh-Hans") == ("（2023）京73民终3802号", "“变身漫画特效”AI模型结构和参数不正当竞争案")
