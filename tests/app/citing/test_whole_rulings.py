"""A ruling carried away whole: Markdown, plain text, Akoma Ntoso; every paragraph with its number."""

import dataclasses
import datetime
import re
from xml.etree import ElementTree

from app.citing.akoma_ntoso import akoma_ntoso
from app.citing.parts import Cited
from app.citing.texts import markdown, plain_text
from app.stores import Snapshot
from indexer.domain.ruling import Paragraph, Part, Ruling, Section
from tests.app.citing.conftest import MANGA, ORDER, UNDATED

URL = "https://panli.example/rulings/x"
BUILT = datetime.date(2026, 11, 22)
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
BLOCKS = ["introduction", "background", "arguments", "motivation", "decision"]


def tree(ruling: Ruling) -> ElementTree.Element:
    return ElementTree.fromstring(akoma_ntoso(Cited(ruling, URL), BUILT))


def date_of_work(ruling: Ruling) -> tuple[str | None, str | None]:
    found = tree(ruling).find(f".//{AKN}FRBRWork/{AKN}FRBRdate")
    assert found is not None
    return found.get("date"), found.get("name")


def test_every_paragraph_of_every_ruling_keeps_its_id_and_its_words(snapshot: Snapshot) -> None:
    for id in snapshot.catalogue.ids():
        ruling = snapshot.catalogue.ruling(id)
        root = tree(ruling)
        found = [(each.get("eId"), each.text) for each in root.iterfind(f".//{AKN}content/{AKN}p")]
        assert found == [(paragraph.id, paragraph.text) for _, paragraph in ruling.paragraphs]
        ids = [each.get("eId") for each in root.iter() if each.get("eId")]
        assert len(ids) == len(set(ids))


def test_the_document_has_the_structure_of_the_standard(snapshot: Snapshot) -> None:
    root = tree(snapshot.catalogue.ruling(MANGA))
    (judgment,) = root
    assert (root.tag, judgment.tag) == (f"{AKN}akomaNtoso", f"{AKN}judgment")
    assert [each.tag for each in judgment] == [f"{AKN}{name}" for name in ("meta", "header", "judgmentBody")]
    identification = judgment.find(f"{AKN}meta/{AKN}identification")
    assert identification is not None
    for level, last in zip(identification, ("FRBRname", "FRBRlanguage", "FRBRformat"), strict=True):
        names = [each.tag.removeprefix(AKN) for each in level]
        assert names[:2] == ["FRBRthis", "FRBRuri"] and names[-1] == last
        assert {"FRBRdate", "FRBRauthor"} <= set(names)
    body = judgment.find(f"{AKN}judgmentBody")
    assert body is not None
    assert {each.tag.removeprefix(AKN) for each in body} <= set(BLOCKS)


def test_a_digest_is_marked_in_name_author_metadata_and_text(snapshot: Snapshot, in_full: Ruling) -> None:
    root = tree(snapshot.catalogue.ruling(MANGA))
    assert root[0].get("name") == "digest"
    assert root.findtext(".//{urn:panli:metadata}text") == "digest"
    author = root.find(f".//{AKN}FRBRExpression/{AKN}FRBRauthor")
    assert author is not None and author.get("href") == "#panli"
    assert root.find(f".//{AKN}header/{AKN}p[@class='digest']") is not None
    whole = tree(in_full)
    assert whole[0].get("name") == "judgment"
    assert whole.find(f".//{AKN}p[@class='digest']") is None
    author = whole.find(f".//{AKN}FRBRExpression/{AKN}FRBRauthor")
    assert author is not None and author.get("href") == "#court"


def test_a_date_that_is_not_known_to_the_day_is_not_made_up(snapshot: Snapshot) -> None:
    catalogue = snapshot.catalogue
    assert date_of_work(catalogue.ruling(MANGA)) == ("2025-03-31", "decision")
    assert date_of_work(catalogue.ruling(ORDER)) == ("2026-11-22", "collected")
    assert tree(catalogue.ruling(ORDER)).findtext(".//{urn:panli:metadata}decided") == "2020"
    assert date_of_work(catalogue.ruling(UNDATED)) == ("2026-11-22", "collected")
    assert tree(catalogue.ruling(UNDATED)).find(".//{urn:panli:metadata}decided") is None


def test_what_xml_can_not_hold_is_left_out(in_full: Ruling) -> None:
    odd = (Section(Part.FACTS, (Paragraph("p1", "甲\x00\x0b\ufffe<乙>&\ud800丙"),)),)
    found = tree(dataclasses.replace(in_full, sections=odd)).find(f".//{AKN}content/{AKN}p")
    assert found is not None and found.text == "甲<乙>&丙"


def test_markdown_and_text_hold_every_paragraph_with_its_number(snapshot: Snapshot) -> None:
    ruling = snapshot.catalogue.ruling(MANGA)
    marked, plain = markdown(Cited(ruling, URL)), plain_text(Cited(ruling, f"{URL}#p3"))
    for _, paragraph in ruling.paragraphs:
        assert f"[¶{paragraph.id}]({URL}#{paragraph.id}) " in marked
        assert f"[{paragraph.id}] {paragraph.text}\n" in plain
        assert paragraph.translation and paragraph.translation in plain
    for text in (marked, plain):
        assert "并非裁判文书原文" in text
        assert ruling.sources[0].title in text.replace("\\", "")
        assert ruling.unsure[0].zh is not None and ruling.unsure[0].zh in text


def test_an_unknown_date_is_said_to_be_unknown(snapshot: Snapshot) -> None:
    assert "Date of decision: 未载明 (not stated)" in plain_text(Cited(snapshot.catalogue.ruling(UNDATED), URL))


def test_words_of_a_ruling_can_not_become_markup(in_full: Ruling) -> None:
    odd = (Section(Part.FACTS, (Paragraph("p1", "# <b>[x](javascript:1)</b> *甲* `乙`"),)),)
    line = next(
        line
        for line in markdown(Cited(dataclasses.replace(in_full, sections=odd), URL)).split("\n")
        if line.startswith("[¶p1]")
    )
    assert re.search(r"(?<!\\)[#<>*`\[\]]", line.partition(") ")[2]) is None
