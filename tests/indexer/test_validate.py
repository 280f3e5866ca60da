"""The fault table: for every rule, a file that breaks it is refused with that rule, and nothing else is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.build import accept
from indexer.corpus_format import MAX_FILE_BYTES
from indexer.rules import Rejection, rules
from tests.builders import NOW, PARTS, SOURCE, TRANSLATED_PARTS, Value, a_corpus, collection_file, ruling_file

GOOD = {"2020-jing73-minchu-1", "2020-jing73-minchu-2", "2020-jing73-minchu-3"}
"""What every corpus below holds beside the broken file."""
BROKEN = "2020-jing73-minchu-7"
HEADNOTE_LINE = "## 裁判要旨"


@dataclass(frozen=True)
class Row:
    """One way to break one file."""

    rule: str
    break_one: Callable[[Path], Path]
    """Writes into the corpus and returns the file that must be reported."""
    at: str | None = None
    """Words on the line that must be named; None means the first line."""
    also: frozenset[str] = frozenset()
    """Rules that the same fault cannot but break too."""


def changed(**changes: Value | None) -> Callable[[Path], Path]:
    """A ruling with other metadata."""
    return lambda corpus: ruling_file(corpus, 7, parts=PARTS, translation=False, name=None, folder=None, **changes)


def with_number(number: str, **changes: Value | None) -> Callable[[Path], Path]:
    """A ruling with another case number, at the place that number calls for."""
    return changed(case_numbers=[number], **changes)


def with_parts(parts: str) -> Callable[[Path], Path]:
    """A ruling with another text."""
    return lambda corpus: ruling_file(corpus, 7, parts=parts)


def at_place(name: str | None = None, folder: str | None = None) -> Callable[[Path], Path]:
    """A good ruling in the wrong place."""
    return lambda corpus: ruling_file(corpus, 7, name=name, folder=folder)


def edited(old: str, new: str) -> Callable[[Path], Path]:
    """A ruling whose file was edited by hand."""

    def break_one(corpus: Path) -> Path:
        path = ruling_file(corpus, 7)
        text = path.read_text("utf-8")
        assert text.count(old) >= 1
        path.write_text(text.replace(old, new, 1), "utf-8")
        return path

    return break_one


def encoded(encoding: str) -> Callable[[Path], Path]:
    """A ruling saved in another encoding."""

    def break_one(corpus: Path) -> Path:
        path = ruling_file(corpus, 7)
        path.write_bytes(path.read_text("utf-8").encode(encoding))
        return path

    return break_one


def holding(content: bytes) -> Callable[[Path], Path]:
    """A file with exactly these bytes."""

    def break_one(corpus: Path) -> Path:
        path = ruling_file(corpus, 7)
        path.write_bytes(content)
        return path

    return break_one


def a_folder_called_like_a_file(corpus: Path) -> Path:
    path = corpus / "rulings" / "bjipc" / "2020" / f"{BROKEN}.md"
    path.mkdir()
    return path


def two_files_of_one_address(corpus: Path) -> Path:
    # The registry lacks the court of code 新4001, so the number speaks for no court and both folders may be right.
    number = "（2020）新4001民初1号"
    ruling_file(corpus, case_numbers=[number], court="beijing-high")
    return ruling_file(corpus, case_numbers=[number], court="bjipc")


def two_files_of_one_number(corpus: Path) -> Path:
    # By name, -b comes before the file without a suffix, so it is the latter that finds its number taken.
    ruling_file(corpus, 7, name=f"{BROKEN}-b")
    return ruling_file(corpus, 7)


def translated(translation: str) -> Callable[[Path], Path]:
    """A good ruling with this translation."""
    return lambda corpus: ruling_file(corpus, 7, translation=translation).with_suffix(".en.md")


def translation_holding(content: bytes) -> Callable[[Path], Path]:
    """A good ruling with exactly these bytes as its translation file."""

    def break_one(corpus: Path) -> Path:
        path = ruling_file(corpus, 7, translation=True).with_suffix(".en.md")
        path.write_bytes(content)
        return path

    return break_one


def a_translation_alone(corpus: Path) -> Path:
    original = ruling_file(corpus, 7, translation=True)
    original.unlink()
    return original.with_suffix(".en.md")


def an_earlier_text(name: str, change: tuple[str, str] = ("", "")) -> Callable[[Path], Path]:
    """A ruling of the corpus as an earlier text of that name, changed in its last paragraph."""

    def break_one(corpus: Path) -> Path:
        text = (corpus / "rulings/bjipc/2020/2020-jing73-minchu-2.md").read_text("utf-8")
        before, mark, after = text.rpartition(change[0]) if change[0] else (text, "", "")
        path = corpus / "versions/bjipc/2020" / name
        path.parent.mkdir(parents=True)
        path.write_text(before + (change[1] if mark else "") + after, "utf-8")
        return path

    return break_one


def collected(**changes: Value | None) -> Callable[[Path], Path]:
    """A curated list with other content."""
    return lambda corpus: collection_file(corpus, "fictitious-list", **changes)


def collection_holding(content: str) -> Callable[[Path], Path]:
    """A curated list with exactly this text."""

    def break_one(corpus: Path) -> Path:
        path = collection_file(corpus)
        path.write_text(content, "utf-8")
        return path

    return break_one


def withdrawn_holding(content: str) -> Callable[[Path], Path]:
    """A list of withdrawn rulings with exactly this text."""

    def break_one(corpus: Path) -> Path:
        path = corpus / "withdrawn.toml"
        path.write_text(content, "utf-8")
        return path

    return break_one


A_PARTY: dict[str, Value] = {"name": {"zh": "甲公司"}, "role": "plaintiff"}
A_STATUTE: dict[str, Value] = {"statute": "专利法"}
PROSE = "依照《中华人民共和国专利法》"

TABLE = [
    # --- the file itself ---
    pytest.param(Row("empty-file", holding(b"")), id="a file of no bytes"),
    pytest.param(Row("empty-file", holding(b" \n\t\r\n ")), id="a file of white space"),
    pytest.param(Row("file-too-large", holding(b"a" * (MAX_FILE_BYTES + 1))), id="one byte over the limit"),
    pytest.param(Row("unreadable-file", a_folder_called_like_a_file), id="a folder called like a file"),
    pytest.param(Row("not-utf8", encoded("gb18030"), at="case_numbers ="), id="GB18030"),
    pytest.param(Row("not-utf8", holding('+++\ntitle = "虛構案例"\n'.encode("big5")), at="title ="), id="Big5"),
    pytest.param(Row("not-utf8", encoded("utf-16")), id="UTF-16 with a byte order mark"),
    pytest.param(Row("not-utf8", holding(b"+++\n+++\n\xff\xff"), at="\ufffd"), id="bytes that are no text at all"),
    pytest.param(Row("lost-characters", edited(PROSE, "依照\ufffd"), at="\ufffd"), id="a replacement character"),
    pytest.param(Row("lost-characters", edited("虚构案例", "虚构\ufffd例"), at="\ufffd"), id="… in the metadata"),
    pytest.param(Row("control-character", edited(PROSE, "依照\x07"), at="\x07"), id="a bell"),
    pytest.param(Row("control-character", edited(PROSE, "依照\u200b"), at="\u200b"), id="a zero-width space"),
    pytest.param(Row("control-character", edited(PROSE, "依照\u2028"), at="\u2028"), id="a line separator"),
    # --- front matter as a whole ---
    pytest.param(Row("no-front-matter", holding("## 裁判要旨\n\n要旨。\n".encode())), id="text from the first line on"),
    pytest.param(Row("no-front-matter", edited("+++\n", "---\n")), id="YAML lines"),
    pytest.param(Row("no-front-matter", edited("+++\n", "\n+++\n")), id="an empty line first"),
    pytest.param(Row("unclosed-front-matter", edited("+++\n\n##", "\n##")), id="no second +++"),
    pytest.param(Row("bad-toml", edited('court = "bjipc"', "court = bjipc"), at="court ="), id="no quotes"),
    pytest.param(Row("bad-toml", edited('court = "bjipc"', 'court = "bjipc'), at="court ="), id="an open quote"),
    pytest.param(
        Row("bad-toml", edited('text = "digest"', 'court = "bjipc"'), at='court = "bjipc"#2'), id="a key twice"
    ),
    pytest.param(Row("missing-key", changed(title=None), at="case_numbers ="), id="no title"),
    pytest.param(Row("missing-key", changed(court=None), at="case_numbers ="), id="no court"),
    pytest.param(Row("missing-key", changed(case_numbers=None), at="court ="), id="no case number"),
    pytest.param(Row("missing-key", changed(text=None), at="case_numbers ="), id="neither text nor digest"),
    pytest.param(
        Row("missing-key", changed(parties=[A_PARTY, {"name": {"zh": "乙公司"}}]), at="[[parties]]#2"),
        id="a party without a role",
    ),
    pytest.param(Row("unknown-key", changed(decison_date="2020"), at="decison_date ="), id="a misspelt key"),
    pytest.param(Row("unknown-key", changed(title={"zh": "案", "fr": "cas"}), at="title ="), id="a third language"),
    pytest.param(Row("wrong-type", changed(title="虚构案例"), at="title ="), id="a title without a language"),
    pytest.param(Row("wrong-type", changed(case_numbers=[]), at="case_numbers ="), id="an empty list of numbers"),
    pytest.param(Row("wrong-type", changed(warning="yes"), at="warning ="), id="a word for true"),
    pytest.param(Row("wrong-type", changed(court=73), at="court ="), id="a number for a text"),
    pytest.param(Row("wrong-type", changed(court="  "), at="court ="), id="white space for a text"),
    pytest.param(Row("wrong-type", changed(damages={"cny": "三百万"}), at="damages ="), id="damages in words"),
    pytest.param(Row("unknown-value", changed(outcome="won"), at="outcome ="), id="an outcome of our own"),
    pytest.param(Row("unknown-value", changed(document_type="ruling"), at="document_type ="), id="a document type"),
    pytest.param(
        Row("unknown-value", changed(parties=[{**A_PARTY, "role": "winner"}]), at="role ="), id="a role of our own"
    ),
    # --- case numbers and dates ---
    pytest.param(Row("bad-case-number", changed(case_numbers=["京73民初7号"]), at="case_numbers ="), id="no year"),
    pytest.param(
        Row("bad-case-number", changed(cites=["法释〔2016〕19号"]), at="cites ="), id="an interpretation as a ruling"
    ),
    pytest.param(
        Row(
            "bad-case-number",
            changed(proceedings=[{"relation": "second-instance", "case_number": "二审"}]),
            at='case_number = "二审"',
        ),
        id="proceedings in words",
    ),
    pytest.param(
        Row(
            "repeated-case-number",
            changed(case_numbers=["（2020）京73民初7号", "(2020)京73民初0007号"]),
            at="case_numbers =",
        ),
        id="one number printed twice",
    ),
    pytest.param(
        Row("number-in-future", with_number("（2027）京73民初7号", decision_date=None), at="case_numbers ="),
        id="a number of next year",
    ),
    pytest.param(
        Row("number-not-used-then", with_number("（2015）京73民初7号"), at="case_numbers ="),
        id="a modern number of 2015",
    ),
    pytest.param(Row("impossible-date", changed(decision_date="2020-02-30"), at="decision_date ="), id="30 February"),
    pytest.param(Row("impossible-date", changed(decision_date="2020-00-10"), at="decision_date ="), id="month nought"),
    pytest.param(
        Row("impossible-date", changed(decision_date="2020年6月"), at="decision_date ="), id="a date in words"
    ),
    pytest.param(
        Row("date-before-filing", changed(decision_date="2019-12-31"), at="decision_date ="), id="decided before filed"
    ),
    pytest.param(Row("date-in-future", changed(decision_date="2026-01-16"), at="decision_date ="), id="tomorrow"),
    pytest.param(Row("date-in-future", changed(decision_date="2027"), at="decision_date ="), id="next year"),
    # --- contradictions ---
    pytest.param(Row("unknown-court", changed(court="bjipcourt"), at="court ="), id="a court not in the registry"),
    pytest.param(
        Row(
            "unknown-court",
            changed(
                proceedings=[{"case_number": "（2021）最高法知民终7号", "relation": "second-instance", "court": "sp"}]
            ),
            at='court = "sp"',
        ),
        id="a court of the proceedings",
    ),
    pytest.param(
        Row("court-contradicts-number", with_number("（2020）京民初7号"), at="court ="), id="the number of a high court"
    ),
    pytest.param(
        Row("court-not-yet-founded", with_number("（2012）京知民初字第7号"), at="court ="), id="filed before the court"
    ),
    pytest.param(
        Row("procedure-contradicts-number", with_number("（2020）京73民终7号"), at="procedure ="),
        id="民终 at first instance",
    ),
    pytest.param(
        Row("case-type-contradicts-number", with_number("（2020）京73行初7号"), at="case_type ="),
        id="行初 as a civil case",
    ),
    pytest.param(
        Row("outcome-contradicts-procedure", changed(outcome="upheld"), at="outcome ="), id="upheld at first instance"
    ),
    pytest.param(
        Row(
            "outcome-contradicts-procedure",
            with_number("（2020）京73民终7号", procedure="second-instance", outcome="granted"),
            at="outcome =",
        ),
        id="granted on appeal",
    ),
    # --- registries ---
    pytest.param(
        Row("unknown-field", changed(fields=["seeds", "law"]), at="fields ="), id="a field not in the registry"
    ),
    pytest.param(Row("unknown-team", changed(team="patents"), at="team ="), id="a team not in the registry"),
    pytest.param(
        Row(
            "team-of-another-court",
            with_number("（2020）京民初7号", court="beijing-high", team="pharmaceuticals"),
            at="team =",
        ),
        id="a team of the court below",
    ),
    pytest.param(
        Row("unknown-statute", changed(statutes=[{"statute": "虚构法"}]), at="statute ="),
        id="a statute not in the registry",
    ),
    pytest.param(
        Row("unknown-statute-version", changed(statutes=[{**A_STATUTE, "version": "1999"}]), at="version ="),
        id="a version that never was",
    ),
    pytest.param(
        Row("bad-article", changed(statutes=[A_STATUTE, {**A_STATUTE, "article": "新颖性"}]), at="article ="),
        id="an article by its subject",
    ),
    pytest.param(
        Row(
            "unknown-collection",
            changed(recognition=[{"kind": "top-list", "name": {"zh": "虚构名单"}, "collection": "no-such-list"}]),
            at="collection =",
        ),
        id="a list that is not there",
    ),
    # --- names, amounts, sources, doubts ---
    pytest.param(Row("title-missing", changed(title={}), at="title ="), id="a title in no language"),
    pytest.param(
        Row("name-empty", changed(parties=[A_PARTY, {"name": {}, "role": "defendant"}]), at="name = {  }"),
        id="a party without a name",
    ),
    pytest.param(Row("name-empty", changed(panel=[{"name": {}}]), at="name = {  }"), id="a judge without a name"),
    pytest.param(
        Row("repeated-party", changed(parties=[A_PARTY, A_PARTY]), at='name = { zh = "甲公司" }#2'), id="a party twice"
    ),
    pytest.param(Row("damages-not-positive", changed(damages={"cny": 0}), at="damages ="), id="damages of nothing"),
    pytest.param(Row("damages-not-positive", changed(damages={"cny": -1}), at="damages ="), id="negative damages"),
    pytest.param(
        Row("bad-address", changed(sources=[{**SOURCE, "url": "example.org/ruling"}]), at="url ="), id="no scheme"
    ),
    pytest.param(
        Row("bad-address", changed(sources=[SOURCE, {**SOURCE, "url": "javascript:alert(1)"}]), at="javascript"),
        id="a script as an address",
    ),
    pytest.param(Row("digest-without-source", changed(sources=[]), at="text ="), id="a digest out of nowhere"),
    pytest.param(Row("warning-without-doubt", changed(warning=True), at="warning ="), id="a warning of nothing"),
    pytest.param(
        Row("doubt-in-one-language", changed(unsure=[{"zh": "日期未经核对。"}]), at="unsure ="),
        id="a doubt without English",
    ),
    # --- the place ---
    pytest.param(
        Row("wrong-file-name", at_place(name="2020-jing73-minchu-8"), at="case_numbers ="), id="another number"
    ),
    pytest.param(Row("wrong-file-name", at_place(name="case-7"), at="case_numbers ="), id="a name of our own"),
    pytest.param(Row("wrong-file-name", at_place(name=f"{BROKEN}-2"), at="case_numbers ="), id="a suffix of digits"),
    pytest.param(Row("wrong-folder", at_place(folder="bjipc/2021"), at="court ="), id="the year of the decision"),
    pytest.param(Row("wrong-folder", at_place(folder="beijing-high/2020"), at="court ="), id="the court above"),
    pytest.param(Row("wrong-folder", at_place(folder="bjipc/2020/new"), at="court ="), id="a folder too deep"),
    pytest.param(Row("duplicate-id", two_files_of_one_address), id="two files of one address"),
    pytest.param(
        Row("duplicate-number", two_files_of_one_number, at="case_numbers ="), id="two judgments of one number"
    ),
    pytest.param(
        Row("refers-to-itself", changed(cites=["(2020)京73民初7号"]), at="cites ="), id="a ruling that cites itself"
    ),
    pytest.param(
        Row(
            "refers-to-itself",
            changed(proceedings=[{"case_number": "（2020）京73民初7号", "relation": "companion"}]),
            at="case_number =",
        ),
        id="a companion of itself",
    ),
    # --- the text ---
    pytest.param(Row("no-text", with_parts("")), id="metadata only"),
    pytest.param(Row("no-text", with_parts(f"{HEADNOTE_LINE}\n"), also=frozenset({"empty-part"})), id="a heading only"),
    pytest.param(
        Row("text-before-heading", with_parts(f"前言。\n\n{PARTS}"), at="前言。"),
        id="a preface before the first heading",
    ),
    pytest.param(
        Row("unknown-heading", edited("## 案件事实", "## 查明事实"), at="## 查明事实"), id="a heading of our own"
    ),
    pytest.param(
        Row("repeated-heading", edited("## 裁判理由", "## Facts"), at="## Facts"), id="a part twice, in two languages"
    ),
    pytest.param(
        Row("parts-out-of-order", with_parts("## 裁判理由\n\n理由。\n\n## 案件事实\n\n事实。\n"), at="## 案件事实"),
        id="facts after reasons",
    ),
    pytest.param(
        Row("empty-part", edited("## 裁判理由", "## 争议焦点\n\n## 裁判理由"), at="## 争议焦点"),
        id="a part without text",
    ),
    pytest.param(Row("bad-paragraph-id", edited("{#h1}", "{#p1}"), at="{#p1}"), id="p in a headnote"),
    pytest.param(Row("bad-paragraph-id", edited("专利权人。", "专利权人。{#h9}"), at="{#h9}"), id="h outside of one"),
    pytest.param(Row("bad-paragraph-id", edited("专利权人。", "专利权人。{#p0}"), at="{#p0}"), id="paragraph nought"),
    pytest.param(
        Row("bad-paragraph-id", edited("专利权人。", "专利权人。{#事实}"), at="{#事实}"), id="a word for an id"
    ),
    pytest.param(
        Row("repeated-paragraph-id", with_parts("## 案件事实\n\n甲。{#p2}\n\n乙。{#p2}\n"), at="乙。"), id="an id twice"
    ),
    # --- translations: the ruling stays, without it ---
    pytest.param(Row("translation-without-original", a_translation_alone), id="a translation of nothing"),
    pytest.param(Row("translation-unreadable", translation_holding(b"")), id="an empty translation"),
    pytest.param(
        Row("translation-unreadable", translation_holding("+++\n译文".encode("gb18030")), at="\ufffd"),
        id="a translation in GB18030",
    ),
    pytest.param(Row("translation-unreadable", translation_holding(b"## Facts\n\nText.\n")), id="no front matter"),
    pytest.param(Row("translation-unreadable", translation_holding(b'+++\nlanguage = "en"\n')), id="… not closed"),
    pytest.param(
        Row("translation-unreadable", translation_holding(b"+++\nlanguage = en\n+++\n\n"), at="language ="),
        id="… not TOML",
    ),
    pytest.param(
        Row(
            "translation-language",
            translation_holding(b'+++\nlanguage = "fr"\n+++\n\n' + TRANSLATED_PARTS.encode()),
            at="language =",
        ),
        id="a French translation",
    ),
    pytest.param(
        Row("translation-parts-differ", translated(TRANSLATED_PARTS.replace("## Facts", "## Issues"))),
        id="another part",
    ),
    pytest.param(
        Row("translation-parts-differ", translated(TRANSLATED_PARTS.partition("## Disposition")[0])),
        id="a part too few",
    ),
    pytest.param(
        Row(
            "translation-paragraphs-differ",
            translated(TRANSLATED_PARTS.replace("patent.\n\nSample", "patent. Sample")),
            at="## Facts",
        ),
        id="two paragraphs made one",
    ),
    # --- curated lists: every ruling stays ---
    pytest.param(
        Row("collection-unreadable", collection_holding("title = 虚构\n"), at="title ="), id="a list not TOML"
    ),
    pytest.param(Row("collection-unreadable", collected(size=0), at="size ="), id="a list of no cases"),
    pytest.param(Row("collection-unreadable", collected(owner="甲公司"), at="owner ="), id="a key of our own"),
    pytest.param(Row("collection-unreadable", collected(title=None)), id="a list without a title"),
    pytest.param(
        Row(
            "collection-unreadable",
            withdrawn_holding('[[withdrawn]]\nid = "2020-jing73-minchu-9"\n'),
            at="[[withdrawn]]",
        ),
        id="withdrawn without a reason",
    ),
    pytest.param(
        Row("collection-names-unknown-ruling", collected(entries=[{"ruling": "2020-jing73-minchu-999"}])),
        id="a list of a ruling not held",
    ),
    # --- earlier texts ---
    pytest.param(Row("version-without-ruling", an_earlier_text("2020-jing73-minchu-999.v1.md")), id="of no ruling"),
    pytest.param(Row("version-without-ruling", an_earlier_text("2020-jing73-minchu-2.md")), id="without a number"),
    pytest.param(
        Row("bad-paragraph-id", an_earlier_text("2020-jing73-minchu-2.v1.md", ("。", "。{#x}")), at="{#x}"),
        id="an earlier text that breaks a rule",
    ),
]


@pytest.mark.parametrize("row", TABLE)
def test_broken_file_is_refused_for_its_fault_and_for_nothing_else(row: Row, tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    path = row.break_one(corpus)

    rejections = accept(corpus, NOW).report.rejections

    assert {rejection.rule for rejection in rejections} == {row.rule, *row.also}
    assert {rejection.path for rejection in rejections} == {path}
    found = next(rejection for rejection in rejections if rejection.rule == row.rule)
    assert found.line == expected_line(path, row.at)


@pytest.mark.parametrize("row", TABLE)
def test_broken_file_costs_only_itself(row: Row, tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    path = row.break_one(corpus)

    rulings = {str(ruling.id): ruling for ruling in accept(corpus, NOW).rulings}

    assert rulings.keys() >= GOOD
    if rules()[row.rule].scope == "ruling":
        assert path.name.removesuffix(".md") not in rulings.keys() - {"2020-xin4001-minchu-1"}
    if rules()[row.rule].scope == "translation" and BROKEN in rulings:
        assert all(paragraph.translation is None for _, paragraph in rulings[BROKEN].paragraphs)
    assert all(paragraph.translation for _, paragraph in rulings["2020-jing73-minchu-2"].paragraphs)


@pytest.mark.parametrize("row", TABLE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_fault_and_remedy_are_whole_sentences(row: Row, language: str, tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    row.break_one(corpus)
    for rejection in accept(corpus, NOW).report.rejections:
        for text in (rejection.fault(language), rejection.remedy(language)):
            assert text
            assert not {"{value}", "{other}", "{{", "}}"} & {
                text[i : i + size] for size in (2, 7) for i in range(len(text))
            }
        # A sentence that has a place for a value must have got one.
        names = rules()[rejection.rule].fault
        if "{value}" in names.best(language):
            assert rejection.value
        if "{other}" in names.best(language):
            assert rejection.other


def test_the_fault_table_covers_every_rule() -> None:
    covered = {row.values[0].rule for row in TABLE if isinstance(row.values[0], Row)}
    assert covered == set(rules())


def test_every_rule_has_a_scope_and_texts_in_both_languages() -> None:
    for rule in rules().values():
        assert rule.scope in ("ruling", "translation", "version", "collection"), rule.id
        for names in (rule.fault, rule.remedy):
            assert names.zh, rule.id
            assert names.en, rule.id
            for name in ("{value}", "{other}"):
                assert (name in names.zh) == (name in names.en), rule.id


def test_one_fault_does_not_hide_another(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    ruling_file(
        corpus, 7, court="no-court", decision_date="2020-13", fields=["no-field"], parts="## 查明\n\n甲。{#x}\n"
    )
    found = [rejection.rule for rejection in accept(corpus, NOW).report.rejections]
    assert {"unknown-court", "impossible-date", "unknown-field", "unknown-heading", "bad-paragraph-id"} == set(found)


def test_faults_of_form_and_of_text_are_told_together(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    ruling_file(corpus, 7, title=None, warning="yes", parts="前言。\n")
    found = [rejection.rule for rejection in accept(corpus, NOW).report.rejections]
    assert sorted(found) == ["missing-key", "no-text", "text-before-heading", "wrong-type"]


SOUND = [
    pytest.param(changed(decision_date="2026-01-15"), id="decided today"),
    pytest.param(changed(decision_date=None, outcome=None, cause=None, parties=None), id="nothing optional"),
    pytest.param(changed(text="full", sources=None), id="a full text without a source"),
    pytest.param(changed(sources=[{**SOURCE, "url": "http://example.org/"}]), id="an http source"),
    pytest.param(with_number("（2015）京知民初字第7号", decision_date="2015"), id="a legacy number"),
    pytest.param(with_number("（2014）京知民初字第7号", decision_date="2015"), id="the year the court was founded"),
    pytest.param(with_number("（2020）新4001民初7号", court="xinjiang-high"), id="a code the registry lacks"),
    pytest.param(with_number("（2020）京73行保7号", document_type="order"), id="act preservation is civil"),
    pytest.param(
        with_number("（2020）京73民终7号", procedure="second-instance", document_type="order", outcome="granted"),
        id="an order on appeal may grant",
    ),
    pytest.param(with_number("（2020）京73民终7号", procedure="other", outcome=None), id="another procedure"),
    pytest.param(at_place(name=f"{BROKEN}-b"), id="a suffix"),
    pytest.param(changed(statutes=[{**A_STATUTE, "version": "2020", "article": "第二条第四款"}]), id="an article"),
    pytest.param(changed(statutes=[{"statute": "Patent Law", "article": "11"}]), id="a statute in English"),
    pytest.param(changed(parties=[A_PARTY, {**A_PARTY, "role": "third-party"}]), id="one party in two roles"),
    pytest.param(with_parts(PARTS.replace("\n", "\r\n")), id="Windows line ends"),
    pytest.param(with_parts("## Facts\n\nExample Co. sold it.\n"), id="English headings"),
    pytest.param(edited("+++", "\ufeff+++"), id="a byte order mark"),
]


@pytest.mark.parametrize("write_one", SOUND)
def test_sound_file_is_accepted(write_one: Callable[[Path], Path], tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    path = write_one(corpus)
    accepted = accept(corpus, NOW)
    assert accepted.report.rejections == []
    assert path.name.removesuffix(".md") in {ruling.id for ruling in accepted.rulings}


def test_an_order_and_a_judgment_may_share_a_number(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    ruling_file(corpus, 7)
    ruling_file(corpus, 7, name=f"{BROKEN}-b", document_type="order")
    assert accept(corpus, NOW).report.rejections == []


def test_withdrawn_ruling_is_left_out_without_a_fault(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    text = '[[withdrawn]]\nid = "2020-jing73-minchu-2"\nreason = { zh = "应法院要求。" }\ndate = 2025-01-01\n'
    (corpus / "withdrawn.toml").write_text(text, "utf-8")
    accepted = accept(corpus, NOW)
    assert accepted.report.rejections == []
    assert {ruling.id for ruling in accepted.rulings} == GOOD - {"2020-jing73-minchu-2"}
    assert [entry.date for entry in accepted.withdrawn] == ["2025-01-01"]


def test_rejection_is_counted_once_a_file_however_many_faults(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path)
    ruling_file(corpus, 7, court="no-court", fields=["no-field"])
    report = accept(corpus, NOW).report
    assert len(report.rejections) == 2
    assert report.rejected == 1


def expected_line(path: Path, at: str | None) -> int:
    """The line of the file that holds ``at``; ``words#2`` means the second such line."""
    if at is None:
        return 1
    words, _, which = at.partition("#") if at[-2:-1] == "#" else (at, "", "")
    lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    return [number for number, line in enumerate(lines, 1) if words in line][int(which or 1) - 1]


def test_rejection_knows_its_scope(tmp_path: Path) -> None:
    assert Rejection(tmp_path, 1, "no-text").scope == "ruling"
    assert Rejection(tmp_path, 1, "translation-language", "fr").scope == "translation"
    assert Rejection(tmp_path, 1, "collection-unreadable").scope == "collection"
