"""The page of one legal field, trial team or court: what it is, and what of it is held."""

from collections.abc import Mapping

from app.browse_views import CountsView, Fact
from app.i18n import Locale
from app.labels import N_, facet_name, value_label
from app.pages import FacetPage
from app.presenting.common import counted, hit
from app.search.plan import plan
from app.search.query import Order, SearchQuery
from app.search.searcher import SearchResults
from app.stores import Snapshot
from app.urls import Urls
from app.views import HitView, Link
from indexer.domain.court import Court
from indexer.domain.legal_field import TrialTeam
from indexer.domain.registry import causes, courts, legal_fields, statutes, trial_teams
from indexer.index.fields import NOT_STATED

PAGED = ("field", "team", "court")
"""The facets whose values have pages of their own."""
_COUNTED = ("field", "court", "cause", "statute", "outcome", "recognition")
_SHOWN = 8
_KINDS: Mapping[str, str] = {
    "ordinary": N_("People’s court"),
    "ip": N_("Intellectual property court"),
    "internet": N_("Internet court"),
    "tribunal": N_("Tribunal of a court"),
    "railway": N_("Railway transport court"),
    "maritime": N_("Maritime court"),
    "financial": N_("Financial court"),
}


def facet_page(facet: str, value: str, snapshot: Snapshot, locale: Locale, urls: Urls) -> FacetPage:
    """What a field, team or court is, with counts and the newest and the most cited of its rulings."""
    query = SearchQuery(filters={facet: (value,)}, size=_SHOWN)
    newest = snapshot.searcher.search(plan(query, None))
    cited = snapshot.searcher.search(plan(SearchQuery(filters={facet: (value,)}, size=_SHOWN, order=Order.CITED), None))
    years = sorted((y, n) for y, n in newest.facets.get("year", {}).items() if y != NOT_STATED)
    return FacetPage(
        facet_name=facet_name(facet, locale),
        name=value_label(facet, value, locale),
        description=_description(facet, value, locale),
        facts=_facts(facet, value, locale, urls),
        total=newest.total,
        search=query.to_params(),
        all=urls.search(SearchQuery(filters={facet: (value,)})),
        feed=urls.feed(SearchQuery(filters={facet: (value,)})),
        years=tuple(
            Link(f"{year} ({count})", urls.search(SearchQuery(filters={facet: (value,), "year": (year,)})))
            for year, count in years
        ),
        counts=tuple(_counts(name, facet, value, newest, locale, urls) for name in _COUNTED if name != facet),
        newest=_hits(newest, snapshot, locale, urls),
        cited=tuple(view for view in _hits(cited, snapshot, locale, urls) if view.cited_by),
    )


def _counts(name: str, facet: str, value: str, found: SearchResults, locale: Locale, urls: Urls) -> CountsView:
    most = sorted(((v, n) for v, n in found.facets[name].items() if v != NOT_STATED), key=lambda each: -each[1])
    within = {facet: (value,)}
    return CountsView(facet_name(name, locale), counted(name, most[:_SHOWN], locale, urls, within), len(most) > _SHOWN)


def _hits(found: SearchResults, snapshot: Snapshot, locale: Locale, urls: Urls) -> tuple[HitView, ...]:
    held = snapshot.catalogue.rulings(each.id for each in found.hits)
    undone = snapshot.catalogue.undone(held)
    return tuple(
        hit(held[each.id], locale, urls, cited_by=each.cited_by, undone=each.id in undone) for each in found.hits
    )


def _description(facet: str, value: str, locale: Locale) -> str:
    match facet:
        case "field":
            return locale.name(legal_fields()[value].description)
        case "team":
            return locale.name(trial_teams()[value].basis)
        case _:
            return ""


def _facts(facet: str, value: str, locale: Locale, urls: Urls) -> tuple[Fact, ...]:
    match facet:
        case "field":
            return _of_field(value, locale, urls)
        case "team":
            return _of_team(trial_teams()[value], locale, urls)
        case _:
            return _of_court(courts()[value], locale, urls)


def _of_field(value: str, locale: Locale, urls: Urls) -> tuple[Fact, ...]:
    """The rule by which rulings without an editor's tag come into the field."""
    entry = legal_fields()[value]
    teams = [team for team in trial_teams().values() if value in team.fields]
    facts = [
        Fact(
            locale.gettext("Trial team of the Beijing IP Court"),
            tuple(Link(locale.name(team.name), urls.browse("team", team.id)) for team in teams),
        ),
        Fact(
            locale.gettext("Statutes that alone put a ruling here"),
            tuple(Link(locale.name(statutes()[each].name), urls.statute(each)) for each in entry.statutes),
        ),
        Fact(
            locale.gettext("Causes of action that alone do"),
            tuple(
                Link(locale.name(causes()[each].name), urls.search(SearchQuery(filters={"cause": (each,)})))
                for each in entry.causes
            ),
        ),
    ]
    return tuple(fact for fact in facts if fact.links)


def _of_team(team: TrialTeam, locale: Locale, urls: Urls) -> tuple[Fact, ...]:
    return (
        Fact(
            locale.gettext("Court"), (Link(value_label("court", team.court, locale), urls.browse("court", team.court)),)
        ),
        Fact(
            locale.gettext("Legal fields"),
            tuple(Link(value_label("field", each, locale), urls.browse("field", each)) for each in team.fields),
        ),
        Fact(
            locale.gettext("Published by the court"),
            (),
            f"{team.source_title}\u00a0· {locale.day(team.published)}",
        ),
    )


def _of_court(court: Court, locale: Locale, urls: Urls) -> tuple[Fact, ...]:
    above = court.parent
    facts = [
        Fact(locale.gettext("Court level"), (), value_label("level", court.level.value, locale)),
        Fact(locale.gettext("Kind"), (), locale.gettext(_KINDS[court.kind])),
        Fact(
            locale.gettext("Belongs to") if court.kind == "tribunal" else locale.gettext("Court above"),
            (Link(value_label("court", above, locale), urls.browse("court", above)),) if above else (),
        ),
        Fact(
            locale.gettext("Court code in case numbers"),
            (),
            locale.gettext(", ").join((*court.codes, *court.legacy_codes)),
        ),
        Fact(locale.gettext("Since"), (), locale.day(court.valid_from)),
        Fact(locale.gettext("Until"), (), locale.day(court.valid_to)),
    ]
    return tuple(fact for fact in facts if fact.links or fact.text)
