"""`panli link` as a process of its own: files, table, report, exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.store import Build
from tests.app.test_briefs import docx
from tests.conftest import ROOT

MANGA = "2023-jing73-minzhong-3802"
GOOD = "参见北京知识产权法院（2023）京73民终3802号民事判决书，及（2023）京73民终3803号。\n"
WRONG_COURT = "参见北京市高级人民法院（2023）京73民终3802号民事判决书。\n"


@pytest.fixture
def panli(built: Build, tmp_path: Path) -> "Panli":
    return Panli(built.folder.parent.parent, tmp_path)


class Panli:
    """Runs the command in a folder, over the store of the session."""

    def __init__(self, store: Path, folder: Path) -> None:
        self.store, self.folder = store, folder

    def brief(self, text: str = GOOD, name: str = "brief.txt") -> Path:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def link(self, *arguments: str, language: str = "en") -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "PANLI_LANG": language, "PANLI_STORE": str(self.store), "PYTHONPATH": str(ROOT)}
        environment.pop("PANLI_BASE_URL", None)
        command = [sys.executable, "-m", "app", "link", *arguments]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=60)


def test_the_linked_file_lies_beside_the_brief_and_the_brief_is_as_it_was(panli: Panli) -> None:
    done = panli.link(str(panli.brief()), "--base-url", "https://panli.example/")
    assert done.returncode == 0, done.stderr
    linked = (panli.folder / "brief.linked.txt").read_text("utf-8")
    assert f"<https://panli.example/rulings/{MANGA}" in linked
    assert (panli.folder / "brief.txt").read_text("utf-8") == GOOD
    assert "● 1" not in done.stdout and "held here and consistent 1" in done.stdout
    assert "○ （2023）京73民终3803号" in done.stdout
    assert "¶ 1" in done.stdout


def test_a_file_that_is_there_is_not_overwritten_without_force(panli: Panli) -> None:
    brief = str(panli.brief())
    assert panli.link(brief).returncode == 0
    kept = (panli.folder / "brief.linked.txt").read_bytes()
    again = panli.link(brief, "--table")
    assert again.returncode == 2 and "--force" in again.stderr
    assert (panli.folder / "brief.linked.txt").read_bytes() == kept
    assert panli.link(brief, "--table", "--force").returncode == 0
    assert "Table of authorities" in (panli.folder / "brief.linked.txt").read_text("utf-8")


def test_what_is_alarming_ends_with_1_and_is_said(panli: Panli) -> None:
    done = panli.link(str(panli.brief(WRONG_COURT)))
    assert done.returncode == 1
    assert "◐" in done.stdout and "names the court" in done.stdout
    assert (panli.folder / "brief.linked.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.txt"], "missing.txt"),
        (["brief.txt", "--report", "report.pdf"], ".json"),
        (["brief.txt", "--store", "nowhere"], "nowhere"),
        (["brief.txt", "-o", "nowhere/out.txt"], "nowhere"),
        (["empty.docx"], ""),
        ([], ""),
    ],
)
def test_what_can_not_be_done_ends_with_2(arguments: list[str], said: str, panli: Panli) -> None:
    panli.brief()
    panli.brief("", "empty.docx")
    done = panli.link(*arguments)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
    assert not (panli.folder / "brief.linked.txt").exists()


def test_the_report_is_markdown_or_json_by_its_name(panli: Panli) -> None:
    brief = str(panli.brief(WRONG_COURT))
    assert panli.link(brief, "--report", "report.json").returncode == 1
    body = json.loads((panli.folder / "report.json").read_text("utf-8"))
    assert body["counts"]["differs"] == 1
    assert body["citations"][0]["ruling"] == MANGA
    done = panli.link(brief, "--force", "--report", "report.md", "--json")
    assert json.loads(done.stdout)["citations"] == body["citations"]
    report = (panli.folder / "report.md").read_text("utf-8")
    assert report.startswith("# Check of brief.txt\n")
    assert f"[（2023）京73民终3802号](http://127.0.0.1:8000/rulings/{MANGA})" in report
    assert "does not mean that it does not exist" in report


def test_a_word_document_is_linked_and_a_second_run_changes_nothing(panli: Panli) -> None:
    (panli.folder / "答辩状.docx").write_bytes(docx())
    assert panli.link("答辩状.docx", "-o", "once.docx").returncode == 0
    assert panli.link("once.docx", "-o", "twice.docx").returncode == 0
    once = (panli.folder / "once.docx").read_bytes()
    assert once != docx()
    assert (panli.folder / "twice.docx").read_bytes() == once
