"""The embedded engine: an index written by Whoosh into a folder of the build."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from whoosh import fields as whoosh_fields
from whoosh.analysis import Analyzer, Token
from whoosh.index import create_in

from indexer.index.analysis import analyse, grams, surface_words
from indexer.index.document import IndexDocument
from indexer.index.fields import FIELDS, ZONES, Kind


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
    return whoosh_fields.Schema(**{field.name.replace("-", "_"): _whoosh_field(field.kind) for field in FIELDS})


def _whoosh_field(kind: Kind) -> whoosh_fields.FieldType:
    match kind:
        case Kind.TEXT:
            return whoosh_fields.TEXT(analyzer=Terms(), phrase=False)
        case Kind.EXACT | Kind.GRAMS | Kind.SPELLING:
            return whoosh_fields.KEYWORD(analyzer=Lines(), scorable=False)
        case Kind.DATE:
            return whoosh_fields.NUMERIC(int, bits=32, signed=False, stored=True)
        case Kind.STORED:
            return whoosh_fields.STORED()


class WhooshWriter:
    """Writes one index folder; a single segment, so that document numbers are the order of adding."""

    def __init__(self, folder: Path, memory_mb: int = 256) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._index = create_in(folder.as_posix(), schema())
        self._writer = self._index.writer(limitmb=memory_mb)

    def add(self, document: IndexDocument) -> None:
        """Take one document."""
        values: dict[str, object] = {
            field.name.replace("-", "_"): document.zones[field.name] for field in ZONES if field.name in document.zones
        }
        texts = [segment.text for segment in document.segments]
        values |= {
            "number": "\n".join(document.numbers),
            "cites": "\n".join(document.cites),
            "statute": "\n".join(document.statutes),
            "grams": "\n".join(sorted(set().union(*map(grams, texts)))),
            "spelling": "\n".join(sorted({word for text in texts for word in surface_words(text)})),
            "id": document.id,
            "segments": tuple((segment.zone, segment.text) for segment in document.segments),
            "facets": dict(document.facets),
            "cited_by": document.cited_by,
            "tier": document.tier,
        }
        if document.date_first is not None:
            values |= {"date_first": document.date_first, "date_last": document.date_last}
        self._writer.add_document(**values)

    def commit(self) -> None:
        """Write the single segment."""
        self._writer.commit(optimize=True)
        self._index.close()

    def abort(self) -> None:
        """Remove the folder."""
        if not self._writer.is_closed:  # a commit that failed has closed it
            self._writer.cancel()
        self._index.close()
        shutil.rmtree(self._folder, ignore_errors=True)
