"""Citations in text: found whole, with their kind, at exact offsets; the text is cut at them without loss."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.citator import CitationRun, TextRun, cut, find_citations, find_each, resolve
from indexer.citator.find import form_table
from indexer.domain.citation import Citation, CitationKind, ResolutionState

EXAMPLES = [(kind, text) for kind, entry in form_table().items() for text in entry["examples"]]
COUNTER_EXAMPLES = [(kind, text) for kind, entry in form_table().items() for text in entry["counter_examples"]]
ANTECEDENT = "（2020）京73民初9号。"


def found(text: str) -> list[tuple[CitationKind, str, str]]:
    """Kind, words and key of every citation in a text."""
    return [(each.kind, each.text, each.key) for each in find_citations(text)]


def test_every_form_has_examples_and_counter_examples() -> None:
    assert set(form_table()) == {kind.value for kind in CitationKind}
    for kind, entry in form_table().items():
        assert entry["examples"], kind
        assert entry["counter_examples"], kind


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_example_is_found_whole_alone_and_in_a_sentence(kind: str, text: str) -> None:
    for before, after in [
        ("", ""),
        ("参见", "。"),
        ("见《虚构评论》所引", "一案，"),
        ("see ", " and others"),
        ("（", "）"),
    ]:
        start = ANTECEDENT if kind == CitationKind.BACK_REFERENCE.value else ""
        sentence = f"{start}{before}{text}{after}"
        citation = find_citations(sentence)[-1]
        assert (citation.kind.value, citation.text, citation.start) == (kind, text, len(start + before))
        assert len(find_citations(sentence)) == 1 + bool(start)


@pytest.mark.parametrize(("kind", "text"), COUNTER_EXAMPLES)
def test_counter_example_is_not_found_as_this_kind(kind: str, text: str) -> None:
    start = ANTECEDENT if kind == CitationKind.BACK_REFERENCE.value else ""
    for sentence in (start + text, f"{start}参见{text}。"):
        assert kind not in [citation.kind.value for citation in find_citations(sentence)]


def test_many_texts_cite_what_each_cites_by_itself() -> None:
    gold = [json.loads(line)["text"] for line in (Path(__file__).parent / "gold.jsonl").read_text("utf-8").splitlines()]
    texts = ["", *(text for _, text in [*EXAMPLES, *COUNTER_EXAMPLES]), *gold, "本院认为，理由成立。"]
    alone = [find_citations(text) for text in texts]
    assert find_each(texts) == alone
    assert [found for text in texts for found in find_each([text])] == alone
    assert find_each(["İ", *texts]) == [[], *alone]
    assert find_each([]) == []


def test_no_way_of_writing_a_year_is_passed_over_among_many_texts() -> None:
    years = [
        "（2015）",
        "( 2015 年 )",
        "［２０１５］",
        "《2O15》",
        "（××××）",
        "((1998))",
        "（92）",
        "〔05年〕",
        "“2023”",
        "（2015",
        "2015）",
    ]
    texts = [f"见{year}京知民初字第1194号。" for year in years]
    assert find_each(texts) == [find_citations(text) for text in texts]
    assert all(find_each(texts))
    assert find_each(["（2019年4月，", "称为“×××爱”，", "（1）", "2024-13 - 2"]) == [[], [], [], []]


TEXTS = [
    pytest.param("", [], id="nothing in nothing"),
    pytest.param("本院认为，被诉侵权产品落入保护范围。", [], id="nothing in prose"),
    pytest.param(
        "（2020）京73民初1号、（2020）京73民初2号",
        [
            (CitationKind.CASE_NUMBER, "（2020）京73民初1号", "(2020)京73民初1号"),
            (CitationKind.CASE_NUMBER, "（2020）京73民初2号", "(2020)京73民初2号"),
        ],
        id="two numbers side by side",
    ),
    pytest.param(
        "（ 2020 ）京 73 民初 1 号",
        [(CitationKind.CASE_NUMBER, "（ 2020 ）京 73 民初 1 号", "(2020)京73民初1号")],
        id="blanks inside",
    ),
    pytest.param(
        "（２０２０）京７３民初１号",
        [(CitationKind.CASE_NUMBER, "（２０２０）京７３民初１号", "(2020)京73民初1号")],
        id="full width",
    ),
    pytest.param(
        "（2020）京73民初1号之一民事裁定",
        [(CitationKind.CASE_NUMBER, "（2020）京73民初1号之一", "(2020)京73民初1号之一")],
        id="a second document",
    ),
    pytest.param(
        "（2020）京73民初1号之一审判决",
        [(CitationKind.CASE_NUMBER, "（2020）京73民初1号", "(2020)京73民初1号")],
        id="之一审 is the first instance, not a second document",
    ),
    pytest.param(
        "（2020）京73民初1号之二审判决",
        [(CitationKind.CASE_NUMBER, "（2020）京73民初1号", "(2020)京73民初1号")],
        id="之二审 is the appeal",
    ),
    pytest.param(
        "（2020）京73民初1-2号",
        [(CitationKind.CASE_NUMBER, "（2020）京73民初1-2号", "(2020)京73民初1-2号")],
        id="joined files",
    ),
    pytest.param(
        "（2014）高行（知）终字第1号",
        [(CitationKind.CASE_NUMBER, "（2014）高行（知）终字第1号", "(2014)高行知终字第1号")],
        id="a legacy number with brackets inside",
    ),
    pytest.param(
        "（2020）京73民初1，又见（2015）甲商外初字第24民事裁定书",
        [
            (CitationKind.CASE_NUMBER, "（2020）京73民初1", "(2020)京73民初1号"),
            (CitationKind.CASE_NUMBER, "（2015）甲商外初字第24", "(2015)甲商外初字第24号"),
        ],
        id="号 may be missing where the words end the number",
    ),
    pytest.param("（2020）京73民初1x、（2020）民初1", [], id="without 号 it must be plain"),
    pytest.param(
        "2020年京73民初1号",
        [(CitationKind.MALFORMED_NUMBER, "2020年京73民初1号", "2020年京73民初1号")],
        id="without brackets it is malformed",
    ),
    pytest.param(
        "依照《中华人民共和国专利法》第六十五条、《商标法》第五十七条第（二）项",
        [
            (CitationKind.PROVISION, "《中华人民共和国专利法》第六十五条", "patent-law:65"),
            (CitationKind.PROVISION, "《商标法》第五十七条第（二）项", "trademark-law:57"),
        ],
        id="two provisions",
    ),
    pytest.param(
        "《专利法》", [(CitationKind.PROVISION, "《专利法》", "patent-law")], id="a statute without an article"
    ),
    pytest.param(
        "《中华人民共和国专利法》（2008年修正）第二条",
        [(CitationKind.PROVISION, "《中华人民共和国专利法》（2008年修正）第二条", "patent-law:2")],
        id="a remark between name and article",
    ),
    pytest.param(
        "《中华人民共和国专利法（2008年修正）》第二条",
        [(CitationKind.PROVISION, "《中华人民共和国专利法（2008年修正）》第二条", "patent-law:2")],
        id="a remark inside the marks",
    ),
    pytest.param(
        "《中华人民共和国专利法》（虚构）",
        [(CitationKind.PROVISION, "《中华人民共和国专利法》", "patent-law")],
        id="a remark with no article after it is none of ours",
    ),
    pytest.param(
        "专利法实施细则第一条",
        [(CitationKind.PROVISION, "专利法实施细则第一条", "patent-law-implementing-regulations:1")],
        id="the longer name wins",
    ),
    pytest.param(
        "指导案例９９号",
        [(CitationKind.GUIDING_CASE, "指导案例９９号", "guiding-case:99")],
        id="a guiding case in full width",
    ),
    pytest.param(
        "指导案例099号",
        [(CitationKind.GUIDING_CASE, "指导案例099号", "guiding-case:99")],
        id="a guiding case with a nought",
    ),
    pytest.param(
        "法释〔2016〕19号与（2020）京73民初1号",
        [
            (CitationKind.INTERPRETATION, "法释〔2016〕19号", "法释〔2016〕19号"),
            (CitationKind.CASE_NUMBER, "（2020）京73民初1号", "(2020)京73民初1号"),
        ],
        id="an interpretation is no ruling",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_citations_of_a_text_are_found(text: str, expected: list[tuple[CitationKind, str, str]]) -> None:
    assert found(text) == expected


PIECES = [text for _, text in EXAMPLES] + [text for _, text in COUNTER_EXAMPLES]
PIECES += [
    "《专利法》",
    "第二条",
    "第二条第一款",
    "参见",
    "。",
    "（",
    "）",
    "号",
    "之一",
    "\n",
    " ",
    "2020",
    "🙂",
    "甲公司",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=8).map("".join)


@given(texts)
def test_offsets_are_exact_and_citations_do_not_overlap(text: str) -> None:
    position = 0
    for citation in find_citations(text):
        assert citation.start >= position
        assert citation.end > citation.start
        assert text[citation.start : citation.end] == citation.text
        assert citation.key or citation.masked
        position = citation.end


@given(texts)
def test_text_cut_at_its_citations_and_joined_is_the_text(text: str) -> None:
    citations = find_citations(text)
    runs = cut(text, resolve(citations, lambda key: ()))
    assert "".join(run.text for run in runs) == text
    assert all(run.text for run in runs)
    assert [run.resolution.citation for run in runs if isinstance(run, CitationRun)] == citations


@given(texts, texts)
def test_number_has_one_key_wherever_it_stands(before: str, after: str) -> None:
    text = f"{before}。（2020）京73民初1号。{after}"
    assert "(2020)京73民初1号" in [citation.key for citation in find_citations(text)]


def test_text_without_citations_is_one_run() -> None:
    assert cut("本院认为。", []) == [TextRun("本院认为。")]
    assert cut("", []) == []


def test_citations_given_out_of_order_or_overlapping_lose_no_text() -> None:
    def at(start: int, end: int) -> Citation:
        return Citation(CitationKind.CASE_NUMBER, start, end, "甲乙丙丁"[start:end], "key")

    runs = cut("甲乙丙丁", resolve([at(2, 3), at(0, 2), at(1, 3)], lambda key: ()))
    assert [run.text for run in runs] == ["甲乙", "丙", "丁"]


def test_citation_resolves_to_what_the_lookup_holds() -> None:
    text = "（2020）京73民初1号、（2020）京73民初2号、（2020）京73民初3号"
    held = {"(2020)京73民初1号": ["a"], "(2020)京73民初2号": ["a", "b"]}
    resolutions = resolve(find_citations(text), lambda key: held.get(key, []))
    assert [each.state for each in resolutions] == [
        ResolutionState.RESOLVED,
        ResolutionState.AMBIGUOUS,
        ResolutionState.UNRESOLVED,
    ]
    assert [each.rulings for each in resolutions] == [("a",), ("a", "b"), ()]


def test_statute_is_never_looked_up_among_rulings() -> None:
    (resolution,) = resolve(find_citations("《专利法》第二条"), lambda key: ["a"])
    assert resolution.rulings == ()
