"""A ruling to be cited and carried away: the forms of a citation, and the ruling as a file."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from app.citing.akoma_ntoso import akoma_ntoso
from app.citing.parts import Cited
from app.citing.references import bibtex, csl_json, ris
from app.citing.texts import markdown, plain_text
from app.deps import AbsoluteUrlsDep, DrawerDep, SnapshotDep
from app.errors import NotHeld
from app.presenting.citing import cite_forms_page, cited_as
from app.urls import Urls

router = APIRouter()
_URLS = Urls()


@dataclass(frozen=True, slots=True)
class Export:
    """A format a ruling can be had in."""

    media_type: str
    write: Callable[[Cited, datetime.date], str]


EXPORTS: Mapping[str, Export] = {
    "bib": Export("application/x-bibtex; charset=utf-8", lambda cited, _: bibtex(cited)),
    "ris": Export("application/x-research-info-systems; charset=utf-8", lambda cited, _: ris(cited)),
    "json": Export("application/vnd.citationstyles.csl+json", lambda cited, _: csl_json(cited)),
    "md": Export("text/markdown; charset=utf-8", lambda cited, _: markdown(cited)),
    "txt": Export("text/plain; charset=utf-8", lambda cited, _: plain_text(cited)),
    "xml": Export("application/akn+xml", akoma_ntoso),
}


@router.get("/rulings/{id}/cite")
def cite_forms(id: str, draw: DrawerDep, snapshot: SnapshotDep, absolute: AbsoluteUrlsDep, p: str = "") -> Response:
    """Every form of a citation to a ruling; ``p`` names one of its paragraphs."""
    page = cite_forms_page(snapshot.catalogue.ruling(id), p or None, draw.locale, _URLS, absolute)
    return draw.page("cite_forms.html", page)


@router.get("/rulings/{id}.{format}")
def export(id: str, format: str, snapshot: SnapshotDep, absolute: AbsoluteUrlsDep, p: str = "") -> Response:
    """A ruling as a file; ``p`` names the paragraph that a reference is to point to."""
    if (chosen := EXPORTS.get(format)) is None:
        raise NotHeld("There is no page at this address.")
    ruling = snapshot.catalogue.ruling(id)
    built = datetime.datetime.fromisoformat(snapshot.build.manifest.built_at).date()
    return Response(
        chosen.write(cited_as(ruling, p or None, absolute), built),
        media_type=chosen.media_type,
        headers={"Content-Disposition": f'attachment; filename="{ruling.id}.{format}"'},
    )
