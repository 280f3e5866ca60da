"""Searches one by one: two made at the same time take turns at the processor, and both are late."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

PATIENCE = 0.25
"""Seconds that a search waits for its turn; then it goes ahead beside the one whose turn it is."""


@dataclass
class Turns:
    """Lets searches through in the order in which they came; one for each process."""

    patience: float = PATIENCE
    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Held until a search is answered."""
        has_turn = await self._has_turn()
        try:
            yield
        finally:
            if has_turn:
                self.free.release()

    async def _has_turn(self) -> bool:
        try:
            async with asyncio.timeout(self.patience):
                return await self.free.acquire()
        except TimeoutError:
            return False
