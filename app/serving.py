"""Processes that serve at one address.

Processes that share one queue of connections do not share the work: whichever wakes up first takes all that wait, so a
proxy that opens sixteen connections and keeps them may find one process busy and the other idle. On Linux each
process gets a queue of its own here, and the system deals new connections out (socket(7), ``SO_REUSEPORT``). Others
know that option too, but give every connection to one of the queues; there they share one, as uvicorn has it.
"""

import socket
import sys
from collections.abc import Mapping
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

_APP = "app.main:create_app"
_QUIET: Mapping[str, Any] = {"access_log": False, "log_level": "warning"}


def serve_at(host: str, port: int, workers: int) -> None:
    """Serve until a signal says to end."""
    if workers > 1 and sys.platform == "linux":
        config = uvicorn.Config(_APP, factory=True, host=host, port=port, workers=workers, **_QUIET)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        Multiprocess(config, [_queue(family, (host, port))]).run()
    else:
        uvicorn.run(_APP, factory=True, host=host, port=port, workers=workers, **_QUIET)


class _Queue(socket.socket):
    """A socket that a process is not given, but makes again."""

    def __reduce__(self) -> tuple[object, ...]:
        return _queue, (self.family, self.getsockname())


def _queue(family: int, address: tuple[str | int, ...]) -> _Queue:
    queue = _Queue(family)
    queue.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    queue.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    queue.bind(address)
    return queue
