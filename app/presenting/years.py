"""Rulings by year as a low histogram, drawn on the server; a bar is a filter, and so are two fields."""

from collections.abc import Mapping

from app.i18n import Locale
from app.search.query import SearchQuery
from app.search_views import YearBar, YearsView
from app.urls import Urls
from indexer.index.fields import NOT_STATED

_STEP = 18
_HEIGHT = 48


def years_view(query: SearchQuery, counts: Mapping[str, int], locale: Locale, urls: Urls) -> YearsView | None:
    """The histogram of a search, under all its filters but the years; None for fewer than two years, unless chosen."""
    chosen = query.filters.get("year", ())
    stated = {int(year): count for year, count in counts.items() if year.isdigit()}
    years = sorted(stated)
    if not years or (len(years) == 1 and not chosen):
        return None
    most = max(stated.values())
    toggled = urls.toggling(query)
    wanted = sorted(year for year in chosen if year.isdigit())
    return YearsView(
        bars=tuple(
            YearBar(
                year,
                stated.get(year, 0),
                str(year) in chosen,
                toggled("year", str(year)),
                f"{year}: {locale.rulings(stated.get(year, 0))}",
                (year - years[0]) * _STEP,
                _height(stated.get(year, 0), most),
            )
            for year in range(years[0], years[-1] + 1)
        ),
        width=(years[-1] - years[0] + 1) * _STEP,
        step=_STEP,
        first=years[0],
        last=years[-1],
        chosen=(wanted[0], wanted[-1]) if wanted else ("", ""),
        others=tuple((name, value) for name, value in query.on_page(1).to_params() if name != "year"),
        unstated=counts.get(NOT_STATED, 0),
        unstated_url=toggled("year", NOT_STATED),
        unstated_selected=NOT_STATED in chosen,
    )


def _height(count: int, most: int) -> int:
    """A year with any ruling is seen."""
    return max(2, round(count / most * _HEIGHT)) if count else 0
