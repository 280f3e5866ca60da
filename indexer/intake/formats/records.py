"""One JSON object into one judgment: the shapes of China Judgments Online, LeCaRD, CAIL, and our own."""

import json
from collections.abc import Iterable, Mapping

from indexer.domain.ruling import Part
from indexer.intake.formats.html import text_of
from indexer.intake.formats.text import judgment
from indexer.intake.model import Known, RawJudgment, Refusal

Record = Mapping[str, object]
"""A JSON object as it was read; nothing of it is trusted before its type is looked at."""

_TEXT = ("text", "qwContent", "qw", "Html", "html", "DivContent", "content", "fullText", "full_text",
         "正文", "全文", "文书内容", "裁判文书", "fact")  # fmt: skip
"""Where the whole text may stand, the surest first; ``fact`` is all that CAIL has."""
_KNOWN: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "Title", "s1", "docName", "document", "writName", "ajName", "标题", "文书标题", "name"),
    "court": ("court", "s2", "courtName", "法院", "法院名称", "审理法院"),
    "case_number": ("case_number", "s7", "caseNo", "案号"),
    "document_type": ("document_type", "instrumentType", "文书类型", "s6"),
    "date": ("decision_date", "date", "s31", "judgementDateStart", "裁判日期"),
    "cause": ("cause", "s11", "reason", "案由"),
    "procedure": ("procedure", "s9", "procedureId", "审理程序", "审判程序"),
    "case_type": ("case_type", "s8", "caseType", "案件类型"),
    "url": ("url", "source_url", "原始链接", "URL"),
}
_DOCUMENT_TYPES = {"01": "判决书", "02": "裁定书", "03": "调解书", "04": "决定书"}
"""The numbers that China Judgments Online writes in s6 for 文书类型."""
_PARTS: Mapping[str, Part] = {
    "s22": Part.PARTIES, "s23": Part.PROCEDURE, "s25": Part.FACTS, "s26": Part.REASONING, "s27": Part.DISPOSITION,
    "s28": Part.TAIL,
    "当事人": Part.PARTIES, "审理经过": Part.PROCEDURE,
    "原告诉称": Part.CLAIMS, "公诉机关称": Part.CLAIMS, "上诉人诉称": Part.CLAIMS, "申请人称": Part.CLAIMS,
    "再审申请人称": Part.CLAIMS, "一审原告称": Part.CLAIMS, "二审上诉人诉称": Part.CLAIMS, "请求情况": Part.CLAIMS,
    "被告辩称": Part.DEFENCE, "被上诉人辩称": Part.DEFENCE, "二审被上诉人辩称": Part.DEFENCE,
    "被申请人辩称": Part.DEFENCE, "一审被告辩称": Part.DEFENCE, "第三人述称": Part.DEFENCE,
    "一审法院查明": Part.FIRST_INSTANCE, "一审法院认为": Part.FIRST_INSTANCE, "原审法院查明": Part.FIRST_INSTANCE,
    "原审法院认为": Part.FIRST_INSTANCE,
    "申诉人诉称": Part.CLAIMS, "一审原告诉称": Part.CLAIMS, "被申诉人辩称": Part.DEFENCE, "第三人称": Part.DEFENCE,
    "前审经过": Part.FIRST_INSTANCE, "举证质证": Part.EVIDENCE, "证据": Part.EVIDENCE, "附": Part.TAIL,
    "本院查明": Part.FACTS, "争议焦点": Part.ISSUES, "本院认为": Part.REASONING,
    "裁判结果": Part.DISPOSITION, "审判人员": Part.TAIL, "相关法律条文": Part.TAIL,
}  # fmt: skip
"""Names of labelled parts in databases of judgments. The order of the text is that of the record."""


def read_record(source: str, record: object) -> RawJudgment | Refusal:
    """The judgment in one JSON value, or why there is none."""
    if not isinstance(record, dict):
        return Refusal(source, "unknown-record", type(record).__name__)
    record = _opened(record)
    parts = dict(_labelled(record))
    text = next((found for name in _TEXT if (found := _string(record.get(name)).strip())), "")
    if text.startswith("<") or "</div>" in text or "</p>" in text:
        text = text_of(text)
    text = text or "\n".join(_in_order(record))
    if not text and any(name in record for name in _TEXT):
        return Refusal(source, "no-text")
    if not text:
        return Refusal(source, "unknown-record", "、".join(sorted(map(str, record))[:12]))
    return judgment(source, text, _known(record, parts))


def _opened(record: Record) -> Record:
    """A record that wraps another one, as text or as an object, takes over what the inner one has."""
    for name in ("source", "data", "result", "_source"):
        inner = record.get(name)
        if isinstance(inner, str) and inner.lstrip().startswith("{"):
            inner = _parsed(inner)
        if isinstance(inner, dict):
            return {**record, **inner}
    return record


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _known(record: Record, parts: Mapping[str, str]) -> Known:
    values = {
        field: next((found for name in names if (found := _line(record.get(name)))), "")
        for field, names in _KNOWN.items()
    }
    meta = record.get("meta")
    if isinstance(meta, dict) and not values["cause"]:  # CAIL
        values["cause"] = _line(meta.get("accusation"))
    values["document_type"] = _DOCUMENT_TYPES.get(values["document_type"], values["document_type"])
    return Known(**values, parts=parts)


def _labelled(record: Record) -> Iterable[tuple[str, str]]:
    texts: dict[str, list[str]] = {}
    for name, value in record.items():
        if name in _PARTS and (text := _string(value).strip()):
            texts.setdefault(_PARTS[name].value, []).append(text)
    return ((part, "\n".join(pieces)) for part, pieces in texts.items())


def _in_order(record: Record) -> Iterable[str]:
    for name, value in record.items():
        if name in _PARTS and (text := _string(value).strip()):
            yield text_of(text) if text.startswith("<") else text


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _line(value: object) -> str:
    if isinstance(value, list):
        return "、".join(filter(None, (_line(each) for each in value[:20])))
    return " ".join(_string(value).split())[:300]
