"""Similar rulings as lines, each with what it has in common with the one being read."""

from collections.abc import Iterable, Sequence

from app.catalogue import Catalogue
from app.i18n import Locale
from app.labels import article_label, value_label
from app.ruling_views import SimilarView
from app.search.searcher import Searcher, Similar
from app.urls import Urls
from indexer.domain.registry import cause_path, statutes
from indexer.domain.ruling import Ruling

_MOST = 6
_ARTICLES = 2
"""Shared articles that are named."""


def similar_rulings(
    ruling: Ruling, known: Iterable[str], searcher: Searcher, catalogue: Catalogue, locale: Locale, urls: Urls
) -> tuple[SimilarView, ...]:
    """At most six rulings like this one, without those ``known`` on the page already."""
    skipped = set(known)
    found = [each for each in searcher.similar(ruling.id, _MOST + len(skipped)) if each.id not in skipped][:_MOST]
    held = catalogue.rulings(each.id for each in found)
    undone = catalogue.undone(held)
    return tuple(_view(held[each.id], each, each.id in undone, locale, urls) for each in found if each.id in held)


def _view(ruling: Ruling, found: Similar, undone: bool, locale: Locale, urls: Urls) -> SimilarView:
    return SimilarView(
        title=locale.name(ruling.title),
        title_language=ruling.title.language(locale.code),
        number=ruling.number.printed or str(ruling.number),
        url=urls.ruling(ruling.id),
        court=value_label("court", ruling.court, locale),
        date=locale.date(ruling.decision_date) if ruling.decision_date else "",
        undone=undone,
        reasons=tuple(_reasons(found, locale)),
        words=found.words,
    )


def _reasons(found: Similar, locale: Locale) -> Sequence[str]:
    reasons = []
    for key in found.articles[:_ARTICLES]:
        statute, _, article = key.partition(":")
        name = locale.name(statutes()[statute].name) + locale.gap + article_label(article, locale)
        reasons.append(locale.gettext("same provision: %(name)s", name=name))
    if found.fields:
        names = locale.gettext(", ").join(value_label("field", field, locale) for field in found.fields)
        reasons.append(locale.gettext("same field: %(name)s", name=names))
    if found.causes:
        nearest = max(found.causes, key=lambda cause: len(cause_path(cause)))
        reasons.append(locale.gettext("same cause: %(name)s", name=value_label("cause", nearest, locale)))
    return reasons
