"""First stage: the files of a corpus, in a stable order, as text."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from indexer.deposit import Deposit, decode
from indexer.rules import Rejection

TRANSLATION_SUFFIX = ".en.md"


def ruling_paths(corpus: Path) -> list[Path]:
    """The rulings' files (not their translations), sorted."""
    return sorted(path for path in (corpus / "rulings").rglob("*.md") if not path.name.endswith(TRANSLATION_SUFFIX))


def read_corpus(corpus: Path) -> Iterator[Deposit | Rejection]:
    """Every ruling of the corpus, or the reason why its file can't be read.

    A translation that can't be read is a `Rejection` of its own and costs only the translation.
    """
    for path in ruling_paths(corpus):
        yield from read_one(path)
    yield from orphans(corpus)


def orphans(corpus: Path) -> Iterator[Rejection]:
    """Translations whose original is not there."""
    for path in sorted((corpus / "rulings").rglob(f"*{TRANSLATION_SUFFIX}")):
        original = path.with_name(path.name.removesuffix(TRANSLATION_SUFFIX) + ".md")
        if not original.exists():
            yield Rejection(path, 1, "translation-without-original", original.name)


def translation_of(path: Path) -> Path:
    """Where the translation of a ruling lies, if it has one."""
    return path.with_name(path.name.removesuffix(".md") + TRANSLATION_SUFFIX)


def corpus_digest(corpus: Path, known: Mapping[Path, bytes] | None = None) -> str:
    """One SHA-256 over names and contents of all files a build depends on.

    ``known`` are digests of files that were read already (`file_digest`).
    """
    total, known = hashlib.sha256(), known or {}
    patterns = ("rulings/**/*.md", "versions/**/*.md", "collections/*.toml", "withdrawn.toml")
    for path in sorted(path for pattern in patterns for path in corpus.glob(pattern)):
        total.update(path.relative_to(corpus).as_posix().encode())
        total.update(known.get(path) or file_digest(path))
    return total.hexdigest()


def file_digest(path: Path) -> bytes:
    """SHA-256 of a file's content; of one that can't be read, the reason."""
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError as error:
        # It will be rejected as unreadable; the rest of the corpus is built all the same.
        return str(error.errno).encode()


def read_one(path: Path) -> Iterator[Deposit | Rejection]:
    """One ruling with its translation, or why it can't be read, or both with what is wrong with the translation."""
    text = decode(path)
    if isinstance(text, Rejection):
        yield text
        return
    digest = hashlib.sha256(text.encode())
    translation_path: Path | None = translation_of(path)
    translation = decode(translation_path) if translation_path and translation_path.exists() else None
    if isinstance(translation, Rejection):
        yield Rejection(translation.path, translation.line, "translation-unreadable", translation.fault("en"))
        translation = None
    if translation is None:
        translation_path = None
    else:
        digest.update(translation.encode())
    yield Deposit(path, text, translation_path, translation, digest.hexdigest())
