"""What the metadata reader reaches on real judgments; the floors only rise."""

import pytest

from indexer.intake.metadata import read_metadata
from tests.intake import metadata_gold as gold

pytestmark = [
    pytest.mark.skipif(not gold.DATA.exists(), reason=f"reference data not found: set PANLI_TEST_DATA ({gold.DATA})"),
]
_FLOOR = 0.98


@pytest.mark.parametrize("dataset", ["spc_judgments", "lecard", "wenshu_raw"])
def test_the_judgments_read_by_hand_are_read_alike(dataset: str) -> None:
    compared = list(gold.read_by_hand(frozenset({dataset})))
    assert compared
    for field in gold.FIELDS:
        assert gold.share(compared, field) >= _FLOOR, [each for each in compared if each.gold != each.read]


@pytest.mark.parametrize("with_columns", [False, True], ids=["title block", "columns"])
def test_the_administrative_rulings_agree_with_their_columns(with_columns: bool) -> None:
    compared = list(gold.administrative(with_columns))
    assert len(compared) == 141
    for field in gold.FIELDS:
        assert gold.share(compared, field) >= _FLOOR, [each for each in compared if each.gold != each.read]


def test_hardly_a_judgment_is_left_without_its_fields() -> None:
    readings = [read_metadata(raw) for raw in gold.lecard_sample()]
    count = len(readings)
    for field, floor in {
        "court_name": 0.995,
        "numbers": 0.99,
        "document_type": 0.995,
        "date": 0.99,
        "procedure": 0.99,
        "case_type": 0.995,
        "parties": 0.99,
        "panel": 0.99,
        "cause": 0.99,
        "outcome": 0.99,
        "statutes": 0.98,
        "court": 0.95,
    }.items():
        assert sum(bool(getattr(reading, field)) for reading in readings) / count >= floor, field
