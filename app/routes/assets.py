"""The site's own files; kept for ever under the name that holds their digest."""

from fastapi import APIRouter, Response

from app.assets import addressed
from app.errors import NotHeld

router = APIRouter()

_FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/static/{name}")
async def asset(name: str) -> Response:
    """A style sheet, a script or a picture."""
    found = addressed(name)
    if found is None:
        raise NotHeld("There is no file called %(name)s.", name=name)
    kept = _FOR_EVER if name == found.name else "no-cache"
    return Response(found.content, media_type=found.media_type, headers={"Cache-Control": kept})
