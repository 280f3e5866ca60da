"""Whatever stops a command says, in the caller's language, what is the matter and what to do; never a traceback."""

import errno
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import main
from indexer.store import Build
from indexer.system_errors import system_error_said
from tests.conftest import CORPUS


@pytest.mark.parametrize(("language", "said"), [("zh", 0), ("en", 1)])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["link", "missing.docx"], ("没有“missing.docx”", "missing.docx is not there")),
        (["link", "folder"], ("“folder”是文件夹", "folder is a folder")),
        (["link", "brief.md", "-o", "nowhere/x.md"], ("没有“nowhere/x.md”", "nowhere/x.md is not there")),
        (["link", "brief.md", "-o", "folder", "--force"], ("“folder”是文件夹", "folder is a folder")),
        (["build", "nowhere"], ("nowhere/rulings中没有", "No rulings in nowhere/rulings")),
        (["build", "CORPUS", "--store", "brief.md"], ("不能作为文件夹", "can't be used as a folder")),
        (["check", "nowhere"], ("nowhere/rulings中没有", "No rulings in nowhere/rulings")),
        (["import", "nowhere.json", "--to", "corpus"], ("没有“nowhere.json”", "nowhere.json is not there")),
        (["import", "folder", "--to", "corpus"], ("没有可导入的文件", "Nothing to import")),
        (["serve", "--store", "nowhere"], ("nowhere中尚无构建", "Nothing has been built in nowhere")),
        (["serve", "--store", "brief.md"], ("不能作为文件夹", "can't be used as a folder")),
        (["serve", "--host", "192.0.2.1"], ("192.0.2.1不是本机地址", "192.0.2.1 is no address of this machine")),
        (["serve", "--port", "TAKEN"], ("已被占用", "is in use")),
        (["search", "x", "--store", "nowhere"], ("nowhere中尚无构建", "Nothing has been built in nowhere")),
    ],
)
def test_a_command_that_is_stopped_says_why_and_what_to_do(
    arguments: list[str],
    words: tuple[str, str],
    language: str,
    said: int,
    built: Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "brief.md").write_text("无引注。", "utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        names = {"CORPUS": str(CORPUS), "TAKEN": str(taken.getsockname()[1])}
        environment = {"PANLI_LANG": language, "PANLI_STORE": str(built.folder.parent.parent)}
        done = CliRunner().invoke(main, [names.get(each, each) for each in arguments], env=environment)
    assert done.exit_code == 2, done.output
    assert isinstance(done.exception, SystemExit), done.exception
    assert words[said] in done.output
    assert "Errno" not in done.output


def test_a_setting_that_is_no_number_is_named(built: Build) -> None:
    environment = {"PANLI_LANG": "en", "PANLI_QUERY_SECONDS": "soon"}
    done = CliRunner().invoke(main, ["search", "x", "--store", str(built.folder.parent.parent)], env=environment)
    assert (done.exit_code, "PANLI_QUERY_SECONDS is “soon”" in done.output) == (2, True)


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (errno.ENOSPC, "磁盘已满", "no room on the disk"),
        (errno.EACCES, "系统不允许", "does not allow"),
        (errno.EROFS, "系统不允许", "does not allow"),
        (errno.EIO, "系统未能处理", "could not do it"),
    ],
)
def test_what_the_system_refuses_is_said_in_both_languages(number: int, zh: str, en: str) -> None:
    error = OSError(number, "why", "a/b")
    assert zh in system_error_said(error, "zh") and "a/b" in system_error_said(error, "zh")
    assert en in system_error_said(error, "en") and "a/b" in system_error_said(error, "en")
