"""Terms and postings of a segment: the ``.inv`` file, for Whoosh."""

from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from indexer.index.columnar.arrays import Array, ArrayFile, write_arrays
from indexer.index.columnar.documents import DocumentsReader
from indexer.index.columnar.postings import FieldPostings, doc_arrays, term_arrays, weight_arrays

INVERTED = ".inv"
Segment = Any  # `codec.ColumnarSegment`, which imports this module
Matcher = Any  # Whoosh's matchers, fields and formats are not typed


class TermsWriter(base.FieldWriter):  # type: ignore[misc]
    """Terms and postings as Whoosh's writer hands them over: field by field, term by term, sorted."""

    def __init__(self, storage: Any, segment: Segment) -> None:
        self.is_closed = False
        self._path = segment.path(storage, INVERTED)
        self._arrays: dict[str, Array] = {}
        self._fields: list[str] = []

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begin a field."""
        self._fields.append(fieldname)
        self._terms: list[bytes] = []
        self._ends = [0]
        self._docs, self._weights = array("i"), array("f")
        self._values: list[bytes] = []

    def start_term(self, text: bytes) -> None:
        """Begin a term."""
        self._terms.append(text)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        """A posting of it."""
        self._docs.append(docnum)
        self._weights.append(weight)
        self._values.append(vbytes or b"")

    def finish_term(self) -> None:
        """End the term."""
        self._ends.append(len(self._docs))

    def finish_field(self) -> None:
        """End the field."""
        arrays = term_arrays(self._terms)
        arrays["ends"] = np.array(self._ends, np.int64)
        arrays |= doc_arrays(np.frombuffer(self._docs, np.int32), np.array(self._ends, np.int64))
        arrays |= weight_arrays(np.frombuffer(self._weights, np.float32))
        if any(self._values):
            arrays["value_ends"] = np.concatenate([[0], np.cumsum(list(map(len, self._values)))]).astype(np.int64)
            arrays["values"] = np.frombuffer(b"".join(self._values), np.uint8)
        self._arrays |= {f"{self._fields[-1]}.{name}": each for name, each in arrays.items()}

    def close(self) -> None:
        """Write the file."""
        write_arrays(self._path, self._arrays, {"fields": self._fields})
        self.is_closed = True


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """Terms and postings."""

    def __init__(self, storage: Any, segment: Segment) -> None:
        self.file = ArrayFile(segment.path(storage, INVERTED))
        self._documents = DocumentsReader(storage, segment)
        fields = self.file.meta["fields"]
        assert isinstance(fields, list)
        self.fields: dict[str, FieldPostings] = {name: FieldPostings(self.file, name) for name in fields}

    def close(self) -> None:
        """Leave the pages to the system."""

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self.fields.get(term[0])
        return field is not None and field.index(term[1]) is not None

    def cursor(self, fieldname: str, fieldobj: Any) -> "Cursor":
        """A cursor over the terms of a field."""
        return Cursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every term of every field, sorted."""
        for name in sorted(self.fields):
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from ``prefix`` on."""
        field = self._field(fieldname)
        for index in range(field.find(prefix), len(field)):
            yield fieldname, field.term(index)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term with what is known of it."""
        for name in sorted(self.fields):
            yield from self.items_from(name, b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The same from ``prefix`` on."""
        for term in self.terms_from(fieldname, prefix):
            yield term, self.term_info(*term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """What is known of a term."""
        field, index = self._place(fieldname, text)
        docs, weights = field.docs(index), field.weights(index)
        lengths = self._documents.lengths(fieldname)[docs]
        return TermInfo(
            weight=float(weights.sum(dtype=np.float64)),
            df=len(docs),
            minlength=int(lengths.min(initial=2**31 - 1)),
            maxlength=int(lengths.max(initial=0)),
            maxweight=float(weights.max(initial=0)),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """The weight of all postings of a term together; 0 for one that stands nowhere."""
        if (fieldname, text) not in self:
            return 0.0
        field, index = self._place(fieldname, text)
        return float(field.frequency(index) if field.counted else field.weights(index).sum(dtype=np.float64))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many documents a term stands; 0 for one that stands nowhere."""
        if (fieldname, text) not in self:
            return 0
        field, index = self._place(fieldname, text)
        return field.frequency(index)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Matcher:
        """Whoosh's matcher over the postings of a term."""
        field, index = self._place(fieldname, text)
        return ListMatcher(
            field.docs(index).tolist(),
            field.weights(index).tolist(),
            list(field.values(index)),
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return list(self.fields)

    def _field(self, fieldname: str) -> FieldPostings:
        if fieldname not in self.fields:
            raise TermNotFound(f"no field {fieldname!r} in this segment")
        return self.fields[fieldname]

    def _place(self, fieldname: str, text: bytes) -> tuple[FieldPostings, int]:
        field = self._field(fieldname)
        index = field.index(text)
        if index is None:
            raise TermNotFound(f"no term {fieldname}:{text!r} in this segment")
        return field, index


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Steps through the terms of a field, for spelling and term expansion."""

    def __init__(self, reader: TermsReader, fieldname: str, fieldobj: Any) -> None:
        self._reader, self._fieldname, self._fieldobj = reader, fieldname, fieldobj
        self._field = reader.fields.get(fieldname)
        self._index = 0

    def is_valid(self) -> bool:
        """Whether it stands on a term."""
        return self._field is not None and self._index < len(self._field)

    def first(self) -> str | None:
        """Go to the first term."""
        self._index = 0
        return self.text()

    def find(self, term: bytes | str) -> str | None:
        """Go to the first term not before ``term``."""
        if self._field is not None:
            self._index = self._field.find(self._fieldobj.to_bytes(term) if isinstance(term, str) else term)
        return self.text()

    def next(self) -> str | None:
        """Go on by one."""
        self._index += 1
        return self.text()

    def text(self) -> str | None:
        """The term it stands on, or None."""
        if self._field is None or not self.is_valid():
            return None
        return str(self._fieldobj.from_bytes(self._field.term(self._index)))

    def term_info(self) -> TermInfo:
        """What is known of that term."""
        assert self._field is not None
        return self._reader.term_info(self._fieldname, self._field.term(self._index))
