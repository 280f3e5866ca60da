"""The metadata of a judgment, as its own text states it.

Title block, parties and signatures say most of it; what they leave open is taken from the columns of
the database the text came from. Where both speak and differ, the text is preferred, because the text
is what the court signed; `contradictions` lists the differences for the report of an import. The cause
of action is the exception: there a database's column, being drawn from the catalogue, comes first.
"""

from dataclasses import dataclass

from indexer.domain.case_number import CaseNumber
from indexer.domain.ruling import CaseType, Damages, DocumentType, Outcome, Procedure
from indexer.intake import metadata_kind as kind
from indexer.intake.metadata_amounts import awarded
from indexer.intake.metadata_cause import cause
from indexer.intake.metadata_closing import read_signatures
from indexer.intake.metadata_court import court_id, plain
from indexer.intake.metadata_dates import read_column
from indexer.intake.metadata_english import read_english
from indexer.intake.metadata_lines import Places, places
from indexer.intake.metadata_outcome import outcome
from indexer.intake.metadata_parties import read_people
from indexer.intake.metadata_statutes import provisions
from indexer.intake.metadata_title import read_numbers, read_title_block
from indexer.intake.model import Cut, Known, RawJudgment, Reading

_COURSE = 40
_NO_CAUSE = ("未知案由", "其他", "未知")
_AWARDING = {Outcome.GRANTED, Outcome.PARTLY_GRANTED, Outcome.REVERSED}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A column of the source that says another thing than the text; the text's value was taken."""

    field: str
    text: str
    column: str


def read_metadata(raw: RawJudgment, cut: Cut | None = None) -> Reading:
    """What the text says of the judgment, completed by what its source knew; never raises."""
    if raw.language == "en":
        return read_english(raw.text)
    known, found = raw.known, places(raw.text, cut)
    block = read_title_block(found.head)
    people = read_people(found.head, block.end)
    course = "\n".join(found.head[people.end : people.end + _COURSE])
    signatures = read_signatures(found.operative)
    numbers = block.numbers or read_numbers(known.case_number)
    title = block.title or known.title
    court_name = block.court or known.court
    procedure = kind.procedure(numbers, (known.procedure, title), course, found.operative)
    case_type = kind.case_type(block.kind, numbers, (title,)) or kind.column_case_type(known.case_type)
    date = signatures.date or read_column(known.date)
    result = outcome(found.operative, procedure, case_type) if found.words else None
    return Reading(
        court=court_id(court_name, numbers),
        court_name=court_name,
        numbers=numbers,
        document_type=_document_type(block.kind, title, known, found.words),
        date=date,
        procedure=procedure,
        case_type=case_type,
        parties=people.parties,
        counsel=people.counsel,
        panel=signatures.panel,
        cause=_cause_column(known) or cause(course, found.operative, title, people.parties, case_type),
        outcome=result,
        damages=_damages(found, result, case_type, procedure),
        statutes=provisions(found.basis, date),
        title=title,
    )


def contradictions(raw: RawJudgment, reading: Reading) -> tuple[Contradiction, ...]:
    """Where the source's columns differ from what was read; compared in normal form, empty columns left out."""
    known = raw.known
    column_date, numbers = read_column(known.date), read_numbers(known.case_number)
    named = kind.column_document_type(known.document_type)
    pairs = (
        ("court", plain(reading.court_name), plain(known.court)),
        ("case_number", _keys(reading.numbers), _keys(numbers)),
        ("document_type", reading.document_type or "", named or ""),
        ("date", str(reading.date or ""), str(column_date or "")),
        ("case_type", reading.case_type or "", kind.column_case_type(known.case_type) or ""),
        ("procedure", reading.procedure or "", kind.column_procedure(known.procedure) or ""),
    )
    return tuple(
        Contradiction(name, text, column) for name, text, column in pairs if text and column and text != column
    )


def _keys(numbers: tuple[CaseNumber, ...]) -> str:
    return ", ".join(number.key for number in numbers)


def _document_type(name: str, title: str, known: Known, orders: str) -> DocumentType | None:
    return (
        kind.document_type(name, title, "")
        or kind.column_document_type(known.document_type)
        or kind.document_type("", "", orders)
    )


def _cause_column(known: Known) -> str:
    return "" if known.cause.strip() in _NO_CAUSE else known.cause.strip()


def _damages(
    found: Places, result: Outcome | None, case_type: CaseType | None, procedure: Procedure | None
) -> Damages | None:
    """Only of civil rulings whose own orders are the whole award: an appeal that is dismissed states none."""
    plain = case_type is CaseType.CIVIL and result in _AWARDING and procedure is not Procedure.OTHER
    return awarded(found.operative) if plain else None
