"""A search to carry away or to follow: its hits as a file, and as a feed."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.deps import AbsoluteUrlsDep, LocaleDep, SnapshotDep
from app.errors import NotHeld
from app.presenting.feed import feed
from app.presenting.result_files import RESULT_FORMATS
from app.presenting.results import STOPPED, result_list
from app.presenting.search import unreadable
from app.search.answer import Found, find
from app.search.query import Order, SearchQuery
from app.settings import MAX_FEED_ENTRIES, MAX_LISTED_HITS
from app.stores import Snapshot

router = APIRouter()


@router.get("/search.{format}")
def results(
    format: str, request: Request, locale: LocaleDep, snapshot: SnapshotDep, absolute: AbsoluteUrlsDep
) -> Response:
    """The hits of a search, from the first on, as a file."""
    if (chosen := RESULT_FORMATS.get(format)) is None:
        raise NotHeld("There is no page at this address.")
    query = SearchQuery.from_params(request.query_params.multi_items())
    found = _found(replace(query, page=1, size=MAX_LISTED_HITS), snapshot, request)
    listed = result_list(found.results, snapshot.catalogue, locale, absolute)
    name = f"panli-partial.{format}" if listed.partial else f"panli.{format}"
    return Response(
        chosen.write(listed, locale, absolute),
        media_type=chosen.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Content-Language": locale.code},
    )


@router.get("/feed.atom")
def atom(request: Request, locale: LocaleDep, snapshot: SnapshotDep, absolute: AbsoluteUrlsDep) -> Response:
    """Any search as a feed: the newest decisions first, unless another order is asked for."""
    query = SearchQuery.from_params(request.query_params.multi_items())
    order = query.order if "sort" in request.query_params else Order.NEWEST
    query = replace(query, order=order, page=1, size=MAX_FEED_ENTRIES)
    found = _found(query, snapshot, request)
    held = snapshot.catalogue.rulings(hit.id for hit in found.results.hits)
    rulings = [held[hit.id] for hit in found.results.hits]
    asked, said = replace(query, size=SearchQuery().size), locale.gettext(STOPPED) if found.results.partial else ""
    content = feed(asked, rulings, snapshot.build.manifest.built_at, locale, absolute, said)
    return Response(content, media_type="application/atom+xml; charset=utf-8")


def _found(query: SearchQuery, snapshot: Snapshot, request: Request) -> Found:
    found = find(query, snapshot.searcher)
    if found.results.partial:
        request.state.build = ""  # no tag: the next time it may be whole
    if problem := found.parsed.problem:
        raise unreadable(problem)
    return found
