"""Where a string stands most nearly in a longer one, by edit distance.

After G. Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic
programming", Journal of the ACM 46 (1999), in the form of H. Hyyrö (2003): one column of the table is
two integers, so that a character of the text costs a few operations whatever the length of the pattern.
"""

from collections.abc import Iterator

MAX_PATTERN = 3_000
"""Longer patterns are not looked for."""


def nearest(pattern: str, text: str) -> list[tuple[int, int]]:
    """The stretches of ``text`` with the smallest distance to ``pattern``, if that is under half its length.

    >>> nearest("abxd", "..abcd..")
    [(2, 6)]
    """
    if not pattern or len(pattern) > MAX_PATTERN:
        return []
    distances = list(_distances(pattern, text, anchored=False))
    least = min(distances, default=len(pattern))
    if least * 2 >= len(pattern):
        return []
    ends = [end for end, distance in enumerate(distances, 1) if distance == least]
    # Of ends side by side the last: a changed last character is changed, not left out.
    ends = [end for end in ends if end == len(distances) or distances[end] != least]
    return [(_start(pattern, text, end, least), end) for end in ends]


def _start(pattern: str, text: str, end: int, distance: int) -> int:
    """Where the stretch that ends at ``end`` begins: as long as the pattern, as nearly as may be."""
    back = text[max(0, end - len(pattern) - distance) : end][::-1]
    lengths = [size for size, each in enumerate(_distances(pattern[::-1], back, anchored=True), 1) if each == distance]
    return end - min(lengths, key=lambda size: abs(size - len(pattern)))


def _distances(pattern: str, text: str, anchored: bool) -> Iterator[int]:
    """The distance between the pattern and what ends at each character; anchored, begins at the first one."""
    places: dict[str, int] = {}
    for index, char in enumerate(pattern):
        places[char] = places.get(char, 0) | 1 << index
    mask = (1 << len(pattern)) - 1
    high = 1 << (len(pattern) - 1)
    increase, decrease, distance = mask, 0, len(pattern)
    for char in text:
        equal = places.get(char, 0)
        vertical = equal | decrease
        horizontal = (((equal & increase) + increase) ^ increase) | equal
        rising = (decrease | ~(horizontal | increase)) & mask
        falling = increase & horizontal
        if rising & high:
            distance += 1
        elif falling & high:
            distance -= 1
        rising = (rising << 1 | int(anchored)) & mask
        falling = falling << 1 & mask
        increase = (falling | ~(vertical | rising)) & mask
        decrease = rising & vertical
        yield distance
