"""Pages to browse by: a legal field, a trial team, a court."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from app.deps import DrawerDep, SnapshotDep
from app.errors import NotHeld
from app.presenting.facet_page import facet_page
from app.urls import Urls
from indexer.domain.registry import courts, legal_fields, trial_teams

router = APIRouter(default_response_class=HTMLResponse)
_URLS = Urls()


@router.get("/fields/{id}")
def field(id: str, draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """A legal field."""
    return draw.page("facet.html", facet_page("field", _known(id, legal_fields()), snapshot, draw.locale, _URLS))


@router.get("/teams/{id}")
def team(id: str, draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """A specialised trial team."""
    return draw.page("facet.html", facet_page("team", _known(id, trial_teams()), snapshot, draw.locale, _URLS))


@router.get("/courts/{id}")
def court(id: str, draw: DrawerDep, snapshot: SnapshotDep) -> Response:
    """A court."""
    return draw.page("facet.html", facet_page("court", _known(id, courts()), snapshot, draw.locale, _URLS))


def _known(id: str, registry: Mapping[str, object]) -> str:
    if id not in registry:
        raise NotHeld("There is no page at this address.")
    return id
