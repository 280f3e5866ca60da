"""The course of a dispute: each instance as a step of a line, and what later instances did."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from app.catalogue import Step
from app.i18n import Locale
from app.labels import N_, value_label
from app.ruling_views import StepView
from app.urls import Urls
from indexer.domain.ruling import UNDOING, Procedure, Relation, Ruling

_LATER_UNKNOWN = N_("A later instance is held here: %(number)s. Its outcome is not stated.")
_LATER = {
    Procedure.FIRST_INSTANCE: (Relation.SECOND_INSTANCE, Relation.RETRIAL),
    Procedure.SECOND_INSTANCE: (Relation.RETRIAL,),
}


def course(
    steps: Sequence[Step], undone: AbstractSet[str], locale: Locale, urls: Urls
) -> tuple[tuple[StepView, ...], tuple[StepView, ...]]:
    """The instances, first one first, and the companion cases beside them; ``undone`` are ids of reversed rulings."""
    instances = [step for step in steps if step.relation is not Relation.COMPANION]
    companions = [step for step in steps if step.relation is Relation.COMPANION and not step.is_this]
    line = tuple(_step(step, undone, locale, urls) for step in instances) if len(instances) > 1 else ()
    return line, tuple(_step(step, undone, locale, urls) for step in companions)


def history(ruling: Ruling, steps: Sequence[Step], locale: Locale) -> str:
    """What later instances did to this ruling, as far as known here; never more.

    A source's own words come first; else every later ruling that is held speaks, in order.
    """
    if ruling.later is not None:
        first = [locale.gettext("Does not stand as it was.")] if ruling.later.outcome in UNDOING else []
        return " ".join([*first, locale.name(ruling.later.note)])
    later = [step for step in steps if step.relation in _LATER.get(ruling.procedure, ()) and not step.is_this]
    if not later:
        if ruling.procedure is Procedure.FIRST_INSTANCE:
            return locale.gettext("No later instance is known here; whether the ruling took effect is not confirmed.")
        return ""
    undone = any(step.ruling and step.ruling.outcome in UNDOING for step in later)
    said = [locale.gettext("Does not stand as it was.")] if undone else []
    return " ".join([*said, *(_later_step(step, locale) for step in later)])


def _later_step(step: Step, locale: Locale) -> str:
    if step.ruling is None:
        return locale.gettext("A later instance is known, but not held here: %(number)s.", number=step.number)
    if step.ruling.outcome is None:
        return locale.gettext(_LATER_UNKNOWN, number=step.number)
    outcome = value_label("outcome", step.ruling.outcome.value, locale)
    return locale.gettext("A later instance, %(number)s, ended with: %(outcome)s.", number=step.number, outcome=outcome)


def _step(step: Step, undone: AbstractSet[str], locale: Locale, urls: Urls) -> StepView:
    ruling = step.ruling
    return StepView(
        relation=value_label("relation", step.relation.value, locale),
        number=step.number,
        court=value_label("court", step.court, locale) if step.court else "",
        url=urls.ruling(ruling.id) if ruling and not step.is_this else None,
        outcome=value_label("outcome", ruling.outcome.value, locale) if ruling and ruling.outcome else "",
        date=locale.date(ruling.decision_date) if ruling and ruling.decision_date else "",
        is_this=step.is_this,
        held=ruling is not None,
        undone=ruling is not None and ruling.id in undone,
    )
