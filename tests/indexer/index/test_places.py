"""Lists of places come back as they were put in, packed or not, whole or by chunks."""

import random
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.index.columnar.arrays import ArrayFile, ArraysWriter
from indexer.index.columnar.places import CHUNK_BITS, Marks, PlaceLists, packed, write_marks


@given(st.integers(0, 1 << 32), st.one_of(st.integers(1, 400_000), st.just(1 << 27)))
def test_lists_and_marks_come_back(seed: int, units: int) -> None:
    chance = random.Random(seed)
    lists = [sorted(chance.sample(range(units), min(units, chance.choice([1, 2, 30, 3000])))) for _ in range(9)]
    flags = np.array([chance.random() < 0.3 for _ in range(min(units, 3000))], np.bool_)
    kept, lengths, pack = packed(
        np.array([len(each) for each in lists]), np.concatenate([np.array(each, np.uint32) for each in lists])
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places"
        with ArraysWriter(path) as writer:
            writer.add("pair.places", kept)
            writer.add("pair.ends", np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))
            writer.add("pair.packed", pack)
            cuts = sorted(chance.choices(range(len(flags)), k=3))
            write_marks(writer, "tokens", np.split(flags, cuts))
            writer.close({})
        file = ArrayFile(path)
        found = PlaceLists(file, "pair")
        wanted = np.array([chance.random() < 0.5 for _ in range((units >> CHUNK_BITS) + 1)])
        for number, each in enumerate(lists):
            assert found.of(number).tolist() == each
            assert found.size(range(number, number + 1)) <= len(each)
            chosen = [place for place in each if wanted[place >> CHUNK_BITS]]
            assert found.of(number, wanted).tolist() == (chosen if pack[number] else each)
        several = range(chance.randint(0, 4), chance.randint(5, 9))
        assert found.together(several).tolist() == sorted(
            place for each in lists[several.start : several.stop] for place in each
        )
        marks, here = Marks(file, "tokens"), np.arange(len(flags), dtype=np.uint32)
        assert marks.at(here).tolist() == flags.tolist()
        assert marks.upto(here).tolist() == np.cumsum(flags).tolist()


def test_a_list_that_is_longer_packed_is_left_as_it_is() -> None:
    sparse = np.arange(0, 1 << 22, 1 << CHUNK_BITS, dtype=np.uint32)
    dense = np.arange(1000, dtype=np.uint32)
    kept, lengths, pack = packed(np.array([len(sparse), len(dense)]), np.concatenate([sparse, dense]))
    assert pack.tolist() == [False, True]
    assert lengths.tolist() == [len(sparse), 1 + 1 + len(dense) // 2]  # all in one chunk
    assert len(kept) == lengths.sum()
