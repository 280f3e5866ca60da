"""The shape of a corpus file: front matter between +++ lines, then parts with paragraphs.

Only the shape is read here; nothing is judged but what makes the shape unreadable.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

import tomli

_PARAGRAPH_ID = re.compile(r"\{#([^{}]*)\}\s*$")


class RawParagraph(NamedTuple):
    text: str
    line: int
    id: str | None


@dataclass(frozen=True, slots=True)
class RawPart:
    heading: str
    line: int
    paragraphs: tuple[RawParagraph, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A corpus file taken apart; lines count from 1 in the file."""

    front_matter: str
    front_matter_line: int
    preamble: RawParagraph | None
    """Text before the first heading, which is a fault."""
    parts: tuple[RawPart, ...]


class NoFrontMatter(ValueError):
    """The file does not begin with +++."""


class UnclosedFrontMatter(ValueError):
    """The second +++ is missing."""


def take_apart(text: str) -> Document:
    """The document in ``text``; raises `NoFrontMatter` or `UnclosedFrontMatter`."""
    lines = text.split("\n")
    if lines[0].strip() != "+++":
        raise NoFrontMatter
    try:
        end = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == "+++")
    except StopIteration:
        raise UnclosedFrontMatter from None
    preamble, parts = _parts(lines, end + 1)
    return Document("\n".join(lines[1:end]), 2, preamble, parts)


def _parts(lines: list[str], start: int) -> tuple[RawParagraph | None, tuple[RawPart, ...]]:
    preamble: RawParagraph | None = None
    parts: list[tuple[str, int, list[RawParagraph]]] = []
    for block, line in _blocks(lines, start):
        if block.startswith("#"):
            parts.append((block.lstrip("#").strip(), line, []))
        elif parts:
            parts[-1][2].append(_paragraph(block, line))
        elif preamble is None:
            preamble = _paragraph(block, line)
    return preamble, tuple(RawPart(heading, line, tuple(paragraphs)) for heading, line, paragraphs in parts)


def _blocks(lines: list[str], start: int) -> list[tuple[str, int]]:
    blocks: list[tuple[str, int]] = []
    held: list[str] = []
    for number, line in enumerate([*lines[start:], ""], start + 1):
        heading = line.startswith("#")
        if not heading and line and not line.isspace():
            held.append(line)
            continue
        if held:
            blocks.append(("\n".join(held), number - len(held)))
            held = []
        if heading:
            blocks.append((line, number))
    return blocks


def _paragraph(block: str, line: int) -> RawParagraph:
    begin = block.rfind("{#")
    match = _PARAGRAPH_ID.match(block, begin) if begin >= 0 else None
    text = block[:begin] if match else block
    return RawParagraph(_joined(text), line, match[1] if match else None)


def _joined(text: str) -> str:
    if "\n" not in text:
        return text.strip()
    # A line break between Han characters is layout, not a space.
    text = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])", "", text)
    return re.sub(r"\s*\n\s*", " ", text).strip()


def line_of(toml: str, location: tuple[int | str, ...], first_line: int = 1) -> int:
    """The line on which the value at ``location`` (pydantic's ``loc``) stands in ``toml``.

    Counts from ``first_line``; answers the nearest line that can be told.
    """
    lines = toml.split("\n")
    if not location:
        return first_line
    name, rest = str(location[0]), location[1:]
    index = rest[0] if rest and isinstance(rest[0], int) else 0
    headers = [i for i, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]", line)]
    if headers:
        start = headers[min(index, len(headers) - 1)]
        key = next((str(step) for step in rest if isinstance(step, str)), None)
        for i in range(start + 1, len(lines)):
            if lines[i].lstrip().startswith("["):
                break
            if key and re.match(rf"\s*{re.escape(key)}\s*=", lines[i]):
                return first_line + i
        return first_line + start
    below = False
    for i, line in enumerate(lines):
        below = below or re.match(r"\s*\[\[?\s*[\w.-]+\s*\]", line) is not None
        # A key below another table's header is that table's: the title of a source is not the ruling's.
        if re.match(rf"\s*\[\s*{re.escape(name)}\s*\]" if below else rf"\s*{re.escape(name)}\s*=", line):
            inline = lines[i].rstrip().endswith("[")
            return first_line + i + (index + 1 if inline else 0)
    return first_line


def toml_error_line(error: tomli.TOMLDecodeError, text: str) -> int:
    """The line a TOML error names, from 1; the last line when it names the end."""
    words = str(error).rpartition("(at line ")[2].split(",")[0]
    return int(words) if words.isdigit() else text.count("\n") + 1
