"""The stages that need no other ruling, for a batch of files: read → validate → parse → tag → cite → analyse.

Workers do this. What must be known of all rulings goes back as `Entry`, without any text; everything else
stays in the batch's run, a file of arrays (`indexer.index.run`), beside it as blobs (`columnar.arrays`):

===========  =======================================================================================
``paper``    for each document the ruling as the catalogue keeps it (`catalogue.papers`)
``cited``    for each document what its text cites, as JSON
``entries``  the pickled entries of the batch's files
``keys``     what the files are known by when they are met again, 32 bytes each
===========  =======================================================================================
"""

import hashlib
import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from indexer.catalogue.papers import packed
from indexer.checks import Claim, Context
from indexer.deposit import Deposit, Draft
from indexer.domain.citation import Resolution
from indexer.domain.linked import FoundCitation, Linked
from indexer.domain.ruling import Ruling
from indexer.index.columnar.arrays import ArrayFile, blob, blob_arrays
from indexer.index.columnar.texts import unfolded
from indexer.index.document import document
from indexer.index.run import IndexRun
from indexer.link import Cited, Ties, cited_in, ties_of
from indexer.parse import parse
from indexer.read import file_digest, read_one, translation_of
from indexer.rules import Rejection
from indexer.tag import tag
from indexer.validate import judged

NO_KEY = bytes(32)
_TOGETHER = 32
"""Files that go through a stage one after the other before the next stage begins: so what the stage works with, tables
of names and words most of all, stays in the processor's caches, and their texts do too."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Files for one worker, and the run to write."""

    paths: tuple[Path, ...]
    context: Context
    run: Path
    code: str
    """`indexer.kept.code_digest`: what made the run."""


class Fit(NamedTuple):
    """A ruling that may be built, unless another has its address or number."""

    place: int
    """Its number in the run."""
    claim: Claim
    ties: Ties
    collections: tuple[str, ...]
    """The curated lists that it names, which must be there."""
    characters: int
    translated: bool


class Entry(NamedTuple):
    """What became of one file."""

    digests: tuple[bytes, bytes | None]
    """`file_digest` of the original and of the translation."""
    rejections: tuple[Rejection, ...]
    fit: Fit | None


CITED = TypeAdapter(tuple[Cited, ...])
"""What a ruling's text cites ⇄ JSON."""


def examine(batch: Batch) -> None:
    """Take the files of a batch as far as one file goes, and write the run."""
    run = IndexRun()
    papers: list[bytes] = []
    every_cited: list[bytes] = []
    entries: list[Entry] = []
    for at in range(0, len(batch.paths), _TOGETHER):
        paths = batch.paths[at : at + _TOGETHER]
        found = [_draft(path, batch.context) for path in paths]
        parsed = [parse(draft) for draft, _ in found if draft is not None]
        rulings = [tag(ruling) for ruling in parsed]
        cited = [cited_in(ruling) for ruling in rulings]
        documents = [document(_unlinked(ruling, each), 0) for ruling, each in zip(rulings, cited, strict=True)]
        entries += _entries(paths, found, enumerate(rulings, len(run)))
        texts = [run.add(each) for each in documents]
        papers += [packed(ruling, unfolded(text)) for ruling, text in zip(rulings, texts, strict=True)]
        every_cited += map(CITED.dump_json, cited)
    keys = [_key_again(path, batch.context.corpus, each) for path, each in zip(batch.paths, entries, strict=True)]
    kept = {"paper": papers, "cited": every_cited, "entries": [pickle.dumps(entries, -1)], "keys": [b"".join(keys)]}
    made = {"code": batch.code, "today": batch.context.today.isoformat(), "documents": len(run)}
    run.write(batch.run, blob_arrays(kept), {**made, "collections": sorted(batch.context.collections)})


def digests_of(path: Path) -> tuple[bytes, bytes | None]:
    """`file_digest` of a ruling's file and of its translation, if there is one."""
    translation = translation_of(path)
    return file_digest(path), file_digest(translation) if translation.exists() else None


def file_key(path: Path, corpus: Path, digests: tuple[bytes, bytes | None]) -> bytes:
    """What a file is known by: its place in the corpus and its content."""
    original, translation = digests
    return hashlib.sha256(path.relative_to(corpus).as_posix().encode() + original + (translation or b"")).digest()


def entries_in(run: ArrayFile) -> Sequence[Entry]:
    """The entries of a run's files, in their order."""
    entries: list[Entry] = pickle.loads(blob(run, "entries", 0))
    return entries


def keys_in(run: ArrayFile) -> list[bytes]:
    """The keys of a run's files, in their order; `NO_KEY` for those that had any fault, to be told again."""
    keys = blob(run, "keys", 0)
    return [keys[at : at + 32] for at in range(0, len(keys), 32)]


def paper_in(run: ArrayFile, place: int) -> bytes:
    """One document of a run as the catalogue keeps it."""
    return blob(run, "paper", place)


def cited_of(run: ArrayFile, place: int) -> tuple[Cited, ...]:
    """What the text of one document of a run cites."""
    return CITED.validate_json(blob(run, "cited", place))


def _draft(path: Path, context: Context) -> tuple[Draft | None, tuple[Rejection, ...]]:
    rejections: list[Rejection] = []
    for deposit in read_one(path):
        if isinstance(deposit, Rejection):
            rejections.append(deposit)
            continue
        verdict = judged(deposit, context)
        rejections += verdict.rejections
        if verdict.draft is not None:
            return verdict.draft, tuple(rejections)
    return None, tuple(rejections)


def _unlinked(ruling: Ruling, cited: Iterable[Cited]) -> Linked:
    return Linked(ruling, tuple(FoundCitation(each.paragraph, Resolution(each.citation)) for each in cited), ())


def _entries(
    paths: Iterable[Path],
    found: Iterable[tuple[Draft | None, tuple[Rejection, ...]]],
    rulings: Iterator[tuple[int, Ruling]],
) -> Iterator[Entry]:
    """The entry of each file; ``rulings`` are those of the drafts, each with its number in the run."""
    for path, (draft, rejections) in zip(paths, found, strict=True):
        if draft is None:
            yield Entry(digests_of(path), rejections, None)
        else:
            yield Entry(draft.deposit.digests, rejections, _fit(*next(rulings), draft.deposit))


def _fit(place: int, ruling: Ruling, deposit: Deposit) -> Fit:
    paragraphs = [paragraph for _, paragraph in ruling.paragraphs]
    numbers = tuple((number.key, ruling.document_type.value) for number in ruling.numbers)
    return Fit(
        place=place,
        claim=Claim(deposit.id, numbers),
        ties=ties_of(ruling),
        collections=tuple(entry.collection for entry in ruling.recognition if entry.collection),
        characters=sum(len(paragraph.text) for paragraph in paragraphs),
        translated=any(paragraph.translation for paragraph in paragraphs),
    )


def _key_again(path: Path, corpus: Path, entry: Entry) -> bytes:
    return NO_KEY if entry.rejections or entry.fit is None else file_key(path, corpus, entry.digests)
