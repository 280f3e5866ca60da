"""The patterns of case numbers as they stand in a text: the year in brackets, and what may follow it.

Everything here is anchored at a place already found, of bounded length, and so linear on any text.

A legacy number has the shape of every document number that a Chinese office ever gave (鉴定, 公证, 土地证,
起诉书 …): `is_court_type` tells the court's from the others by the words before 字第.
"""

import re

from indexer.domain.case_number import PROVINCES
from indexer.domain.numbering import modern_types

MASK = "×xX＊*✕╳□○"
LETTERS = "OoＯｏlIｌ"
"""Letters that stand for 0 and 1 where a number was typed or scanned badly."""
AS_DIGITS = str.maketrans("OoＯｏlIｌ", "0000111")
DASH = "-－–—―‐‑~～"
OPENING, CLOSING = "（(〔[【［", "）)〕]】］"
ODD_OPENING, ODD_CLOSING = '〈《{<＜“"「『', '〉》}>＞”"」』'
_S = r"\s{0,3}"
_HAN = r"[\u3400-\u9fff]"
_BODY_HAN = r"(?:(?![字第号])[\u3400-\u9fff])"
_DIGIT = rf"[\d{MASK}{LETTERS}]"
_SUB = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|[1-9]\d?)(?!审)"

_OPENED, _CLOSED = re.escape(OPENING + ODD_OPENING), re.escape(CLOSING + ODD_CLOSING)
_FOUR_DIGITS = rf"[12１２]\s?[{LETTERS}09０９]\s?{_DIGIT}\s?{_DIGIT}|[{re.escape(MASK)}]{{4}}"
YEAR = re.compile(
    rf"(?P<open>[{_OPENED}]{{1,2}})\s{{0,3}}(?P<year>{_FOUR_DIGITS})\s{{0,3}}年?\s{{0,3}}"
    rf"(?P<close>[{_CLOSED}]{{1,2}})年?{_S}"
)
"""A year in brackets: where most numbers begin."""
SHORT_YEAR = re.compile(
    rf"[{re.escape(OPENING)}](?P<year>[0589]\d)年?[{re.escape(CLOSING)}](?=(?:(?![字第号])[\u3400-\u9fff（）()]){{1,14}}字第?\d)"
)
"""A year of two digits before a legacy number: （92）….字第25号."""
HALF_YEAR = re.compile(
    rf"(?P<year>(?:19|20|１９|２０)(?<!\d..)\d\d)\s?年?(?P<close>[{re.escape(CLOSING)}]?){_S}(?={_HAN})(?!年)"
)
"""A year that lacks one bracket or both."""

_BROKEN = rf"(?:\s?\n\s?{_DIGIT}{{1,8}}(?=\s?号))?"  # a serial broken across two lines
SERIAL = rf"(?P<serial>{_DIGIT}{{1,24}}{_BROKEN}|[_＿\s]{{0,6}}(?=号))"
_ITEM = rf"\s?第?\s?\d{{1,8}}(?:[{re.escape(DASH)}]\d{{1,4}})?"
_SUBS = rf"(?:[（(]之\s?{_SUB}[）)]|之\s?{_SUB}(?:[、和及与]\s?之\s?{_SUB})*)"
TAIL = re.compile(
    rf"(?P<serials>(?:\s?(?:[{re.escape(DASH)}至到]|[、，,和及与]|以及){_ITEM}){{0,60}}){_S}号(?P<subs>\s?{_SUBS})?"
)
"""After the first serial: more of them, 号, and 之一."""
MORE = re.compile(
    r"\s?(?:、|和|及|与|以及)\s?第?\s?(?P<serial>\d{1,8}(?:[-－—]\d{1,4})?)\s?号(?![\d楼证房检鉴院店铺线桥]|被告|公证|合同)"
)
"""A further serial after 号: 第244号、301号."""
WITHOUT_HAO = re.compile(
    r"(?P<part>[-－—]\d{1,3})?\s?(?=$|[，。、；：,.;:）)」』”\"》\]】〕！？!?\n]|案|民事|刑事|行政|判决|裁定|调解|决定|执行|一案|之)"
)
"""What must follow a number that lacks 号."""

MODERN = re.compile(
    rf"(?P<code>最{_S}高{_S}(?:法(?!院))?|[{PROVINCES}](?:{_S}[\d{LETTERS}{MASK}]){{0,4}}){_S}"
    rf"(?P<type>{_BODY_HAN}(?:{_S}{_BODY_HAN}){{0,5}}?){_S}(?P<zi>字?)第?{_S}[（(]?{SERIAL}[）)]?"
)
LEGACY = re.compile(
    rf"(?P<type>(?:{_BODY_HAN}|[{re.escape(MASK)}]|[（(〔]{_S}{_BODY_HAN}{{1,3}}{_S}[）)〕]|\s{{1,2}}(?={_HAN})){{1,16}}?){_S}"
    rf"(?P<zi>字{_S}第?|第)第?{_S}[（(]?{SERIAL}[）)]?"
)
BARE = re.compile(rf"(?P<type>{_BODY_HAN}(?:{_S}{_BODY_HAN}){{1,11}}?){_S}{SERIAL}")
"""Court and type with neither a court code nor 字第."""
NO_PROVINCE = re.compile(
    rf"(?P<code>{_HAN}{{0,2}}\d{{2,4}}){_S}(?P<type>{_BODY_HAN}{{1,4}}?){_S}(?P<zi>字?)第?{_S}{SERIAL}"
)
_TYPES = sorted(map(re.escape, (*modern_types(), "民", "刑", "行", "知民", "知行")), key=len, reverse=True)
NO_YEAR = re.compile(
    rf"(?P<code>最高法|[{PROVINCES}]\d{{2}}(?:\d{{2}})?){_S}(?P<type>(?:{'|'.join(_TYPES)})){_S}"
    rf"第?(?P<serial>\d{{1,8}}){_S}号"
)
"""The heart of a modern number whose year is missing or badly written."""

LIKELY = re.compile(
    rf"[{_OPENED}12１２最{PROVINCES}](?="
    rf"(?<=[{_OPENED}])(?:\s{{0,3}}(?:{_FOUR_DIGITS}|[0589]\d)\s{{0,3}}年?\s{{0,3}}[{_CLOSED}])"
    rf"|(?<=[12１２])[09０９]\d\d\s?年?[{re.escape(CLOSING)}]?{_S}(?!年)(?:[最{PROVINCES}]|{_HAN}[^字]{{0,180}}字)"
    rf"|(?<=[12])[09]\d\d[\s)）\]〕\-]{{1,4}}[A-Za-z\u017f\u212a]"
    rf"|(?<=[{PROVINCES}])\d\d|(?<=最)高法)"
)
"""What some part of every case number matches, also of one in Latin letters: a text without it holds none."""

_CATEGORY = re.compile(r"[民刑行商经知执赔破立审再监海申]|[财诉]保")
_ENDING = re.compile(
    r"[初终再申监提抗辖复核重执破赔他保异恢减撤督催特清更少限管指访转移协民刑行立经商][一二三四五六]?$"
    r"|执释$|[刑民行][自假判上未担确矫强]$|[民刑行执]审$|海法?事$|调确$"
)
_NO_COURT = re.compile(
    r"[鉴检证狱税价采贷罚]|公诉|刑诉|监释|担保|仲裁|国用|商标|商评|公安|工商|劳仲|人仲|司法|政行?复|府行?复|公[刑行]?$"
    r"|收监|[一二三四五六七八九十]监$|^[监商]$|法院|判决|[裁决]定|[本一]案|作出"
)
_NO_RULING = re.compile(
    r"\s?[《“]?(?:执行证书|公证|司法鉴定|鉴定|检验|勘[验查]|价格|起诉书|起诉意见|仲裁|林权|土地|房屋?产权|处罚|行政复议|审计|监测)"
)
_OF_OTHERS = re.compile(r"[函字立监发检公鉴证]$")
_NATIONAL = re.compile(r"刑[一二三四五]?[复核]")


def is_court_type(body: str) -> bool:
    """Whether the words between year and serial are those of a court, not of an expert, a notary or an office."""
    plain = re.sub(r"[（()）〔〕\s]", "", body)
    of_court = plain[-1:] in ("初", "终") or (_ENDING.search(plain) and _CATEGORY.search(plain[-6:]))
    return bool(of_court) and not _NO_COURT.search(plain)


def is_clear(body: str) -> bool:
    """Whether a court's type says what is done (初, 终, 再 …) and not only of which kind it is (民, 商)."""
    return body[-1:] not in tuple("民刑行立经商")


def is_of_another(after: str) -> bool:
    """Whether the words after a number name a paper that no court writes."""
    return _NO_RULING.match(after) is not None


def is_lead_of_another(before: str) -> bool:
    """Whether the words before the year are the mark of an office: 鄂检函（2014）…."""
    return _OF_OTHERS.search(before[-1:]) is not None


def is_national_review(body: str) -> bool:
    """Whether a number without court is one of the death-penalty reviews that were printed so."""
    return _NATIONAL.fullmatch(body) is not None
