"""A search as an Atom feed (RFC 4287): what a reader is told when a ruling joins it."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from app.i18n import Locale
from app.labels import value_label
from app.plain_xml import plain_xml
from app.search.query import SearchQuery
from app.urls import Urls
from indexer.domain.ruling import Ruling

_ATOM = "http://www.w3.org/2005/Atom"


def feed(
    query: SearchQuery, rulings: Iterable[Ruling], built_at: str, locale: Locale, absolute: Urls, notice: str = ""
) -> bytes:
    """The rulings of a search, newest decision first; ``built_at`` (RFC 3339) is the time of the build."""
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": locale.code})
    said = query.text or "、".join(
        value_label(name, v, locale) for name, values in query.filters.items() for v in values
    )
    name = locale.gettext("Panli")
    _text(root, "title", f"{name}: {said}" if said else f"{name}: {locale.gettext('Latest decisions')}")
    if notice:
        _text(root, "subtitle", notice)
    _text(root, "id", absolute.feed(query))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": absolute.feed(query)})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": absolute.search(query)})
    _text(root, "updated", built_at)
    _text(SubElement(root, "author"), "name", name)
    for ruling in rulings:
        _entry(SubElement(root, "entry"), ruling, built_at, locale, absolute)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(entry: Element, ruling: Ruling, built_at: str, locale: Locale, absolute: Urls) -> None:
    date = ruling.decision_date
    number = ruling.number.printed or str(ruling.number)
    _text(entry, "title", f"{locale.name(ruling.title)} {number}")
    _text(entry, "id", absolute.ruling(ruling.id))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": absolute.ruling(ruling.id)})
    _text(entry, "updated", f"{date.first.isoformat()}T00:00:00+08:00" if date else built_at)
    said = [value_label("court", ruling.court, locale), locale.date(date), value_label("text", ruling.text, locale)]
    _text(entry, "summary", " · ".join(said))
    for tag in ruling.fields:
        SubElement(entry, "category", {"term": tag.value, "label": value_label("field", tag.value, locale)})


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = plain_xml(text)
