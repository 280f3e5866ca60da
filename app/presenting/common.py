"""What several pages show in the same way: hits, facet values, sources, text runs."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from app.i18n import Locale
from app.labels import paragraph_label, part_label, value_label
from app.ruling_views import SourceView
from app.search.query import SearchQuery
from app.search.snippets import Snippet
from app.urls import Urls
from app.views import FacetValueView, HitView, SnippetView
from indexer.domain.names import Names
from indexer.domain.ruling import Ruling, Source


def hit(
    ruling: Ruling,
    locale: Locale,
    urls: Urls,
    found: Sequence[Snippet] = (),
    url: str = "",
    cited_by: int = 0,
    score: float = 0.0,
    undone: bool = False,
) -> HitView:
    """A ruling as one line of a list, with its snippets; ``url`` is its address as a hit of a search, if it is one."""
    url = url or urls.ruling(ruling.id)
    return HitView(
        ruling=ruling,
        url=url,
        title=locale.name(ruling.title),
        title_language=ruling.title.language(locale.code),
        cited_by=cited_by,
        score=score,
        snippets=tuple(_snippet(each, urls.place(url, each.paragraph), locale) for each in found),
        undone=undone,
    )


def _snippet(snippet: Snippet, url: str, locale: Locale) -> SnippetView:
    return SnippetView(
        part=part_label(snippet.part, locale),
        paragraph=paragraph_label(snippet.paragraph),
        url=url,
        language=snippet.language,
        runs=snippet.runs,
    )


def counted(
    facet: str,
    counts: Iterable[tuple[str, int]],
    locale: Locale,
    urls: Urls,
    within: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[FacetValueView, ...]:
    """Values of a facet with counts, each with the address of the search that shows them, ``within`` other filters."""
    return tuple(
        FacetValueView(
            value,
            value_label(facet, value, locale),
            count,
            False,
            urls.search(SearchQuery(filters={**(within or {}), facet: (value,)})),
        )
        for value, count in counts
    )


def source(source: Source) -> SourceView:
    """A source; its address is linked only where the publisher is known."""
    host = urlsplit(source.url or "").hostname or ""
    linked = any(host == name or host.endswith("." + name) for name in linked_hosts())
    return SourceView(source.title, source.publisher, source.supports, source.url, linked)


@cache
def linked_hosts() -> tuple[str, ...]:
    """The hosts of `linked_hosts.txt`."""
    lines = (Path(__file__).parent.parent / "linked_hosts.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def name_of(names: Names, locale: Locale) -> str:
    """A bilingual name, or "not stated"."""
    return locale.name(names) or locale.gettext("not stated")
