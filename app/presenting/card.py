"""A ruling told to machines: the card a link unfolds to, and schema.org's description of it."""

from app.i18n import Locale
from app.labels import value_label
from app.ruling_views import Card
from app.urls import Urls
from indexer.domain.registry import courts
from indexer.domain.ruling import Part, Ruling, TextKind

_DESCRIPTION = 160
"""Characters of a description, as many as are shown by those who show it."""


def ruling_card(ruling: Ruling, locale: Locale, absolute: Urls) -> Card:
    """The card of a ruling, in the caller's language; a digest is called one."""
    return Card(_description(ruling, locale), absolute.static("card.png"), _linked_data(ruling, locale, absolute))


def _description(ruling: Ruling, locale: Locale) -> str:
    english = locale.code == "en"
    texts = [(p.translation if english else p.text) or p.text for part, p in ruling.paragraphs if part in _TELLING]
    first = texts[0] if texts else next((paragraph.text for _, paragraph in ruling.paragraphs), "")
    kind = value_label("text", ruling.text.value, locale)
    whole = f"{value_label('court', ruling.court, locale)} · {locale.date(ruling.decision_date)} · {kind}: {first}"
    return whole if len(whole) <= _DESCRIPTION else whole[: _DESCRIPTION - 1] + "…"


_TELLING = (Part.HEADNOTE, Part.HOLDINGS, Part.REASONING)


def _linked_data(ruling: Ruling, locale: Locale, absolute: Urls) -> dict[str, object]:
    """Schema.org has no type of its own for a judgment; the Bibliographic Ontology's stands beside `CreativeWork`."""
    court = courts()[ruling.court].name
    decision: dict[str, object] = {
        "@type": "CreativeWork",
        "additionalType": "http://purl.org/ontology/bibo/LegalDecision",
        "identifier": [number.printed or str(number) for number in ruling.numbers],
        "creator": {"@type": "Courthouse", "name": locale.name(court)},
        "inLanguage": "zh-Hans",
        "genre": value_label("document_type", ruling.document_type.value, locale),
    }
    if ruling.decision_date:
        decision["dateCreated"] = str(ruling.decision_date)
    whole = {"name": locale.name(ruling.title), "url": absolute.ruling(ruling.id)}
    if ruling.text is TextKind.DIGEST:
        digest = {"@type": "CreativeWork", "genre": value_label("text", "digest", locale), "inLanguage": "zh-Hans"}
        return {"@context": "https://schema.org", **whole, **digest, "about": decision}
    return {"@context": "https://schema.org", **whole, **decision}
