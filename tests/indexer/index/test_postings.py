"""Postings come back as they were put in, also of more documents than a number of sixteen bits tells apart."""

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.index.columnar.arrays import ArrayFile, ArraysWriter, write_arrays
from indexer.index.columnar.impacts import Impacts, Summed, bm25, norms_of, rarity, write_impacts, write_sums
from indexer.index.columnar.postings import FieldBuilder, FieldPostings
from indexer.index.columnar.standing import COUNTS

COUNT = 150_000
FREQUENCIES = {"rare": 1, "odd": 7, "some": 5_000, "many": 90_000, "nearly-all": 120_000, "all": COUNT}


@pytest.fixture(scope="module")
def postings() -> dict[str, dict[int, int]]:
    """Of some terms the documents and how often they stand there; some weights need more than a byte."""
    chance = random.Random(1)
    return {
        term: {doc: chance.choice([1, 2, 254, 255, 256, 70_000]) for doc in sorted(chance.sample(range(COUNT), number))}
        for term, number in FREQUENCIES.items()
    }


@pytest.fixture(scope="module")
def words(postings: dict[str, dict[int, int]], tmp_path_factory: pytest.TempPathFactory) -> ArrayFile:
    """A field of these terms, written and opened."""
    builder = FieldBuilder()
    by_doc: dict[int, dict[str, float]] = {}
    for term, docs in postings.items():
        for doc, weight in docs.items():
            by_doc.setdefault(doc, {})[term] = weight
    for doc in sorted(by_doc):
        builder.add(doc, by_doc[doc])
    path = tmp_path_factory.mktemp("postings") / "words"
    write_arrays(path, {f"facts.{name}": each for name, each in builder.arrays().items()}, {})
    return ArrayFile(path)


def test_documents_and_weights_come_back(postings: dict[str, dict[int, int]], words: ArrayFile) -> None:
    field = FieldPostings(words, "facts")
    for term, docs in postings.items():
        place = field.index(term.encode())
        assert place is not None
        assert field.docs(place).tolist() == list(docs)
        assert field.weights(place).tolist() == list(docs.values())
        assert field.frequency(place) == len(docs)
    counts, every, weights = field.between(0, len(field))
    wanted = [postings[term.decode()] for term in field]
    assert counts.tolist() == [len(docs) for docs in wanted]
    assert every.tolist() == [doc for docs in wanted for doc in docs]
    assert weights.tolist() == [weight for docs in wanted for weight in docs.values()]
    assert field.of(140_000) == sorted(term.encode() for term, docs in postings.items() if 140_000 in docs)


@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize("documents", [COUNT, COUNT + 100_000])
def test_impacts_come_back(
    documents: int, parts: int, postings: dict[str, dict[int, int]], words: ArrayFile, tmp_path: Path
) -> None:
    lengths = np.arange(documents, dtype=np.int32) % 1000
    write_arrays(tmp_path / "vocabulary", {name: words[f"facts.{name}"] for name in ("terms", "term_ends")}, {})
    write_arrays(tmp_path / "standing", {COUNTS: np.zeros(len(postings), np.uint32)}, {})
    standing, vocabulary = ArrayFile(tmp_path / "standing"), ArrayFile(tmp_path / "vocabulary")
    zones = {"facts": Summed(np.arange(len(postings)), 2.0, lengths)}
    sums = [tmp_path / f"sums-{part}" for part in range(parts)]
    for part, path in enumerate(sums):
        write_sums(path, words, [standing], zones, part, parts)
    with ArraysWriter(tmp_path / "impacts") as writer:
        write_impacts(writer, vocabulary, zones, [ArrayFile(path) for path in sums])
        writer.close({})
    impacts = Impacts(ArrayFile(tmp_path / "impacts"), documents)
    for term, docs in postings.items():
        found, worth = impacts.of(term.encode()) or (None, np.zeros(0, np.float32))
        numbers = np.array(list(docs), np.int32)
        weights = np.array(list(docs.values()), np.float32)
        wanted = 2 * bm25(weights, norms_of(lengths)[numbers], rarity(np.array(len(docs)), documents))
        if found is None:
            assert np.flatnonzero(worth).tolist() == list(docs)
            worth = worth[numbers]
        else:
            assert found.tolist() == list(docs)
        assert worth.tolist() == pytest.approx(wanted.tolist())
