"""The components of the pages, in every state, with rulings of the store: to look at, and to build pages of."""

from app.briefs.model import Verdict
from app.catalogue import Catalogue
from app.i18n import Locale
from app.pages import ComponentsPage
from app.presenting.brief import verdict_view
from app.presenting.common import hit
from app.presenting.facets import facets
from app.search.plan import plan
from app.search.query import SearchQuery
from app.search.searcher import Searcher
from app.urls import Urls

_COLOURS = ("paper", "leaf", "tint", "ink", "quiet", "line", "edge", "link", "seal", "on-seal", "mark")
_SHOWN = ("field", "cause")


def components_page(searcher: Searcher, catalogue: Catalogue, locale: Locale, urls: Urls) -> ComponentsPage:
    """The page of components."""
    query = SearchQuery(filters={"field": ("ai",)}, size=2)
    results = searcher.search(plan(query, None))
    held = catalogue.rulings(each.id for each in results.hits)
    return ComponentsPage(
        tuple(hit(held[each.id], locale, urls, cited_by=each.cited_by, undone=True) for each in results.hits),
        facets(query, {name: results.facets[name] for name in _SHOWN}, locale, urls, ()),
        tuple(verdict_view(verdict, locale) for verdict in Verdict),
        _COLOURS,
    )
