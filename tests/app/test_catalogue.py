"""What the catalogue gives back of a build."""

from pathlib import Path

from app.catalogue import Catalogue
from indexer.build import Accepted, accept, build
from indexer.store import Build
from tests.builders import NOW, a_corpus, ruling_file


def test_every_ruling_comes_back_as_it_was_read(accepted: Accepted, built: Build) -> None:
    catalogue = Catalogue(built)
    read = {ruling.id: ruling for ruling in accepted.rulings}
    assert catalogue.rulings(read) == read
    assert {id: each.text.sections() for id, each in catalogue.listed(read).items()} == {
        id: ruling.sections for id, ruling in read.items()
    }
    catalogue.close()


def test_texts_are_those_of_their_rulings_when_others_come_between_what_was_kept(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path / "corpus")
    build(corpus, tmp_path / "store", NOW)
    ruling_file(corpus, 1500, outcome="dismissed")
    (path,) = corpus.rglob("*minchu-2.md")
    path.unlink()
    again, report = build(corpus, tmp_path / "store", NOW)
    assert report.kept
    catalogue = Catalogue(again)
    read = {ruling.id: ruling for ruling in accept(corpus, NOW).rulings}
    assert catalogue.rulings(read) == read
    catalogue.close()
