"""For reference managers: BibTeX, RIS and CSL-JSON. An unknown date is left out; a digest says so in its note."""

import json
from collections.abc import Iterable

from app.citing.parts import (
    DIGEST_EN,
    DIGEST_ZH,
    Cited,
    court_in_chinese,
    document,
    is_digest,
    numbers,
    place_in_english,
)
from indexer.domain.dates import PartialDate

_BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "$&%#_"},
}


def bibtex(cited: Cited) -> str:
    """One BibTeX entry; its key is the ruling's id."""
    ruling, date = cited.ruling, cited.ruling.decision_date
    fields = [
        ("title", "{" + _bibtex(_title(cited)) + "}"),
        ("author", "{" + _bibtex(court_in_chinese(ruling)) + "}"),
        ("number", _bibtex(numbers(ruling))),
        ("howpublished", _bibtex(document(ruling))),
        ("year", str(date.year) if date else ""),
        ("month", str(date.month) if date and date.month else ""),
        ("day", str(date.day) if date and date.day else ""),
        ("url", cited.url),
        ("langid", "chinese"),
        ("note", _bibtex(_note(cited))),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@misc{{{ruling.id},", *lines, "}", ""])


def ris(cited: Cited, remark: str = "") -> str:
    """One RIS record; the case number stands in SV and the court in PB, where EndNote and Zotero look for them."""
    ruling, date = cited.ruling, cited.ruling.decision_date
    fields = [
        ("TY", "CASE"),
        ("ID", ruling.id),
        ("TI", _title(cited)),
        ("PB", court_in_chinese(ruling)),
        ("SV", numbers(ruling)),
        ("M3", document(ruling)),
        ("PY", str(date.year) if date else ""),
        ("DA", _ris_date(date) if date else ""),
        ("LA", "zh-CN"),
        ("UR", cited.url),
        ("N1", _note(cited)),
        ("N1", remark),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(cited: Cited) -> str:
    """A CSL-JSON array with one item of type ``legal_case``."""
    ruling, date = cited.ruling, cited.ruling.decision_date
    item: dict[str, object] = {
        "id": ruling.id,
        "type": "legal_case",
        "title": _title(cited),
        "authority": court_in_chinese(ruling),
        "number": numbers(ruling),
        "genre": document(ruling),
        "jurisdiction": "CN",
        "language": "zh-CN",
        "URL": cited.url,
    }
    if date:
        item["issued"] = {"date-parts": [_known([date.year, date.month, date.day])]}
    if note := _note(cited):
        item["note"] = note
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def _title(cited: Cited) -> str:
    return cited.ruling.title.best("zh")


def _note(cited: Cited) -> str:
    digest = f"{DIGEST_ZH} ({DIGEST_EN})" if is_digest(cited.ruling) else ""
    return "; ".join(filter(None, [digest, place_in_english(cited)]))


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(char, char) for char in text)


def _ris_date(date: PartialDate) -> str:
    month = f"{date.month:02d}" if date.month else ""
    return f"{date.year}/{month}/{f'{date.day:02d}' if date.day else ''}/"


def _known(values: Iterable[int | None]) -> list[int]:
    return [value for value in values if value is not None]
