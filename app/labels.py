"""What the values of facets and enums are called, in the reader's language."""

from collections.abc import Callable, Mapping

from app.i18n import Locale
from indexer.domain.case_number import numeral
from indexer.domain.headings import HEADINGS
from indexer.domain.names import Names
from indexer.domain.registry import causes, courts, legal_fields, statutes, trial_teams
from indexer.domain.ruling import Part
from indexer.index.fields import NOT_STATED


def N_(message: str) -> str:
    """Mark a message for extraction; it is translated where it is shown."""
    return message


FACET_NAMES: Mapping[str, str] = {
    "field": N_("Legal field"),
    "team": N_("Trial team"),
    "court": N_("Court"),
    "level": N_("Court level"),
    "year": N_("Year of decision"),
    "filed": N_("Year of filing"),
    "cause": N_("Cause of action"),
    "procedure": N_("Procedure"),
    "case_type": N_("Case type"),
    "document_type": N_("Document type"),
    "outcome": N_("Outcome"),
    "statute": N_("Statute"),
    "recognition": N_("Recognition"),
    "text": N_("Text"),
}

_VALUES: Mapping[str, Mapping[str, str]] = {
    "level": {
        "supreme": N_("Supreme"),
        "high": N_("High"),
        "intermediate": N_("Intermediate"),
        "basic": N_("Basic"),
    },
    "procedure": {
        "first-instance": N_("First instance"),
        "second-instance": N_("Second instance"),
        "retrial": N_("Retrial"),
        "other": N_("Other procedure"),
    },
    "case_type": {
        "civil": N_("Civil"),
        "administrative": N_("Administrative"),
        "criminal": N_("Criminal"),
        "other": N_("Other case type"),
    },
    "document_type": {
        "judgment": N_("Judgment"),
        "order": N_("Order"),
        "decision": N_("Decision"),
        "mediation": N_("Mediation"),
    },
    "outcome": {
        "granted": N_("Granted"),
        "partly-granted": N_("Partly granted"),
        "dismissed": N_("Dismissed"),
        "upheld": N_("Upheld"),
        "reversed": N_("Reversed"),
        "partly-reversed": N_("Partly reversed"),
        "remanded": N_("Remanded"),
        "withdrawn": N_("Withdrawn by a party"),
        "other": N_("Other outcome"),
    },
    "recognition": {
        "guiding-case": N_("Guiding case"),
        "gazette": N_("Gazette case"),
        "case-database": N_("People’s Courts Case Database"),
        "top-list": N_("Top-ten list"),
        "typical-case": N_("Typical case"),
        "gist": N_("Adjudication gist"),
        "other": N_("Other recognition"),
    },
    "text": {"full": N_("Full text"), "digest": N_("Digest")},
    "role": {
        "plaintiff": N_("Plaintiff"),
        "defendant": N_("Defendant"),
        "appellant": N_("Appellant"),
        "appellee": N_("Appellee"),
        "retrial-applicant": N_("Retrial applicant"),
        "retrial-respondent": N_("Retrial respondent"),
        "applicant": N_("Applicant"),
        "respondent": N_("Respondent"),
        "third-party": N_("Third party"),
    },
    "panel": {
        "presiding-judge": N_("Presiding judge"),
        "judge": N_("Judge"),
        "assessor": N_("People’s assessor"),
        "clerk": N_("Clerk"),
        "not-stated": N_("Role not stated"),
    },
    "confidence": {"high": N_("High confidence"), "medium": N_("Medium confidence"), "low": N_("Low confidence")},
    "relation": {
        "first-instance": N_("First instance"),
        "second-instance": N_("Second instance"),
        "retrial": N_("Retrial"),
        "companion": N_("Companion"),
    },
    "basis": {
        "stated": N_("stated by the source"),
        "rule": N_("given by rule"),
        "inferred": N_("inferred from the text"),
        "editor": N_("given by the editor"),
    },
}


def facet_name(facet: str, locale: Locale) -> str:
    """What a facet is called."""
    return locale.gettext(FACET_NAMES[facet])


def value_label(facet: str, value: str, locale: Locale) -> str:
    """What one value of a facet or an enum is called; the value itself when nothing is known of it."""
    if value == NOT_STATED and facet != "panel":
        return locale.gettext("Not stated")
    if names := _registered(facet, value):
        return locale.name(names)
    return locale.gettext(_VALUES[facet][value]) if value in _VALUES.get(facet, {}) else value


def part_label(part: Part, locale: Locale) -> str:
    """The heading of a part."""
    zh, en = HEADINGS[part]
    return zh if locale.code == "zh-Hans" else en


def paragraph_label(id: str) -> str:
    """How a paragraph is called in print: ¶12, and ¶h1 in a headnote."""
    return f"¶{id.removeprefix('p')}"


def article_label(article: str, locale: Locale) -> str:
    """An article given in digits, ``120-1``: 第一百二十条之一, Article 120-1."""
    if locale.code != "zh-Hans":
        return locale.gettext("Article %(number)s", number=article)
    number, _, sub = article.partition("-")
    return f"第{numeral(int(number))}条" + (f"之{numeral(int(sub))}" if sub else "")


_REGISTRIES: Mapping[str, Callable[[], Mapping[str, object]]] = {
    "field": legal_fields,
    "team": trial_teams,
    "court": courts,
    "cause": causes,
    "statute": statutes,
}


def _registered(facet: str, value: str) -> Names | None:
    registry = _REGISTRIES.get(facet)
    return getattr(registry().get(value), "name", None) if registry else None
