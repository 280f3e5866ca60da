"""What the service counts of itself, for Prometheus: answers by address and status, and how long they took.

Addresses are those of the routes (`/rulings/{id}`), never what was asked for; no query is counted.
"""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Upper bounds of the histogram of answering times, seconds."""


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "panli_answers", "Answers by address and status", ["route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "panli_answer_seconds", "Seconds to an answer", ["route"], buckets=BUCKETS, registry=self._registry
        )
        self._rulings = Gauge("panli_rulings", "Rulings in the build that is served", registry=self._registry)

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._answers.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self, rulings: int) -> bytes:
        """Everything counted, in Prometheus's text format."""
        self._rulings.set(rulings)
        return generate_latest(self._registry)


class Counted:
    """Counts every answer of the application it wraps."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and look at the clock."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def send_counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_counted)
        finally:
            route = getattr(scope.get("route"), "path", "")
            self._metrics.count(route or "unchanged or unknown", status, time.perf_counter() - started)
