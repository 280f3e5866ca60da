"""Case names in briefs (甲公司诉乙公司侵害商标权纠纷案, Sina v. Tianying), compared with a ruling's parties.

Parties go by many names: short forms, brands, translations, masked letters. So only a name that has
nothing in common with any party and with the ruling's title counts as another one; a name that can't
be judged, and any name for a ruling whose own parties are masked (某), counts as none.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from indexer.domain.case_number import romanise
from indexer.domain.ruling import Ruling

_GENERIC = re.compile(
    r"股份有限公司|有限责任公司|有限公司|分公司|公司|集团|股份|控股|有限|责任|科技|技术|网络|信息|电子|文化|传媒|传播|实业|贸易|商贸"
    r"|发展|投资|管理|咨询|服务|国际|中国|北京|上海|广州|深圳|杭州|广东|浙江|江苏|山东|等|原告|被告|上诉人|被上诉人|申请人"
    r"|被申请人|再审|第三人|一审|二审|侵害|侵犯|纠纷|不正当竞争|著作权|商标权?|专利权?|发明|实用新型|外观设计|商业秘密|技术秘密"
    r"|垄断|滥用市场支配地位|合同|知识产权|计算机软件|植物新品种|案"
)
_UNSURE = re.compile(
    r"某|[×xX＊*]{1,}|^[甲乙丙丁]|商评委|复审委|复审和无效|国家知识产权局|国知局|知识产权局|商标局|商标评审委员会|工商|市场监督"
    r"|版权局|检察院|人民政府|委员会"
)
_LEAD = re.compile(
    r"^(?:参见|另见|又见|详见|参照|参考|援引|引用|例如|比如|譬如|又如|再如|正如|如|见|在|于|即|而|且|并|关于|对于|依据|根据|按照"
    r"|最高人民法院|(?:[\u4e00-\u9fff]{2,12}法院)|(?:审理|审结|发布|公布|作出|判决)的|再审申请人|再审被申请人|被上诉人|上诉人|被申请人"
    r"|申请人|原审原告|原审被告|原告|被告|本院|生效的|上述|前述|（[^）]*）)+"
)
_LEAD_EN = re.compile(
    r"^(?:(?:in|see|also|as|accord|cf\.?|e\.g\.,?|compare|the case of|and|but|for example,?|likewise,?|the|under|with"
    r"|by|from|of|to|following|unlike|applying|citing|per)\s+)+",
    re.IGNORECASE,
)
_GENERIC_WORDS = """
the and for ltd co inc llc plc corp company limited corporation group holding holdings technology
technologies network beijing shanghai shenzhen guangzhou hangzhou china chinese international et al
others trade commerce science electronic information internet culture development industry industrial
case appeal first instance second retrial patent trademark copyright infringement unfair competition
dispute board cnipa trab prb office administration national intellectual property plaintiff defendant
appellant appellee another
"""
_GENERIC_EN = frozenset(_GENERIC_WORDS.split())
_CLAUSE = re.compile(r"认为|主张|辩称|诉称|指出|规定|应当|判决|裁定|提起")
_HAN = r"\u4e00-\u9fff"
_SIDE = r"[^，,。；;：:！？!?\n]"
_FIRST = r"(?![、）)】》”])"
_ENDS = r"(?:一案|案件|(?<![涉本该办审])案(?![情由外涉例号商]))"
CASE_NAME = re.compile(
    rf"{_FIRST}(?P<left>[^，,。；;：:！？!?“”\n]{{2,60}}?)(?<![被起上申反公自应胜败])诉(?![讼求称争前至请])(?P<right>{_SIDE}{{2,90}}?){_ENDS}"
)
"""甲公司诉乙公司……案."""
CASE_NAME_OF_TWO = re.compile(
    rf"{_FIRST}(?P<left>[^，,。；;：:！？!?“”\n]{{2,40}}?)(?:与|和)(?P<right>{_SIDE}{{2,80}}?纠纷){_ENDS}"
)
"""甲公司与乙公司……纠纷案."""
_WORD = r"(?:[A-Z0-9“‘][\w.&'’“”‘-]*|of|and|&|the|et|al\.?|de|for)"
_NAME = rf"{_WORD}(?:,? (?:Ltd|Inc|LLC|Corp|Co|Limited)\.?(?!\w)|(?:, (?=[A-Z][\w.&'’-]* (?:and|&) )| ){_WORD})*"
CASE_NAME_EN = re.compile(rf"(?P<left>{_NAME}),? vs?\.? (?P<right>{_NAME})(?:,? (?:et al\.?|and others))?")

_FIRM = re.compile(
    r"公司|集团|企业|厂|店|中心|[^居]所|局|委员会|协会|大学|学院|医院|社|\b(?:Ltd|Inc|Corp|LLC|GmbH|Co)\b"
)


@dataclass(frozen=True, slots=True)
class CaseName:
    """Who stood against whom, as a brief says; ``paired`` when the order of the two says nothing (甲与乙纠纷案)."""

    words: str
    left: str
    right: str
    paired: bool = False

    def strangers(self, ruling: Ruling) -> list[str]:
        """The sides that are certainly no party of the ruling."""
        if not ruling.parties:
            return []
        sides = (side for side in (self.left, self.right) if not _may_be_masked(side, ruling))
        strange = [side for side in sides if _is_stranger(side, ruling)]
        if self.paired and len(strange) < 2:
            return []
        return strange


def case_name(match: re.Match[str]) -> CaseName | None:
    """The case name that a match of one of this module's patterns is; None when it reads as a clause."""
    if _CLAUSE.search(match["left"]):
        return None
    left, right = (_LEAD_EN.sub("", _LEAD.sub("", side.strip(" （(“”\"'《"))) for side in match.group("left", "right"))
    return CaseName(match[0].strip(), left, right, match.re is CASE_NAME_OF_TWO)


def party_names(ruling: Ruling, language: str) -> str:
    """The parties, for a reason."""
    return ("、" if language.startswith("zh") else ", ").join(party.name.best(language) for party in ruling.parties)


def _may_be_masked(side: str, ruling: Ruling) -> bool:
    """Whether a party whose name is masked can be meant: a firm is no 万某, but anything else may be."""
    masked = [party.name.zh or "" for party in ruling.parties if "某" in (party.name.zh or "")]
    return any(_FIRM.search(name) or not _FIRM.search(side) for name in masked)


def _is_stranger(side: str, ruling: Ruling) -> bool:
    if _UNSURE.search(side):
        return False
    if re.search(rf"[{_HAN}]", side):
        return _is_stranger_zh(side, ruling)
    return _is_stranger_en(side, ruling)


def _is_stranger_zh(side: str, ruling: Ruling) -> bool:
    names = [party.name.zh for party in ruling.parties]
    pieces = [piece for piece in _GENERIC.split(re.sub(r"[^\w]", " ", side)) if len(piece.strip()) >= 2]
    if None in names or not pieces or not re.search(rf"[{_HAN}]{{2}}", "".join(pieces)):
        return False
    known = " ".join([*(name or "" for name in names), ruling.title.zh or "", ruling.title.en or ""])
    return not any(
        left + right in known for piece in pieces for left, right in pairwise(piece) if (left + right).strip()
    )


def _is_stranger_en(side: str, ruling: Ruling) -> bool:
    words = _significant(side)
    names = [party.name.en for party in ruling.parties]
    if not words or None in names:
        return False
    known = _significant(" ".join([*(name or "" for name in names), ruling.title.en or ""]))
    readings = " ".join(romanise(party.name.zh or "") for party in ruling.parties) + romanise(ruling.title.zh or "")
    return not any(_known(word, known, readings) for word in words)


def _known(word: str, known: set[str], readings: str) -> bool:
    if len(word) >= 4 and word in readings:
        return True
    return any(
        word == other
        or (min(len(word), len(other)) >= 4 and (word in other or other in word))
        or fuzz.ratio(word, other) >= 75
        for other in known
    )


def _significant(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9]+", text.casefold().replace("’", "'").replace("'s", ""))
    return {word for word in words if len(word) >= 3 and word not in _GENERIC_EN}
