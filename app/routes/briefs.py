"""The check of a brief: a page, a file with links, JSON. In memory; nothing is stored, nothing logged."""

import datetime
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from app.briefs.check import MAX_CITATIONS, check
from app.briefs.files import open_brief
from app.briefs.files.errors import BriefTooLarge
from app.briefs.model import BriefFile, BriefReport
from app.deps import AbsoluteUrlsDep, DrawerDep, LocaleDep, SnapshotDep
from app.labels import N_
from app.pages import BriefsPage
from app.presenting.brief import brief_page, placed_links, table_lines
from app.presenting.brief_json import brief_json
from app.routes.uploads import BodyDep, Upload, read_upload
from app.stores import Snapshot
from app.urls import Urls

router = APIRouter()
_URLS = Urls()
MAX_BRIEF_CHARACTERS = 1_000_000
"""Of text, in what the service checks: a thousand pages. The worst text known takes three seconds for so many; files
of up to 10 MB hold pictures and marks beside."""
_PASTED = "brief"
"""The name of a pasted text, for the file it comes back as."""
_PRIVATE = {"Cache-Control": "no-store"}
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown",
    "html": "text/html",
    "txt": "text/plain",
}


@router.get("/briefs")
def briefs(draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """The form."""
    limits = {"size": "10 MB", "citations": f"{MAX_CITATIONS:,}"}
    return draw.page("briefs.html", BriefsPage(limits, snapshot.coverage))


@router.post("/briefs")
def checked(body: BodyDep, draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """The brief as a page: verdicts, its text with every citation marked, its table of authorities."""
    upload = read_upload(body)
    report = _checked(_opened(upload), snapshot)
    page = brief_page(
        report, upload.name, upload.text, snapshot.catalogue, snapshot.coverage, draw.locale, _URLS
    )  # fmt: skip
    answer = draw.page("brief.html", page)
    answer.headers.update(_PRIVATE)
    return answer


@router.post("/briefs/linked")
def linked(body: BodyDep, locale: LocaleDep, snapshot: SnapshotDep, absolute: AbsoluteUrlsDep) -> Response:
    """The same file with every citation linked; with ``table``, a table of authorities at its end."""
    upload = read_upload(body)
    brief = _opened(upload)
    report = _checked(brief, snapshot)
    table = table_lines(report, snapshot.catalogue, locale) if upload.fields.get("table") else []
    stem, _, suffix = _file_name(upload).rpartition(".")
    kind = _TYPES.get(suffix.lower(), "application/octet-stream")
    disposition = f"attachment; filename*=UTF-8''{quote(f'{stem}.linked.{suffix}', safe='')}"
    return Response(
        brief.with_links(placed_links(report, absolute), table),
        headers={**_PRIVATE, "Content-Type": kind, "Content-Disposition": disposition},
    )


@router.post("/api/v1/briefs")
def api_briefs(body: BodyDep, locale: LocaleDep, snapshot: SnapshotDep, absolute: AbsoluteUrlsDep) -> Response:
    """The report as JSON, with offsets."""
    upload = read_upload(body)
    report = _checked(_opened(upload), snapshot)
    build = snapshot.build.manifest.build
    return JSONResponse(brief_json(report, upload.name, build, snapshot.coverage, locale, absolute), headers=_PRIVATE)


def _opened(upload: Upload) -> BriefFile:
    brief = open_brief(_file_name(upload), upload.data)
    if sum(map(len, brief.passages)) > MAX_BRIEF_CHARACTERS:
        raise BriefTooLarge(
            N_("The service checks at most %(limit)s characters of text at once. Send the brief in parts."),
            MAX_BRIEF_CHARACTERS,
        )
    return brief


def _checked(brief: BriefFile, snapshot: Snapshot) -> BriefReport:
    return check(brief.passages, snapshot.catalogue, datetime.datetime.now(datetime.UTC).date(), brief.notes)


def _file_name(upload: Upload) -> str:
    """The name of the file; a pasted text is plain text, or Markdown when that is asked for."""
    if upload.name:
        return upload.name if "." in upload.name else f"{upload.name}.txt"
    return f"{_PASTED}.md" if upload.fields.get("format") == "md" else f"{_PASTED}.txt"
