"""Rulings to cite: those of the corpus, and a fictitious one in full text."""

import pytest

from indexer.domain.ruling import Ruling
from tests.builders import a_ruling

MANGA, ORDER, OLD, UNDATED = (
    "2023-jing73-minzhong-3802",  # a day, the Beijing IP Court
    "2019-zuigaofa-zhiminzhong-732-zhi1",  # a year only, 之一, an order of the SPC's tribunal
    "2012-zhixingzi-75",  # a legacy number, administrative
    "2013-erzhongminchuzi-2269",  # no date at all
)


@pytest.fixture(scope="session")
def in_full(tmp_path_factory: pytest.TempPathFactory) -> Ruling:
    """A fictitious judgment held in the court's own words."""
    return a_ruling(tmp_path_factory.mktemp("full"), text="full", translation=True)
