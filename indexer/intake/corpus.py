"""A judgment into its file in the corpus: front matter, parts, numbered paragraphs.

The corpus format has each part once and in the order of 法〔2016〕221号. Where a judgment has another
order (older criminal appeals report the judgment below before the appeal), its parts are put into that
order whole; the paragraphs are numbered in the order of the document, so that the numbers tell the
order in which the court wrote, and no word is lost or moved within a part.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from indexer.domain.headings import HEADINGS
from indexer.domain.names import Names
from indexer.domain.registry import courts
from indexer.domain.ruling import CaseType, DocumentType, Part, Procedure, TextKind
from indexer.intake.model import Judgment, Reading, Refusal
from indexer.intake.paragraphs import paragraphs_of

IMPORTED = "panli import"
"""What stands as the publisher of an imported text: by it an import knows the files it may write again."""
_DOCUMENT_NAMES = {
    DocumentType.JUDGMENT: "判决书",
    DocumentType.ORDER: "裁定书",
    DocumentType.DECISION: "决定书",
    DocumentType.MEDIATION: "调解书",
}
_MOST_PARTIES = 200
_UNSAFE_URL = re.compile(r"[\s\"<>\\]")


@dataclass(frozen=True, slots=True)
class CorpusText:
    """A corpus file, ready to be written; ``path`` counts from the corpus folder."""

    path: PurePosixPath
    text: str


def corpus_file(judgment: Judgment, hidden: Names | None = None) -> CorpusText | Refusal:
    """The corpus file of a judgment, or why it can have none: without court and case number there is no address.

    Facts that are not known are left out; nothing is filled in but ``other`` for the instance and the
    kind of case, which the format wants. ``hidden`` says what personal data was masked; it is told to the reader.
    """
    reading, source = judgment.reading, judgment.raw.source
    if not reading.numbers:
        return Refusal(source, "no-case-number")
    if reading.court is None:
        return (
            Refusal(source, "unknown-court", reading.court_name) if reading.court_name else Refusal(source, "no-court")
        )
    if reading.document_type is None:
        return Refusal(source, "no-document-type")
    number = reading.numbers[0]
    path = PurePosixPath("rulings", reading.court, str(number.year), f"{number.slug}.md")
    lines = ["+++", *_front_matter(judgment, reading.court, reading.document_type, hidden), "+++", *_body(judgment)]
    return CorpusText(path, "\n".join(lines) + "\n")


def quoted(text: str) -> str:
    """``text`` as a TOML string on one line."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "")


def _front_matter(judgment: Judgment, court: str, document_type: DocumentType, hidden: Names | None) -> Iterator[str]:
    reading = judgment.reading
    numbers = ", ".join(quoted(number) for number in dict.fromkeys(map(str, reading.numbers)))
    yield f"case_numbers = [{numbers}]"
    yield f"court = {quoted(court)}"
    yield f"document_type = {quoted(document_type)}"
    yield f"procedure = {quoted(reading.procedure or Procedure.OTHER)}"
    yield f"case_type = {quoted(reading.case_type or CaseType.OTHER)}"
    yield f"title = {_pair(_title(judgment, court, document_type))}"
    yield f"text = {quoted(TextKind.FULL)}"
    if _is_date_sound(reading):
        yield f"decision_date = {quoted(str(reading.date))}"
    if reading.cause.strip():
        yield f"cause = {_pair(Names(reading.cause))}"
    if reading.outcome is not None:
        yield f"outcome = {quoted(reading.outcome)}"
    if reading.damages is not None and reading.damages.cny > 0:
        note = f", note = {_pair(reading.damages.note)}" if reading.damages.note else ""
        yield f"damages = {{cny = {reading.damages.cny}{note}}}"
    if hidden:
        yield f"unsure = [{_pair(hidden)}]"
    yield from _people(reading)
    for provision in reading.statutes:
        yield from ("", "[[statutes]]", f"statute = {quoted(provision.statute)}")
        yield from (f"{key} = {quoted(value)}" for key, value in _version(provision.version, provision.article))
    yield from _source(judgment)


def _version(version: str | None, article: str | None) -> Iterator[tuple[str, str]]:
    if version:
        yield "version", version
    if article:
        yield "article", article


def _is_date_sound(reading: Reading) -> bool:
    # A date before the filing year is a slip or a misreading: it is left out, not corrected.
    return reading.date is not None and reading.date.year >= reading.numbers[0].year


def _title(judgment: Judgment, court: str, document_type: DocumentType) -> Names:
    title = judgment.reading.title.strip() or judgment.raw.known.title.strip()
    if not title:
        name = judgment.reading.court_name or courts()[court].name.zh or ""
        title = f"{name}{judgment.reading.numbers[0]}{_DOCUMENT_NAMES[document_type]}"
    return Names(None, title) if judgment.raw.language == "en" else Names(title)


def _people(reading: Reading) -> Iterator[str]:
    seen: set[tuple[Names, str]] = set()
    for party in reading.parties[:_MOST_PARTIES]:
        if not party.name or (party.name, party.role) in seen:
            continue
        seen.add((party.name, party.role))
        yield from ("", "[[parties]]", f"name = {_pair(party.name)}", f"role = {quoted(party.role)}")
        if party.role_below is not None:
            yield f"role_below = {quoted(party.role_below)}"
    for member in reading.panel:
        if member.name:
            yield from ("", "[[panel]]", f"name = {_pair(member.name)}", f"role = {quoted(member.role)}")


def _source(judgment: Judgment) -> Iterator[str]:
    yield from ("", "[[sources]]", f"title = {quoted(judgment.raw.source)}", f"publisher = {quoted(IMPORTED)}")
    yield f"supports = {quoted('text')}"
    url = judgment.raw.known.url
    if url.startswith(("http://", "https://")) and len(url) > 12 and not _UNSAFE_URL.search(url):
        yield f"url = {quoted(url)}"


def _pair(names: Names) -> str:
    sides = (("zh", names.zh), ("en", names.en))
    return "{" + ", ".join(f"{key} = {quoted(text)}" for key, text in sides if text and text.strip()) + "}"


def _body(judgment: Judgment) -> Iterator[str]:
    texts: dict[Part, list[str]] = {}
    number = 0
    for part, paragraphs in paragraphs_of(judgment):
        for paragraph in paragraphs:
            number += 1
            texts.setdefault(part, []).append(f"{_plain(paragraph)} {{#p{number}}}")
    for part in HEADINGS:
        if part in texts:
            yield from ("", f"## {HEADINGS[part][0]}")
            for text in texts[part]:
                yield from ("", text)


def _plain(paragraph: str) -> str:
    # "#" at the start of a line would be a heading, "+++" the end of the front matter.
    if paragraph.startswith(("#", "+++")):
        paragraph = paragraph.replace(paragraph[0], "＃" if paragraph[0] == "#" else "＋", 1)
    return paragraph
