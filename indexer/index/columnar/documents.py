"""Lengths and stored values of a segment's documents: the ``.doc`` file, for Whoosh."""

import pickle
from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher

from indexer.index.columnar.arrays import Array, ArrayFile, ends_of, write_arrays
from indexer.index.columnar.postings import Docs

DOCUMENTS = ".doc"
Segment = Any  # `codec.ColumnarSegment`, which imports this module
Matcher = Any  # Whoosh's matchers, fields and formats are not typed


class DocumentsWriter(base.PerDocWriterWithColumns):  # type: ignore[misc]
    """Lengths and stored values, document by document."""

    def __init__(self, storage: Any, segment: Segment) -> None:
        super().__init__()
        self.is_closed = False
        self._storage, self._segment = storage, segment
        self._stored: list[bytes] = []
        self._values: dict[str, object] = {}
        self._lengths: dict[str, array[int]] = {}
        self._columns: dict[str, Any] = {}
        self._vectors: dict[tuple[int, str], object] = {}

    def _has_column(self, fieldname: str) -> bool:
        return fieldname in self._columns

    def _create_column(self, fieldname: str, column: Any) -> None:
        file = self._segment.create_file(self._storage, f".{fieldname}.col")
        self._columns[fieldname] = (column.writer(file), file)

    def _get_column(self, fieldname: str) -> Any:
        return self._columns[fieldname][0]

    def start_doc(self, docnum: int) -> None:
        """Begin a document; numbers rise by one."""
        self._docnum = docnum
        self._values = {}

    def add_field(self, fieldname: str, fieldobj: Any, value: object, length: int) -> None:
        """A field of it: the value to store, if any, and its length in terms."""
        if value is not None:
            self._values[fieldname] = value
        if length:
            lengths = self._lengths.setdefault(fieldname, array("i"))
            lengths.extend([0] * (self._docnum - len(lengths)))
            lengths.append(length)

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:
        """A term vector of it."""
        self._vectors[self._docnum, fieldname] = tuple(items)

    def finish_doc(self) -> None:
        """End the document."""
        self._stored.append(pickle.dumps(self._values, -1) if self._values else b"")

    def close(self) -> None:
        """Write the files."""
        count = len(self._stored)
        lengths = {name: np.frombuffer(array("i", [*each, *[0] * (count - len(each))]), np.int32)
                   for name, each in self._lengths.items()}  # fmt: skip
        write_documents(self._segment.path(self._storage, DOCUMENTS), self._stored, lengths, {}, {})
        if self._vectors:
            self._segment.path(self._storage, ".vec").write_bytes(pickle.dumps(self._vectors, -1))
        for writer, file in self._columns.values():
            writer.finish(count)
            file.close()
        self.is_closed = True


def write_documents(
    path: Path,
    stored: list[bytes],
    lengths: Mapping[str, Array],
    extra: Mapping[str, Array],
    meta: Mapping[str, object],
) -> None:
    """The ``.doc`` file: stored values (pickled), lengths (int32) by field, and whatever else a caller adds."""
    ends = ends_of([len(each) for each in stored])
    arrays: dict[str, Array] = {"stored": np.frombuffer(b"".join(stored), np.uint8), "stored_ends": ends}
    arrays |= {f"length.{name}": array for name, array in lengths.items()}
    write_arrays(path, {**arrays, **extra}, {"documents": len(stored), **meta})


class DocumentsReader(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths and stored values."""

    def __init__(self, storage: Any, segment: Segment) -> None:
        self._storage, self._segment = storage, segment
        self.file = ArrayFile(segment.path(storage, DOCUMENTS))
        self._vectors: dict[tuple[int, str], Any] | None = None

    def close(self) -> None:
        """Leave the pages to the system."""

    def doc_count(self) -> int:
        """Documents that are not deleted."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """All documents."""
        return int(self._segment.doc_count_all())

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Whether one is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> set[int]:
        """The deleted ones."""
        return set(self._segment.deleted_docs())

    def supports_columns(self) -> bool:
        """Whoosh's own columns are kept beside."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether a field has one."""
        return bool(self._segment.path(self._storage, f".{fieldname}.col").exists())

    def column_reader(self, fieldname: str, column: Any) -> Any:
        """Its reader."""
        name = self._segment.make_filename(f".{fieldname}.col")
        file = self._storage.open_file(name)
        return column.reader(file, 0, self._storage.file_length(name), self.doc_count_all())

    def lengths(self, fieldname: str) -> Docs:
        """The length of a field in every document (int32); zeros when no document has it."""
        found = self.file.get(f"length.{fieldname}")
        return np.zeros(self.doc_count_all(), np.int32) if found is None else found.astype(np.int32, copy=False)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The length of a field in one document."""
        name = f"length.{fieldname}"
        return int(self.file[name][docnum]) if name in self.file else default

    def doc_field_length_reader(self, fieldname: str, default: int = 0) -> Callable[[int], int]:
        """The same for many documents of one field."""
        lengths = self.lengths(fieldname)
        return lambda docnum: int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        """The length of a field in all documents together."""
        return int(self.lengths(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """The smallest length, of documents that have the field."""
        lengths = self.lengths(fieldname)
        return int(lengths[lengths > 0].min()) if (lengths > 0).any() else 0

    def max_field_length(self, fieldname: str) -> int:
        """The largest."""
        return int(self.lengths(fieldname).max(initial=0))

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Whether a document has a term vector for a field."""
        return (docnum, fieldname) in self._all_vectors()

    def vector(self, docnum: int, fieldname: str, format_: Any) -> Matcher:
        """Its term vector."""
        ids, weights, values = zip(*self._all_vectors()[docnum, fieldname], strict=True)
        return ListMatcher(ids, weights, values, format_)

    def stored_fields(self, docnum: int) -> dict[str, object]:
        """The stored values of one document."""
        ends = self.file["stored_ends"]
        raw = self.file["stored"][ends[docnum] : ends[docnum + 1]].tobytes()
        return dict(pickle.loads(raw)) if raw else {}

    def _all_vectors(self) -> dict[tuple[int, str], Any]:
        if self._vectors is None:
            path = self._segment.path(self._storage, ".vec")
            self._vectors = pickle.loads(path.read_bytes()) if path.exists() else {}
        return self._vectors
