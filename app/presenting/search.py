"""A search's answer as a page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from app.coverage import Coverage
from app.errors import QueryUnreadable
from app.i18n import Locale
from app.labels import N_, article_label, facet_name, value_label
from app.pages import SearchPage
from app.presenting.common import hit
from app.presenting.facets import facets
from app.presenting.reading import reading_view
from app.presenting.years import years_view
from app.search.answer import SearchAnswer
from app.search.parsed import Problem
from app.search.query import Order, SearchQuery
from app.search.ways_out import WayOut, WordAlone
from app.search_views import ProblemView, WayOutView, WordAloneView
from app.settings import MAX_DEPTH_HITS
from app.urls import Urls
from app.views import HitView, Link
from indexer.domain.registry import statutes
from indexer.index.fields import FACETS

ORDER_NAMES: Mapping[Order, str] = {
    Order.RELEVANCE: N_("Relevance"),
    Order.NEWEST: N_("Newest first"),
    Order.OLDEST: N_("Oldest first"),
    Order.CITED: N_("Most cited"),
    Order.TIER: N_("By authority"),
}
PROBLEMS: Mapping[str, str] = {
    "unbalanced-quote": N_("The quotation “%(value)s” is not closed."),
    "unbalanced-bracket": N_("A bracket has no partner."),
    "empty-brackets": N_("There is nothing between the brackets."),
    "empty-quote": N_("There is nothing to look for between the quotation marks."),
    "dangling-operator": N_("“%(value)s” needs a word on each side that it joins."),
    "unknown-field": N_("There is no search field called “%(value)s”."),
    "leading-wildcard": N_("A wildcard can’t begin a word: “%(value)s”."),
    "short-wildcard": N_("A wildcard needs at least three letters, or one Chinese character, before it: “%(value)s”."),
    "bad-number": N_("“%(value)s” is not a case number."),
    "unknown-statute": N_("The registry has no statute called “%(value)s”."),
    "bad-date": N_("“%(value)s” is not a date or a range of dates, such as 2023..2025 or 2023-05."),
    "nothing-to-find": N_("“%(value)s” holds no word to look for."),
}
PAGE_SIZES = (20, 50, 100)
_FILES: Mapping[str, str] = {"csv": "CSV", "xlsx": "XLSX", "ris": "RIS", "json": "JSON"}


def search_page(
    answer: SearchAnswer,
    ways: Sequence[WayOut],
    alone: Sequence[WordAlone],
    coverage: Coverage,
    locale: Locale,
    urls: Urls,
    unfolded: Collection[str] = (),
) -> SearchPage:
    """The page for an answer; ``ways`` and ``alone`` say what stands in the way when nothing was found.

    ``unfolded`` names the facets that are shown with all their values.
    """
    query = answer.query
    reachable = min(answer.total, MAX_DEPTH_HITS)
    last = max(1, -(-reachable // query.size))
    chips = _chips(query, locale, urls)
    return SearchPage(
        query=query,
        total=answer.total,
        partial=answer.partial,
        hits=_hits(answer, locale, urls),
        facets=facets(
            query, {name: each for name, each in answer.facets.items() if name != "year"}, locale, urls, unfolded
        ),
        years=years_view(query, answer.facets.get("year", {}), locale, urls),
        clear=urls.search(replace(query, filters={}, page=1)),
        reading=reading_view(query.text, answer.relaxed, locale) if not answer.parsed.problem else None,
        ways_out=tuple(_way_out(way, locale, urls) for way in ways),
        alone=tuple(
            WordAloneView(each.word, each.total, locale.rulings(each.total), urls.search(each.query)) for each in alone
        ),
        searched=" · ".join(filter(None, [query.text, *(chip.text for chip in chips)])),
        sizes=tuple(
            Link(str(size), urls.search(replace(query, size=size, page=1)), size == query.size) for size in PAGE_SIZES
        ),
        densities=tuple(
            Link(locale.gettext(label), urls.search(replace(query, compact=compact)), compact is query.compact)
            for compact, label in ((False, N_("With passages")), (True, N_("Titles only")))
        ),
        chips=chips,
        orders=_orders(query, locale, urls),
        previous=urls.search(query.on_page(min(query.page - 1, last))) if query.page > 1 else None,
        following=urls.search(query.on_page(query.page + 1)) if query.page < last else None,
        last_page=last,
        problem=_problem(answer.parsed.problem, query, locale, urls),
        relaxed=answer.relaxed,
        parted=answer.parted,
        expansions=tuple(Link(e.term, " · ".join(e.also)) for e in answer.parsed.expansions),
        without_expansions=urls.search(_unexpanded(query)),
        suggestion=_suggestion(answer, urls),
        shortcuts=_shortcuts(answer, locale, urls),
        not_held=_not_held(answer),
        took_ms=answer.took_ms,
        coverage=coverage,
        json_url=urls.api_search(query),
        files=tuple(Link(name, urls.results(query, format)) for format, name in _FILES.items()) if answer.total else (),
        feed="" if answer.parsed.problem else urls.feed(query),
    )


def _hits(answer: SearchAnswer, locale: Locale, urls: Urls) -> tuple[HitView, ...]:
    address = urls.hits(answer.query)
    return tuple(
        hit(h.ruling, locale, urls, h.snippets, address(h.ruling.id, rank), h.cited_by, h.score, h.undone)
        for rank, h in enumerate(answer.hits, (answer.query.page - 1) * answer.query.size + 1)
    )


def unreadable(problem: Problem) -> QueryUnreadable:
    """The error that tells a program why a query can't be read, with a repaired one."""
    detail: dict[str, object] = {"problem": problem.code, "value": problem.value, "repaired": problem.repaired}
    return QueryUnreadable(PROBLEMS[problem.code], detail, value=problem.value)


def problem_message(problem: Problem, locale: Locale) -> str:
    """Why a query can't be read, as a sentence."""
    return locale.gettext(PROBLEMS[problem.code], value=problem.value)


def _chips(query: SearchQuery, locale: Locale, urls: Urls) -> tuple[Link, ...]:
    """The filters one by one; years side by side as one."""
    chips = []
    for name in FACETS:
        values = query.filters.get(name, ())
        named = facet_name(name, locale) + locale.gettext(": ")
        if name == "year" and (span := _span(values)):
            others = {facet: chosen for facet, chosen in query.filters.items() if facet != name}
            chips.append(Link(named + span, urls.search(replace(query, filters=others, page=1))))
            continue
        chips += [
            Link(named + value_label(name, value, locale), urls.search(query.toggled(name, value))) for value in values
        ]
    return tuple(chips)


def _span(years: Sequence[str]) -> str:
    """Several years as one span; empty for one year, or with gaps or an unknown one among them."""
    numbers = sorted(int(year) for year in years if year.isdigit())
    whole = len(numbers) == len(years) > 1 and numbers[-1] - numbers[0] + 1 == len(numbers)
    return f"{numbers[0]}–{numbers[-1]}" if whole else ""


def _way_out(way: WayOut, locale: Locale, urls: Urls) -> WayOutView:
    if way.word:
        text = locale.gettext("Without “%(word)s”", word=way.word)
    elif way.facet == "*":
        text = locale.gettext("Without any filter")
    else:
        text = locale.gettext("Without the filter %(name)s", name=facet_name(way.facet, locale))
    return WayOutView(text, locale.rulings(way.total), urls.search(way.query))


def _orders(query: SearchQuery, locale: Locale, urls: Urls) -> tuple[Link, ...]:
    return tuple(
        Link(locale.gettext(label), urls.search(replace(query, order=order, page=1)), order is query.order)
        for order, label in ORDER_NAMES.items()
    )


def _problem(problem: Problem | None, query: SearchQuery, locale: Locale, urls: Urls) -> ProblemView | None:
    if problem is None:
        return None
    url = urls.search(query.with_text(problem.repaired))
    return ProblemView(problem_message(problem, locale), problem.repaired, url)


def _unexpanded(query: SearchQuery) -> SearchQuery:
    return replace(query, page=1, expand=False)


def _suggestion(answer: SearchAnswer, urls: Urls) -> Link | None:
    text = answer.suggestion
    return Link(text, urls.search(answer.query.with_text(text))) if text else None


def _shortcuts(answer: SearchAnswer, locale: Locale, urls: Urls) -> tuple[Link, ...]:
    links = [
        Link(f"{ruling.number.printed} {locale.name(ruling.title)}", urls.ruling(ruling.id))
        for ruling in answer.shortcuts
    ]
    for key in answer.parsed.provisions:
        statute, _, article = key.partition(":")
        name = locale.name(statutes()[statute].name)
        label = f"{name} {article_label(article, locale)}" if article else name
        links.append(Link(label, urls.statute(statute, article or None)))
    return tuple(links)


def _not_held(answer: SearchAnswer) -> tuple[str, ...]:
    held = {number.key for ruling in answer.shortcuts for number in ruling.numbers}
    if answer.shortcuts and len(answer.parsed.numbers) == 1:
        return ()
    return tuple(key for key in answer.parsed.numbers if key not in held and key.startswith("("))
