"""First stage: the files of a corpus, in a stable order, as text."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from indexer.deposit import Deposit, content
from indexer.rules import Rejection

_SUFFIX, TRANSLATION_SUFFIX = ".md", ".en.md"


def ruling_paths(corpus: Path) -> list[Path]:
    """The rulings' files (not their translations), sorted."""
    return sorted(map(Path, ruling_names(corpus)))


def ruling_names(corpus: Path) -> Iterator[str]:
    """Their paths, as they are found: several times as fast where only their number matters."""
    return (name for name in _names(corpus / "rulings") if not name.endswith(TRANSLATION_SUFFIX))


def _names(folder: Path) -> Iterator[str]:
    for inner, folders, names in os.walk(folder):
        yield from (f"{inner}/{name}" for name in [*names, *folders] if name.endswith(_SUFFIX))


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
    total, start = hashlib.sha256(), len(str(corpus / "_")) - 1
    digests = {str(path): digest for path, digest in (known or {}).items()}
    lists = map(str, [*corpus.glob("collections/*.toml"), *corpus.glob("withdrawn.toml")])
    for name in sorted([*_names(corpus / "rulings"), *_names(corpus / "versions"), *lists]):
        total.update(name[start:].encode())
        total.update(digests.get(name) or file_digest(Path(name)))
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
    original = content(path)
    if isinstance(original, Rejection):
        yield original
        return
    digest = hashlib.sha256(original.plain)
    own = digest.digest() if original.plain is original.raw else hashlib.sha256(original.raw).digest()
    beside = translation_of(path)
    translation = content(beside) if beside.exists() else None
    if translation is None:
        yield Deposit(path, original.text, None, None, digest.hexdigest(), (own, None))
    elif isinstance(translation, Rejection):
        yield Rejection(translation.path, translation.line, "translation-unreadable", translation.fault("en"))
        yield Deposit(path, original.text, None, None, digest.hexdigest(), (own, file_digest(beside)))
    else:
        digest.update(translation.plain)
        digests = own, hashlib.sha256(translation.raw).digest()
        yield Deposit(path, original.text, beside, translation.text, digest.hexdigest(), digests)
