"""Words that turn a sense round: what must never pass for a slip of the pen."""

from collections.abc import Sequence
from itertools import pairwise

_CHINESE = frozenset("不未非无没别勿莫毋否")
_NO_NEGATIONS = frozenset(
    [
        *(f"{other}别" for other in "区分特个类级性识鉴判甄差辨派"),
        *(f"别{other}" for other in "人的墅"),
        *("非常", "未来", "无锡", "莫名", "莫斯"),
    ]
)
"""Words in which such a character denies nothing."""
_ENGLISH = frozenset(
    ["not", "no", "never", "without", "neither", "nor", "none", "nothing", "cannot", "non", "nobody", "nowhere"]
)
_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis")
_PROVISOS = frozenset(["but", "however", "unless", "except", "although", "though"])
_PROVISOS_CHINESE = ("但", "然而", "除非", "除外", "例外", "却")


def negations(words: Sequence[str], first: int = 0, last: int | None = None) -> tuple[str, ...]:
    """The negations among folded words, in order; of a stretch, read with the words around it.

    >>> negations(tuple("未经许可，特别是不得"))
    ('未', '不')
    """
    harmless = {
        place
        for left, (one, other) in enumerate(pairwise(words))
        if one + other in _NO_NEGATIONS
        for place in (left, left + 1)
    }
    places = range(first, len(words) if last is None else last)
    return tuple(words[place] for place in places if place not in harmless and _negates(words[place]))


def without_negations(words: Sequence[str]) -> tuple[str, ...]:
    """The words with every negation left out."""
    return tuple(word for word in words if not _negates(word))


def are_opposite(said: Sequence[str], held: Sequence[str]) -> bool:
    """Whether a word is changed into its opposite by a prefix: valid, invalid.

    >>> are_opposite(["lawful"], ["unlawful"])
    True
    """
    return len(said) == len(held) and any(map(_opposite, said, held))


def leaves_out_sense(words: Sequence[str]) -> bool:
    """Whether words that were left out hold a negation or a proviso."""
    text = "".join(words)
    return bool(negations(words)) or not _PROVISOS.isdisjoint(words) or any(each in text for each in _PROVISOS_CHINESE)


def _negates(word: str) -> bool:
    return word in _CHINESE or word in _ENGLISH or word.endswith("n't")


def _opposite(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 3 and any(longer == prefix + shorter for prefix in _PREFIXES)
