"""A ruling as a page."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from app.catalogue import Authority, Catalogue, Step
from app.i18n import Locale
from app.labels import N_, paragraph_label, part_label, value_label
from app.pages import (
    AuthorityView,
    CitedByView,
    Link,
    ParagraphView,
    PartView,
    RulingPage,
    Run,
    StepView,
    TagView,
)
from app.presenting.card import ruling_card
from app.presenting.common import source
from app.search.query import SearchQuery
from app.search.snippets import Run as Marked
from app.search.snippets import marker
from app.urls import Urls
from indexer.citator import CitationRun, cut, find_citations, resolve
from indexer.domain.citation import CitationKind
from indexer.domain.registry import statutes
from indexer.domain.ruling import UNDOING, Basis, Procedure, Provision, Recognition, Relation, Ruling, Tag
from indexer.domain.statute import article_in_english, article_key

VIEWS: Mapping[str, str] = {"both": N_("Side by side"), "original": N_("Original"), "translation": N_("Translation")}
KINDS: Mapping[str, str] = {
    "case-number": N_("Ruling"),
    "guiding-case": N_("Guiding case"),
    "database-entry": N_("People's Courts Case Database"),
    "provision": N_("Statute"),
    "interpretation": N_("Judicial interpretation or document"),
    "agency-decision": N_("Agency decision"),
}
_LATER_UNKNOWN = N_("A later instance is held here: %(number)s. Its outcome is not stated.")
Marker = Callable[[str], tuple[Marked, ...]]
_LATER = {
    Procedure.FIRST_INSTANCE: (Relation.SECOND_INSTANCE, Relation.RETRIAL),
    Procedure.SECOND_INSTANCE: (Relation.RETRIAL,),
}


def ruling_page(
    ruling: Ruling, catalogue: Catalogue, locale: Locale, urls: Urls, absolute: Urls, text: str, view: str
) -> RulingPage:
    """The page of a ruling; the words of the query ``text`` are marked in it."""
    translated = any(paragraph.translation for _, paragraph in ruling.paragraphs)
    view = view if view in VIEWS else _usual_view(translated, locale)
    steps = catalogue.proceedings(ruling)
    return RulingPage(
        ruling=ruling,
        numbers=tuple(number.printed or str(number) for number in ruling.numbers),
        title=locale.name(ruling.title),
        title_language=ruling.title.language(locale.code),
        other_title=ruling.title,
        parts=_parts(ruling, catalogue, locale, urls, marker(text), view if translated else "original"),
        view=view if translated else "original",
        views=_views(ruling, view, text, locale, urls) if translated else (),
        fields=tuple(_tag("field", tag, locale, urls) for tag in ruling.fields),
        teams=tuple(_tag("team", tag, locale, urls) for tag in ruling.teams),
        causes=tuple(_tag("cause", tag, locale, urls) for tag in ruling.causes),
        statutes=tuple(_provision(provision, locale, urls) for provision in ruling.statutes),
        proceedings=tuple(_step(step, locale, urls) for step in steps) if len(steps) > 1 else (),
        history=_history(ruling, steps, locale),
        authorities=tuple(_authority(each, ruling, locale, urls) for each in catalogue.authorities(ruling.id)),
        cited_by=tuple(
            CitedByView(
                locale.name(each.ruling.title),
                each.ruling.title.language(locale.code),
                each.ruling.number.printed,
                urls.ruling(each.ruling.id, each.paragraphs[0] if each.paragraphs else None),
                each.depth,
            )
            for each in catalogue.cited_by(ruling.id)
        ),
        recognition=tuple(
            Link(
                _recognised(entry, locale),
                urls.collection(entry.collection) if entry.collection else "",
            )
            for entry in ruling.recognition
        ),
        sources=tuple(map(source, ruling.sources)),
        permalink=absolute.ruling(ruling.id),
        json_url=urls.api_ruling(ruling.id),
        marked=text,
        card=ruling_card(ruling, locale, absolute),
    )  # fmt: skip


def provision_label(provision: Provision, locale: Locale) -> str:
    """A provision in full: law, version, article."""
    name = locale.name(statutes()[provision.statute].name)
    if locale.code == "zh-Hans":
        version = f"（{provision.version}）" if provision.version else ""
        return f"《{name}》{version}{provision.article or ''}"
    version = f" ({provision.version})" if provision.version else ""
    return f"{name}{version}" + (f", {article_in_english(provision.article)}" if provision.article else "")


def _recognised(entry: Recognition, locale: Locale) -> str:
    name = locale.name(entry.name)
    return name if entry.year is None or str(entry.year) in name else f"{name} ({entry.year})"


def _usual_view(translated: bool, locale: Locale) -> str:
    return "both" if translated and locale.code == "en" else "original"


def _parts(
    ruling: Ruling, catalogue: Catalogue, locale: Locale, urls: Urls, mark: Marker, view: str
) -> tuple[PartView, ...]:
    def paragraph_view(id: str, text: str, translation: str | None) -> ParagraphView:
        original = _runs(text, mark, catalogue, urls, ruling.id) if view != "translation" or not translation else ()
        other = _runs(translation, mark, catalogue, urls, ruling.id) if translation and view != "original" else None
        return ParagraphView(id, paragraph_label(id), original, other)

    return tuple(
        PartView(
            section.part.value,
            part_label(section.part, locale),
            tuple(paragraph_view(p.id, p.text, p.translation) for p in section.paragraphs),
        )
        for section in ruling.sections
    )


def _runs(text: str, mark: Marker, catalogue: Catalogue, urls: Urls, own: str) -> tuple[Run, ...]:
    """The text with matched words marked and citations linked."""
    linked: list[tuple[int, int, str]] = []
    position = 0
    for run in cut(text, resolve(find_citations(text), catalogue.resolve)):
        end = position + len(run.text)
        if isinstance(run, CitationRun) and (url := _citation_url(run, urls, own)):
            linked.append((position, end, url))
        position = end
    marks: list[tuple[int, int]] = []
    position = 0
    for piece in mark(text):
        if piece.marked:
            marks.append((position, position + len(piece.text)))
        position += len(piece.text)
    return _overlaid(text, linked, marks)


def _overlaid(text: str, linked: Sequence[tuple[int, int, str]], marks: Sequence[tuple[int, int]]) -> tuple[Run, ...]:
    edges = sorted(
        {0, len(text), *(p for start, end, _ in linked for p in (start, end)), *(p for m in marks for p in m)}
    )
    runs = []
    for start, end in pairwise(edges):
        url = next((url for left, right, url in linked if left <= start and end <= right), None)
        runs.append(Run(text[start:end], any(left <= start and end <= right for left, right in marks), url))
    return tuple(runs)


def _citation_url(run: CitationRun, urls: Urls, own: str) -> str | None:
    citation, rulings = run.resolution.citation, run.resolution.rulings
    if citation.kind is CitationKind.PROVISION:
        statute, _, article = citation.key.partition(":")
        return urls.statute(statute, article or None)
    if len(rulings) == 1 and rulings[0] != own:
        return urls.ruling(rulings[0])
    return urls.cite(citation.text) if len(rulings) > 1 else None


def _views(ruling: Ruling, view: str, text: str, locale: Locale, urls: Urls) -> tuple[Link, ...]:
    base = urls.ruling(ruling.id, text=text)
    join = "&" if "?" in base else "?"
    return tuple(Link(locale.gettext(label), f"{base}{join}view={name}", name == view) for name, label in VIEWS.items())


def _tag(facet: str, tag: Tag, locale: Locale, urls: Urls) -> TagView:
    basis = value_label("basis", tag.basis.value, locale)
    if tag.basis is Basis.RULE and tag.note:
        basis = locale.name(tag.note)
    return TagView(
        value_label(facet, tag.value, locale), basis, urls.search(SearchQuery(filters={facet: (tag.value,)}))
    )


def _provision(provision: Provision, locale: Locale, urls: Urls) -> Link:
    article = article_key(provision.article) if provision.article else None
    return Link(provision_label(provision, locale), urls.statute(provision.statute, article))


def _step(step: Step, locale: Locale, urls: Urls) -> StepView:
    ruling = step.ruling
    return StepView(
        relation=value_label("relation", step.relation.value, locale),
        number=step.number,
        court=value_label("court", step.court, locale) if step.court else "",
        url=urls.ruling(ruling.id) if ruling and not step.is_this else None,
        outcome=value_label("outcome", ruling.outcome.value, locale) if ruling and ruling.outcome else "",
        date=locale.date(ruling.decision_date) if ruling and ruling.decision_date else "",
        is_this=step.is_this,
    )


def _history(ruling: Ruling, steps: Sequence[Step], locale: Locale) -> str:
    """What later instances did to this ruling, as far as known here; never more.

    A source's own words come first; else every later ruling that is held speaks, in order.
    """
    if ruling.later is not None:
        first = [locale.gettext("Does not stand as it was.")] if ruling.later.outcome in UNDOING else []
        return " ".join([*first, locale.name(ruling.later.note)])
    later = [step for step in steps if step.relation in _LATER.get(ruling.procedure, ()) and not step.is_this]
    if not later:
        if ruling.procedure is Procedure.FIRST_INSTANCE:
            return locale.gettext("No later instance is known here; whether the ruling took effect is not confirmed.")
        return ""
    undone = any(step.ruling and step.ruling.outcome in UNDOING for step in later)
    said = [locale.gettext("Does not stand as it was.")] if undone else []
    return " ".join([*said, *(_later_step(step, locale) for step in later)])


def _later_step(step: Step, locale: Locale) -> str:
    if step.ruling is None:
        return locale.gettext("A later instance is known, but not held here: %(number)s.", number=step.number)
    if step.ruling.outcome is None:
        return locale.gettext(_LATER_UNKNOWN, number=step.number)
    outcome = value_label("outcome", step.ruling.outcome.value, locale)
    return locale.gettext("A later instance, %(number)s, ended with: %(outcome)s.", number=step.number, outcome=outcome)


def _authority(authority: Authority, ruling: Ruling, locale: Locale, urls: Urls) -> AuthorityView:
    url = None
    if authority.kind == CitationKind.PROVISION.value:
        statute, _, article = authority.key.partition(":")
        url = urls.statute(statute, article or None)
    elif authority.cited_id:
        url = urls.ruling(authority.cited_id)
    elif authority.state == "ambiguous":
        url = urls.cite(authority.text)
    places = tuple(Link(paragraph_label(id), urls.ruling(ruling.id, id)) for id in authority.paragraphs)
    return AuthorityView(authority, url, locale.gettext(KINDS[authority.kind]), places)
