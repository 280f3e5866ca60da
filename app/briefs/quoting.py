"""All quotations of a brief, each checked against the ruling that is cited for it, with what there is to say."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.briefs.model import Agreement, CheckedCitation, Note, QuotationCheck, Reason, Speaker, Stretch
from app.briefs.passage import Passage
from app.briefs.quotation import Quotation, check_quotation, find_quotations, is_quotation, quotations_of_notes
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
    passages: Sequence[Passage],
    checked: Sequence[CheckedCitation],
    ruling: Callable[[str], Ruling],
    notes: Sequence[Note] = (),
) -> Iterator[TiedCheck]:
    """Every quotation that belongs to a citation of a ruling held, in the text or in a note."""
    sources = Sources()
    count = 0
    for passage, candidates, quotation in _all(passages, checked, notes):
        first: TiedCheck | None = None
        for number in candidates:
            if (id := checked[number].ruling) is None:
                continue
            count += 1
            if count > MAX_QUOTATIONS:
                raise TooManyQuotations(
                    "The brief has more than %(limit)d quotations.", {"limit": MAX_QUOTATIONS}, limit=MAX_QUOTATIONS
                )
            check = check_quotation(passage.number, passage.text, quotation, ruling(id), sources)
            tied = TiedCheck(number, check, tuple(reasons_of(check, quotation, ruling(id))))
            if check.agreement is not Agreement.NOT_FOUND:
                yield tied
                break
            first = first or tied
        else:
            if first is not None and quotation.sure:
                yield first


def _all(
    passages: Sequence[Passage], checked: Sequence[CheckedCitation], notes: Sequence[Note]
) -> Iterator[tuple[Passage, Sequence[int], Quotation]]:
    """Every quotation with the citations it may belong to, the likeliest first."""
    numbers: list[list[int]] = [[] for _ in passages]
    for number, each in enumerate(checked):
        numbers[each.passage].append(number)
    noted: dict[int, list[Note]] = {}
    for note in notes:
        noted.setdefault(note.passage, []).append(note)
    last: int | None = None
    for passage in passages:
        own = numbers[passage.number]
        tied = {each.start: each for each in _of(passage)}
        for quotation, note in _of_notes(passage, noted.get(passage.number, ())):
            mine = tied.pop(quotation.start, None)
            there = [
                number for stretch in note.stretches for number in numbers[stretch[0]] if _in(checked[number], stretch)
            ]
            here = [own[mine.citation]] if mine else []
            if mine is not None and mine.sure:
                yield passage, [*here, *there], mine
            else:
                yield passage, [*there, *here], quotation
        for quotation in tied.values():
            yield passage, [own[quotation.citation]], quotation
        if last is not None and (block := _block_quote(passage, passages)):
            yield passage, [last], block
        last = own[-1] if own else None


def _in(each: CheckedCitation, stretch: Stretch) -> bool:
    return each.ruling is not None and stretch[1] <= each.start < stretch[2]


def _of(passage: Passage) -> Iterator[Quotation]:
    """The quotations of a passage that belong to one of its own citations."""
    places = [(citation.start, citation.end) for citation in passage.citations]
    return find_quotations(passage.sentences, passage.quotes, places)


def _of_notes(passage: Passage, notes: Sequence[Note]) -> Iterator[tuple[Quotation, Note]]:
    return quotations_of_notes(passage.sentences, passage.quotes, notes) if notes else iter(())


def _block_quote(passage: Passage, passages: Sequence[Passage]) -> Quotation | None:
    """A passage that is a quotation as a whole; it belongs to the passage before it."""
    if passage.citations:
        return None
    marked = _BLOCK.match(passage.text)
    start = marked.end() if marked else 0
    introduced = passages[passage.number - 1].text.rstrip()[-1:] in set("：:")
    if (marked or introduced) and not passage.quotes and is_quotation(passage.text[start:]):
        return Quotation(start, len(passage.text), 0, marked is not None, None)
    return None


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
