"""A search's hits as a list to carry away: the same rows for every file format."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.catalogue import Catalogue
from app.i18n import Locale
from app.labels import N_, value_label
from app.search.searcher import SearchResults
from app.urls import Urls
from indexer.domain.ruling import Ruling, Tag

COLUMNS: Sequence[tuple[str, str]] = (
    ("rank", N_("Rank")),
    ("case_number", N_("Case number")),
    ("title_zh", N_("Title (Chinese)")),
    ("title_en", N_("Title (English)")),
    ("court", N_("Court")),
    ("decided", N_("Decided")),
    ("document", N_("Document")),
    ("procedure", N_("Procedure")),
    ("causes", N_("Causes")),
    ("fields", N_("Legal fields")),
    ("teams", N_("Trial teams, by rule")),
    ("outcome", N_("Outcome")),
    ("history", N_("Later history")),
    ("statutes", N_("Statutes applied")),
    ("cited_by", N_("Cited by")),
    ("text", N_("Text held")),
    ("address", N_("Address")),
)
"""The columns of a list of rulings: name in JSON, heading in a table."""

STOPPED = N_(
    "The search took too long and was stopped: there may be more rulings, here and in every count. "
    "A narrower search finds them all."
)
_FIRST = N_("Only the first %(listed)s of %(total)s rulings are listed here.")


@dataclass(frozen=True, slots=True)
class ResultList:
    """Hits with their rulings, in rank order; ``total`` may be more than are listed."""

    total: int
    rulings: tuple[Ruling, ...]
    rows: tuple[dict[str, str | int], ...]
    """One for each ruling, its keys those of `COLUMNS`."""
    partial: bool = False
    """Whether time was up before all was read."""
    notice: str = ""
    """What a reader must know who takes the list for complete; else empty."""


def result_list(results: SearchResults, catalogue: Catalogue, locale: Locale, absolute: Urls) -> ResultList:
    """The hits of a search as rows, labels in the caller's language, addresses absolute."""
    held = catalogue.rulings(hit.id for hit in results.hits)
    undone = catalogue.undone(held)
    hits = [hit for hit in results.hits if hit.id in held]
    rows = tuple(
        {"rank": rank, "cited_by": hit.cited_by, **cells(held[hit.id], hit.id in undone, locale, absolute)}
        for rank, hit in enumerate(hits, 1)
    )
    rulings = tuple(held[hit.id] for hit in hits)
    return ResultList(results.total, rulings, rows, results.partial, notice(results, len(rows), locale))


def notice(results: SearchResults, listed: int, locale: Locale) -> str:
    """That a search was stopped, or that not all it found is listed; else empty."""
    if results.partial:
        return locale.gettext(STOPPED)
    if listed < results.total:
        return locale.gettext(_FIRST, listed=f"{listed:,}", total=f"{results.total:,}")
    return ""


def cells(ruling: Ruling, undone: bool, locale: Locale, absolute: Urls) -> dict[str, str | int]:
    """What the columns say of one ruling, but for its rank and how often it is cited."""
    statutes = dict.fromkeys(provision.statute for provision in ruling.statutes)
    return {
        "case_number": "、".join(number.printed or str(number) for number in ruling.numbers),
        "title_zh": ruling.title.zh or "",
        "title_en": ruling.title.en or "",
        "court": value_label("court", ruling.court, locale),
        "decided": str(ruling.decision_date or ""),
        "document": value_label("document_type", ruling.document_type.value, locale),
        "procedure": value_label("procedure", ruling.procedure.value, locale),
        "causes": _tags("cause", ruling.causes, locale),
        "fields": _tags("field", ruling.fields, locale),
        "teams": _tags("team", ruling.teams, locale),
        "outcome": value_label("outcome", ruling.outcome.value, locale) if ruling.outcome else "",
        "history": locale.gettext("reversed later, wholly or in part") if undone else "",
        "statutes": "; ".join(value_label("statute", statute, locale) for statute in statutes),
        "text": value_label("text", ruling.text.value, locale),
        "address": absolute.ruling(ruling.id),
    }


def _tags(facet: str, tags: Sequence[Tag], locale: Locale) -> str:
    return "; ".join(value_label(facet, tag.value, locale) for tag in tags)
