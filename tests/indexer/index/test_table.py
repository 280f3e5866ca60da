"""A table of words finds what it was given, and nothing else, however full it is."""

import numpy as np
import pytest

from indexer.index.columnar import table
from indexer.index.columnar.table import Table


@pytest.mark.parametrize("words", range(1, 70))
def test_a_table_that_is_filled_at_once_ends_its_search_for_others(words: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_SLOTS", 1)
    keys = np.arange(1, words + 1, dtype=np.uint64)
    held = Table(1)
    held.number(held.slots([keys]), np.arange(words, dtype=np.uint32))
    there, numbers = held.find([np.arange(1, 2 * words + 1, dtype=np.uint64)])
    assert np.flatnonzero(there).tolist() == numbers.tolist() == list(range(words))
    assert 2 * words <= len(held.numbers)
