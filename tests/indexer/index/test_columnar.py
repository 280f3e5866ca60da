"""The columnar codec against Whoosh's own: the same documents, the same queries, the same answers."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh import fields, index
from whoosh.qparser import QueryParser

from indexer.index.columnar.arrays import Array, ArrayFile, ArraysDamaged, ArraysWriter, write_arrays
from indexer.index.columnar.codec import ColumnarCodec
from indexer.index.columnar.postings import FieldBuilder, FieldPostings

SCHEMA = fields.Schema(
    id=fields.ID(stored=True, unique=True),
    body=fields.TEXT(stored=True),
    number=fields.NUMERIC(stored=True, sortable=True),
    tags=fields.KEYWORD(commas=True),
)
WORDS = [f"w{i}" for i in range(200)]
QUERIES = ["w1", "w1 w2", "w1 OR w2 OR w3", '"w1 w2"', "w1*", "w?1", "w1 NOT w2", "number:[10 TO 20]", "tags:w5", "w1~"]


def documents() -> list[dict[str, Any]]:
    chance = random.Random(1)
    return [
        {
            "id": str(i),
            "body": " ".join(chance.choices(WORDS, k=chance.randint(1, 60))),
            "number": chance.randint(0, 99),
            "tags": ",".join(chance.sample(WORDS, 3)),
        }
        for i in range(400)
    ]


def make(folder: Path, codec: ColumnarCodec | None, segments: int = 3) -> Any:
    """An index of several segments, by the codec or by Whoosh's own."""
    folder.mkdir()
    made = index.create_in(str(folder), SCHEMA)
    whole = documents()
    for start in range(0, len(whole), -(-len(whole) // segments)):
        writer = made.writer(codec=codec) if codec else made.writer()
        for document in whole[start : start + -(-len(whole) // segments)]:
            writer.add_document(**document)
        writer.commit(merge=False)
    return made


@pytest.fixture
def both(tmp_path: Path) -> tuple[Any, Any]:
    return make(tmp_path / "stock", None), make(tmp_path / "columnar", ColumnarCodec())


def hits(made: Any, text: str, **options: Any) -> list[str]:
    with made.searcher() as searcher:
        found = searcher.search(QueryParser("body", SCHEMA).parse(text), limit=None, **options)
        return [hit["id"] for hit in found]


def same_answers(stock: Any, columnar: Any) -> None:
    for text in QUERIES:
        assert sorted(hits(stock, text)) == sorted(hits(columnar, text)), text
        assert hits(stock, text, sortedby="number") == hits(columnar, text, sortedby="number"), text
    with stock.searcher() as one, columnar.searcher() as other:
        assert one.doc_count() == other.doc_count()
        assert list(one.lexicon("body")) == list(other.lexicon("body"))
        assert one.corrector("body").suggest("w1x") == other.corrector("body").suggest("w1x")
        for word in ("w1", "w77"):
            assert one.doc_frequency("body", word) == other.doc_frequency("body", word)
            assert one.frequency("body", word) == pytest.approx(other.frequency("body", word))


def test_several_segments_answer_as_whooshs_own(both: tuple[Any, Any]) -> None:
    same_answers(*both)


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.delete_by_term("id", "7"),
        lambda made: made.delete_by_query(QueryParser("body", SCHEMA).parse("w3 w4")),
    ],
    ids=["one document deleted", "documents deleted by a query"],
)
def test_deletions_answer_as_whooshs_own(both: tuple[Any, Any], change: Callable[[Any], None]) -> None:
    for made in both:
        change(made)
    same_answers(*both)


def test_merging_into_one_segment_answers_as_whooshs_own(both: tuple[Any, Any]) -> None:
    stock, columnar = both
    for made in both:
        made.delete_by_term("id", "7")
    stock.optimize()
    columnar.writer(codec=ColumnarCodec()).commit(optimize=True)
    assert len(columnar.searcher().reader().leaf_readers()) == 1
    same_answers(stock, columnar)


def test_stored_values_come_back(both: tuple[Any, Any]) -> None:
    with both[1].searcher() as searcher:
        stored = {fields_["id"]: fields_ for fields_ in searcher.reader().all_stored_fields()}
    for document in documents():
        assert stored[document["id"]]["body"] == document["body"]
        assert stored[document["id"]]["number"] == document["number"]


def test_postings_come_back_sorted_by_term_and_document(tmp_path: Path) -> None:
    builder = FieldBuilder()
    builder.add(0, {"乙": 2.0, "甲": 1.0})
    builder.add(1, {"甲": 3.0})
    builder.add(3, {"丙": 0.5, "甲": 7.0})
    write_arrays(tmp_path / "x", {f"f.{name}": array for name, array in builder.arrays().items()}, {})
    field = FieldPostings(ArrayFile(tmp_path / "x"), "f")
    terms = [field.term(i).decode() for i in range(len(field))]
    assert terms == sorted(["甲", "乙", "丙"], key=str.encode)
    place = field.index("甲".encode())
    assert place is not None
    assert field.docs(place).tolist() == [0, 1, 3]
    assert field.weights(place).tolist() == [1.0, 3.0, 7.0]
    assert field.index("丁".encode()) is None


def test_a_file_of_arrays_gives_back_what_was_written(tmp_path: Path) -> None:
    arrays: dict[str, Array] = {"a": np.arange(10, dtype=np.int32), "b": np.zeros(0, np.float32), "c": np.eye(3)}
    write_arrays(tmp_path / "x", arrays, {"note": "判例"})
    file = ArrayFile(tmp_path / "x")
    file.verify()
    assert file.meta == {"note": "判例"}
    for name, array in arrays.items():
        assert (file[name] == array).all()


def test_a_truncated_file_of_arrays_is_recognised_when_opened(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_arrays(path, {"a": np.arange(1000)}, {})
    whole = path.read_bytes()
    for kept in (0, 7, 20, 200, len(whole) - 1):
        path.write_bytes(whole[:kept])
        with pytest.raises((ArraysDamaged, ValueError)):
            ArrayFile(path)


def test_a_damaged_array_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_arrays(path, {"a": np.arange(100), "b": np.arange(100)}, {})
    raw = bytearray(path.read_bytes())
    raw[ArrayFile(path).offset("b") + 3] ^= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(ArraysDamaged, match="'b'"):
        ArrayFile(path).verify()


def test_a_damaged_header_is_recognised_when_opened(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_arrays(path, {"a": np.arange(8)}, {"note": "判例"})
    whole = path.read_bytes()
    end = ArrayFile(path).offset("a") + 64
    for place in (*range(8), *range(end, len(whole))):
        raw = bytearray(whole)
        raw[place] ^= 1
        path.write_bytes(bytes(raw))
        with pytest.raises(ArraysDamaged):
            ArrayFile(path)


def test_arrays_written_in_pieces_and_added_later_come_back(tmp_path: Path) -> None:
    with ArraysWriter(tmp_path / "x") as writer:
        writer.add_pieces("a", np.int32, (np.arange(start, start + 5) for start in (0, 5)))
        writer.close({"note": 1})
    with ArraysWriter(tmp_path / "x", goes_on=True) as writer:
        writer.add("b", np.eye(3))
        writer.close({"note": 2})
    file = ArrayFile(tmp_path / "x")
    file.verify()
    assert file.meta == {"note": 2}
    assert (file["a"] == np.arange(10)).all()
    assert (file["b"] == np.eye(3)).all()
