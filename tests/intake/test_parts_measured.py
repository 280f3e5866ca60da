"""The cut of real judgments does not fall below its floors (samples here; everything in tests/bench/bench_parts.py)."""

import pytest

from tests.intake.measured_parts import DATA, is_cut, lecard, reported, share, supreme

pytestmark = pytest.mark.skipif(
    not (DATA / "lecard").is_dir(), reason=f"reference data not found at {DATA} (set PANLI_TEST_DATA)"
)


def test_zones_of_lecard_are_met() -> None:
    assert share(not each.misses() for each in lecard(sample=1000)) >= 0.96


def test_documents_of_the_supreme_court_are_cut() -> None:
    assert share(is_cut(text) for _, text in supreme()) >= 0.97


@pytest.mark.parametrize("dataset", ["lecard", "spc_judgments", "admin_judgments"])
def test_first_instance_is_told_apart_from_this_court(dataset: str) -> None:
    assert share(each.is_told_apart() for each in reported() if each.dataset == dataset) >= 0.92
