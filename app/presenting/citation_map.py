"""A picture of what a ruling cites and what cites it: this ruling in the middle, by year from top to bottom.

Only where the boxes and lines lie is computed here; the template draws them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.catalogue import Authority, CitedBy
from app.i18n import Locale
from app.ruling_views import CitationMap, MapNode
from app.urls import Urls
from indexer.domain.citation import CitationKind
from indexer.domain.ruling import Ruling

_FEWEST, _MOST = 2, 20
"""Of fewer nodes a picture says no more than a line; of each side at most so many are drawn, the lists have all."""
_WIDTH, _ROW, _MIDDLE = 880, 28, 440
_LEFT, _RIGHT = 300, 580
"""Where the lines of each side begin."""
_GAP = 14
"""From the middle of the picture to where lines end."""


@dataclass(frozen=True, slots=True, order=True)
class _Other:
    """A ruling cited or citing, in the order of the picture."""

    year: str
    """Of decision, or of filing when only the number is known; empty when neither is."""
    number: str
    title: str
    url: str


def citation_map(
    ruling: Ruling,
    authorities: Sequence[Authority],
    cited: Mapping[str, Ruling],
    citing: Sequence[CitedBy],
    locale: Locale,
    urls: Urls,
) -> CitationMap | None:
    """The picture; None when there is next to nothing to draw. ``cited`` are the cited rulings held here, by id."""
    named = [each for each in authorities if each.kind == CitationKind.CASE_NUMBER.value and not each.cited_id]
    left = sorted([*(_held(other, locale, urls) for other in cited.values()), *map(_not_held, named)])
    right = sorted(_held(each.ruling, locale, urls) for each in citing)
    if len(left) + len(right) < _FEWEST:
        return None
    rows = max(min(len(left), _MOST), min(len(right), _MOST), 2)
    height = rows * _ROW + _ROW
    nodes = [
        *_nodes(left[:_MOST], height, _LEFT, _MIDDLE - _GAP, "end"),
        *_nodes(right[:_MOST], height, _RIGHT, _MIDDLE + _GAP, "start"),
    ]
    year = str(ruling.decision_date.year) if ruling.decision_date else ""
    more = max(0, len(left) - _MOST) + max(0, len(right) - _MOST)
    return CitationMap(_WIDTH, height, _MIDDLE, height // 2, year, tuple(nodes), more)


def _held(ruling: Ruling, locale: Locale, urls: Urls) -> _Other:
    year = str(ruling.decision_date.year) if ruling.decision_date else str(ruling.number.year)
    return _Other(year, ruling.number.printed or str(ruling.number), locale.name(ruling.title), urls.ruling(ruling.id))


def _not_held(authority: Authority) -> _Other:
    year = re.search(r"\d{4}", authority.text)
    return _Other(year[0] if year else "", authority.text, "", "")


def _nodes(others: Sequence[_Other], height: int, x: int, towards: int, anchor: str) -> list[MapNode]:
    middle, top = height // 2, (height - len(others) * _ROW) // 2 + _ROW // 2
    bend = (x + towards) // 2
    return [
        MapNode(
            number=other.number,
            year=other.year,
            title=other.title,
            url=other.url,
            x=x,
            y=(y := top + place * _ROW),
            label_x=x - 12 if anchor == "end" else x + 12,
            anchor=anchor,
            path=f"M{x} {y}C{bend} {y} {bend} {middle} {towards} {middle}",
        )
        for place, other in enumerate(others)
    ]
