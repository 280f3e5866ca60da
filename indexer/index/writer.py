"""Port, writing side: what every full-text engine of ours must do."""

from typing import Protocol

from indexer.index.document import IndexDocument


class IndexWriter(Protocol):
    """Takes the documents of one whole build; nothing is visible before `commit`."""

    def add(self, document: IndexDocument) -> None:
        """Take one document; its id must be new to this build."""

    def commit(self) -> None:
        """Make everything added readable, in the order in which it was added."""

    def abort(self) -> None:
        """Forget everything; nothing stays behind."""
