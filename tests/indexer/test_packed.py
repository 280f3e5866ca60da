"""A ruling as the catalogue keeps it comes back as it was, whole, without its text, and paragraph by paragraph."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.catalogue.tables import Text, heading_of, packed, unpacked
from indexer.domain.ruling import Paragraph, Part, Ruling, Section
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


def test_the_whole_ruling_comes_back(ruling: Ruling) -> None:
    assert unpacked(packed(ruling)) == ruling


def test_the_heading_is_all_but_the_text(ruling: Ruling) -> None:
    assert heading_of(packed(ruling)) == replace(ruling, sections=())


def test_each_text_stands_in_its_place(ruling: Ruling) -> None:
    text = Text(packed(ruling))
    assert [(*place, text[i]) for i, place in enumerate(text.places)] == [
        (part, paragraph.id, translation, said)
        for part, paragraph in ruling.paragraphs
        for translation, said in ((False, paragraph.text), (True, paragraph.translation))
        if said
    ]
