"""Writing a judgment into the corpus: a new file, a second source of the same text, or a corrected text."""

import re
import tomllib
from pathlib import Path

from indexer.deposit import decode
from indexer.intake.corpus import IMPORTED
from indexer.intake.model import Refusal
from indexer.intake.outcome import Prepared
from indexer.intake.own import OWN
from indexer.intake.paragraphs import content_key, with_kept_ids
from indexer.markdown import NoFrontMatter, UnclosedFrontMatter, take_apart
from indexer.rules import Rejection

_SOURCE = re.compile(r"\n\[\[sources\]\]\n(?:[^\[+\n][^\n]*\n)*")
_LIKE = 0.5
"""Texts that share less than half of their runs of five characters are not versions of one ruling."""
_GRAM = 5


class Shelf:
    """The corpus folder of one import; knows which case numbers its files of this run have."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._taken: dict[tuple[str, str], Path] = {}
        self._homes = {path.stem: path for path in sorted((corpus / "rulings").rglob("*.md"))}

    def place(self, prepared: Prepared) -> str | Refusal:
        """Write a judgment: ``written``, ``unchanged``, ``duplicate`` or ``version``; or why its place is taken."""
        path = self._corpus / prepared.path
        if self._homes.get(path.stem, path) != path:
            # Two legacy numbers may read alike in Latin letters (靖刑初字, 京刑初字): the court is added.
            path = path.with_name(f"{path.stem}-{path.parts[-3].replace('-', '')}.md")
        old = _held(path)
        if old is not None and _type_of(old) not in (prepared.document_type, None):
            # An order in the same case has the same number: its kind is added to the address.
            path = path.with_name(f"{path.stem}-{prepared.document_type}.md")
            old = _held(path)
        keys = [(number, prepared.document_type) for number in prepared.numbers]
        for key in keys:
            if self._taken.get(key, path) != path:
                return Refusal(prepared.source, "address-taken", _short(self._taken[key], self._corpus))
        state, text = "written", prepared.text
        if old is not None:
            merged = _merged(prepared, old)
            if merged is None:
                return Refusal(prepared.source, "address-taken", _short(path, self._corpus))
            state, text = merged
        if text != old:
            _write(path, text)
        self._taken.update(dict.fromkeys(keys, path))
        self._homes.setdefault(path.stem, path)
        return state


def _merged(prepared: Prepared, old: str) -> tuple[str, str] | None:
    """What becomes of the file that is there; None when no import made it or it is another ruling."""
    if prepared.text == old:
        return "unchanged", old
    if OWN in prepared.fields or f'publisher = "{IMPORTED}"' not in old:
        return None
    same = content_key(prepared.text) == content_key(old)
    if not same and _likeness(content_key(prepared.text), content_key(old)) < _LIKE:
        return None
    text = _with_sources(with_kept_ids(prepared.text, old), old)
    if not same:
        return "version", text
    return ("unchanged" if text == old or prepared.source in _titles(old) else "duplicate"), text


def _with_sources(text: str, old: str) -> str:
    """``text`` with the sources of both, each once, those of the old file first."""
    blocks = list(dict.fromkeys([*_SOURCE.findall(old), *_SOURCE.findall(text)]))
    place = text.index("\n[[sources]]\n")
    end = text.index("\n+++\n", place)
    return text[:place] + "".join(blocks).rstrip("\n") + text[end:]


def _titles(text: str) -> set[str]:
    table = tomllib.loads(take_apart(text).front_matter)
    return {str(source["title"]) for source in table.get("sources", [])}


def _type_of(text: str) -> str | None:
    try:
        return str(tomllib.loads(take_apart(text).front_matter).get("document_type"))
    except (NoFrontMatter, UnclosedFrontMatter, tomllib.TOMLDecodeError):
        return None


def _likeness(one: str, other: str) -> float:
    first, second = ({text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1)} for text in (one, other))
    return len(first & second) / max(1, len(first | second))


def _held(path: Path) -> str | None:
    if not path.exists():
        return None
    text = decode(path)
    return "" if isinstance(text, Rejection) else text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, "utf-8", newline="\n")
    draft.replace(path)


def _short(path: Path, corpus: Path) -> str:
    return path.relative_to(corpus).as_posix()
