"""Stretches of a text that citations already hold, so that no other may take them."""

from bisect import bisect_left, insort


class Taken:
    """Spans that never overlap; asking and adding cost the logarithm of their number."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing holds any of ``[start, end)``."""
        place = bisect_left(self._spans, (start, start))
        if place < len(self._spans) and self._spans[place][0] < end:
            return False
        return place == 0 or self._spans[place - 1][1] <= start

    def take(self, start: int, end: int) -> bool:
        """Hold the span if it is free; whether it was."""
        if not self.is_free(start, end):
            return False
        insort(self._spans, (start, end))
        return True
