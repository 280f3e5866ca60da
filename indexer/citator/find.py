"""Finding citations in a text."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from indexer.domain.case_number import parse_case_number
from indexer.domain.citation import Citation, CitationKind
from indexer.domain.errors import BadCaseNumber
from indexer.domain.registry import statutes
from indexer.domain.statute import article_key

_NUMERAL = r"[零〇一二三四五六七八九十百千\d]{1,7}"
_ARTICLE = rf"第?{_NUMERAL}条(?:之[一二三四五六七八九十])?(?:第?{_NUMERAL}款)?(?:第?（?{_NUMERAL}）?项)?"


def find_citations(text: str) -> list[Citation]:
    """Every citation in ``text``, in order, none overlapping another.

    >>> [citation.key for citation in find_citations("参见（2023）京73民终3802号判决及指导案例78号")]
    ['(2023)京73民终3802号', 'guiding-case:78']
    """
    found: list[Citation] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in forms().items():
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            citation = _citation(kind, match)
            if citation is not None:
                found.append(citation)
                taken.append(match.span())
    found += [citation for citation in _provisions(text) if not _overlaps(citation, taken)]
    return sorted(found, key=lambda citation: citation.start)


@cache
def forms() -> Mapping[CitationKind, re.Pattern[str]]:
    """The pattern of each form, in the order in which they are tried."""
    return {CitationKind(kind): re.compile(entry["pattern"], re.VERBOSE) for kind, entry in form_table().items()}


@cache
def form_table() -> Mapping[str, dict[str, str]]:
    """`patterns.toml` as it stands, examples and counter-examples included."""
    return tomllib.loads(files("indexer.citator").joinpath("patterns.toml").read_text("utf-8"))


def _overlaps(citation: Citation, taken: list[tuple[int, int]]) -> bool:
    return any(start < citation.end and citation.start < end for start, end in taken)


def _citation(kind: CitationKind, match: re.Match[str]) -> Citation | None:
    text, number = match[0], None
    key = re.sub(r"\s+", "", text)
    if kind is CitationKind.CASE_NUMBER:
        try:
            number = parse_case_number(text)
        except BadCaseNumber:
            return None
        key = number.key
    elif kind is CitationKind.GUIDING_CASE:
        key = f"guiding-case:{int(match['serial'] or match['serial_en'])}"
    return Citation(kind, match.start(), match.end(), text, key, number)


def _provisions(text: str) -> Iterator[Citation]:
    for match in _statute_pattern().finditer(text):
        statute = _statute_by_name()[match["name"]]
        article = f":{article_key(match['article'])}" if match["article"] else ""
        yield Citation(CitationKind.PROVISION, match.start(), match.end(), match[0], f"{statute}{article}")


@cache
def _statute_by_name() -> Mapping[str, str]:
    return {
        name: statute.id
        for statute in statutes().values()
        for name in (statute.name.zh, *statute.aliases)
        if name and not name.isascii() and len(name) > 2
    }


@cache
def _statute_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _statute_by_name()), key=len, reverse=True))
    remark = r"(?:[（(][^（）()]{1,12}[）)])?"  # （2008年修正）, （以下简称专利法）: before or after the closing mark
    return re.compile(rf"《?(?P<name>{names}){remark}》?(?:{remark}(?P<article>{_ARTICLE}))?")
