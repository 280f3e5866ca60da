"""Runs merged give the index that one sorting of all documents gives."""

import random
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.index import whoosh_writer
from indexer.index.analysis import analyse, fold, is_han, sentences, surface_words
from indexer.index.columnar import merge, merge_places, standing
from indexer.index.columnar.arrays import Array, ArrayFile
from indexer.index.columnar.impacts import FIELD, Impacts
from indexer.index.columnar.places import Places
from indexer.index.columnar.postings import FieldBuilder
from indexer.index.columnar.rulings import Rulings, RulingsBuilder
from indexer.index.document import IndexDocument, Segment
from indexer.index.fields import FACETS
from indexer.index.run import SEARCHED, ZONE_NAMES, IndexRun
from indexer.index.whoosh_writer import FIRST, Late, Merging, WhooshWriter, whoosh_name

PIECES = [
    "专利",
    "侵权",
    "外观设计",
    "法院",
    "中",
    "〇二",
    "Patent",
    "ά",
    "𠀀",
    "it's",
    "2017",
    "，",
    " ",
    "。",
    "知识产权",
    "专利侵权",
    "Mr. 甲",
]


def a_document(serial: int, chance: random.Random) -> IndexDocument:
    """A document of chance, with what an index can hold."""
    zones = {name: "\n".join(fold("".join(chance.choices(PIECES, k=9))) for _ in range(2))
             for name in chance.sample(ZONE_NAMES, 4)}  # fmt: skip
    return IndexDocument(
        id=f"ruling-{serial}",
        segments=tuple(Segment(zone, text) for zone, whole in zones.items() for text in whole.split("\n")),
        numbers=(f"number-{serial}", *(["共"] if serial % 3 else [])),
        cites=tuple(chance.sample(["甲", "乙", "丙"], chance.randint(0, 3))),
        statutes=("patent-law", f"patent-law:{serial % 4}"),
        date_first=20200101 + serial if serial % 5 else None,
        date_last=20200101 + serial if serial % 5 else None,
        facets={name: tuple(chance.sample(["one", "two", "three"], chance.randint(1, 2))) for name in FACETS},
        tier=1 + serial % 4,
        cited_by=serial % 3,
    )


def documents(count: int, seed: int = 1) -> list[IndexDocument]:
    chance = random.Random(seed)
    return [a_document(serial, chance) for serial in range(count)]


def sorted_at_once(every: Sequence[IndexDocument]) -> dict[str, Array]:
    """The arrays of an index by the plainest way: all in memory, one text analysed after the other."""
    fields = {name: FieldBuilder() for name in SEARCHED}
    lengths: dict[str, list[int]] = {name: [] for name in ZONE_NAMES}
    rulings = RulingsBuilder()
    for number, document in enumerate(every):
        text = "".join(f"{segment.text}\n" for segment in document.segments)
        units = np.frombuffer(text.encode("utf-16-le"), np.uint16)
        rulings.add(document, units, np.flatnonzero(units == ord("\n")) + 1)
        spelt: set[str] = set()
        for zone in ZONE_NAMES:
            text = "\n".join(segment.text for segment in document.segments if segment.zone == zone)
            tokens = analyse(text)
            fields[zone].add(number, Counter(token.term for token in tokens))
            lengths[zone].append(len(tokens))
            spelt |= surface_words(text, tokens)
        fields["spelling"].add(number, spelt)
        for name, values in (("number", document.numbers), ("cites", document.cites), ("statute", document.statutes)):
            fields[name].add(number, values)
    arrays = {f"{whoosh_name(field)}.{name}": each
              for field, builder in fields.items() for name, each in builder.arrays().items()}  # fmt: skip
    ends = arrays.pop("spelling.ends")
    arrays["spelling.counts"] = np.diff(ends.astype(np.int64))
    del arrays["spelling.docs"]
    arrays |= {f"length.{whoosh_name(zone)}": np.array(each, np.int32) for zone, each in lengths.items()}
    ids = "\n".join(document.id for document in every)
    return arrays | rulings.arrays() | {"ids": np.frombuffer(ids.encode(), np.uint8)}


def arrays_of(folder: Path) -> dict[str, Array]:
    files = [ArrayFile(path) for path in folder.iterdir() if re.search(r"\.(inv|doc)$", path.name)]
    for file in files:
        file.verify()
    derived = tuple(f"{FIELD}.{name}" for name in ("terms", "term_ends", "ends", "impacts"))
    return {
        name: file[name]
        for file in files
        for name in file.names()
        if not name.startswith("stored") and not name.endswith((".blocks", "rulings.begins")) and name not in derived
    }


def assert_same(found: dict[str, Array], wanted: dict[str, Array]) -> None:
    assert found.keys() == wanted.keys()
    for name, array in wanted.items():
        assert found[name].tolist() == array.tolist(), name


def assert_places(folder: Path, every: Sequence[IndexDocument]) -> None:
    """Words, sentences and pairs stand where a look at each character says, and words in all their documents."""
    files = {path.suffix: ArrayFile(path) for path in folder.iterdir() if path.suffix in (".pos", ".doc", ".inv")}
    for file in files.values():
        file.verify()
    places, rulings = Places(files[".pos"]), Rulings(files[".doc"])
    segments = [(number, segment) for number, each in enumerate(every) for segment in each.segments]
    units: list[int] = []
    pairs: dict[int, list[int]] = {}
    words: dict[str, list[int]] = {}
    starts, sentence_starts = set(), set()
    for place, (number, segment) in enumerate(segments):
        base = len(units)
        at = [base + len(segment.text[:end].encode("utf-16-le")) // 2 for end in range(len(segment.text) + 1)]
        units += np.frombuffer(f"{segment.text}\n".encode("utf-16-le"), np.uint16).tolist()
        here = np.arange(base, len(units), dtype=np.uint32)
        assert set(rulings.rulings.at(here).tolist()) == {number}
        assert set(rulings.segments.at(here).tolist()) == {place}
        assert rulings.in_zones(here, [segment.zone]).all()
        for each, (character, after) in enumerate(zip(segment.text, [*segment.text[1:], ""], strict=True)):
            if is_han(character):
                code = ord(character) << 16 | (ord(after) if is_han(after) else 0)
                pairs.setdefault(code, []).append(at[each])
        for token in analyse(segment.text, search=False):
            starts.add(at[token.start])
            if not is_han(segment.text[token.start]):
                for piece in re.finditer("[^'’]+", segment.text[token.start : token.end]):
                    words.setdefault(piece[0], []).append(at[token.start + piece.start()])
        position = 0
        for sentence in sentences(segment.text):
            position = segment.text.index(sentence, position)
            sentence_starts.add(at[position])
            position += len(sentence)
    for code, wanted in pairs.items():
        lists, found = places.pair(code)
        assert [lists.of(each).tolist() for each in found] == [wanted]
    for word, wanted in words.items():
        lists, found = places.word(word)
        assert [lists.of(each).tolist() for each in found] == [wanted]
    assert [word.decode() for word in places.words] == sorted(words)
    here = np.arange(len(units), dtype=np.uint32)
    assert set(np.flatnonzero(places.tokens.at(here)).tolist()) == starts
    begins = places.sentences.begins.tolist()
    assert [begin for begin in begins[:-1] if units[begin] != ord("\n")] == sorted(sentence_starts)
    assert begins[-1] == len(units)
    assert set(rulings.segments.begins.tolist()) <= set(begins)
    assert places.sentences.at(here).tolist() == (np.searchsorted(begins, here, "right") - 1).tolist()
    assert places.tokens.upto(here).tolist() == np.cumsum(places.tokens.at(here)).tolist()
    impacts = Impacts(files[".inv"], len(every))
    for term in filter(is_han, (term.decode() for term in impacts)):
        standing = [number for number, each in enumerate(every) if any(term in seg.text for seg in each.segments)]
        rulings_of, worth = impacts.of(term.encode()) or (None, np.zeros(0))
        if len(term) > 1:
            assert (np.flatnonzero(worth) if rulings_of is None else rulings_of).tolist() == standing, term


@pytest.mark.parametrize("run_of", [1, 7, 100])
@pytest.mark.parametrize("at_once", [1, 50, 1 << 22])
def test_merged_runs_are_the_index_sorted_at_once(
    run_of: int, at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_writer, "_RUN_OF", run_of)
    monkeypatch.setattr(merge, "_AT_ONCE", at_once)
    monkeypatch.setattr(merge_places, "_AT_ONCE", at_once)
    monkeypatch.setattr(standing, "_UNITS_AT_ONCE", at_once)
    monkeypatch.setattr(standing, "_KEPT_AT_ONCE", at_once)
    every = documents(40)
    writer = WhooshWriter(tmp_path / "index")
    for document in every:
        writer.add(document)
    writer.commit()
    assert_same(arrays_of(tmp_path / "index"), sorted_at_once(every))
    assert_places(tmp_path / "index", every)


@given(st.randoms(use_true_random=False))
def test_runs_may_hold_documents_from_anywhere_and_some_that_are_left_out(chance: random.Random) -> None:
    every = documents(24, seed=2)
    order = list(range(24))
    chance.shuffle(order)
    kept = sorted(order[: chance.randint(1, 24)])
    number = {serial: place for place, serial in enumerate(kept)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths: list[Path] = []
        numbers: list[list[int]] = []
        for start in range(0, 24, 6):
            run = IndexRun()
            for serial in order[start : start + 6]:
                run.add(every[serial])
            paths.append(folder / f"{start}.run")
            run.write(paths[-1], {}, {})
            rejected = [-1] * chance.randint(0, 2)  # files of the batch that have no document in the run
            numbers.append([*(number.get(serial, -1) for serial in order[start : start + 6]), *rejected])
        merging = Merging(folder / "index", folder, tuple(paths), tuple(numbers), parts=chance.randint(1, 5))
        late = Late()
        for serial in kept:
            late.add(every[serial].id, every[serial].cites)
        with patch.object(merge_places, "_AT_ONCE", chance.choice([1, 100, 1 << 19])):
            for share in (*FIRST, *merging.shares, *merging.sums):
                merging.do(share)
        merging.finish(late, [every[serial].cited_by for serial in kept])
        assert_same(arrays_of(folder / "index"), sorted_at_once([every[serial] for serial in kept]))
        assert_places(folder / "index", [every[serial] for serial in kept])
