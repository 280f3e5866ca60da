"""A ruling tied to the others of its build, and the names by which it can be cited."""

import re
from dataclasses import dataclass

from indexer.domain.citation import Resolution
from indexer.domain.ruling import Proceeding, Recognition, RecognitionKind, Ruling

_GUIDING = re.compile(r"指导(?:性)?案例第?(\d+)号")
_ENTRY = re.compile(r"\d{4}-\d{2}-\d-\d{3}-\d{3}")


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A citation in one paragraph of a ruling; the paragraph is None for one its editor named."""

    paragraph: str | None
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Linked:
    """A ruling with what it cites, and its proceedings with the ids of those held."""

    ruling: Ruling
    citations: tuple[FoundCitation, ...]
    proceedings: tuple[tuple[Proceeding, str | None], ...]
    undone: bool = False
    """Whether a later instance reversed it, wholly or in part, as far as a source or a ruling held says."""


def keys_of(ruling: Ruling) -> list[str]:
    """Every key under which a ruling can be cited."""
    keys = [number.key for number in ruling.numbers]
    for recognition in ruling.recognition:
        keys += _recognition_keys(recognition)
    return list(dict.fromkeys(keys))


def _recognition_keys(recognition: Recognition) -> list[str]:
    name = recognition.name.zh or ""
    if recognition.kind is RecognitionKind.GUIDING_CASE and (match := _GUIDING.search(name)):
        return [f"guiding-case:{int(match[1])}"]
    if recognition.kind is RecognitionKind.CASE_DATABASE and (match := _ENTRY.search(name)):
        return [match[0]]
    return []
