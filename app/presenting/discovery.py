"""For browsers and search engines: how to search from the address bar, and which rulings there are."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from app.i18n import Locale
from app.urls import Urls

RULINGS_OF_A_SITEMAP = 10_000
"""The protocol allows 50,000 addresses in a file; fewer are read sooner."""
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def opensearch(locale: Locale, absolute: Urls) -> bytes:
    """The description by which a browser's address bar searches here (OpenSearch 1.1)."""
    root = Element("OpenSearchDescription", {"xmlns": "http://a9.com/-/spec/opensearch/1.1/"})
    SubElement(root, "ShortName").text = locale.gettext("Panli")
    SubElement(root, "Description").text = locale.gettext("Precedents in intellectual-property law")
    SubElement(root, "InputEncoding").text = "UTF-8"
    SubElement(root, "Language").text = locale.code
    for kind, template in (
        ("text/html", f"{absolute.search()}?q={{searchTerms}}"),
        ("application/atom+xml", f"{absolute.feed()}?q={{searchTerms}}"),
    ):
        SubElement(root, "Url", {"type": kind, "method": "get", "template": template})
    return _document(root)


def sitemap_index(rulings: int, absolute: Urls) -> bytes:
    """The list of sitemaps: each holds `RULINGS_OF_A_SITEMAP` rulings, the first the other pages too."""
    root = Element("sitemapindex", {"xmlns": _SITEMAPS})
    for number in range(1, max(1, -(-rulings // RULINGS_OF_A_SITEMAP)) + 1):
        SubElement(SubElement(root, "sitemap"), "loc").text = absolute.sitemap(number)
    return _document(root)


def sitemap(addresses: Sequence[str], built_on: str) -> bytes:
    """Addresses, absolute, with the day (ISO 8601) of the build they are from."""
    root = Element("urlset", {"xmlns": _SITEMAPS})
    for address in addresses:
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = address
        SubElement(entry, "lastmod").text = built_on
    return _document(root)


def _document(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
