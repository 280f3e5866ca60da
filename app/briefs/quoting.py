"""All quotations of a brief, each checked against the ruling that is cited for it, with what there is to say."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.briefs.model import Agreement, CheckedCitation, QuotationCheck, Reason, Speaker
from app.briefs.passage import Passage
from app.briefs.quotation import Quotation, check_quotation, find_quotations, is_quotation
from app.briefs.sources import Sources
from app.errors import AppError
from indexer.domain.ruling import Part, Ruling, TextKind

MAX_QUOTATIONS = 4_000
DIFFERING = frozenset({"whose-words", "quotation-meaning", "quotation-not-found"})
"""The reasons by which a brief says something else than the ruling."""
_OWN = frozenset({Part.REASONING, Part.HOLDINGS, Part.DISPOSITION, Part.LEGAL_BASIS})
"""Parts in which a court surely speaks for itself; facts and procedure report what parties said, too."""
_BLOCK = re.compile(r"\s*(?:>\s*)+")
_SHOWN = 60


class TooManyQuotations(AppError):
    """The brief has more quotations than are compared at once; ``detail["limit"]`` is the number."""

    status, code = 413, "too_many_quotations"


@dataclass(frozen=True, slots=True)
class TiedCheck:
    """A checked quotation with the number of its citation among all of the brief."""

    citation: int
    check: QuotationCheck
    reasons: tuple[Reason, ...]


def quotation_checks(
    passages: Sequence[Passage], checked: Sequence[CheckedCitation], ruling: Callable[[str], Ruling]
) -> Iterator[TiedCheck]:
    """Every quotation that belongs to a citation of a ruling held."""
    sources = Sources()
    numbers: list[list[int]] = [[] for _ in passages]
    for number, each in enumerate(checked):
        numbers[each.passage].append(number)
    last: int | None = None
    count = 0
    for passage in passages:
        for number, quotation in _of(passage, numbers[passage.number], passages, last):
            if (id := checked[number].ruling) is None:
                continue
            count += 1
            if count > MAX_QUOTATIONS:
                raise TooManyQuotations(
                    "The brief has more than %(limit)d quotations.", {"limit": MAX_QUOTATIONS}, limit=MAX_QUOTATIONS
                )
            check = check_quotation(passage.number, passage.text, quotation, ruling(id), sources)
            if quotation.sure or check.agreement is not Agreement.NOT_FOUND:
                yield TiedCheck(number, check, tuple(reasons_of(check, quotation, ruling(id))))
        last = numbers[passage.number][-1] if numbers[passage.number] else None


def _of(
    passage: Passage, numbers: Sequence[int], passages: Sequence[Passage], last: int | None
) -> Iterator[tuple[int, Quotation]]:
    """The quotations of a passage, each with its citation; a block quote belongs to the passage before it."""
    places = [(citation.start, citation.end) for citation in passage.citations]
    for quotation in find_quotations(passage.sentences, passage.quotes, places):
        yield numbers[quotation.citation], quotation
    if last is None or passage.citations:
        return
    marked = _BLOCK.match(passage.text)
    start = marked.end() if marked else 0
    introduced = passages[passage.number - 1].text.rstrip()[-1:] in set("：:")
    if (marked or introduced) and not passage.quotes and is_quotation(passage.text[start:]):
        yield last, Quotation(start, len(passage.text), 0, marked is not None, None)


def reasons_of(check: QuotationCheck, quotation: Quotation, ruling: Ruling) -> Iterator[Reason]:
    """What there is to say of a checked quotation: how it differs, whose words it is, what it was compared with."""
    shown = check.text if len(check.text) <= _SHOWN else f"{check.text[:_SHOWN]}…"
    digest = ruling.text is TextKind.DIGEST
    if check.agreement is Agreement.NOT_FOUND:
        yield Reason("quotation-not-in-digest" if digest else "quotation-not-found", shown)
        return
    if check.agreement is Agreement.MEANING:
        yield Reason("quotation-meaning", shown)
    elif check.agreement is Agreement.NEAR:
        yield Reason("quotation-near", shown)
    if check.speaker is not None and _of_another(check, quotation):
        yield Reason("whose-words", str(quotation.said_by), check.speaker.value)
    if digest:
        yield Reason("digest")


def _of_another(check: QuotationCheck, quotation: Quotation) -> bool:
    """Whether the brief gives the words to one who did not say them; an editor's headnote is nobody's claim."""
    said, held = quotation.said_by, check.speaker
    if said is None or held in (said, Speaker.EDITOR):
        return False
    return held is not Speaker.COURT or check.part in _OWN
