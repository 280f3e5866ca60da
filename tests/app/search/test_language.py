"""The query language: how each form is read, and how what can't be read is repaired."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import QueryTooLong
from app.search.language import parse
from app.search.lexer import lex

READ = [
    # one word; unknown to the glossary, so that no other wording joins it
    ("石磨", "Term('text', '石磨')"),
    # words side by side must all match
    ("石磨 水车", "And([Term('text', '石磨'), Term('text', '水车')])"),
    ("石磨 AND 水车", "And([Term('text', '石磨'), Term('text', '水车')])"),
    ("石磨　水车", "And([Term('text', '石磨'), Term('text', '水车')])"),
    ("石磨，水车。", "And([Term('text', '石磨'), Term('text', '水车')])"),
    ("石磨 OR 水车", "Or([Term('text', '石磨'), Term('text', '水车')])"),
    ("石磨 || 水车", "Or([Term('text', '石磨'), Term('text', '水车')])"),
    # OR binds less than side by side
    ("a1 b2 OR c3", "Or([And([Term('text', 'a1'), Term('text', 'b2')]), Term('text', 'c3')])"),
    ("a1 (b2 OR c3)", "And([Term('text', 'a1'), Or([Term('text', 'b2'), Term('text', 'c3')])])"),
    ("a1（b2 OR c3）", "And([Term('text', 'a1'), Or([Term('text', 'b2'), Term('text', 'c3')])])"),
    ("石磨 -水车", "And([Term('text', '石磨'), Not(Term('text', '水车'))])"),
    ("石磨 NOT 水车", "And([Term('text', '石磨'), Not(Term('text', '水车'))])"),
    # quoted text, in any quotation marks
    ('"石磨"', "AndMaybe((text:\"石磨\", Or([Term('text', '石磨', boost=0.3)])))"),
    ("“石磨”", "AndMaybe((text:\"石磨\", Or([Term('text', '石磨', boost=0.3)])))"),
    ("「石磨」", "AndMaybe((text:\"石磨\", Or([Term('text', '石磨', boost=0.3)])))"),
    ('"a1 b2"~7', "text:[a1 b2]~7"),
    ("石磨 /s 水车", "(Term('text', '石磨') in one sentence with Term('text', '水车'))"),
    ("石磨 同段 水车", "(Term('text', '石磨') in one paragraph with Term('text', '水车'))"),
    # wildcards
    ("mill*", "Prefix('text', 'mill')"),
    ("mil?er", "Wildcard('text', 'mil?er')"),
    ("石*", 'text:"石"'),
    # fields, in English and Chinese, with either colon
    ("title:石磨", "Term('title', '石磨')"),
    ("标题：石磨", "Term('title', '石磨')"),
    ("party:(a1 OR b2)", "Or([Term('party', 'a1'), Term('party', 'b2')])"),
    ("statute:专利法", "Term('statute', 'patent-law')"),
    ("statute:《专利法》第二十二条", "Term('statute', 'patent-law:22')"),
    # the English name of a statute may have several words, an article, and words behind it that are none of its own
    ("statute:patent law", "Term('statute', 'patent-law')"),
    ("statute:Patent Law Article 22", "Term('statute', 'patent-law:22')"),
    ("statute:Article 22 of the Patent Law", "Term('statute', 'patent-law:22')"),
    ("statute:civil code 1185", "Term('statute', 'civil-code:1185')"),
    ('statute:"anti-unfair competition law"', "Term('statute', 'anti-unfair-competition-law')"),
    ("statute:copyright law 石磨", "And([Term('statute', 'copyright-law'), Term('text', '石磨')])"),
    ("法条:反不正当竞争法 第二条", "Term('statute', 'anti-unfair-competition-law:2')"),
    ("statute:专利法 石磨", "And([Term('statute', 'patent-law'), Term('text', '石磨')])"),
    ("date:2023..2025", "date:20230101..20251231"),
    # a field may be followed by a space, and by a minus
    ("title: 石磨", "Term('title', '石磨')"),
    ("title:-石磨", "And([Every(None, boost=1.0), Not(Term('title', '石磨'))])"),
    # words that look like a number in Latin letters, but are none
    ("2014 zap mill 4", "And([Term('text', '2014'), Term('text', 'zap'), Term('text', 'mill'), Term('text', '4')])"),
    # stop words alone are not required
    ("of the 石磨", "Term('text', '石磨')"),
    # nearness keeps the words apart that a space parts
    ('"商标 权"~3', "text:[商标 权]~3"),
    ("date:2023-05", "date:20230501..20230531"),
    ("date:..2020", "date:10101..20201231"),
    ("日期：2020..", "date:20200101..99991231"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), READ, ids=[text for text, _ in READ])
def test_a_query_is_read_as(text: str, tree: str) -> None:
    parsed = parse(text)
    assert parsed.problem is None
    assert repr(parsed.tree) == tree


REPAIRED = [
    ('"石磨', "unbalanced-quote", '"石磨"'),
    ("“石磨", "unbalanced-quote", "“石磨”"),
    ("(石磨", "unbalanced-bracket", "(石磨)"),
    ("石磨)", "unbalanced-bracket", "石磨"),
    ("石磨 OR", "dangling-operator", "石磨"),
    ("OR 石磨", "dangling-operator", "石磨"),
    ("石磨 AND", "dangling-operator", "石磨"),
    ("石磨 /s", "dangling-operator", "石磨"),
    ("石磨 ()", "empty-brackets", "石磨"),
    ('石磨 ""', "empty-quote", "石磨"),
    ("colour:red", "unknown-field", "colour red"),
    ("原告：石磨", "unknown-field", "原告 石磨"),
    ("*mill", "leading-wildcard", "mill"),
    ("mi*", "short-wildcard", "mi"),
    ("date:soon", "bad-date", ""),
    ("date:2023-2025", "bad-date", "date:2023..2025"),
    ("date:2024-02-30", "bad-date", "date:2024"),
    ("date:2025..2023", "bad-date", "date:2023..2025"),
    ("number:abc", "bad-number", "abc"),
    ("statute:xyz", "unknown-statute", "xyz"),
    ('石磨"', "empty-quote", "石磨"),
]


@pytest.mark.parametrize(("text", "code", "repaired"), REPAIRED, ids=[text for text, _, _ in REPAIRED])
def test_what_cannot_be_read_is_answered_with_a_repaired_query(text: str, code: str, repaired: str) -> None:
    problem = parse(text).problem
    assert problem is not None
    assert (problem.code, problem.repaired) == (code, repaired)


@pytest.mark.parametrize("text", ["石" * 2001, "a1 " * 65])
def test_a_query_over_a_limit_is_refused_with_the_limit(text: str) -> None:
    with pytest.raises(QueryTooLong) as refused:
        parse(text)
    assert refused.value.detail["limit"] in (2000, 64)


QUERY_LIKE = st.lists(
    st.sampled_from(
        ["石磨", "mill", '"', "“", "”", "「", "(", ")", "（", "）", "AND", "OR", "NOT", "-", "*", "?", "~3", "/s", "/p",
         "date:", "title:", "标题：", "foo:", "statute:", "number:", "2023..",
         "（2023）京73民终3802号", "《专利法》第二条",
         "的", "，", "　", " ", ":", "\\", "'", "<b>", "%00", "\u200b", "𠮷", "²"]
    ),
    max_size=24,
)  # fmt: skip


@settings(deadline=None)  # the first query reads the tables of names
@given(QUERY_LIKE, st.sampled_from(["", " "]))
def test_no_query_is_an_error_and_repairing_comes_to_an_end(words: list[str], between: str) -> None:
    text = between.join(words)
    for _ in range(60):
        problem = parse(text).problem
        if problem is None:
            return
        assert problem.repaired != text
        text = problem.repaired
    raise AssertionError(text)


@given(st.text(max_size=200))
def test_any_text_at_all_is_lexed_in_order_and_within_bounds(text: str) -> None:
    position = 0
    for lexeme in lex(text):
        assert position <= lexeme.start < lexeme.end <= len(text)
        position = lexeme.end


@given(st.text(max_size=200))
def test_any_text_at_all_is_read_or_repaired(text: str) -> None:
    parsed = parse(text)
    assert parsed.problem is None or parsed.problem.repaired != text
