"""The cause of action (案由) or charge, in the court's own words."""

import re
from collections.abc import Sequence
from functools import cache

from indexer.domain.people import Party
from indexer.domain.registry import cause_names
from indexer.domain.ruling import CaseType

_SUIT = re.compile(r"(?P<before>[^。；\n]{2,400}?)(?:一案|(?<=纠纷)案|(?<=纠纷)(?=[，,。]))")
_STATED = re.compile(r"以(?P<cause>[^，。；：、]{3,30}?(?:纠纷|争议|之诉))为(?:案由|由)")
_CHARGED = re.compile(r"犯(?:有)?(?P<charge>[^，。；：\s]{2,60}?罪)(?=[一，,。、于提向的并判免]|$)")
_CONVICTED = re.compile(r"犯(?P<charge>[^，。；：\s]{1,40}?罪)[，,]?(?:判处|免予|免于|单处|被判)")
_TITLE = re.compile(
    r"(?P<cause>[一-鿿、（）]{2,40}?)(?:一审|二审|再审|申请再审|审判监督|申诉|终审|死刑复核|复核|执行|请示)"
)
# What ends the names of the parties before the cause: the cause begins after the last of them.
_NAMES_END = re.compile(
    r"）|\)|公司|集团|委员会|管理局|[一-鿿]局(?!部|面|域)|政府|[一-鿿]厂|银行|支行|分行|中心|医院|大学|学校|学院|研究[院所]|合作社|协会|学会"
    r"|经营部|门市部|基金会|事务所|被告|原告|第三人(?!撤销)|上诉人|被申请人|申请人(?!执行异议)|等人?(?=[一-鿿]{3,}$)"
)
_OPENING = re.compile(r"^(?:因|就|之间|之|的|关于|为|诉|与|和|及|、|，|等|[甲乙丙丁]方)+")
_STAGE = re.compile(r"(?:管辖权?异议(?:纠纷)?|上诉|申请再审|申诉|再审)$")
_LONGEST = 40
_REACH = 3_000


def cause(course: str, operative: str, title: str, parties: Sequence[Party], case_type: CaseType | None) -> str:
    """The cause as the ruling names it; empty when it names none plainly."""
    if case_type is CaseType.CRIMINAL:
        return _charge(course[:_REACH], operative[:_REACH])
    if stated := _STATED.search(course[:_REACH]):
        return stated["cause"]
    found = _SUIT.search(course[:_REACH])
    if found:
        words = _after_names(found["before"], parties)
        if words:
            return words
    match = _TITLE.search(_after_names_in_title(title))
    return match["cause"] if match and match["cause"].endswith(("纠纷", "争议", "案")) else ""


def _charge(course: str, operative: str) -> str:
    found = [match["charge"] for match in _CONVICTED.finditer(operative)]
    found = found or [match["charge"] for match in _CHARGED.finditer(course)][:1]
    return "、".join(dict.fromkeys(charge for charge in found if len(charge) <= _LONGEST))


def _after_names(before: str, parties: Sequence[Party]) -> str:
    before = _STAGE.sub("", before)
    known = known_ending(before)
    start = max((match.end() for match in _NAMES_END.finditer(before)), default=0)
    for party in parties:
        name = party.name.zh or ""
        if (place := before.rfind(name)) >= 0 and name:
            start = max(start, place + len(name))
    words = _OPENING.sub("", re.split(r"[，,]", before[start:])[-1])
    if re.search("[XＸ×*]", words):
        return known
    if known and len(known) >= len(words):
        return known
    plain = 3 <= len(words) <= _LONGEST and re.search(
        r"纠纷$|争议$|之诉$|案件$|侵权$|合同$|行政|登记|许可|处罚|公开|决定|赔偿|不服|复议|征收|申请", words
    )
    return words if plain else known


def _after_names_in_title(title: str) -> str:
    start = max((match.end() for match in _NAMES_END.finditer(title)), default=0)
    return title[start:]


def known_ending(text: str) -> str:
    """The longest cause of the registry that ``text`` ends in, or an empty string."""
    return next((text[-length:] for length in _lengths() if text[-length:] in cause_names()), "")


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(name) for name in cause_names()}, reverse=True))
