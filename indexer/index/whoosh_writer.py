"""The embedded engine: an index of Whoosh's, written as arrays in one go (`indexer.index.columnar`)."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from whoosh import fields as whoosh_fields
from whoosh.analysis import Analyzer, Token
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.index.analysis import analyse
from indexer.index.columnar.arrays import Array, ArrayFile, ArraysWriter, write_arrays
from indexer.index.columnar.codec import ColumnarCodec
from indexer.index.columnar.documents import DOCUMENTS
from indexer.index.columnar.impacts import Summed, write_impacts, write_sums
from indexer.index.columnar.join import join_rulings, stretches
from indexer.index.columnar.merge import Placed, merge_fields, write_vocabulary
from indexer.index.columnar.merge_places import merge_places
from indexer.index.columnar.pieces import blocks_of
from indexer.index.columnar.places import PLACES
from indexer.index.columnar.postings import Docs, FieldBuilder
from indexer.index.columnar.standing import write_standing
from indexer.index.columnar.terms import INVERTED
from indexer.index.document import IndexDocument
from indexer.index.fields import FIELDS, ZONES, Kind
from indexer.index.run import SEARCHED, ZONE_NAMES, IndexRun

INDEX_NAME = "MAIN"
_RUN_OF = 500
"""Documents of a run that `WhooshWriter` puts aside."""
_VOCABULARY, _WORDS, _STANDING, _TEXTS = "vocabulary", "words", "standing", "texts"
_SUMS, _RANKS, _PLACES = "sums", "ranks", "places"
_MERGED = tuple(name for name in SEARCHED if name != "cites")
_COUNTED = frozenset(field.name for field in FIELDS if field.kind is Kind.SPELLING)
FIRST = (_VOCABULARY, _TEXTS)
"""Shares of a merge that need no other; those of `Merging.shares` need the first of these."""


class Terms(Analyzer):  # type: ignore[misc]
    """Whoosh's door to `indexer.index.analysis`: folded text in, terms out."""

    def __call__(self, value: str, positions: bool = False, **_: object) -> Iterator[Token]:
        token = Token()
        for position, found in enumerate(analyse(value)):
            token.text, token.pos, token.boost, token.stopped = found.term, position, 1.0, False
            yield token


class Lines(Analyzer):  # type: ignore[misc]
    """One term for each line of the value, as it stands."""

    def __call__(self, value: str, positions: bool = False, **_: object) -> Iterator[Token]:
        token = Token()
        for position, line in enumerate(value.split("\n")):
            if line:
                token.text, token.pos, token.boost, token.stopped = line, position, 1.0, False
                yield token


def schema() -> whoosh_fields.Schema:
    """The Whoosh schema that `indexer.index.fields` describes."""
    return whoosh_fields.Schema(**{whoosh_name(field.name): _whoosh_field(field.kind) for field in FIELDS})


def whoosh_name(field: str) -> str:
    """What Whoosh calls a field of ours; its names are Python's."""
    return field.replace("-", "_")


def _whoosh_field(kind: Kind) -> whoosh_fields.FieldType:
    match kind:
        case Kind.TEXT:
            return whoosh_fields.TEXT(analyzer=Terms(), phrase=False)
        case Kind.EXACT | Kind.SPELLING:
            return whoosh_fields.KEYWORD(analyzer=Lines(), scorable=False)
        case Kind.STORED:
            return whoosh_fields.STORED()


class WhooshWriter:
    """Writes one index folder of one segment, in one process; document numbers are the order of adding.

    Postings do not pass through Whoosh's writer, which spends ten microseconds on each: they are
    collected in runs, each sorted once and put aside, and merged at the end (`Merging`).
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._aside = folder, folder.with_name(f"{folder.name}-runs")
        self._aside.mkdir(parents=True)
        self._run = IndexRun()
        self._late = Late()
        self._cited_by: list[int] = []
        self._paths: list[Path] = []
        self._numbers: list[Sequence[int]] = []

    def add(self, document: IndexDocument) -> None:
        """Take one document."""
        self._late.add(document.id, document.cites)
        self._cited_by.append(document.cited_by)
        self._run.add(document)
        if len(self._run) >= _RUN_OF:
            self._put_aside()

    def commit(self) -> None:
        """Merge what was put aside into the index folder."""
        self._put_aside()
        merging = Merging(self._folder, self._aside, tuple(self._paths), tuple(self._numbers))
        for share in (*FIRST, *merging.shares, *merging.sums):
            merging.do(share)
        merging.finish(self._late, self._cited_by)
        shutil.rmtree(self._aside)

    def abort(self) -> None:
        """Remove the folder, whatever was written."""
        shutil.rmtree(self._aside, ignore_errors=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _put_aside(self) -> None:
        if len(self._run):
            start = len(self._late) - len(self._run)
            self._numbers.append(range(start, len(self._late)))
            self._paths.append(self._aside / f"{len(self._paths)}.run")
            self._run.write(self._paths[-1], {}, {})
            self._run = IndexRun()


class Late:
    """What the index holds of the documents that is known only when all of them are: ids, citations."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._cites = FieldBuilder()

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, id: str, cites: Iterable[str]) -> None:
        """The next document."""
        self._cites.add(len(self._ids), cites)
        self._ids.append(id)

    def document_arrays(self, cited_by: Sequence[int]) -> dict[str, Array]:
        """Arrays for the ``.doc`` file."""
        return {
            "ids": np.frombuffer("\n".join(self._ids).encode(), np.uint8),
            "cited_by": np.asarray(cited_by, np.int32),
            "stored": np.zeros(0, np.uint8),
            "stored_ends": np.zeros(len(self._ids) + 1, np.int64),
        }

    def term_arrays(self) -> dict[str, Array]:
        """Arrays for the ``.inv`` file."""
        return {f"cites.{name}": each for name, each in self._cites.arrays().items()}


@dataclass(frozen=True, slots=True)
class Merging:
    """Runs into an index folder: the shares of `FIRST`, `shares` and `sums`, each in any process, then `finish`."""

    folder: Path
    aside: Path
    """Where shares are left until `finish` joins them; removed by the caller."""
    runs: tuple[Path, ...]
    numbers: tuple[Sequence[int], ...]
    """The number in the index of each document of each run; -1 for one that is left out."""
    parts: int = 1
    """Into how many shares the longest work is cut."""

    @property
    def shares(self) -> tuple[str, ...]:
        """What can be done at the same time as soon as there is a vocabulary."""
        return (_WORDS, *self._of(_STANDING))

    @property
    def sums(self) -> tuple[str, ...]:
        """What can be done at the same time as soon as all `shares` are there."""
        return self._of(_SUMS)

    def do(self, share: str) -> None:
        """One share of the work, into files of its own."""
        runs = self._placed()
        if share == _VOCABULARY:
            write_vocabulary(self.aside / _VOCABULARY, [run.file for run in runs])
        elif share == _TEXTS:
            merge_places(self.aside / _PLACES, runs)
            with ArraysWriter(self.aside / _TEXTS) as writer:
                lengths = [(f"length.{zone}", f"length.{whoosh_name(zone)}") for zone in ZONE_NAMES]
                writer.close({"facets": join_rulings(writer, stretches(runs), lengths)})
        elif share == _WORDS:
            fields = [(name, whoosh_name(name)) for name in _MERGED]
            ranks = merge_fields(self.aside / _WORDS, fields, runs, self.aside / _VOCABULARY, _COUNTED)
            write_arrays(self.aside / _RANKS, ranks, {})
        else:
            kind, part = share.split("-")
            if kind == _STANDING:
                write_standing(self.aside / share, runs[int(part) :: self.parts], self.aside / _VOCABULARY)
            else:
                files = self._files(_STANDING)
                words = ArrayFile(self.aside / _WORDS)
                write_sums(self.aside / share, words, files, self._zones(runs), int(part), self.parts)

    def finish(self, late: Late, cited_by: Sequence[int]) -> None:
        """The index folder; its table of contents last, so that a folder without one is no index."""
        self.folder.mkdir(parents=True)
        storage = FileStorage(self.folder.as_posix())
        segment = ColumnarCodec().new_segment(storage, INDEX_NAME)
        segment.set_doc_count(len(late))
        inverted, documents = segment.path(storage, INVERTED), segment.path(storage, DOCUMENTS)
        (self.aside / _WORDS).rename(inverted)
        with ArraysWriter(inverted, goes_on=True) as writer:
            vocabulary, zones = ArrayFile(self.aside / _VOCABULARY), self._zones(self._placed())
            write_impacts(writer, vocabulary, zones, self._files(_SUMS))
            for name, each in late.term_arrays().items():
                writer.add(name, each)
            writer.close({"fields": [whoosh_name(name) for name in SEARCHED]})
        (self.aside / _PLACES).rename(segment.path(storage, PLACES))
        (self.aside / _TEXTS).rename(documents)
        joined = ArrayFile(documents)
        facets = joined.meta["facets"]
        with ArraysWriter(documents, goes_on=True) as writer:
            for name, each in {**late.document_arrays(cited_by), **_pieces(joined)}.items():
                writer.add(name, each)
            writer.close({"documents": len(late), "zones": ZONE_NAMES, "facets": facets})
        TOC(schema(), [segment], 0).write(storage, INDEX_NAME)

    def _placed(self) -> list[Placed]:
        numbers = (np.asarray(each, np.int32) for each in self.numbers)
        return [Placed(ArrayFile(path), each) for path, each in zip(self.runs, numbers, strict=True)]

    def _of(self, kind: str) -> tuple[str, ...]:
        """The shares of one kind."""
        return tuple(f"{kind}-{part}" for part in range(self.parts))

    def _files(self, kind: str) -> list[ArrayFile]:
        return [ArrayFile(self.aside / share) for share in self._of(kind)]

    def _zones(self, runs: Sequence[Placed]) -> dict[str, Summed]:
        """The zones that are summed, by their names in the index."""
        ranks = ArrayFile(self.aside / _RANKS)
        return {
            (name := whoosh_name(zone.name)): Summed(
                ranks[name].astype(np.int64), zone.boost, _lengths(runs, zone.name)
            )
            for zone in ZONES
        }


def _lengths(runs: Sequence[Placed], zone: str) -> Docs:
    """How many terms each document of the index has in a zone."""
    parts = [part.file[f"length.{zone}"][part.first : part.last] for part in stretches(runs)]
    return np.concatenate([np.zeros(0, np.int32), *parts]).astype(np.int32)


def _pieces(documents: ArrayFile) -> dict[str, Array]:
    """What is known of segments and rulings when all segments are written (`columnar.pieces`)."""
    segments = documents["segments.begins"].astype(np.uint32, copy=False)
    rulings = segments[documents["ruling_segments"]]
    return {"segments.blocks": blocks_of(segments), "rulings.begins": rulings, "rulings.blocks": blocks_of(rulings)}
