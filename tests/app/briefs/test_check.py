"""What the check says, case by case: a sentence of a brief, and all that is to be said against it."""

import datetime
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.briefs.check import MAX_CITATIONS, TooManyCitations, check
from app.briefs.model import Agreement, CheckedCitation, Reason, Speaker, Verdict
from app.briefs.reasons import REASONS, sentence
from app.catalogue import Catalogue
from app.stores import Snapshot
from indexer.build import build
from indexer.domain.citation import CitationKind
from indexer.domain.headings import HEADINGS
from indexer.domain.ruling import Part
from tests.app.briefs.test_check_brief import alarms
from tests.builders import ruling_file
from tests.conftest import NOW

TODAY = NOW.date()

SAID = (
    # 西电捷通诉索尼移动侵害发明专利权案: Beijing High, second instance, civil judgment of 2018-03-28
    ("北京高院（2017）京民终454号民事判决书已经明确。", ""),
    ("北京市高级人民法院（2017）京民终454号二审民事判决书。", ""),
    ("索尼公司不服北京知识产权法院一审判决，北京市高级人民法院作出（2017）京民终454号民事判决。", ""),
    ("在（2017）京民终454号案中，北京知识产权法院一审认为构成直接侵权，北京市高级人民法院予以维持。", ""),
    ("（2017）京民终454号判决维持了北京知识产权法院的判决。", ""),
    ("原告向上海知识产权法院起诉，并援引（2017）京民终454号判决。", ""),
    ("参照（2017）京民终454号判决，上海知识产权法院应当认定被告构成侵权。", ""),
    ("上海知识产权法院认为本案与（2017）京民终454号案不同。", ""),
    ("2015年7月1日原告起诉，见（2017）京民终454号。", ""),
    ("（2017）京民终454号判决，2015年7月1日原告起诉。", ""),
    ("西电捷通诉索尼移动侵害发明专利权纠纷案，北京市高级人民法院（2017）京民终454号民事判决书（2018年3月28日）。", ""),
    ("西安西电捷通公司与索尼移动公司侵害发明专利权纠纷案（（2017）京民终454号）。", ""),
    ("西电捷通诉索尼移动案（2017）京民终454号、张三诉李四案均持此观点。", ""),
    ("某通信公司诉某移动公司案，（2017）京民终454号。", ""),
    ("In IWNCOMM v. Sony Mobile, (2017)京民终454号 (Beijing High Ct. Mar. 28, 2018), the court so held.", ""),
    ("In Xidian Jietong v. Sony, (2017)京民终454号, the Beijing High People's Court so held.", ""),
    ("The High Court affirmed the Beijing IP Court in （2017）京民终454号.", ""),
    ("Under （2017）京民终454号, the Shanghai IP Court must find for the claimant in this case.", ""),
    ("The patent infringement case （2017）京民终454号 is in point.", ""),
    ("深圳市中级人民法院（2017）京民终454号民事判决书。", "court"),
    ("北京知识产权法院（2017）京民终454号民事判决书。", "court"),
    ("最高人民法院于2018年3月28日作出的（2017）京民终454号判决。", "court"),
    ("（2017）京民终454号民事判决书（最高人民法院，2018年3月28日）。", "court"),
    ("In （2017）京民终454号, the Guangdong High People's Court held otherwise.", "court"),
    ("the Supreme People's Court held in （2017）京民终454号 that this infringes.", "court"),
    ("北京市高级人民法院（2017）京民终454号民事裁定书。", "document-type"),
    ("北京市高级人民法院（2017）京民终454号行政判决书。", "document-type"),
    ("see the civil order （2017）京民终454号.", "document-type"),
    ("北京市高级人民法院（2017）京民终454号再审民事判决书。", "procedure"),
    ("北京市高级人民法院于2017年3月28日作出（2017）京民终454号民事判决。", "date"),
    ("北京市高级人民法院（2017）京民终454号民事判决书（2018年4月）。", "date"),
    ("See （2017）京民终454号 (Beijing High Ct. 2019).", "date"),
    ("虚构晨曦玩具公司诉虚构暮光文具公司侵害发明专利权纠纷案，（2017）京民终454号。", "party"),
    ("西电捷通诉虚构暮光文具公司侵害发明专利权纠纷案，（2017）京民终454号。", "party"),
    ("（2017）京民终454号（虚构晨曦玩具公司诉虚构暮光文具公司案）亦同。", "party"),
    ("In Fictitious Zephyr Ltd. v. Sony Mobile, （2017）京民终454号, the court agreed.", "party"),
    ("西电捷通诉索尼移动侵害商业秘密纠纷案，（2017）京民终454号。", "cause"),
    ("the trademark infringement case （2017）京民终454号 is in point.", "cause"),
    ("上海知识产权法院（2017）京民终454号行政裁定书。", "court document-type"),
    # the Supreme People's Court and its tribunal go by one name; a guiding case has its own publisher and date
    ("最高人民法院（2019）最高法知民终14号民事判决书。", ""),
    ("最高人民法院知识产权法庭（2019）最高法知民终14号民事判决书。", ""),
    ("最高人民法院指导案例92号（2017年11月15日发布）。", ""),
    ("最高人民法院发布的指导性案例第84号民事判决。", ""),
    # compound causes and causes above or below in the tree
    ("深圳某公司与约翰迪尔公司侵害商标权及不正当竞争纠纷案，（2016）京73民初93号。", ""),
    ("迪尔公司诉约翰迪尔公司侵害商标权纠纷案，（2016）京73民初93号。", ""),
)


@pytest.mark.parametrize(("text", "codes"), SAID)
def test_what_a_brief_says_of_a_ruling_is_compared_and_nothing_else(text: str, codes: str, snapshot: Snapshot) -> None:
    (found, *_) = check([text], snapshot.catalogue, TODAY).citations
    assert {reason.code for reason in found.reasons if reason.code not in ("digest", "several")} == set(codes.split())
    assert found.verdict is (Verdict.DIFFERS if codes else Verdict.CONSISTENT)


LISTED = (
    ("（2019）最高法知民终14号、上海知识产权法院（2017）京民终454号。", "court"),
    ("（2019）最高法知民终14号和北京市高级人民法院（2017）京民终454号。", ""),
    ("（2019）最高法知民终14号与上海知识产权法院（2017）京民终454号。", "court"),
)


@pytest.mark.parametrize(("text", "codes"), LISTED)
def test_the_court_of_the_next_citation_in_a_list_is_compared(text: str, codes: str, snapshot: Snapshot) -> None:
    (_, found) = check([text], snapshot.catalogue, TODAY).citations
    assert {reason.code for reason in found.reasons if reason.code not in ("digest", "several")} == set(codes.split())


STATUTES = (
    ("《专利法》第六十五条", Verdict.CONSISTENT, "statute-current"),
    ("《专利法》（2008年修正）第六十五条", Verdict.CONSISTENT, "statute-later"),
    ("《专利法》（2020年修正）第七十一条", Verdict.CONSISTENT, ""),
    ("《商标法》（2026年修订）第一条", Verdict.CONSISTENT, "statute-not-yet"),
    ("《侵权责任法》第三十六条", Verdict.CONSISTENT, "statute-repealed"),
    ("被诉行为发生于2015年3月，应适用《著作权法》第四十八条", Verdict.CONSISTENT, "statute-for-date"),
    ("被诉行为发生于2015年3月，应适用《著作权法》（2020年修正）第五十二条", Verdict.DIFFERS, "statute-not-in-force"),
    ("被诉行为发生于2015年3月，不适用《著作权法》（2020年修正）第五十二条", Verdict.CONSISTENT, ""),
    ("《专利法》（2015年修正）第六十五条", Verdict.DIFFERS, "statute-no-such-version"),
    ("《中华人民共和国刑法》（2020年修正）第二百一十九条", Verdict.NOT_CHECKED, "statute-version-unknown"),
    ("《专利法》第九百条", Verdict.DIFFERS, "statute-no-such-article"),
    ("Article 65 of the Patent Law (2008)", Verdict.CONSISTENT, "statute-later"),
    ("法释〔2021〕4号", Verdict.CONSISTENT, "interpretation"),
    ("法释〔2003〕99号", Verdict.NOT_CHECKED, "interpretation-unknown"),
)


@pytest.mark.parametrize(("text", "verdict", "code"), STATUTES)
def test_a_statute_is_checked_against_its_versions(text: str, verdict: Verdict, code: str, snapshot: Snapshot) -> None:
    (found,) = check([text + "。"], snapshot.catalogue, TODAY).citations
    assert (found.verdict, " ".join(reason.code for reason in found.reasons)) == (verdict, code)


NUMBERS = (
    ("（2019）京73民初99871号", Verdict.NOT_HELD, ""),
    ("指导案例9871号", Verdict.NOT_HELD, ""),
    ("（2029）京73民初1号", Verdict.IMPOSSIBLE, "numbering:future-year"),
    ("（2014）京73民初1号", Verdict.IMPOSSIBLE, "numbering:modern-before-2016"),
    ("（2015）湘0302刑初461号", Verdict.NOT_HELD, "numbering:modern-in-2015"),
    ("（2017）民申字第1号", Verdict.NOT_HELD, "numbering:legacy-after-2015"),
    ("（2018）京99民初1号", Verdict.IMPOSSIBLE, "numbering:no-such-court"),
    ("（2018）最高法知民终1号", Verdict.IMPOSSIBLE, "numbering:court-not-founded"),
    ("（2018）京0108民终1号", Verdict.IMPOSSIBLE, "numbering:type-not-of-level"),
    ("（2023）京73民终×××号", Verdict.NOT_CHECKED, "masked"),
    ("商评字〔2019〕第12345号", Verdict.NOT_CHECKED, "agency-decision"),
    ("京73民终3802号", Verdict.MALFORMED, "malformed suggested"),
    ("（2023）京73民3802号", Verdict.MALFORMED, "malformed suggested"),
)


@pytest.mark.parametrize(("text", "verdict", "codes"), NUMBERS)
def test_a_number_that_is_not_held_gets_the_verdict_that_can_be_proved(
    text: str, verdict: Verdict, codes: str, snapshot: Snapshot
) -> None:
    (found,) = check([f"参见{text}一案。"], snapshot.catalogue, TODAY).citations
    assert (found.verdict, [reason.code for reason in found.reasons]) == (verdict, codes.split())
    if verdict is Verdict.MALFORMED:
        assert found.suggestion == "（2023）京73民终3802号"


def quoting(number: str, catalogue: Catalogue, *passages: str) -> CheckedCitation:
    """The citation of this number, in a brief of these passages."""
    found = check([passage.replace("N", number) for passage in passages], catalogue, TODAY).citations
    return next(each for each in found if each.citation.kind is CitationKind.CASE_NUMBER)


FULL = f"""\
## 诉讼请求

甲公司请求判令乙公司立即停止使用被诉侵权标识并赔偿经济损失。

## {HEADINGS[Part.FIRST_INSTANCE][0]}

一审法院认为被诉侵权标识与涉案商标不构成近似。

## 裁判理由

本院认为，被诉侵权标识与涉案商标构成近似，乙公司未经许可使用该标识，容易导致相关公众混淆。

乙公司关于其使用行为属于正当使用的抗辩，缺乏事实和法律依据，本院不予支持。

## 裁判结果

驳回上诉，维持原判。
"""


@pytest.fixture(scope="module")
def fictitious(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """Made-up rulings: a full text, a dispute through its instances, two documents of one number, one withdrawn."""
    root = tmp_path_factory.mktemp("briefs")
    corpus = root / "corpus"
    ruling_file(corpus, 1, parts=FULL, text="full")
    later = {"relation": "second-instance", "court": "beijing-high"}
    for serial, outcome in enumerate(("reversed", "partly-reversed", "upheld", "remanded", None), 10):
        appeal = f"（2021）京民终{serial}号"
        ruling_file(corpus, serial, proceedings=[{"case_number": appeal, **later}])
        ruling_file(
            corpus,
            case_numbers=[appeal],
            court="beijing-high",
            procedure="second-instance",
            decision_date="2021-06-30",
            outcome=outcome,
            proceedings=[{"case_number": f"（2022）最高法民再{serial}号", "relation": "retrial", "court": "spc"}],
        )
    ruling_file(corpus, 20)
    ruling_file(corpus, 20, name="2020-jing73-minchu-20-order", document_type="order")
    ruling_file(corpus, 30)
    note = {"zh": "二审改判（据虚构来源）", "en": "reversed on appeal, says a fictitious source"}
    ruling_file(corpus, 40, later={"note": note, "outcome": "reversed"})
    (corpus / "withdrawn.toml").write_text(
        '[[withdrawn]]\nid = "2020-jing73-minchu-30"\ndate = "2026-01-01"\n'
        'reason = { zh = "应当事人请求撤回", en = "withdrawn at a party\'s request" }\n',
        "utf-8",
    )
    catalogue = Catalogue(build(corpus, root / "store", NOW)[0])
    yield catalogue
    catalogue.close()


SURE = "本院认为，被诉侵权标识与涉案商标构成近似，乙公司未经许可使用该标识"
QUOTATIONS = (
    (f"法院在N中认为：“{SURE}”。", Agreement.EXACT, ""),
    (f"法院在N中认为：「{SURE}」。", Agreement.EXACT, ""),
    (f'法院在N中认为："{SURE}"。', Agreement.EXACT, ""),
    (f"法院认为“{SURE}”（N）。", Agreement.EXACT, ""),
    (f"该规则见于N。该判决指出：“{SURE}。”", Agreement.EXACT, ""),
    (f"法院在N中认为：“{SURE.replace('，', ',')}”。", Agreement.FORMAL, ""),
    ("法院在N中认为：“本院認為，被訴侵權標識與涉案商標構成近似”。", Agreement.FORMAL, ""),
    ("法院在N中认为：“本院认为，被诉侵权标识……构成近似”。", Agreement.FORMAL, ""),
    ("法院在N中认为：“被诉侵权标识与涉案商标构成近似……容易导致相关公众混淆”。", Agreement.MEANING, "quotation-meaning"),
    ("法院在N中认为：“容易导致相关公众混淆……被诉侵权标识与涉案商标构成近似”。", Agreement.MEANING, "quotation-meaning"),
    (f"法院在N中认为：“{SURE.replace('未经', '经')}”。", Agreement.MEANING, "quotation-meaning"),
    ("法院在N中认为：“经许可使用该标识，容易导致相关公众混淆”。", Agreement.MEANING, "quotation-meaning"),
    (f"法院在N中认为：“{SURE.replace('涉案', '引证')}”。", Agreement.NEAR, "quotation-near"),
    (f"法院在N中认为：“{SURE.replace('未经', '未获')}”。", Agreement.NEAR, "quotation-near"),
    ("法院在N中认为：“原告关于其使用行为属于正当使用的抗辩，缺乏事实和法律依据”。", Agreement.NEAR, "quotation-near"),
    (
        "法院在N中认为：“乙公司关于其使用行为属于正当使用的抗辩，具有事实和法律依据”。",
        Agreement.MEANING,
        "quotation-meaning",
    ),
    ("N的原告主张该标识侵权，法院判令：“驳回上诉，维持原判”。", Agreement.EXACT, ""),
    ("法院在N中认为：“被诉标识使用人应当举证证明其月球业务的合法来源”。", Agreement.NOT_FOUND, "quotation-not-found"),
    ("法院在N中认为：“判令乙公司立即停止使用被诉侵权标识并赔偿经济损失”。", Agreement.EXACT, "whose-words"),
    ("法院在N中认为：“被诉侵权标识与涉案商标不构成近似”。", Agreement.EXACT, "whose-words"),
    ("原告在N中主张“立即停止使用被诉侵权标识并赔偿经济损失”。", Agreement.EXACT, ""),
    ("被告在N中辩称“被诉侵权标识与涉案商标构成近似，乙公司未经许可使用该标识”。", Agreement.EXACT, "whose-words"),
    ("一审法院在N中认为“被诉侵权标识与涉案商标不构成近似”。", Agreement.EXACT, ""),
)


@pytest.mark.parametrize(("text", "agreement", "code"), QUOTATIONS)
def test_a_quotation_is_aligned_and_given_to_its_speaker(
    text: str, agreement: Agreement, code: str, fictitious: Catalogue
) -> None:
    found = quoting("（2020）京73民初1号", fictitious, text)
    if not found.quotations:
        found = check([text.replace("N", "（2020）京73民初1号")], fictitious, TODAY).citations[-1]
    (quotation,) = found.quotations
    assert quotation.agreement is agreement
    assert [reason.code for reason in found.reasons if reason.code != "back-reference"] == code.split()
    differs = code in ("quotation-meaning", "quotation-not-found", "whose-words")
    assert found.verdict is (Verdict.DIFFERS if differs else Verdict.CONSISTENT)


def test_a_block_quote_belongs_to_the_citation_before_it(fictitious: Catalogue) -> None:
    for block in (f"> {SURE}", SURE):
        found = quoting("（2020）京73民初1号", fictitious, "法院在N中写道：", block)
        (quotation,) = found.quotations
        assert (quotation.passage, quotation.agreement, quotation.speaker) == (1, Agreement.EXACT, Speaker.COURT)
        assert found.pinpoint == quotation.paragraph == "p3"


NO_QUOTATIONS = (
    "合同第三条约定：“甲方应当在收到货物之日起三十日内支付全部价款”，参见N。",
    "参见“虚构晨曦玩具公司诉虚构暮光文具公司商标权纠纷案”（N）。",
    "N涉及“虚构商标”的近似判断。",
    "依据《商标法》第五十七条“未经商标注册人的许可，在同一种商品上使用近似商标的”，并参见N。",
)


@pytest.mark.parametrize("text", NO_QUOTATIONS)
def test_what_is_no_quotation_of_the_ruling_is_not_held_against_it(text: str, fictitious: Catalogue) -> None:
    assert not alarms(quoting("（2020）京73民初1号", fictitious, text)) - {"party"}
    assert not quoting("（2020）京73民初1号", fictitious, text).quotations


HISTORY = (
    ("（2020）京73民初10号", "history-reversed"),
    ("（2020）京73民初11号", "history-partly-reversed"),
    ("（2020）京73民初12号", "history-upheld"),
    ("（2020）京73民初13号", "history-remanded"),
    ("（2020）京73民初14号", "history-not-stated"),
    ("（2020）京73民初1号", "history-not-confirmed"),
    ("（2021）京民终10号", "history-retrial-not-stated"),
    ("（2020）京73民初40号", "history-later-reversed"),
)


@pytest.mark.parametrize(("number", "code"), HISTORY)
def test_later_instances_are_told(number: str, code: str, fictitious: Catalogue) -> None:
    found = quoting(number, fictitious, "参见N。")
    assert found.history[0].code == code
    assert found.verdict is Verdict.CONSISTENT


def test_a_number_of_several_documents_is_told_apart_by_what_the_brief_says(fictitious: Catalogue) -> None:
    several = quoting("（2020）京73民初20号", fictitious, "参见N。")
    assert (several.verdict, several.ruling) == (Verdict.CONSISTENT, None)
    assert [reason.code for reason in several.reasons] == ["several"]
    order = quoting("（2020）京73民初20号", fictitious, "参见N民事裁定书。")
    assert (order.verdict, order.ruling) == (Verdict.CONSISTENT, "2020-jing73-minchu-20-order")


def test_a_withdrawn_ruling_is_called_so(fictitious: Catalogue) -> None:
    found = quoting("（2020）京73民初30号", fictitious, "参见N。")
    assert (found.verdict, [reason.code for reason in found.reasons]) == (Verdict.NOT_HELD, ["withdrawn"])


def test_a_back_reference_means_the_ruling_before_it(fictitious: Catalogue) -> None:
    text = f"参见（2020）京73民初1号判决。前述判决指出：“{SURE}”。"
    first, second = check([text], fictitious, TODAY).citations
    assert (second.citation.kind, second.ruling) == (CitationKind.BACK_REFERENCE, first.ruling)
    assert second.quotations[0].agreement is Agreement.EXACT


def test_the_words_of_a_digest_are_never_called_the_courts_own(snapshot: Snapshot) -> None:
    ruling = snapshot.catalogue.ruling("2023-jing73-minzhong-3802")
    words = next(paragraph.text for part, paragraph in ruling.paragraphs if part.value == "holdings")
    found = quoting(str(ruling.number), snapshot.catalogue, f"法院在N中认为：“{words}”")
    assert "digest" in {reason.code for reason in found.reasons}


def test_more_than_two_thousand_citations_are_refused(snapshot: Snapshot) -> None:
    passage = "参见（2023）京73民终3802号。"
    with pytest.raises(TooManyCitations) as refused:
        check([passage] * (MAX_CITATIONS + 1), snapshot.catalogue, TODAY)
    assert refused.value.detail == {"limit": MAX_CITATIONS, "count": MAX_CITATIONS + 1}


@pytest.mark.parametrize(
    "piece", ["（", "“", '"', "”", "「", "“甲乙丙丁戊己庚辛”", "诉案、", "A v. B ", "，", "2018年 "]
)
def test_masses_of_brackets_or_marks_are_read_in_passing(piece: str, snapshot: Snapshot) -> None:
    text = "参见（2017）京民终454号" + piece * (200_000 // len(piece)) + "（2017）京民终454号"
    assert len(check([text], snapshot.catalogue, TODAY).citations) == 2


def test_every_reason_fills_its_sentence() -> None:
    for code in REASONS:
        words = sentence(Reason(code, "court", "party"))
        assert words.endswith(".")
        assert "fake" not in words.lower()


PIECES = st.sampled_from(
    ["（2017）京民终454号", "北京高院", "诉", "案", "“", "”", '"', "（", "）", "……", "。", "2018年", "认为"]
) | st.sampled_from(["不", " v. ", "Ltd.", "《专利法》第一条", "号", "前述判决", "\n"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join))
def test_no_text_whatever_breaks_the_check(text: str, snapshot: Snapshot) -> None:
    report = check([text], snapshot.catalogue, datetime.date(2026, 11, 22))
    for each in report.citations:
        assert text[each.start : each.end] == each.citation.text
        for quotation in each.quotations:
            assert text[quotation.start : quotation.end] == quotation.text
