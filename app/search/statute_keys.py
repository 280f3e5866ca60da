"""The statute, or article of one, that a text names: in either language, by name, citation or key."""

import re

from indexer.citator import find_citations
from indexer.domain.citation import CitationKind
from indexer.domain.registry import statute_names

_ARTICLE = re.compile(r"(?P<name>.*?[^\W\d])[\s,]+(?:(?:article|art\.?)\s*)?(?P<number>\d{1,4})", re.IGNORECASE)


def whole_statute_key(text: str) -> str | None:
    """As `statute_key`, but nothing may be left over."""
    words = text.strip()
    if any(each.start == 0 and each.end == len(words) for each in find_citations(words)):
        return statute_key(words)
    article = _ARTICLE.fullmatch(words)
    known = statute_names().get((article["name"] if article else words).lower())
    return f"{known}:{article['number']}" if known and article else known


def statute_key(text: str) -> str | None:
    """The statute, or article of one, that a text names; None when the registry has none such."""
    citations = [c for c in find_citations(text) if c.kind is CitationKind.PROVISION]
    if citations:
        return citations[0].key
    name, _, article = text.partition(":")
    known = statute_names().get(name.strip().lower())
    return f"{known}:{article}" if known and article else known
