"""What a route may ask for.

None of it takes long, so that all is async: FastAPI would send each through the pool of threads.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from app.i18n import Locale, choose
from app.settings import Settings
from app.stores import Snapshot, StoreKeeper
from app.templating import Templates
from app.turns import Turns
from app.urls import Urls

LANGUAGE_COOKIE = "panli_lang"
THEME_COOKIE = "panli_theme"
_THEMES = ("light", "dark")
_YEAR = 365 * 24 * 3600


async def _locale(request: Request) -> Locale:
    return locale_of(request)


def locale_of(request: Request) -> Locale:
    """The language this caller wants."""
    return choose(
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        request.headers.get("accept-language"),
    )


def theme_of(request: Request) -> str:
    """The theme this caller chose, light or dark; empty: that of the system."""
    asked = request.cookies.get(THEME_COOKIE, "")
    return asked if asked in _THEMES else ""


async def _snapshot(request: Request) -> AsyncIterator[Snapshot]:
    """The build served now, kept open until the answer is made."""
    keeper: StoreKeeper = request.app.state.keeper
    if keeper.is_due:
        await run_in_threadpool(keeper.look)
    with keeper.held() as snapshot:
        request.state.build = snapshot.build.manifest.build
        yield snapshot


async def _turn(request: Request) -> AsyncIterator[None]:
    """Its turn among the searches, held until the answer is made."""
    turns: Turns = request.app.state.turns
    async with turns.taken():
        yield


async def _absolute_urls(request: Request) -> Urls:
    """Addresses for what leaves the site."""
    settings: Settings = request.app.state.settings
    return Urls(settings.base_url or str(request.base_url).rstrip("/"))


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws pages for one request."""

    request: Request
    locale: Locale
    templates: Templates

    def page(self, template: str, page: object, status: int = 200) -> HTMLResponse:
        """An HTML answer, in the caller's language, which is remembered when it was asked for."""
        path, params = self.request.url.path, self.request.query_params
        html = self.templates.draw(template, page, self.locale, path, params.multi_items(), theme_of(self.request))
        response = HTMLResponse(html, status, {"Content-Language": self.locale.code, "Vary": "Accept-Language, Cookie"})
        if params.get("lang"):
            response.set_cookie(LANGUAGE_COOKIE, self.locale.code, max_age=_YEAR, samesite="lax", httponly=True)
        return response


def drawer_of(request: Request) -> Drawer:
    """The page drawer of this request."""
    return Drawer(request, locale_of(request), request.app.state.templates)


async def _drawer(request: Request) -> Drawer:
    return drawer_of(request)


IN_TURN = Depends(_turn, scope="function")
"""For routes of which one is to be carried out at a time."""
LocaleDep = Annotated[Locale, Depends(_locale)]
SnapshotDep = Annotated[Snapshot, Depends(_snapshot)]
AbsoluteUrlsDep = Annotated[Urls, Depends(_absolute_urls)]
DrawerDep = Annotated[Drawer, Depends(_drawer)]
