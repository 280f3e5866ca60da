"""What later instances did with a ruling, as far as this collection knows; modestly said."""

from collections.abc import Sequence

from app.briefs.model import Reason
from app.catalogue import Step
from indexer.domain.court import CourtLevel
from indexer.domain.registry import courts
from indexer.domain.ruling import Outcome, Procedure, Relation, Ruling

_RESULTS = {
    Outcome.REVERSED: "reversed",
    Outcome.PARTLY_REVERSED: "partly-reversed",
    Outcome.UPHELD: "upheld",
    Outcome.DISMISSED: "upheld",
    Outcome.REMANDED: "remanded",
    Outcome.WITHDRAWN: "withdrawn",
}
_LATER = {
    Procedure.FIRST_INSTANCE: (Relation.SECOND_INSTANCE, Relation.RETRIAL),
    Procedure.SECOND_INSTANCE: (Relation.RETRIAL,),
    Procedure.RETRIAL: (),
    Procedure.OTHER: (),
}


def history(ruling: Ruling, steps: Sequence[Step], language: str) -> tuple[Reason, ...]:
    """One reason for each later instance; for a first-instance ruling without one, that its effect is not confirmed."""
    later = [step for step in steps if not step.is_this and step.relation in _LATER[ruling.procedure]]
    told = _told(ruling, language)
    if not later and not told and ruling.procedure is Procedure.FIRST_INSTANCE and not _is_supreme(ruling.court):
        return (Reason("history-not-confirmed"),)
    known = (Reason(_code(step), held=_named(step, language)) for step in later)
    return (*told, *known)


def _told(ruling: Ruling, language: str) -> tuple[Reason, ...]:
    """What a source says that later instances did, for rulings not held here."""
    if ruling.later is None:
        return ()
    result = _RESULTS.get(ruling.later.outcome, "not-stated") if ruling.later.outcome else "not-stated"
    return (Reason(f"history-later-{result}", held=ruling.later.note.best(language).rstrip("。.")),)


def _code(step: Step) -> str:
    outcome = step.ruling.outcome if step.ruling else None
    result = _RESULTS.get(outcome, "not-stated") if outcome else "not-stated"
    return f"history-retrial-{result}" if step.relation is Relation.RETRIAL else f"history-{result}"


def _named(step: Step, language: str) -> str:
    court = courts().get(step.court or "")
    name = court.name.best(language) if court else ""
    return f"{name}{step.number}" if language.startswith("zh") else f"{name} {step.number}".strip()


def _is_supreme(court: str) -> bool:
    known = courts().get(court)
    return known is not None and known.level is CourtLevel.SUPREME
