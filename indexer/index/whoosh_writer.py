"""The embedded engine: an index of Whoosh's, written as arrays in one go (`indexer.index.columnar`)."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from whoosh import fields as whoosh_fields
from whoosh.analysis import Analyzer, Token
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.index.analysis import analyse, grams, surface_words
from indexer.index.columnar.arrays import Array, write_arrays
from indexer.index.columnar.codec import ColumnarCodec
from indexer.index.columnar.documents import DOCUMENTS, write_documents
from indexer.index.columnar.postings import FieldBuilder
from indexer.index.columnar.rulings import RulingsBuilder
from indexer.index.columnar.terms import INVERTED
from indexer.index.document import IndexDocument
from indexer.index.fields import FIELDS, ZONES, Kind

INDEX_NAME = "MAIN"


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
        case Kind.EXACT | Kind.GRAMS | Kind.SPELLING:
            return whoosh_fields.KEYWORD(analyzer=Lines(), scorable=False)
        case Kind.STORED:
            return whoosh_fields.STORED()


class WhooshWriter:
    """Writes one index folder of one segment; document numbers are the order of adding.

    Postings do not pass through Whoosh's writer, which spends ten microseconds on each: they are
    collected in arrays and sorted once. Memory: about twelve bytes for each distinct term of each
    document until `commit`, some 45 kB for a full judgment.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._fields = {field.name: FieldBuilder() for field in FIELDS if field.kind is not Kind.STORED}
        self._lengths: dict[str, list[int]] = {zone.name: [] for zone in ZONES}
        self._ids: list[str] = []
        self._rulings = RulingsBuilder()

    def add(self, document: IndexDocument) -> None:
        """Take one document."""
        number = len(self._ids)
        self._ids.append(document.id)
        self._rulings.add(document)
        spelling: set[str] = set()
        for zone in ZONES:
            text = document.zones.get(zone.name, "")
            tokens = analyse(text)
            self._lengths[zone.name].append(len(tokens))
            if tokens:
                self._fields[zone.name].add(number, Counter(token.term for token in tokens))
                spelling.update(surface_words(text, tokens))
        whole: dict[str, set[str] | tuple[str, ...]] = {
            "number": document.numbers,
            "cites": document.cites,
            "statute": document.statutes,
            "grams": set().union(*(grams(segment.text) for segment in document.segments)),
            "spelling": spelling,
        }
        for name, values in whole.items():
            self._fields[name].add(number, values)

    def commit(self) -> None:
        """Sort and write; the table of contents last, so that a folder without one is no index."""
        storage = FileStorage(self._folder.as_posix())
        segment = ColumnarCodec().new_segment(storage, INDEX_NAME)
        segment.set_doc_count(len(self._ids))
        arrays: dict[str, Array] = {}
        for name, builder in self._fields.items():
            arrays |= {f"{whoosh_name(name)}.{part}": each for part, each in builder.arrays().items()}
        fields: list[object] = [whoosh_name(name) for name in self._fields]
        write_arrays(segment.path(storage, INVERTED), arrays, {"fields": fields})
        lengths = {whoosh_name(name): np.array(each, np.int32) for name, each in self._lengths.items()}
        extra = self._rulings.arrays() | {"ids": np.frombuffer("\n".join(self._ids).encode(), np.uint8)}
        stored = [b""] * len(self._ids)
        write_documents(segment.path(storage, DOCUMENTS), stored, lengths, extra, self._rulings.meta())
        TOC(schema(), [segment], 0).write(storage, INDEX_NAME)

    def abort(self) -> None:
        """Remove the folder, whatever was written."""
        shutil.rmtree(self._folder, ignore_errors=True)
