"""Answers that a browser may keep, and must ask about: tied to the build they were made from.

The tag of an answer is a digest of the build, of the site itself, of language, theme and address. While
nothing of that has changed, asking again costs neither a search nor a page.
"""

import hashlib
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.deps import locale_of, theme_of
from app.stores import StoreKeeper

_HERE = Path(__file__).parent
_SITE = ("**/*.py", "static/**/*", "locale/**/*.po", "templates/*.html", "../templates/*.html")
_NEVER = ("/static/", "/healthz", "/readyz", "/metrics")


class Revalidated:
    """Tags what is made from a build, and answers 304 to who has it already."""

    def __init__(self, app: ASGIApp, keeper: StoreKeeper) -> None:
        self._app = app
        self._keeper = keeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless its answer is known to be unchanged."""
        if not _concerns(scope):
            await self._app(scope, receive, send)
            return
        held = Headers(scope=scope).get("if-none-match", "")
        if held and _tag(scope, await run_in_threadpool(self._build)) in _tags(held):
            headers = {"ETag": held, "Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return

        async def send_tagged(message: Message) -> None:
            build = scope.get("state", {}).get("build")
            if message["type"] == "http.response.start" and message["status"] == 200 and build:
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "no-cache")
                headers["Vary"] = "Accept-Language, Cookie"
                headers["ETag"] = _tag(scope, build)
            await send(message)

        await self._app(scope, receive, send_tagged)

    def _build(self) -> str:
        with self._keeper.lease() as snapshot:
            return snapshot.build.manifest.build


def _concerns(scope: Scope) -> bool:
    """A page asked for in another language sets a cookie, so it must come whole."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    return not scope["path"].startswith(_NEVER) and "lang" not in QueryParams(scope["query_string"])


def _tag(scope: Scope, build: str) -> str:
    address = scope["path"].encode() + b"?" + scope["query_string"]
    request = Request(scope)
    caller = f"{locale_of(request).code} {theme_of(request)}"
    whole = b"\0".join([build.encode(), site_version().encode(), caller.encode(), address])
    return f'W/"{hashlib.sha256(whole).hexdigest()[:24]}"'


def _tags(header: str) -> set[str]:
    """The tags of an If-None-Match header, weak or strong alike."""
    return {f"W/{tag.strip().removeprefix('W/')}" for tag in header.split(",")}


@cache
def site_version() -> str:
    """A digest of all that an answer is made with, beside the build."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in _SITE for path in _HERE.glob(pattern) if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()
