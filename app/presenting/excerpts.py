"""The passage of a ruling that names a provision: why the ruling stands on the page of a statute."""

from collections.abc import Sequence

from app.i18n import Locale
from app.labels import paragraph_label, part_label
from app.search.snippets import Run
from app.urls import Urls
from app.views import SnippetView
from indexer.citator import find_citations
from indexer.domain.citation import CitationKind
from indexer.domain.ruling import Ruling

_AROUND = {"zh-Hans": (60, 90), "en": (120, 180)}
"""Characters shown before and after the provision."""


def provision_excerpt(
    ruling: Ruling, paragraph: str | None, key: str, locale: Locale, urls: Urls
) -> tuple[SnippetView, ...]:
    """The passage of ``paragraph`` that names ``key`` (``law`` or ``law:article``); none when its text does not."""
    for part, each in ruling.paragraphs:
        if each.id != paragraph:
            continue
        texts = [("zh-Hans", each.text), ("en", each.translation or "")]
        for language, text in sorted(texts, key=lambda pair: pair[0] != locale.code):
            if place := _place(text, key):
                runs = _cut(text, *place, *_AROUND[language])
                url = urls.ruling(ruling.id, each.id)
                return (SnippetView(part_label(part, locale), paragraph_label(each.id), url, language, tuple(runs)),)
    return ()


def _place(text: str, key: str) -> tuple[int, int] | None:
    for citation in find_citations(text):
        if citation.kind is CitationKind.PROVISION and (citation.key == key or citation.key.startswith(f"{key}:")):
            return citation.start, citation.end
    return None


def _cut(text: str, start: int, end: int, before: int, after: int) -> Sequence[Run]:
    first, last = max(0, start - before), min(len(text), end + after)
    runs = [Run(("…" if first else "") + text[first:start]), Run(text[start:end], marked=True)]
    runs.append(Run(text[end:last] + ("…" if last < len(text) else "")))
    return [run for run in runs if run.text]
