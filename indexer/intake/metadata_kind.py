"""What kind of ruling it is: type of document, procedure, case type."""

import re

from indexer.domain.case_number import CaseNumber
from indexer.domain.ruling import CaseType, DocumentType, Procedure
from indexer.intake.metadata_title import document_words

_DOCUMENT = {
    "判决": DocumentType.JUDGMENT,
    "裁定": DocumentType.ORDER,
    "决定": DocumentType.DECISION,
    "调解": DocumentType.MEDIATION,
}
# By the type code (法〔2015〕137号), the first that fits: 刑核 and the like are reviews of their own kind;
# 申, 监, 抗, 提 belong to trial supervision as 再 does; 民辖终 is an appeal.
_PROCEDURE_BY_CODE = (
    (re.compile(r"再|申|监|抗|提|撤监"), Procedure.RETRIAL),
    (re.compile(r"终"), Procedure.SECOND_INSTANCE),
    (re.compile(r"初"), Procedure.FIRST_INSTANCE),
    (re.compile(r"."), Procedure.OTHER),
)
_PROCEDURE_BY_TITLE = (
    (re.compile(r"复核|执行|管辖|请示|保全|赔偿"), Procedure.OTHER),
    (re.compile(r"再审|审判监督|申诉|申请再审|抗诉"), Procedure.RETRIAL),
    (re.compile(r"二审|终审"), Procedure.SECOND_INSTANCE),
    (re.compile(r"一审|初审"), Procedure.FIRST_INSTANCE),
)
_PROCEDURE_BY_TEXT = (
    (re.compile(r"报请本院(?:核准|复核)|对本案进行了复核|复核(?:终结|完毕)"), Procedure.OTHER),
    (re.compile(r"申请再审|再审申请|提起再审|进行再审|提审"), Procedure.RETRIAL),
    (re.compile(r"向本院提[起出]上诉|提[起出]抗诉|原审(?:判决|裁定|法院)"), Procedure.SECOND_INSTANCE),
    (re.compile(r"向本院提起(?:诉讼|公诉|自诉)|诉至本院|提起公诉|本院[^。]{0,30}立案"), Procedure.FIRST_INSTANCE),
)
_APPEAL_OPEN = re.compile(r"如?不服本(?:判决|裁定)|上诉于|提[出起]上诉")
_CASE_TYPES = (
    (re.compile(r"刑"), CaseType.CRIMINAL),
    (re.compile(r"行政(?!赔偿)|行(?!为|保)"), CaseType.ADMINISTRATIVE),
    (re.compile(r"民|商|知"), CaseType.CIVIL),
    (re.compile(r"执|赔|破|司|协|认|保|督|清|辖"), CaseType.OTHER),
)
_OF_TYPE_CODE = re.compile(r"[刑民行知商执赔破司协认保督清辖].*")


def document_type(kind: str, title: str, orders: str) -> DocumentType | None:
    """By the name of the document, else its title, else by 判决如下 or 裁定如下."""
    for text in (kind, title):
        if found := _DOCUMENT.get(document_words(text)):
            return found
    return _DOCUMENT.get(document_words(orders))


def procedure(numbers: tuple[CaseNumber, ...], titles: tuple[str, ...], course: str, end: str) -> Procedure | None:
    """The instance: by type code, else by a title, else by how the case came here and whether an appeal is open."""
    if numbers:
        return next(value for pattern, value in _PROCEDURE_BY_CODE if pattern.search(numbers[0].type))
    for text in titles:
        if found := _first(_PROCEDURE_BY_TITLE, text):
            return found
    if found := _first(_PROCEDURE_BY_TEXT, course):
        return found
    return Procedure.FIRST_INSTANCE if _APPEAL_OPEN.search(end) else None


def case_type(kind: str, numbers: tuple[CaseNumber, ...], titles: tuple[str, ...]) -> CaseType | None:
    """By the name of the document (刑事附带民事 is criminal), else by type code, else by a title."""
    for text, words in ((kind, ("刑事", "行政", "民事")), *((title, ("刑事", "行政", "民事")) for title in titles)):
        word = next((word for word in words if word in text), None)
        if word and "赔偿" not in text:
            return {"刑事": CaseType.CRIMINAL, "行政": CaseType.ADMINISTRATIVE, "民事": CaseType.CIVIL}[word]
    if not numbers:
        return None
    number = numbers[0]
    # The abbreviation of the court stands before the type in a legacy number: only what follows it counts.
    code = number.type[-4:] if number.legacy else number.type
    match = _OF_TYPE_CODE.search(code)
    return _of_code(match[0]) if match else CaseType.OTHER


def column_document_type(text: str) -> DocumentType | None:
    """What a database calls the document: 判决书, 裁定书, 决定书, 调解书."""
    return _DOCUMENT.get(document_words(text))


def column_procedure(text: str) -> Procedure | None:
    """What a database calls the procedure: 一审, 二审, 再审, 再审审查与审判监督, 其他."""
    return (_first(_PROCEDURE_BY_TITLE, text) or Procedure.OTHER) if text else None


def column_case_type(text: str) -> CaseType | None:
    """What a database calls the case: 民事, 刑事案件, 行政 …, anything else being other."""
    return (_of_code(text) or CaseType.OTHER) if text else None


def _of_code(code: str) -> CaseType | None:
    return next((value for pattern, value in _CASE_TYPES if pattern.search(code)), None)


def _first(table: tuple[tuple[re.Pattern[str], Procedure], ...], text: str) -> Procedure | None:
    return next((value for pattern, value in table if pattern.search(text)), None)
