"""The working list: kept by the browser, shown by its script; here only turned into a file. Nothing is stored."""

from urllib.parse import parse_qsl

from fastapi import APIRouter
from fastapi.responses import Response

from app.deps import AbsoluteUrlsDep, DrawerDep, LocaleDep, SnapshotDep
from app.errors import BadRequest, NotHeld
from app.presenting.working_list import LIST_FORMATS, kept, working_list_page
from app.routes.uploads import Body, BodyDep
from app.settings import MAX_KEPT
from app.urls import Urls

router = APIRouter()
_URLS = Urls()


@router.get("/list")
def working_list(draw: DrawerDep) -> Response:
    """The page on which the browser shows its list."""
    return draw.page("list.html", working_list_page(_URLS))


@router.post("/list.{format}")
def working_list_file(
    format: str, body: BodyDep, locale: LocaleDep, snapshot: SnapshotDep, absolute: AbsoluteUrlsDep
) -> Response:
    """The list that a form sends, ``id`` and ``note`` in turn, as a file; it is not stored and not logged."""
    if (chosen := LIST_FORMATS.get(format)) is None:
        raise NotHeld("There is no page at this address.")
    ids, notes = _sent(body)
    return Response(
        chosen.write(kept(ids, notes, snapshot.catalogue), locale, absolute),
        media_type=chosen.media_type,
        headers={"Content-Disposition": f'attachment; filename="panli-list.{format}"', "Cache-Control": "no-store"},
    )


def _sent(body: Body) -> tuple[list[str], list[str]]:
    """Ids and notes of a list; raises `BadRequest` for one that is too long or out of step."""
    try:
        fields = parse_qsl(body.data.decode(), keep_blank_values=True, max_num_fields=2 * MAX_KEPT)
    except ValueError as error:
        raise BadRequest("A list has at most %(limit)d rulings.", limit=MAX_KEPT) from error
    ids = [value for name, value in fields if name == "id"]
    notes = [value for name, value in fields if name == "note"]
    if len(ids) != len(notes):
        raise BadRequest("The parameter %(name)s is missing or wrong.", {"parameter": "note"}, name="note")
    return ids, notes
