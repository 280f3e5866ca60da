"""Case numbers: every printed form, one key, one address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.case_number import CaseNumber, numeral, parse_case_number, romanise, romanised_key
from indexer.domain.errors import BadCaseNumber
from indexer.domain.registry import court_of, courts
from indexer.domain.statute import chinese_number

TYPES = [
    "民初", "民终", "民申", "民再", "民监", "民抗", "民提", "民辖", "民辖终", "民辖监", "民特", "民撤",
    "民破", "民催", "民督", "民保", "民保令", "民他", "民转", "民移",
    "行初", "行终", "行申", "行再", "行监", "行抗", "行提", "行辖", "行辖终", "行审", "行赔初", "行赔终",
    "行保", "行保复", "行他", "行移",
    "刑初", "刑终", "刑申", "刑再", "刑监", "刑抗", "刑核", "刑辖", "刑更", "刑医", "刑没",
    "知民初", "知民终", "知民申", "知民再", "知民辖", "知民辖终",
    "知行初", "知行终", "知行申", "知行再", "知刑初", "知刑终",
    "财保", "证保", "执", "执异", "执复", "执恢", "执监", "执保", "执协", "执他", "执转", "执清",
    "司惩", "司惩复", "司赔", "委赔", "法赔",
    "认台", "认港", "认澳", "认他", "请台送", "协外认", "清申", "破", "破申", "破终", "强清", "商初",
    "商终",
]  # fmt: skip
"""The type codes (类型代字) met in practice, at the courts that hear IP cases first of all."""

LEGACY_TYPES = ("京知民初", "京知行初", "高行终", "高民终", "一中知行初", "知行", "沪高民三知终", "浙杭知初", "民提")
CODES = sorted({code for court in courts().values() for code in court.codes} - {"最高法知"})

NUMBER = "(2020)京73民初1号"
FORMS = [
    # Brackets of every style.
    ("（2020）京73民初1号", NUMBER, "2020-jing73-minchu-1"),
    ("(2020)京73民初1号", NUMBER, "2020-jing73-minchu-1"),
    ("〔2020〕京73民初1号", NUMBER, "2020-jing73-minchu-1"),
    ("[2020]京73民初1号", NUMBER, "2020-jing73-minchu-1"),
    ("［2020］京73民初1号", NUMBER, "2020-jing73-minchu-1"),
    ("【2020】京73民初1号", NUMBER, "2020-jing73-minchu-1"),
    ("〈2020〉京73民初1号", NUMBER, "2020-jing73-minchu-1"),
    ("《2020》京73民初1号", NUMBER, "2020-jing73-minchu-1"),
    ("{2020}京73民初1号", NUMBER, "2020-jing73-minchu-1"),
    ("(2020）京73民初1号", NUMBER, "2020-jing73-minchu-1"),  # two styles in one number
    ("2020京73民初1号", NUMBER, "2020-jing73-minchu-1"),  # none at all
    ("（2020年）京73民初1号", NUMBER, "2020-jing73-minchu-1"),
    # Width and white space.
    ("（２０２０）京７３民初１号", NUMBER, "2020-jing73-minchu-1"),
    (" （2020） 京73 民初 1 号 ", NUMBER, "2020-jing73-minchu-1"),
    ("（2020）\u3000京73民初1号", NUMBER, "2020-jing73-minchu-1"),
    ("（2020）京73\n民初1号", NUMBER, "2020-jing73-minchu-1"),  # broken across two lines
    ("（2020）京\u00a073民初1号", NUMBER, "2020-jing73-minchu-1"),
    # What people leave out or put in.
    ("（2020）京73民初1", NUMBER, "2020-jing73-minchu-1"),
    ("（2020）京73民初第1号", NUMBER, "2020-jing73-minchu-1"),
    ("（2020）京73民初0001号", NUMBER, "2020-jing73-minchu-1"),
    # Other courts and types.
    ("（2019）最高法知民终1号", "(2019)最高法知民终1号", "2019-zuigaofa-zhiminzhong-1"),
    ("（2019）最高民辖终1号", "(2019)最高民辖终1号", "2019-zuigao-minxiazhong-1"),
    ("（2020）京民终1号", "(2020)京民终1号", "2020-jing-minzhong-1"),
    ("（2020）京0491民初12345号", "(2020)京0491民初12345号", "2020-jing0491-minchu-12345"),
    ("（2020）京73行保1号", "(2020)京73行保1号", "2020-jing73-xingbao-1"),
    ("（2020）京73执1号", "(2020)京73执1号", "2020-jing73-zhixingan-1"),
    # A further document of one case, and joined files.
    ("（2020）京73民初1号之一", "(2020)京73民初1号之一", "2020-jing73-minchu-1-zhi1"),
    ("（2020）京73民初1号之1", "(2020)京73民初1号之一", "2020-jing73-minchu-1-zhi1"),
    ("（2020）京73民初1号之十", "(2020)京73民初1号之十", "2020-jing73-minchu-1-zhi10"),
    ("（2020）京73民初1号之十二", "(2020)京73民初1号之十二", "2020-jing73-minchu-1-zhi12"),
    ("（2020）京73民初1号之二十", "(2020)京73民初1号之二十", "2020-jing73-minchu-1-zhi20"),
    ("（2020）京73民初1号之21", "(2020)京73民初1号之二十一", "2020-jing73-minchu-1-zhi21"),
    ("（2020）京73民初1-1号", "(2020)京73民初1-1号", "2020-jing73-minchu-1-1"),
    ("（2020）京73民初1-12号之二", "(2020)京73民初1-12号之二", "2020-jing73-minchu-1-12-zhi2"),
    # Legacy numbers: court and type in one, 字第 before the serial.
    ("（2015）京知民初字第1号", "(2015)京知民初字第1号", "2015-jingzhiminchuzi-1"),
    ("(2015)京知民初字1号", "(2015)京知民初字第1号", "2015-jingzhiminchuzi-1"),
    ("（2012）民三终字第4号", "(2012)民三终字第4号", "2012-minsanzhongzi-4"),
    ("（2014）高行（知）终字第1号", "(2014)高行知终字第1号", "2014-gaoxingzhizhongzi-1"),  # brackets inside
    ("（2014）高行(知)终字第1号", "(2014)高行知终字第1号", "2014-gaoxingzhizhongzi-1"),
    ("（2012）沪高民三（知）终字第1号", "(2012)沪高民三知终字第1号", "2012-hugaominsanzhizhongzi-1"),
    ("（1999）知终字第1号", "(1999)知终字第1号", "1999-zhizhongzi-1"),
    ("（2015）京知民初字第1-2号", "(2015)京知民初字第1-2号", "2015-jingzhiminchuzi-1-2"),
]

NOT_NUMBERS = [
    "",
    " ",
    "号",
    "虚构案例",
    "法释〔2016〕19号",  # a judicial interpretation
    "法〔2015〕137号",
    "商评字〔2019〕第12345号",  # an agency's decision
    "第12345号无效宣告请求审查决定",
    "指导案例78号",
    "2024-13-2-160-002",
    "（2020）京73民初号",  # no serial
    "（2020）73民初1号",  # no court
    "（2020）京731234民初1号",  # a code has four digits at most
    "（2020）京73 1号",  # no type
    "（20）京73民初1号",
    "（1820）京73民初1号",
    "（2020）京73民初123456789号",  # nine digits
    "（2020）京73民初1号判决",  # a number and more
    "参见（2020）京73民初1号",
    "（2020）京73民初1号、2号",
    "（2020）京73民初1号之零",
    "（2020）京73民初1号之0",
    "（2020）京73民初1号之一二",  # not a numeral
    "（2020）京73民初1号之十二三",
    "（2020）京73民初1号之十十",
    "2020-jing73-minchu-1",  # an address is not a number
    "\x00",
]

ROMANISED = [
    ("2020-jing73-minchu-1", "2020jing73minchu1"),
    ("2020-Jing73-MinChu-1", "2020jing73minchu1"),
    ("2020 Jing73 MinChu 1", "2020jing73minchu1"),
    ("(2020) Jing 73 Min Chu No. 1", "2020jing73minchu1"),
    ("(2020) Jing 73 Min Chu No.1", "2020jing73minchu1"),
    ("（2020） Jing 73 Min Chu No. 1", "2020jing73minchu1"),
    ("(2020) Jing 73 Min Chu 1 Hao", "2020jing73minchu1"),
    ("(2020) Jing 73 Min Chu #1", "2020jing73minchu1"),
    ("(2020) Jing 73 Min Chu Number 1", "2020jing73minchu1"),
    ("2020 jing73 minchu 0001", "2020jing73minchu1"),
    ("(2020) Jing73 Minchu No. 1 Zhi 2", "2020jing73minchu1zhi2"),
    ("2020-jing73-minchu-1-2", "2020jing73minchu1-2"),  # joined file 1-2 is not serial 12
    ("(2020) Jing 73 Min Chu No. 1-2 Hao", "2020jing73minchu1-2"),
    ("(2015) Jing Zhi Min Chu Zi No. 1", "2015jingzhiminchu1"),
    ("(2015) Jing Zhi Min Chu Zi Di 1 Hao", "2015jingzhiminchu1"),
    ("2015-jingzhiminchuzi-1", "2015jingzhiminchu1"),
    ("2019-zuigaofa-zhiminzhong-1-zhi2", "2019zuigaofazhiminzhong1zhi2"),
]


@pytest.mark.parametrize(("printed", "key", "slug"), FORMS)
def test_case_number_has_one_key_and_one_address_however_printed(printed: str, key: str, slug: str) -> None:
    number = parse_case_number(printed)
    assert (number.key, number.slug) == (key, slug)


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_other_texts_are_not_case_numbers(text: str) -> None:
    with pytest.raises(BadCaseNumber) as raised:
        parse_case_number(text)
    assert raised.value.value == text


def test_case_number_keeps_how_it_was_printed_but_compares_by_what_it_is() -> None:
    first, second = parse_case_number("(2020) 京73民初1号"), parse_case_number("〔2020〕京73民初001号")
    assert first == second
    assert hash(first) == hash(second)
    assert first.printed == "(2020) 京73民初1号"
    assert str(first) == "（2020）京73民初1号"


def test_modern_and_legacy_numbers_with_the_same_words_differ() -> None:
    modern, legacy = parse_case_number("（2016）京知民初1号"), parse_case_number("（2016）京知民初字第1号")
    assert modern != legacy
    assert modern.slug != legacy.slug


def test_case_numbers_sort_by_year_then_court_type_and_serial() -> None:
    printed = ["（2019）京73民终9号", "（2020）京73民初2号", "（2020）京73民初10号", "（2020）京73民终1号"]
    numbers = [parse_case_number(text) for text in printed]
    assert sorted({*numbers}) == numbers


modern_numbers = st.builds(
    CaseNumber,
    year=st.integers(1950, 2099),
    code=st.sampled_from(CODES),
    type=st.sampled_from(TYPES),
    serial=st.integers(1, 99_999_999),
    sub=st.none() | st.integers(1, 99),
    part=st.none() | st.integers(1, 999),
)
legacy_numbers = st.builds(
    CaseNumber,
    year=st.integers(1950, 2015),
    code=st.just(""),
    type=st.sampled_from(LEGACY_TYPES),
    serial=st.integers(1, 99_999_999),
    sub=st.none() | st.integers(1, 99),
    part=st.none() | st.integers(1, 999),
    legacy=st.just(True),
)
numbers = modern_numbers | legacy_numbers


@given(numbers)
def test_number_written_and_read_again_is_the_same(number: CaseNumber) -> None:
    assert parse_case_number(str(number)) == number
    assert parse_case_number(number.key) == number


@given(numbers)
def test_address_is_plain_ascii_and_leads_back_to_the_romanised_key(number: CaseNumber) -> None:
    assert number.slug.isascii()
    assert set(number.slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert romanised_key(number.slug) is not None


@given(modern_numbers, modern_numbers)
def test_different_numbers_have_different_romanised_keys(first: CaseNumber, second: CaseNumber) -> None:
    assert (first == second) == (romanised_key(first.slug) == romanised_key(second.slug))


@given(numbers, numbers)
def test_different_numbers_have_different_addresses(first: CaseNumber, second: CaseNumber) -> None:
    assert (first == second) == (first.slug == second.slug)


LOOKALIKE = (
    r"\A[（(〔]20[0-2]\d[）)〕] ?(京73|最高法|沪|)[民行刑知初终（）一二]{1,6}(字第)?"
    r"[\d０-９-]{1,9}号?(之[一二十\d]{1,3})?\Z"
)


@given(st.text(max_size=40) | st.from_regex(LOOKALIKE))
def test_any_text_is_a_number_that_reads_back_or_is_refused(text: str) -> None:
    try:
        number = parse_case_number(text)
    except BadCaseNumber:
        return
    assert parse_case_number(str(number)) == number


def test_no_two_court_codes_share_a_reading() -> None:
    readings = [romanise(code) for code in CODES]
    assert len(set(readings)) == len(CODES)


def test_no_two_type_codes_share_a_reading() -> None:
    by_reading: dict[str, str] = {}
    for code in TYPES:
        assert by_reading.setdefault(romanise(code), code) == code


def test_no_court_and_type_run_together_into_another_court_and_type() -> None:
    # The romanised key drops the hyphens of the address, so readings must not meet there either.
    seen: dict[str, tuple[str, str]] = {}
    for code in CODES:
        for type_ in TYPES:
            assert seen.setdefault(romanise(code) + romanise(type_), (code, type_)) == (code, type_)


@pytest.mark.parametrize(("text", "key"), ROMANISED)
def test_latin_forms_of_a_number_have_one_key(text: str, key: str) -> None:
    assert romanised_key(text) == key


@pytest.mark.parametrize(
    "text", ["", "patent", "Article 22", "jing73-minchu-1", "2020", "2020-06-30", "（2020）京73民初1号"]
)
def test_other_latin_texts_have_no_key(text: str) -> None:
    assert romanised_key(text) is None


@pytest.mark.parametrize("text", [printed for printed, _, _ in FORMS[:3]])
def test_number_names_its_court(text: str) -> None:
    court = court_of(parse_case_number(text))
    assert court is not None
    assert court.id == "bjipc"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "一"), (10, "十"), (17, "十七"), (20, "二十"), (105, "一百零五"), (112, "一百一十二"),
        (1005, "一千零五"), (1012, "一千零一十二"), (1260, "一千二百六十"),
    ],
)  # fmt: skip
def test_a_numeral_is_written_as_in_a_law(value: int, text: str) -> None:
    assert numeral(value) == text


@given(st.integers(1, 9999))
def test_a_numeral_is_read_back(value: int) -> None:
    assert chinese_number(numeral(value)) == value
