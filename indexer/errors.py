"""What can stop the indexer (a bad file never does; see `indexer.rules`).

::

    IndexerError
    ├── CorpusMissing        the corpus folder is not there, or holds no rulings
    ├── CorpusRejected       ``--strict`` and at least one file was rejected
    ├── BuildRunning         another build holds the store
    ├── DiskFull             no room to write the build
    ├── IndexTooLong         the corpus has more text than one index holds
    ├── WorkerDied           a process of the build was killed
    └── StoreError
        ├── StoreMissing       nothing was built yet
        ├── StoreIncompatible  built by another version: build again
        └── StoreDamaged       a file is missing or is not what was written
"""


class IndexerError(Exception):
    """An error with a remedy a person can act on; both are in the message, in English and in Chinese."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en, zh)
        self.en, self.zh = en, zh

    def __str__(self) -> str:
        return self.en

    def said(self, language: str) -> str:
        """The message in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


class CorpusMissing(IndexerError):
    """The corpus folder is not there or holds no rulings."""


class CorpusRejected(IndexerError):
    """A strict build met files that break a rule."""


class BuildRunning(IndexerError):
    """Another process is building into the same store."""


class DiskFull(IndexerError):
    """The disk has no room for the build."""


class IndexTooLong(IndexerError):
    """The corpus has more text than one index holds."""


class WorkerDied(IndexerError):
    """A process of the build was killed, or ended otherwise than by an error."""


class StoreError(IndexerError):
    """The store can't be served."""


class StoreMissing(StoreError):
    """No build was published in the store yet."""


class StoreIncompatible(StoreError):
    """The build was made by another version of Panli."""


class StoreDamaged(StoreError):
    """A file of the build is missing, or is not what was written."""
