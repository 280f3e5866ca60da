"""Whoosh's codec interface on files of arrays: reading, and writing through Whoosh's own writers.

A segment is two files: ``.inv`` holds terms and postings of every field, ``.doc`` lengths and stored
values. Whoosh's readers, matchers, term expansion, spelling, several segments and merging work on it.
"""

from pathlib import Path
from typing import Any

from whoosh.codec import base

from indexer.index.columnar.documents import DocumentsReader, DocumentsWriter
from indexer.index.columnar.terms import TermsReader, TermsWriter


class ColumnarCodec(base.Codec):  # type: ignore[misc]
    """The codec; stateless, so one does for all segments."""

    def new_segment(self, storage: Any, indexname: str) -> "ColumnarSegment":
        """An empty segment, to be written."""
        return ColumnarSegment(indexname)

    def per_document_writer(self, storage: Any, segment: "ColumnarSegment") -> "DocumentsWriter":
        """What takes lengths and stored values."""
        return DocumentsWriter(storage, segment)

    def field_writer(self, storage: Any, segment: "ColumnarSegment") -> "TermsWriter":
        """What takes sorted terms and postings."""
        return TermsWriter(storage, segment)

    def per_document_reader(self, storage: Any, segment: "ColumnarSegment") -> "DocumentsReader":
        """What gives lengths and stored values."""
        return DocumentsReader(storage, segment)

    def terms_reader(self, storage: Any, segment: "ColumnarSegment") -> "TermsReader":
        """What gives terms and postings."""
        return TermsReader(storage, segment)


class ColumnarSegment(base.Segment):  # type: ignore[misc]
    """One segment; pickled into Whoosh's table of contents."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._count = 0
        self._deleted: set[int] = set()

    def codec(self) -> ColumnarCodec:
        """The codec that reads this segment."""
        return ColumnarCodec()

    def path(self, storage: Any, ext: str) -> Path:
        """Where one of its files lies."""
        return Path(storage.folder, str(self.make_filename(ext)))

    def should_assemble(self) -> bool:
        """Files are mapped, so they stay apart."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Say how many documents were written."""
        self._count = doccount

    def doc_count_all(self) -> int:
        """Documents, deleted ones too."""
        return self._count

    def deleted_count(self) -> int:
        """Deleted documents."""
        return len(self._deleted)

    def deleted_docs(self) -> set[int]:
        """Their numbers."""
        return self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Mark a document deleted, or not."""
        (self._deleted.add if delete else self._deleted.discard)(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is marked deleted."""
        return docnum in self._deleted
