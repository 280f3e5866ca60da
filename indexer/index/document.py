"""What the full-text index holds of a ruling, whatever the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from indexer.domain.case_number import romanised_key
from indexer.domain.citation import CitationKind
from indexer.domain.court import Court
from indexer.domain.linked import Linked, keys_of
from indexer.domain.registry import cause_path, courts
from indexer.domain.ruling import RecognitionKind, Ruling
from indexer.domain.statute import article_key
from indexer.index.analysis import fold_all
from indexer.index.fields import FACETS, NOT_STATED, ZONE_OF_PART


class Segment(NamedTuple):
    """A stretch of text that a phrase may not run out of: a paragraph, a title, a name; folded."""

    zone: str
    text: str


@dataclass(frozen=True, slots=True)
class IndexDocument:
    id: str
    segments: tuple[Segment, ...]
    numbers: tuple[str, ...]
    """Every name it can be called by: case numbers, their romanised keys, guiding case, database entry."""
    cites: tuple[str, ...]
    statutes: tuple[str, ...]
    """``patent-law`` and ``patent-law:22`` for each provision."""
    date_first: int | None
    """The earliest day of decision, yyyymmdd."""
    date_last: int | None
    facets: Mapping[str, tuple[str, ...]]
    tier: int
    """Rank of authority, 1 highest: guiding case, Supreme People's Court, high court, intermediate, basic."""
    cited_by: int


def document(linked: Linked, cited_by: int) -> IndexDocument:
    """The index's view of a linked ruling; ``cited_by`` counts the rulings of the build that cite it."""
    ruling = linked.ruling
    date = ruling.decision_date
    return IndexDocument(
        id=ruling.id,
        segments=tuple(_segments(ruling)),
        numbers=_names(ruling),
        cites=tuple(dict.fromkeys(found.resolution.citation.key for found in linked.citations)),
        statutes=_statutes(linked),
        date_first=int(date.first.strftime("%Y%m%d")) if date else None,
        date_last=int(date.last.strftime("%Y%m%d")) if date else None,
        facets=facets(linked),
        tier=_tier(ruling),
        cited_by=cited_by,
    )


def facets(linked: Linked) -> dict[str, tuple[str, ...]]:
    """The values of every facet; "not stated" where the ruling states none."""
    ruling = linked.ruling
    court = courts()[ruling.court]
    values: dict[str, tuple[str, ...]] = {
        "field": tuple(tag.value for tag in ruling.fields),
        "team": tuple(tag.value for tag in ruling.teams),
        "court": _court_path(court),
        "level": (court.level.value,),
        "year": (str(ruling.decision_date.year),) if ruling.decision_date else (),
        "filed": (str(ruling.number.year),),
        "cause": tuple(dict.fromkeys(step for tag in ruling.causes for step in cause_path(tag.value))),
        "procedure": (ruling.procedure.value,),
        "case_type": (ruling.case_type.value,),
        "document_type": (ruling.document_type.value,),
        "outcome": (ruling.outcome.value,) if ruling.outcome else (),
        "statute": tuple(dict.fromkeys(provision.statute for provision in ruling.statutes)),
        "recognition": tuple(dict.fromkeys(entry.kind.value for entry in ruling.recognition)),
        "text": (ruling.text.value,),
    }
    return {name: values[name] or (NOT_STATED,) for name in FACETS}


def _court_path(court: Court) -> tuple[str, ...]:
    """The court, and for a tribunal also the court it belongs to."""
    return (court.id, court.parent) if court.kind == "tribunal" and court.parent else (court.id,)


def _segments(ruling: Ruling) -> list[Segment]:
    court = courts()[ruling.court]
    pairs = [
        ("title", ruling.title),
        ("cause", ruling.cause),
        ("court", court.name),
        *(("party", party.name) for party in ruling.parties),
        *(("panel", member.name) for member in ruling.panel),
    ]
    texts = [(zone, text) for zone, names in pairs for text in (names.zh, names.en)]
    for part, paragraph in ruling.paragraphs:
        texts += [(ZONE_OF_PART[part], paragraph.text), (ZONE_OF_PART[part], paragraph.translation)]
    there = [(zone, text) for zone, text in texts if text]
    folded = fold_all([text for _, text in there])
    return [Segment(zone, text) for (zone, _), text in zip(there, folded, strict=True)]


def _names(ruling: Ruling) -> tuple[str, ...]:
    romanised = [romanised_key(slug) for slug in (ruling.id, *(number.slug for number in ruling.numbers))]
    return tuple(dict.fromkeys([*keys_of(ruling), *(key for key in romanised if key)]))


def _statutes(linked: Linked) -> tuple[str, ...]:
    keys: list[str] = []
    for provision in linked.ruling.statutes:
        keys.append(provision.statute)
        if provision.article:
            keys.append(f"{provision.statute}:{article_key(provision.article)}")
    for found in linked.citations:
        if found.resolution.citation.kind is CitationKind.PROVISION:
            keys += [found.resolution.citation.key, found.resolution.citation.key.partition(":")[0]]
    return tuple(dict.fromkeys(keys))


def _tier(ruling: Ruling) -> int:
    if any(entry.kind is RecognitionKind.GUIDING_CASE for entry in ruling.recognition):
        return 1
    return 2 + ["supreme", "high", "intermediate", "basic"].index(courts()[ruling.court].level.value)
