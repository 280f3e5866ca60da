"""Rulings of one build tied to each other."""

from pathlib import Path

import pytest

from indexer.domain.citation import CitationKind, ResolutionState
from indexer.domain.linked import Linked, keys_of
from indexer.domain.ruling import Ruling
from indexer.link import Numbers, link, ties_of
from indexer.write import cited_by
from tests.builders import Value, a_ruling


def linked(ruling: Ruling, *others: Ruling) -> Linked:
    """The ruling linked in a build that holds it and the others."""
    numbers = Numbers()
    for each in (ruling, *others):
        numbers.add(ties_of(each))
    return link(ruling, numbers)


def saying(text: str) -> str:
    """A text of one part with this paragraph."""
    return f"## 裁判理由\n\n{text}\n"


def recognised(kind: str, name: str) -> Value:
    """A recognition of this kind and name."""
    return [{"kind": kind, "name": {"zh": name}}]


def test_number_in_the_text_leads_to_the_ruling_held(tmp_path: Path) -> None:
    cited = a_ruling(tmp_path, 2)
    citing = a_ruling(tmp_path, 1, parts=saying("甲。\n\n参见（2020）京73民初2号判决。"))
    (found,) = linked(citing, cited).citations
    assert found.paragraph == "p2"
    assert found.resolution.state is ResolutionState.RESOLVED
    assert found.resolution.rulings == ("2020-jing73-minchu-2",)
    assert found.resolution.citation.text == "（2020）京73民初2号"


def test_number_of_a_ruling_not_held_stays_unresolved(tmp_path: Path) -> None:
    (found,) = linked(a_ruling(tmp_path, parts=saying("参见（2020）京73民初999号判决。"))).citations
    assert found.resolution.state is ResolutionState.UNRESOLVED
    assert found.resolution.rulings == ()


def test_number_of_two_documents_stays_ambiguous(tmp_path: Path) -> None:
    citing = a_ruling(tmp_path, 1, parts=saying("参见（2020）京73民初2号。"))
    judgment = a_ruling(tmp_path, 2)
    order = a_ruling(tmp_path, 3, case_numbers=["（2020）京73民初3号", "（2020）京73民初2号"])
    (found,) = linked(citing, judgment, order).citations
    assert found.resolution.state is ResolutionState.AMBIGUOUS
    assert found.resolution.rulings == ("2020-jing73-minchu-2", "2020-jing73-minchu-3")


def test_ruling_does_not_cite_itself(tmp_path: Path) -> None:
    assert linked(a_ruling(tmp_path, parts=saying("本案（2020）京73民初1号现已审理终结。"))).citations == ()


def test_second_document_of_a_case_is_not_the_case_itself(tmp_path: Path) -> None:
    (found,) = linked(a_ruling(tmp_path, parts=saying("已作出（2020）京73民初1号之一裁定。"))).citations
    assert found.resolution.citation.key == "(2020)京73民初1号之一"


def test_citation_of_the_editor_has_no_paragraph(tmp_path: Path) -> None:
    citing = a_ruling(tmp_path, 1, parts=saying("甲。"), cites=["(2020)京73民初2号"])
    (found,) = linked(citing, a_ruling(tmp_path, 2)).citations
    assert found.paragraph is None
    assert found.resolution.rulings == ("2020-jing73-minchu-2",)
    assert found.resolution.citation.text == "(2020)京73民初2号"


def test_ruling_can_be_cited_by_any_of_its_numbers(tmp_path: Path) -> None:
    joined = a_ruling(tmp_path, 2, case_numbers=["（2020）京73民初2号", "（2020）京73民初5号"])
    (found,) = linked(a_ruling(tmp_path, 1, parts=saying("参见（2020）京73民初5号。")), joined).citations
    assert found.resolution.rulings == (joined.id,)


ALIASES = [
    pytest.param("guiding-case", "指导案例第9901号", "参照指导案例9901号", id="a guiding case"),
    pytest.param("guiding-case", "指导性案例9901号", "参照指导案例第9901号", id="in either wording"),
    pytest.param("guiding-case", "指导案例9901号", "参照指导案例９９０１号", id="in either width"),
    pytest.param("guiding-case", "指导案例991号", "参照指导案例0991号", id="with leading noughts"),
    pytest.param("guiding-case", "指导案例9901号", "see Guiding Case No. 9901", id="in English"),
    pytest.param("case-database", "入库编号 2099-09-9-999-001", "参见2099-09-9-999-001号案例", id="a database entry"),
]


@pytest.mark.parametrize(("kind", "name", "text"), ALIASES)
def test_ruling_can_be_cited_by_its_place_on_a_list(kind: str, name: str, text: str, tmp_path: Path) -> None:
    cited = a_ruling(tmp_path, 2, recognition=recognised(kind, name))
    (found,) = linked(a_ruling(tmp_path, 1, parts=saying(text)), cited).citations
    assert found.resolution.rulings == (cited.id,)


def test_list_of_another_kind_gives_no_name(tmp_path: Path) -> None:
    ruling = a_ruling(tmp_path, recognition=recognised("top-list", "指导案例9901号评选"))
    assert keys_of(ruling) == ["(2020)京73民初1号"]


def test_provision_is_a_citation_that_names_no_ruling(tmp_path: Path) -> None:
    (found,) = linked(a_ruling(tmp_path)).citations
    assert found.resolution.citation.kind is CitationKind.PROVISION
    assert found.resolution.citation.key == "patent-law:65"
    assert found.resolution.rulings == ()


def test_proceedings_have_the_ids_of_those_held(tmp_path: Path) -> None:
    held = a_ruling(tmp_path, 2, case_numbers=["（2020）京73民初2号"])
    ruling = a_ruling(
        tmp_path,
        1,
        proceedings=[
            {"case_number": "(2020)京73民初2号", "relation": "companion"},
            {"case_number": "（2021）最高法知民终999号", "relation": "second-instance", "court": "spc-ipt"},
        ],
    )
    ids = [(entry.number.key, other) for entry, other in linked(ruling, held).proceedings]
    assert ids == [("(2020)京73民初2号", held.id), ("(2021)最高法知民终999号", None)]


def test_cited_ruling_counts_each_citing_ruling_once(tmp_path: Path) -> None:
    cited = a_ruling(tmp_path, 3)
    often = a_ruling(tmp_path, 1, parts=saying("参见（2020）京73民初3号，又见（2020）京73民初3号。"))
    once = a_ruling(tmp_path, 2, parts=saying("参见（2020）京73民初3号。"))
    numbers = Numbers()
    for each in (cited, often, once):
        numbers.add(ties_of(each))
    assert cited_by([link(each, numbers) for each in (cited, often, once)]) == {cited.id: 2}


def test_unknown_key_names_nothing() -> None:
    assert list(Numbers().lookup("(2020)京73民初1号")) == []
