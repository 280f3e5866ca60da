"""What an engine is to do for one query; printable, and the same for every engine."""

from collections.abc import Mapping
from dataclasses import dataclass

from whoosh.query import Every, Query

from app.search.query import Order, SearchQuery


@dataclass(frozen=True, slots=True)
class SearchPlan:
    tree: Query
    filters: Mapping[str, tuple[str, ...]]
    order: Order
    first: int
    """The rank of the first hit wanted, from 0."""
    size: int

    def lines(self) -> list[str]:
        """The plan for a person to read."""
        return [
            f"match    {self.tree!r}",
            *(f"filter   {name} is {' or '.join(values)}" for name, values in self.filters.items()),
            f"order    {self.order.value}",
            f"hits     {self.first + 1} to {self.first + self.size}",
        ]


def plan(query: SearchQuery, tree: Query | None) -> SearchPlan:
    """The plan for a query of which ``tree`` is the text as parsed; no text matches every ruling."""
    order = Order.NEWEST if tree is None and query.order is Order.RELEVANCE else query.order
    return SearchPlan(tree or Every(), query.filters, order, (query.page - 1) * query.size, query.size)
