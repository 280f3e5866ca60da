"""Similar rulings of the repository's corpus: pairs a lawyer knows to belong together."""

import pytest

from app.search.searcher import Similar
from app.stores import Snapshot


def alike(snapshot: Snapshot, id: str, limit: int = 6) -> dict[str, Similar]:
    return {each.id: each for each in snapshot.searcher.similar(id, limit)}


@pytest.mark.parametrize(
    ("id", "expected", "why"),
    [
        ("2018-jing-xingzhong-3673", "2016-jing73-xingchu-3203", "the same sound mark, in the instance below"),
        ("2024-zhe01-minzhong-10332", "2024-zhe0192-minchu-1587", "the same AI platform, in the instance below"),
        ("2024-zhe0192-minchu-1587", "2024-yue0192-minchu-113", "Ultraman on another AI platform"),
        ("2021-zuigaofa-zhiminzhong-51", "2021-su01-minchu-3229", "the GPL as a defence"),
        ("2019-zhe07-minchu-402", "2020-lu02-minchu-580", "either Meituan or Eleme"),
        ("2023-zuigaofa-zhiminzhong-3113", "2019-zuigaofa-zhiminzhong-14", "harvested fruit of a protected variety"),
        ("2023-jing73-minzhong-3802", "2021-jing73-minzhong-1011", "Article 2 on another's investment, Douyin again"),
        ("2006-gaoxingzhongzi-519", "2014-xingtizi-8", "sufficient disclosure of a compound"),
    ],
)
def test_rulings_on_one_question_are_found_alike(id: str, expected: str, why: str, snapshot: Snapshot) -> None:
    assert expected in alike(snapshot, id), why


def test_every_likeness_has_its_reasons(snapshot: Snapshot) -> None:
    for id in snapshot.catalogue.ids():
        for other in snapshot.searcher.similar(id, 6):
            assert other.words or other.articles, (id, other)
            assert other.id != id


def test_the_reasons_are_true(snapshot: Snapshot) -> None:
    for id in snapshot.catalogue.ids()[::10]:
        own = snapshot.catalogue.ruling(id)
        for each in snapshot.searcher.similar(id, 6):
            other = snapshot.catalogue.ruling(each.id)
            assert set(each.fields) <= {tag.value for tag in own.fields} & {tag.value for tag in other.fields}
            for key in each.articles:
                law, _, article = key.partition(":")
                applying = {ruling.id for ruling, _ in snapshot.catalogue.applying(law, article)}
                assert {own.id, other.id} <= applying, key


def test_the_most_alike_comes_first_and_no_more_than_wanted(snapshot: Snapshot) -> None:
    found = snapshot.searcher.similar("2023-jing73-minzhong-3802", 3)
    assert len(found) == 3
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_nothing_is_like_a_ruling_that_is_not_held(snapshot: Snapshot) -> None:
    assert snapshot.searcher.similar("2099-jing73-minzhong-1", 6) == ()
