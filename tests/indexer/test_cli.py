"""What `panli build` and `panli check` print, and how they end."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import main
from indexer.progress import Lines
from indexer.store import open_build
from tests.builders import a_corpus, ruling_file


def run(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and standard output of a command, in English."""
    done = CliRunner().invoke(main, [str(each) for each in arguments], env={"PANLI_LANG": "en"})
    return done.exit_code, done.stdout


def test_report_of_a_build_as_json(tmp_path: Path) -> None:
    corpus, store = a_corpus(tmp_path, 3), tmp_path / "store"
    ruling_file(corpus, 4, court="no-court")
    for kept in (0, 3):
        code, printed = run("build", corpus, "--store", store, "--json")
        report = json.loads(printed)
        assert code == 0
        assert (report["read"], report["rulings"], report["rejected"], report["kept"]) == (4, 3, 1, kept)
        first = report["rejections"][0]
        assert (first["rule"], Path(first["path"]).name) == (
            "unknown-court",
            "2020-jing73-minchu-4.md",
        )
        assert report["build"] == open_build(store).manifest.build
        assert report["memory_bytes"] > 10_000_000
        assert set(report["seconds"]) == {"read", "write", "commit", "publish"}
    assert json.loads(run("build", corpus, "--store", store, "--json", "--fresh")[1])["kept"] == 0


def test_closing_report_tells_what_was_kept(tmp_path: Path) -> None:
    corpus, store = a_corpus(tmp_path, 3), tmp_path / "store"
    run("build", corpus, "--store", store)
    code, printed = run("build", corpus, "--store", store, "--workers", "2")
    assert code == 0
    assert "3 unchanged since the last build" in printed
    assert "2 processes together" in printed


def test_a_store_is_checked_file_by_file(tmp_path: Path) -> None:
    corpus, store = a_corpus(tmp_path, 3), tmp_path / "store"
    assert run("check", "--store", store)[0] == 2
    run("build", corpus, "--store", store)
    code, printed = run("check", "--store", store)
    assert (code, "is whole" in printed) == (0, True)
    (path,) = open_build(store).index.glob("*.inv")
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))
    code, printed = run("check", "--store", store)
    assert (code, path.name in printed) == (1, True)


def test_lines_tell_rate_and_time_left(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.progress._LINE_EVERY", 0.0)
    with Lines().stage("read", 3) as step:
        step()
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "read: 3 to do"
    assert told[1].startswith("read: 1 of 3, ")
    assert told[1].endswith(" s left")
