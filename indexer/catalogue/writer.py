"""Linked rulings to rows of the catalogue."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import TypeAdapter
from sqlmodel import Session, SQLModel

from indexer.catalogue.tables import (
    RULING,
    CitationRow,
    CollectionRow,
    NumberRow,
    ProceedingRow,
    ProvisionRow,
    RulingRow,
    WithdrawnRow,
    sqlite_engine,
)
from indexer.domain.case_number import romanised_key
from indexer.domain.citation import CitationKind
from indexer.domain.collection import Collection, Withdrawn
from indexer.domain.linked import Linked, keys_of
from indexer.domain.statute import article_key

COLLECTION = TypeAdapter(Collection)


class CatalogueWriter:
    """Writes one catalogue file, whole, in one transaction."""

    def __init__(self, path: Path) -> None:
        self._engine = sqlite_engine(path, read_only=False)
        SQLModel.metadata.create_all(self._engine)
        self._session = Session(self._engine)

    def add(self, linked: Linked) -> None:
        """Take one ruling with its citations, proceedings and provisions."""
        ruling = linked.ruling
        self._session.add(
            RulingRow(
                id=ruling.id,
                number=ruling.number.key,
                court=ruling.court,
                decided=str(ruling.decision_date or ""),
                filed=ruling.number.year,
                undone=linked.undone,
                document=RULING.dump_json(ruling),
            )
        )
        self._session.add_all(_numbers(linked))
        self._session.add_all(_citations(linked))
        self._session.add_all(_proceedings(linked))
        self._session.add_all(_provisions(linked))

    def add_collections(self, collections: Mapping[str, Collection], withdrawn: Iterable[Withdrawn]) -> None:
        """Take the curated lists and the withdrawn rulings."""
        for position, (name, collection) in enumerate(collections.items()):
            self._session.add(CollectionRow(name=name, position=position, document=COLLECTION.dump_json(collection)))
        for entry in withdrawn:
            self._session.add(
                WithdrawnRow(
                    id=entry.id, reason_zh=entry.reason.zh or "", reason_en=entry.reason.en or "", date=entry.date
                )
            )

    def commit(self) -> None:
        """Write everything and close the file."""
        self._session.commit()
        self.abort()

    def abort(self) -> None:
        """Close the file; what was not committed is gone."""
        self._session.close()
        self._engine.dispose()


def _numbers(linked: Linked) -> list[NumberRow]:
    ruling = linked.ruling
    slugs = {number.key: number.slug for number in ruling.numbers}
    return [
        NumberRow(
            key=key,
            ruling_id=ruling.id,
            romanised=(romanised_key(slugs[key]) or "") if key in slugs else "",
            kind="case-number" if key in slugs else "alias",
        )
        for key in keys_of(ruling)
    ]


def _citations(linked: Linked) -> list[CitationRow]:
    rows = []
    for found in linked.citations:
        citation, rulings = found.resolution.citation, found.resolution.rulings
        rows.append(
            CitationRow(
                citing_id=linked.ruling.id,
                paragraph=found.paragraph,
                start=citation.start,
                end=citation.end,
                text=citation.text,
                kind=citation.kind.value,
                key=citation.key,
                cited_id=rulings[0] if len(rulings) == 1 else None,
                state=found.resolution.state.value,
            )
        )
    return rows


def _proceedings(linked: Linked) -> list[ProceedingRow]:
    return [
        ProceedingRow(
            ruling_id=linked.ruling.id,
            key=entry.number.key,
            number=entry.number.printed or str(entry.number),
            relation=entry.relation.value,
            court=entry.court,
            other_id=other,
        )
        for entry, other in linked.proceedings
    ]


def _provisions(linked: Linked) -> list[ProvisionRow]:
    places: dict[tuple[str, str], str | None] = {}
    for found in linked.citations:
        if found.resolution.citation.kind is CitationKind.PROVISION:
            statute, _, article = found.resolution.citation.key.partition(":")
            places.setdefault((statute, article), found.paragraph)
    for provision in linked.ruling.statutes:
        places.setdefault((provision.statute, article_key(provision.article) if provision.article else ""), None)
    return [
        ProvisionRow(ruling_id=linked.ruling.id, statute=statute, article=article, paragraph=paragraph)
        for (statute, article), paragraph in places.items()
    ]
