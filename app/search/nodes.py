"""Query nodes that Whoosh does not have; together with Whoosh's own they make the one syntax tree.

Whatever the engine, a leaf names a query field (`app.search.query_fields`), not an index field.
"""

from dataclasses import dataclass

from whoosh.query import Query


class _Node(Query):  # type: ignore[misc]
    boost = 1.0

    def is_leaf(self) -> bool:
        return True

    def __str__(self) -> str:
        return repr(self)


@dataclass(eq=True, frozen=True, repr=False)
class Exact(_Node):
    """A text that must stand there character for character (folded)."""

    fieldname: str
    text: str
    boost: float = 1.0

    def __repr__(self) -> str:
        return f'{self.fieldname}:"{self.text}"'


@dataclass(eq=True, frozen=True, repr=False)
class Near(_Node):
    """Words within ``slop`` words of each other, in any order; ``ordered``: side by side as given."""

    fieldname: str
    words: tuple[str, ...]
    slop: int
    ordered: bool = False
    boost: float = 1.0

    def __repr__(self) -> str:
        return f"{self.fieldname}:[{' '.join(self.words)}]~{self.slop}{' in order' if self.ordered else ''}"


@dataclass(eq=True, frozen=True, repr=False)
class Together(_Node):
    """Both sides in one ``sentence`` or one ``paragraph``."""

    scope: str
    left: Query
    right: Query
    boost: float = 1.0

    def __repr__(self) -> str:
        return f"({self.left!r} in one {self.scope} with {self.right!r})"


@dataclass(eq=True, frozen=True, repr=False)
class DateWithin(_Node):
    """Decided, as far as is known, between two days (yyyymmdd, both included)."""

    first: int
    last: int
    boost: float = 1.0

    def __repr__(self) -> str:
        return f"date:{self.first}..{self.last}"
