"""A folder of judgments as they come, taken in beside the store, so that it can be built like any corpus."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from indexer.intake.outcome import ImportReport
from indexer.intake.run import Options, find_sources, import_sources
from indexer.progress import Watcher

_FOLDER = "imported"


def holds_judgments(folder: Path) -> bool:
    """Whether a folder (or a file) is no corpus but holds files that an import reads."""
    return not (folder / "rulings").exists() and folder.exists() and bool(find_sources([folder]))


def taken_in(folder: Path, store: Path, options: Options, watcher: Watcher) -> tuple[Path, ImportReport]:
    """The corpus made of a folder, and what the import did; made again when any of the files has changed.

    Raises what `import_sources` raises.
    """
    of_folder = hashlib.sha256(folder.resolve().as_posix().encode()).hexdigest()[:12]
    corpus = store / _FOLDER / f"{of_folder}-{_state(find_sources([folder]))}"
    for older in (store / _FOLDER).glob(f"{of_folder}-*"):
        if older != corpus:
            shutil.rmtree(older, ignore_errors=True)
    return corpus, import_sources([folder], corpus, options, watcher)


def _state(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        found = file.stat()
        digest.update(f"{file} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]
