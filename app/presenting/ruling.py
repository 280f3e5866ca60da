"""A ruling as a page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.catalogue import Authority, Catalogue, CitedBy
from app.i18n import Locale
from app.labels import N_, article_label, paragraph_label, value_label
from app.pages import RulingPage
from app.presenting.card import ruling_card
from app.presenting.citation_map import citation_map
from app.presenting.common import source
from app.presenting.course import course, history
from app.presenting.likeness import similar_rulings
from app.presenting.ruling_text import marks, parts
from app.presenting.version import earlier_texts, gone_paragraphs
from app.ruling_views import AuthorityView, CitedByView, PartView, ProvisionView, WalkView
from app.search.query import SearchQuery
from app.search.searcher import Searcher
from app.search.snippets import markers
from app.search.walk import Place
from app.urls import Urls
from app.views import Link, TagView
from indexer.domain.citation import CitationKind
from indexer.domain.registry import statutes
from indexer.domain.ruling import Basis, Part, Provision, Recognition, Ruling, Tag
from indexer.domain.statute import article_in_english, article_key

VIEWS: Mapping[str, str] = {"both": N_("Side by side"), "original": N_("Original"), "translation": N_("Translation")}
KINDS: Mapping[str, str] = {
    "case-number": N_("Ruling"),
    "guiding-case": N_("Guiding case"),
    "database-entry": N_("People’s Courts Case Database"),
    "provision": N_("Statute"),
    "interpretation": N_("Judicial interpretation or document"),
    "agency-decision": N_("Agency decision"),
}
_LONG = 150
"""Paragraphs from which on a browser is told to lay out only what is in sight."""
_COUNSEL = re.compile(r"(?:共同)?(?:委托)?(?:诉讼)?代理人[:：]|辩护人[:：]")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a ruling is looked at: from which search, at which of its hits, in which view."""

    query: SearchQuery
    """The words to mark, and the filters of the search that led here."""
    place: Place | None
    view: str


def ruling_page(
    ruling: Ruling,
    catalogue: Catalogue,
    searcher: Searcher,
    locale: Locale,
    urls: Urls,
    absolute: Urls,
    reading: Reading,
) -> RulingPage:
    """The page of a ruling; the words of the query that led to it are marked."""
    translated = any(paragraph.translation for _, paragraph in ruling.paragraphs)
    view = reading.view if reading.view in VIEWS else _usual_view(translated, locale)
    view = view if translated else "original"
    steps = catalogue.proceedings(ruling)
    undone = catalogue.undone(step.ruling.id for step in steps if step.ruling)
    line, companions = course(steps, undone, locale, urls)
    cites, cited_by = catalogue.authorities(ruling.id), catalogue.cited_by(ruling.id)
    cited = catalogue.rulings({each.cited_id for each in cites if each.cited_id and each.cited_id != ruling.id})
    versions = catalogue.versions(ruling.id)
    text = _marked(ruling, reading, view, catalogue, locale, urls)
    return RulingPage(
        ruling=ruling,
        numbers=tuple(number.printed or str(number) for number in ruling.numbers),
        title=locale.name(ruling.title),
        title_language=ruling.title.language(locale.code),
        other_title=ruling.title,
        parts=text,
        long=len(ruling.paragraphs) >= _LONG,
        view=view,
        views=_views(ruling, view, reading, locale, urls) if translated else (),
        fields=tuple(_tag("field", tag, locale, urls) for tag in ruling.fields),
        teams=tuple(_tag("team", tag, locale, urls) for tag in ruling.teams),
        causes=tuple(_tag("cause", tag, locale, urls) for tag in ruling.causes),
        counsel=_counsel(ruling, urls),
        statutes=tuple(_provision(provision, cites, ruling, locale, urls) for provision in ruling.statutes),
        proceedings=line,
        companions=companions,
        history=history(ruling, steps, locale),
        undone=ruling.id in undone,
        authorities=tuple(_authority(each, ruling, cited, locale, urls) for each in cites),
        cited_by=tuple(_cited_by(each, locale, urls) for each in cited_by),
        picture=citation_map(ruling, cites, cited, cited_by, locale, urls),
        similar=similar_rulings(
            ruling, [step.ruling.id for step in steps if step.ruling], searcher, catalogue, locale, urls
        ),
        recognition=tuple(_recognised(entry, locale, urls) for entry in ruling.recognition),
        sources=tuple(map(source, ruling.sources)),
        permalink=absolute.ruling(ruling.id),
        json_url=urls.api_ruling(ruling.id),
        marked=reading.query.text,
        marks=marks(text),
        walk=_walk(reading, urls),
        card=ruling_card(ruling, locale, absolute),
        earlier=earlier_texts(ruling, versions, locale, urls),
        gone=gone_paragraphs(ruling, versions, urls),
    )  # fmt: skip


def _marked(
    ruling: Ruling, reading: Reading, view: str, catalogue: Catalogue, locale: Locale, urls: Urls
) -> tuple[PartView, ...]:
    """The text with what was searched marked; where none of it stands, the parts of its words."""
    text: tuple[PartView, ...] = ()
    for mark in markers(reading.query.text, reading.query.expand):
        text = parts(ruling, catalogue, locale, urls, mark, view)
        if marks(text):
            break
    return text


def provision_label(provision: Provision, locale: Locale) -> str:
    """A provision in full: law, version, article."""
    name = locale.name(statutes()[provision.statute].name)
    if locale.code == "zh-Hans":
        version = f"（{provision.version}）" if provision.version else ""
        return f"《{name}》{version}{provision.article or ''}"
    version = f" ({provision.version})" if provision.version else ""
    return f"{name}{version}" + (f", {article_in_english(provision.article)}" if provision.article else "")


def _recognised(entry: Recognition, locale: Locale, urls: Urls) -> Link:
    name = locale.name(entry.name)
    text = name if entry.year is None or str(entry.year) in name else f"{name} ({entry.year})"
    return Link(text, urls.collection(entry.collection) if entry.collection else "")


def _usual_view(translated: bool, locale: Locale) -> str:
    return "both" if translated and locale.code == "en" else "original"


def _views(ruling: Ruling, view: str, reading: Reading, locale: Locale, urls: Urls) -> tuple[Link, ...]:
    rank = reading.place.rank if reading.place else 0
    return tuple(
        Link(locale.gettext(label), urls.hit(ruling.id, reading.query, rank, view=name), name == view)
        for name, label in VIEWS.items()
    )


def _walk(reading: Reading, urls: Urls) -> WalkView | None:
    place, query = reading.place, reading.query
    if place is None:
        return None

    def neighbour(id: str | None, rank: int) -> str:
        return urls.hit(id, query, rank, view=reading.view) if id else ""

    back = query.on_page((place.rank - 1) // query.size + 1)
    return WalkView(
        place.rank,
        place.total,
        neighbour(place.before, place.rank - 1),
        neighbour(place.after, place.rank + 1),
        urls.search(back),
    )


def _tag(facet: str, tag: Tag, locale: Locale, urls: Urls) -> TagView:
    basis = value_label("basis", tag.basis.value, locale)
    if tag.basis in (Basis.RULE, Basis.INFERRED) and tag.note:
        basis = locale.name(tag.note)
    if tag.basis is Basis.INFERRED and tag.confidence:
        sure = value_label("confidence", tag.confidence.value, locale)
        basis = locale.gettext("inferred, %(sure)s: %(basis)s", sure=sure, basis=basis)
    return TagView(
        value_label(facet, tag.value, locale), basis, urls.search(SearchQuery(filters={facet: (tag.value,)}))
    )


def _counsel(ruling: Ruling, urls: Urls) -> tuple[Link, ...]:
    """The paragraphs among the parties' particulars that name counsel, as printed."""
    named = [p for part, p in ruling.paragraphs if part is Part.PARTIES and _COUNSEL.match(p.text)]
    return tuple(Link(paragraph.text.rstrip("。"), f"#{paragraph.id}") for paragraph in named)


def _provision(
    provision: Provision, cites: Sequence[Authority], ruling: Ruling, locale: Locale, urls: Urls
) -> ProvisionView:
    """A statute applied, with the paragraphs of this ruling whose text names it."""
    article = article_key(provision.article) if provision.article else None
    wanted = f"{provision.statute}:{article}" if article else provision.statute
    places = [
        id
        for each in cites
        if each.kind == CitationKind.PROVISION.value
        and (each.key == wanted or (article is None and each.key.partition(":")[0] == wanted))
        for id in each.paragraphs
    ]
    return ProvisionView(
        provision_label(provision, locale),
        urls.statute(provision.statute, article),
        tuple(Link(paragraph_label(id), f"#{id}") for id in dict.fromkeys(places)),
    )


def _cited_by(each: CitedBy, locale: Locale, urls: Urls) -> CitedByView:
    title = each.ruling.title
    return CitedByView(
        locale.name(title),
        title.language(locale.code),
        each.ruling.number.printed or str(each.ruling.number),
        locale.date(each.ruling.decision_date) if each.ruling.decision_date else "",
        urls.ruling(each.ruling.id, each.paragraphs[0] if each.paragraphs else None),
        each.depth,
    )


def _authority(
    authority: Authority, ruling: Ruling, cited: Mapping[str, Ruling], locale: Locale, urls: Urls
) -> AuthorityView:
    url, name, language = None, "", ""
    if authority.kind == CitationKind.PROVISION.value:
        statute, _, article = authority.key.partition(":")
        url = urls.statute(statute, article or None)
        if authority.text.startswith("第") and article:  # the law is named before: 合同法第七条、第八条
            name, language = f"{locale.name(statutes()[statute].name)} {article_label(article, locale)}", locale.code
    elif authority.cited_id and authority.cited_id != ruling.id:
        url = urls.ruling(authority.cited_id)
    elif authority.state == "ambiguous":
        url = urls.cite(authority.text)
    other = cited.get(authority.cited_id or "")
    places = tuple(Link(paragraph_label(id), f"#{id}") for id in dict.fromkeys(authority.paragraphs))
    return AuthorityView(
        authority,
        url,
        locale.gettext(KINDS[authority.kind]),
        locale.name(other.title) if other else name,
        other.title.language(locale.code) if other else language,
        places,
    )
