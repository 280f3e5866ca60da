"""The whole ruling as Markdown and as plain text: what it is, where it comes from, every paragraph with its number."""

from collections.abc import Iterator

from app.citing.forms import full
from app.citing.parts import DIGEST_EN, DIGEST_ZH, Cited, is_digest, numbers
from indexer.domain.headings import HEADINGS
from indexer.domain.names import Names
from indexer.domain.ruling import Paragraph, Ruling

_MARKDOWN_SPECIAL = "\\`*_[]<>#"


def markdown(cited: Cited) -> str:
    """Markdown: each paragraph begins with its number, linked to its address; a translation follows as a quotation."""
    ruling = cited.ruling
    lines = [f"# {_marked_up(ruling.title.best('zh'))}", ""]
    lines += [f"*{_marked_up(ruling.title.en)}*", ""] if ruling.title.en and ruling.title.zh else []
    lines += [f"- {_marked_up(line)}" for line in _facts(cited)]
    for notice in _notices(ruling):
        lines += ["", f"> {_marked_up(notice)}"]
    for section in ruling.sections:
        zh, en = HEADINGS[section.part]
        lines += ["", f"## {zh} · {en}"]
        for paragraph in section.paragraphs:
            lines += ["", _markdown_paragraph(paragraph, cited.url)]
            lines += ["", f"> {_marked_up(paragraph.translation)}"] if paragraph.translation else []
    lines += ["", "## 来源 · Sources", "", *(f"- {_marked_up(source)}" for source in _sources(ruling))]
    return "\n".join(lines) + "\n"


def plain_text(cited: Cited) -> str:
    """Plain text: each paragraph begins with its number in square brackets; a translation follows, indented."""
    ruling = cited.ruling
    lines = [ruling.title.best("zh")]
    lines += [ruling.title.en] if ruling.title.en and ruling.title.zh else []
    lines += [*_facts(cited), *(line for notice in _notices(ruling) for line in ("", notice))]
    for section in ruling.sections:
        zh, en = HEADINGS[section.part]
        lines += ["", f"{zh} · {en}"]
        for paragraph in section.paragraphs:
            lines += ["", f"[{paragraph.id}] {paragraph.text}"]
            lines += [f"    {paragraph.translation}"] if paragraph.translation else []
    lines += ["", "来源 · Sources", *_sources(ruling)]
    return "\n".join(lines) + "\n"


def _facts(cited: Cited) -> Iterator[str]:
    ruling = cited.ruling
    yield full(Cited(ruling, cited.url))
    yield f"案号 · Case number: {numbers(ruling)}"
    yield f"裁判日期 · Date of decision: {ruling.decision_date or '未载明 (not stated)'}"
    yield cited.url


def _notices(ruling: Ruling) -> Iterator[str]:
    if is_digest(ruling):
        yield f"{DIGEST_ZH}。This is a {DIGEST_EN}."
    for doubt in ruling.unsure:
        yield _both(doubt)


def _sources(ruling: Ruling) -> Iterator[str]:
    for source in ruling.sources:
        yield " · ".join(filter(None, [source.title, source.publisher, source.url]))


def _both(names: Names) -> str:
    return " ".join(filter(None, [names.zh, names.en]))


def _markdown_paragraph(paragraph: Paragraph, url: str) -> str:
    return f"[¶{paragraph.id}]({url.partition('#')[0]}#{paragraph.id}) {_marked_up(paragraph.text)}"


def _marked_up(text: str) -> str:
    return "".join(f"\\{char}" if char in _MARKDOWN_SPECIAL else char for char in text)
