"""The searcher against a plain reading of every ruling: same hits, same totals, same facet counts."""

import random
import re
from collections.abc import Callable, Mapping, Sequence

import pytest

from app.search.language import parse
from app.search.plan import plan
from app.search.query import SearchQuery
from app.stores import Snapshot
from indexer.build import Accepted
from indexer.domain.registry import courts
from indexer.domain.ruling import Ruling
from indexer.index.analysis import fold
from indexer.index.document import IndexDocument, document
from indexer.index.fields import FACETS
from indexer.link import Numbers, link, ties_of
from tests.scan import scan

_WORD = re.compile(r"[A-Za-z]+")
_LATIN = re.compile(r"[^\W_\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A letter or digit that is written with spaces between words."""


@pytest.fixture(scope="module")
def documents(accepted: Accepted) -> list[IndexDocument]:
    """What the index should hold, made from the corpus files anew."""
    numbers = Numbers()
    for ruling in accepted.rulings:
        numbers.add(ties_of(ruling))
    return [document(link(ruling, numbers), 0) for ruling in accepted.rulings]


def texts_of(ruling: Ruling) -> list[str]:
    """Every text of a ruling that a quotation may come from, as printed."""
    names = [ruling.title, ruling.cause, courts()[ruling.court].name]
    names += [party.name for party in ruling.parties] + [member.name for member in ruling.panel]
    texts = [text for pair in names for text in (pair.zh, pair.en)]
    texts += [text for _, paragraph in ruling.paragraphs for text in (paragraph.text, paragraph.translation)]
    return [text for text in texts if text]


def random_phrase(rulings: Sequence[Ruling], chance: random.Random, english: bool) -> str:
    """A stretch of 2 to 20 characters of a Chinese text, or of 1 to 8 words of an English one."""
    while True:
        text = chance.choice(texts_of(chance.choice(rulings)))
        if english != (re.search(r"[\u4e00-\u9fff]", text) is None):
            continue
        if english:
            words = list(_WORD.finditer(text))
            if len(words) < 2:
                continue
            first = chance.randrange(len(words))
            last = min(first + chance.randrange(8), len(words) - 1)
            phrase = whole_words(text, words[first].start(), words[last].end())
            if '"' not in phrase or "“" not in phrase:
                return phrase
            continue
        start = chance.randrange(max(1, len(text) - 1))
        phrase = whole_words(text, start, start + chance.randint(2, 20))
        if re.search(r"[\u4e00-\u9fff]", phrase) and '"' not in phrase:
            return phrase


def whole_words(text: str, start: int, end: int) -> str:
    """``text[start:end]``, made a little longer so that it cuts no number and no Latin word."""
    while start > 0 and _LATIN.match(text[start - 1]) and _LATIN.match(text[start]):
        start -= 1
    while end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end]):
        end += 1
    return text[start:end]


@pytest.fixture(scope="module")
def folded(accepted: Accepted) -> dict[str, list[str]]:
    """Every ruling's texts, folded, for the plain scan."""
    return {ruling.id: [fold(text) for text in texts_of(ruling)] for ruling in accepted.rulings}


def plain_scan(phrase: str, folded: Mapping[str, Sequence[str]]) -> set[str]:
    """Which rulings contain a phrase, by a regular expression over their texts."""
    wanted = fold(phrase).strip()
    head = rf"(?<!{_LATIN.pattern})" if _LATIN.match(wanted[0]) else ""
    tail = rf"(?!{_LATIN.pattern})" if _LATIN.match(wanted[-1]) else ""
    pattern = re.compile(head + re.escape(wanted) + tail)
    return {id for id, texts in folded.items() if any(pattern.search(text) for text in texts)}


@pytest.mark.parametrize("seed", range(1000))
def test_a_quoted_phrase_finds_exactly_the_rulings_that_contain_it(
    seed: int, accepted: Accepted, folded: dict[str, list[str]], snapshot: Snapshot
) -> None:
    phrase = random_phrase(accepted.rulings, random.Random(seed), english=seed % 2 == 1)
    parsed = parse(f"“{phrase}”" if '"' in phrase else f'"{phrase}"')
    assert parsed.tree is not None, (phrase, parsed.problem)
    results = snapshot.searcher.search(plan(SearchQuery(size=100), parsed.tree))
    expected = plain_scan(phrase, folded)
    assert expected, f"{phrase!r} was taken from the corpus"
    assert results.total == len(expected), phrase
    if results.total <= 100:
        assert {hit.id for hit in results.hits} == expected, phrase


def random_query(rulings: Sequence[Ruling], chance: random.Random) -> str:
    """A query of any kind the language has, made of the corpus's own words."""

    def word() -> str:
        while True:
            text = random_phrase(rulings, chance, english=chance.random() < 0.4)
            words = re.findall(r"[\u4e00-\u9fff]{2,4}|[A-Za-z]{4,}", text)
            if words:
                return str(chance.choice(words))

    def quoted() -> str:
        return f'"{random_phrase(rulings, chance, english=chance.random() < 0.5)}"'

    forms: list[Callable[[], str]] = [
        lambda: "",
        word,
        quoted,
        lambda: f"{word()} {word()}",
        lambda: f"{word()} OR {word()}",
        lambda: f"{word()} -{word()}",
        lambda: f"({word()} OR {quoted()}) {word()}",
        lambda: f"{word()} /s {word()}",
        lambda: f"{word()} /p {word()}",
        lambda: f'"{word()} {word()}"~{chance.randint(1, 12)}',
        lambda: f"{word()[:4]}*",
        lambda: f"reasoning:{word()}",
        lambda: f"party:{word()}",
        lambda: f"title:{word()} {word()}",
        lambda: f"date:{chance.randint(2010, 2020)}..{chance.randint(2020, 2026)} {word()}",
        lambda: "statute:专利法",
    ]
    return chance.choice(forms)()


def random_filters(rulings: Sequence[IndexDocument], chance: random.Random) -> dict[str, tuple[str, ...]]:
    """None to three facets, one to three values each, "not stated" and unknown ones among them."""
    filters: dict[str, tuple[str, ...]] = {}
    for name in chance.sample(FACETS, chance.choice([0, 1, 1, 2, 3])):
        known = sorted({value for each in rulings for value in each.facets[name]})
        filters[name] = tuple(chance.sample(known, min(len(known), chance.randint(1, 3))))
    if chance.random() < 0.05:
        filters["court"] = ("no-such-court",)
    return filters


@pytest.mark.parametrize("seed", range(200))
def test_hits_totals_and_all_facet_counts_equal_a_direct_count_over_the_corpus(
    seed: int, accepted: Accepted, documents: list[IndexDocument], snapshot: Snapshot
) -> None:
    chance = random.Random(seed)
    text = random_query(accepted.rulings, chance)
    query = SearchQuery(text, random_filters(documents, chance), size=100)
    parsed = parse(text)
    assert parsed.problem is None, text
    planned = plan(query, parsed.tree)
    results, expected = snapshot.searcher.search(planned), scan(planned, documents)
    assert results.total == len(expected.ids), text
    if results.total <= 100:
        assert {hit.id for hit in results.hits} == expected.ids, text
    for name in FACETS:
        assert dict(results.facets[name]) == dict(expected.facets.get(name, {})), (text, name)
