"""A ruling as the catalogue keeps it: its heading, and what its text has over its text in the index.

The index holds every text already, folded. Unpacked with that at hand (`columnar.texts`), a text is a tenth of
what it takes alone.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

import zstandard
from pydantic import TypeAdapter

from indexer.domain.ruling import Paragraph, Part, Ruling, Section

RULING = TypeAdapter(Ruling)
"""Ruling ⇄ JSON."""
_LEVEL = 3
_SIZE = 4
"""Bytes that tell how long the heading is."""
_CODING = "utf-16-le"
"""That of the index, so that the same words are the same bytes."""
_json = json.JSONEncoder(ensure_ascii=False).encode
_pack = zstandard.ZstdCompressor(_LEVEL).compress


class _Own(threading.local):
    """What unpacks headings, made once for each thread, for it may be used by one at a time."""

    def __init__(self) -> None:
        self.unpack = zstandard.ZstdDecompressor().decompress


_own = _Own()


def packed(ruling: Ruling, alike: bytes) -> bytes:
    """The heading, then the text, each compressed JSON that can be read alone; the text over ``alike``, a text like it.

    The text is one line that says where each paragraph stands, then a line for each paragraph and each translation. An
    empty translation is none.
    """
    sections, lines = [], []
    for section in ruling.sections:
        paragraphs = []
        for each in section.paragraphs:
            paragraphs.append((each.id, bool(each.text), bool(each.translation)))
            lines += [text for text in (each.text, each.translation) if text]
        sections.append((section.part, paragraphs))
    text = "\n".join(map(_json, (sections, *lines)))
    heading = _pack(RULING.dump_json(replace(ruling, sections=())))
    # The checksum tells a text that is unpacked over another than it was packed over.
    over = zstandard.ZstdCompressor(_LEVEL, dict_data=_dictionary(alike), write_checksum=True)
    return len(heading).to_bytes(_SIZE, "little") + heading + over.compress(text.encode(_CODING, "surrogatepass"))


def heading_of(document: bytes) -> Ruling:
    """The ruling that `packed` made bytes of, without its sections: read many times as fast as with them."""
    return RULING.validate_json(_own.unpack(document[_SIZE : _SIZE + int.from_bytes(document[:_SIZE], "little")]))


def unpacked(document: bytes, alike: bytes) -> Ruling:
    """The ruling that `packed` made bytes of, with the same ``alike``."""
    return replace(heading_of(document), sections=Text(document, lambda: alike).sections())


Place = tuple[str, str, bool]
"""Where one of the texts of a ruling stands: the part, the paragraph's id, and whether it is the translation."""


class Text:
    """The text of a packed ruling, unpacked when it is first asked for; a paragraph is read when it is."""

    def __init__(self, document: bytes, alike: Callable[[], bytes]) -> None:
        self._document, self._alike = document, alike

    @cached_property
    def _lines(self) -> list[str]:
        frame = self._document[_SIZE + int.from_bytes(self._document[:_SIZE], "little") :]
        text = zstandard.ZstdDecompressor(dict_data=_dictionary(self._alike())).decompress(frame)
        return text.decode(_CODING, "surrogatepass").split("\n")

    @property
    def _sections(self) -> list[tuple[str, list[tuple[str, bool, bool]]]]:
        sections: list[tuple[str, list[tuple[str, bool, bool]]]] = json.loads(self._lines[0])
        return sections

    @property
    def places(self) -> list[Place]:
        """Where each text stands, in reading order, a paragraph's own before its translation: as the index has them."""
        return [
            (part, id, translation)
            for part, paragraphs in self._sections
            for id, own, translated in paragraphs
            for translation, there in ((False, own), (True, translated))
            if there
        ]

    def __getitem__(self, place: int) -> str:
        """The text at one of the `places`."""
        text: str = json.loads(self._lines[1 + place])
        return text

    def sections(self) -> tuple[Section, ...]:
        """The whole text."""
        texts = iter(json.loads(f"[{','.join(self._lines[1:])}]"))
        return tuple(
            Section(
                Part(part),
                tuple(
                    Paragraph(id, next(texts) if own else "", next(texts) if translated else None)
                    for id, own, translated in paragraphs
                ),
            )
            for part, paragraphs in self._sections
        )


def _dictionary(alike: bytes) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(alike, zstandard.DICT_TYPE_RAWCONTENT) if alike else None
