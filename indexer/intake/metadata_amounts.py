"""Amounts of money: reading them, and the sum awarded by the operative part."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from indexer.domain.names import Names
from indexer.domain.ruling import Damages

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")
}
_DIGITS |= {"两": 2, "○": 0, "贰": 2, "弍": 2, "参": 3}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}
_CHINESE = "".join({*_DIGITS, *_UNITS, *_GROUPS})
_AMOUNT = re.compile(
    rf"(?P<digits>\d[\d,，]*(?:\.\d+)?)(?P<scale>[十百千]?[万亿])?(?:余|多)?元|(?P<words>[{_CHINESE}]+)(?:余|多)?元"
)
_SCALES = {"": 1, "万": 10_000, "亿": 10**8, "十万": 10**5, "百万": 10**6, "千万": 10**7, "十亿": 10**9, "百亿": 10**10}
_ITEM = re.compile(r"(?:^|(?<=[\n；;。\s]))[一二三四五六七八九十]{1,3}、")
_ITEM_END = re.compile(r"如果未按|如未按|未按本判决|案件受理费|受理费|诉讼费用|如不服|本判决为终审")
_AWARD = re.compile(r"赔偿|经济损失|合理(?:费用|开支|支出)|损害赔偿|惩罚性")
_TOTAL = re.compile(r"(?:共计|合计|总计|总额)[^，。；\d一-鿿]{0,3}(?:人民币|为)?")
_INCLUDED = re.compile(r"[（(](?:其中|含|包括|已含)[^（）()]*[）)]|[，,](?:其中|含|包括)[^。；]*")
_JOINT = re.compile(r"连带(?:赔偿|清偿)?责任")
_UNSURE = re.compile(
    r"[×xX*＊某]+万?元|(?:美|欧|港|日|英)[元镑]|港币|日元|利息|按照?[^，。]{0,20}计算|每(?:日|月|年)|扣除|抵[扣销]"
)
_FEWEST = 1


def chinese_amount(text: str) -> int | None:
    """五十万零三百 (also 伍拾万) as 500300; None for what is no number, and for the short 三万五, which is unsure."""
    total = section = digit = 0
    last_unit = 1
    pending = False
    for char in text:
        if char in _DIGITS:
            digit, pending = _DIGITS[char], True
            if char in "零〇○":
                last_unit = 1
        elif char in _UNITS:
            section += (digit if pending else 1) * _UNITS[char]
            digit, pending, last_unit = 0, False, _UNITS[char]
        elif char in _GROUPS:
            total = (
                (total + section + digit) * _GROUPS[char]
                if _GROUPS[char] > 10_000
                else total + (section + digit) * _GROUPS[char]
            )
            section = digit = 0
            pending, last_unit = False, _GROUPS[char]
        else:
            return None
    if pending and digit and last_unit > 10:
        return None
    return total + section + digit if text else None


def amounts_in(text: str) -> Iterator[Decimal]:
    """Every amount in yuan in ``text``, in order."""
    for match in _AMOUNT.finditer(text):
        if match["words"]:
            value = chinese_amount(match["words"])
            if value:
                yield Decimal(value)
            continue
        try:
            number = Decimal(re.sub("[,，]", "", match["digits"]))
        except InvalidOperation:
            continue
        yield number * _SCALES.get(match["scale"] or "", 0) if match["scale"] else number


def awarded(operative: str) -> Damages | None:
    """The damages and reasonable expenses that the operative part awards in all; None where a word makes it unsure.

    Costs of the suit, what is dismissed, and what is only guaranteed (连带责任 for part of the same sum) do not count.
    """
    text = unicodedata.normalize("NFKC", operative).replace("人民币", "")
    end = _ITEM_END.search(text)
    items = [item for item in _items(text[: end.start()] if end else text) if _awards(item)]
    if not items or any(_UNSURE.search(item) for item in items):
        return None
    parts = [amount for item in items for amount in _of_item(item)]
    total = sum(parts, Decimal(0))
    if total < _FEWEST or total >= 10**14:
        return None
    exact = total == total.to_integral_value()
    return Damages(int(total), Names() if len(parts) == 1 and exact else _note(parts))


def _items(text: str) -> list[str]:
    starts = [0, *(match.start() for match in _ITEM.finditer(text))]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _awards(item: str) -> bool:
    return _AWARD.search(item) is not None and "驳回" not in item and "维持" not in item and "撤销" not in item


def _of_item(item: str) -> list[Decimal]:
    main = _INCLUDED.sub("", item)
    if joint := _JOINT.search(main):
        # 对上述第二项中的30万元承担连带责任 repeats a sum; 连带赔偿…50万元 awards one.
        main = re.sub(r"对[^，。；]*元[^，。；]*连带[^，。；]*", "", main) if joint else main
    totals = list(_TOTAL.finditer(main))
    if totals:
        return list(amounts_in(main[totals[-1].end() :]))[:1] or list(amounts_in(main))
    return list(amounts_in(main))


def _note(parts: list[Decimal]) -> Names:
    sums = [f"{part.normalize():f}" for part in parts]
    return Names(
        f"判项所列金额：{'＋'.join(f'{amount}元' for amount in sums)}",
        f"the operative part's amounts: {' + '.join(f'CNY {amount}' for amount in sums)}",
    )
