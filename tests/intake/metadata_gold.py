"""The metadata gold: 201 judgments read by hand, and the columns of 141 more; beside each what the code reads.

Gold by reading: the head and the end of each judgment were read and court, case number, type and date written
down before any code had read it. ``absent`` stands for what the text does not say, a garbled year included
(二O一年, of three figures). A document of ``wenshu_raw`` is named by the beginning of its file name's SHA-256.
"""

import hashlib
import html
import json
import lzma
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.domain.case_number import parse_case_number
from indexer.domain.errors import BadCaseNumber
from indexer.intake.metadata import read_metadata
from indexer.intake.model import Known, RawJudgment, Reading

HERE = Path(__file__).parent
DATA = Path(os.environ.get("PANLI_TEST_DATA", HERE.parents[2] / "shared" / "data"))
FIELDS = ("court", "case_number", "document_type", "date")
ABSENT = "absent"
_TYPES = {"判决书": "judgment", "裁定书": "order", "决定书": "decision"}
_ADMIN_PARTS = ("当事人", "审理经过", "本院认为", "裁判结果", "审判人员", "相关法律条文")


@dataclass(frozen=True, slots=True)
class Compared:
    """One judgment: gold and reading, both in the order of `FIELDS`."""

    dataset: str
    id: str
    gold: tuple[str, ...]
    read: tuple[str, ...]


def lines(name: str) -> Iterator[dict[str, str]]:
    """The records of one compressed file of the reference data."""
    with lzma.open(DATA / name, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def values(reading: Reading) -> tuple[str, ...]:
    """The four fields as the gold writes them; a number in normal form."""
    number = reading.numbers[0].key if reading.numbers else ABSENT
    return (
        reading.court_name or ABSENT,
        number,
        (reading.document_type or ABSENT),
        str(reading.date) if reading.date else ABSENT,
    )


def read_by_hand(datasets: frozenset[str]) -> Iterator[Compared]:
    """The judgments read by hand, from the text alone."""
    texts = {name: _texts(name) for name in datasets}
    for line in (HERE / "gold_metadata.jsonl").read_text("utf-8").splitlines():
        gold: dict[str, str] = json.loads(line)
        if gold["dataset"] in datasets:
            text = texts[gold["dataset"]][gold["id"]]
            wanted = {**gold, "case_number": _number(gold["case_number"])}
            reading = read_metadata(RawJudgment(gold["id"], text))
            yield Compared(gold["dataset"], gold["id"], tuple(wanted[key] for key in FIELDS), values(reading))


def administrative(with_columns: bool) -> Iterator[Compared]:
    """The administrative rulings: their parts carry no title block, which is set above them or given as columns."""
    for record in lines("admin_judgments/judgments.jsonl.xz"):
        parts = "\n".join(record.get(part) or "" for part in _ADMIN_PARTS)
        kind = record["instrumentType"]
        if with_columns:
            known = Known(
                title=record["docName"],
                court=record["court"],
                case_number=record["caseNo"],
                document_type=kind,
                date=record["judgementDateStart"],
            )
            raw = RawJudgment(record["id"], parts, known)
        else:
            raw = RawJudgment(record["id"], f"{record['court']}\n行 政 {kind}\n{record['caseNo']}\n{parts}")
        number = _number(record["caseNo"])
        gold = (record["court"], number, _TYPES[kind], record["judgementDateStart"])
        yield Compared("admin_judgments", record["id"], gold, values(read_metadata(raw)))


@cache
def lecard_sample() -> tuple[RawJudgment, ...]:
    """1,000 judgments of LeCaRD, seed 1."""
    records = list(lines("lecard/judgments.jsonl.xz"))
    return tuple(RawJudgment(record["id"], record["text"]) for record in random.Random(1).sample(records, 1000))


def share(compared: list[Compared], field: str) -> float:
    """How many of the judgments have this field right."""
    place = FIELDS.index(field)
    return sum(each.gold[place] == each.read[place] for each in compared) / len(compared)


def _number(printed: str) -> str:
    """The number in normal form; absent where what is printed is none (双行初字第20号, without its year)."""
    try:
        return parse_case_number(printed).key
    except BadCaseNumber:
        return ABSENT


@cache
def _texts(dataset: str) -> dict[str, str]:
    if dataset == "lecard":
        return {raw.source: raw.text for raw in lecard_sample()}
    if dataset == "wenshu_raw":
        return {hashlib.sha256(path.name.encode()).hexdigest()[:12]: _plain(path) for path in _raw_files()}
    return {record["id"]: record["text"] for record in lines(f"{dataset}/judgments.jsonl.xz")}


def _raw_files() -> Iterator[Path]:
    return (path for path in (DATA / "wenshu_raw").iterdir() if path.suffix in {".txt", ".doc", ".json"})


def _plain(path: Path) -> str:
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        text = json.loads(json.loads(text)["source"])["Html"]
    return text if path.suffix == ".txt" else html.unescape(re.sub(r"<[^>]+>", "\n", text))
