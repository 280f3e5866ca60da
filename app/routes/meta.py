"""For machines that look after the service, and for robots."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from app.deps import AbsoluteUrlsDep, LocaleDep, SnapshotDep
from app.errors import NotHeld
from app.metrics import Metrics
from app.presenting import discovery
from app.stores import Snapshot
from app.urls import Urls
from indexer.domain.registry import legal_fields, trial_teams

router = APIRouter()


@router.get("/healthz")
async def healthz() -> JSONResponse:
    """The process is alive; answered beside the threads that search."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def readyz(snapshot: SnapshotDep) -> JSONResponse:
    """A build is open and can be searched; 503 otherwise."""
    manifest = snapshot.build.manifest
    return JSONResponse({"status": "ok", "build": manifest.build, "rulings": manifest.counts.get("rulings", 0)})


@router.get("/metrics")
def metrics(request: Request, snapshot: SnapshotDep) -> Response:
    """What this process counted of itself, in Prometheus's text format."""
    counted: Metrics = request.app.state.metrics
    return Response(counted.text(snapshot.coverage.rulings), media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/robots.txt")
def robots(absolute: AbsoluteUrlsDep) -> PlainTextResponse:
    """Rulings may be found by search engines; searches are not pages to crawl."""
    closed = ("/search", "/api/", "/cite/", "/briefs", "/feed.atom")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {absolute.sitemap()}", ""]
    return PlainTextResponse("\n".join(lines))


@router.get("/opensearch.xml")
def opensearch(locale: LocaleDep, absolute: AbsoluteUrlsDep) -> Response:
    """How a browser's address bar searches here."""
    return Response(discovery.opensearch(locale, absolute), media_type="application/opensearchdescription+xml")


@router.get("/sitemap.xml")
def sitemaps(snapshot: SnapshotDep, absolute: AbsoluteUrlsDep) -> Response:
    """The list of sitemaps."""
    return Response(discovery.sitemap_index(snapshot.coverage.rulings, absolute), media_type="application/xml")


@router.get("/sitemaps/{number}.xml")
def sitemap(number: int, snapshot: SnapshotDep, absolute: AbsoluteUrlsDep) -> Response:
    """One sitemap: so many rulings in the order of their ids; the first names the other pages too."""
    ids = snapshot.catalogue.ids()
    part = discovery.RULINGS_OF_A_SITEMAP
    if not 1 <= number <= max(1, -(-len(ids) // part)):
        raise NotHeld("There is no page at this address.")
    addresses = [absolute.ruling(id) for id in ids[(number - 1) * part : number * part]]
    if number == 1:
        addresses = [*_other_pages(snapshot, absolute), *addresses]
    return Response(discovery.sitemap(addresses, snapshot.build.manifest.built_at[:10]), media_type="application/xml")


def _other_pages(snapshot: Snapshot, absolute: Urls) -> list[str]:
    return [
        absolute.home(),
        absolute.about(),
        absolute.help(),
        absolute.collections(),
        *(absolute.collection(collection.name) for collection in snapshot.catalogue.collections()),
        *(absolute.browse("field", field) for field in legal_fields()),
        *(absolute.browse("team", team) for team in trial_teams()),
    ]
