"""Personal data in a judgment that must not be published (法释〔2016〕19号): found, and masked.

Found are identity, phone, bank card and passport numbers, licence plates, e-mail addresses, homes, names of
minors, and the birth date of a person whose name is hidden. Names of parties, counsel and judges, addresses of
companies, courts and law firms, and a party's own birth date may stand, and are left alone.
"""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    IDENTITY = "identity-number"
    PHONE = "phone"
    BANK_CARD = "bank-card"
    PASSPORT = "passport"
    PLATE = "licence-plate"
    MAIL = "e-mail"
    HOME = "home-address"
    BIRTH = "birth-date"
    MINOR = "minor-name"


@dataclass(frozen=True, slots=True)
class Finding:
    """``text[start:end]`` is personal data."""

    kind: Kind
    start: int
    end: int


HIDDEN = "×××"
"""What stands in the place of a number."""
_ASCII = {
    ord(wide): chr(ord(wide) - 0xFEE0)
    for wide in "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺｘ＠．－"
}
_IDENTITY = re.compile(r"(?<![\dA-Za-z])(?:\d{17}[\dXx]|\d{15})(?![\dA-Za-z])")
_IDENTITY_SAID = re.compile(r"身份证|身份号")
_PROVINCES = frozenset(
    f"{area}{place}"
    for area, places in ((1, 5), (2, 3), (3, 7), (4, 6), (5, 4), (6, 5))
    for place in range(1, places + 1)
) | {"50", "71", "81", "82"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"(?<![\dA-Za-z.])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![\dA-Za-z]|\.\d)")
_LANDLINE = re.compile(r"(?:电话|联系方式|传真)[^，。；\d]{0,6}(?P<data>0\d{2,3}[- ]?\d{7,8}|\d{7,8})(?![\d*＊×xX])")
_CARD = re.compile(r"(?<![\dA-Za-z])[3-6]\d{3}(?: ?\d{4}){2} ?\d{1,7}(?: \d{1,3})?(?![\dA-Za-z])")
_PASSPORT = re.compile(r"(?:护照|通行证)[^。；]{0,12}?(?<![A-Za-z])(?P<data>[A-Z]{1,2}\d{7,8})(?!\d)")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•. ]?"
    r"(?=[A-Z]{0,5}\d)[A-HJ-NP-Z\d]{4,5}[A-HJ-NP-Z\d挂学警港澳](?![\dA-Za-z])"
)
_MAIL = re.compile(
    r"(?<![A-Za-z\d._+-])[A-Za-z\d][A-Za-z\d._+-]*@[A-Za-z\d-]+"
    r"(?:\.[A-Za-z\d-]+)*\.[A-Za-z]{2,}(?![A-Za-z\d])"
)
_LIVES = re.compile(
    r"(?:^|[，,。；;：:、\s（(])(?:现住|暂住|家住|住址|住所|居住|户籍所在|户籍|户口|经常居住|住(?![宅院房宿]))(?:地|址|于|在|所地|所)?[：:为在系]{0,2}"
    r"(?P<data>[^，,。；;、（(）)\s]{3,60})"
)
_FLAT = re.compile(
    r"(?<![\dA-Za-z])(?!X)[\dA-Z]{1,4}(?:号楼|[栋幢座])(?:[东西南北\dA-Z]{1,3}单元)?[A-Z]?\d{1,5}[A-Z]?(?:[室号户房]|(?=[的内，。住家]))"
    r"|(?<![\dA-Za-z栋幢楼])\d{1,2}单元\d{1,5}[室号户房]?"
)
_HOME_BEFORE = re.compile(r"(?:住|家|户籍|传唤|抓获)[^。；]{0,30}$")
_HOME_AFTER = re.compile(r"^[^。；]{0,3}(?:家|的?住处|的?住所|的?暂住|的?租住|的?住宅内)")
_ESTATE = re.compile(r"房产|购买|买|卖|出售|抵押|顶账|查封|车库|过户|拍卖|办公|经营|预售|开发|[套间]|按揭")
_DOOR = re.compile(r"[\d一二三四五六七八九十]+[A-Z]?(?:号楼|[栋幢座号室户组弄队]|单元)")
_NO_HOME = re.compile(
    r"公司|法院|检察院|律师|事务所|看守所|监狱|派出所|公安|医院|学校|中心|银行|酒店|宾馆|网吧|超市|[厂店局委]$|大厦"
)
_BODY = re.compile(r"公司|法定代表人|负责人|营业|经营者|企业|律师|检察院|合作社|委员会|事务所")
_PERSON = re.compile(r"[，,][男女](?:[，,。]|$)|[汉回藏满蒙苗壮]族|出生|文化|身份")
_DISTRICT = re.compile(r"^.*?(?:[县区旗](?!域)|(?<=市)[一-鿿]{1,6}市)")
_BIRTH = re.compile(
    r"(?P<name>[一-鿿]?某[某甲乙丙丁\d]?|[一-鿿][×Xx*＊]{1,2})(?P<between>[^。；]{0,24}?)(?P<data>(?P<year>(?:19|20)\d\d)年\d{1,2}月\d{1,2}日)(?:出?生)|"
    r"(?P<name2>[一-鿿]?某[某甲乙丙丁\d]?)(?P<between2>[^。；]{0,24}?)(?:出生于|生于)(?P<data2>(?P<year2>(?:19|20)\d\d)年\d{1,2}月\d{1,2}日)"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤"
    "尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦柳邢路岳齐沿梅莫庄辛祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄项游阳裴席卫查屈鲍覃霍翁隋植甘景薄包司柏宁柯"
    "阮桂闵柴华冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫嵺苟褚廉简娄盖符奚木穆燕郎邸冀谈姬屠连郜晏栾郁商蒙喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽练仲乐虞卞封竺冼衣楚佟栗匡宗台巫鞠僧桑荆谌银扬沙"
    "伏岑胥保蔺云昌凤酆"
)
_NAME = rf"[{_SURNAMES}](?![某×＊*])[一-鿿]{{1,2}}?"
_END = r"(?=[，,。；;、（(）)：:的与和及由随归在于系（\s]|$|(?:均|尚|已|现|抚养|跟随|未成年))"
_CHILD = re.compile(
    rf"(?:未成年(?:人|被害人|被告人|子女|儿子|女儿|学生)|婚生(?:子|女|儿子|女儿|长子|次子|长女|次女)|非婚生[子女]|幼[女童])[：:]?(?P<data>{_NAME}){_END}"
)
_AGED = re.compile(
    rf"(?:(?<![一-鿿])|(?<=[与和及]))(?:被害人|被害幼女|受害人|证人|原告|被告人?|儿童|学生|其子|其女|儿子|女儿)?(?P<data>{_NAME})[（(，,](?:[男女]|\d|年|月|日|出生|生|[，,、]|.族|时年|现年|年仅|年龄|当时|学生){{0,16}}?(?<!\d)(?P<age>\d{{1,2}})(?:周?岁)"
)
_SUFFIXES = "甲乙丙丁戊己庚辛壬癸"


def find_personal_data(text: str) -> tuple[Finding, ...]:
    """Everything found in one paragraph, in order, without overlap; numbers go before places."""
    plain = text.translate(_ASCII)
    taken: list[Finding] = []
    for find in _FINDERS:
        for found in find(plain):
            if all(found.end <= other.start or found.start >= other.end for other in taken):
                taken.append(found)
    return tuple(sorted(taken, key=lambda found: found.start))


def masked(text: str) -> tuple[str, Counter[Kind]]:
    """``text`` (paragraphs on lines of their own) with everything found hidden, and how much of each kind was.

    A number becomes ×××; a home ends at its county or district; a birth date keeps its year; a minor keeps the
    surname (张某), minors of one surname being told apart (张某甲, 张某乙), wherever the name stands.
    """
    counts: Counter[Kind] = Counter()
    names: dict[str, None] = {}
    lines = []
    for line in text.split("\n"):
        out, place = [], 0
        for found in find_personal_data(line):
            counts[found.kind] += 1
            data = line[found.start : found.end]
            if found.kind is Kind.MINOR:
                names[data] = None
                continue
            out += [line[place : found.start], _hidden(found.kind, data)]
            place = found.end
        lines.append("".join([*out, line[place:]]))
    whole = "\n".join(lines)
    for name, hidden in _minors(names).items():
        whole = whole.replace(name, hidden)
    return whole, counts


def _hidden(kind: Kind, data: str) -> str:
    if kind is Kind.HOME:
        district = _DISTRICT.match(data)
        return district[0] if district else HIDDEN
    return f"{data[:4]}年" if kind is Kind.BIRTH else HIDDEN


def _minors(names: Mapping[str, None]) -> dict[str, str]:
    """What each name becomes; the longest name first, so that none is replaced within another."""
    families: dict[str, list[str]] = {}
    for name in names:
        families.setdefault(name[0], []).append(name)
    hidden = {
        name: f"{surname}某" if len(family) == 1 else f"{surname}某{_SUFFIXES[place % len(_SUFFIXES)]}"
        for surname, family in families.items()
        for place, name in enumerate(family)
    }
    return dict(sorted(hidden.items(), key=lambda pair: -len(pair[0])))


def is_identity_number(digits: str) -> bool:
    """Whether the check digit (or, in the old form of 15, the place) and the birth date are right."""
    if digits[:2] not in _PROVINCES:
        return False
    long = len(digits) == 18
    born = digits[6:14] if long else f"19{digits[6:12]}"
    if not _is_date(int(born[:4]), int(born[4:6]), int(born[6:])):
        return False
    return (
        not long
        or "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=False)) % 11] == digits[17].upper()
    )


def is_card_number(digits: str) -> bool:
    """Whether 16 to 19 digits end in their check digit (Luhn)."""
    if not 16 <= len(digits) <= 19:
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return datetime.date(year, month, day).year >= 1880
    except ValueError:
        return False


def _identities(text: str) -> Iterator[Finding]:
    for match in _IDENTITY.finditer(text):
        old = len(match[0]) == 15 and not _IDENTITY_SAID.search(text[max(0, match.start() - 20) : match.start()])
        if not old and is_identity_number(match[0]):
            yield Finding(Kind.IDENTITY, *match.span())


def _cards(text: str) -> Iterator[Finding]:
    for match in _CARD.finditer(text):
        if is_card_number(match[0].replace(" ", "")):
            yield Finding(Kind.BANK_CARD, *match.span())


def _plain(kind: Kind, pattern: re.Pattern[str]) -> Callable[[str], Iterator[Finding]]:
    group = "data" if "data" in pattern.groupindex else 0

    def find(text: str) -> Iterator[Finding]:
        for match in pattern.finditer(text):
            yield Finding(kind, *match.span(group))

    return find


def _homes(text: str) -> Iterator[Finding]:
    """Where a person lives, down to the door; a sentence about a company or an office is about its seat."""
    for match in _LIVES.finditer(text):
        clause = match["data"]
        seat = "住所" in match[0] or "住址" in match[0]  # so is the seat of a company or a farm called
        if seat and not _PERSON.search(_before(text, match.start())):
            continue
        if _DOOR.search(clause) and not _NO_HOME.search(clause) and not _BODY.search(_before(text, match.start())):
            yield Finding(Kind.HOME, *match.span("data"))
    for match in _FLAT.finditer(text):
        before, after = _before(text, match.start()), text[match.end() : match.end() + 12]
        lived_in = _HOME_BEFORE.search(before) or _HOME_AFTER.search(after)
        if lived_in and not _ESTATE.search(before[-30:] + after) and not _BODY.search(before):
            yield Finding(Kind.HOME, *match.span())


def _before(text: str, place: int) -> str:
    """The sentence up to ``place``."""
    start = max(text.rfind(mark, 0, place) for mark in "。；\n")
    return text[start + 1 : place]


def _births(text: str) -> Iterator[Finding]:
    for match in _BIRTH.finditer(text):
        yield Finding(Kind.BIRTH, *match.span("data" if match["data"] else "data2"))


def _minor_names(text: str) -> Iterator[Finding]:
    for match in _CHILD.finditer(text):
        yield Finding(Kind.MINOR, *match.span("data"))
    for match in _AGED.finditer(text):
        if int(match["age"]) < 18:
            yield Finding(Kind.MINOR, *match.span("data"))


_FINDERS: tuple[Callable[[str], Iterator[Finding]], ...] = (
    _identities,
    _plain(Kind.MAIL, _MAIL),
    _plain(Kind.PHONE, _MOBILE),
    _cards,
    _plain(Kind.PHONE, _LANDLINE),
    _plain(Kind.PASSPORT, _PASSPORT),
    _plain(Kind.PLATE, _PLATE),
    _homes,
    _births,
    _minor_names,
)
