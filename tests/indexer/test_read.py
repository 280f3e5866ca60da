"""Reading a corpus: which files, in which order, as which text."""

from pathlib import Path

from indexer.deposit import Deposit
from indexer.read import corpus_digest, read_corpus, ruling_paths
from indexer.rules import Rejection
from tests.builders import a_corpus, collection_file, ruling_file


def deposits(corpus: Path) -> list[Deposit]:
    """Every file that can be read."""
    return [each for each in read_corpus(corpus) if isinstance(each, Deposit)]


def test_corpus_is_read_in_a_stable_order_without_translations(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path, 12)
    names = [path.name for path in ruling_paths(corpus)]
    assert len(names) == 12
    assert names == sorted(names)
    assert (names[0], names[5], names[-1]) == (
        "2020-jing73-minchu-1.md",
        "2020-jing73-minchu-3.md",
        "2020-jing73-minchu-9.md",
    )
    assert [deposit.id for deposit in deposits(corpus)] == [name.removesuffix(".md") for name in names]


def test_translation_is_read_with_its_original(tmp_path: Path) -> None:
    first, second = deposits(a_corpus(tmp_path, 2))
    assert (first.translation, first.translation_path) == (None, None)
    assert second.translation is not None
    assert "Example Co. owns a design patent." in second.translation
    assert second.translation_path == second.path.with_name("2020-jing73-minchu-2.en.md")


def test_line_ends_and_byte_order_mark_do_not_matter(tmp_path: Path) -> None:
    path = ruling_file(tmp_path)
    (plain,) = deposits(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + plain.text.replace("\n", "\r\n").encode())
    (other,) = deposits(tmp_path)
    assert other.text == plain.text
    assert other.digest == plain.digest


def test_digest_of_a_ruling_changes_with_either_language(tmp_path: Path) -> None:
    def digest(outcome: str = "granted", translation: str = "## Facts\n\nText.\n") -> str:
        ruling_file(tmp_path, translation=translation, outcome=outcome)
        (deposit,) = deposits(tmp_path)
        return deposit.digest

    seen = [digest(), digest(outcome="dismissed"), digest(translation="## Facts\n\nAnother text.\n")]
    assert len(set(seen)) == 3
    assert digest() == seen[0]


def test_file_that_cannot_be_read_is_a_rejection_among_the_deposits(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path, 3)
    ruling_file(corpus, 2).write_bytes(b"")
    found = list(read_corpus(corpus))
    assert [type(each) for each in found] == [Deposit, Rejection, Deposit]


def test_translation_that_cannot_be_read_costs_only_the_translation(tmp_path: Path) -> None:
    path = ruling_file(tmp_path, translation=True)
    path.with_suffix(".en.md").write_bytes(b"\xff")
    rejection, deposit = read_corpus(tmp_path)
    assert isinstance(rejection, Rejection)
    assert rejection.rule == "translation-unreadable"
    assert isinstance(deposit, Deposit)
    assert deposit.translation is None


def test_empty_or_missing_corpus_holds_nothing(tmp_path: Path) -> None:
    assert list(read_corpus(tmp_path)) == []
    assert list(read_corpus(tmp_path / "nowhere")) == []


def test_digest_of_a_corpus_changes_with_every_file_a_build_depends_on(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path, 2)
    seen = [corpus_digest(corpus)]
    assert corpus_digest(corpus) == seen[0]
    ruling_file(corpus, 3)
    seen.append(corpus_digest(corpus))
    ruling_file(corpus, 3, translation=True)
    seen.append(corpus_digest(corpus))
    collection_file(corpus)
    seen.append(corpus_digest(corpus))
    (corpus / "withdrawn.toml").write_text("withdrawn = []\n", "utf-8")
    seen.append(corpus_digest(corpus))
    path = ruling_file(corpus, 3, translation=True)
    path.rename(path.with_name("2020-jing73-minchu-3-b.md"))
    seen.append(corpus_digest(corpus))
    assert len(set(seen)) == len(seen)


def test_digest_of_a_corpus_does_not_depend_on_where_it_lies(tmp_path: Path) -> None:
    first, second = a_corpus(tmp_path / "one"), a_corpus(tmp_path / "two")
    assert corpus_digest(first) == corpus_digest(second)


def test_digest_counts_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    before = corpus_digest(corpus)
    (corpus / "rulings" / "bjipc" / "2020" / "2020-jing73-minchu-7.md").symlink_to("nowhere")
    assert corpus_digest(corpus) != before
