"""For machines that look after the service, and for robots."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse

from app.deps import SnapshotDep

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


@router.get("/robots.txt")
def robots() -> PlainTextResponse:
    """Rulings may be found by search engines; searches are not pages to crawl."""
    return PlainTextResponse("User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /cite/\nDisallow: /briefs\n")
