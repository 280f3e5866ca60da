"""`create_app`: the one place where the parts are joined.

uvicorn --factory app.main:create_app
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from starlette.staticfiles import StaticFiles

from app.routes import api, meta, pages
from app.routes.errors import add_error_handlers
from app.search.whoosh_searcher import WhooshSearcher
from app.settings import Settings
from app.stores import StoreKeeper
from app.templating import Templates

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service, with settings from the environment unless they are given."""
    chosen = settings or Settings.from_environment()
    keeper = StoreKeeper(chosen.store, lambda build: WhooshSearcher(build.index))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        keeper.close()

    application = FastAPI(title="Panli", lifespan=lifespan, docs_url=None, redoc_url=None)
    application.state.settings = chosen
    application.state.keeper = keeper
    application.state.templates = Templates()
    application.include_router(pages.router)
    application.include_router(api.router)
    application.include_router(meta.router)
    application.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    add_error_handlers(application)

    @application.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers.update(_HEADERS)
        return response

    return application
