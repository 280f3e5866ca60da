"""The fields a lawyer can name in a query, in English or Chinese, and what each searches."""

from collections.abc import Mapping

from indexer.index.fields import ZONES

TEXT = "text"
"""The whole text: what a word without a field is searched in."""

ZONES_OF: Mapping[str, tuple[str, ...]] = {
    TEXT: tuple(zone.name for zone in ZONES),
    "title": ("title",),
    "party": ("party",),
    "court": ("court",),
    "judge": ("panel",),
    "cause": ("cause",),
    "headnote": ("headnote",),
    "facts": ("facts", "evidence"),
    "claims": ("claims", "defence"),
    "reasoning": ("issues", "reasoning", "holdings", "legal-basis"),
    "holding": ("holdings",),
    "disposition": ("disposition",),
}
"""Query field → text fields of the index."""

EXACT_FIELDS = ("number", "cites", "statute")
DATE_FIELD = "date"

ALIASES: Mapping[str, str] = {
    "标题": "title", "案名": "title", "当事人": "party", "法院": "court", "法官": "judge", "合议庭": "judge",
    "案由": "cause", "裁判要旨": "headnote", "要旨": "headnote", "查明": "facts", "事实": "facts",
    "案件事实": "facts", "诉称": "claims", "诉讼请求": "claims", "辩称": "claims", "理由": "reasoning",
    "本院认为": "reasoning", "裁判理由": "reasoning", "裁判认定": "holding", "主文": "disposition",
    "裁判结果": "disposition", "案号": "number", "引用": "cites", "法条": "statute", "法律": "statute",
    "日期": "date", "裁判日期": "date",
}  # fmt: skip
"""Chinese names of the query fields."""


def known_field(name: str) -> str | None:
    """The query field called ``name``, in either language, or None."""
    plain = name.lower()
    if plain in ZONES_OF or plain in EXACT_FIELDS or plain == DATE_FIELD:
        return plain
    return ALIASES.get(name)
