"""Whole imports: order, going on after an interruption, importing again."""

import datetime
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.build import accept
from indexer.errors import BuildRunning, CorpusMissing
from indexer.intake.formats.streams import records
from indexer.intake.journal import only_one
from indexer.intake.run import Options, import_sources
from indexer.privacy_check import exposures
from indexer.progress import Silent, Step
from tests.intake.texts import a_judgment

TODAY = datetime.date(2026, 1, 1)
NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
INLINE = Options(TODAY, workers=1)
MASKED = Options(TODAY, workers=1, mask=True)


class Stopped(Exception):
    """Stands for Ctrl-C and for power cuts."""


class StopsAfter:
    """A watcher that ends the run after some steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Step]:
        """Count down."""

        def step() -> None:
            self.left -= 1
            if self.left < 0:
                raise Stopped

        yield step


def stream(path: Path, texts: list[str]) -> Path:
    path.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts), "utf-8")
    return path


def snapshot(corpus: Path) -> dict[str, str]:
    return {path.relative_to(corpus).as_posix(): path.read_text("utf-8") for path in (corpus / "rulings").rglob("*.md")}


def everything(corpus: Path) -> dict[str, str]:
    return {path.relative_to(corpus).as_posix(): path.read_text("utf-8") for path in corpus.rglob("*.md")}


def the_file(corpus: Path, name: str = "2021-jing73-minchu-1.md") -> str:
    return (corpus / "rulings/bjipc/2021" / name).read_text("utf-8")


def test_what_is_imported_can_be_built(tmp_path: Path) -> None:
    source = stream(tmp_path / "a.jsonl", [a_judgment(n) for n in range(1, 6)])
    report = import_sources([source], tmp_path / "corpus", INLINE, Silent())
    assert (report.read, report.states["written"], report.refused.total()) == (5, 5, 0)
    assert report.parts["reasoning"] == 5
    assert report.fields["court"] == 5
    accepted = accept(tmp_path / "corpus", NOW)
    assert accepted.report.rejections == []
    assert len(accepted.rulings) == 5


@pytest.mark.slow
def test_several_workers_write_what_one_does(tmp_path: Path) -> None:
    source = stream(tmp_path / "a.jsonl", [a_judgment(n) for n in range(1, 200)] + ["无"])
    one = import_sources([source], tmp_path / "one", INLINE, Silent())
    two = import_sources([source], tmp_path / "two", Options(TODAY, workers=2), Silent())
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two")
    one.seconds = two.seconds = 0
    assert one == two


@pytest.mark.parametrize("steps", [0, 1, 63, 64, 100, 129])
def test_interrupted_run_goes_on_and_counts_everything_once(tmp_path: Path, steps: int) -> None:
    texts = [a_judgment(n) for n in range(1, 130)] + ["没有案号"]
    source = stream(tmp_path / "a.jsonl", texts)
    corpus = tmp_path / "corpus"
    with pytest.raises(Stopped):
        import_sources([source], corpus, INLINE, StopsAfter(steps))
    report = import_sources([source], corpus, INLINE, Silent())
    whole = import_sources([source], tmp_path / "other", INLINE, Silent())
    assert snapshot(corpus) == snapshot(tmp_path / "other")
    assert (report.read, report.taken, report.refused) == (whole.read, whole.taken, whole.refused)
    assert report.earlier == 64 * (steps // 64)
    again = import_sources([source], corpus, INLINE, Silent())
    assert again.earlier == again.read == 130


def test_journal_cut_off_in_its_last_line_is_gone_on_with(tmp_path: Path) -> None:
    source = stream(tmp_path / "a.jsonl", [a_judgment(n) for n in range(1, 130)])
    import_sources([source], tmp_path / "corpus", INLINE, Silent())
    journal = tmp_path / "corpus/.import/journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    report = import_sources([source], tmp_path / "corpus", INLINE, Silent())
    assert (report.read, report.earlier, report.taken) == (129, 128, 129)
    assert import_sources([source], tmp_path / "corpus", INLINE, Silent()).earlier == 129


def test_changed_source_is_read_again_and_unchanged_paragraphs_keep_their_ids(tmp_path: Path) -> None:
    source, corpus = tmp_path / "a.jsonl", tmp_path / "corpus"
    import_sources([stream(source, [a_judgment()])], corpus, INLINE, Silent())
    before = the_file(corpus)
    report = import_sources([stream(source, [a_judgment(extra="另查明，虚构事实一节。")])], corpus, INLINE, Silent())
    after = the_file(corpus)
    assert report.states == {"version": 1}
    ids = {line.rpartition(" {#")[0]: line.rpartition(" {#")[2] for line in before.split("\n") if " {#" in line}
    now = {line.rpartition(" {#")[0]: line.rpartition(" {#")[2] for line in after.split("\n") if " {#" in line}
    assert ids.items() <= now.items()
    assert now["另查明，虚构事实一节。"] == f"p{len(ids) + 1}}}"
    assert accept(corpus, NOW).report.rejections == []


def test_fresh_import_of_the_same_changes_nothing(tmp_path: Path) -> None:
    source, corpus = stream(tmp_path / "a.jsonl", [a_judgment(1), a_judgment(2)]), tmp_path / "corpus"
    import_sources([source], corpus, INLINE, Silent())
    before = snapshot(corpus)
    report = import_sources([source], corpus, Options(TODAY, fresh=True, workers=1), Silent())
    assert report.states == {"unchanged": 2}
    assert report.earlier == 0
    assert snapshot(corpus) == before


def test_same_ruling_in_two_files_is_one_with_two_sources(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(a_judgment(), "utf-8")
    (folder / "b.txt").write_bytes(a_judgment().replace("，", "， ").encode("gb18030"))
    report = import_sources([folder], tmp_path / "corpus", INLINE, Silent())
    assert report.states == {"written": 1, "duplicate": 1}
    text = the_file(tmp_path / "corpus")
    assert text.count("[[sources]]") == 2
    assert 'title = "a.txt"' in text
    assert 'title = "b.txt"' in text
    assert accept(tmp_path / "corpus", NOW).report.rejections == []


def test_copies_that_differ_in_punctuation_are_one_ruling_and_importing_again_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(a_judgment(), "utf-8")
    (folder / "b.txt").write_text(a_judgment().replace("，", ",").replace("。", " 。"), "utf-8")
    (folder / "c.txt").write_text(a_judgment(extra="另查明，虚构事实一节。"), "utf-8")
    report = import_sources([folder], tmp_path / "corpus", INLINE, Silent())
    assert report.states == {"written": 1, "duplicate": 1, "version": 1}
    before = everything(tmp_path / "corpus")
    assert len(before) == 2
    again = import_sources([folder], tmp_path / "corpus", Options(TODAY, fresh=True, workers=1), Silent())
    assert again.states == {"unchanged": 3}
    assert everything(tmp_path / "corpus") == before
    assert accept(tmp_path / "corpus", NOW).report.rejections == []


def test_corrected_text_keeps_every_earlier_one_and_no_id_comes_to_mean_other_words(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    texts = [a_judgment(extra=extra) for extra in ("另查明甲。\n又查明乙。", "另查明甲。", "又查明乙。\n再查明丙。")]
    for number, text in enumerate(texts):
        import_sources([stream(tmp_path / f"{number}.jsonl", [text])], corpus, INLINE, Silent())
    kept = [path.name for path in sorted((corpus / "versions/bjipc/2021").iterdir())]
    assert kept == ["2021-jing73-minchu-1.v1.md", "2021-jing73-minchu-1.v2.md"]
    words: dict[str, set[str]] = {}
    for text in everything(corpus).values():
        for line in text.split("\n"):
            if line.endswith("}"):
                words.setdefault(line.rpartition(" {#")[2], set()).add(line.rpartition(" {#")[0])
    assert all(len(each) == 1 for each in words.values())
    assert sum("又查明乙。" in each for each in words.values()) == 1


def test_another_ruling_of_the_same_number_does_not_take_its_place(tmp_path: Path) -> None:
    other = a_judgment().split("原告：")[0] + "本院认为，此案与彼案无关。判决如下：\n驳回起诉。\n二〇二一年十二月一日\n"
    source = stream(tmp_path / "a.jsonl", [a_judgment(), other])
    report = import_sources([source], tmp_path / "corpus", INLINE, Silent())
    assert report.refused == {"address-taken": 1}
    assert "涉案专利" in the_file(tmp_path / "corpus")


def test_order_of_the_same_number_has_an_address_of_its_own(tmp_path: Path) -> None:
    order = a_judgment().replace("民 事 判 决 书", "民 事 裁 定 书").replace("判决如下", "裁定如下")
    source = stream(tmp_path / "a.jsonl", [a_judgment(), order])
    report = import_sources([source], tmp_path / "corpus", INLINE, Silent())
    assert report.states == {"written": 2}
    assert 'document_type = "order"' in the_file(tmp_path / "corpus", "2021-jing73-minchu-1-order.md")
    assert accept(tmp_path / "corpus", NOW).report.rejections == []


def test_numbers_that_read_alike_get_addresses_of_their_own(tmp_path: Path) -> None:
    names = ("福建省南靖县人民法院", "江阴市人民法院")
    texts = [
        a_judgment().replace("北京知识产权法院", name).replace("（2021）京73民初1号", f"（2015）{code}民初字第1号")
        for name, code in zip(names, ("靖", "荆"), strict=True)
    ]
    source = stream(tmp_path / "a.jsonl", texts)
    for fresh in (False, True):
        report = import_sources([source], tmp_path / "corpus", Options(TODAY, fresh=fresh, workers=1), Silent())
        assert report.refused == {}
    assert report.states == {"unchanged": 2}
    assert len({path.rpartition("/")[2] for path in snapshot(tmp_path / "corpus")}) == 2
    assert accept(tmp_path / "corpus", NOW).report.rejections == []


def test_file_that_no_import_made_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "corpus/rulings/bjipc/2021/2021-jing73-minchu-1.md"
    path.parent.mkdir(parents=True)
    path.write_text('+++\ndocument_type = "judgment"\ntext = "digest"\n+++\n\n## 裁判理由\n\n摘要。\n', "utf-8")
    before = path.read_text("utf-8")
    report = import_sources([stream(tmp_path / "a.jsonl", [a_judgment()])], tmp_path / "corpus", INLINE, Silent())
    assert report.refused == {"address-taken": 1}
    assert path.read_text("utf-8") == before


def test_imported_corpus_can_be_imported_into_another_as_it_is(tmp_path: Path) -> None:
    source = stream(tmp_path / "a.jsonl", [a_judgment(1), a_judgment(2)])
    import_sources([source], tmp_path / "one", INLINE, Silent())
    report = import_sources([tmp_path / "one/rulings"], tmp_path / "two", INLINE, Silent())
    assert report.states == {"written": 2}
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two")


def test_masked_import_hides_personal_data_and_says_so(tmp_path: Path) -> None:
    text = a_judgment(extra="证人虚构丁，公民身份号码11010519491231002X，联系电话13812345678。")
    report = import_sources([stream(tmp_path / "a.jsonl", [text])], tmp_path / "corpus", MASKED, Silent())
    assert report.states == {"written": 1}
    made = the_file(tmp_path / "corpus")
    assert "11010519491231002X" not in made
    assert "证人虚构丁，公民身份号码×××，联系电话×××。" in made
    assert "导入时隐去个人信息：身份证号码1处、电话号码1处。" in made
    assert list(exposures(tmp_path / "corpus")) == []
    assert accept(tmp_path / "corpus", NOW).report.rejections == []
    [found, _] = exposures(import_plain(tmp_path / "plain", text))
    assert (found.kind.value, found.hint, found.paragraph != "") == ("identity-number", "110…", True)


def import_plain(folder: Path, text: str) -> Path:
    folder.mkdir()
    import_sources([stream(folder / "a.jsonl", [text])], folder / "corpus", INLINE, Silent())
    return folder / "corpus"


def test_nothing_to_read_and_two_at_once_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusMissing):
        import_sources([tmp_path / "empty"], tmp_path / "corpus", INLINE, Silent())
    source = stream(tmp_path / "a.jsonl", [a_judgment()])
    with only_one(tmp_path / "corpus"), pytest.raises(BuildRunning):
        import_sources([source], tmp_path / "corpus", INLINE, Silent())


@pytest.mark.parametrize("steps", [0, 64, 100])
def test_json_array_is_gone_on_with_where_it_stopped(tmp_path: Path, steps: int) -> None:
    source, corpus = tmp_path / "a.json", tmp_path / "corpus"
    texts = [{"text": a_judgment(n)} for n in range(1, 130)]
    source.write_text(json.dumps(texts, ensure_ascii=False, indent=1), "utf-8")
    with pytest.raises(Stopped):
        import_sources([source], corpus, INLINE, StopsAfter(steps))
    report = import_sources([source], corpus, INLINE, Silent())
    assert (report.read, report.taken, report.earlier) == (129, 129, 64 * (steps // 64))
    assert len(snapshot(corpus)) == 129


def test_json_array_that_breaks_off_gives_what_stood_before(tmp_path: Path) -> None:
    source = tmp_path / "a.json"
    source.write_text(json.dumps([{"text": a_judgment(n)} for n in (1, 2)])[:-30], "utf-8")
    report = import_sources([source], tmp_path / "corpus", INLINE, Silent())
    assert (report.taken, [(each.source, each.code) for each in report.refusals]) == (1, [("a.json:2", "bad-json")])


def test_long_json_array_is_never_held_whole(tmp_path: Path) -> None:
    source = tmp_path / "a.json"
    source.write_text("[" + ",\n".join(json.dumps({"text": "字" * 50_000, "n": n}) for n in range(200)) + "]", "utf-8")
    tracemalloc.start()
    assert sum(1 for _ in records(source)) == 200
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 0.5 * source.stat().st_size, f"{peak:,} of {source.stat().st_size:,} bytes held"


def test_abbreviation_shared_by_courts_does_not_speak_against_the_printed_name(tmp_path: Path) -> None:
    text = (
        a_judgment()
        .replace("北京知识产权法院", "辽宁省新民市人民法院")
        .replace("（2021）京73民初1号", "（2015）新刑初字第1号")
    )
    text = text.replace("民 事 判 决 书", "刑 事 判 决 书")
    report = import_sources([stream(tmp_path / "a.jsonl", [text])], tmp_path / "corpus", INLINE, Silent())
    assert report.refused == {}
