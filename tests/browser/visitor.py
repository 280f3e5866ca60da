"""One reader: a language, a width, a theme, with or without JavaScript; and what the browser said meanwhile."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

_PATIENCE = 10_000
"""Milliseconds that something on a page may take to come."""
WIDE, NARROW = 1440, 390
"""Widths of a window in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way of reading."""

    language: Literal["zh", "en"] = "zh"
    width: int = WIDE
    script: bool = True
    scheme: Literal["light", "dark"] = "light"

    def __str__(self) -> str:
        width = "narrow" if self.width < 600 else "wide"
        return "-".join([self.language, width, self.scheme, "script" if self.script else "noscript"])

    def say(self, chinese: str, english: str) -> str:
        """Of two wordings, the one this reader sees."""
        return chinese if self.language == "zh" else english


WAYS = [
    Way(language, width, script)
    for language in ("zh", "en")
    for width in (WIDE, NARROW)
    for script in (True, False)
]  # fmt: skip


class Visitor:
    """A browser window of its own, without anybody's history."""

    def __init__(self, browser: Browser, address: str, way: Way) -> None:
        self.way = way
        self.address = address
        self._context = browser.new_context(
            base_url=address,
            locale="zh-CN" if way.language == "zh" else "en-GB",
            viewport={"width": way.width, "height": 900},
            java_script_enabled=way.script,
            color_scheme=way.scheme,
            permissions=["clipboard-read", "clipboard-write"],
        )
        self._said: list[str] = []
        self.asked: list[Request] = []
        self.page = self.new_page()

    def new_page(self) -> Page:
        """Another window of the same reader."""
        page = self._context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._said.append(f"error: {error}"))
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        return page

    def slow_line(self, bytes_a_second: int) -> None:
        """Let what is opened from now on come piece by piece; what the browser holds already comes at once."""
        session = self._context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 0, "downloadThroughput": bytes_a_second, "uploadThroughput": -1},
        )

    def go(self, path: str) -> Page:
        """Open an address of the service."""
        self.asked.clear()
        self.page.goto(path, wait_until="load")
        return self.page

    def close(self) -> list[str]:
        """Close the window; what the console said, and what was asked of strangers."""
        self._context.close()
        return self._said

    def _on_console(self, message: ConsoleMessage) -> None:
        if "the server responded with a status of" not in message.text:  # a page may be a 404 on purpose
            self._said.append(f"{message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        self.asked.append(request)
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(self.address):
            self._said.append(f"foreign: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self._said.append(f"{response.status}: {response.url}")
