"""What a brief says of a ruling, compared with the ruling: one reason for each thing that differs.

What either side leaves open differs from nothing.
"""

from collections.abc import Collection, Sequence

from app.briefs.case_names import party_names
from app.briefs.context import Said
from app.briefs.model import Reason
from app.briefs.said_causes import cause_ids
from app.catalogue import Step
from indexer.domain.registry import cause_path, causes, courts
from indexer.domain.ruling import CaseType, DocumentType, Procedure, Ruling

_DOCUMENTS = {
    DocumentType.JUDGMENT: ("判决书", "judgment"),
    DocumentType.ORDER: ("裁定书", "order"),
    DocumentType.DECISION: ("决定书", "decision"),
    DocumentType.MEDIATION: ("调解书", "mediation agreement"),
}
_CASE_TYPES = {
    CaseType.CIVIL: ("民事", "civil"),
    CaseType.ADMINISTRATIVE: ("行政", "administrative"),
    CaseType.CRIMINAL: ("刑事", "criminal"),
    CaseType.OTHER: ("", ""),
}
_INSTANCES = {
    Procedure.FIRST_INSTANCE: ("一审", "first instance"),
    Procedure.SECOND_INSTANCE: ("二审", "second instance"),
    Procedure.RETRIAL: ("再审", "retrial"),
    Procedure.OTHER: ("", ""),
}


def differences(said: Said, ruling: Ruling, steps: Sequence[Step], language: str) -> tuple[Reason, ...]:
    """What differs, in a fixed order; ``steps`` is the course of the dispute."""
    chinese = language.startswith("zh")
    found = [
        _court(said, ruling, steps, language),
        _document(said, ruling, chinese),
        _procedure(said, ruling, chinese),
        _date(said, ruling),
        *_parties(said, ruling, language),
        _cause(said, ruling, language),
    ]
    return tuple(reason for reason in found if reason is not None)


def _court(said: Said, ruling: Ruling, steps: Sequence[Step], language: str) -> Reason | None:
    named = said.court
    if named is None or named.may_be(ruling.court):
        return None
    if not said.certain_court and any(step.court and named.may_be(step.court) for step in steps):
        return None
    return Reason("court", named.words, courts()[ruling.court].name.best(language))


def _document(said: Said, ruling: Ruling, chinese: bool) -> Reason | None:
    other_type = said.document_type not in (None, ruling.document_type)
    other_kind = said.case_type not in (None, ruling.case_type) and ruling.case_type is not CaseType.OTHER
    if not (other_type or other_kind):
        return None
    kind, document = _CASE_TYPES[ruling.case_type], _DOCUMENTS[ruling.document_type]
    held = kind[0] + document[0] if chinese else f"{kind[1]} {document[1]}".strip()
    return Reason("document-type", said.document, held)


def _procedure(said: Said, ruling: Ruling, chinese: bool) -> Reason | None:
    if said.procedure in (None, ruling.procedure) or ruling.procedure is Procedure.OTHER:
        return None
    return Reason("procedure", said.document, _INSTANCES[ruling.procedure][0 if chinese else 1])


def _date(said: Said, ruling: Ruling) -> Reason | None:
    if said.date is None or ruling.decision_date is None or said.date.may_be(ruling.decision_date):
        return None
    return Reason("date", said.date.words, str(ruling.decision_date))


def _parties(said: Said, ruling: Ruling, language: str) -> list[Reason]:
    if said.case_name is None:
        return []
    held = party_names(ruling, language)
    return [Reason("party", stranger, held) for stranger in said.case_name.strangers(ruling)]


def _cause(said: Said, ruling: Ruling, language: str) -> Reason | None:
    held_ids = {tag.value for tag in ruling.causes}
    held_text = f"{ruling.cause.zh or ''} {ruling.cause.en or ''} {ruling.title.zh or ''}".lower()
    if not said.cause or not held_ids or _bare(said.cause) in held_text:
        return None
    named = cause_ids(said.cause)
    if not named or _related(named, held_ids):
        return None
    return Reason("cause", said.cause, ruling.cause.best(language))


def _bare(cause: str) -> str:
    return cause.removesuffix("纠纷").replace("侵犯", "侵害").lower()


def _related(named: Collection[str], held: Collection[str]) -> bool:
    """Whether one of the causes named lies on the same path of the tree as one of the ruling's."""
    return any(
        one in cause_path(other) or other in cause_path(one) for one in named for other in held if other in causes()
    )
