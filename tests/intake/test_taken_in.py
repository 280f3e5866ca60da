"""A folder of judgments as they come is built without a corpus being made by hand."""

import datetime
import json
from pathlib import Path

from indexer.build import build
from indexer.intake.run import Options
from indexer.intake.taken_in import holds_judgments, taken_in
from indexer.progress import Silent
from tests.builders import a_corpus
from tests.intake.texts import a_judgment

OPTIONS = Options(datetime.date(2026, 1, 1), workers=1)
NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def a_folder(folder: Path) -> Path:
    folder.mkdir()
    (folder / "a.txt").write_text(a_judgment(1), "utf-8")
    (folder / "b.jsonl").write_text(json.dumps({"text": a_judgment(2)}), "utf-8")
    (folder / "notes.xlsx").write_bytes(b"PK")
    return folder


def test_folder_of_judgments_is_built_and_follows_what_the_folder_holds(tmp_path: Path) -> None:
    folder, store = a_folder(tmp_path / "in"), tmp_path / "store"
    corpus, report = taken_in(folder, store, OPTIONS, Silent())
    assert report.states == {"written": 2}
    assert build(corpus, store, NOW)[1].written == 2
    assert taken_in(folder, store, OPTIONS, Silent())[1].earlier == 2
    (folder / "a.txt").unlink()
    corpus, report = taken_in(folder, store, OPTIONS, Silent())
    assert report.states == {"written": 1}
    assert build(corpus, store, NOW)[1].written == 1
    assert len(list((store / "imported").iterdir())) == 1


def test_corpus_and_empty_folder_are_no_folder_of_judgments(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert holds_judgments(a_folder(tmp_path / "in"))
    assert not holds_judgments(a_corpus(tmp_path))
    assert not holds_judgments(tmp_path / "empty")
    assert not holds_judgments(tmp_path / "nowhere")
