"""The provisions that a ruling rests on, with their version where it is stated or certain."""

import re
from collections.abc import Iterator
from functools import cache

from indexer.domain.dates import PartialDate
from indexer.domain.registry import statute_names, statutes
from indexer.domain.ruling import Provision
from indexer.domain.statute import Statute

_N = r"[零〇○一二三四五六七八九十百千\d]{1,8}"
_STEP = rf"(?:第?[（(]?{_N}[）)]?)"
_PART = rf"{_STEP}(?:[、,，]{_STEP})*[款项目]"
# 第七十二条第一款、第三款 and 第二百条第二项、第六项 stay one provision each, as printed.
_ARTICLE = rf"第{_N}条(?:之[一二三四五六七八九十])?(?:{_PART}(?:[、,，和及与]{_PART})*)*"
_ARTICLES = re.compile(_ARTICLE)
_MARKED = re.compile(
    rf"《(?P<name>[^《》]{{2,120}}?(?:《[^《》]{{2,80}}》[^《》]{{0,60}})?)》(?P<remark>[（(][^（）()]{{1,30}}[）)])?"
    rf"(?:的?规定)?(?P<articles>(?:[、,，和及与]?{_ARTICLE})*)"
)
_OPEN, _CLOSE = re.compile(r"[﹤〈<＜]"), re.compile(r"[﹥〉>＞]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 4_000
_PROCEDURAL = frozenset({"civil-procedure-law", "administrative-litigation-law", "criminal-procedure-law"})
"""A court follows the rules of procedure in force on the day it decides; the law of the case may be an earlier one."""


def provisions(basis: str, date: PartialDate | None) -> tuple[Provision, ...]:
    """Every article named in the legal basis, of statutes in the registry, each once, in order."""
    text = _CLOSE.sub("》", _OPEN.sub("《", basis[-_LONGEST:]))
    return tuple(dict.fromkeys(_found(text, date)))


def _found(text: str, date: PartialDate | None) -> Iterator[Provision]:
    spans = [*_marked(text), *_bare(text)] if "《" in text else [*_bare(text)]
    for name, remark, articles in spans:
        statute = _statute(name)
        if statute is None:
            continue
        version = version_of(statute, f"{remark}{name if '年' in name else ''}", date)
        found = _ARTICLES.findall(articles)
        yield from (Provision(statute.id, version, article) for article in found or [None])


def _marked(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _MARKED.finditer(text):
        yield match["name"], match["remark"] or "", match["articles"]


def _bare(text: str) -> Iterator[tuple[str, str, str]]:
    """Statutes named without 《》, in full and with an article."""
    for match in _names().finditer(text):
        yield match["name"], "", match["articles"]


@cache
def _names() -> re.Pattern[str]:
    names = sorted((s.name.zh for s in statutes().values() if s.name.zh), key=len, reverse=True)
    return re.compile(
        rf"(?<!《)(?<!于适用)(?P<name>{'|'.join(map(re.escape, names))})(?P<articles>(?:[、,，和及与]?{_ARTICLE})+)"
    )


def _statute(name: str) -> Statute | None:
    bare = re.sub(r"[（(][^（）()]{1,20}[）)]$", "", name).replace("《", "〈").replace("》", "〉")
    for form in (bare, bare.replace("〈", "《").replace("〉", "》"), bare.replace("〈", "").replace("〉", "")):
        if found := _by_form().get(_plain(form)):
            return statutes()[found]
    return None


@cache
def _by_form() -> dict[str, str]:
    return {_plain(name): id for name, id in statute_names().items()}


def _plain(name: str) -> str:
    """The name without the marks and particles in which its printed forms differ."""
    return re.sub(r"[〈〉《》\s]|若干(?=问题|规定)|中华人民共和国", "", name).lower()


def version_of(statute: Statute, stated: str, date: PartialDate | None) -> str | None:
    """The version stated (2008年修正); else, for procedure and for a statute never amended, the one then in force.

    None otherwise: a ruling often applies the law of the day of the facts, which only reading tells.
    """
    versions = [version.version for version in statute.versions]
    years = _YEAR.findall(stated)
    if years:
        return next((year for year in years if year in versions), None)
    if date is None:
        return None
    in_force = [
        version.version
        for version in statute.versions
        if version.effective_from
        and version.effective_from <= date.first
        and (version.effective_to is None or date.last <= version.effective_to)
    ]
    certain = statute.id in _PROCEDURAL or len(versions) == 1
    return in_force[0] if certain and len(in_force) == 1 else None
