"""What every form of a citation is made of: number, court, document, date, place. What is not known is left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.domain.case_number import CaseNumber, romanise
from indexer.domain.court import Court
from indexer.domain.dates import PartialDate
from indexer.domain.people import PartyRole
from indexer.domain.registry import courts
from indexer.domain.ruling import CaseType, DocumentType, Ruling, TextKind

COLLECTION = "Panli"
"""What this collection is called where a citation names it as the place of a digest."""
DIGEST_ZH = "本库据公开来源编写的摘要，并非裁判文书原文"
DIGEST_EN = "digest written for this collection out of public sources, not the court's text"
CASE_WORDS: Mapping[CaseType, str] = {
    CaseType.CIVIL: "民事",
    CaseType.ADMINISTRATIVE: "行政",
    CaseType.CRIMINAL: "刑事",
    CaseType.OTHER: "",
}
DOCUMENT_WORDS: Mapping[DocumentType, str] = {
    DocumentType.JUDGMENT: "判决书",
    DocumentType.ORDER: "裁定书",
    DocumentType.DECISION: "决定书",
    DocumentType.MEDIATION: "调解书",
}
_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_COURT_WORDS = {"Intellectual Property": "IP", "Supreme": "Sup.", "Intermediate": "Interm.", "District": "Dist."}
_NAMED_PARTIES = 2
"""So many parties of one side are named; of more, the first and 等."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A ruling as it is to be cited: with its public address, and perhaps one of its paragraphs."""

    ruling: Ruling
    url: str
    """The address of the ruling, or of the paragraph."""
    paragraph: str | None = None


def is_digest(ruling: Ruling) -> bool:
    """Whether what is held is a summary and not the court's own text."""
    return ruling.text is TextKind.DIGEST


def numbers(ruling: Ruling) -> str:
    """Every case number as printed."""
    return "、".join(number.printed or str(number) for number in ruling.numbers)


def number_in_english(number: CaseNumber) -> str:
    """``(2023) Jing 73 Min Zhong No. 3802``: the frozen readings of the address, so that the resolver reads it back."""
    words = [word for piece in re.findall(r"\d+|\D", f"{number.code} {number.type}") for word in _reading(piece)]
    zi = ["Zi"] if number.legacy else []
    part = f"-{number.part}" if number.part is not None else ""
    sub = f" Zhi {number.sub}" if number.sub is not None else ""
    return f"({number.year}) {' '.join([*words, *zi])} No. {number.serial}{part}{sub}"


def numbers_in_english(ruling: Ruling) -> str:
    """Every case number in Latin letters."""
    return ", ".join(map(number_in_english, ruling.numbers))


def deciding_court(ruling: Ruling) -> Court:
    """The court in whose name the document stands: a tribunal decides in the name of its court."""
    court = courts()[ruling.court]
    return courts()[court.parent] if court.kind == "tribunal" and court.parent else court


def court_in_chinese(ruling: Ruling) -> str:
    """The court's full name."""
    return deciding_court(ruling).name.best("zh")


def court_in_english(ruling: Ruling) -> str:
    """The court's name, abbreviated as in English footnotes: ``Beijing IP Ct.``."""
    name = deciding_court(ruling).name.best("en")
    for word, short in _COURT_WORDS.items():
        name = name.replace(word, short)
    return re.sub(r"\bCourt\b", "Ct.", name)


def document(ruling: Ruling) -> str:
    """What the document is called: 民事判决书."""
    return CASE_WORDS[ruling.case_type] + DOCUMENT_WORDS[ruling.document_type]


def date_in_english(date: PartialDate | None) -> str:
    """``Mar. 31, 2025``, as precise as it is known; empty when it is not."""
    if date is None:
        return ""
    month = _MONTHS[date.month - 1] if date.month else ""
    return f"{month} {date.day}, {date.year}" if date.day else f"{month} {date.year}".strip()


def place_in_chinese(cited: Cited) -> str:
    """``，第12段``; a digest's paragraph is said to be one: ``（Panli摘要第12段）``. Empty without a paragraph."""
    if cited.paragraph is None:
        return ""
    head = "裁判要旨" if cited.paragraph.startswith("h") else ""
    place = f"{head}第{paragraph_number(cited.paragraph)}段"
    return f"（{COLLECTION}摘要{place}）" if is_digest(cited.ruling) else f"，{place}"


def place_in_english(cited: Cited) -> str:
    """``¶ 12``, ``headnote ¶ 1``; a digest's paragraph is said to be one: ``Panli digest ¶ 12``."""
    if cited.paragraph is None:
        return ""
    head = "headnote " if cited.paragraph.startswith("h") else ""
    digest = f"{COLLECTION} digest " if is_digest(cited.ruling) else ""
    return f"{digest}{head}¶ {paragraph_number(cited.paragraph)}"


def paragraph_number(id: str) -> str:
    """``p12`` and ``h12`` as 12."""
    return id.lstrip("ph")


def case_name(ruling: Ruling) -> str:
    """``甲公司诉乙公司侵害商标权纠纷案``, by the parties of the first instance; else the conventional name."""
    plaintiffs, defendants = _side(ruling, PartyRole.PLAINTIFF), _side(ruling, PartyRole.DEFENDANT)
    cause = re.sub(r"（[^（）]*）$", "", ruling.cause.zh or "")
    if plaintiffs and defendants and cause:
        return f"{plaintiffs}诉{defendants}{cause}案"
    return ruling.title.best("zh")


def _side(ruling: Ruling, role: PartyRole) -> str:
    names = [party.name.zh for party in ruling.parties if (party.role_below or party.role) is role and party.name.zh]
    return f"{names[0]}等" if len(names) > _NAMED_PARTIES else "、".join(names)


def _reading(piece: str) -> list[str]:
    return [piece if piece.isdigit() else romanise(piece).capitalize()] if piece.strip() else []
