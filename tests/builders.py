"""Fictitious rulings for tests: valid corpus files, each made by one call that names only what matters.

No ruling here exists: the parties are 甲公司 and 乙公司, the sources lie on example.org, and every title says
that the case is made up.

>>> path = ruling_file(corpus, serial=7, outcome="dismissed", translation=True)   # doctest: +SKIP
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from indexer.checks import Context
from indexer.domain.case_number import parse_case_number
from indexer.domain.errors import BadCaseNumber
from indexer.domain.ruling import Ruling
from indexer.parse import parse
from indexer.read import read_corpus
from indexer.rules import Rejection
from indexer.validate import Validator, Verdict

NOW = datetime.datetime(2026, 1, 15, 12, 0, tzinfo=datetime.UTC)
"""The time of every test: builds take the clock as an argument."""

Value = str | int | bool | Sequence["Value"] | Mapping[str, "Value"]
"""What TOML can hold of what we write."""

PARTS = """\
## 裁判要旨

虚构案例的要旨：设计空间较大的，整体视觉效果的差异应当更大。{#h1}

## 案件事实

甲公司是一项外观设计的专利权人。

乙公司销售了被诉侵权产品。

## 裁判理由

依照《中华人民共和国专利法》第六十五条的规定，被诉侵权产品落入保护范围。

## 裁判结果

乙公司赔偿甲公司经济损失。
"""
"""Four parts with five paragraphs: h1, p1 … p4."""

TRANSLATED_PARTS = """\
## Headnote

Gist of a fictitious case: the wider the design freedom, the greater the difference must be.

## Facts

Example Co. owns a design patent.

Sample Co. sold the accused product.

## Reasoning

Under Article 65 of the Patent Law the accused product falls within the scope of protection.

## Disposition

Sample Co. pays damages to Example Co.
"""
"""The same, in English."""

SOURCE: dict[str, Value] = {
    "title": "虚构来源",
    "publisher": "Example",
    "supports": "the whole digest",
    "url": "https://example.org/ruling",
}


def front_matter(serial: int = 1) -> dict[str, Value]:
    """The metadata of a valid first-instance judgment of the Beijing Intellectual Property Court."""
    return {
        "case_numbers": [f"（2020）京73民初{serial}号"],
        "court": "bjipc",
        "document_type": "judgment",
        "procedure": "first-instance",
        "case_type": "civil",
        "decision_date": "2020-06-30",
        "title": {"zh": "虚构案例", "en": "Fictitious case"},
        "cause": {"zh": "侵害外观设计专利权纠纷", "en": "Design patent infringement"},
        "outcome": "granted",
        "text": "digest",
        "parties": [
            {"name": {"zh": "甲公司", "en": "Example Co."}, "role": "plaintiff"},
            {"name": {"zh": "乙公司", "en": "Sample Co."}, "role": "defendant"},
        ],
        "sources": [SOURCE],
    }


def ruling_file(
    corpus: Path,
    serial: int = 1,
    *,
    parts: str = PARTS,
    translation: bool | str = False,
    name: str | None = None,
    folder: str | None = None,
    **changes: Value | None,
) -> Path:
    """Write a valid ruling, changed as told, at its proper place in ``corpus`` and return its path.

    ``changes`` replace or add keys of the front matter, and None removes one. ``parts`` is the text
    after it. ``translation`` is True, or the English text itself. ``name`` (without ``.md``) and
    ``folder`` (under ``rulings/``) are wanted only where the place itself is what is tested.
    """
    matter = {key: value for key, value in {**front_matter(serial), **changes}.items() if value is not None}
    slug, year = _slug_and_year(matter)
    home = corpus / "rulings" / (folder or f"{matter.get('court', 'bjipc')}/{year}")
    home.mkdir(parents=True, exist_ok=True)
    path = home / f"{name or slug or f'2020-jing73-minchu-{serial}'}.md"
    path.write_text(f"+++\n{toml(matter)}+++\n\n{parts}", "utf-8")
    if translation:
        english = TRANSLATED_PARTS if translation is True else translation
        path.with_suffix(".en.md").write_text(f'+++\nlanguage = "en"\n+++\n\n{english}', "utf-8")
    return path


def a_corpus(folder: Path, rulings: int = 3) -> Path:
    """A corpus of so many valid rulings, serials 1, 2, 3 …; every second one has a translation."""
    corpus = folder / "corpus"
    for serial in range(1, rulings + 1):
        ruling_file(corpus, serial, translation=serial % 2 == 0)
    return corpus


def collection_file(corpus: Path, name: str = "fictitious-list", **changes: Value | None) -> Path:
    """Write a curated list, changed as told, and return its path."""
    table: dict[str, Value] = {
        "title": {"zh": "虚构案例选", "en": "Fictitious cases"},
        "description": {"zh": "仅供测试。", "en": "For tests only."},
        "publisher": {"zh": "甲公司", "en": "Example Co."},
        "sources": [SOURCE],
        "entries": [{"ruling": "2020-jing73-minchu-1", "place": 1}],
    }
    path = corpus / "collections" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(toml({key: value for key, value in {**table, **changes}.items() if value is not None}), "utf-8")
    return path


def verdicts(corpus: Path, validator: Validator) -> list[Verdict]:
    """What a validator says of every file that can be read."""
    return [validator.validate(deposit) for deposit in read_corpus(corpus) if not isinstance(deposit, Rejection)]


def a_ruling(
    folder: Path, serial: int = 1, *, parts: str = PARTS, translation: bool | str = False, **changes: Value | None
) -> Ruling:
    """A parsed, not yet tagged ruling, read from a file of its own; it must be a valid one."""
    corpus = folder / f"corpus-{serial}"
    ruling_file(corpus, serial, parts=parts, translation=translation, name=None, folder=None, **changes)
    (verdict,) = verdicts(corpus, a_validator(corpus))
    assert verdict.draft is not None, verdict.rejections
    return parse(verdict.draft)


def a_validator(corpus: Path) -> Validator:
    """A validator that has seen nothing yet."""
    return Validator(Context(NOW.date(), corpus))


def toml(table: Mapping[str, Value]) -> str:
    """A table as TOML, one key a line; a list of tables becomes ``[[key]]`` blocks at the end."""
    blocks = {key: value for key, value in table.items() if _is_tables(value)}
    lines = [f"{key} = {_inline(value)}" for key, value in table.items() if key not in blocks]
    for key, entries in blocks.items():
        assert isinstance(entries, list)
        for entry in entries:
            lines += ["", f"[[{key}]]", *(f"{name} = {_inline(value)}" for name, value in entry.items())]
    return "\n".join(lines) + "\n"


def _is_tables(value: Value) -> bool:
    # Doubts stand inline, as in the corpus: unsure = [{ zh = …, en = … }].
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(each, dict) and not each.keys() & {"zh", "en"} for each in value)


def _inline(value: Value) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_inline(each)}" for key, each in value.items()) + " }"
    if isinstance(value, str | int):
        return json.dumps(value, ensure_ascii=False)
    return "[" + ", ".join(_inline(each) for each in value) + "]"


def _slug_and_year(matter: Mapping[str, Value]) -> tuple[str | None, int]:
    numbers = matter.get("case_numbers")
    if isinstance(numbers, list) and numbers:
        try:
            number = parse_case_number(str(numbers[0]))
        except BadCaseNumber:
            return None, 2020
        return number.slug, number.year
    return None, 2020
