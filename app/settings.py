"""The service's settings, from the environment; made in `create_app`, never at import."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import IndexerError

MAX_QUERY_CHARACTERS = 2_000
MAX_CLAUSES = 64
MAX_DEPTH_HITS = 10_000
MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 20
MAX_LISTED_HITS = 1_000
"""Hits in a file of results."""
MAX_FEED_ENTRIES = 50
MAX_CITATION_CHARACTERS = 500
MAX_RULINGS_AT_ONCE = 100
"""Rulings asked for in short in one call."""
MAX_KEPT = 500
"""Rulings in a working list that is sent to come back as a file."""
THREADS = 2
"""Answers made at the same time in one process: they take turns at the processor, and each more slows all of them."""
MAX_RESOLVED = 2_000
"""Citations in one call of the resolver."""


@dataclass(frozen=True, slots=True)
class Settings:
    store: Path = Path(".store")
    """``PANLI_STORE``: the folder that `panli build` publishes in."""
    base_url: str | None = None
    """``PANLI_BASE_URL``: the public address, for absolute links; else that of the request."""

    query_seconds: float = 2.0
    """``PANLI_QUERY_SECONDS``: how long a query may read rulings before its answer is given as partial."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """The settings the environment asks for, with defaults for the rest."""
        env = os.environ if environment is None else environment
        return cls(
            store=Path(env.get("PANLI_STORE") or ".store"),
            base_url=(env.get("PANLI_BASE_URL") or "").rstrip("/") or None,
            query_seconds=_seconds(env.get("PANLI_QUERY_SECONDS") or "2"),
        )


class BadSetting(IndexerError):
    """An environment variable has a value that can't be used."""


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise BadSetting(
            f"PANLI_QUERY_SECONDS is “{text}”; give a number of seconds, such as 2.",
            f"PANLI_QUERY_SECONDS的值为“{text}”；请填写秒数，如2。",
        ) from error
