"""The step from one build to the next, as a process sees it."""

import datetime
from pathlib import Path

import pytest

from app.errors import StoreUnavailable
from app.search.whoosh_searcher import WhooshSearcher
from app.stores import StoreKeeper
from indexer.build import build
from tests.builders import a_corpus
from tests.conftest import NOW


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return a_corpus(tmp_path / "corpus", 3)


class Clock:
    """A clock that the test sets forward."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def keeper(store: Path) -> StoreKeeper:
    return StoreKeeper(store, lambda built: WhooshSearcher(built.index), Clock())


def build_at(corpus: Path, store: Path, minute: int) -> str:
    return build(corpus, store, NOW + datetime.timedelta(minutes=minute))[0].manifest.build


def test_without_a_build_the_service_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="panli build"), keeper(tmp_path / "store").lease():
        pass


def test_a_new_build_is_served_from_the_next_lease_on(corpus: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    served = keeper(store)
    first = build_at(corpus, store, 0)
    with served.lease() as snapshot:
        assert snapshot.build.manifest.build == first
    second = build_at(corpus, store, 1)
    with served.lease() as snapshot:
        assert snapshot.build.manifest.build == second
    served.close()


def test_a_lease_keeps_its_build_open_while_another_takes_over(corpus: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    served = keeper(store)
    build_at(corpus, store, 0)
    with served.lease() as old:
        build_at(corpus, store, 1)
        with served.lease() as new:
            assert new is not old
        assert old.retired
        assert len(old.catalogue.ids()) == 3
        assert old.searcher.suggest("nothing") is not None
    assert old.leases == 0
    served.close()


def test_a_damaged_build_is_not_served_and_the_one_before_stays(corpus: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    served = keeper(store)
    first = build_at(corpus, store, 0)
    with served.lease():
        pass
    second = build_at(corpus, store, 1)
    (store / "builds" / second / "catalogue.sqlite").write_bytes(b"")
    with served.lease() as snapshot:
        assert snapshot.build.manifest.build == first
    served.close()
