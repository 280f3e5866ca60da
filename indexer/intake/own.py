"""A corpus file of our own among the sources: it goes into the corpus as it is, if it keeps the rules."""

import datetime
from pathlib import Path, PurePosixPath

import tomli

from indexer.checks import Context
from indexer.deposit import Deposit
from indexer.domain.case_number import parse_case_number
from indexer.domain.headings import PART_OF_HEADING
from indexer.intake.model import RawJudgment, Refusal
from indexer.intake.outcome import Prepared
from indexer.markdown import take_apart
from indexer.validate import Validator

OWN = "own"
"""Among the facts of a prepared file: it is one of ours and its front matter is left alone."""


def prepared_own(raw: RawJudgment, today: datetime.date) -> Prepared | Refusal:
    """The file, its place in the corpus told by its own front matter, or the rule that it breaks."""

    document = take_apart(raw.corpus_file)
    table = tomli.loads(document.front_matter)
    number = parse_case_number(str(table["case_numbers"][0]))
    name = raw.source if raw.source.startswith(number.slug) else f"{number.slug}.md"
    path = PurePosixPath("rulings", str(table["court"]), str(number.year), name)
    corpus = Path("corpus")
    collections = frozenset(str(entry.get("collection")) for entry in table.get("recognition", []))
    deposit = Deposit(corpus / path, raw.corpus_file, None, None, "")
    verdict = Validator(Context(today, corpus, collections)).validate(deposit)
    if verdict.draft is None:
        broken = verdict.rejections[0]
        return Refusal(raw.source, "breaks-rule", f"{broken.rule}: {broken.fault('zh')}")
    matter = verdict.draft.matter
    numbers = tuple(parse_case_number(text).key for text in matter.case_numbers)
    parts = tuple(PART_OF_HEADING[part.heading].value for part in document.parts)
    return Prepared(raw.source, path, raw.corpus_file, matter.document_type, numbers, parts, (OWN,))
