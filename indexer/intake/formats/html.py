"""Web pages into plain text: blocks become lines; scripts, styles and everything not shown are dropped."""

import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from indexer.intake.formats.text import decoded, judgment
from indexer.intake.model import Known, RawJudgment, Refusal

_DROPPED = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "meta",
        "link",
        "noscript",
        "iframe",
        "object",
        "embed",
        "applet",
        "template",
        "svg",
        "form",
        "select",
        "button",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "tr",
        "table",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "hr",
        "pre",
        "blockquote",
        "dd",
        "dt",
        "center",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,200}(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
"""Also one that defines entities: what it defines is not wanted."""
_WHITE = re.compile(r"[ \t\r\n]+")


def text_of(page: str) -> str:
    """What a reader of the page sees, a line for each block. Nothing is fetched, no script is run."""
    if not page.strip():
        return ""
    # No network, no huge trees: libxml2's own bounds on depth stay in force.
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    page = _DOCTYPE.sub("", page)
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)  # lxml refuses a str that names an encoding
    try:
        tree = lxml_html.document_fromstring(page, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    text = "".join(_pieces(tree))
    lines = (_WHITE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def read_html(source: str, data: bytes) -> list[RawJudgment | Refusal]:
    """The judgment of a web page."""
    page = _page(data)
    if page is None:
        return [Refusal(source, "unknown-encoding")]
    if "\0" in page:
        return [Refusal(source, "binary-file")]
    return [judgment(source, text_of(page), Known(title=_title(page)))]


def _title(page: str) -> str:
    match = re.search(r"<title[^>]*>([^<]{1,200})</title>", page, re.IGNORECASE)
    title = _WHITE.sub(" ", match[1]).strip() if match else ""
    return title if title.endswith("书") else ""


def _page(data: bytes) -> str | None:
    if stated := _CHARSET.search(data[:4096]):
        # gb2312 is written where gbk is meant; GB18030 holds both.
        name = stated[1].decode("ascii").lower()
        try:
            return data.decode("gb18030" if name in ("gb2312", "gbk") else name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded(data)


def _pieces(tree: lxml_html.HtmlElement) -> Iterator[str]:
    """Text in document order, without recursion: a page may be nested as deep as the parser lets it."""
    skipped = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and skipped is None:
            if tag in _DROPPED or not tag or _HIDDEN.search(element.get("style") or ""):
                skipped = element
                continue
            if tag in _BLOCKS:
                yield "\n"
            yield _WHITE.sub(" ", element.text or "")
        elif event == "end":
            if skipped is None:
                if tag in _BLOCKS:
                    yield "\n"
                elif tag in ("td", "th"):
                    yield " "
            if skipped is element:
                skipped = None
            if skipped is None:
                yield _WHITE.sub(" ", element.tail or "")
