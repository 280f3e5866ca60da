"""The bench itself, over a handful of documents, so that it does not rot. Nothing here looks at a time."""

import json
from collections import Counter
from pathlib import Path

import pytest

from indexer.build import accept
from indexer.index.analysis import terms
from tests.bench import __main__ as bench
from tests.bench.corpus import FIRST_SERIAL, make_corpus, rulings
from tests.bench.engines.engine import KNOWN, Material, engine, is_there, serving
from tests.bench.lecard import JUDGMENTS, judgments, sentences_of
from tests.bench.queries import SAME_MEANING, questions
from tests.bench.report import BEGIN, END, write_report
from tests.bench.rows import make_rows, read_rows, row_of, spaced_terms
from tests.conftest import NOW

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not JUDGMENTS.exists(), reason=f"{JUDGMENTS} is not there (PANLI_TEST_DATA)"),
]
SIZE, SEED = 60, 7


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("bench")
    make_corpus(folder / "corpus", SIZE, SEED)
    return Material(folder / "corpus", make_rows(folder / "rows", SIZE, SEED), 2)


def test_the_same_seed_makes_the_same_bytes(material: Material, tmp_path: Path) -> None:
    make_corpus(tmp_path / "again", SIZE, SEED, workers=1)
    files = {path.relative_to(material.corpus): path.read_bytes() for path in material.corpus.rglob("*.md")}
    assert files == {p.relative_to(tmp_path / "again"): p.read_bytes() for p in (tmp_path / "again").rglob("*.md")}
    assert len(files) == SIZE


def test_every_document_is_accepted_as_it_was_meant_and_plainly_made_up(material: Material) -> None:
    accepted = accept(material.corpus, NOW)
    assert accepted.report.rejections == []
    meant = {ruling.id: ruling for ruling in rulings(SIZE, SEED)}
    for ruling in accepted.rulings:
        assert row_of(ruling) == row_of(meant[ruling.id])
        assert "虚构" in (ruling.title.zh or "")
        assert ruling.number.serial >= FIRST_SERIAL


def test_beyond_the_real_judgments_documents_are_recombined_sentence_by_sentence() -> None:
    real = len(judgments())
    known = {sentence for each in judgments() for part in each.parts.values() for block in part for sentence in block}
    made = list(rulings(real + 20, SEED, real))
    found = [piece for ruling in made for _, paragraph in ruling.paragraphs for piece in sentences_of(paragraph.text)]
    assert sum(piece in known for piece in found) >= 0.95 * len(found)  # one without an end mark runs into the next
    assert len({ruling.id for ruling in made}) == 20


def test_other_engines_are_given_the_terms_of_the_index(material: Material) -> None:
    for row in read_rows(material.rows[0]):
        assert spaced_terms(row.text).split(" ") == terms(row.text)


@pytest.mark.parametrize("name", [name for name in KNOWN if is_there(name)])
def test_an_engine_holds_the_documents_and_finds_what_a_reading_finds(
    name: str, material: Material, tmp_path: Path
) -> None:
    engine(name).build(material, tmp_path / name)
    rows = [row for path in material.rows for row in read_rows(path)]
    with serving(name, tmp_path / name) as opened:
        counts = opened.facet_counts()
        for facet in counts:
            assert counts[facet] == Counter(value for row in rows for value in row.facets[facet])
        words = {row.id: set(spaced_terms(row.text).split(" ")) for row in rows}
        for asked in questions(SIZE, SEED, 10)["all of 2"]:
            (answer,) = opened.ask([asked], True)
            whole_words = sum(set(asked.words) <= held for held in words.values())
            anywhere = sum(all(word in row.text for word in asked.words) for row in rows)
            assert whole_words <= answer.total <= max(anywhere, whole_words)


def test_the_whole_bench_runs_and_tells(tmp_path: Path) -> None:
    small = ["--sizes", str(SIZE), "--questions", "3", "--seconds", "1", "--rounds", "1"]
    bench.main([*small, "--engines", "panli,tantivy,sqlite,pages", "--out", str(tmp_path)])
    figures = json.loads((tmp_path / f"{SIZE}.json").read_text("utf-8"))
    assert figures["facets_agree"]
    if is_there("tantivy"):
        agreed = figures["same_totals"]["sqlite"]
        assert all(agreed[kind]["same"] == agreed[kind]["asked"] for kind in SAME_MEANING)
    for page in (figures["pages"][name] for name in ("panli", "datasette") if name in figures.get("pages", {})):
        assert sum(load["failed"] for load in page["saturated"] + page["half"]) == 0
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    write_report(tmp_path, readme)
    told = readme.read_text("utf-8")
    assert "old" not in told
    assert told.startswith("before\n")
    assert told.endswith("after\n")
    assert (tmp_path / f"{SIZE}.svg").read_text("utf-8").startswith("<svg")
