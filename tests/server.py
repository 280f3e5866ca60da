"""A real server process on a port of its own, for tests."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.conftest import ROOT

_PATIENCE = 30.0
"""Seconds a server may take to answer for the first time."""


@contextmanager
def serving(store: Path, workers: int = 1, **settings: str) -> Iterator[httpx.Client]:
    """`panli serve` over ``store``; the client speaks to it, in English unless told otherwise.

    ``settings`` are environment variables.
    """
    port = _free_port()
    command = [sys.executable, "-m", "app", "serve", "--store", str(store), "--port", str(port)]
    command += ["--workers", str(workers)]
    environment = {**os.environ, "PANLI_LANG": "en", **settings}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            client = httpx.Client(
                base_url=f"http://127.0.0.1:{port}", headers={"Accept-Language": "en"}, trust_env=False
            )
            with client:
                _wait(client, process)
                yield client
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait(client: httpx.Client, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            said = process.stdout.read().decode() if process.stdout else ""
            raise RuntimeError(f"the server ended: {said}")
        try:
            client.get("/healthz")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
