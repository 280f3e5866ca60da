"""A checked brief as a page, and what is linked in it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from app.brief_views import (
    BriefAuthorityView,
    BriefRun,
    DifferenceView,
    FindingView,
    PassageView,
    Place,
    QuotationView,
    VerdictView,
)
from app.briefs import reasons
from app.briefs.authorities import (
    FAITHFUL,
    AuthorityGroup,
    AuthorityLine,
    authorities,
    paragraph_numbers,
    verdict_counts,
)
from app.briefs.model import (
    Agreement,
    BriefReport,
    CheckedCitation,
    PlacedLink,
    QuotationCheck,
    Reason,
    Speaker,
    Verdict,
)
from app.catalogue import Catalogue
from app.citing.forms import full
from app.citing.parts import Cited
from app.coverage import Coverage
from app.i18n import Locale
from app.labels import N_, paragraph_label, part_label
from app.pages import BriefPage
from app.urls import Urls
from indexer.citator.resolve import RULING_KINDS
from indexer.domain.case_number import fold_number
from indexer.domain.registry import statutes
from indexer.domain.ruling import Ruling, TextKind

VERDICTS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.CONSISTENT: ("●", N_("held here and consistent")),
    Verdict.DIFFERS: ("◐", N_("held here, but differs")),
    Verdict.NOT_HELD: ("○", N_("well-formed, not held here")),
    Verdict.IMPOSSIBLE: ("✕", N_("cannot exist under the numbering rules")),
    Verdict.MALFORMED: ("△", N_("malformed")),
    Verdict.NOT_CHECKED: ("–", N_("not checked")),
}
"""The shape and the word of each verdict; never colour alone, and never “fake”."""
AGREEMENTS: Mapping[Agreement, str] = {
    Agreement.EXACT: N_("exact"),
    Agreement.FORMAL: N_("exact but for width, punctuation or white space"),
    Agreement.NEAR: N_("some characters differ"),
    Agreement.MEANING: N_("differs in meaning"),
    Agreement.NOT_FOUND: N_("not found in the ruling"),
}
GROUPS: Mapping[AuthorityGroup, str] = {
    AuthorityGroup.RULINGS: N_("Rulings"),
    AuthorityGroup.GUIDING_CASES: N_("Guiding cases"),
    AuthorityGroup.STATUTES: N_("Statutes and judicial interpretations"),
    AuthorityGroup.OTHERS: N_("Other authorities"),
}


def brief_page(
    report: BriefReport, name: str, pasted: str, catalogue: Catalogue, coverage: Coverage, locale: Locale, urls: Urls
) -> BriefPage:
    """The page of a checked brief; ``pasted`` is the text to send again when it came without a file."""
    lines = authorities(report)
    rows = {id(checked): f"a{place}" for place, line in enumerate(lines, 1) for checked in line.citations}
    held = catalogue.rulings({line.ruling for line in lines if line.ruling})
    numbers = paragraph_numbers(report.passages)
    views: dict[AuthorityGroup, list[BriefAuthorityView]] = defaultdict(list)
    for place, line in enumerate(lines, 1):
        views[line.group].append(_authority(f"a{place}", line, held.get(line.ruling or ""), numbers, locale, urls))
    agreements = Counter(quotation.agreement for checked in report.citations for quotation in checked.quotations)
    return BriefPage(
        name=name,
        pasted=pasted,
        counts=tuple((verdict_view(verdict, locale), count) for verdict, count in verdict_counts(report).items()),
        quotations=tuple(
            (locale.gettext(AGREEMENTS[each]), agreements[each]) for each in Agreement if agreements[each]
        ),
        total=len(report.citations),
        passages=_passages(report, rows, numbers, locale, urls),
        groups=tuple((locale.gettext(GROUPS[group]), tuple(rows_)) for group, rows_ in views.items()),
        coverage=coverage,
    )


def placed_links(report: BriefReport, urls: Urls) -> list[PlacedLink]:
    """The links to put into the brief: what is held here, at the paragraph meant; nothing else is linked."""
    return [
        PlacedLink(checked.passage, checked.start, checked.end, url)
        for checked in report.citations
        if (url := target(checked, urls))
    ]


def table_lines(report: BriefReport, catalogue: Catalogue, locale: Locale) -> list[str]:
    """The table of authorities as plain lines for the end of the brief: no verdicts, they are for its author alone."""
    lines = authorities(report)
    held = catalogue.rulings({line.ruling for line in lines if line.ruling})
    out = [locale.gettext("Table of authorities")] if lines else []
    for group in dict.fromkeys(line.group for line in lines):
        out.append(locale.gettext(GROUPS[group]))
        out += [_table_line(line, held.get(line.ruling or ""), locale) for line in lines if line.group is group]
    return out


def target(checked: CheckedCitation, urls: Urls) -> str | None:
    """The address of what a citation names; None when nothing of it is here."""
    if checked.ruling:
        return urls.ruling(checked.ruling, checked.pinpoint)
    key = checked.citation.key
    statute, _, article = _by_document_number().get(fold_number(key), key).partition(":")
    if statute in statutes():
        return urls.statute(statute, article or None)
    # Several rulings held under one number: the resolver lets the reader choose.
    several = checked.verdict in (Verdict.CONSISTENT, Verdict.DIFFERS) and checked.citation.kind in RULING_KINDS
    return urls.cite(checked.citation.text) if several else None


def verdict_view(verdict: Verdict, locale: Locale) -> VerdictView:
    """A verdict with its shape and its word."""
    shape, word = VERDICTS[verdict]
    return VerdictView(verdict.value, shape, locale.gettext(word))


def sentence(reason: Reason, locale: Locale) -> str:
    """A reason in words."""
    return reasons.sentence(reason, locale.gettext)


def speaker_label(speaker: Speaker | None, locale: Locale) -> str:
    """Whose words a paragraph holds; empty when that is not known."""
    return locale.gettext(reasons.SPEAKERS[speaker.value]) if speaker else ""


def places(numbers: Sequence[int], locale: Locale) -> str:
    """The numbers of paragraphs: 第3、12段, ¶¶ 3, 12."""
    if locale.code == "zh-Hans":
        return f"第{'、'.join(map(str, numbers))}段"
    return f"{'¶' * min(len(numbers), 2)} {', '.join(map(str, numbers))}"


def _passages(
    report: BriefReport, rows: Mapping[int, str], numbers: Sequence[int], locale: Locale, urls: Urls
) -> tuple[PassageView, ...]:
    inside: dict[int, list[CheckedCitation]] = defaultdict(list)
    for checked in sorted(report.citations, key=lambda each: (each.passage, each.start)):
        inside[checked.passage].append(checked)
    return tuple(
        PassageView(numbers[place], tuple(_runs(text, inside[place], rows, locale, urls)))
        for place, text in enumerate(report.passages)
        if text.strip()
    )


def _runs(
    text: str, citations: Sequence[CheckedCitation], rows: Mapping[int, str], locale: Locale, urls: Urls
) -> list[BriefRun]:
    runs, position = [], 0
    for checked in citations:
        if checked.start < position:
            continue
        runs.append(BriefRun(text[position : checked.start]))
        verdict = verdict_view(checked.verdict, locale)
        runs.append(BriefRun(text[checked.start : checked.end], verdict, target(checked, urls), rows[id(checked)]))
        position = checked.end
    return [run for run in [*runs, BriefRun(text[position:])] if run.text]


def _authority(
    row: str, line: AuthorityLine, ruling: Ruling | None, numbers: Sequence[int], locale: Locale, urls: Urls
) -> BriefAuthorityView:
    history = dict.fromkeys(sentence(reason, locale) for checked in line.citations for reason in checked.history)
    return BriefAuthorityView(
        id=row,
        text=line.text,
        title=locale.name(ruling.title) if ruling else "",
        title_language=ruling.title.language(locale.code) if ruling else "",
        digest=ruling is not None and ruling.text is TextKind.DIGEST,
        url=urls.ruling(line.ruling) if line.ruling else target(line.citations[0], urls),
        verdict=verdict_view(line.verdict, locale),
        depth=line.depth,
        places=tuple(_place(number) for number in line.places),
        history=tuple(history),
        findings=tuple(
            _finding(checked, numbers[checked.passage], locale, urls)
            for checked in line.citations
            if checked.reasons or checked.suggestion or checked.quotations
        ),
    )


def _finding(checked: CheckedCitation, number: int, locale: Locale, urls: Urls) -> FindingView:
    suggestion = Place(checked.suggestion, urls.cite(checked.suggestion)) if checked.suggestion else None
    return FindingView(
        place=_place(number),
        text=checked.citation.text,
        verdict=verdict_view(checked.verdict, locale),
        reasons=tuple(sentence(reason, locale) for reason in checked.reasons),
        suggestion=suggestion,
        quotations=tuple(_quotation(each, checked.ruling, locale, urls) for each in checked.quotations),
    )


def _quotation(quotation: QuotationCheck, ruling: str | None, locale: Locale, urls: Urls) -> QuotationView:
    place = None
    if quotation.paragraph and ruling:
        part = part_label(quotation.part, locale) + " " if quotation.part else ""
        place = Place(part + paragraph_label(quotation.paragraph), urls.ruling(ruling, quotation.paragraph))
    return QuotationView(
        text=quotation.text,
        language=quotation.language,
        agreement=locale.gettext(AGREEMENTS[quotation.agreement]),
        faithful=quotation.agreement in FAITHFUL,
        speaker=speaker_label(quotation.speaker, locale),
        place=place,
        differences=tuple(DifferenceView(each.quoted, each.ruling) for each in quotation.differences),
    )


def _place(number: int) -> Place:
    return Place(f"¶{number}", f"#b{number}")


@cache
def _by_document_number() -> Mapping[str, str]:
    """Statute id by the number a judicial interpretation was published under: 法释〔2021〕4号."""
    return {
        fold_number(version.version): statute.id
        for statute in statutes().values()
        for version in statute.versions
        if version.version.endswith("号")
    }


def _table_line(line: AuthorityLine, ruling: Ruling | None, locale: Locale) -> str:
    name = line.text
    if ruling and line.verdict is Verdict.CONSISTENT:
        guiding = f"{name}，" if line.group is AuthorityGroup.GUIDING_CASES else ""
        name = guiding + full(Cited(ruling, ""))
    return f"{name}{'：' if locale.code == 'zh-Hans' else ': '}{places(line.places, locale)}"
