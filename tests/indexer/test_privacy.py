"""Personal data is found and hidden; what may stand in a published judgment is left alone. Everything is made up."""

import pytest

from indexer.privacy import Kind, find_personal_data, is_card_number, is_identity_number, masked
from indexer.privacy_check import hidden_note

PLANTED = [
    (Kind.IDENTITY, "公民身份号码11010519491231002X，住北京市。", "11010519491231002X"),
    (Kind.IDENTITY, "身份证号：１１０１０５１９４９１２３１００２Ｘ。", "１１０１０５１９４９１２３１００２Ｘ"),
    (Kind.IDENTITY, "身份证号110105491231002。", "110105491231002"),
    (Kind.PHONE, "其使用的手机13812345678联系。", "13812345678"),
    (Kind.PHONE, "电话138 1234 5678。", "138 1234 5678"),
    (Kind.PHONE, "联系电话：010-12345678。", "010-12345678"),
    (Kind.BANK_CARD, "账号6228480402564890018的银行卡。", "6228480402564890018"),
    (Kind.BANK_CARD, "卡号6228 4804 0256 4890 018。", "6228 4804 0256 4890 018"),
    (Kind.PASSPORT, "持中华人民共和国护照（号码E12345678）。", "E12345678"),
    (Kind.PLATE, "驾驶京A12345号小型轿车。", "京A12345"),
    (Kind.PLATE, "驾驶沪AD12345新能源汽车。", "沪AD12345"),
    (Kind.MAIL, "发送至zhang.san@example.com。", "zhang.san@example.com"),
    (
        Kind.HOME,
        "被告人张某，男，汉族，住北京市海淀区虚构路1号2号楼3单元401室。",
        "北京市海淀区虚构路1号2号楼3单元401室",
    ),
    (Kind.HOME, "被告人张某，户籍地安徽省来安县虚构镇某村12号。", "安徽省来安县虚构镇某村12号"),
    (Kind.HOME, "在其租住的虚构小区3号楼2单元501室内查获。", "3号楼2单元501室"),
    (Kind.BIRTH, "被告人张某某，男，1980年5月6日出生，汉族。", "1980年5月6日"),
    (Kind.BIRTH, "被害人李某甲，女，生于2001年12月3日。", "2001年12月3日"),
    (Kind.MINOR, "被害人王小明（男，12岁）。", "王小明"),
    (Kind.MINOR, "婚生子刘小虎由原告抚养。", "刘小虎"),
    (Kind.MINOR, "未成年被害人陈小红的陈述。", "陈小红"),
]
LEFT_ALONE = [
    "原告：虚构甲科技有限公司，住所地北京市海淀区虚构路1号2号楼3单元401室。",
    "虚构律师事务所律师张三丰，住所地北京市朝阳区虚构街5号。",
    "北京知识产权法院，地址：北京市海淀区虚构路18号。",
    "被告人王大伟，男，1980年5月6日出生，汉族，住北京市海淀区。",
    "专利号ZL201410123456.7，商标第12345678号，合同编号20140512345678。",
    "手机串号359245060226113，订单号123456789012345678。",
    "身份证号110105194912310021。",
    "账号6228480402564890019。",
    "案号（2021）京73民初12345号，金额13812345678.50元。",
    "证人王大伟（男，45岁）证言。",
    "电话号码是1529679＊＊＊＊，住【某小区X栋XXX室】。",
    "购买了虚构小区3号楼2单元501室房产一套。",
    "第三级第12A条、京剧ABCDEF。",
]


@pytest.mark.parametrize(("kind", "text", "data"), PLANTED)
def test_planted_personal_data_is_found(kind: Kind, text: str, data: str) -> None:
    assert [(each.kind, text[each.start : each.end]) for each in find_personal_data(text)] == [(kind, data)]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_may_be_published_is_left_alone(text: str) -> None:
    assert find_personal_data(text) == ()


@pytest.mark.parametrize(("kind", "text", "data"), PLANTED)
def test_what_was_hidden_is_not_found_again(kind: Kind, text: str, data: str) -> None:
    hidden, counts = masked(text)
    assert counts == {kind: 1}
    assert data not in hidden
    assert find_personal_data(hidden) == ()


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("张某，公民身份号码11010519491231002X，汉族。", "张某，公民身份号码×××，汉族。"),
        ("张某，男，汉族，住安徽省来安县虚构镇某村12号。", "张某，男，汉族，住安徽省来安县。"),
        ("张某某，1980年5月6日出生。", "张某某，1980年出生。"),
        (
            "王小明（男，12岁）与王小刚（男，9岁）同行，王小明先到。",
            "王某甲（男，12岁）与王某乙（男，9岁）同行，王某甲先到。",
        ),
        ("陈小红（女，7岁）。\n陈小红回家。", "陈某（女，7岁）。\n陈某回家。"),
    ],
)
def test_masking_follows_the_rules(text: str, hidden: str) -> None:
    assert masked(text)[0] == hidden


def test_check_digits_are_verified() -> None:
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310021")
    assert not is_identity_number("99010519491231002X")
    assert is_card_number("6228480402564890018")
    assert not is_card_number("6228480402564890019")


def test_reader_is_told_what_was_hidden() -> None:
    note = hidden_note(masked("身份证号11010519491231002X，电话13812345678、13912345678。")[1])
    assert note.zh == "导入时隐去个人信息：身份证号码1处、电话号码2处。"
    assert note.en == "Hidden on import as personal data: identity number (1), telephone number (2)."
