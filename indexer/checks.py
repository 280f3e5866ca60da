"""The rules themselves: small functions, each of which finds the faults of one kind."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from indexer.corpus_format import FrontMatter, Pair
from indexer.deposit import Deposit
from indexer.domain.case_number import CaseNumber, parse_case_number
from indexer.domain.dates import PartialDate, parse_partial_date
from indexer.domain.errors import BadCaseNumber, BadDate
from indexer.domain.headings import HEADINGS, PART_OF_HEADING
from indexer.domain.registry import court_of, courts, legal_fields, statute_names, statutes, trial_teams
from indexer.domain.ruling import CaseType, DocumentType, Outcome, Part, Procedure, TextKind
from indexer.domain.statute import article_key
from indexer.markdown import Document, RawPart, line_of
from indexer.rules import Rejection

_ORDER = list(HEADINGS)
_MODERN_SINCE = 2016
_PROCEDURE_OF_TYPE = (("初", Procedure.FIRST_INSTANCE), ("终", Procedure.SECOND_INSTANCE), ("再", Procedure.RETRIAL))
# 行保 is act preservation (行为保全), which is civil as a rule, not 行政.
_CASE_TYPE_OF_TYPE = (("行(?!保)", CaseType.ADMINISTRATIVE), ("民", CaseType.CIVIL), ("刑", CaseType.CRIMINAL))
_FIRST_INSTANCE_ONLY = {Outcome.GRANTED, Outcome.PARTLY_GRANTED}
_APPEAL_ONLY = {Outcome.UPHELD, Outcome.REVERSED, Outcome.PARTLY_REVERSED}
_ARTICLE = re.compile(r"第?(?:[零〇一二三四五六七八九十百千]+|\d+)条(?:\D|\d(?!条))*|第?\d+")
_NAME_END = re.compile(r"(?:-[a-z][a-z0-9]*)?")
"""What the name of a file may have after its number."""
_PARAGRAPH_NUMBER = re.compile(r"[1-9]\d{0,4}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\u2029\ufeff]")


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules must know beside the file itself."""

    today: datetime.date
    corpus: Path
    collections: frozenset[str] = frozenset()


Report = Callable[..., Rejection]


def text_faults(deposit: Deposit, document: Document) -> Iterator[Rejection]:
    """Faults of the text: lost characters, headings, order, empty parts, paragraph ids."""
    path = deposit.path
    yield from character_faults(path, deposit.text)
    if document.preamble:
        yield Rejection(path, document.preamble.line, "text-before-heading", document.preamble.text[:40])
    if not any(part.paragraphs for part in document.parts):
        yield Rejection(path, 1, "no-text")
    yield from _heading_faults(path, document.parts)
    yield from _paragraph_id_faults(path, document.parts)


def character_faults(path: Path, text: str) -> Iterator[Rejection]:
    """Characters that no text should hold: control characters, and the mark of a lost one."""
    if "\ufffd" not in text and _CONTROL.search(text) is None:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if "\ufffd" in line:
            yield Rejection(path, number, "lost-characters")
        if control := _CONTROL.search(line):
            yield Rejection(path, number, "control-character", f"U+{ord(control[0]):04X}")


def matter_faults(deposit: Deposit, document: Document, matter: FrontMatter, context: Context) -> list[Rejection]:
    """Faults of the metadata: each value, values against each other, and the file's place."""

    def at(rule: str, value: object = "", other: object = "", *location: int | str) -> Rejection:
        line = line_of(document.front_matter, location, document.front_matter_line)
        return Rejection(deposit.path, line, rule, str(value), str(other))

    numbers, found = _numbers(matter, at)
    found += [*_name_faults(matter, at), *_registry_faults(matter, at, context), *_source_faults(matter, at)]
    date, date_faults = _date(matter, at, context)
    found += date_faults
    if numbers:
        found += _number_faults(matter, numbers[0], date, at, context)
        found += _place_faults(deposit, matter, numbers[0], at, context)
    return found


def translation_faults(path: Path, document: Document, original: Document) -> Iterator[Rejection]:
    """Where a translation does not match its original, part by part."""

    def shape(parts: tuple[RawPart, ...]) -> list[Part | None]:
        return [PART_OF_HEADING.get(part.heading) for part in parts]

    if document.preamble:
        yield Rejection(path, document.preamble.line, "text-before-heading", document.preamble.text[:40])
    if shape(document.parts) != shape(original.parts):
        there = ", ".join(part.heading for part in document.parts)
        here = ", ".join(part.heading for part in original.parts)
        yield Rejection(path, 1, "translation-parts-differ", there or "–", here)
        return
    for mine, theirs in zip(document.parts, original.parts, strict=True):
        if len(mine.paragraphs) != len(theirs.paragraphs):
            counts = f"{len(mine.paragraphs)} / {len(theirs.paragraphs)}"
            yield Rejection(path, mine.line, "translation-paragraphs-differ", mine.heading, counts)


class Claim(NamedTuple):
    """What a ruling takes that no other may have: an address, and numbers for its type of document."""

    id: str
    numbers: tuple[tuple[str, str], ...]


def claim_of(deposit: Deposit, matter: FrontMatter) -> Claim:
    """The claim of a ruling whose metadata break no rule."""
    keys = ((parse_case_number(text).key, matter.document_type.value) for text in matter.case_numbers)
    return Claim(deposit.id, tuple(keys))


@dataclass
class Taken:
    """Addresses and case numbers that earlier files of this run have."""

    _ids: dict[str, Path] = field(default_factory=dict)
    _numbers: dict[tuple[str, str], str] = field(default_factory=dict)

    def faults(self, path: Path, claim: Claim) -> list[Rejection]:
        """Whether the file at ``path`` takes what another has; if not, it takes it."""
        if claim.id in self._ids:
            return [Rejection(path, 1, "duplicate-id", claim.id, self._ids[claim.id].as_posix())]
        for key in claim.numbers:
            if key in self._numbers:
                return [Rejection(path, 2, "duplicate-number", key[0], self._numbers[key])]
        self._ids[claim.id] = path
        self._numbers.update(dict.fromkeys(claim.numbers, claim.id))
        return []


def _heading_faults(path: Path, parts: tuple[RawPart, ...]) -> Iterator[Rejection]:
    seen: list[Part] = []
    for raw in parts:
        part = PART_OF_HEADING.get(raw.heading)
        if part is None:
            yield Rejection(path, raw.line, "unknown-heading", raw.heading)
            continue
        if part in seen:
            yield Rejection(path, raw.line, "repeated-heading", raw.heading)
        elif seen and _ORDER.index(part) < _ORDER.index(seen[-1]):
            yield Rejection(path, raw.line, "parts-out-of-order", raw.heading, HEADINGS[seen[-1]][0])
        if not raw.paragraphs:
            yield Rejection(path, raw.line, "empty-part", raw.heading)
        seen.append(part)


def _paragraph_id_faults(path: Path, parts: tuple[RawPart, ...]) -> Iterator[Rejection]:
    seen: set[str] = set()
    for raw in parts:
        letter = "h" if PART_OF_HEADING.get(raw.heading) is Part.HEADNOTE else "p"
        for paragraph in raw.paragraphs:
            if paragraph.id is None:
                continue
            if paragraph.id[:1] != letter or not _PARAGRAPH_NUMBER.fullmatch(paragraph.id, 1):
                yield Rejection(path, paragraph.line, "bad-paragraph-id", paragraph.id)
            elif paragraph.id in seen:
                yield Rejection(path, paragraph.line, "repeated-paragraph-id", paragraph.id)
            seen.add(paragraph.id)


def _numbers(matter: FrontMatter, at: Report) -> tuple[list[CaseNumber], list[Rejection]]:
    numbers: list[CaseNumber] = []
    found: list[Rejection] = []
    for text in matter.case_numbers:
        try:
            number = parse_case_number(text)
        except BadCaseNumber:
            found.append(at("bad-case-number", text, "", "case_numbers"))
            continue
        if number in numbers:
            found.append(at("repeated-case-number", text, "", "case_numbers"))
        numbers.append(number)
    others = [("proceedings", i, entry.case_number) for i, entry in enumerate(matter.proceedings)]
    for name, index, text in [*others, *(("cites", 0, text) for text in matter.cites)]:
        try:
            if parse_case_number(text) in numbers:
                found.append(at("refers-to-itself", text, "", name, index, "case_number"))
        except BadCaseNumber:
            found.append(at("bad-case-number", text, "", name, index, "case_number"))
    return numbers, found


def _date(matter: FrontMatter, at: Report, context: Context) -> tuple[PartialDate | None, list[Rejection]]:
    if matter.decision_date is None:
        return None, []
    try:
        date = parse_partial_date(matter.decision_date)
    except BadDate:
        return None, [at("impossible-date", matter.decision_date, "", "decision_date")]
    if date.first > context.today:
        return date, [at("date-in-future", date, "", "decision_date")]
    return date, []


def _number_faults(
    matter: FrontMatter, number: CaseNumber, date: PartialDate | None, at: Report, context: Context
) -> Iterator[Rejection]:
    if number.year > context.today.year:
        yield at("number-in-future", number.year, "", "case_numbers")
    if date and date.year < number.year:
        yield at("date-before-filing", date, number.year, "decision_date")
    if not number.legacy and number.year < _MODERN_SINCE:
        yield at("number-not-used-then", number, "", "case_numbers")
    court, named = court_of(number), courts().get(matter.court)
    # Before 2016 an abbreviation may be shared (新: 新疆, 新民): it tells only where the court has one of its own.
    tells = not number.legacy or (named is not None and named.legacy_codes)
    if court and named and court.id != named.id and tells:
        yield at("court-contradicts-number", named.name.zh, court.name.zh, "court")
    if named and named.valid_from and number.year < named.valid_from.year:
        yield at("court-not-yet-founded", number.year, named.valid_from, "court")
    procedures = {wanted for char, wanted in _PROCEDURE_OF_TYPE if char in number.type}
    if len(procedures) == 1 and matter.procedure not in (*procedures, Procedure.OTHER):
        yield at("procedure-contradicts-number", matter.procedure, *procedures, "procedure")
    case_types = {wanted for pattern, wanted in _CASE_TYPE_OF_TYPE if re.search(pattern, number.type)}
    if len(case_types) == 1 and matter.case_type not in case_types:
        yield at("case-type-contradicts-number", matter.case_type, *case_types, "case_type")
    impossible = {Procedure.FIRST_INSTANCE: _APPEAL_ONLY, Procedure.SECOND_INSTANCE: _FIRST_INSTANCE_ONLY}
    # An order may grant an application at any instance.
    if matter.document_type is DocumentType.JUDGMENT and matter.outcome in impossible.get(matter.procedure, ()):
        yield at("outcome-contradicts-procedure", matter.outcome, matter.procedure, "outcome")


def _place_faults(
    deposit: Deposit, matter: FrontMatter, number: CaseNumber, at: Report, context: Context
) -> Iterator[Rejection]:
    name, slug = deposit.id, number.slug
    if not name.startswith(slug) or not _NAME_END.fullmatch(name, len(slug)):
        yield at("wrong-file-name", name, slug, "case_numbers")
    folder, corpus = deposit.path.parent, context.corpus
    wanted = corpus / "rulings" / matter.court / str(number.year)
    if folder != wanted and folder.is_relative_to(corpus):
        there, right = (each.relative_to(corpus).as_posix() for each in (folder, wanted))
        yield at("wrong-folder", there, right, "court")


def _name_faults(matter: FrontMatter, at: Report) -> Iterator[Rejection]:
    if not matter.title.names():
        yield at("title-missing", "", "", "title")
    people = [("parties", i, entry.name) for i, entry in enumerate(matter.parties)]
    people += [("panel", i, member.name) for i, member in enumerate(matter.panel)]
    people += [("recognition", i, entry.name) for i, entry in enumerate(matter.recognition)]
    for name, index, pair in people:
        if not pair.names():
            yield at("name-empty", f"{name}.{index}", "", name, index, "name")
    seen: set[tuple[Pair, str]] = set()
    for index, party in enumerate(matter.parties):
        if (party.name, party.role) in seen:
            yield at("repeated-party", party.name.names().best("zh"), "", "parties", index, "name")
        seen.add((party.name, party.role))


def _registry_faults(matter: FrontMatter, at: Report, context: Context) -> Iterator[Rejection]:
    for name, index, court in [("court", 0, matter.court)] + [
        ("proceedings", i, entry.court) for i, entry in enumerate(matter.proceedings) if entry.court
    ]:
        if court not in courts():
            yield at("unknown-court", court, "", name, index, "court")
    for legal_field in matter.fields:
        if legal_field not in legal_fields():
            yield at("unknown-field", legal_field, "", "fields")
    if matter.team is not None:
        team = trial_teams().get(matter.team)
        if team is None:
            yield at("unknown-team", matter.team, "", "team")
        elif team.court != matter.court:
            yield at("team-of-another-court", matter.team, team.court, "team")
    for index, entry in enumerate(matter.statutes):
        yield from _statute_faults(index, entry.statute, entry.version, entry.article, at)
    for index, recognition in enumerate(matter.recognition):
        if recognition.collection is not None and recognition.collection not in context.collections:
            yield at("unknown-collection", recognition.collection, "", "recognition", index, "collection")


def _statute_faults(index: int, name: str, version: str | None, article: str | None, at: Report) -> Iterator[Rejection]:
    statute = statutes().get(statute_names().get(name.lower(), ""))
    if statute is None:
        yield at("unknown-statute", name, "", "statutes", index, "statute")
    elif version and version not in {entry.version for entry in statute.versions}:
        yield at("unknown-statute-version", version, statute.name.zh, "statutes", index, "version")
    if article and (not _ARTICLE.fullmatch(article) or not article_key(article)[:1].isdigit()):
        yield at("bad-article", article, "", "statutes", index, "article")


def _source_faults(matter: FrontMatter, at: Report) -> Iterator[Rejection]:
    if matter.text is TextKind.DIGEST and not matter.sources:
        yield at("digest-without-source", "", "", "text")
    for index, source in enumerate(matter.sources):
        if source.url and (urlsplit(source.url).scheme not in ("http", "https") or not urlsplit(source.url).netloc):
            yield at("bad-address", source.url, "", "sources", index, "url")
    if matter.warning and not matter.unsure:
        yield at("warning-without-doubt", "", "", "warning")
    for index, doubt in enumerate(matter.unsure):
        if not (doubt.zh and doubt.en):
            yield at("doubt-in-one-language", doubt.names().best("zh")[:60], "", "unsure", index)
    if matter.damages and matter.damages.cny <= 0:
        yield at("damages-not-positive", matter.damages.cny, "", "damages")
