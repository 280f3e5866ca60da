"""One frozen dataclass for each template: everything it may draw, each field with its help.

`tests/app/test_pages.py` holds that a template uses no name but these, `_`, `locale`, `label` and `urls`.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from app.brief_views import BriefAuthorityView, FormView, PassageView, VerdictView
from app.browse_views import CountsView, EntryView, Fact
from app.coverage import Coverage
from app.ruling_views import (
    AuthorityView,
    Card,
    CitationMap,
    CitedByView,
    PartView,
    ProvisionView,
    SimilarView,
    SourceView,
    StepView,
    WalkView,
)
from app.search.compounds import Compound
from app.search.query import SearchQuery
from app.search_views import ProblemView, ReadingView, WayOutView, WordAloneView, YearsView
from app.views import FacetValueView, FacetView, HitView, Link, TagView
from indexer.domain.collection import Collection
from indexer.domain.names import Names
from indexer.domain.ruling import Ruling
from indexer.domain.statute import Statute
from indexer.store import Manifest


def _help(text: str) -> dict[str, str]:
    return {"help": text}


@dataclass(frozen=True, slots=True)
class SearchPage:
    query: SearchQuery = dataclasses.field(metadata=_help("what was asked"))
    total: int = dataclasses.field(metadata=_help("exact number of rulings that match"))
    partial: bool = dataclasses.field(metadata=_help("time was up: at least so many match, and counts may be too low"))
    hits: tuple[HitView, ...] = dataclasses.field(metadata=_help("the hits of this page"))
    facets: tuple[FacetView, ...] = dataclasses.field(
        metadata=_help("facets with counts, their first values and those chosen; years apart")
    )
    chips: tuple[Link, ...] = dataclasses.field(metadata=_help("active filters; clicking removes one"))
    orders: tuple[Link, ...] = dataclasses.field(metadata=_help("the five sort orders"))
    sizes: tuple[Link, ...] = dataclasses.field(metadata=_help("how many hits a page may have"))
    densities: tuple[Link, ...] = dataclasses.field(metadata=_help("hits with snippets, or in one line each"))
    years: YearsView | None = dataclasses.field(metadata=_help("rulings by year of decision, a filter"))
    clear: str = dataclasses.field(metadata=_help("the same search without filters"))
    reading: ReadingView | None = dataclasses.field(metadata=_help("how the query was read"))
    ways_out: tuple[WayOutView, ...] = dataclasses.field(metadata=_help("looser searches, when nothing was found"))
    alone: tuple[WordAloneView, ...] = dataclasses.field(metadata=_help("then also: each word by itself"))
    searched: str = dataclasses.field(metadata=_help("the search in words, for the reader's own history"))
    previous: str | None = dataclasses.field(metadata=_help("address of the page before"))
    following: str | None = dataclasses.field(metadata=_help("address of the page after"))
    last_page: int = dataclasses.field(metadata=_help("number of the last page that can be asked for"))
    problem: ProblemView | None = dataclasses.field(metadata=_help("why the query can't be read, and a repaired one"))
    relaxed: bool = dataclasses.field(metadata=_help("no ruling has all words; any of them was enough"))
    parted: tuple[Compound, ...] = dataclasses.field(metadata=_help("words whose parts in one sentence were enough"))
    expansions: tuple[Link, ...] = dataclasses.field(metadata=_help("terms and the wordings searched beside them"))
    without_expansions: str = dataclasses.field(metadata=_help("the same search without other wordings"))
    suggestion: Link | None = dataclasses.field(metadata=_help("did you mean"))
    shortcuts: tuple[Link, ...] = dataclasses.field(metadata=_help("rulings and statutes that the query names"))
    not_held: tuple[str, ...] = dataclasses.field(metadata=_help("numbers in the query that are not held here"))
    took_ms: float = dataclasses.field(metadata=_help("milliseconds from query to answer"))
    coverage: Coverage = dataclasses.field(metadata=_help("what this collection holds, for an honest 'nothing found'"))
    json_url: str = dataclasses.field(metadata=_help("the same search as JSON"))
    files: tuple[Link, ...] = dataclasses.field(metadata=_help("its hits as files"))
    feed: str = dataclasses.field(metadata=_help("the same search as an Atom feed; empty if it can't be read"))


@dataclass(frozen=True, slots=True)
class RulingPage:
    ruling: Ruling = dataclasses.field(metadata=_help("the ruling"))
    numbers: tuple[str, ...] = dataclasses.field(metadata=_help("its case numbers as printed"))
    title: str = dataclasses.field(metadata=_help("its conventional name"))
    title_language: str = dataclasses.field(metadata=_help("the language the title is shown in"))
    other_title: Names = dataclasses.field(metadata=_help("both names"))
    parts: tuple[PartView, ...] = dataclasses.field(metadata=_help("its parts with numbered paragraphs"))
    long: bool = dataclasses.field(metadata=_help("so long that only what is in sight should be laid out"))
    view: str = dataclasses.field(metadata=_help("original, translation or both"))
    views: tuple[Link, ...] = dataclasses.field(metadata=_help("the ways to show the text"))
    fields: tuple[TagView, ...] = dataclasses.field(metadata=_help("legal fields with their basis"))
    teams: tuple[TagView, ...] = dataclasses.field(metadata=_help("trial team with its basis"))
    causes: tuple[TagView, ...] = dataclasses.field(metadata=_help("causes of action"))
    counsel: tuple[Link, ...] = dataclasses.field(metadata=_help("counsel as the text names them, with the paragraph"))
    statutes: tuple[ProvisionView, ...] = dataclasses.field(metadata=_help("statutes applied, and where"))
    proceedings: tuple[StepView, ...] = dataclasses.field(metadata=_help("the instances of the dispute"))
    companions: tuple[StepView, ...] = dataclasses.field(metadata=_help("companion cases"))
    undone: bool = dataclasses.field(metadata=_help("whether a later instance reversed it, wholly or in part"))
    history: str = dataclasses.field(metadata=_help("what later instances did, as far as known here"))
    authorities: tuple[AuthorityView, ...] = dataclasses.field(metadata=_help("what it cites"))
    cited_by: tuple[CitedByView, ...] = dataclasses.field(metadata=_help("rulings here that cite it"))
    picture: CitationMap | None = dataclasses.field(metadata=_help("both as a picture, where a ruling is among them"))
    similar: tuple[SimilarView, ...] = dataclasses.field(metadata=_help("rulings like it, with reasons"))
    recognition: tuple[Link, ...] = dataclasses.field(metadata=_help("lists and selections it is on"))
    sources: tuple[SourceView, ...] = dataclasses.field(metadata=_help("where its facts come from"))
    permalink: str = dataclasses.field(metadata=_help("its permanent address"))
    json_url: str = dataclasses.field(metadata=_help("the same as JSON"))
    marked: str = dataclasses.field(metadata=_help("the query whose words are marked, or empty"))
    marks: int = dataclasses.field(metadata=_help("how many places are marked"))
    walk: WalkView | None = dataclasses.field(metadata=_help("its place among the hits of the search that led here"))
    card: Card = dataclasses.field(metadata=_help("what is shown where the page is linked from"))
    earlier: tuple[Link, ...] = dataclasses.field(metadata=_help("its earlier texts, where it was corrected"))
    gone: dict[str, Link] = dataclasses.field(metadata=_help("paragraphs only earlier texts have, by id, with places"))


@dataclass(frozen=True, slots=True)
class VersionPage:
    number: int = dataclasses.field(metadata=_help("which earlier text it is; 1 is the oldest"))
    title: str = dataclasses.field(metadata=_help("the ruling's conventional name"))
    title_language: str = dataclasses.field(metadata=_help("the language the title is shown in"))
    case_number: str = dataclasses.field(metadata=_help("its main case number as printed"))
    parts: tuple[PartView, ...] = dataclasses.field(metadata=_help("its parts with numbered paragraphs"))
    present: frozenset[str] = dataclasses.field(metadata=_help("ids of the paragraphs that the present text has"))
    present_url: str = dataclasses.field(metadata=_help("the ruling as it is now"))
    permalink: str = dataclasses.field(metadata=_help("the same, in full"))
    json_url: str = dataclasses.field(metadata=_help("the earlier text as JSON"))


@dataclass(frozen=True, slots=True)
class HomePage:
    fields: tuple[FacetValueView, ...] = dataclasses.field(metadata=_help("legal fields with counts"))
    teams: tuple[FacetValueView, ...] = dataclasses.field(metadata=_help("trial teams with counts"))
    collections: tuple[Link, ...] = dataclasses.field(metadata=_help("the latest curated lists"))
    examples: tuple[Link, ...] = dataclasses.field(metadata=_help("searches to try"))
    coverage: Coverage = dataclasses.field(metadata=_help("what this collection holds"))
    newest: tuple[HitView, ...] = dataclasses.field(metadata=_help("the latest rulings"))


@dataclass(frozen=True, slots=True)
class CollectionsPage:
    collections: tuple[tuple[Collection, str, int], ...] = dataclasses.field(
        metadata=_help("each list with its address and how many of it are held")
    )


@dataclass(frozen=True, slots=True)
class CollectionPage:
    collection: Collection = dataclasses.field(metadata=_help("the list"))
    entries: tuple[EntryView, ...] = dataclasses.field(metadata=_help("its entries, held or not"))
    held: int = dataclasses.field(metadata=_help("how many of them are held"))
    sources: tuple[SourceView, ...] = dataclasses.field(metadata=_help("where the list was published"))


@dataclass(frozen=True, slots=True)
class StatutePage:
    statute: Statute = dataclasses.field(metadata=_help("the statute"))
    article: str | None = dataclasses.field(metadata=_help("the article in digits, when one was asked for"))
    article_name: str = dataclasses.field(metadata=_help("the same as it is called"))
    articles: tuple[FacetValueView, ...] = dataclasses.field(
        metadata=_help("articles named by rulings here, with counts")
    )
    rulings: tuple[HitView, ...] = dataclasses.field(metadata=_help("the rulings that apply it"))


@dataclass(frozen=True, slots=True)
class FacetPage:
    facet_name: str = dataclasses.field(metadata=_help("what the facet is called"))
    name: str = dataclasses.field(metadata=_help("what the value is called"))
    description: str = dataclasses.field(metadata=_help("what it is, or empty"))
    facts: tuple[Fact, ...] = dataclasses.field(metadata=_help("what the registry knows of it"))
    total: int = dataclasses.field(metadata=_help("how many of its rulings are held"))
    search: list[tuple[str, str]] = dataclasses.field(metadata=_help("the parameters of the search for all of them"))
    all: str = dataclasses.field(metadata=_help("the address of that search"))
    feed: str = dataclasses.field(metadata=_help("the same as an Atom feed"))
    years: tuple[Link, ...] = dataclasses.field(metadata=_help("its rulings by year of decision"))
    counts: tuple[CountsView, ...] = dataclasses.field(metadata=_help("its commonest values of other facets"))
    newest: tuple[HitView, ...] = dataclasses.field(metadata=_help("its latest rulings"))
    cited: tuple[HitView, ...] = dataclasses.field(metadata=_help("its most cited rulings"))


@dataclass(frozen=True, slots=True)
class AboutPage:
    coverage: Coverage = dataclasses.field(metadata=_help("what this collection holds"))
    manifest: Manifest = dataclasses.field(metadata=_help("the build that is served"))
    courts: tuple[FacetValueView, ...] = dataclasses.field(metadata=_help("rulings by court"))
    fields: tuple[FacetValueView, ...] = dataclasses.field(metadata=_help("rulings by legal field"))
    years: tuple[FacetValueView, ...] = dataclasses.field(metadata=_help("rulings by year of decision"))
    teams: tuple[TagView, ...] = dataclasses.field(metadata=_help("the trial teams and the rule that assigns them"))


@dataclass(frozen=True, slots=True)
class HelpPage:
    examples: tuple[tuple[str, str, str], ...] = dataclasses.field(
        metadata=_help("what to type, what it finds, and the address of that search")
    )
    field_names: tuple[tuple[str, str], ...] = dataclasses.field(
        metadata=_help("each field of the query language with its Chinese names")
    )
    limits: Mapping[str, str] = dataclasses.field(metadata=_help("the limits in words, by name"))


@dataclass(frozen=True, slots=True)
class WorkingListPage:
    formats: tuple[Link, ...] = dataclasses.field(metadata=_help("the files it can be had as"))
    at_once: int = dataclasses.field(metadata=_help("how many rulings the script may ask for at once"))


@dataclass(frozen=True, slots=True)
class ComponentsPage:
    hits: tuple[HitView, ...] = dataclasses.field(metadata=_help("rulings to show a hit with"))
    facets: tuple[FacetView, ...] = dataclasses.field(metadata=_help("facets, one with a chosen value, one long"))
    verdicts: tuple[VerdictView, ...] = dataclasses.field(metadata=_help("every verdict"))
    colours: tuple[str, ...] = dataclasses.field(metadata=_help("the names of the colour tokens"))


@dataclass(frozen=True, slots=True)
class CitePage:
    citation: str = dataclasses.field(metadata=_help("what was asked for"))
    candidates: tuple[HitView, ...] = dataclasses.field(metadata=_help("the rulings it may mean"))
    nearest: tuple[HitView, ...] = dataclasses.field(metadata=_help("when none: the nearest numbers held"))
    coverage: Coverage = dataclasses.field(metadata=_help("what this collection holds"))


@dataclass(frozen=True, slots=True)
class CiteFormsPage:
    ruling: Ruling = dataclasses.field(metadata=_help("the ruling that is cited"))
    title: str = dataclasses.field(metadata=_help("its conventional name"))
    title_language: str = dataclasses.field(metadata=_help("the language the title is shown in"))
    numbers: tuple[str, ...] = dataclasses.field(metadata=_help("its case numbers as printed"))
    url: str = dataclasses.field(metadata=_help("the address of the ruling, or of the paragraph"))
    paragraph: str = dataclasses.field(metadata=_help("the paragraph as printed, ¶12, or empty"))
    text: str = dataclasses.field(metadata=_help("the words of the paragraph, or empty"))
    forms: tuple[FormView, ...] = dataclasses.field(metadata=_help("the forms of the citation"))
    files: tuple[Link, ...] = dataclasses.field(metadata=_help("the whole ruling as a file"))


@dataclass(frozen=True, slots=True)
class BriefsPage:
    limits: Mapping[str, str] = dataclasses.field(metadata=_help("what a brief may have at most, in words, by name"))
    coverage: Coverage = dataclasses.field(metadata=_help("what this collection holds"))


@dataclass(frozen=True, slots=True)
class BriefPage:
    name: str = dataclasses.field(metadata=_help("the file's name, or empty for a pasted text"))
    pasted: str = dataclasses.field(metadata=_help("the pasted text, to be sent again; empty for a file"))
    counts: tuple[tuple[VerdictView, int], ...] = dataclasses.field(metadata=_help("citations by verdict, all named"))
    quotations: tuple[tuple[str, int], ...] = dataclasses.field(metadata=_help("quotations by agreement, none empty"))
    total: int = dataclasses.field(metadata=_help("how many citations were found"))
    passages: tuple[PassageView, ...] = dataclasses.field(metadata=_help("the brief's text, citations marked"))
    groups: tuple[tuple[str, tuple[BriefAuthorityView, ...]], ...] = dataclasses.field(
        metadata=_help("the table of authorities, by group")
    )
    coverage: Coverage = dataclasses.field(metadata=_help("what this collection holds"))


@dataclass(frozen=True, slots=True)
class ErrorPage:
    status: int = dataclasses.field(metadata=_help("HTTP status"))
    code: str = dataclasses.field(metadata=_help("the error's code, as in JSON"))
    message: str = dataclasses.field(metadata=_help("what is wrong and what to do, in the caller's language"))
    reason: str = dataclasses.field(metadata=_help("for a withdrawn ruling: why"))
