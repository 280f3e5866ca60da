"""Several processes serve at one address, and several answers are made at a time."""

import sys
import time
from pathlib import Path

import pytest

from app.routes.uploads import WORKING_AT_ONCE
from app.settings import THREADS
from indexer.store import Build
from tests.server import serving

_LISTENING = "0A"
"""The state in Linux's /proc/net/tcp."""
_PATIENCE = 20.0
"""Seconds that the second process may take to begin."""


@pytest.mark.server
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere they share one queue")
def test_each_process_has_a_queue_of_connections_of_its_own(built: Build) -> None:
    with serving(built.folder.parent.parent, workers=2) as client:
        port, deadline = client.base_url.port or 0, time.monotonic() + _PATIENCE
        while len(queues := _queues(port)) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(queues) == 2
        assert {client.get("/readyz").status_code for _ in range(8)} == {200}


def test_a_search_finds_a_thread_while_briefs_are_checked() -> None:
    assert WORKING_AT_ONCE < THREADS


def _queues(port: int) -> list[str]:
    """The sockets that listen at a port."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [row[9] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == _LISTENING]
