"""The metadata reader on invented judgments: heads, ends, dates, amounts, outcomes; nobody in them is real."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.dates import PartialDate, parse_partial_date
from indexer.domain.people import PanelRole, PartyRole
from indexer.domain.registry import courts
from indexer.domain.ruling import CaseType, DocumentType, Outcome, Procedure, Provision
from indexer.intake.metadata import contradictions, read_metadata
from indexer.intake.metadata_amounts import amounts_in, awarded, chinese_amount
from indexer.intake.metadata_closing import names_in, read_signatures
from indexer.intake.metadata_court import court_id
from indexer.intake.metadata_dates import read_column, read_date
from indexer.intake.metadata_outcome import outcome
from indexer.intake.metadata_parties import clean_name, read_people
from indexer.intake.metadata_statutes import provisions
from indexer.intake.metadata_title import read_numbers
from indexer.intake.model import Known, RawJudgment

_FIRST = """北京知识产权法院
民 事 判 决 书
（2021）京73民初11号
原告：云泽（北京）科技有限公司（以下简称云泽公司），住所地北京市某区某路1号。
法定代表人：甲某，该公司经理。
委托诉讼代理人：乙某，北京某甲律师事务所律师。
被告：丙某，男，1980年1月1日出生，汉族，住北京市。
原告云泽公司与被告丙某侵害发明专利权纠纷一案，本院于2021年2月3日立案后，依法组成合议庭进行了审理。现已审理终结。
云泽公司向本院提出诉讼请求：赔偿经济损失一百万元。
本院认为，被告侵权。
综上，依照《中华人民共和国专利法》（2008年修正）第十一条第一款、第六十五条，《中华人民共和国民事诉讼法》第六十七条第一款之规定，判决如下：
一、被告丙某立即停止侵权；
二、被告丙某于本判决生效之日起十日内赔偿原告云泽公司经济损失三十万元及合理开支25,000元；
三、驳回原告云泽公司的其他诉讼请求。
案件受理费13800元，由被告丙某负担。
如不服本判决，可在判决书送达之日起十五日内上诉于北京市高级人民法院。
审　判　长　　丁　某
审　判　员　　戊己庚
人民陪审员　　辛　壬
二〇二二年三月五日
法官助理　　癸　子
书　记　员　　丑寅卯
"""


def test_a_first_instance_judgment_is_read_whole() -> None:
    reading = read_metadata(RawJudgment("t", _FIRST))
    assert (reading.court, reading.court_name) == ("bjipc", "北京知识产权法院")
    assert [number.key for number in reading.numbers] == ["(2021)京73民初11号"]
    assert reading.document_type is DocumentType.JUDGMENT
    assert (reading.procedure, reading.case_type) == (Procedure.FIRST_INSTANCE, CaseType.CIVIL)
    assert str(reading.date) == "2022-03-05"
    assert [(party.name.zh, party.role) for party in reading.parties] == [
        ("云泽（北京）科技有限公司", PartyRole.PLAINTIFF),
        ("丙某", PartyRole.DEFENDANT),
    ]
    assert reading.counsel == ("乙某，北京某甲律师事务所律师",)
    assert [(member.name.zh, member.role) for member in reading.panel] == [
        ("丁某", PanelRole.PRESIDING_JUDGE),
        ("戊己庚", PanelRole.JUDGE),
        ("辛壬", PanelRole.ASSESSOR),
        ("丑寅卯", PanelRole.CLERK),
    ]
    assert reading.cause == "侵害发明专利权纠纷"
    assert reading.outcome is Outcome.PARTLY_GRANTED
    assert reading.damages is not None and reading.damages.cny == 325_000
    assert reading.statutes == (
        Provision("patent-law", "2008", "第十一条第一款"),
        Provision("patent-law", "2008", "第六十五条"),
        Provision("civil-procedure-law", "2021", "第六十七条第一款"),
    )


def test_a_text_that_lost_its_line_breaks_is_read_too() -> None:
    text = (
        "甲省乙市中级人民法院 刑事判决书 （2018）甲0304刑初5号 公诉机关甲省乙市人民检察院。 被告人丙某，男，无业。 "
        "甲省乙市人民检察院指控被告人丙某犯假冒注册商标罪，于2018年5月1日向本院提起公诉。 本院认为，罪名成立。"
        "依照《中华人民共和国刑法》第二百一十三条之规定，判决如下： 被告人丙某犯假冒注册商标罪，判处有期徒刑一年。 "
        "如不服本判决，可上诉。 审判长丁某某 审判员戊某 二0一八年七月二八日 书记员己某 庚某某 "
        "附：相关法律条文 第二百一十三条"
    )
    reading = read_metadata(RawJudgment("t", text))
    assert (reading.court, reading.court_name) == (None, "甲省乙市中级人民法院")
    assert (reading.case_type, reading.cause) == (CaseType.CRIMINAL, "假冒注册商标罪")
    assert str(reading.date) == "2018-07-28"
    assert [party.name.zh for party in reading.parties] == ["丙某"], "the prosecutor is no party in a role"
    assert [member.name.zh for member in reading.panel] == ["丁某某", "戊某", "己某", "庚某某"]


@pytest.mark.parametrize(
    ("head", "court", "number", "kind"),
    [
        ("最高人民法院\n民事裁定书\n（2019）最高法知民终5号", "spc-ipt", "(2019)最高法知民终5号", "order"),
        ("中华人民共和国最高人民法院\n民事裁定书\n（2014）民申字第５号", "spc", "(2014)民申字第5号", "order"),
        ("北京市高级人民法院行政判决书（2015）高行（知）终字第9号", "beijing-high",
         "(2015)高行知终字第9号", "judgment"),
        ("河南省高级人民法院\n再审决定书\n(2018)豫刑监1号", "henan-high", "(2018)豫刑监1号", "decision"),
        ("甲诉乙专利纠纷一审民事判决书\n杭州互联网法院\n民事调解书\n〔2019〕浙0192民初7号", "hangzhou-internet",
         "(2019)浙0192民初7号", "mediation"),
        ("中国人民共和国最高人民法院\n民事裁定书\n（2015）民申字第1号", "spc", "(2015)民申字第1号", "order"),
        ("（2021）京73民初1号\n原告：甲某。", "bjipc", "(2021)京73民初1号", None),
        ("某某法院\n民事判决书\n（2014）×民初字第××号", None, None, "judgment"),
        ("\n", None, None, None),
    ],
)  # fmt: skip
def test_title_blocks(head: str, court: str | None, number: str | None, kind: str | None) -> None:
    reading = read_metadata(RawJudgment("t", head))
    assert reading.court == court
    assert [each.key for each in reading.numbers] == ([number] if number else [])
    assert reading.document_type == kind


def test_a_number_cited_in_the_text_is_not_the_rulings_own() -> None:
    text = "最高人民法院\n刑事裁定书\n被告人甲某，男。\n某省高级人民法院以（2014）某刑终字第8号刑事裁定，驳回上诉。"
    assert read_metadata(RawJudgment("t", text)).numbers == ()


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("（2014）民申字第1号、第2号、3号", [1, 2, 3]),
        ("(2018)京73民初1401-1403号", [1401, 1402, 1403]),
        ("（2013）民二初字第31－4号", [31]),
        ("（2018）京73民初5、6号", [5, 6]),
        ("（2018）京73民初5号，（2018）京73民初9号", [5, 9]),
        ("案号不详", []),
    ],
)
def test_several_numbers(text: str, serials: list[int]) -> None:
    assert [number.serial for number in read_numbers(text)] == serials


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二〇一五年三月五日", "2015-03-05"),
        ("二○○九年十二月三十一日", "2009-12-31"),
        ("二零一五年元月二十日", "2015-01-20"),
        ("二O一五年十月十日", "2015-10-10"),
        ("二0一五年一月一日", "2015-01-01"),
        ("二０一五年一月廿八日", "2015-01-28"),
        ("二 〇 一 五 年　三 月 五 日", "2015-03-05"),
        ("一九九九年二月二八日", "1999-02-28"),
        ("二〇一五年二月××日", "2015-02"),
        ("二〇一五年××月××日", "2015"),
        ("二〇一五年二月三十日", "2015-02"),
        ("二O一年二月三日", None),
        ("二〇××年二月三日", None),
        ("", None),
    ],
)
def test_dates_in_numerals(text: str, date: str | None) -> None:
    assert read_date(text) == (parse_partial_date(date) if date else None)


_DIGITS = "〇一二三四五六七八九"


def _written(value: int) -> str:
    tens, units = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[units] if units else "")


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from("〇○零OoＯ0０"))
def test_every_date_written_in_numerals_is_read_back(date: datetime.date, zero: str) -> None:
    year = "".join(_DIGITS[int(digit)] for digit in str(date.year)).replace("〇", zero)
    text = f"{year}年{_written(date.month)}月{_written(date.day)}日"
    assert read_date(text) == PartialDate(date.year, date.month, date.day)


@pytest.mark.parametrize("text", ["2015-03-05", "2015/3/5", "20150305", "2015年3月5日", "2015-03-05 00:00:00"])
def test_dates_in_columns(text: str) -> None:
    assert read_column(text) == PartialDate(2015, 3, 5)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("审判员甲某\n二〇一五年三月五日\n书记员乙某\n附：二〇一〇年一月一日施行的规定", "2015-03-05"),
        ("自二〇一四年一月一日起支付。\n审判长甲某\n二〇一五年三月五日", "2015-03-05"),
        ("刑期至二〇一九年一月一日止。 审判员甲某 二〇一五年三月五日", "2015-03-05"),
        ("审判员甲某\n2015年3月5日\n书记员乙某", "2015-03-05"),
        ("刑期至二〇一九年一月一日止。", None),
    ],
)
def test_the_signing_date_among_others(text: str, date: str | None) -> None:
    found = read_signatures(text).date
    assert (str(found) if found else None) == date


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("　张　三", ["张三"]),
        ("张三某", ["张三某"]),
        ("：甲乙 丙丁戊", ["甲乙", "丙丁戊"]),
        ("阿某·司马某", ["阿某·司马某"]),
        ("甲乙 附：法律条文", ["甲乙"]),
        ("甲乙（主审）", ["甲乙"]),
        ("", []),
    ],
)
def test_names_after_a_role(text: str, names: list[str]) -> None:
    assert names_in(text) == names


_BELOW = PartyRole.PLAINTIFF


@pytest.mark.parametrize(
    ("line", "name", "role", "below"),
    [
        ("上诉人（原审原告）：甲公司，住所地某市。", "甲公司", PartyRole.APPELLANT, _BELOW),
        ("被上诉人(原审被告)乙某女1980年生", "乙某", PartyRole.APPELLEE, PartyRole.DEFENDANT),
        ("再审申请人（一审原告、反诉被告，二审上诉人）：甲公司。", "甲公司", PartyRole.RETRIAL_APPLICANT, _BELOW),
        ("原审第三人：丙某，女。", "丙某", PartyRole.THIRD_PARTY, PartyRole.THIRD_PARTY),
        ("申请执行人：甲中心（有限合伙）。", "甲中心（有限合伙）", PartyRole.APPLICANT, None),
        ("被告人丁某某（绰号“某某”），男，农民。", "丁某某", PartyRole.DEFENDANT, None),
        ("被告人戊某。因涉嫌犯罪，曾被本院判处有期徒刑。", "戊某", PartyRole.DEFENDANT, None),
        ("附带民事诉讼原告人：己某，男。", "己某", PartyRole.PLAINTIFF, None),
    ],
)
def test_parties(line: str, name: str, role: PartyRole, below: PartyRole | None) -> None:
    party = read_people([line], 0).parties[0]
    assert (party.name.zh, party.role, party.role_below) == (name, role, below)


def test_the_respondent_of_a_retrial() -> None:
    people = read_people(["再审申请人：甲公司。", "被申请人：乙公司。", "甲公司因与乙公司合同纠纷一案，不服判决。"], 0)
    assert [party.role for party in people.parties] == [PartyRole.RETRIAL_APPLICANT, PartyRole.RETRIAL_RESPONDENT]
    assert people.end == 2


def test_a_line_of_the_course_is_no_party() -> None:
    assert read_people(["原告甲某诉被告乙某专利权权属纠纷一案，本院立案后审理。"], 0).parties == ()


def test_names_lose_their_remarks_but_not_their_place() -> None:
    assert clean_name("某甲（山东）公司（原山东某甲），住所地") == "某甲（山东）公司"


_CASES = [
    ("驳回上诉，维持原判。", Procedure.SECOND_INSTANCE, Outcome.UPHELD),
    (
        "一、撤销某法院（2015）某民初字第1号民事判决；二、驳回甲公司的诉讼请求。",
        Procedure.SECOND_INSTANCE,
        Outcome.REVERSED,
    ),
    ("一、维持某法院判决第一项；二、撤销某法院判决第二项；", Procedure.SECOND_INSTANCE, Outcome.PARTLY_REVERSED),
    (
        "一、维持某法院判决第一项、第二项；\n二、甲公司支付乙公司违约金。",
        Procedure.SECOND_INSTANCE,
        Outcome.PARTLY_REVERSED,
    ),
    ("一、变更某法院民事判决第一项为：甲公司赔偿；", Procedure.SECOND_INSTANCE, Outcome.PARTLY_REVERSED),
    ("一、撤销某法院民事判决；二、本案发回某法院重审。", Procedure.SECOND_INSTANCE, Outcome.REMANDED),
    ("准许上诉人甲公司撤回上诉。", Procedure.SECOND_INSTANCE, Outcome.WITHDRAWN),
    ("本案按自动撤回上诉处理。", Procedure.SECOND_INSTANCE, Outcome.WITHDRAWN),
    ("一、准许甲撤回上诉；二、撤销某法院判决第一项；", Procedure.SECOND_INSTANCE, Outcome.PARTLY_REVERSED),
    ("维持原判。 审判长甲某 附：应当发回重新审判。", Procedure.SECOND_INSTANCE, Outcome.UPHELD),
    ("撤销被告作出的《不予受理决定书》。", Procedure.FIRST_INSTANCE, Outcome.GRANTED),
    ("驳回甲公司的再审申请。", Procedure.RETRIAL, Outcome.DISMISSED),
    ("一、本案由本院提审；二、再审期间，中止原判决的执行。", Procedure.RETRIAL, Outcome.OTHER),
    ("维持某法院（2014）某民终字第1号民事判决。", Procedure.RETRIAL, Outcome.UPHELD),
    ("驳回原告甲公司的全部诉讼请求。", Procedure.FIRST_INSTANCE, Outcome.DISMISSED),
    ("驳回原告甲某的起诉。", Procedure.FIRST_INSTANCE, Outcome.DISMISSED),
    ("一、被告停止侵权；二、被告赔偿原告一万元。", Procedure.FIRST_INSTANCE, Outcome.GRANTED),
    ("一、被告停止侵权；二、驳回原告其他诉讼请求。", Procedure.FIRST_INSTANCE, Outcome.PARTLY_GRANTED),
    ("一、撤销被告作出的被诉决定；二、责令被告重新作出决定。", Procedure.FIRST_INSTANCE, Outcome.GRANTED),
    ("核准某法院维持第一审判处被告人甲某死刑的刑事裁定。", Procedure.OTHER, Outcome.UPHELD),
    ("", Procedure.FIRST_INSTANCE, None),
]


@pytest.mark.parametrize(("operative", "procedure", "expected"), _CASES)
def test_outcomes(operative: str, procedure: Procedure, expected: Outcome | None) -> None:
    assert outcome(operative, procedure, CaseType.CIVIL) is expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百", 100),
        ("五十万零三百", 500_300),
        ("壹拾贰万叁仟", 123_000),
        ("一亿二千万", 120_000_000),
        ("三千零五", 3_005),
        ("十五", 15),
        ("三万五", None),
        ("甲", None),
        ("", None),
    ],
)
def test_amounts_in_chinese_numerals(text: str, value: int | None) -> None:
    assert chinese_amount(text) == value


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("赔偿10万元、3,000,000元和2000.5元", ["100000", "3000000", "2000.5"]),
        ("赔偿五十万元", ["500000"]),
        ("赔偿1.5亿元", ["150000000"]),
        ("第12条", []),
    ],
)
def test_amounts_in_a_text(text: str, amounts: list[str]) -> None:
    assert list(amounts_in(text)) == [Decimal(amount) for amount in amounts]


@pytest.mark.parametrize(
    ("operative", "cny"),
    [
        ("一、被告赔偿原告经济损失50万元；二、驳回其他诉讼请求。案件受理费8800元。", 500_000),
        ("一、被告赔偿原告经济损失及合理开支共计60000元；", 60_000),
        ("一、被告赔偿原告经济损失500000元（含合理费用50000元）；", 500_000),
        ("一、被告甲赔偿原告经济损失30000元；二、被告乙赔偿原告经济损失20000元；", 50_000),
        ("一、甲赔偿经济损失30万元；二、乙对上述第一项中的10万元承担连带赔偿责任；", 300_000),
        ("一、被告赔偿原告经济损失×××元；", None),
        ("一、被告赔偿原告经济损失3万美元；", None),
        ("一、被告停止侵权；", None),
    ],
)
def test_damages(operative: str, cny: int | None) -> None:
    found = awarded(operative)
    assert (found.cny if found else None) == cny


def test_a_version_is_given_only_where_it_is_stated_or_certain() -> None:
    basis = "依照《中华人民共和国专利法》第二十二条第三款、《中华人民共和国行政诉讼法》第六十九条的规定，判决如下"
    assert provisions(basis, PartialDate(2018, 5, 1)) == (
        Provision("patent-law", None, "第二十二条第三款"),
        Provision("administrative-litigation-law", "2017", "第六十九条"),
    )
    assert provisions(basis, None)[1].version is None


def test_a_column_fills_a_gap_and_a_contradiction_is_told() -> None:
    known = Known(
        court="北京知识产权法院", case_number="（2020）京73行初9号", date="2022-03-06", cause="专利权权属纠纷"
    )
    bare = RawJudgment("t", "判决如下：\n驳回原告的诉讼请求。", known)
    reading = read_metadata(bare)
    assert (reading.court, str(reading.date), reading.cause) == ("bjipc", "2022-03-06", "专利权权属纠纷")
    assert contradictions(bare, reading) == ()
    against = RawJudgment("t", _FIRST, known)
    assert str(read_metadata(against).date) == "2022-03-05"
    told = contradictions(against, read_metadata(against))
    assert [each.field for each in told] == ["case_number", "date"]


def test_an_english_judgment_gives_what_is_plain() -> None:
    text = (
        "Neutral Citation No: [2021] EWHC 12 (Pat)\nIN THE HIGH COURT OF JUSTICE\nDate: 5th March 2021\nBetween:\n"
        "ACME LIMITED\nClaimant\n- and -\nEXAMPLE PLC\nDefendant\nAPPROVED JUDGMENT\n"
    )
    reading = read_metadata(RawJudgment("t", text, language="en"))
    assert (reading.court_name, reading.title) == ("HIGH COURT OF JUSTICE", "[2021] EWHC 12 (Pat)")
    assert (str(reading.date), reading.document_type) == ("2021-03-05", DocumentType.JUDGMENT)
    assert [(party.name.en, party.role) for party in reading.parties] == [
        ("ACME LIMITED", PartyRole.PLAINTIFF),
        ("EXAMPLE PLC", PartyRole.DEFENDANT),
    ]


_MARKS = ["（2014）", "第", "号", "至", "-", "元", "万", "亿", "〇", "日", "如下：", "《", "》", "（", "）", "²", "٣"]
_PIECES = st.sampled_from([*_FIRST.split("\n"), *_MARKS, "\n", " "])


@given(st.one_of(st.text(max_size=400), st.lists(_PIECES, max_size=30).map("".join)), st.sampled_from(["zh", "en"]))
def test_nothing_makes_the_reader_fail(text: str, language: str) -> None:
    known = Known(*(text[:40],) * 8)
    raw = RawJudgment("t", text, known, language)
    contradictions(raw, read_metadata(raw))


@pytest.mark.parametrize(
    ("printed", "id"),
    [
        ("浙江省富阳市人民法院", "杭州市富阳区人民法院"),
        ("福建省永定县人民法院", "龙岩市永定区人民法院"),
        ("青海省海东地区中级人民法院", "青海省海东市中级人民法院"),
        ("重庆市忠县人民法院", "忠县人民法院"),
        ("`河南省范县人民法院", "范县人民法院"),
        ("（2）云南省镇雄县人民法院", "镇雄县人民法院"),
        ("内蒙古五原县人民法院", "五原县人民法院"),
        ("赛罕区人民法院", "呼和浩特市赛罕区人民法院"),
        ("浙江省杭州市江干区人民法院", "杭州市江干区人民法院"),
        ("河北省邢台市桥西区人民法院", "邢台市桥西区人民法院"),
        ("西藏自治区高级人民法院", "西藏自治区高级人民法院"),
        ("虚构省无此县人民法院", None),
    ],
)
def test_court_is_known_by_its_former_and_its_shorter_names(printed: str, id: str | None) -> None:
    found = court_id(printed, ())
    assert (courts()[found].name.zh if found else None) == id
