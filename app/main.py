"""`create_app`: the one place where the parts are joined.

uvicorn --factory app.main:create_app
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from app.freshness import Revalidated
from app.headers import Guard
from app.metrics import Counted, Metrics
from app.routes import api, assets, briefs, browse, exports, meta, pages, results, working_list
from app.routes.errors import add_error_handlers
from app.routes.uploads import Turnstile
from app.search.whoosh_searcher import WhooshSearcher
from app.settings import THREADS, Settings
from app.stores import StoreKeeper
from app.templating import Templates
from app.turns import Turns
from indexer.store import Build


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service, with settings from the environment unless they are given."""
    chosen = settings or Settings.from_environment()
    keeper = StoreKeeper(chosen.store, lambda build: _searcher(build, chosen.query_seconds))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        gc.set_threshold(20_000, 20, 20)  # a page makes thousands of objects and no cycle: look for garbage less often
        current_default_thread_limiter().total_tokens = THREADS
        yield
        keeper.close()

    application = FastAPI(title="Panli", lifespan=lifespan, docs_url=None, redoc_url=None)
    application.state.settings = chosen
    application.state.keeper = keeper
    application.state.templates = Templates()
    application.state.metrics = Metrics()
    application.state.turnstile = Turnstile()
    application.state.turns = Turns()
    # Exports stand before the pages: in /rulings/{id}.bib the id ends at the full stop.
    routers = (exports, results, briefs, pages, browse, api, meta, assets, working_list)
    for router in (module.router for module in routers):
        application.include_router(router)
    add_error_handlers(application)

    # The last added is the first to see a request.
    application.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    application.add_middleware(Revalidated, keeper=keeper)
    application.add_middleware(Counted, metrics=application.state.metrics)
    application.add_middleware(Guard)
    return application


def _searcher(build: Build, seconds: float) -> WhooshSearcher:
    searcher = WhooshSearcher(build.index, seconds)
    searcher.warm()
    return searcher
