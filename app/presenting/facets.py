"""The facets of a search: which values are offered, in which order, and how many before one asks for all."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

from app.i18n import Locale
from app.labels import N_, facet_name, value_label
from app.search.query import SearchQuery
from app.urls import Urls
from app.views import FacetValueView, FacetView
from indexer.domain.registry import cause_path, causes, legal_fields
from indexer.index.fields import FACETS, NOT_STATED

_FIRST = 7
"""Values of a folded facet, beside those chosen."""
_NOTES: Mapping[str, str] = {
    "team": N_("Rulings do not print the team; it is given by a rule from the legal field."),
    "year": N_("The year of decision; the year in a case number is that of filing."),
}


def facets(
    query: SearchQuery,
    counts: Mapping[str, Mapping[str, int]],
    locale: Locale,
    urls: Urls,
    unfolded: Collection[str] = FACETS,
) -> tuple[FacetView, ...]:
    """Every facet of ``counts`` that has anything to offer, in the order of `FACETS`.

    Those that are not ``unfolded`` have their first values and those chosen.
    """
    toggled = urls.toggling(query)
    return tuple(
        _facet(query, name, counts[name], locale, urls, toggled, name in unfolded)
        for name in FACETS
        if name in counts and (counts[name] or query.filters.get(name))
    )


def _facet(
    query: SearchQuery,
    name: str,
    counts: Mapping[str, int],
    locale: Locale,
    urls: Urls,
    toggled: Callable[[str, str], str],
    whole: bool,
) -> FacetView:
    selected = query.filters.get(name, ())
    values = _sorted(name, [*counts, *(value for value in selected if value not in counts)], counts, selected)
    first = _folded(name, values, selected)
    shown = values if whole else first
    return FacetView(
        name=name,
        label=facet_name(name, locale),
        values=tuple(
            FacetValueView(
                value=value,
                label=value_label(name, value, locale),
                count=counts.get(value, 0),
                selected=value in selected,
                url=toggled(name, value),
                depth=len(cause_path(value)) - 1 if name == "cause" and value in causes() else 0,
            )
            for value in shown
        ),
        note=locale.gettext(_NOTES[name]) if name in _NOTES else "",
        more=len(values) - len(shown),
        whole=whole,
        other=urls.unfolding(query, name, not whole) if len(values) > len(first) else "",
    )


def _folded(name: str, values: Sequence[str], selected: Sequence[str]) -> Sequence[str]:
    """The first values and those chosen, of a tree with what they stand under; all of them if one would be left."""
    kept = {*values[:_FIRST], *selected}
    if name == "cause":
        kept |= {step for value in selected if value in causes() for step in cause_path(value)}
    return [value for value in values if value in kept] if len(values) > len(kept) + 1 else values


def _sorted(name: str, values: Sequence[str], counts: Mapping[str, int], selected: Sequence[str]) -> Sequence[str]:
    """Causes as a tree; else what is chosen first, then years newest first, levels and fields in their own order.

    Others stand by count; "not stated" comes last.
    """
    if name in ("year", "filed"):
        ordered = sorted(values, key=lambda value: (value == NOT_STATED, -int(value) if value.isdigit() else 0))
    elif ranks := _ranks(name):
        ordered = sorted(values, key=lambda value: (value == NOT_STATED, ranks.get(value, len(ranks)), value))
    else:
        ordered = sorted(values, key=lambda value: (value == NOT_STATED, -counts.get(value, 0), value))
    return sorted(ordered, key=lambda value: value not in selected) if selected and name != "cause" else ordered


@cache
def _ranks(name: str) -> Mapping[str, int]:
    """The place of each value in its facet's own order; of causes, each child right after its parent."""
    match name:
        case "cause":
            rank = {cause: i for i, cause in enumerate(causes())}
            order: Collection[str] = sorted(causes(), key=lambda cause: [rank[step] for step in cause_path(cause)])
        case "field":
            order = legal_fields()
        case "level":
            order = ("supreme", "high", "intermediate", "basic")
        case _:
            order = ()
    return {value: place for place, value in enumerate(order)}
