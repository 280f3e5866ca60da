"""Parties with their roles, and counsel, from the lines after the title block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.domain.names import Names
from indexer.domain.people import Party, PartyRole
from indexer.intake.metadata_lines import compact
from indexer.intake.metadata_words import aside_pattern, counsel_pattern, party_pattern, roles

_LINES = 400
_LONGEST = 600
_BRACKETS = str.maketrans("(),:;", "（），：；")
# A line that tells the course of the case, though it begins with a role: 原告张某诉被告李某…纠纷一案.
_NARRATIVE = re.compile(
    r"一案|(?<![被经由到至])本院|起诉书指控|向.{2,20}(?:起诉|上诉|申诉)|不服.{2,60}(?:判决|裁定|决定)"
)
# A person told of at length (convictions, arrest) is a party all the same.
_PERSON = re.compile(
    r"[：]?[^，。：（）]{1,30}(?:（[^（）]*）)?[，。](?:男|女|曾|又名|绰号|别名|化名|自报|\d{4}年|出生|[住系原]|汉族|户籍|身份证|公民|农民|无业|务工|个体|工人|居民|学生|因涉嫌|因本案|被告人)"
    r"|[^，。：]{1,20}?因[^，。]{2,20}，[^。]{0,40}被"
)
_BELOW = re.compile(r"^[（(](?P<inside>[^（）()]{1,60})[）)]")
_BELOW_WORD = re.compile(r"(?:一审|原审|原|二审)?(?<!反诉)(原告|被告|第三人|申请人|起诉人)")
_NAME_END = re.compile(
    r"[，。；：、\s“”]|[男女](?=[，。]|[一-鿿]{1,3}族|\d|[Xx×*]|$)|因(?=涉嫌|犯|本案|[^，。]{2,14}(?:一案|罪))|住所地?|住址|地址|(?:公民)?身份证?号|统一社会信用代码|组织机构代码"
    r"|[\d×xX*]{2,4}年|(?<=[一-鿿])(?:性别|出生于|汉族|绰号|曾用名|化名|别名|又名|自报)"
)
_REMARK = re.compile(r"（(?P<inside>[^（）]*)）?")
_KEPT_REMARK = re.compile(r"(?:特殊)?普通合伙|有限合伙|个人独资|集团")
_PLACE = re.compile(r"[一-鿿]{2,6}")
_NOT_A_PLACE = re.compile(r"以下|同|下称|简称|原名|原[审系]|曾|又|化|绰|别|系|自报|反诉|男|女|单位|未到庭|缺席|已|现")
# In texts that lost their punctuation sex, birth and address follow the name directly.
_PERSONAL = re.compile(
    r"[男女](?=\d|[汉回满壮苗]族?)[^，。]*|住(?:所地|址)?[^，。事]*[省市县区镇村路街号][^，。]*|代理权限[^，。]*"
)
_NO_NAME = re.compile(r"的|.{4}[是向将被]|不服|认为|提出|申请|以及|对于|辩称|[诉述]称$")


@dataclass(frozen=True, slots=True)
class People:
    parties: tuple[Party, ...] = ()
    counsel: tuple[str, ...] = ()
    end: int = 0
    """The line with which the course of the case begins."""


def read_people(lines: Sequence[str], start: int) -> People:
    """The parties in the order in which they stand, each once, and counsel as printed, addresses left out."""
    parties: dict[tuple[str, PartyRole], Party] = {}
    counsel: list[str] = []
    end = start
    for place, line in enumerate(lines[start : start + _LINES], start):
        bare = compact(line).translate(_BRACKETS)
        if match := counsel_pattern().match(bare[:_LONGEST]):
            counsel += [words] if (words := _counsel(match["name"])) else []
        elif aside_pattern().match(bare):
            if len(bare) > _LONGEST or "一案" in bare:
                break
        elif _tells_course(bare):
            break
        else:
            parties |= {(party.name.zh or "", party.role): party for party in _parties(bare)}
        end = place + 1
    return People(_in_retrial(list(parties.values())), tuple(dict.fromkeys(counsel)), end)


def _in_retrial(parties: list[Party]) -> tuple[Party, ...]:
    """Beside a 再审申请人 the 被申请人 is the respondent of the retrial."""
    if all(party.role is not PartyRole.RETRIAL_APPLICANT for party in parties):
        return tuple(parties)
    there = {PartyRole.RESPONDENT: PartyRole.RETRIAL_RESPONDENT}
    return tuple(replace(party, role=there.get(party.role, party.role)) for party in parties)


def _tells_course(bare: str) -> bool:
    match = party_pattern().match(bare)
    if match and _PERSON.match(_BELOW.sub("", match["rest"])):
        return False
    return len(bare) > _LONGEST or _NARRATIVE.search(bare) is not None


def _parties(bare: str) -> list[Party]:
    match = party_pattern().match(bare)
    if match is None:
        return []
    rest = match["rest"]
    role = roles()[match["role"]]
    below = role if match["before"] else None
    while remark := _BELOW.match(rest):
        below = _role_below(remark["inside"]) or below
        rest = rest[remark.end() :]
    if rest.startswith(("暨", "兼")):
        rest = re.sub(r"^[暨兼].*?[：]", "", rest)
    return [Party(Names(zh=name), role, below) for name in _names(rest.lstrip('：:“”"'))]


def _role_below(text: str) -> PartyRole | None:
    """The role in the first instance: 一审原告、反诉被告，二审上诉人 → plaintiff."""
    match = _BELOW_WORD.search(text)
    words = {
        "原告": PartyRole.PLAINTIFF,
        "被告": PartyRole.DEFENDANT,
        "第三人": PartyRole.THIRD_PARTY,
        "申请人": PartyRole.APPLICANT,
        "起诉人": PartyRole.PLAINTIFF,
    }
    return words[match[1]] if match else None


def _names(rest: str) -> list[str]:
    name = clean_name(rest)
    after = rest[len(name) :]
    names = [name]
    while after.startswith("、"):  # 原告：张某、李某
        name = clean_name(after[1:])
        after = after[1 + len(name) :]
        names.append(name)
    return [name for name in names if 2 <= len(name) <= 60 and not _NO_NAME.search(name)]


def clean_name(text: str) -> str:
    """The name at the head of ``text``, without sex, birth, address and remarks; （北京）有限公司 stays whole.

    >>> clean_name("某某信息技术（北京）有限公司（以下简称某某公司），住所地北京市")
    '某某信息技术（北京）有限公司'
    """
    if re.match("[一-鿿][男女][，（]", text):  # 梁男，男，1984年…
        return text[:2]
    name, rest = "", text
    while rest:
        stop = _NAME_END.search(rest)
        opening = rest.find("（")
        if opening < 0 or (stop and stop.start() < opening):
            return name + rest[: stop.start() if stop else len(rest)]
        name += rest[:opening]
        remark = _REMARK.match(rest, opening)
        if remark is None or not _is_of_name(remark["inside"], rest[remark.end() :]):
            return name
        name += f"（{remark['inside']}）"
        rest = rest[remark.end() :]
    return name


def _is_of_name(inside: str, after: str) -> bool:
    """Whether words in brackets belong to the name: a kind of partnership, or a place inside the name."""
    if _KEPT_REMARK.fullmatch(inside):
        return True
    return bool(_PLACE.fullmatch(inside) and _PLACE.match(after) and not _NOT_A_PLACE.search(inside))


def _counsel(text: str) -> str:
    """``鲁某，某某律师事务所律师`` without sex, birth and address."""
    pieces = [piece for piece in re.split(r"[，。；]", _PERSONAL.sub("，", text.lstrip("：:"))) if piece]
    if not pieces:
        return ""
    kept = [
        piece
        for piece in pieces[1:]
        if re.search(r"律师|事务所|法律(?:服务|工作|援助)|职员|员工|代理人|法务|经理|推荐", piece)
        and not re.match(r"住", piece)
    ]
    words = "，".join((pieces[0], *kept[:2]))
    return words if len(words) <= 80 else ""
