"""The pages: parse, call, return."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.deps import IN_TURN, AbsoluteUrlsDep, DrawerDep, SnapshotDep
from app.errors import BadRequest, NotHeld, QueryTooLong
from app.presenting import browse
from app.presenting.components import components_page
from app.presenting.ruling import Reading, ruling_page
from app.presenting.search import search_page
from app.presenting.version import version_of, version_page
from app.search.answer import answer
from app.search.query import SearchQuery, years_asked
from app.search.walk import place
from app.search.ways_out import ways_out, words_alone
from app.settings import MAX_QUERY_CHARACTERS
from app.stores import Snapshot
from app.urls import Urls
from indexer.domain.registry import statutes

router = APIRouter(default_response_class=HTMLResponse)
_URLS = Urls()


@router.get("/")
def home(draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """Where work begins."""
    return draw.page(
        "home.html", browse.home_page(snapshot.searcher, snapshot.catalogue, snapshot.coverage, draw.locale, _URLS)
    )


@router.get("/search", dependencies=[IN_TURN])
def search(request: Request, draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """A search; its address holds its whole state."""
    params = request.query_params.multi_items()
    query = SearchQuery.from_params(params)
    if span := years_asked(params):
        return RedirectResponse(_URLS.search(query.within(*span, snapshot.coverage.by_year)), 303)
    found = answer(query, snapshot.searcher, snapshot.catalogue, draw.locale.code)
    nothing = not found.total and not found.parsed.problem
    if found.partial:
        request.state.build = ""  # no tag: the next time it may be whole
    ways = ways_out(query, snapshot.searcher) if nothing else []
    alone = words_alone(query, snapshot.searcher) if nothing or found.relaxed else []
    unfolded = request.query_params.getlist("open")
    return draw.page("search.html", search_page(found, ways, alone, snapshot.coverage, draw.locale, _URLS, unfolded))


@router.get("/rulings/{id}")
def ruling(
    request: Request, id: str, draw: DrawerDep, snapshot: SnapshotDep, absolute: AbsoluteUrlsDep, view: str = ""
) -> Response:
    """A ruling at its permanent address, perhaps as a hit of a search; ``view``: original, translation or both."""
    found = snapshot.catalogue.ruling(id)
    reading = _reading(request.query_params.multi_items(), id, snapshot, view)
    page = ruling_page(found, snapshot.catalogue, snapshot.searcher, draw.locale, _URLS, absolute, reading)
    return draw.page("ruling.html", page)


@router.get("/rulings/{id}/versions/{number}")
def version(id: str, number: int, draw: DrawerDep, snapshot: SnapshotDep, absolute: AbsoluteUrlsDep) -> Response:
    """An earlier text of a ruling that was corrected."""
    earlier = version_of(id, number, snapshot.catalogue)
    page = version_page(earlier, number, snapshot.catalogue, draw.locale, _URLS, absolute)
    return draw.page("version.html", page)


def _reading(params: list[tuple[str, str]], id: str, snapshot: Snapshot, view: str) -> Reading:
    """The search that led to a ruling; a permanent address never fails on what stands behind its question mark."""
    text, rank = dict(params).get("q", "")[:MAX_QUERY_CHARACTERS], dict(params).get("hit", "")
    try:
        query = SearchQuery.from_params((name, text if name == "q" else value) for name, value in params)
        found = place(query, int(rank), id, snapshot.searcher) if re.fullmatch(r"[1-9]\d{0,5}", rank) else None
    except (BadRequest, QueryTooLong):
        return Reading(SearchQuery(text.strip()), None, view)
    return Reading(query, found, view)


@router.get("/cite/{citation:path}")
def cite(citation: str, draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """Whatever names a ruling: 302 to the one, 300 for several, 404 with what is near, 410 when withdrawn."""
    catalogue = snapshot.catalogue
    ids = catalogue.resolve(citation)
    if len(ids) == 1:
        return RedirectResponse(_URLS.ruling(ids[0]), 302)
    if not ids and (gone := catalogue.withdrawn(citation)):
        catalogue.ruling(gone)  # answers that it was withdrawn, and why
    candidates = list(catalogue.rulings(ids).values())
    nearest = [] if candidates else catalogue.nearest(citation)
    page = browse.cite_page(citation, candidates, nearest, snapshot.coverage, draw.locale, _URLS)
    return draw.page("cite.html", page, 300 if candidates else 404)


@router.get("/collections")
def collections(draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """All curated lists."""
    return draw.page("collections.html", browse.collections_page(snapshot.catalogue, _URLS))


@router.get("/collections/{name}")
def collection(name: str, draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """One curated list."""
    page = browse.collection_page(name, snapshot.catalogue, draw.locale, _URLS)
    return draw.page("collection.html", page)


@router.get("/statutes/{law}")
@router.get("/statutes/{law}/{article}")
def statute(law: str, draw: DrawerDep, snapshot: SnapshotDep, article: str | None = None) -> Response:
    """The rulings that apply a statute, or one article of it."""
    if law not in statutes():
        raise NotHeld("The registry of statutes has no %(id)s.", id=law)
    if article is not None and not re.fullmatch(r"[1-9]\d{0,3}(-[1-9]\d?)?", article):
        raise NotHeld("“%(number)s” is not an article; write 22, or 120-1 for 第一百二十条之一.", number=article)
    page = browse.statute_page(statutes()[law], article, snapshot.catalogue, draw.locale, _URLS)
    return draw.page("statute.html", page)


@router.get("/about")
def about(draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """Coverage and method."""
    page = browse.about_page(snapshot.coverage, snapshot.build.manifest, draw.locale, _URLS)
    return draw.page("about.html", page)


@router.get("/help")
def help_(draw: DrawerDep) -> Response:
    """The query language."""
    return draw.page("help.html", browse.help_page(draw.locale, _URLS))


@router.get("/help/components")
def components(draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """Every component of the pages, in every state."""
    return draw.page("components.html", components_page(snapshot.searcher, snapshot.catalogue, draw.locale, _URLS))
