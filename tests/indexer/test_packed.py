"""A ruling as the catalogue keeps it comes back as it was, whole, without its text, and paragraph by paragraph."""

from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from indexer.catalogue.papers import Text, heading_of, packed, unpacked
from indexer.domain.linked import Linked
from indexer.domain.ruling import Paragraph, Part, Ruling, Section
from indexer.index.columnar.texts import unfolded
from indexer.index.document import document
from indexer.index.run import IndexRun
from tests.builders import a_ruling

ODD = (
    Section(Part.FACTS, (Paragraph("p1", "甲\n乙\u2028“丙”\\n"), Paragraph("p2", "", "Only in English."))),
    Section(Part.FACTS, ()),
    Section(Part.FACTS, (Paragraph("p3", "丁🙂", "D"),)),
)
"""Line feeds, quotation marks, nothing, and a part that comes twice."""


@pytest.fixture(params=["plain", "translated", "odd", "empty"])
def ruling(request: pytest.FixtureRequest, tmp_path: Path) -> Ruling:
    plain = a_ruling(tmp_path, translation=request.param == "translated")
    return replace(plain, sections={"odd": ODD, "empty": ()}.get(request.param, plain.sections))


@pytest.fixture(params=["indexed", "none", "another"])
def alike(request: pytest.FixtureRequest, ruling: Ruling) -> bytes:
    """What the text is packed over."""
    indexed = unfolded(IndexRun().add(document(Linked(ruling, (), ()), 0)))
    return {"indexed": indexed, "none": b"", "another": b"another text"}[request.param]


def test_the_whole_ruling_comes_back(ruling: Ruling, alike: bytes) -> None:
    assert unpacked(packed(ruling, alike), alike) == ruling


def test_the_heading_is_all_but_the_text(ruling: Ruling, alike: bytes) -> None:
    assert heading_of(packed(ruling, alike)) == replace(ruling, sections=())


def test_each_text_stands_in_its_place(ruling: Ruling, alike: bytes) -> None:
    text = Text(packed(ruling, alike), lambda: alike)
    assert [(*place, text[i]) for i, place in enumerate(text.places)] == [
        (part, paragraph.id, translation, said)
        for part, paragraph in ruling.paragraphs
        for translation, said in ((False, paragraph.text), (True, paragraph.translation))
        if said
    ]


def test_a_text_is_not_unpacked_over_another_than_its_own(tmp_path: Path) -> None:
    ruling = a_ruling(tmp_path)
    alike = unfolded(IndexRun().add(document(Linked(ruling, (), ()), 0)))
    with pytest.raises(zstandard.ZstdError):
        unpacked(packed(ruling, alike), alike[2:] + alike[:2])
