"""What a brief says of a ruling near its citation: court, case name, cause, date, document type, instance, place.

Only what stands in the same sentence and leads to the citation, or follows it, by nothing but links
(作出的, 于, “in”, commas, brackets) is taken to be said of it. The text is peeled from the citation outwards,
one known piece after another, until something comes that is not known; what lies beyond is not read.
"""

import re
from dataclasses import dataclass

from app.briefs.case_names import CASE_NAME, CASE_NAME_EN, CASE_NAME_OF_TWO, CaseName, case_name
from app.briefs.court_names import NamedCourt, named_courts
from app.briefs.said_causes import cause_at_end, cause_at_start, cause_in
from app.briefs.said_dates import DATE, SaidDate, read_date
from indexer.domain.ruling import CaseType, DocumentType, Procedure

_DOCUMENTS = {
    "判决": DocumentType.JUDGMENT,
    "裁定": DocumentType.ORDER,
    "决定": DocumentType.DECISION,
    "调解": DocumentType.MEDIATION,
    "judg": DocumentType.JUDGMENT,
    "orde": DocumentType.ORDER,
    "medi": DocumentType.MEDIATION,
}
_CASE_TYPES = {
    "民事": CaseType.CIVIL,
    "行政": CaseType.ADMINISTRATIVE,
    "刑事": CaseType.CRIMINAL,
    "civi": CaseType.CIVIL,
    "admi": CaseType.ADMINISTRATIVE,
    "crim": CaseType.CRIMINAL,
}
_INSTANCES = {
    "一审": Procedure.FIRST_INSTANCE,
    "二审": Procedure.SECOND_INSTANCE,
    "再审": Procedure.RETRIAL,
    "firs": Procedure.FIRST_INSTANCE,
    "seco": Procedure.SECOND_INSTANCE,
    "retr": Procedure.RETRIAL,
}
_KIND = r"(?:(?P<kind>民事|行政|刑事)|(?P<instance>一审|二审|再审|终审)){0,2}"
_KIND_EN = r"(?:(?P<kind_en>[Cc]ivil|[Aa]dministrative|[Cc]riminal)\s+)?"
_INSTANCE_EN = r"(?:(?P<instance_en>[Ff]irst[- ]instance|[Ss]econd[- ]instance|[Rr]etrial)\s+)?"
_DOCUMENT_AFTER = re.compile(
    rf"[\s）)》\]】]{{0,3}}(?:{_KIND}(?P<document>判决书?|裁定书?|调解书|(?:民事|行政|刑事)决定书)"
    rf"|,?\s*\(?{_INSTANCE_EN}{_KIND_EN}"
    r"(?P<document_en>[Jj]udge?ment|[Oo]rder|[Mm]ediation [Aa]greement)\b)"
)
_DOCUMENT_BEFORE = re.compile(
    rf"(?:{_KIND}(?P<document>判决书|裁定书|调解书)"
    rf"|{_INSTANCE_EN}(?P<kind_en>[Cc]ivil|[Aa]dministrative|[Cc]riminal)\s+"
    rf"(?P<document_en>[Jj]udge?ment|[Oo]rder)(?:\s+[Nn]o\.?)?)[\s（(《:：]*$"
)
_SOFT_BEFORE = re.compile(r"[\s，,、：:（(\[【《〈—-]+$")
_LINK_BEFORE = re.compile(
    r"(?:(?:作出|做出|审理|审结|宣判|发布|公布)(?:的|了)?|对|就|于|在|的|了|(?:由|经)|生效|终审|[一二再]审|案号(?:为|是|系)?|即|另见|参见|详见|见"
    r"|参照|援引|如|一案|案件|该案|案|中|其|[（(](?:[一二再]审|再审审查)[）)]"
    r"|(?i:\b(?:see|also|in|of|by|the|its|no\.?|case|under|number|decision|ruling|judgment|judgement|rendered|issued|delivered"
    r"|that|a|at|is)|['’]s))$"
)
_VERB_BEFORE = re.compile(
    r"\b(?:decided|held|ruled|found|explained|stated|confirmed|reasoned|observed|noted|concluded|considered|recognised"
    r"|recognized|emphasised|emphasized|clarified|said|wrote|put it|made clear|pointed out)$",
    re.IGNORECASE,
)
_OBJECT_OF = re.compile(
    r"(?:affirm|revers|upheld|uphold|overturn|overrul|set aside|quash|remand|from|against|correct|follow|to|unlike"
    r"|and|with)"
    r"(?:ed|ing|s)?(?: by)?(?: the)?\s*$|(?:不服|撤销|维持|推翻|纠正|与|和|及|、)$",
    re.IGNORECASE,
)
_JOINS = re.compile(r"[、与和及]|以及|,? ?and(?: the)?", re.IGNORECASE)
_DATE_BEFORE = re.compile(rf"{DATE}$")
_MADE = re.compile(
    r"(?:作出|做出|判决|审结|宣判|裁定)|\b(?:decided|rendered|issued|delivered|held|ruled)\b", re.IGNORECASE
)
_CLOSED = re.compile(r"\s*(?:[）)\]】，,。；;]|\.(?:\s|$)|$)")
_DATED_AFTER = re.compile(
    r"[\s，,（(\[]*(?:,?\s*(?:decided on|decided|dated|rendered on|issued on|delivered on|of|on|于)\s*)?"
    rf"(?P<date>{DATE})",
    re.IGNORECASE,
)
_YEAR_IN_BRACKET = re.compile(r"[\s,]*(?P<date>(?:19|20)\d\d)(?=\s*[）)\]])")
_MADE_AFTER = re.compile(r"\s*(?:由[^，。；]{2,20})?(?:作出|做出|判决|宣判|审结|裁定)")
_COURT_SPEAKS = re.compile(
    r"[\s）)》]*(?:判决书?|裁定书?)?(?:一)?案?(?:件)?(?:中|里)[，,]?(?P<court>[^，,。；;]{4,24}?)"
    r"(?:二审|终审|再审)?(?:认为|认定|指出|明确|强调|判决|裁定|判令|确认|阐明|阐述)"
)
_COURT_SPEAKS_EN = re.compile(
    r"[\s\])]*,?\s*(?:the\s+)?(?P<court>[A-Z][^,;]{2,60}?)\s+(?:held|found|ruled|decided|stated|reasoned|concluded"
    r"|considered|noted|observed|explained|confirmed|emphasi[sz]ed)\b"
)
_SOFT_AFTER = re.compile(r"[\s，,：:（(\[—]+")
_PINPOINT = re.compile(
    r"[^。；;]{0,30}?(?:第\s*(?P<zh>\d{1,4})\s*(?:自然)?段|\b(?:paras?\.?|paragraphs?|¶+|at)\s*\[?(?P<en>\d{1,4})\b|[#，,\s（(](?P<id>[ph]\d{1,4})\b)"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one citation; None and empty where nothing is, or nothing that is surely said of it."""

    court: NamedCourt | None = None
    certain_court: bool = True
    """False when another court of the same dispute may be meant."""
    case_name: CaseName | None = None
    cause: str = ""
    date: SaidDate | None = None
    document: str = ""
    document_type: DocumentType | None = None
    case_type: CaseType | None = None
    procedure: Procedure | None = None
    pinpoint: str | None = None


class _Reading:
    """A `Said` while it is being read; the first thing read of a kind stays."""

    def __init__(self) -> None:
        self.court: NamedCourt | None = None
        self.certain_court = True
        self.case_name: CaseName | None = None
        self.cause = ""
        self.date: SaidDate | None = None
        self.document = ""
        self.document_type: DocumentType | None = None
        self.case_type: CaseType | None = None
        self.procedure: Procedure | None = None
        self.pinpoint: str | None = None

    def name_document(self, match: re.Match[str]) -> None:
        groups = match.groupdict()
        self.document = match[0].strip(" （(《）)》]】[:：,")
        word = groups["document"] or groups["document_en"] or ""
        self.document_type = _DOCUMENTS.get(
            word.removeprefix("民事").removeprefix("行政").removeprefix("刑事")[:4].lower()[:2]
        )
        self.document_type = self.document_type or _DOCUMENTS.get(word[:4].lower())
        kind = groups["kind"] or groups["kind_en"] or word[:2]
        self.case_type = _CASE_TYPES.get(kind[:4].lower())
        self.procedure = _INSTANCES.get((groups["instance"] or groups.get("instance_en") or "")[:4].lower())

    def name_case(self, name: CaseName) -> None:
        self.case_name = name
        self.cause = self.cause or cause_in(name.words)

    def done(self) -> Said:
        return Said(
            self.court,
            self.certain_court,
            self.case_name,
            self.cause,
            self.date,
            self.document,
            self.document_type,
            self.case_type,
            self.procedure,
            self.pinpoint,
        )


def read_context(before: str, after: str, follows: bool, precedes: bool) -> Said:
    """What is said of a citation between the text before and after it, both cut at the sentence.

    ``follows`` and ``precedes`` tell that the texts end at another citation, of which what stands
    nearer to it is said.
    """
    reading = _Reading()
    opened = before.rstrip()[-1:] in set("（([【") if before.rstrip() else False
    _read_after(reading, _within_bracket(after) if opened else after, precedes, before)
    _read_before(reading, before, follows)
    if opened and not reading.document and (match := _DOCUMENT_AFTER.match(after)):
        reading.name_document(match)
    return reading.done()


def _within_bracket(after: str) -> str:
    depth = 0
    for place, char in enumerate(after):
        depth += (char in "（([【") - (char in "）)]】")
        if depth < 0:
            return after[:place]
    return after


def _read_before(reading: _Reading, before: str, follows: bool) -> None:
    """Peel the text before a citation from its end."""
    text, parted, made, verb, linked = before, False, False, False, False
    if match := _DOCUMENT_BEFORE.search(text):
        if not reading.document:
            reading.name_document(match)
        text = text[: match.start()]
    for _ in range(24):
        peeled = _SOFT_BEFORE.sub("", text)
        parted = parted or any(mark in text[len(peeled) :] for mark in "，,、")
        text = peeled
        if not text:
            return
        of_other = follows and parted
        if (court := _court_at_end(text)) is not None:
            text = text[: -len(court.words)]
            joined = follows and _JOINS.fullmatch(text.strip())  # the next citation of a list, with its court
            stands_apart = (of_other and not text.strip()) or (not joined and _OBJECT_OF.search(text))
            if reading.court is None and not stands_apart:
                reading.court, reading.certain_court = court, verb or made or not linked
        elif match := _DATE_BEFORE.search(text):
            text = text[: match.start()]
            if reading.date is None and (made or verb or _court_at_end(_SOFT_BEFORE.sub("", text))):
                reading.date = read_date(match[0])
        elif name := _case_name_at_end(text):
            text = text[: -len(name[0])]
            if reading.case_name is None and not (of_other and not text.strip()):
                reading.name_case(name[1])
            return
        elif (cause := cause_at_end(text)) and not reading.cause:
            reading.cause = cause
            return
        elif match := _VERB_BEFORE.search(text):
            text, verb = text[: match.start()], True
        elif match := _LINK_BEFORE.search(text):
            made = made or _MADE.search(match[0]) is not None
            linked = linked or match[0] not in ("的", "of", "the", "no.", "No.")
            text = text[: match.start()]
        else:
            return


def _read_after(reading: _Reading, after: str, precedes: bool, before: str) -> None:
    """Peel the text after a citation from its beginning."""
    text = after
    if match := _DOCUMENT_AFTER.match(text):
        reading.name_document(match)
        text = text[match.end() :]
    if match := _PINPOINT.match(after):
        number = match["zh"] or match["en"]
        reading.pinpoint = match["id"] or f"p{number}"
    if spoken := _COURT_SPEAKS.match(after) or (
        _COURT_SPEAKS_EN.match(after) if re.search(r"\b[Ii]n(?: the)?\s*\(?$|[（(]\s*$", before) else None
    ):
        courts = list(named_courts(spoken["court"]))
        if len(courts) == 1 and courts[0][1] == len(spoken["court"]):
            reading.court, reading.certain_court = courts[0][2], False
    for _ in range(8):
        text = text[soft.end() :] if (soft := _SOFT_AFTER.match(text)) else text
        taken = _take_after(reading, text, precedes)
        if not taken:
            return
        text = text[taken:]


def _take_after(reading: _Reading, text: str, precedes: bool) -> int:
    """Read one piece at the beginning of a text; how long it was, 0 when there is none."""
    if match := _DATED_AFTER.match(text) or _YEAR_IN_BRACKET.match(text):
        rest = text[match.end() :]
        if reading.date is None and (_CLOSED.match(rest) or _MADE_AFTER.match(rest)) and not _leads_on(rest, precedes):
            reading.date = read_date(match["date"])
        return match.end()
    for start, end, court in named_courts(text[:90]):
        if text[:start].strip(" the由") or not (
            _CLOSED.match(text[end:]) or re.match(rf"\s*(?:{DATE}|于|(?:19|20)\d\d\s*[）)\]])", text[end:])
        ):
            break
        if reading.court is None and not _leads_on(text[end:], precedes):
            reading.court, reading.certain_court = court, False
        return end
    for pattern in (CASE_NAME, CASE_NAME_EN, CASE_NAME_OF_TWO):
        match = pattern.match(text)
        name = case_name(match) if match else None
        if match and name and not _leads_on(text[match.end() :], precedes):
            if reading.case_name is None and (pattern is not CASE_NAME_EN or _CLOSED.match(text[match.end() :])):
                reading.name_case(name)
            return match.end()
    if (cause := cause_at_start(text)) and not reading.cause:
        reading.cause = cause
    return 0


def _leads_on(rest: str, precedes: bool) -> bool:
    """Whether nothing but links stands between here and the next citation."""
    return precedes and not re.sub(r"[\s，,、：:（(\[《]|的|作出|案|in|no\.?", "", rest)


def _court_at_end(text: str) -> NamedCourt | None:
    window = text[-90:]
    return next((court for _, end, court in named_courts(window) if end == len(window)), None)


def _case_name_at_end(text: str) -> tuple[str, CaseName] | None:
    window = re.sub(r"^.*[。；;\n]", "", text[-170:], flags=re.DOTALL)
    bare = re.sub(r"[（(][^（()）]{1,16}[）)]$", "", window)  # 案（一审）
    for pattern in (CASE_NAME, CASE_NAME_EN, CASE_NAME_OF_TWO):
        for match in pattern.finditer(bare):
            if match.end() == len(bare) and (name := case_name(match)):
                return window[match.start() :], name
    return None
