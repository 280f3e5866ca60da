"""Markdown: our own corpus files, taken as they are; any other, as text."""

import re

import tomli

from indexer.domain.errors import DomainError
from indexer.domain.registry import courts
from indexer.intake.formats.text import decoded, judgment, plain
from indexer.intake.model import Known, RawJudgment, Refusal
from indexer.markdown import NoFrontMatter, UnclosedFrontMatter, take_apart

_MARKS = re.compile(r"^(?:#{1,6}\s+|>\s?|[-*+]\s+(?=\S)|\s*\|)|\*\*|__|`{1,3}|\s*\{#[^{}]*\}\s*$", re.MULTILINE)


def read_markdown(source: str, data: bytes) -> list[RawJudgment | Refusal]:
    """The judgment of a Markdown file; one of our own keeps its file in ``corpus_file``."""
    text = decoded(data)
    if text is None:
        return [Refusal(source, "unknown-encoding")]
    text = plain(text)
    if not text.startswith("+++"):
        return [judgment(source, _MARKS.sub("", text))]
    try:
        document = take_apart(text)
        table = tomli.loads(document.front_matter)
        court = courts()[str(table["court"])].name.zh or ""
        numbers = [str(number) for number in table["case_numbers"]]
    except (NoFrontMatter, UnclosedFrontMatter, DomainError, ValueError, TypeError, KeyError) as error:
        return [Refusal(source, "bad-front-matter", f"{type(error).__name__} {error}"[:80])]
    body = "\n".join(paragraph.text for part in document.parts for paragraph in part.paragraphs)
    if not body.strip():
        return [Refusal(source, "no-text")]
    known = Known(court=court, case_number="、".join(numbers), date=str(table.get("decision_date", "")))
    return [RawJudgment(source, body, known, corpus_file=text)]
