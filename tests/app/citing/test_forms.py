"""The one-line forms of a citation, letter for letter."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.citing.forms import FORMS, english, footnote, full, html_link, markdown_link, short
from app.citing.parts import Cited, number_in_english
from app.stores import Snapshot
from indexer.domain.ruling import Ruling
from indexer.index.analysis import fold
from tests.app.citing.conftest import MANGA, OLD, ORDER, UNDATED
from tests.builders import a_ruling

HOST = "https://panli.example/rulings/"
NOTE = (
    "本库据公开来源编写的摘要，并非裁判文书原文 "
    "(digest written for this collection out of public sources, not the court's text)"
)
EXPECTED = {
    # name, ruling, paragraph: what is pasted
    ("short", MANGA, None): "（2023）京73民终3802号",
    ("short", MANGA, "p12"): "（2023）京73民终3802号（Panli摘要第12段）",
    ("short", ORDER, None): "（2019）最高法知民终732号之一",
    ("short", OLD, "h1"): "（2012）知行字第75号（Panli摘要裁判要旨第1段）",
    ("full", MANGA, None): "北京知识产权法院（2023）京73民终3802号民事判决书",
    ("full", MANGA, "p12"): "北京知识产权法院（2023）京73民终3802号民事判决书（Panli摘要第12段）",
    ("full", ORDER, None): "最高人民法院（2019）最高法知民终732号之一民事裁定书",
    ("full", OLD, None): "最高人民法院（2012）知行字第75号行政裁定书",
    ("full", UNDATED, None): "北京市第二中级人民法院（2013）二中民初字第2269号民事判决书",
    ("footnote", MANGA, None): "北京抖音科技有限公司诉亿睿科信息技术（北京）有限公司著作权侵权及不正当竞争纠纷案，"
    "北京知识产权法院（2023）京73民终3802号民事判决书。",
    ("footnote", ORDER, None): "华为技术有限公司诉康文森无线许可有限公司确认不侵害专利权及标准必要专利许可纠纷案，"
    "最高人民法院（2019）最高法知民终732号之一民事裁定书。",
    ("footnote", OLD, "h1"): "卡比斯特制药公司诉国家知识产权局专利复审委员会发明专利权无效行政纠纷案，"
    "最高人民法院（2012）知行字第75号行政裁定书（Panli摘要裁判要旨第1段）。",
    ("english", MANGA, None): "Douyin v. Yiruike (manga-transformation filter): AI model structure and parameters, "
    "(2023) Jing 73 Min Zhong No. 3802 (Beijing IP Ct. Mar. 31, 2025) (China)",
    ("english", MANGA, "p12"): "Douyin v. Yiruike (manga-transformation filter): AI model structure and parameters, "
    "(2023) Jing 73 Min Zhong No. 3802 (Beijing IP Ct. Mar. 31, 2025) (China) (Panli digest ¶ 12)",
    ("english", ORDER, None): "Huawei v. Conversant: act preservation with anti-suit effect, "
    "(2019) Zui Gao Fa Zhi Min Zhong No. 732 Zhi 1 (Sup. People's Ct. 2020) (China)",
    ("english", OLD, "h1"): "Cubist Pharmaceuticals v. PRB (daptomycin): dosing features in a pharmaceutical-use "
    "claim, (2012) Zhi Xing Zi No. 75 (Sup. People's Ct. Nov. 19, 2013) (China) (Panli digest headnote ¶ 1)",
    ("english", UNDATED, None): "Lou Binglin v. Beijing Aquatic Products Wholesale Industry Association: horizontal "
    "monopoly agreement, (2013) Er Zhong Min Chu Zi No. 2269 (Beijing No. 2 Interm. People's Ct.) (China)",
    (
        "markdown",
        MANGA,
        "p12",
    ): f'[北京知识产权法院（2023）京73民终3802号民事判决书（Panli摘要第12段）]({HOST}{MANGA}#p12 "{NOTE}")',
    ("html", ORDER, None): f'<a href="{HOST}{ORDER}" title="{NOTE.replace(chr(39), "&#x27;")}">'
    "最高人民法院（2019）最高法知民终732号之一民事裁定书</a>",
    ("address", MANGA, "p12"): f"{HOST}{MANGA}#p12",
}


def cited(ruling: Ruling, paragraph: str | None = None) -> Cited:
    return Cited(ruling, HOST + ruling.id + (f"#{paragraph}" if paragraph else ""), paragraph)


@pytest.mark.parametrize(("name", "id", "paragraph"), EXPECTED, ids=lambda part: str(part))
def test_a_form_is_this_letter_for_letter(name: str, id: str, paragraph: str | None, snapshot: Snapshot) -> None:
    ruling = snapshot.catalogue.ruling(id)
    assert FORMS[name](cited(ruling, paragraph)) == EXPECTED[name, id, paragraph]


def test_a_paragraph_of_the_court_s_own_text_is_cited_as_the_ruling_s(in_full: Ruling) -> None:
    assert short(cited(in_full, "p2")) == "（2020）京73民初1号，第2段"
    assert full(cited(in_full, "h1")) == "北京知识产权法院（2020）京73民初1号民事判决书，裁判要旨第1段"
    assert footnote(cited(in_full, "p2")) == (
        "甲公司诉乙公司侵害外观设计专利权纠纷案，北京知识产权法院（2020）京73民初1号民事判决书，第2段。"
    )
    assert english(cited(in_full, "p2")) == (
        "Fictitious case, (2020) Jing 73 Min Chu No. 1, ¶ 2 (Beijing IP Ct. June 30, 2020) (China)"
    )
    assert "title" not in html_link(cited(in_full))
    assert "digest" not in markdown_link(cited(in_full))


def test_a_paragraph_of_a_digest_never_passes_for_one_of_the_ruling(snapshot: Snapshot) -> None:
    for id in snapshot.catalogue.ids():
        ruling = snapshot.catalogue.ruling(id)
        if ruling.text == "digest":
            for name, form in FORMS.items():
                text = form(cited(ruling, "p1"))
                assert name == "address" or "摘要" in text or "digest" in text, (id, name)


def test_every_number_in_english_and_in_chinese_leads_back_to_its_ruling(snapshot: Snapshot) -> None:
    for id in snapshot.catalogue.ids():
        for number in snapshot.catalogue.ruling(id).numbers:
            assert id in snapshot.catalogue.resolve(number_in_english(number)), number
            assert id in snapshot.catalogue.resolve(str(number)), number


def test_every_form_is_one_line_without_an_unfilled_part(snapshot: Snapshot) -> None:
    for id in snapshot.catalogue.ids():
        for form in FORMS.values():
            text = form(cited(snapshot.catalogue.ruling(id)))
            assert "\n" not in text and "None" not in text and "  " not in text and "()" not in text


def test_more_than_two_parties_of_a_side_are_the_first_and_others(tmp_path: Path) -> None:
    def party(name: str, role: str) -> dict[str, object]:
        return {"name": {"zh": name, "en": f"{role} {name}"}, "role": role}

    several = [party("甲公司", "plaintiff"), party("丙公司", "plaintiff"), *(party(n, "defendant") for n in "乙丁戊")]
    ruling = a_ruling(tmp_path / "several", parties=several)  # type: ignore[arg-type]
    assert footnote(cited(ruling)).startswith("甲公司、丙公司诉乙等侵害外观设计专利权纠纷案，")
    alone = a_ruling(tmp_path / "alone", parties=several[:1])  # type: ignore[arg-type]
    assert footnote(cited(alone)).startswith("虚构案例，")


def test_links_hold_whatever_a_name_is_made_of(in_full: Ruling) -> None:
    hostile = Cited(in_full, 'https://panli.example/x?a="><script>&b')
    seen: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append((tag, dict(attrs)))

    Reader().feed(html_link(hostile))
    assert seen == [("a", {"href": hostile.url})]
    assert fold("（2020）京73民初1号") in fold(html_link(hostile))
