"""Statutes and their articles, Chinese and English, with the version that is named beside them.

::

    《反不正当竞争法》（2019年修正）第二条、第十二条   two citations; the second has only its own words
    2013年《商标法》第五十七条第（二）项             the version may stand before the name
    同法第三条   该法第五条                           the statute named last in the same text
    Article 2 of the Anti-Unfair Competition Law (2019)   Articles 2 and 12 of the …   Patent Law (2020), Article 22

Only statutes of the registry are found, and in English only with an article: "patent law" is a subject too. A
statute that the registry does not know ends the reach of 同法.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from indexer.domain.citation import Citation, CitationKind
from indexer.domain.registry import statutes
from indexer.domain.statute import article_key

_NUMERAL = r"(?:\d{1,4}|[零〇一二三四五六七八九十百千]{1,7})"
_STEP = rf"(?:第\s?)?[（(]?{_NUMERAL}[）)]?\s?"
_PLACE = rf"(?:\s?{_STEP}款)?(?:\s?{_STEP}项)?(?:\s?{_STEP}目)?"
_MORE_PLACES = rf"(?:[、和及或]\s?第\s?[（(]?{_NUMERAL}[）)]?\s?[款项](?:\s?{_STEP}项)?)*"  # 第一款、第三款
_AFTER_NUMBER = rf"(?:之[一二三四五六七八九十])?{_PLACE}{_MORE_PLACES}"
_ARTICLE = rf"第?\s?{_NUMERAL}\s?条{_AFTER_NUMBER}"
_NEXT = re.compile(rf"\s?(?:[、，,和及与至或]|以及)\s?(?P<article>第\s?{_NUMERAL}\s?条{_AFTER_NUMBER})")
_REMARK = r"(?:[（(](?P<{0}>[^（）()]{{1,16}}(?:[（(][^（）()]{{1,8}}[）)])?)[）)])?"
_AFTER_NAME = re.compile(
    rf"{_REMARK.format('inside')}》?(?:{_REMARK.format('after')}(?:的?规?定?的?)??\s?(?P<article>{_ARTICLE}))?"
)
_VERSION_BEFORE = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?年?(?:第[一二三四五]次)?(?:修正|修订|修改|颁布|公布|制定|施行)?(?:版|后)?的?《?$"
)
_YEAR = re.compile(r"(?:19|20)\d\d|(?:１９|２０)[０-９]{2}")
_INTERPRETATION = re.compile(r"法释\s?[〔\[（(【]\s?(\d{4})\s?[〕\]）)】]\s?(?:第\s?)?(\d{1,3})\s?号")
_SAME = re.compile(rf"(?P<same>[同该]法)\s?(?P<article>{_ARTICLE})")
_OTHER = re.compile(
    r"《[^《》]{2,40}(?:法|法典|条例|规定|解释|细则|办法|规则|意见|决定|公约|协定|通知)(?:[（(][^》]{1,20}[）)])?》"
)

_NUMBER_EN = r"\d{1,4}(?:-\d{1,2})?(?:\s?\([\dA-Za-z]{1,3}\)){0,3}"
_LIST_EN = rf"{_NUMBER_EN}(?:\s?(?:,\s?and|,|and|&|to|through|or|–|-)\s?{_NUMBER_EN}){{0,12}}"
_PARTS_EN = r"(?:,?\s?(?:paragraphs?|para\.|items?|sub-?paragraphs?|sections?)\s?\(?\d{1,3}\)?){0,3}"
_ARTICLES_EN = rf"(?:Articles?|Arts?\.|art\.)\s?(?P<list>{_LIST_EN}){_PARTS_EN}"
_VERSION_EN = (
    r"(?:\s?\((?:as\s)?(?:amended|revised|adopted)?\s?(?:in|of)?\s?(?P<{0}>(?:19|20)\d\d)(?:\s[A-Za-z ]{{1,20}})?\))?"
)


ENGLISH_HINT = "art"
"""What every English citation holds, in lower case: Article, Art."""


def provisions(text: str) -> Iterator[Citation]:
    """Every statute and article of the registry that the text names."""
    yield from _chinese(text)
    yield from _english(text)


def _chinese(text: str) -> Iterator[Citation]:
    """Names with their articles; then, for what refers back by 同法, the statute named last."""
    named: list[tuple[int, str | None, str | None]] = [(m.start(), None, None) for m in _OTHER.finditer(text)]
    position = 0
    for match in _names_as_tree().finditer(text):
        if match.start() < position:
            continue
        start = match.start() - (text[match.start() - 1 : match.start()] == "《")
        rest = _AFTER_NAME.match(text, match.end())
        statute, end = _statute_by_name()[match[0]], rest.end() if rest else match.end()
        inside, after = (rest["inside"], rest["after"]) if rest else (None, None)
        if rest and inside and not rest["article"] and text[rest.end() - 1] != "》":
            end, inside = match.end() + (text[match.end() : match.end() + 1] == "》"), None
        version = _version(inside, after) or _version_before(text[max(0, match.start() - 24) : match.start()])
        article = rest["article"] if rest else None
        named.append((start + 1, statute, version))
        yield _citation(text, start, end, statute, article, version)
        position = end
        if article:
            for following in _following(text, end, statute, version):
                yield following
                position = following.end
    yield from _same(text, sorted(named, key=lambda each: each[0]))


def _following(text: str, end: int, statute: str, version: str | None) -> Iterator[Citation]:
    while match := _NEXT.match(text, end):
        yield _citation(text, match.start("article"), match.end(), statute, match["article"], version)
        end = match.end()


def _same(text: str, named: list[tuple[int, str | None, str | None]]) -> Iterator[Citation]:
    for match in _SAME.finditer(text):
        before = [each for each in named if each[0] <= match.start()]
        statute, version = before[-1][1:] if before else (None, None)
        if statute is not None:
            yield _citation(text, match.start(), match.end(), statute, match["article"], version)
            yield from _following(text, match.end(), statute, version)


def _citation(text: str, start: int, end: int, statute: str, article: str | None, version: str | None) -> Citation:
    place = re.sub(r"\s", "", article) if article else None
    key = f"{statute}:{article_key(place)}" if place else statute
    return Citation(CitationKind.PROVISION, start, end, text[start:end], key, version=version, article=place)


def _version(*remarks: str | None) -> str | None:
    """The year of a version, or the number of a judicial interpretation, that a remark names."""
    for remark in remarks:
        if remark and (number := _INTERPRETATION.search(remark)):
            return f"法释〔{number[1]}〕{number[2]}号"
        if remark and (year := _YEAR.search(remark)):
            return str(int(year[0]))
    return None


def _version_before(text: str) -> str | None:
    match = _VERSION_BEFORE.search(text)
    return match["year"] if match else None


def _english(text: str) -> Iterator[Citation]:
    if "rt" not in text:  # Article, Art.
        return
    first, then = _english_patterns()
    for pattern in (first, then):
        for match in pattern.finditer(text):
            statute = _statute_by_english_name()[re.sub(r"\s+", " ", match["name"]).lower()]
            version = match["before"] or match["after"] if pattern is first else match["after"]
            yield from _english_articles(text, match, statute, version)


def _english_articles(text: str, match: re.Match[str], statute: str, version: str | None) -> Iterator[Citation]:
    """One citation for each article; the one that stands beside the name has the name's words too."""
    places = list(re.finditer(rf"{_NUMBER_EN}", match["list"]))
    offset = match.start("list")
    for index, place in enumerate(places):
        start, end = offset + place.start(), offset + place.end()
        if index == 0:
            start = match.start()
        if index == len(places) - 1:
            end = match.end()
        number = re.match(r"\d+(?:-\d+)?", place[0])
        key = f"{statute}:{number[0] if number else place[0]}"
        words = text[start:end]
        yield Citation(CitationKind.PROVISION, start, end, words, key, version=version, article=f"Article {place[0]}")


@cache
def _statute_by_name() -> Mapping[str, str]:
    return {
        name: statute.id
        for statute in statutes().values()
        for name in (statute.name.zh, *statute.aliases)
        if name and not name.isascii() and len(name) > 2
    }


@cache
def _statute_by_english_name() -> Mapping[str, str]:
    return {
        re.sub(r"\s+", " ", name).lower(): statute.id
        for statute in statutes().values()
        for name in (statute.name.en, *statute.aliases)
        if name and name.isascii() and len(name) > 2
    }


def chinese_names() -> Collection[str]:
    """The names of statutes, one of which every Chinese citation holds, if only before another: 同法."""
    return _statute_by_name()


@cache
def _names_as_tree() -> re.Pattern[str]:
    """So that no place of a text is tried against each of the names."""
    return re.compile(_tree(sorted(_statute_by_name())))


def _tree(names: list[str]) -> str:
    """A pattern that matches the longest of the names, sharing their beginnings."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name[:1], []).append(name[1:])
    branches = [re.escape(head) + _tree(rest) for head, rest in groups.items() if head]
    if not branches:
        return ""
    joined = f"(?:{'|'.join(branches)})" if len(branches) > 1 or "" in groups else branches[0]
    return joined + ("?" if "" in groups else "")


@cache
def _english_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = sorted(_statute_by_english_name(), key=len, reverse=True)
    name = "(?P<name>" + "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in names) + r")(?![A-Za-z])"
    country = r"(?:(?:PRC|Chinese|China's)\s+)?"
    of = rf"(?:\s+of|,|\s+in|\s+under)?\s+(?:the\s+)?{country}(?:(?P<before>(?:19|20)\d\d)\s+)?{country}"
    first = re.compile(rf"(?<![A-Za-z]){_ARTICLES_EN}{of}{name}{_VERSION_EN.format('after')}", re.IGNORECASE)
    then = re.compile(rf"(?<![A-Za-z]){name}{_VERSION_EN.format('after')},?\s+{_ARTICLES_EN}", re.IGNORECASE)
    return first, then
