"""The registries: what their files promise about themselves."""

import re
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from indexer.domain.case_number import parse_case_number
from indexer.domain.court import CourtLevel
from indexer.domain.errors import UnknownName
from indexer.domain.registry import (
    cause_names,
    cause_path,
    causes,
    court_of,
    courts,
    glossary,
    legal_fields,
    statute_names,
    statutes,
    trial_teams,
)
from indexer.domain.ruling import CaseType
from indexer.domain.statute import Statute, article_in_english, article_key, chinese_number

EXAMPLES = [(court.id, text) for court in courts().values() for text in court.examples]
COUNTER_EXAMPLES = [(court.id, text) for court in courts().values() for text in court.counter_examples]
RANK = list(CourtLevel)
MORE = {id for id, court in courts().items() if court.name.en is None}


@pytest.mark.parametrize(("court", "number"), EXAMPLES)
def test_example_of_a_court_is_its_number(court: str, number: str) -> None:
    found = court_of(parse_case_number(number))
    assert found is not None
    assert found.id == court


@pytest.mark.parametrize(("court", "number"), COUNTER_EXAMPLES)
def test_counter_example_of_a_court_is_not_its_number(court: str, number: str) -> None:
    found = court_of(parse_case_number(number))
    assert found is None or found.id != court


def test_number_of_a_court_that_the_registry_lacks_has_no_court() -> None:
    assert court_of(parse_case_number("（2020）新4001民初1号")) is None


def test_every_court_has_a_name_those_of_the_toml_two_and_says_how_its_codes_are_known() -> None:
    for court in courts().values():
        assert court.name.zh, court.id
        assert court.name.en or court.id in MORE, court.id
        assert court.basis in ("observed", "stated", "rule", "derived"), court.id
        assert court.kind in ("ordinary", "ip", "internet", "tribunal", "railway", "maritime", "financial"), court.id


def test_a_court_of_the_long_list_has_a_code_only_where_documents_showed_it() -> None:
    assert len(MORE) > 3000
    for id in MORE:
        assert re.fullmatch("[a-z0-9-]+", id), id
        court = courts()[id]
        assert bool(court.codes) == (court.basis == "observed"), id
        assert court.province, id
    assert courts()["gan0111"].name.zh == "南昌市青山湖区人民法院"


def test_no_court_code_belongs_to_two_courts() -> None:
    codes = [code for court in courts().values() for code in court.codes]
    legacy = [code for court in courts().values() for code in court.legacy_codes]
    assert len(set(codes)) == len(codes)
    assert len(set(legacy)) == len(legacy)


def test_every_court_code_leads_to_its_court() -> None:
    for court in courts().values():
        for code in court.codes:
            assert court_of(parse_case_number(f"（2020）{code}民终1号")) == court, code
        for code in court.legacy_codes:
            assert court_of(parse_case_number(f"（2012）{code}民终字第1号")) == court, code


def test_the_supreme_court_alone_has_no_court_above() -> None:
    assert [court.id for court in courts().values() if court.parent is None] == ["spc"]


def test_a_court_above_is_of_a_higher_level_unless_it_is_the_court_of_a_tribunal() -> None:
    for court in courts().values():
        if court.parent is None:
            continue
        above = RANK.index(courts()[court.parent].level)
        if court.kind == "tribunal" or court.id == "xinjiang-bingtuan-high":  # a branch of Xinjiang High
            assert above <= RANK.index(court.level), court.id
        else:
            assert above < RANK.index(court.level), court.id


def test_there_are_thirty_two_high_courts_directly_under_the_supreme_court() -> None:
    # 31 provinces, autonomous regions and municipalities, and the branch for the Production and Construction Corps.
    high = [court for court in courts().values() if court.level is CourtLevel.HIGH]
    ordinary = [court for court in high if court.kind == "ordinary"]
    assert len(ordinary) == 32
    for court in ordinary:
        assert court.parent in ("spc", "xinjiang-high"), court.id


def test_a_court_ends_after_it_was_founded() -> None:
    for court in courts().values():
        if court.valid_from and court.valid_to:
            assert court.valid_from < court.valid_to, court.id


def test_the_beijing_ip_court_was_founded_on_the_sixth_of_november_2014() -> None:
    court = courts()["bjipc"]
    assert court.name.zh == "北京知识产权法院"
    assert court.level is CourtLevel.INTERMEDIATE
    assert str(court.valid_from) == "2014-11-06"


@pytest.mark.parametrize("statute", statutes().values(), ids=lambda statute: statute.id)
def test_versions_of_a_statute_follow_each_other_without_overlap(statute: Statute) -> None:
    assert statute.kind in ("law", "regulation", "interpretation", "rule")
    assert statute.name.zh
    assert statute.name.en
    assert statute.versions
    names = [version.version for version in statute.versions]
    assert len(set(names)) == len(names)
    for version in statute.versions:
        if version.effective_from and version.effective_to:
            assert version.effective_from <= version.effective_to, version.version
    for earlier, later in pairwise(statute.versions):
        if earlier.effective_from and later.effective_from:
            assert earlier.effective_from < later.effective_from, later.version
        if earlier.effective_to and later.effective_from:
            assert earlier.effective_to < later.effective_from, later.version


def test_the_patent_law_has_its_five_versions() -> None:
    versions = statutes()["patent-law"].versions
    assert [version.version for version in versions] == ["1984", "1992", "2000", "2008", "2020"]
    assert str(versions[-1].effective_from) == "2021-06-01"


def test_no_statute_name_means_two_statutes() -> None:
    owners: dict[str, str] = {}
    for statute in statutes().values():
        for name in (statute.name.zh, statute.name.en, *statute.aliases):
            if name:
                assert owners.setdefault(name.lower(), statute.id) == statute.id, name


@pytest.mark.parametrize("name", ["patent-law", "中华人民共和国专利法", "专利法", "patent law", "chinese patent law"])
def test_statute_is_known_by_id_name_and_alias(name: str) -> None:
    assert statute_names()[name] == "patent-law"


def test_causes_form_trees_of_one_case_type() -> None:
    for cause in causes().values():
        path = cause_path(cause.id)
        assert path[-1] == cause.id
        assert len(set(path)) == len(path)
        assert cause.case_type in list(CaseType)
        assert {causes()[step].case_type for step in path} == {cause.case_type}, cause.id


def test_cause_path_begins_at_the_root() -> None:
    assert cause_path("copyright-licence-contract") == (
        "ip-contract",
        "copyright-contract",
        "copyright-licence-contract",
    )


def test_unknown_cause_has_no_path() -> None:
    with pytest.raises(UnknownName):
        cause_path("no-such-cause")


def test_no_cause_wording_means_two_causes_of_one_case_type() -> None:
    owners: dict[tuple[str, str], str] = {}
    for cause in causes().values():
        for name in {name for name in (cause.name.zh, *cause.aliases) if name}:
            assert owners.setdefault((cause.case_type, name), cause.id) == cause.id, name
    for cause in causes().values():
        assert cause.name.zh
        assert cause.name.en
        assert cause_names()[cause.name.zh] == cause.id, cause.id


def test_every_field_refers_to_known_causes_and_statutes() -> None:
    for field in legal_fields().values():
        assert field.name.zh, field.id
        assert field.name.en, field.id
        assert set(field.causes) <= causes().keys(), field.id
        assert set(field.statutes) <= statutes().keys(), field.id
        assert len({word.lower() for word in field.words}) == len(field.words), field.id
        assert set(field.words.values()) <= {1, 2, 3, 4}, field.id


def test_the_fields_end_with_other_which_has_no_rule() -> None:
    last = list(legal_fields().values())[-1]
    assert last.id == "other"
    assert not (last.causes or last.statutes or last.words)


def test_every_team_refers_to_a_known_court_and_fields_and_names_its_source() -> None:
    assert trial_teams()
    for team in trial_teams().values():
        assert team.court in courts(), team.id
        assert set(team.fields) <= legal_fields().keys(), team.id
        assert team.basis.zh, team.id
        assert team.basis.en, team.id
        assert urlsplit(team.source_url).scheme == "https", team.id


def test_glossary_has_four_hundred_terms_and_no_chinese_term_twice() -> None:
    terms = glossary()
    assert len(terms) >= 400
    assert len({term.zh for term in terms}) == len(terms)
    for term in terms:
        assert all(form.strip() == form and form for form in term.forms), term.zh
        assert not term.zh.isascii(), term.zh
        assert term.area, term.zh
        assert len(set(term.forms)) == len(term.forms), term.zh


ARTICLES = [
    # as printed, key, in English
    ("第十七条", "17", "Article 17"),
    ("第十七条第一款第五项", "17", "Article 17, paragraph 1, item 5"),
    ("第二十二条第三款", "22", "Article 22, paragraph 3"),
    ("第一百零二条", "102", "Article 102"),
    ("第一百一十条", "110", "Article 110"),
    ("第一千一百六十五条", "1165", "Article 1165"),
    ("第十条第一款第（五）项", "10", "Article 10, paragraph 1, item 5"),
    ("第十条第一款第(五)项", "10", "Article 10, paragraph 1, item 5"),
    ("第十条第一款第（十七）项", "10", "Article 10, paragraph 1, item 17"),
    ("第120条", "120", "Article 120"),
    ("第217条之一", "217-1", "Article 217-1"),
    ("第二百一十七条之一第二款", "217-1", "Article 217-1, paragraph 2"),
    ("第十七条第一款第五项第二目", "17", "Article 17, paragraph 1, item 5, sub-item 2"),
    ("2", "2", "2"),  # not a printed article: left as it is
]


@pytest.mark.parametrize(("printed", "key", "english"), ARTICLES)
def test_article_has_a_key_in_digits_and_an_english_form(printed: str, key: str, english: str) -> None:
    assert article_key(printed) == key
    assert article_in_english(printed) == english


CHINESE_NUMBERS = [
    ("一", 1),
    ("十", 10),
    ("十二", 12),
    ("二十", 20),
    ("二十一", 21),
    ("九十九", 99),
    ("一百", 100),
    ("一百零二", 102),
    ("一百〇二", 102),
    ("一百一十", 110),
    ("一百二十三", 123),
    ("两百", 200),
    ("一千零六", 1006),
    ("一千一百六十五", 1165),
    ("九千九百九十九", 9999),
    ("123", 123),
    ("０７", 7),
]


@pytest.mark.parametrize(("text", "number"), CHINESE_NUMBERS)
def test_chinese_number_is_read(text: str, number: int) -> None:
    assert chinese_number(text) == number
