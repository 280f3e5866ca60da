"""What many tests stand on: the repository's own corpus, built once into a store of the session."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.catalogue import Catalogue
from app.search.whoosh_searcher import WhooshSearcher
from app.stores import Snapshot
from indexer.build import Accepted, accept, build
from indexer.store import Build

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
"""The day the tests live on; a build takes its time from the caller."""


@pytest.fixture(scope="session")
def accepted() -> Accepted:
    """The rulings of the repository's corpus, straight from its files."""
    return accept(CORPUS, NOW)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A build of the repository's corpus."""
    return build(CORPUS, tmp_path_factory.mktemp("store"), NOW)[0]


@pytest.fixture(scope="session")
def snapshot(built: Build) -> Iterator[Snapshot]:
    """The build, open for reading."""
    opened = Snapshot(built, WhooshSearcher(built.index), Catalogue(built))
    yield opened
    opened.close()
