"""A query as understood: its tree, or the problem with a repaired query."""

from dataclasses import dataclass

from whoosh.query import Query

from app.search.compounds import Compound
from app.search.glossary import Expansion


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a query can't be read as it stands, and one that can."""

    code: str
    value: str
    repaired: str


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as understood."""

    tree: Query | None
    """None when there is a problem, or nothing to look for."""
    problem: Problem | None = None
    expansions: tuple[Expansion, ...] = ()
    numbers: tuple[str, ...] = ()
    """Keys of the case numbers, guiding cases and database entries named."""
    provisions: tuple[str, ...] = ()
    """Keys of the statutes and articles named: ``patent-law:22``."""
    relaxable: bool = False
    """Whether words were joined by all-of, so that any-of would find more."""
    compounds: tuple[Compound, ...] = ()
    """Words that would find more if their parts in one sentence were enough."""
