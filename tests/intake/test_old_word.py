"""Old Word files (.doc) through LibreOffice: the text of the .docx they were made of comes out."""

import shutil
import subprocess
from pathlib import Path

import pytest

from indexer.intake.formats import read_source
from indexer.intake.model import RawJudgment
from tests.intake.measured_parts import DATA

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [pytest.mark.office, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]


def as_doc(source: Path, folder: Path) -> Path:
    """The same document saved in the old format."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "doc", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{source.stem}.doc"


def words(path: Path) -> str:
    found = list(read_source(path))
    assert all(isinstance(each, RawJudgment) for each in found), found
    return "".join("".join(each.text.split()) for each in found if isinstance(each, RawJudgment))


@pytest.mark.parametrize("name", ["test1.docx", "test2.docx", "test3.docx"])
def test_real_judgments_lose_no_words_in_the_old_format(tmp_path: Path, name: str) -> None:
    source = DATA / "docx" / name
    if not source.exists():
        pytest.skip("needs the reference data (PANLI_TEST_DATA)")
    new, old = words(source), words(as_doc(source, tmp_path))
    held = {new[at : at + 12] for at in range(0, len(new) - 12, 12)}
    lost = [each for each in held if each not in old]
    # LibreOffice writes automatic numbers of paragraphs as text; a piece that one falls into counts as lost.
    assert len(lost) <= 0.03 * len(held), f"{len(lost)} of {len(held)} pieces lost, such as {lost[:3]}"
