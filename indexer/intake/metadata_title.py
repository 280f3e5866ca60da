"""The title block: title, court, name of the document, case numbers."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.domain.case_number import CaseNumber, parse_case_number
from indexer.domain.errors import BadCaseNumber
from indexer.intake.metadata_lines import compact

_LINES = 30
_COURT = r"(?:(?![，。：:；]|法院).){2,40}法院(?:[^，。：:；]{0,12}?(?:分院|法庭))?"
_KIND = r"[一-鿿、（）()]{0,16}?(?:判决书|裁定书|决定书|调解书|通知书|支付令|(?:民事|刑事|行政)(?:判决|裁定|调解|决定))"
_NUMBER = r"[（(〔\[【［]?\s*(?:19|20)\d\d.{0,3}.+"
_BLOCK = re.compile(rf"(?P<court>{_COURT})?(?P<kind>{_KIND})?(?:[（(]\w{{1,6}}[）)])?(?P<number>{_NUMBER})?")
_LABEL = re.compile(r"^(?:案号|案件编号|文号|法院|审理法院|文书类型)[:：]")
_IS_TITLE = re.compile(r".{6,200}(?:判决书|裁定书|决定书|调解书|通知书)(?:[（(]\d+[）)])?")
_SAYS_INSTANCE = re.compile(r"一审|二审|再审|终审|复核|申诉|申请|审判监督|执行|纠纷|罪|一案")
_COMMENT = re.compile(r"#\s*(?:文档标题|标题)[:：]\s*(?P<title>.+)")
_DOCUMENT = re.compile(r"判决|裁定|决定|调解|通知|支付令")
_FURTHER = re.compile(r"第?(\d{1,8})(?:-(\d{1,8}))?号?")
_RANGE = re.compile(r"(?P<first>.*?(?P<from>\d{1,8}))号?(?:-|—|~|至)第?(?P<to>\d{1,8})号?")
_MOST_IN_RANGE = 200
_DASHES = str.maketrans("－–―﹣", "----")


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """What stands above the parties; empty where the text has no such line."""

    title: str = ""
    court: str = ""
    kind: str = ""
    """The name of the document: 民事判决书."""
    numbers: tuple[CaseNumber, ...] = ()
    end: int = 0
    """How many of the lines it takes."""


def read_title_block(lines: Sequence[str]) -> TitleBlock:
    """The title block in the first lines; a title with the parties' names may stand above it."""
    block = TitleBlock()
    for place, line in enumerate(lines[:_LINES]):
        bare = _LABEL.sub("", compact(line))
        if comment := _COMMENT.fullmatch(line):
            block = replace(block, title=comment["title"].strip())
        elif line.startswith("#"):
            continue
        elif (taken := _take(block, bare, place)) is not None:
            block = taken
        elif block.court and block.kind and len(bare) > 12:
            break
        elif not block.title and _IS_TITLE.fullmatch(bare) and _SAYS_INSTANCE.search(bare):
            block = replace(block, title=line)
    return block


def _take(block: TitleBlock, bare: str, place: int) -> TitleBlock | None:
    """The block with what this line adds, or None when the line is no part of it."""
    if len(bare) > 300 or not (match := _BLOCK.fullmatch(bare)):
        return None
    court, kind, number = match["court"] or "", match["kind"] or "", match["number"] or ""
    if kind and not court and _SAYS_INSTANCE.search(kind) and _is_party_title(kind):
        return None
    numbers = read_numbers(number) if number else ()
    if (number and not numbers) or not (court or kind or numbers):
        return None
    return TitleBlock(
        title=block.title,
        court=block.court or court,
        kind=block.kind or kind,
        numbers=tuple(dict.fromkeys((*block.numbers, *numbers))),
        end=place + 1,
    )


def _is_party_title(kind: str) -> bool:
    """Whether 王某诈骗一审刑事判决书, not the bare 再审决定书."""
    return re.search(r"一审|二审|纠纷|罪|一案", kind) is not None


def read_numbers(text: str) -> tuple[CaseNumber, ...]:
    """The case numbers in one line: one, a list (第1号、第2号) or a range (1401-1403号), in order.

    >>> [number.serial for number in read_numbers("（2014）民申字第11-13号")]
    [11, 12, 13]
    """
    folded = compact(unicodedata.normalize("NFKC", text)).translate(_DASHES)
    if not any(char.isdigit() for char in folded):
        return ()
    found: list[CaseNumber] = []
    for piece in re.split(r"[、,;。]|(?<=号)[和及与]|(?<=号)(?=[(〔\[])", folded):
        found += _piece(piece, found[-1] if found else None)
    return tuple(dict.fromkeys(found))


def _piece(piece: str, before: CaseNumber | None) -> list[CaseNumber]:
    if span := _span(piece, before):
        return span
    if before and (further := _FURTHER.fullmatch(piece)):
        return [replace(before, serial=int(further[1]), part=int(further[2]) if further[2] else None, printed="")]
    try:
        return [parse_case_number(piece)]
    except BadCaseNumber:
        return []


def _span(piece: str, before: CaseNumber | None) -> list[CaseNumber]:
    """The numbers of 1401-1403号; 31-4号 is a second document of number 31 and no range."""
    match = _RANGE.fullmatch(piece)
    if match is None or len(match["from"]) != len(match["to"]) or int(match["from"]) < 10:
        return []
    first, last = int(match["from"]), int(match["to"])
    if not first < last <= first + _MOST_IN_RANGE:
        return []
    start = _piece(match["first"] + "号", before)
    return [replace(number, serial=serial, printed="") for number in start[:1] for serial in range(first, last + 1)]


def document_words(kind: str) -> str:
    """判决, 裁定, 决定 … in the name of a document; empty when it has none."""
    found = _DOCUMENT.findall(kind)
    return found[-1] if found else ""
