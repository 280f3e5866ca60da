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
_OPPOSITES = tuple(
    (frozenset(ones.split()), frozenset(others.split()))
    for ones, others in (
        ("具有 具备 存在 享有", "缺乏 缺少"),
        ("支持 采纳 采信", "驳回"),
        ("维持", "撤销 推翻 改判"),
        ("合法 适法", "违法"),
        ("善意", "恶意"),
        ("允许 准许", "禁止"),
        ("应当 必须", "可以"),
        ("高于", "低于"),
        ("大于", "小于"),
        ("多于", "少于"),
        ("增加", "减少"),
        ("以上", "以下"),
        ("之前", "之后"),
        ("直接", "间接"),
        ("全部", "部分"),
        ("原告", "被告"),
        ("一审 原审", "二审"),
        ("upheld affirmed", "reversed overturned"),
        ("granted supported", "dismissed rejected refused"),
        ("allowed permitted", "prohibited forbidden"),
        ("must shall", "may can"),
        ("plaintiff plaintiffs", "defendant defendants"),
        ("before", "after"),
        ("above", "below"),
        ("more", "less fewer"),
        ("all", "some"),
        ("lawful", "illegal"),
        ("directly direct", "indirectly indirect"),
    )
)
"""Words of which one in the place of the other says the contrary, or something that binds otherwise."""
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


def turn_round(said: Sequence[str], held: Sequence[str]) -> bool:
    """Whether a word of one stretch stands for its contrary in the other, each read with the word on either side.

    >>> turn_round(tuple("告具有证"), tuple("告缺乏证"))
    True
    """
    return any(
        (_has(said, ones) and _has(held, others)) or (_has(said, others) and _has(held, ones))
        for ones, others in _OPPOSITES
    )


def _has(words: Sequence[str], wanted: frozenset[str]) -> bool:
    text = "".join(words)
    return any(each in words if each.isascii() else each in text for each in wanted)


def leaves_out_sense(words: Sequence[str]) -> bool:
    """Whether words that were left out hold a negation or a proviso."""
    text = "".join(words)
    return bool(negations(words)) or not _PROVISOS.isdisjoint(words) or any(each in text for each in _PROVISOS_CHINESE)


def _negates(word: str) -> bool:
    return word in _CHINESE or word in _ENGLISH or word.endswith("n't")


def _opposite(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 3 and any(longer == prefix + shorter for prefix in _PREFIXES)
