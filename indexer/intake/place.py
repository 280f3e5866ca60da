"""Writing a judgment into the corpus: a new file, a second source of the same text, or a corrected text."""

import re
from collections.abc import Sequence
from pathlib import Path

import tomli

from indexer.deposit import decode
from indexer.intake.corpus import IMPORTED
from indexer.intake.model import Refusal
from indexer.intake.outcome import Prepared
from indexer.intake.own import OWN
from indexer.intake.paragraphs import content_key, with_kept_ids, words_key
from indexer.markdown import NoFrontMatter, UnclosedFrontMatter, take_apart
from indexer.rules import Rejection
from indexer.versions import FOLDER, number_of, version_paths

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
            earlier = version_paths(self._corpus, path)
            merged = _merged(prepared, old, [_held(each) or "" for each in reversed(earlier)])
            if merged is None:
                return Refusal(prepared.source, "address-taken", _short(path, self._corpus))
            state, text = merged
            if state == "version":
                _write(self._corpus / FOLDER / _version_name(prepared, path, earlier), old)
        if text != old:
            _write(path, text)
        self._taken.update(dict.fromkeys(keys, path))
        self._homes.setdefault(path.stem, path)
        return state


def _merged(prepared: Prepared, old: str, earlier: Sequence[str]) -> tuple[str, str] | None:
    """What becomes of the file that is there; None when no import made it or it is another ruling.

    ``earlier`` are the texts it had before, the newest first. One of them that comes in again changes nothing.
    """
    if prepared.text == old:
        return "unchanged", old
    if OWN in prepared.fields or f'publisher = "{IMPORTED}"' not in old:
        return None
    words = words_key(prepared.text)
    if any(words == words_key(text) for text in earlier):
        return "unchanged", old
    if words != words_key(old):
        if _likeness(content_key(prepared.text), content_key(old)) < _LIKE:
            return None
        return "version", _with_sources(with_kept_ids(prepared.text, old, *earlier), old)
    titles = _titles(old)
    if prepared.source not in titles:
        return "duplicate", _with_sources(old, prepared.text)
    # Its own source read again, perhaps by a better reader: what is made of it now takes its place.
    again = titles.index(prepared.source) == 0
    return "unchanged", _with_sources(with_kept_ids(prepared.text, old, *earlier), old) if again else old


def _version_name(prepared: Prepared, path: Path, earlier: Sequence[Path]) -> Path:
    """Where the text that is there now is kept: after the last of the earlier ones."""
    last = max((number_of(each) or 0 for each in earlier), default=0)
    return Path(*prepared.path.parts[1:-1]) / f"{path.stem}.v{last + 1}.md"


def _with_sources(text: str, old: str) -> str:
    """``text`` with the sources of both, each once, its own first: the first source is that of the text."""
    blocks = list(dict.fromkeys([*_SOURCE.findall(text), *_SOURCE.findall(old)]))
    place = text.index("\n[[sources]]\n")
    end = text.index("\n+++\n", place)
    return text[:place] + "".join(blocks).rstrip("\n") + text[end:]


def _titles(text: str) -> list[str]:
    table = tomli.loads(take_apart(text).front_matter)
    return [str(source["title"]) for source in table.get("sources", [])]


def _type_of(text: str) -> str | None:
    try:
        return str(tomli.loads(take_apart(text).front_matter).get("document_type"))
    except (NoFrontMatter, UnclosedFrontMatter, tomli.TOMLDecodeError):
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
