"""The pages one browses: home, collections, statutes, coverage, help, and what a citation may mean."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app import settings
from app.browse_views import EntryView
from app.catalogue import Catalogue
from app.coverage import Coverage
from app.i18n import Locale
from app.labels import N_, article_label
from app.pages import AboutPage, CitePage, CollectionPage, CollectionsPage, HelpPage, HomePage, StatutePage
from app.presenting.common import counted, hit, source
from app.presenting.excerpts import provision_excerpt
from app.search.plan import plan
from app.search.query import SearchQuery
from app.search.query_fields import ALIASES, DATE_FIELD, EXACT_FIELDS, ZONES_OF
from app.search.searcher import Searcher
from app.urls import Urls
from app.views import FacetValueView, Link, TagView
from indexer.domain.registry import trial_teams
from indexer.domain.ruling import Ruling
from indexer.domain.statute import Statute
from indexer.index.fields import NOT_STATED
from indexer.store import Manifest

EXAMPLES: Sequence[tuple[str, str]] = (
    ("模型 参数", N_("both words, anywhere in the ruling; known terms are also searched in the other language")),
    ('"模型结构和参数"', N_("exactly these characters in this order")),
    ("技术秘密 OR 商业秘密", N_("either of the two")),
    ("种子 -玉米", N_("the first word without the second; NOT does the same")),
    ("(平台 OR 电商) 垄断", N_("brackets group")),
    ("惩罚性赔偿 /s 故意", N_("both in one sentence; /p: in one paragraph")),
    ('"patent infringement"~5', N_("both words within five words of each other")),
    ("trade*", N_("words that begin so; at least three letters, or one Chinese character, come first")),
    ("reasoning:创新", N_("only in the court’s own reasoning and holdings")),
    ("party:腾讯", N_("only among the parties; company names may be masked since 2024")),
    ("statute:反垄断法", N_("rulings that apply a statute")),
    ("date:2023..2025", N_("decided from 2023 to 2025")),
    (
        "（2023）京73民终3802号",
        N_("a case number, with any brackets, in full or half width, or as 2023-jing73-minzhong-3802"),
    ),
)
_TO_TRY = ("模型 参数", "惩罚性赔偿 /s 故意", "（2023）京73民终3802号")
_NEWEST, _COLLECTIONS = 5, 8


def home_page(searcher: Searcher, catalogue: Catalogue, coverage: Coverage, locale: Locale, urls: Urls) -> HomePage:
    """Where work begins."""
    results = searcher.search(plan(SearchQuery(size=_NEWEST), None))
    held = catalogue.rulings(each.id for each in results.hits)
    undone = catalogue.undone(held)
    latest = sorted(catalogue.collections(), key=lambda each: str(each.released or ""), reverse=True)
    return HomePage(
        fields=counted("field", _stated(results.facets["field"]), locale, urls),
        teams=counted("team", _stated(results.facets["team"]), locale, urls),
        collections=tuple(Link(locale.name(each.title), urls.collection(each.name)) for each in latest[:_COLLECTIONS]),
        examples=tuple(Link(text, urls.search(SearchQuery(text))) for text in _TO_TRY),
        coverage=coverage,
        newest=tuple(
            hit(held[each.id], locale, urls, cited_by=each.cited_by, undone=each.id in undone) for each in results.hits
        ),
    )


def collections_page(catalogue: Catalogue, urls: Urls) -> CollectionsPage:
    """All curated lists."""
    return CollectionsPage(
        tuple(
            (collection, urls.collection(collection.name), sum(e.ruling is not None for e in collection.entries))
            for collection in catalogue.collections()
        )
    )


def collection_page(name: str, catalogue: Catalogue, locale: Locale, urls: Urls) -> CollectionPage:
    """One curated list, what is held of it and what is not; raises `NotHeld`."""
    collection = catalogue.collection(name)
    held = catalogue.rulings(entry.ruling for entry in collection.entries if entry.ruling)
    entries = []
    for entry in collection.entries:
        ruling = held.get(entry.ruling or "")
        entries.append(
            EntryView(
                entry.place,
                locale.name(ruling.title if ruling else entry.title),
                ruling.number.printed if ruling else entry.case_number or "",
                urls.ruling(ruling.id) if ruling else None,
                ruling,
            )
        )
    return CollectionPage(collection, tuple(entries), len(held), tuple(map(source, collection.sources)))


def statute_page(
    statute: Statute, article: str | None, catalogue: Catalogue, locale: Locale, urls: Urls
) -> StatutePage:
    """The rulings that apply a statute, or one article of it."""
    articles = catalogue.articles(statute.id)
    applying = catalogue.applying(statute.id, article)
    undone = catalogue.undone(ruling.id for ruling, _ in applying)
    key = f"{statute.id}:{article}" if article else statute.id
    return StatutePage(
        statute,
        article,
        article_label(article, locale) if article else "",
        tuple(
            FacetValueView(
                number, article_label(number, locale), count, number == article, urls.statute(statute.id, number)
            )
            for number, count in articles.items()
        ),
        tuple(
            replace(
                hit(ruling, locale, urls, undone=ruling.id in undone),
                snippets=provision_excerpt(ruling, paragraph, key, locale, urls),
            )
            for ruling, paragraph in applying
        ),
    )  # fmt: skip


def about_page(coverage: Coverage, manifest: Manifest, locale: Locale, urls: Urls) -> AboutPage:
    """What this collection holds and how it was made."""
    return AboutPage(
        coverage=coverage,
        manifest=manifest,
        courts=counted("court", coverage.by_court.items(), locale, urls),
        fields=counted("field", coverage.by_field.items(), locale, urls),
        years=counted("year", coverage.by_year.items(), locale, urls),
        teams=tuple(
            TagView(
                locale.name(team.name), locale.name(team.basis), urls.search(SearchQuery(filters={"team": (team.id,)}))
            )
            for team in trial_teams().values()
        ),
    )  # fmt: skip


def help_page(locale: Locale, urls: Urls) -> HelpPage:
    """The query language, by examples that are links."""
    names = [*ZONES_OF, *EXACT_FIELDS, DATE_FIELD]
    chinese = {name: "、".join(zh for zh, field in ALIASES.items() if field == name) for name in names}
    limits = {
        locale.gettext("characters in a query"): f"{settings.MAX_QUERY_CHARACTERS:,}",
        locale.gettext("clauses in a query"): f"{settings.MAX_CLAUSES:,}",
        locale.gettext("hits on a page"): f"{settings.MAX_PAGE_SIZE:,}",
        locale.gettext("hits that can be paged to"): f"{settings.MAX_DEPTH_HITS:,}",
    }
    return HelpPage(
        tuple((text, locale.gettext(meaning), urls.search(SearchQuery(text))) for text, meaning in EXAMPLES),
        tuple((name, chinese[name]) for name in names if name != "text"),
        limits,
    )


def cite_page(
    citation: str,
    candidates: Sequence[Ruling],
    nearest: Sequence[Ruling],
    coverage: Coverage,
    locale: Locale,
    urls: Urls,
) -> CitePage:
    """What a citation may mean, or what is near it."""
    return CitePage(
        citation,
        tuple(hit(ruling, locale, urls) for ruling in candidates),
        tuple(hit(ruling, locale, urls) for ruling in nearest),
        coverage,
    )


def _stated(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(((value, n) for value, n in counts.items() if value != NOT_STATED), key=lambda each: -each[1])
