"""What is asked: the query text, the filters and how the answer is to be laid out; an address and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.errors import BadRequest
from app.settings import DEFAULT_PAGE_SIZE, MAX_DEPTH_HITS, MAX_PAGE_SIZE
from indexer.index.fields import FACETS


class Order(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    CITED = "cited"
    TIER = "tier"
    """By authority, as Art. 4 of 法发〔2020〕24号 orders similar cases: guiding, supreme, high, …"""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = ()  # type: ignore[assignment]
    """Values by facet; several of one facet are OR, several facets AND."""
    order: Order = Order.RELEVANCE
    page: int = 1
    size: int = DEFAULT_PAGE_SIZE
    expand: bool = True
    compact: bool = False
    """Whether hits are shown in one line each, without snippets."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "filters", dict(self.filters))

    @classmethod
    def from_params(cls, params: Iterable[tuple[str, str]]) -> "SearchQuery":
        """The query that an address's parameters ask for; raises `BadRequest` for a bad one."""
        filters: dict[str, tuple[str, ...]] = {}
        single: dict[str, str] = {}
        for name, value in params:
            if name in FACETS:
                if value and value not in filters.get(name, ()):
                    filters[name] = (*filters.get(name, ()), value)
            else:
                single[name] = value
        page, size = _whole(single, "page", 1), _whole(single, "size", DEFAULT_PAGE_SIZE)
        if not 1 <= size <= MAX_PAGE_SIZE:
            raise BadRequest("size must be from 1 to %(limit)d.", {"limit": MAX_PAGE_SIZE}, limit=MAX_PAGE_SIZE)
        if page < 1 or (page - 1) * size >= MAX_DEPTH_HITS:
            raise BadRequest(
                "page must be at least 1, and no page lies beyond hit %(limit)d.",
                {"limit": MAX_DEPTH_HITS},
                limit=MAX_DEPTH_HITS,
            )
        compact = single.get("density") == "compact"
        return cls(
            single.get("q", "").strip(), filters, _order(single), page, size, single.get("expand") != "0", compact
        )

    def to_params(self) -> list[tuple[str, str]]:
        """The parameters of this query's address, in a fixed order, defaults left out."""
        params = [("q", self.text)] if self.text else []
        params += [(name, value) for name in FACETS for value in self.filters.get(name, ())]
        if self.order is not Order.RELEVANCE:
            params.append(("sort", self.order.value))
        if self.size != DEFAULT_PAGE_SIZE:
            params.append(("size", str(self.size)))
        if not self.expand:
            params.append(("expand", "0"))
        if self.compact:
            params.append(("density", "compact"))
        if self.page != 1:
            params.append(("page", str(self.page)))
        return params

    def toggled(self, facet: str, value: str) -> "SearchQuery":
        """The same query with one facet value added, or taken away if it was there; first page."""
        values = self.filters.get(facet, ())
        kept: Sequence[str] = [v for v in values if v != value] if value in values else [*values, value]
        filters = {**self.filters, facet: tuple(kept)}
        return replace(self, filters={name: chosen for name, chosen in filters.items() if chosen}, page=1)

    def within(self, first: int | None, last: int | None, held: Iterable[str]) -> "SearchQuery":
        """The same query for the years of decision from ``first`` to ``last``, of those ``held``; first page.

        A span without any year held is kept as its ends, so that nothing is found rather than everything.
        """
        years = sorted(year for year in held if year.isdigit() and (first or 0) <= int(year) <= (last or 9999))
        ends = [str(year) for year in (first, last) if year is not None]
        others = {name: values for name, values in self.filters.items() if name != "year"}
        chosen = tuple(years or ends) if ends else ()
        return replace(self, filters={**others, "year": chosen} if chosen else others, page=1)

    def with_text(self, text: str) -> "SearchQuery":
        """The same filters for another text; first page."""
        return replace(self, text=text, page=1)

    def on_page(self, page: int) -> "SearchQuery":
        """Another page of the same."""
        return replace(self, page=page)


def _whole(single: Mapping[str, str], name: str, default: int) -> int:
    text = single.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadRequest(
            "%(name)s must be a whole number, not “%(value)s”.", {"parameter": name}, name=name, value=text
        )
    return int(text)


def years_asked(params: Iterable[tuple[str, str]]) -> tuple[int | None, int | None] | None:
    """The span of years that ``from`` and ``to`` ask for; None when neither is there. Raises `BadRequest`."""
    single = {name: value.strip() for name, value in params if name in ("from", "to")}
    if not single:
        return None
    first, last = (_whole(single, name, 0) if single.get(name) else None for name in ("from", "to"))
    return (last, first) if first is not None and last is not None and last < first else (first, last)


def _order(single: Mapping[str, str]) -> Order:
    text = single.get("sort") or Order.RELEVANCE.value
    try:
        return Order(text)
    except ValueError:
        raise BadRequest(
            "sort must be one of %(allowed)s.",
            {"parameter": "sort", "allowed": [order.value for order in Order]},
            allowed=", ".join(Order),
        ) from None
