"""Second stage: a deposit is held to the rules and becomes a draft, or is rejected with reasons.

One fault never hides another: every check that can still run does, and each fault is a `Rejection`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

import tomli
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from indexer import checks
from indexer.corpus_format import FrontMatter
from indexer.deposit import Deposit, Draft
from indexer.markdown import Document, NoFrontMatter, UnclosedFrontMatter, line_of, take_apart, toml_error_line
from indexer.rules import Rejection


@dataclass(frozen=True, slots=True)
class Verdict:
    """The draft, if the ruling is accepted, and everything that was found wrong."""

    draft: Draft | None
    rejections: tuple[Rejection, ...]


class Validator:
    """Holds deposits to the rules, one after the other; remembers addresses and numbers taken."""

    def __init__(self, context: checks.Context) -> None:
        self._context = context
        self._taken = checks.Taken()

    def validate(self, deposit: Deposit) -> Verdict:
        """What becomes of one deposit. Never raises for what a file holds."""
        verdict = judged(deposit, self._context)
        if verdict.draft is None:
            return verdict
        taken = self._taken.faults(deposit.path, checks.claim_of(deposit, verdict.draft.matter))
        return Verdict(None, tuple(taken)) if taken else verdict


def judged(deposit: Deposit, context: checks.Context) -> Verdict:
    """What becomes of one deposit, whatever others have taken. Never raises for what a file holds."""
    document, rejections = _document(deposit)
    if document is None:
        return Verdict(None, rejections)
    matter, faults = _matter(deposit, document)
    found = [*rejections, *faults, *checks.text_faults(deposit, document)]
    if matter is None:
        return Verdict(None, tuple(found))
    found += checks.matter_faults(deposit, document, matter, context)
    if found:
        return Verdict(None, tuple(found))
    translation, faults_there = _translation(deposit, document)
    return Verdict(Draft(deposit, matter, document, translation), tuple(faults_there))


def _document(deposit: Deposit) -> tuple[Document | None, tuple[Rejection, ...]]:
    try:
        return take_apart(deposit.text), ()
    except NoFrontMatter:
        return None, (Rejection(deposit.path, 1, "no-front-matter"),)
    except UnclosedFrontMatter:
        return None, (Rejection(deposit.path, 1, "unclosed-front-matter"),)


def _matter(deposit: Deposit, document: Document) -> tuple[FrontMatter | None, list[Rejection]]:
    try:
        table = tomli.loads(document.front_matter)
    except tomli.TOMLDecodeError as error:
        line = document.front_matter_line + toml_error_line(error, document.front_matter) - 1
        return None, [Rejection(deposit.path, line, "bad-toml", str(error))]
    try:
        return FrontMatter.model_validate(table), []
    except ValidationError as error:
        return None, [_as_rejection(deposit, document, detail) for detail in error.errors()]


def _as_rejection(deposit: Deposit, document: Document, detail: ErrorDetails) -> Rejection:
    location = detail["loc"]
    name = ".".join(str(step) for step in location)
    line = line_of(document.front_matter, location, document.front_matter_line)
    match detail["type"]:
        case "missing":
            return Rejection(deposit.path, line, "missing-key", name)
        case "extra_forbidden":
            near = get_close_matches(str(location[-1]), FrontMatter.model_fields, 1)
            return Rejection(deposit.path, line, "unknown-key", name, near[0] if near else "–")
        case "enum":
            allowed = str(detail.get("ctx", {}).get("expected", ""))
            return Rejection(deposit.path, line, "unknown-value", f"{name} = {detail['input']!r}", allowed)
        case _:
            return Rejection(deposit.path, line, "wrong-type", f"{name} = {detail['input']!r}", detail["msg"])


def _translation(deposit: Deposit, original: Document) -> tuple[Document | None, list[Rejection]]:
    if deposit.translation is None or deposit.translation_path is None:
        return None, []
    faults = list(_translation_faults(replace(deposit, text=deposit.translation), original))
    return (None, faults) if faults else (take_apart(deposit.translation), [])


def _translation_faults(deposit: Deposit, original: Document) -> Iterator[Rejection]:
    path = deposit.translation_path or deposit.path
    try:
        document = take_apart(deposit.text)
        table = tomli.loads(document.front_matter)
    except (NoFrontMatter, UnclosedFrontMatter) as error:
        yield Rejection(path, 1, "translation-unreadable", type(error).__doc__ or "")
        return
    except tomli.TOMLDecodeError as error:
        yield Rejection(path, 2, "translation-unreadable", str(error))
        return
    if table != {"language": "en"}:
        yield Rejection(path, 2, "translation-language", str(table.get("language", table)))
    yield from checks.character_faults(path, deposit.text)
    yield from checks.translation_faults(path, document, original)
