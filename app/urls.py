"""Every address of the site, built in one place; templates and JSON never join strings."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import quote, quote_plus

from app.assets import assets
from app.search.query import SearchQuery
from indexer.index.fields import FACETS

_SHORT = 100
"""Characters below which an encoded value is kept for the next address."""


@lru_cache(maxsize=10_000)
def _encoded(value: str) -> str:
    return quote_plus(value)


def _joined(params: Iterable[tuple[str, str]]) -> str:
    """As `urllib.parse.urlencode`, for names that need no encoding; a page has the same few values in every address."""
    return "&".join(
        [f"{name}={_encoded(value) if len(value) < _SHORT else quote_plus(value)}" for name, value in params]
    )


class Urls:
    """Addresses below ``base``: empty for a page, the public address for what leaves the site."""

    def __init__(self, base: str = "") -> None:
        self._base = base

    def home(self) -> str:
        """The first page."""
        return f"{self._base}/"

    def search(self, query: SearchQuery | None = None) -> str:
        """A search: its address holds its whole state."""
        params = _joined(query.to_params()) if query else ""
        return f"{self._base}/search" + (f"?{params}" if params else "")

    def toggling(self, query: SearchQuery) -> Callable[[str, str], str]:
        """For any facet and value of it, the address of ``query`` with it added, or taken away if it was there.

        A page has hundreds of these; what is the same in all of a facet is joined once.
        """
        params = query.on_page(1).to_params()
        starts: dict[str, tuple[str, str]] = {}

        def around(facet: str) -> tuple[str, str]:
            earlier = {"q", *FACETS[: FACETS.index(facet) + 1]}
            place = sum(name in earlier for name, _ in params)
            before, after = _joined(params[:place]), _joined(params[place:])
            return f"{self._base}/search?{before}{'&' if before else ''}{facet}=", f"&{after}" if after else ""

        def address(facet: str, value: str) -> str:
            if value in query.filters.get(facet, ()):
                return self.search(query.toggled(facet, value))
            if facet not in starts:
                starts[facet] = around(facet)
            start, end = starts[facet]
            return start + _encoded(value) + end

        return address

    def unfolding(self, query: SearchQuery, facet: str, whole: bool) -> str:
        """A search with all values of a facet shown, or, if not ``whole``, with its first alone."""
        params = [*query.to_params(), *([("open", facet)] if whole else [])]
        return f"{self._base}/search?{_joined(params)}#facet-{facet}"

    def api_search(self, query: SearchQuery) -> str:
        """The same search as JSON."""
        return f"{self._base}/api/v1/search?{_joined(query.to_params())}"

    def results(self, query: SearchQuery, format: str) -> str:
        """The hits of a search as a file: ``csv``, ``xlsx``, ``json`` or ``ris``."""
        params = _joined(query.on_page(1).to_params())
        return f"{self._base}/search.{format}" + (f"?{params}" if params else "")

    def feed(self, query: SearchQuery | None = None) -> str:
        """A search as an Atom feed."""
        params = _joined(query.on_page(1).to_params()) if query else ""
        return f"{self._base}/feed.atom" + (f"?{params}" if params else "")

    def opensearch(self) -> str:
        """How a browser's address bar searches here."""
        return f"{self._base}/opensearch.xml"

    def sitemap(self, number: int | None = None) -> str:
        """The list of sitemaps, or one of them."""
        return f"{self._base}/sitemaps/{number}.xml" if number else f"{self._base}/sitemap.xml"

    def browse(self, facet: str, value: str) -> str:
        """The page of a legal field, a trial team or a court."""
        return f"{self._base}/{facet}s/{quote(value)}"

    def ruling(self, id: str, paragraph: str | None = None) -> str:
        """A ruling's permanent address, or a paragraph's."""
        return f"{self._base}/rulings/{quote(id)}" + (f"#{paragraph}" if paragraph else "")

    def hit(self, id: str, query: SearchQuery, rank: int = 0, paragraph: str | None = None, view: str = "") -> str:
        """A ruling as the hit of a rank of a search: its words are marked, its neighbours among the hits are linked."""
        params = query.on_page(1).to_params()
        params += [("hit", str(rank))] if rank else []
        params += [("view", view)] if view else []
        encoded = f"?{_joined(params)}" if params else ""
        return f"{self._base}/rulings/{quote(id)}{encoded}" + (f"#{paragraph}" if paragraph else "")

    def hits(self, query: SearchQuery) -> Callable[[str, int], str]:
        """For any ruling and rank, the same as `hit`; the search is encoded once."""
        params = _joined(query.on_page(1).to_params())
        between = f"?{params}{'&' if params else ''}hit="
        return lambda id, rank: f"{self._base}/rulings/{quote(id)}{between}{rank}"

    def place(self, ruling: str, paragraph: str) -> str:
        """A paragraph of the ruling at an address."""
        return f"{ruling}#{paragraph}"

    def version(self, id: str, number: int, paragraph: str | None = None) -> str:
        """An earlier text of a ruling, or a paragraph of it."""
        return f"{self._base}/rulings/{quote(id)}/versions/{number}" + (f"#{paragraph}" if paragraph else "")

    def api_version(self, id: str, number: int) -> str:
        """An earlier text of a ruling as JSON."""
        return f"{self._base}/api/v1/rulings/{quote(id)}/versions/{number}"

    def api_ruling(self, id: str) -> str:
        """A ruling as JSON."""
        return f"{self._base}/api/v1/rulings/{quote(id)}"

    def cite_forms(self, id: str, paragraph: str | None = None) -> str:
        """Every form of a citation to a ruling, or to one of its paragraphs."""
        return f"{self._base}/rulings/{quote(id)}/cite" + (f"?{_joined([('p', paragraph)])}" if paragraph else "")

    def export(self, id: str, format: str, paragraph: str | None = None) -> str:
        """A ruling as a file: ``bib``, ``ris``, ``json``, ``md``, ``txt`` or ``xml``."""
        return f"{self._base}/rulings/{quote(id)}.{format}" + (f"?{_joined([('p', paragraph)])}" if paragraph else "")

    def briefs(self) -> str:
        """The check of a brief: its form, and where it is sent."""
        return f"{self._base}/briefs"

    def linked_brief(self) -> str:
        """Where a brief is sent that is wanted back with links."""
        return f"{self._base}/briefs/linked"

    def api_briefs(self) -> str:
        """The check of a brief as JSON."""
        return f"{self._base}/api/v1/briefs"

    def cite(self, citation: str) -> str:
        """The resolver: whatever names a ruling."""
        return f"{self._base}/cite/{quote(citation, safe='')}"

    def collections(self) -> str:
        """All curated lists."""
        return f"{self._base}/collections"

    def collection(self, name: str) -> str:
        """One curated list."""
        return f"{self._base}/collections/{quote(name)}"

    def statute(self, id: str, article: str | None = None) -> str:
        """A statute, or one article of it."""
        return f"{self._base}/statutes/{quote(id)}" + (f"/{quote(article)}" if article else "")

    def about(self) -> str:
        """Coverage and method."""
        return f"{self._base}/about"

    def help(self) -> str:
        """The query language."""
        return f"{self._base}/help"

    def components(self) -> str:
        """Every component of the pages, in every state."""
        return f"{self._base}/help/components"

    def working_list(self, format: str = "") -> str:
        """The reader's working list, or where it is sent to come back as a file: ``docx``, ``md`` or ``csv``."""
        return f"{self._base}/list" + (f".{format}" if format else "")

    def api_rulings(self) -> str:
        """Several rulings in short, as JSON."""
        return f"{self._base}/api/v1/rulings"

    def suggest(self) -> str:
        """What may be meant by what is typed so far."""
        return f"{self._base}/api/v1/suggest"

    def static(self, name: str) -> str:
        """A file of the site itself, under the name that changes with its content."""
        return f"{self._base}/static/{quote(assets()[name].name)}"
