"""Quotations whose citation stands in a note, and references back from one paragraph, or one note, to another."""

import pytest

from app.briefs.check import check
from app.briefs.files import open_brief
from app.briefs.model import Agreement, CheckedCitation, Verdict
from app.catalogue import Catalogue
from indexer.domain.citation import CitationKind
from tests.app.briefs.files.parts import a_docx, a_run, paragraph
from tests.app.briefs.test_check import SURE, TODAY, fictitious

__all__ = ["fictitious"]

ONE, TWO = "（2020）京73民初1号", "（2020）京73民初10号"
NOT_SAID = "被诉标识使用人应当举证证明其月球业务的合法来源"
CHANGED = SURE.replace("未经", "经")


def report(name: str, data: str | bytes, catalogue: Catalogue) -> list[CheckedCitation]:
    """Every citation of a brief, checked."""
    brief = open_brief(name, data if isinstance(data, bytes) else data.encode())
    return list(check(brief.passages, catalogue, TODAY, brief.notes).citations)


def noted(kind: str, *texts: str, mark: str = "N") -> bytes:
    """A .docx with a note for each ``N`` of its one paragraph, in the order of ``texts``."""
    body, *rest = texts[0].split(mark)
    runs = [a_run(body)]
    for number, piece in enumerate(rest, 1):
        runs += [f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>', a_run(piece) if piece else ""]
    notes = f'<w:{kind} w:type="separator" w:id="0"><w:p/></w:{kind}>'
    for number, text in enumerate(texts[1:], 1):
        mark_of_note = f"<w:r><w:{kind}Ref/></w:r>"
        notes += f'<w:{kind} w:id="{number}">{paragraph(mark_of_note, a_run(" " + text))}</w:{kind}>'
    return a_docx(paragraph(*[run for run in runs if run]), notes={f"{kind}s": notes})


BODY = f"另案法院认为：“{SURE}。”N被告所称不能成立。"
MARKDOWN = f"另案法院认为：“{SURE}。”[^a]被告所称不能成立。\n\n[^a]: 参见{ONE}民事判决书。\n"
HTML = (
    f'<p>另案法院认为：“{SURE}。”<a href="#n1" id="r1"><sup>1</sup></a>被告所称不能成立。</p>'
    f'<ol><li id="n1"><p>参见{ONE}民事判决书。<a href="#r1">↩</a></p></li></ol>'
)
WORD_HTML = (
    f'<p>另案法院认为：“{SURE}。”<a href="#_ftn1" name="_ftnref1">[1]</a></p>'
    f'<p><a href="#_ftnref1" name="_ftn1">[1]</a> 参见{ONE}民事判决书。</p>'
)
NOTES = (
    ("brief.docx", noted("footnote", BODY, f"参见{ONE}民事判决书。")),
    ("brief.docx", noted("endnote", BODY, f"参见{ONE}民事判决书。")),
    ("brief.md", MARKDOWN),
    ("brief.html", HTML),
    ("brief.html", WORD_HTML),
    ("brief.txt", f"另案法院认为：“{SURE}。”[1]被告所称不能成立。\n\n[1] 参见{ONE}民事判决书。"),
    ("brief.txt", f"另案法院认为：“{SURE}”〔1〕。\n\n〔1〕参见{ONE}民事判决书。"),
    ("brief.txt", f"另案法院认为，“{SURE}”①，可资参照。\n\n① 参见{ONE}民事判决书。"),
    ("brief.txt", f"另案法院认为，“{SURE}”¹，可资参照。\n\n¹ 参见{ONE}民事判决书。"),
    ("brief.txt", f"另案法院认为：“{SURE}。”1被告所称不能成立。\n\n1 参见{ONE}民事判决书。"),
    ("brief.txt", f"另案法院认为：“{SURE}”，此说可采。[2]\n\n[1] 略，参见有关著述。\n[2] 参见{ONE}民事判决书。"),
    ("brief.txt", f"另案法院认为：“{SURE}。”[1]\n\n[1] 参见{TWO}；另见{ONE}民事判决书。"),
)


@pytest.mark.parametrize(("name", "data"), NOTES)
def test_a_quotation_belongs_to_the_ruling_in_its_note(name: str, data: str | bytes, fictitious: Catalogue) -> None:
    found = next(each for each in report(name, data, fictitious) if each.citation.text == ONE)
    (quotation,) = found.quotations
    assert (quotation.agreement, quotation.text.rstrip("。")) == (Agreement.EXACT, SURE)
    assert found.verdict is Verdict.CONSISTENT
    assert found.pinpoint == quotation.paragraph


@pytest.mark.parametrize(("name", "data"), NOTES)
def test_a_sense_changed_in_the_text_is_said_of_the_note(name: str, data: str | bytes, fictitious: Catalogue) -> None:
    if isinstance(data, bytes):
        data = noted("footnote", BODY.replace("未经", "经"), f"参见{ONE}民事判决书。")
    else:
        data = data.replace("未经", "经")
    found = next(each for each in report(name, data, fictitious) if each.citation.text == ONE)
    assert "quotation-meaning" in {reason.code for reason in found.reasons}
    assert found.verdict is Verdict.DIFFERS


def test_words_that_the_ruling_in_the_note_does_not_have_are_not_found(fictitious: Catalogue) -> None:
    data = noted("footnote", BODY.replace(SURE, NOT_SAID), f"参见{ONE}民事判决书。")
    (found,) = report("brief.docx", data, fictitious)
    assert [reason.code for reason in found.reasons] == ["quotation-not-found"]


def test_a_bare_number_accuses_nobody(fictitious: Catalogue) -> None:
    (found,) = report("brief.txt", f"法院认为：“{NOT_SAID}。”1\n\n1 参见{ONE}民事判决书。", fictitious)
    assert not found.reasons


def test_each_quotation_goes_to_its_own_note(fictitious: Catalogue) -> None:
    other = "容易导致相关公众混淆"
    data = noted("footnote", f"法院认为“{SURE}”N，又认为“{other}”N。", f"{TWO}民事判决书。", f"{ONE}民事判决书。")
    first, second = report("brief.docx", data, fictitious)
    assert [quotation.agreement for quotation in first.quotations] == [Agreement.NOT_FOUND]
    assert [quotation.text for quotation in second.quotations] == [other]


BACK = (
    (f"参见{ONE}民事判决书。", f"前述判决认为：“{SURE}”。", ONE),
    (f"参见{ONE}民事判决书。", "该判决亦同。", ONE),
    (f"参见{ONE}民事判决书。", "同案，第3页。", ONE),
    (f"See {ONE}.", "Id. at 3.", ONE),
    (f"See {ONE}.", "The above ruling is in point.", ONE),
    (f"参见{ONE}民事判决书。\n\n又见{TWO}民事判决书。", "前述判决亦同。", TWO),
    (f"参见{ONE}民事判决书。\n\n本案与此相同。", "前述判决亦同。", ONE),
    (f"参见{ONE}民事判决书。\n\n本案与此相同。", "该判决亦同。", ""),
    (f"参见{ONE}民事判决书。", "一审法院作出判决，该判决应予撤销。", ""),
    ("参见京73民初1号。", "前述判决亦同。", ""),
)


@pytest.mark.parametrize(("before", "text", "meant"), BACK)
def test_a_reference_back_reaches_over_paragraphs(before: str, text: str, meant: str, fictitious: Catalogue) -> None:
    found = report("brief.txt", f"{before}\n\n{text}", fictitious)
    back = [each for each in found if each.citation.kind is CitationKind.BACK_REFERENCE]
    assert [each.reasons[0].held for each in back] == ([meant] if meant else [])
    assert all(quotation.agreement is Agreement.EXACT for each in back for quotation in each.quotations)


def test_a_note_refers_back_to_the_note_before_it_and_the_text_to_what_was_read_last(fictitious: Catalogue) -> None:
    data = noted("footnote", f"甲说可采。N乙说亦然。N丙说见{TWO}民事判决书。", f"{ONE}民事判决书。", "同案，第4页。")
    found = report("brief.docx", data, fictitious)
    back = next(each for each in found if each.citation.kind is CitationKind.BACK_REFERENCE)
    assert back.ruling == next(each.ruling for each in found if each.citation.text == ONE)
