"""The outcome, from the operative part and the procedure."""

import re

from indexer.domain.ruling import CaseType, Outcome, Procedure

_END = re.compile(
    r"如不服|(?<=[\s。；])(?:代理|助理)?\s*审\s*判\s*[长员]|本(?:判决|裁定|决定)(?:为终审|自)|[^。；]{0,10}案件受理费"
    r"|(?<=[\s。；])附[:：]?(?:相关|本)"
)
_REMANDED = re.compile(r"发回.{0,40}?(?:重新?审[判理]?|再审)|指令.{0,60}?(?:立案|审理|受理)(?!.{0,3}再审)")
_WITHDRAWN = re.compile(r"准[许予].{0,120}?撤(?:回|诉)|按.{0,60}?(?:自动)?撤回.{0,12}处理|按撤诉处理|按.{0,12}撤诉处理")
# One appellant withdraws, the appeals of the others are decided.
_DECIDED_TOO = re.compile(r"撤销|维持|驳回")
_OPENED = re.compile(r"本案?由本院(?:提审|再审|另行组成)|指令.{0,60}?再审|提审本案")
_REVOKED = re.compile(r"撤销|变更(?=[^。；\n]{0,80}(?:判决|裁定|第[一二三四五六七八九十]项))")
_KEPT_AND_MORE = re.compile(r"维持[\s\S]*[；。\s]二、(?!\s*维持)")
_KEPT = re.compile(r"维持|驳回[^。；]{0,60}其他上诉请求")
_ITEM_REVOKED = re.compile(
    r"撤销[^。；\n]{0,120}?(?:第[一二三四五六七八九十、\d（）()]+[项条]|部分|中[^。；\n]{0,40}的)"
    r"|变更(?=[^。；\n]{0,80}(?:判决|裁定|第[一二三四五六七八九十]项))"
)
_APPEAL_LOST = re.compile(
    r"驳回.{0,120}?(?:上诉|抗诉|复议申请|复议请求|申诉)(?!请求成立)|维持原[判裁决]|^\s*维持|准许维持"
)
_LOST = re.compile(
    r"驳回.{0,200}?(?:再审申请|申诉|诉讼请求|起诉|申请|请求|异议|抗诉)|不予受理|不予立案|不予(?:支持|准许)|驳回"
)
_REST_LOST = re.compile(r"驳回.{0,200}?(?:其他|其它|其余|的?反诉|超出).{0,30}?请求|驳回.{0,60}?其[他它余]")
_APPROVED = re.compile(r"核准")
_NOT_APPROVED = re.compile(r"不(?:予)?核准")
_ORDERED = re.compile(
    r"停止|赔偿|支付|给付|返还|偿还|归还|确认|撤销|解除|履行|责令|判令|消除|赔礼|排除|腾退|准予|准许|承担|过户|销毁|分割|享有|无效"
)
_TITLES = re.compile(r"《[^《》]{2,60}》")
"""《不予受理决定书》 is what was decided upon, not the decision."""
_REACH = 4_000


def outcome(operative: str, procedure: Procedure | None, case_type: CaseType | None) -> Outcome | None:
    """What became of the claims, the appeal or the application; None where the operative part is not plain.

    A criminal conviction at first instance, an order to reopen a case, a transfer: `OTHER`.
    """
    text = _orders_alone(operative)
    if not text:
        return None
    if _WITHDRAWN.search(text) and not _DECIDED_TOO.search(text):
        return Outcome.WITHDRAWN
    if _NOT_APPROVED.search(text) or _REMANDED.search(text):
        return Outcome.REMANDED if "发回" in text or "指令" in text else Outcome.OTHER
    if procedure is Procedure.SECOND_INSTANCE:
        return _on_appeal(text)
    if procedure is Procedure.RETRIAL:
        return _in_retrial(text)
    if procedure is Procedure.OTHER:
        return _in_other(text)
    if case_type is CaseType.CRIMINAL:
        return Outcome.OTHER
    return _at_first(text) if procedure is Procedure.FIRST_INSTANCE else None


def _orders_alone(operative: str) -> str:
    """The orders, without costs, notice of appeal and signatures."""
    text = operative[:_REACH]
    end = _END.search(text, 1)
    return _TITLES.sub("", text[: end.start()] if end else text).strip()


def _on_appeal(text: str) -> Outcome | None:
    if _REVOKED.search(text):
        return _revoked(text)
    if _KEPT_AND_MORE.search(text) and "驳回上诉" not in text:
        return Outcome.PARTLY_REVERSED
    return Outcome.UPHELD if _APPEAL_LOST.search(text) else Outcome.OTHER


def _revoked(text: str) -> Outcome:
    partly = _ITEM_REVOKED.search(text) or _KEPT.search(text)
    return Outcome.PARTLY_REVERSED if partly else Outcome.REVERSED


def _in_retrial(text: str) -> Outcome | None:
    if _OPENED.search(text):
        return Outcome.OTHER
    if re.search(r"驳回.{0,200}?(?:再审申请|申诉|再审请求)", text) and not _REVOKED.search(text):
        return Outcome.DISMISSED
    if _REVOKED.search(text):
        upheld = re.search(r"撤销[^；。\n]*(?:二审|终字|终\d+号)[^；。\n]*[；。\n]\s*(?:二、)?\s*维持", text)
        return Outcome.PARTLY_REVERSED if _ITEM_REVOKED.search(text) and not upheld else Outcome.REVERSED
    if "维持" in text or _APPEAL_LOST.search(text):
        return Outcome.UPHELD
    return Outcome.DISMISSED if _LOST.search(text) else Outcome.OTHER


def _in_other(text: str) -> Outcome:
    if _APPROVED.search(text) or re.search(r"驳回.{0,120}?复议(?:申请|请求)|维持", text):
        return Outcome.UPHELD
    if re.search(r"撤销", text):
        return _revoked(text)
    return Outcome.DISMISSED if re.match(r"(?:一、)?\s*驳回|不予", text) else Outcome.OTHER


def _at_first(text: str) -> Outcome | None:
    rest = _REST_LOST.search(text)
    pieces = re.split(r"[；。\n]", text)
    ordered = any(_ORDERED.search(piece) and not _LOST.search(piece) for piece in pieces)
    if ordered:
        return Outcome.PARTLY_GRANTED if rest or _LOST.search(text) else Outcome.GRANTED
    if _LOST.search(text):
        return Outcome.DISMISSED
    return Outcome.OTHER
