"""A brief of some fifty pages with 200 citations, Chinese and English, 40 of them with a planted fault.

It is made from what the corpus holds: every sound citation says of its ruling what the ruling says, in one of
the forms that lawyers use; every fault changes one thing. Nothing is drawn by chance, so a failure can be read.
"""

import calendar
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.briefs.model import Verdict
from indexer.domain.dates import PartialDate
from indexer.domain.people import PartyRole
from indexer.domain.registry import courts
from indexer.domain.ruling import CaseType, DocumentType, Part, Procedure, Ruling

FILLER_ZH = (
    "代理人认为，上述裁判所体现的规则与本案争议焦点直接相关。本案被诉行为发生的背景、双方的主观状态以及损害后果，"
    "均与该案相近；被告虽强调其经营模式具有创新性，但创新并不当然免除其合理注意的义务，亦不能成为减损他人合法权益的理由。"
    "就举证而言，原告已经提交了公证取证的材料、销售数据以及行业报告，足以使待证事实达到高度可能的程度；"
    "被告如主张相反事实，应当承担相应的举证责任，否则应当承担不利的法律后果。"
)
FILLER_EN = (
    "Counsel submits that the reasoning applies with equal force here. The conduct complained of took place in the "
    "same industry, the state of mind of the parties was comparable, and the harm that followed was of the same kind. "
    "The defendant stresses that its business model is novel; novelty alone is no defence where the lawful interests "
    "of others are harmed. The claimant has put in notarised evidence, sales figures and reports of the trade, which "
    "together meet the standard of proof; the burden of showing the contrary now lies with the defendant. "
)
DOCUMENTS = {DocumentType.JUDGMENT: ("判决书", "judgment"), DocumentType.ORDER: ("裁定书", "order")}
KINDS = {CaseType.CIVIL: ("民事", "civil"), CaseType.ADMINISTRATIVE: ("行政", "administrative")}
SECOND = Procedure.SECOND_INSTANCE
MONTHS = calendar.month_name[1:]
PLAINTIFF = {PartyRole.PLAINTIFF, PartyRole.APPELLANT, PartyRole.RETRIAL_APPLICANT, PartyRole.APPLICANT}
DEFENDANT = {PartyRole.DEFENDANT, PartyRole.APPELLEE, PartyRole.RETRIAL_RESPONDENT, PartyRole.RESPONDENT}


@dataclass(frozen=True, slots=True)
class Expected:
    """One citation of the brief: its paragraph, and what the check must say of it."""

    paragraph: str
    verdict: Verdict = Verdict.CONSISTENT
    reason: str = ""
    """The code of the planted fault; ``-`` for one that needs no reason, empty for a sound citation."""


@dataclass
class Facts:
    """What a form may say of a ruling; a fault replaces one of them."""

    ruling: Ruling
    court: str = ""
    court_en: str = ""
    number: str = ""
    document: str = ""
    document_en: str = ""
    date: str = ""
    date_en: str = ""
    case: str = ""
    case_en: str = ""
    cause: str = ""
    quote: str = ""
    quote_en: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ruling = self.ruling
        name = courts()[ruling.court].name
        kind, document = KINDS[ruling.case_type], DOCUMENTS[ruling.document_type]
        self.court, self.court_en = name.zh or "", name.en or ""
        self.number = str(ruling.number)
        self.document, self.document_en = kind[0] + document[0], f"{kind[1]} {document[1]}"
        self.date, self.date_en = in_chinese(ruling.decision_date), in_english(ruling.decision_date)
        self.case, self.case_en = case_of(ruling, "zh"), case_of(ruling, "en")
        self.cause = ruling.cause.zh or ""
        self.quote, self.quote_en = own_words(ruling)
        for name_, value in self.changes.items():
            setattr(self, name_, value)


def in_chinese(date: PartialDate | None) -> str:
    if date is None:
        return ""
    return f"{date.year}年" + (f"{date.month}月" if date.month else "") + (f"{date.day}日" if date.day else "")


def in_english(date: PartialDate | None) -> str:
    if date is None or not date.month:
        return ""
    return f"{MONTHS[date.month - 1]} {date.day}, {date.year}" if date.day else f"{MONTHS[date.month - 1]} {date.year}"


def case_of(ruling: Ruling, language: str) -> str:
    """甲公司诉乙公司 or “A v. B”, from the first party of each side; empty when a side is not known."""
    sides = []
    for roles in (PLAINTIFF, DEFENDANT):
        names = [party.name for party in ruling.parties if (party.role_below or party.role) in roles]
        sides.append((names[0].zh if language == "zh" else names[0].en) or "" if names else "")
    return ("诉" if language == "zh" else " v. ").join(sides) if all(sides) else ""


def own_words(ruling: Ruling) -> tuple[str, str]:
    """A holding that has no quotation marks of its own, in both languages."""
    for part, paragraph in ruling.paragraphs:
        text, english = paragraph.text, paragraph.translation or ""
        if part is Part.HOLDINGS and not any(mark in text + english for mark in '“”"「《（('):
            return text.removeprefix("法院认为，").rstrip("。"), english.rstrip(".")
    return "", ""


FORMS: Sequence[tuple[str, Callable[[Facts], str]]] = (
    ("court", lambda f: f"{f.court}{f.number}{f.document}对此已有明确认定。"),
    ("court", lambda f: f"类似观点参见{f.court}{f.number}{f.document}。"),
    ("court", lambda f: f"在{f.number}案中，{f.court}认为，此类行为应当予以规制。"),
    ("quote", lambda f: f"{f.court}在{f.number}{f.document}中指出：“{f.quote}。”"),
    ("quote", lambda f: f"法院认为“{f.quote}”（{f.court}{f.number}{f.document}）。"),
    ("date", lambda f: f"{f.court}于{f.date}作出{f.number}{f.document}，确立了同样的规则。"),
    ("date", lambda f: f"{f.date}，{f.court}作出{f.number}{f.document}，可资参照。"),
    ("date", lambda f: f"该规则见于{f.court}{f.number}{f.document}（{f.date}）。"),
    ("case", lambda f: f"在{f.case}{f.cause}一案（{f.court}{f.number}{f.document}）中，也有同样的认定。"),
    ("case", lambda f: f"例如，{f.case}{f.cause}案，{f.court}{f.number}{f.document}。"),
    ("case", lambda f: f"又如{f.number}{f.case}{f.cause}案。"),
    ("court", lambda f: f"The {f.court_en} took the same view in {f.number}."),
    ("court", lambda f: f"In {f.number}, the {f.court_en} held that such conduct calls for a remedy."),
    ("date_en", lambda f: f"See {f.number} ({f.court_en}, {f.date_en})."),
    ("date_en", lambda f: f"On {f.date_en}, the {f.court_en} decided {f.number}."),
    ("case_en", lambda f: f"In {f.case_en}, {f.number}, the {f.court_en} came to the same result."),
    ("case_en", lambda f: f"See also {f.case_en}, {f.court_en}, {f.number}."),
    ("quote_en", lambda f: f"In {f.number}, the {f.court_en} held that “{f.quote_en}.”"),
    ("court", lambda f: f"The {f.document_en} {f.number} of the {f.court_en} is in point."),
)
"""The forms, each with the fact it needs."""


def sound(rulings: Sequence[Ruling]) -> Iterator[Expected]:
    """One sound citation of each ruling, the forms in turn; a form that needs what is not known is passed over."""
    turn = 0
    for ruling in rulings:
        facts = Facts(ruling)
        for step in range(len(FORMS)):
            needs, form = FORMS[(turn + step) % len(FORMS)]
            if getattr(facts, needs):
                yield Expected(form(facts))
                turn += step + 1
                break


SOUND_STATUTES = (
    "《中华人民共和国专利法》第六十五条对赔偿数额的计算方法作了规定。",
    "依照《中华人民共和国反不正当竞争法》（2019年修正）第二条的规定，经营者应当遵循诚信的原则。",
    "《中华人民共和国民法典》第一千一百八十五条规定了惩罚性赔偿。",
    "被诉行为发生于2016年，应当适用《中华人民共和国著作权法》（2010年修正）第四十八条。",
    "参照《中华人民共和国商标法》（2013年修正）第六十三条确定赔偿数额。",
    "另见法释〔2021〕4号关于惩罚性赔偿的规定。",
    "最高人民法院法释〔2016〕1号对等同特征的认定亦有规定。",
    "《中华人民共和国反垄断法》（2022年修正）第二十二条禁止滥用市场支配地位。",
    "《中华人民共和国侵权责任法》第三十六条在民法典施行前已有规定。",
    "最高人民法院指导案例84号确立了方法专利侵权的判断思路。",
    "最高人民法院指导性案例第92号亦可参照。",
    "The same follows from SPC Guiding Case No. 82.",
)

FAULTY_STATUTES = (
    Expected(
        "依照《中华人民共和国反不正当竞争法》（2016年修正）第二条，被告构成不正当竞争。",
        Verdict.DIFFERS,
        "statute-no-such-version",
    ),
    Expected(
        "《中华人民共和国专利法》（2015年修正）第六十五条规定了赔偿数额。", Verdict.DIFFERS, "statute-no-such-version"
    ),
    Expected("《中华人民共和国专利法》第一百八十条对此已有规定。", Verdict.DIFFERS, "statute-no-such-article"),
    Expected(
        "被诉行为发生于2015年，应当适用《中华人民共和国著作权法》（2020年修正）第五十二条。",
        Verdict.DIFFERS,
        "statute-not-in-force",
    ),
)

FAULTY_NUMBERS = (
    Expected("北京知识产权法院（2019）京73民初99871号民事判决书持相同观点。", Verdict.NOT_HELD, "-"),
    Expected("参见上海知识产权法院（2018）沪73民终99762号民事判决书。", Verdict.NOT_HELD, "-"),
    Expected("The Beijing High People's Court said as much in （2017）京民终99653号.", Verdict.NOT_HELD, "-"),
    Expected("最高人民法院（2021）最高法知民终99544号民事判决书亦同。", Verdict.NOT_HELD, "-"),
    Expected("北京知识产权法院（2029）京73民终102号民事判决书已有认定。", Verdict.IMPOSSIBLE, "numbering:future-year"),
    Expected("参见最高人民法院（2018）最高法知民终73号民事判决书。", Verdict.IMPOSSIBLE, "numbering:court-not-founded"),
    Expected(
        "See （2021）京0108民终615号 for the same proposition.", Verdict.IMPOSSIBLE, "numbering:type-not-of-level"
    ),
    Expected(
        "另见北京知识产权法院（2014）京73民初88号民事判决书。", Verdict.IMPOSSIBLE, "numbering:modern-before-2016"
    ),
    Expected("类似的还有（2016）京73民588号民事判决书。", Verdict.MALFORMED, "malformed"),
    Expected("参见京73民终3802号民事判决书。", Verdict.MALFORMED, "malformed"),
    Expected("The court in 2016）京73民终588号 decided likewise.", Verdict.MALFORMED, "malformed"),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault: the form, by its number, what of the ruling is changed, and the reason it must be given."""

    form: int
    changes: Mapping[str, str]
    reason: str
    verdict: Verdict = Verdict.DIFFERS
    wants: Callable[[Ruling], bool] = lambda ruling: True


def is_civil_judgment(ruling: Ruling) -> bool:
    return ruling.case_type is CaseType.CIVIL and ruling.document_type is DocumentType.JUDGMENT


def is_masked(ruling: Ruling) -> bool:
    return any("某" in (party.name.zh or "") for party in ruling.parties)


def is_of(*ids: str) -> Callable[[Ruling], bool]:
    return lambda ruling: ruling.court in ids and is_civil_judgment(ruling) and not is_masked(ruling)


PLANTED: Sequence[Planted] = (
    Planted(0, {"court": "上海知识产权法院"}, "court", wants=is_of("bjipc")),
    Planted(1, {"court": "北京高院"}, "court", wants=is_of("bjipc")),
    Planted(5, {"court": "广东省高级人民法院"}, "court", wants=is_of("spc-ipt")),
    Planted(2, {"court": "杭州互联网法院"}, "court", wants=is_of("spc-ipt")),
    Planted(13, {"court_en": "Guangzhou IP Court"}, "court", wants=is_of("bjipc")),
    Planted(0, {"document": "民事裁定书"}, "document-type", wants=is_of("bjipc")),
    Planted(1, {"document": "行政判决书"}, "document-type", wants=is_of("spc-ipt")),
    Planted(18, {"document_en": "administrative judgment"}, "document-type", wants=is_of("spc-ipt")),
    Planted(
        0,
        {"document": "一审民事判决书"},
        "procedure",
        wants=lambda r: is_of("beijing-high")(r) and r.procedure is SECOND,
    ),
    Planted(5, {"date": "2011年5月9日"}, "date", wants=is_of("bjipc")),
    Planted(7, {"date": "2012年4月"}, "date", wants=is_of("spc-ipt")),
    Planted(13, {"date_en": "July 1, 2011"}, "date", wants=is_of("spc-ipt")),
    Planted(14, {"date_en": "3 May 2010"}, "date", wants=is_of("bjipc")),
    Planted(8, {"case": "虚构晨曦玩具公司诉虚构暮光文具公司"}, "party", wants=is_of("bjipc")),
    Planted(9, {"case": "虚构青禾粮油公司诉虚构赤岩矿山公司"}, "party", wants=is_of("spc-ipt")),
    Planted(15, {"case_en": "Fictitious Zephyr Ltd. v. Imaginary Quokka Inc."}, "party", wants=is_of("bjipc")),
    Planted(16, {"case_en": "Fictitious Zephyr Ltd. v. Imaginary Quokka Inc."}, "party", wants=is_of("spc-ipt")),
    Planted(9, {"cause": "植物新品种合同纠纷"}, "cause", wants=is_of("bjipc")),
    Planted(
        8, {"cause": "侵害商业秘密纠纷"}, "cause", wants=lambda r: "patent" in str(r.causes) and is_of("spc-ipt")(r)
    ),
    Planted(3, {"quote": "NEGATED"}, "quotation-meaning", wants=is_of("bjipc")),
    Planted(17, {"quote_en": "NEGATED"}, "quotation-meaning", wants=is_of("spc-ipt")),
    Planted(4, {"quote": "CHANGED"}, "quotation-near", Verdict.CONSISTENT, is_of("bjipc")),
    Planted(
        3,
        {"quote": "虚构的引文声称月球表面的商标使用应当推定为善意并免予举证"},
        "quotation-not-in-digest",
        Verdict.CONSISTENT,
        is_of("spc-ipt"),
    ),
    Planted(3, {"quote": "CLAIMED"}, "whose-words", wants=is_of("bjipc")),
    Planted(4, {"quote": "BELOW"}, "whose-words", wants=is_of("spc-ipt")),
)


def planted(rulings: Sequence[Ruling]) -> Iterator[Expected]:
    """The faults about rulings, each of another ruling that has what the form and the fault need."""
    used: set[str] = set()
    for fault in PLANTED:
        needs, form = FORMS[fault.form]
        for ruling in rulings:
            changes = {name: mutated(value, ruling) for name, value in fault.changes.items()}
            facts = Facts(ruling, changes=changes)
            known = all(changes.values()) and getattr(Facts(ruling), needs)
            if ruling.id not in used and fault.wants(ruling) and known:
                used.add(ruling.id)
                yield Expected(form(facts), fault.verdict, fault.reason)
                break
        else:
            raise AssertionError(f"no ruling for {fault}")


def mutated(value: str, ruling: Ruling) -> str:
    """A fault's words; a word in capitals is made out of the ruling's own, empty when it can't be."""
    quote, english = own_words(ruling)
    match value:
        case "NEGATED" if "不" in quote and " not " in english:
            return quote.replace("不", "", 1) if ruling.court == "bjipc" else english.replace(" not ", " ", 1)
        case "CHANGED" if len(quote) > 20 and "应当" in quote:
            return quote.replace("应当", "应该", 1)
        case "CLAIMED" | "BELOW":
            wanted = Part.CLAIMS if value == "CLAIMED" else Part.FIRST_INSTANCE
            texts = [paragraph.text.rstrip("。") for part, paragraph in ruling.paragraphs if part is wanted]
            return next((text for text in texts if len(text) > 12 and not set(text) & set("“”（）《》")), "")
        case "NEGATED" | "CHANGED":
            return ""
    return value


def brief(rulings: Sequence[Ruling]) -> list[Expected]:
    """All paragraphs, the faults spread among the sound ones: 160 sound and 40 faulty."""
    faults = [*planted(rulings), *FAULTY_NUMBERS, *FAULTY_STATUTES]
    right = [*(Expected(text) for text in SOUND_STATUTES)]
    right += list(sound(rulings))[: 160 - len(right)]
    assert (len(right), len(faults)) == (160, 40)
    paragraphs: list[Expected] = []
    for index, each in enumerate(right):
        paragraphs.append(each)
        if index % 4 == 3:
            paragraphs.append(faults[index // 4])
    return paragraphs


def passages(paragraphs: Sequence[Expected]) -> list[str]:
    """The text of the brief: each paragraph with what counsel adds."""
    return [f"{each.paragraph}{FILLER_EN if each.paragraph.isascii() else FILLER_ZH}" for each in paragraphs]
