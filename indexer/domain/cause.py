"""Causes of action (案由): a tree, after the Supreme People's Court's catalogue of civil causes."""

from dataclasses import dataclass

from indexer.domain.names import Names


@dataclass(frozen=True, slots=True)
class Cause:
    id: str
    name: Names
    case_type: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    """Other Chinese wordings met in rulings."""
