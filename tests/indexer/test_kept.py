"""What the runs of an earlier build are known by."""

from importlib.resources import files

from indexer.kept import _sources


def test_whatever_decides_a_run_is_in_the_digest_of_the_code() -> None:
    read = {name.rpartition("/")[2] for name, _ in _sources(files("indexer"), "")}
    data = {entry.name for entry in files("indexer.domain").joinpath("data").iterdir() if entry.is_file()}
    assert data <= read
    assert {"patterns.toml", "evidence.py", "batch.py"} <= read
