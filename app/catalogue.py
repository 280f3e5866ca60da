"""What the catalogue knows: rulings, what cites what, the course of proceedings, collections, coverage."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from pydantic import TypeAdapter
from sqlmodel import Session, bindparam, col, func, select

from app.errors import NotHeld, Withdrawn
from indexer.catalogue.papers import Text, heading_of, unpacked
from indexer.catalogue.tables import (
    CALLED,
    CitationRow,
    CollectionRow,
    NumberRow,
    ProceedingRow,
    ProvisionRow,
    RulingRow,
    VersionRow,
    WithdrawnRow,
    sqlite_engine,
)
from indexer.citator import find_citations
from indexer.domain.case_number import CaseNumber, parse_case_number, romanised_key
from indexer.domain.citation import CitationKind
from indexer.domain.collection import Collection
from indexer.domain.errors import BadCaseNumber
from indexer.domain.names import Names
from indexer.domain.ruling import Procedure, Relation, Ruling
from indexer.index.columnar.texts import Texts
from indexer.store import Build

_COLLECTION = TypeAdapter(Collection)
_NAMING = (CitationKind.CASE_NUMBER, CitationKind.GUIDING_CASE, CitationKind.DATABASE_ENTRY)
_LISTED = select(RulingRow.id, RulingRow.place, RulingRow.undone, RulingRow.document).where(
    col(RulingRow.id).in_(bindparam("ids", expanding=True))
)
"""Made once: to make it anew and find it among the compiled takes ten times as long as SQLite takes to answer."""
_STEPS = (Relation.FIRST_INSTANCE, Relation.SECOND_INSTANCE, Relation.RETRIAL, Relation.COMPANION)


@dataclass(frozen=True, slots=True)
class Authority:
    """Something a ruling cites: a ruling, a statute, a decision; with where and how often."""

    kind: str
    key: str
    text: str
    cited_id: str | None
    state: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedBy:
    """A ruling that cites the one asked about; `depth` is how many times."""

    ruling: Ruling
    depth: int
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One ruling in the course of proceedings; `ruling` is None when it is not held."""

    relation: Relation
    number: str
    court: str | None
    ruling: Ruling | None
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """What a ruling can be called by."""

    id: str
    numbers: tuple[str, ...]
    """As printed."""
    title: Names
    parties: tuple[Names, ...]
    decided: str
    """As precise as known: 2025-03-31, 2025-03, 2025 or empty."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A ruling as a line of a list shows it."""

    ruling: Ruling
    """Without its sections: `text` has them."""
    text: Text
    undone: bool
    """Whether a later instance reversed it, wholly or in part, as far as known here."""


class Catalogue:
    """The catalogue of one build, open for reading."""

    def __init__(self, build: Build) -> None:
        self._engine = sqlite_engine(build.catalogue, read_only=True)
        self._texts = Texts(build.index)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def ruling(self, id: str) -> Ruling:
        """One ruling; raises `Withdrawn` or `NotHeld`."""
        with Session(self._engine) as session:
            row = session.get(RulingRow, id)
            if row is not None:
                return unpacked(row.document, self._texts[row.place])
            gone = session.get(WithdrawnRow, id)
        if gone is not None:
            raise Withdrawn(
                "%(id)s was withdrawn on %(date)s.",
                {"reason": {"zh": gone.reason_zh, "en": gone.reason_en}},
                id=id,
                date=gone.date,
            )
        raise NotHeld("This collection holds no ruling with the address %(id)s.", id=id)

    def versions(self, id: str) -> dict[int, Ruling]:
        """The earlier texts of a ruling by number, the oldest first."""
        with Session(self._engine) as session:
            rows = session.exec(
                select(VersionRow).where(VersionRow.ruling_id == id).order_by(col(VersionRow.number))
            ).all()
        return {row.number: unpacked(row.document, b"") for row in rows}

    def rulings(self, ids: Iterable[str]) -> dict[str, Ruling]:
        """Several rulings by id; those not held are left out."""
        with Session(self._engine) as session:
            rows = session.exec(select(RulingRow).where(col(RulingRow.id).in_(list(ids)))).all()
        return {row.id: unpacked(row.document, self._texts[row.place]) for row in rows}

    def listed(self, ids: Iterable[str]) -> dict[str, Listed]:
        """Several rulings by id as lists show them, read many times as fast; those not held are left out."""
        with self._engine.connect() as connection:
            rows = connection.execute(_LISTED, {"ids": list(ids)}).all()
        return {
            id: Listed(heading_of(document), Text(document, partial(self._texts.__getitem__, place)), undone)
            for id, place, undone, document in rows
        }

    def ids(self) -> Sequence[str]:
        """Every ruling's id."""
        with Session(self._engine) as session:
            return session.exec(select(RulingRow.id).order_by(RulingRow.id)).all()

    def resolve(self, text: str) -> list[str]:
        """The rulings that ``text`` names: an id, a case number in any form, a guiding case, a database entry."""
        with Session(self._engine) as session:
            if session.get(RulingRow, text.strip()) is not None:
                return [text.strip()]
            found: list[str] = []
            if key := romanised_key(text):
                found += session.exec(select(NumberRow.ruling_id).where(NumberRow.romanised == key)).all()
            for key in _keys(text):
                found += session.exec(select(NumberRow.ruling_id).where(NumberRow.key == key)).all()
        return sorted(set(found))

    def withdrawn(self, text: str) -> str | None:
        """The id of the withdrawn ruling that ``text`` names, by id or case number in any form; else None."""
        wanted = {romanised_key(text), *(romanised_key(number.slug) for number in _numbers(text))} - {None}
        with Session(self._engine) as session:
            ids = session.exec(select(WithdrawnRow.id)).all()
        return next((id for id in ids if id == text.strip() or romanised_key(id) in wanted), None)

    def nearest(self, text: str, count: int = 5) -> list[Ruling]:
        """Rulings whose numbers are nearest to one that is not held: same court and year first."""
        try:
            wanted = parse_case_number(text)
        except BadCaseNumber:
            return []
        with Session(self._engine) as session:
            rows = session.exec(select(NumberRow.key, NumberRow.ruling_id).where(NumberRow.kind == "case-number")).all()
        ranked = sorted((distance, id) for key, id in rows if (distance := _distance(wanted, parse_case_number(key))))
        ids = list(dict.fromkeys(id for _, id in ranked))[:count]
        held = self.rulings(ids)
        return [held[id] for id in ids]

    def cited_by(self, id: str) -> list[CitedBy]:
        """The rulings that cite this one, the most often first."""
        with Session(self._engine) as session:
            rows = session.exec(select(CitationRow).where(CitationRow.cited_id == id)).all()
        places: dict[str, list[str]] = {}
        for row in rows:
            places.setdefault(row.citing_id, []).append(row.paragraph or "")
        held = self.rulings(places)
        citing = [CitedBy(held[other], len(where), tuple(p for p in where if p)) for other, where in places.items()]
        return sorted(citing, key=lambda each: (-each.depth, each.ruling.id))

    def authorities(self, id: str) -> list[Authority]:
        """What this ruling cites, grouped; in the order of first mention."""
        with Session(self._engine) as session:
            rows = session.exec(
                select(CitationRow).where(CitationRow.citing_id == id).order_by(col(CitationRow.serial))
            ).all()
        groups: dict[str, list[CitationRow]] = {}
        for row in rows:
            groups.setdefault(row.key, []).append(row)
        return [
            Authority(
                first.kind,
                key,
                first.text,
                first.cited_id,
                first.state,
                tuple(r.paragraph for r in all_ if r.paragraph),
            )
            for key, all_ in groups.items()
            for first in all_[:1]
        ]

    def proceedings(self, ruling: Ruling) -> list[Step]:
        """The course of the dispute, first instance first, this ruling among them; companions last."""
        with Session(self._engine) as session:
            own = session.exec(select(ProceedingRow).where(ProceedingRow.ruling_id == ruling.id)).all()
            others = session.exec(select(ProceedingRow).where(ProceedingRow.other_id == ruling.id)).all()
        held = self.rulings({*(row.other_id for row in own if row.other_id), *(row.ruling_id for row in others)})
        steps: dict[str, Step] = {}
        for row in own:
            other = held.get(row.other_id or "")
            steps[row.key] = Step(Relation(row.relation), row.number, row.court, other)
        for row in others:
            other = held[row.ruling_id]
            relation = _seen_from_other_side(Relation(row.relation), other)
            steps.setdefault(other.number.key, Step(relation, _printed(other), other.court, other))
        this = Step(_own_step(ruling), _printed(ruling), ruling.court, ruling, is_this=True)
        return sorted([this, *steps.values()], key=lambda step: (_STEPS.index(step.relation), step.number))

    def undone(self, ids: Iterable[str]) -> set[str]:
        """Those of the rulings that a later instance reversed, wholly or in part, as far as known here."""
        wanted = list(ids)
        with Session(self._engine) as session:
            rows = session.exec(select(RulingRow.id).where(col(RulingRow.id).in_(wanted), RulingRow.undone)).all()
        return set(rows)

    def collections(self) -> list[Collection]:
        """Every curated list."""
        with Session(self._engine) as session:
            rows = session.exec(select(CollectionRow).order_by(col(CollectionRow.position))).all()
        return [_COLLECTION.validate_json(row.document) for row in rows]

    def collection(self, name: str) -> Collection:
        """One curated list; raises `NotHeld`."""
        with Session(self._engine) as session:
            row = session.get(CollectionRow, name)
        if row is None:
            raise NotHeld("There is no collection called %(name)s.", name=name)
        return _COLLECTION.validate_json(row.document)

    def applying(self, statute: str, article: str | None) -> list[tuple[Ruling, str | None]]:
        """Rulings that apply or cite a statute, or one article of it, each with a paragraph if its text names it."""
        with Session(self._engine) as session:
            query = select(ProvisionRow).where(ProvisionRow.statute == statute)
            if article is not None:
                query = query.where(ProvisionRow.article == article)
            rows = session.exec(query).all()
        paragraphs: dict[str, str | None] = {}
        for row in rows:
            paragraphs[row.ruling_id] = paragraphs.get(row.ruling_id) or row.paragraph
        held = self.rulings(paragraphs)
        ordered = sorted(held.values(), key=lambda ruling: (str(ruling.decision_date or ""), ruling.id), reverse=True)
        return [(ruling, paragraphs[ruling.id]) for ruling in ordered]

    def articles(self, statute: str) -> dict[str, int]:
        """How many rulings name each article of a statute."""
        with Session(self._engine) as session:
            rows = session.exec(
                select(ProvisionRow.article, ProvisionRow.ruling_id).where(ProvisionRow.statute == statute)
            ).all()
        counts = Counter(article for article, _ in {(article, id) for article, id in rows if article})
        return dict(sorted(counts.items(), key=lambda item: [int(n) for n in item[0].split("-")]))

    def called(self) -> list[Called]:
        """Every ruling's numbers, title and parties; read without the texts."""
        with Session(self._engine) as session:
            rows = session.exec(select(RulingRow.id, RulingRow.decided, RulingRow.called)).all()
        return [_called(*row) for row in rows]

    def decided(self) -> tuple[str, str]:
        """The earliest and the latest known date of decision, each as precise as known; empty when none is."""
        with Session(self._engine) as session:
            query = select(func.min(RulingRow.decided), func.max(RulingRow.decided)).where(RulingRow.decided != "")
            first, last = session.exec(query).one()
        return first or "", last or ""


def _called(id: str, decided: str, known: bytes) -> Called:
    numbers, title, parties = CALLED.validate_json(known)
    return Called(id, tuple(map(_as_printed, numbers)), title, tuple(party.name for party in parties), decided)


def _keys(text: str) -> list[str]:
    keys = [citation.key for citation in find_citations(text) if citation.kind in _NAMING]
    return list(dict.fromkeys([*keys, *(number.key for number in _numbers(text))]))


def _numbers(text: str) -> list[CaseNumber]:
    with suppress(BadCaseNumber):
        return [parse_case_number(text)]
    return []


def _distance(wanted: CaseNumber, other: CaseNumber) -> int:
    """How far apart two numbers of the same court are; 0 when they have nothing in common."""
    if wanted.code != other.code or wanted.legacy != other.legacy:
        return 0
    return 1 + abs(wanted.year - other.year) * 10**9 + (wanted.type != other.type) * 10**8 + min(
        abs(wanted.serial - other.serial), 10**7
    )  # fmt: skip


def _seen_from_other_side(relation: Relation, other: Ruling) -> Relation:
    return Relation.COMPANION if relation is Relation.COMPANION else _own_step(other)


def _printed(ruling: Ruling) -> str:
    return _as_printed(ruling.number)


def _as_printed(number: CaseNumber) -> str:
    return number.printed or str(number)


def _own_step(ruling: Ruling) -> Relation:
    return Relation(ruling.procedure.value) if ruling.procedure is not Procedure.OTHER else Relation.COMPANION
