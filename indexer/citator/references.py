"""Short references back to a ruling already cited: 前述判决, 该判决, ``the above ruling``, ``id.``

Found only where a ruling is cited before, in the same text or by the ``before`` that a caller hands on from the
paragraph above; they take the key and the number of the nearest. 该判决 counts only right after it, or where it
opens the paragraph that follows it. A masked or malformed number is no antecedent, and no older one is taken in its
place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.citator.resolve import RULING_KINDS
from indexer.domain.citation import Citation, CitationKind

_NEAR = 40
_PAPER = r"(?:判决|裁定|判例|案例|裁判)(?:书(?!送达|证|面|记))?"
_CHINESE = re.compile(
    r"(?:前述|上述|前引|前揭|上引)(?:两级|两)?(?:生效|指导性?|参考|终审|二审|再审|民事|行政|刑事){0,3}"
    rf"{_PAPER}(?![一二三四五六七八九十]?审|[件由涉外值款情发卷号类书]|例类)"
    r"|(?P<near>该(?:案(?=判决|裁定|中|认为|认定|生效|，|,)"
    r"|(?:生效|民事|行政|终审)?(?:判决|裁定|指导案例)(?:书(?!送达|证))?))"
    r"|同案(?<![^，。；：、（(\s]同案)(?=[，。；,;、]|判决|裁定|第)"
)
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:the\s+)?(?:above(?:-?\s?mentioned|-?\s?cited)?|aforesaid|aforementioned|foregoing|same|said)"
    r"\s+(?:ruling|judge?ment|decision|case)(?![A-Za-z])"
    r"|(?<![A-Za-z.])ibid(?![A-Za-z])\.?"
    r"|(?<![A-Za-z.])(?-i:Id\.|(?<=[Ss]ee\s)id\.|(?<=[;(]\s)id\.|(?<=[;(])id\.)"
    r"|(?<![A-Za-z])supra(?:\s+notes?\s+\d{1,4})?(?![A-Za-z])",
    re.IGNORECASE,
)
_LETTER = re.compile("[A-Za-z]{2}")


def references(
    text: str, citations: Sequence[Citation], before: Citation | None, follows: bool = False
) -> Iterator[Citation]:
    """Every reference back, given the citations of the text in order and what was cited before it.

    ``follows`` when ``before`` is cited in the paragraph right above.
    """
    at, antecedent = 0, before
    if antecedent_of(citations, before) is None:
        return
    for match in _matches(text):
        while at < len(citations) and citations[at].end <= match.start():
            antecedent, at = _next(antecedent, citations[at]), at + 1
        if antecedent is None or not antecedent.key or antecedent.kind is CitationKind.MALFORMED_NUMBER:
            continue
        if match.re is _CHINESE and match["near"] and not _is_near(text, match, antecedent, before, follows):
            continue
        yield replace(
            antecedent,
            kind=CitationKind.BACK_REFERENCE,
            start=match.start(),
            end=match.end(),
            text=match[0],
        )


def _is_near(text: str, match: re.Match[str], antecedent: Citation, before: Citation | None, follows: bool) -> bool:
    if antecedent is before:
        return follows and not text[: match.start()].strip()
    return match.start() - antecedent.end <= _NEAR


def antecedent_of(citations: Sequence[Citation], before: Citation | None = None) -> Citation | None:
    """The ruling cited last, for the paragraph that follows; `before` if these cite none."""
    for citation in citations:
        before = _next(before, citation)
    return before


def _next(antecedent: Citation | None, citation: Citation) -> Citation | None:
    naming = citation.kind in RULING_KINDS or citation.kind is CitationKind.MALFORMED_NUMBER
    return citation if naming else antecedent


def _matches(text: str) -> list[re.Match[str]]:
    english = _ENGLISH.finditer(text) if _LETTER.search(text) else ()
    return sorted([*_CHINESE.finditer(text), *english], key=lambda match: match.start())
