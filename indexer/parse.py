"""Third stage: a draft becomes a `Ruling` with numbered paragraphs."""

from collections.abc import Iterator

from indexer.deposit import Draft
from indexer.domain.case_number import parse_case_number
from indexer.domain.dates import parse_partial_date
from indexer.domain.headings import PART_OF_HEADING
from indexer.domain.people import PanelMember, Party
from indexer.domain.registry import statute_names
from indexer.domain.ruling import (
    Basis,
    Damages,
    Later,
    Paragraph,
    Part,
    Proceeding,
    Provision,
    Recognition,
    Ruling,
    RulingId,
    Section,
    Source,
    Tag,
)
from indexer.markdown import Document, RawPart


def parse(draft: Draft) -> Ruling:
    """The ruling that an accepted draft holds; tags are those its editor gave, no more."""
    matter = draft.matter
    return Ruling(
        id=RulingId(draft.deposit.id),
        numbers=tuple(parse_case_number(text) for text in matter.case_numbers),
        court=matter.court,
        document_type=matter.document_type,
        procedure=matter.procedure,
        case_type=matter.case_type,
        title=matter.title.names(),
        cause=matter.cause.names(),
        text=matter.text,
        decision_date=parse_partial_date(matter.decision_date) if matter.decision_date else None,
        parties=tuple(Party(party.name.names(), party.role, party.role_below) for party in matter.parties),
        panel=tuple(PanelMember(member.name.names(), member.role) for member in matter.panel),
        fields=tuple(Tag(name, Basis.EDITOR) for name in matter.fields),
        teams=(Tag(matter.team, Basis.STATED),) if matter.team else (),
        statutes=tuple(
            Provision(statute_names()[entry.statute.lower()], entry.version, entry.article) for entry in matter.statutes
        ),
        outcome=matter.outcome,
        damages=Damages(matter.damages.cny, matter.damages.note.names()) if matter.damages else None,
        proceedings=tuple(
            Proceeding(parse_case_number(entry.case_number), entry.relation, entry.court)
            for entry in matter.proceedings
        ),
        later=Later(matter.later.note.names(), matter.later.outcome) if matter.later else None,
        cites=tuple(parse_case_number(text) for text in matter.cites),
        recognition=tuple(
            Recognition(entry.kind, entry.name.names(), entry.year, entry.collection) for entry in matter.recognition
        ),
        sources=tuple(Source(source.title, source.publisher, source.supports, source.url) for source in matter.sources),
        confidence=matter.confidence,
        unsure=tuple(doubt.names() for doubt in matter.unsure),
        warning=matter.warning,
        sections=_sections(draft.document, draft.translation),
        digest=draft.deposit.digest,
    )


def _sections(original: Document, translation: Document | None) -> tuple[Section, ...]:
    ids = {letter: _ids(original, letter) for letter in "hp"}
    translated = translation.parts if translation else (None,) * len(original.parts)
    return tuple(
        Section(_part(raw), tuple(_paragraphs(raw, other, ids[_letter(raw)])))
        for raw, other in zip(original.parts, translated, strict=True)
    )


def _paragraphs(raw: RawPart, other: RawPart | None, ids: Iterator[str]) -> Iterator[Paragraph]:
    for index, paragraph in enumerate(raw.paragraphs):
        yield Paragraph(
            paragraph.id or next(ids), paragraph.text, other.paragraphs[index].text if other is not None else None
        )


def _ids(document: Document, letter: str) -> Iterator[str]:
    """Ids for paragraphs that have none: numbered on after the highest that was ever given."""
    given = [
        int(paragraph.id[1:]) for raw in document.parts for paragraph in raw.paragraphs
        if paragraph.id and paragraph.id.startswith(letter)
    ]  # fmt: skip
    number = max(given, default=0)
    while True:
        number += 1
        yield f"{letter}{number}"


def _part(raw: RawPart) -> Part:
    return PART_OF_HEADING[raw.heading]


def _letter(raw: RawPart) -> str:
    return "h" if _part(raw) is Part.HEADNOTE else "p"
