"""The JSON API: the pages' answers without the pages."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from app.deps import IN_TURN, LocaleDep, SnapshotDep
from app.errors import BadRequest
from app.presenting import json as as_json
from app.presenting.search import unreadable
from app.presenting.suggest import suggestions_json
from app.presenting.version import version_of
from app.routes.uploads import BodyDep, read_citations
from app.search.answer import answer
from app.search.query import SearchQuery
from app.settings import MAX_CITATION_CHARACTERS, MAX_QUERY_CHARACTERS, MAX_RULINGS_AT_ONCE
from app.urls import Urls

router = APIRouter(prefix="/api/v1")
_URLS = Urls()


@router.get("/search", dependencies=[IN_TURN])
def search(request: Request, locale: LocaleDep, snapshot: SnapshotDep) -> JSONResponse:
    """Search; the parameters are those of the page."""
    query = SearchQuery.from_params(request.query_params.multi_items())
    found = answer(query, snapshot.searcher, snapshot.catalogue, locale.code)
    if found.partial:
        request.state.build = ""  # no tag: the next time it may be whole
    if problem := found.parsed.problem:
        raise unreadable(problem)
    return JSONResponse(as_json.search_json(found, snapshot.build.manifest.build, locale, _URLS))


@router.get("/suggest")
def suggest(
    locale: LocaleDep, snapshot: SnapshotDep, q: Annotated[str, Query(max_length=MAX_QUERY_CHARACTERS)] = ""
) -> JSONResponse:
    """What may be meant by what is typed so far: at most eight, grouped; none for a long text."""
    return JSONResponse(suggestions_json(snapshot.suggestions.find(q), locale, _URLS))


@router.get("/rulings")
def rulings(snapshot: SnapshotDep, id: Annotated[list[str], Query()]) -> JSONResponse:
    """Several rulings in short, as the working list shows them."""
    if len(id) > MAX_RULINGS_AT_ONCE:
        raise BadRequest("At most %(limit)d rulings can be asked for at once.", limit=MAX_RULINGS_AT_ONCE)
    return JSONResponse(as_json.rulings_json(id, snapshot.catalogue, _URLS))


@router.get("/rulings/{id}")
def ruling(id: str, snapshot: SnapshotDep) -> JSONResponse:
    """One ruling, whole."""
    found = snapshot.catalogue.ruling(id)
    return JSONResponse(as_json.ruling_json(found, snapshot.catalogue, _URLS))


@router.get("/rulings/{id}/versions/{number}")
def version(id: str, number: int, snapshot: SnapshotDep) -> JSONResponse:
    """An earlier text of a ruling that was corrected."""
    earlier = version_of(id, number, snapshot.catalogue)
    return JSONResponse(as_json.version_json(earlier, number, _URLS))


@router.get("/rulings/{id}/citations")
def citations(id: str, snapshot: SnapshotDep) -> JSONResponse:
    """What a ruling cites and what cites it."""
    snapshot.catalogue.ruling(id)
    return JSONResponse(as_json.citations_json(id, snapshot.catalogue, _URLS))


@router.get("/resolve")
def resolve(snapshot: SnapshotDep, citation: Annotated[str, Query(max_length=MAX_CITATION_CHARACTERS)]) -> JSONResponse:
    """What a citation names."""
    if not citation.strip():
        raise BadRequest("The parameter %(name)s is missing or wrong.", {"parameter": "citation"}, name="citation")
    status, body = as_json.resolve_json(citation, snapshot.catalogue, _URLS)
    return JSONResponse(body, status)


@router.post("/resolve")
def resolve_all(body: BodyDep, snapshot: SnapshotDep) -> JSONResponse:
    """What each of many citations names, in the order asked; each answer has its own status."""
    citations = read_citations(body)
    return JSONResponse({"citations": [as_json.resolved_json(each, snapshot.catalogue, _URLS) for each in citations]})


@router.get("/stats")
def stats(snapshot: SnapshotDep) -> JSONResponse:
    """What this store holds."""
    return JSONResponse(as_json.stats_json(snapshot.coverage, snapshot.build.manifest))
