"""Suggestions as JSON: what is offered, in the reader's language, and what choosing it does."""

from collections.abc import Mapping, Sequence

from app.i18n import Locale
from app.labels import N_, article_label
from app.search.query import SearchQuery
from app.search.suggest import Candidate, Group, Suggestion
from app.urls import Urls

_GROUPS: Mapping[Group, str] = {
    Group.TERM: N_("Legal terms"),
    Group.RULING: N_("Rulings"),
    Group.PARTY: N_("Parties"),
    Group.CAUSE: N_("Cause of action"),
    Group.STATUTE: N_("Statutes"),
    Group.COLLECTION: N_("Collections"),
    Group.COURT: N_("Court"),
}


def suggestions_json(suggestions: Sequence[Suggestion], locale: Locale, urls: Urls) -> dict[str, list[dict[str, str]]]:
    """What is offered. ``query`` is there when choosing searches, else ``url`` leads to the thing."""
    return {"suggestions": [_suggestion(each, locale, urls) for each in suggestions]}


def _suggestion(suggestion: Suggestion, locale: Locale, urls: Urls) -> dict[str, str]:
    candidate = suggestion.candidate
    text, note = _words(suggestion, locale)
    query = _query(suggestion)
    return {
        "group": candidate.group.value,
        "label": locale.gettext(_GROUPS[candidate.group]),
        "text": text,
        "note": note,
        "query": query,
        "url": urls.search(SearchQuery(query)) if query else _address(candidate, urls),
    }


def _words(suggestion: Suggestion, locale: Locale) -> tuple[str, str]:
    candidate, form = suggestion.candidate, suggestion.form
    match candidate.group:
        case Group.RULING:
            named = form in (candidate.names.zh, candidate.names.en)
            return (form, candidate.also) if named else (candidate.also, locale.name(candidate.names))
        case Group.TERM:
            other = candidate.names.en if form == candidate.names.zh else candidate.names.zh
            return suggestion.before + form, other or ""
        case Group.STATUTE if candidate.also:
            return f"{locale.name(candidate.names)} {article_label(candidate.also, locale)}", locale.rulings(
                candidate.weight
            )
        case Group.COLLECTION:
            return locale.name(candidate.names), ""
        case Group.PARTY:
            return form, locale.rulings(candidate.weight)
        case _:
            return locale.name(candidate.names), locale.rulings(candidate.weight)


def _query(suggestion: Suggestion) -> str:
    """The text to search for, for a term or a party; quoted where it has a space."""
    candidate = suggestion.candidate
    if candidate.group is Group.TERM:
        return suggestion.before + suggestion.form
    if candidate.group is Group.PARTY:
        return f'party:"{suggestion.form}"'
    return ""


def _address(candidate: Candidate, urls: Urls) -> str:
    match candidate.group:
        case Group.RULING:
            return urls.ruling(candidate.id)
        case Group.STATUTE:
            statute, _, article = candidate.id.partition(":")
            return urls.statute(statute, article or None)
        case Group.COLLECTION:
            return urls.collection(candidate.id)
        case _:
            return urls.search(SearchQuery(filters={candidate.group.value: (candidate.id,)}))
