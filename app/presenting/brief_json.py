"""A checked brief as JSON: offsets count characters within a passage."""

from app.briefs.authorities import authorities, paragraph_numbers, verdict_counts
from app.briefs.model import BriefReport, CheckedCitation, QuotationCheck, Reason
from app.coverage import Coverage
from app.i18n import Locale
from app.presenting.brief import sentence, target
from app.urls import Urls

Json = dict[str, object]


def brief_json(report: BriefReport, name: str, build: str, coverage: Coverage, locale: Locale, urls: Urls) -> Json:
    """The whole report, with the passages its offsets count in."""
    numbers = paragraph_numbers(report.passages)
    return {
        "name": name,
        "counts": {verdict.value: count for verdict, count in verdict_counts(report).items()},
        "citations": [_citation(checked, numbers[checked.passage], locale, urls) for checked in report.citations],
        "authorities": [
            {
                "group": line.group.value,
                "text": line.text,
                "ruling": line.ruling,
                "verdict": line.verdict.value,
                "depth": line.depth,
                "places": list(line.places),
            }
            for line in authorities(report)
        ],
        "passages": list(report.passages),
        "coverage": {
            "rulings": coverage.rulings,
            "full": coverage.full,
            "digests": coverage.digests,
            "first_decision": coverage.first or None,
            "last_decision": coverage.last or None,
        },
        "build": build,
    }


def _citation(checked: CheckedCitation, number: int, locale: Locale, urls: Urls) -> Json:
    return {
        "passage": checked.passage,
        "paragraph": number,
        "start": checked.start,
        "end": checked.end,
        "text": checked.citation.text,
        "kind": checked.citation.kind.value,
        "key": checked.citation.key,
        "verdict": checked.verdict.value,
        "reasons": [_reason(reason, locale) for reason in checked.reasons],
        "ruling": checked.ruling,
        "pinpoint": checked.pinpoint,
        "url": target(checked, urls),
        "suggestion": checked.suggestion,
        "history": [_reason(reason, locale) for reason in checked.history],
        "quotations": [_quotation(quotation, checked.ruling, urls) for quotation in checked.quotations],
    }


def _reason(reason: Reason, locale: Locale) -> Json:
    return {"code": reason.code, "message": sentence(reason, locale), "said": reason.said, "held": reason.held}


def _quotation(quotation: QuotationCheck, ruling: str | None, urls: Urls) -> Json:
    return {
        "passage": quotation.passage,
        "start": quotation.start,
        "end": quotation.end,
        "text": quotation.text,
        "agreement": quotation.agreement.value,
        "paragraph": quotation.paragraph,
        "part": quotation.part.value if quotation.part else None,
        "speaker": quotation.speaker.value if quotation.speaker else None,
        "language": quotation.language,
        "differences": [{"quoted": each.quoted, "ruling": each.ruling} for each in quotation.differences],
        "url": urls.ruling(ruling, quotation.paragraph) if ruling and quotation.paragraph else None,
    }
