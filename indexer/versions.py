"""Earlier texts of rulings: ``corpus/versions/<court>/<filing year>/<id>.v1.md``, held to the rules of any ruling.

The newest text is the ruling itself, under ``rulings/``; v1 is the oldest text, v2 the one after it.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.checks import Context
from indexer.domain.ruling import Ruling
from indexer.parse import parse
from indexer.read import read_one
from indexer.rules import Rejection
from indexer.tag import tag
from indexer.validate import Validator

FOLDER = "versions"
_NAME = re.compile(r"(?P<id>[^.]+)\.v(?P<number>[1-9]\d{0,3})\.md")


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier text of a ruling; ``ruling.id`` is that of the ruling."""

    number: int
    ruling: Ruling


def version_paths(corpus: Path, ruling: Path | None = None) -> list[Path]:
    """The files of earlier texts, of all rulings or of the one in the file ``ruling``, the oldest first."""
    paths = (
        (corpus / FOLDER).rglob("*.md")
        if ruling is None
        else (corpus / FOLDER / ruling.relative_to(corpus / "rulings").parent).glob(f"{ruling.stem}.v*.md")
    )
    return sorted(paths, key=lambda path: (path.parent, number_of(path) or 0, path.name))


def number_of(path: Path) -> int | None:
    """Which text of its ruling a file holds, by its name."""
    match = _NAME.fullmatch(path.name)
    return int(match["number"]) if match else None


def read_versions(context: Context, held: Collection[str]) -> Iterator[Version | Rejection]:
    """Every earlier text of the rulings ``held``, or what is wrong with its file."""
    for path in version_paths(context.corpus):
        match = _NAME.fullmatch(path.name)
        # The rules of places are those of the ruling itself: the text is judged as if it stood there.
        place = path.relative_to(context.corpus / FOLDER)
        home = context.corpus / "rulings" / place.with_name(f"{match['id']}.md" if match else path.name)
        if match is None or match["id"] not in held or not home.exists():
            yield Rejection(path, 1, "version-without-ruling", path.name)
            continue
        for deposit in read_one(path):
            if isinstance(deposit, Rejection):
                yield deposit
                continue
            verdict = Validator(context).validate(replace(deposit, path=home))
            yield from (replace(fault, path=path) for fault in verdict.rejections)
            if verdict.draft is not None:
                yield Version(int(match["number"]), tag(parse(verdict.draft)))
