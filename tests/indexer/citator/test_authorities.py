"""Statutes with versions, lists of guiding cases, decisions of agencies, references back."""

import pytest

from indexer.citator import antecedent_of, find_citations, find_in_passages
from indexer.domain.citation import CitationKind

PROVISIONS = [
    (
        "《商标法》（2013年修正）第五十七条第（二）项、第六十三条第一款、第三款和第六十四条",
        [
            ("trademark-law:57", "2013", "第五十七条第（二）项"),
            ("trademark-law:63", "2013", "第六十三条第一款、第三款"),
            ("trademark-law:64", "2013", "第六十四条"),
        ],
    ),
    ("《中华人民共和国反不正当竞争法》（2019年修正）第二条", [("anti-unfair-competition-law:2", "2019", "第二条")]),
    ("《专利法（2008年修正）》第22条", [("patent-law:22", "2008", "第22条")]),
    ("2013年《商标法》第三十条", [("trademark-law:30", "2013", "第三十条")]),
    ("2020年修正的专利法第七十一条", [("patent-law:71", "2020", "第七十一条")]),
    (
        "《专利法》第二十二条，同法第二十三条、第二十四条",
        [
            ("patent-law:22", None, "第二十二条"),
            ("patent-law:23", None, "第二十三条"),
            ("patent-law:24", None, "第二十四条"),
        ],
    ),
    ("《专利法》第一条，《虚构法》第三条，该法第五条", [("patent-law:1", None, "第一条")]),
    (
        "Article 2 of the Anti-Unfair Competition Law (2019)",
        [("anti-unfair-competition-law:2", "2019", "Article 2")],
    ),
    (
        "Articles 22 and 59(1) of the 2020 Patent Law",
        [("patent-law:22", "2020", "Article 22"), ("patent-law:59", "2020", "Article 59(1)")],
    ),
    ("Patent Law (2020), Article 22", [("patent-law:22", "2020", "Article 22")]),
    ("the Patent Law and what it is for", []),
]


@pytest.mark.parametrize(("text", "expected"), PROVISIONS)
def test_statutes_are_found_article_by_article_with_their_version(
    text: str, expected: list[tuple[str, str | None, str]]
) -> None:
    assert [(each.key, each.version, each.article) for each in find_citations(text)] == expected


def test_interpretation_named_with_its_number_is_one_citation() -> None:
    text = "《最高人民法院关于审理侵犯商业秘密民事案件适用法律若干问题的规定》（法释〔2020〕7号）第三条"
    (citation,) = find_citations(text)
    assert (citation.text, citation.key) == (text, "spc-trade-secret-provisions:3")
    assert citation.version == "法释〔2020〕7号"


@pytest.mark.parametrize("text", ["法释〔2021〕4号", "法释[2021]4号", "法释（2021）第4号", "Fa Shi [2021] No. 4"])
def test_interpretation_has_one_key_however_it_is_bracketed(text: str) -> None:
    (citation,) = find_citations(text)
    assert citation.key.replace("第", "") == "法释〔2021〕4号"


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("指导案例78号、79号和第80号", [78, 79, 80]),
        ("指导性案例第78、79号", [78, 79]),
        ("第24号指导案例", [24]),
        ("指导案例二十四号", [24]),
        ("SPC Guiding Cases Nos. 78 and 79", [78, 79]),
        ("SPC Guiding Case No. 78 and 79 others", [78]),
        ("指导案例78号、79号楼", [78]),
    ],
)
def test_guiding_cases_of_a_list_are_found_one_by_one(text: str, serials: list[int]) -> None:
    assert [each.key for each in find_citations(text)] == [f"guiding-case:{serial}" for serial in serials]


FIRST = "（2020）京73民初1号民事判决"
BACK = [
    (f"{FIRST}认定侵权。前述判决", ["前述判决"]),
    (f"{FIRST}，该判决认为", ["该判决"]),
    (f"{FIRST}。同案，第12段", ["同案"]),
    (f"{FIRST}。同案犯甲", []),
    (f"甲（同案），{FIRST}", []),
    (f"{FIRST}。{'甲' * 60}该判决", []),
    ("上述判决", []),
    ("Id. at 5", []),
    ("(2023) Jing 73 Min Zhong No. 3802. Id. at 5; see supra note 3", ["Id.", "supra note 3"]),
    ("(2023) Jing 73 Min Zhong No. 3802 held so. The above judgment", ["The above judgment"]),
    ("（2015）××刑初字第××号。前述判决", []),
    (f"{FIRST}、2023京73民终3802号。前述判决", []),
]


@pytest.mark.parametrize(("text", "expected"), BACK)
def test_reference_back_is_found_only_where_it_has_something_to_point_to(text: str, expected: list[str]) -> None:
    citations = find_citations(text)
    back = [each for each in citations if each.kind is CitationKind.BACK_REFERENCE]
    assert [each.text for each in back] == expected
    for each in back:
        assert (each.key, each.number) == (citations[0].key, citations[0].number)


def test_reference_back_may_point_into_a_passage_before() -> None:
    first, between, last = find_in_passages([FIRST, "《专利法》第二条", "前述判决认为"])
    assert [each.kind for each in last] == [CitationKind.BACK_REFERENCE]
    assert last[0].key == first[0].key
    assert antecedent_of(between, first[0]) == first[0]
