"""A checked brief as text: the lines of its findings, and the report in Markdown."""

from collections.abc import Iterator

from app.briefs.authorities import FAITHFUL, AuthorityLine, authorities, verdict_counts
from app.briefs.model import BriefReport, QuotationCheck
from app.coverage import Coverage
from app.i18n import Locale
from app.labels import N_, paragraph_label
from app.presenting.brief import AGREEMENTS, GROUPS, places, sentence, speaker_label, target, verdict_view
from app.urls import Urls

_COVERAGE = N_(
    "This collection holds %(rulings)d rulings (%(digests)d digests, %(full)d in full text), "
    "decided from %(first)s to %(last)s as far as stated."
)
_SPECIAL = "\\`*_[]<>|#"


def findings(line: AuthorityLine, locale: Locale) -> Iterator[str]:
    """What there is to say of one authority, a sentence at a time, none twice."""
    yield from dict.fromkeys(_findings(line, locale))


def brief_markdown(report: BriefReport, name: str, coverage: Coverage, locale: Locale, urls: Urls) -> str:
    """The whole report in Markdown."""
    lines = [f"# {_escaped(locale.gettext('Check of %(name)s', name=name))}", ""]
    for verdict, count in verdict_counts(report).items():
        view = verdict_view(verdict, locale)
        lines.append(f"- {view.shape} {view.word}: {count}")
    group = None
    for line in authorities(report):
        if line.group is not group:
            group = line.group
            lines += ["", f"## {locale.gettext(GROUPS[group])}", ""]
        view = verdict_view(line.verdict, locale)
        address = target(line.citations[0], urls)
        text = f"[{_escaped(line.text)}]({address})" if address else _escaped(line.text)
        depth = f" ×{line.depth}" if line.depth > 1 else ""
        lines.append(f"- {view.shape} {text}{depth} · {view.word} · {places(line.places, locale)}")
        lines += [f"    - {_escaped(finding)}" for finding in findings(line, locale)]
    lines += ["", _coverage(coverage, locale)]
    return "\n".join(lines) + "\n"


def _findings(line: AuthorityLine, locale: Locale) -> Iterator[str]:
    for checked in line.citations:
        yield from (sentence(reason, locale) for reason in (*checked.reasons, *checked.history))
        if checked.suggestion:
            yield locale.gettext("Did you mean %(query)s?", query=checked.suggestion)
        yield from (_quotation(quotation, locale) for quotation in checked.quotations)


def _quotation(quotation: QuotationCheck, locale: Locale) -> str:
    words = [f"“{quotation.text}”: {locale.gettext(AGREEMENTS[quotation.agreement])}"]
    words += [paragraph_label(quotation.paragraph)] if quotation.paragraph else []
    if quotation.speaker:
        words.append(locale.gettext("whose words: %(who)s", who=speaker_label(quotation.speaker, locale)))
    if quotation.agreement not in FAITHFUL:
        words += [f"[{each.quoted}] ↔ [{each.ruling}]" for each in quotation.differences]
    return " · ".join(words)


def _coverage(coverage: Coverage, locale: Locale) -> str:
    held = locale.gettext(
        _COVERAGE,
        rulings=coverage.rulings,
        digests=coverage.digests,
        full=coverage.full,
        first=locale.day(coverage.first),
        last=locale.day(coverage.last),
    )
    return f"{held}{locale.gap}{locale.gettext('That a ruling is not here does not mean that it does not exist.')}"


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in text)
