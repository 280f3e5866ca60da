"""The elements of WordprocessingML that matter here, in both of its namespaces (transitional and strict)."""

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SKIPPED = _words(
    "pPr sdtEndPr tblPr tblPrEx tblGrid trPr tcPr del moveFrom delText delInstrText rt rubyPr Fallback fldData"
)
"""Nothing under these reads as text: properties, deletions, the second copy of a text box, pinyin over a character."""

CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "sym": "\N{REPLACEMENT CHARACTER}",
}
"""Elements of a run that read as a character."""

TRACKED = frozenset(("ins", "moveTo"))
"""Text that is there after all changes are accepted; a link can't stand inside, but around."""

HOLDERS = frozenset(("p", "smartTag", "customXml", "sdtContent", "fldSimple", "dir", "bdo"))
"""A link may stand directly inside these."""

TRANSPARENT = (
    _words(
        "r rPr t softHyphen lastRenderedPageBreak proofErr bookmarkStart bookmarkEnd commentRangeStart "
        "commentRangeEnd permStart permEnd moveToRangeStart moveToRangeEnd"
    )
    | TRACKED
    | CHARACTERS.keys()
)
"""These may lie between two runs of one link."""

BOUND = _words("text date dropDownList comboBox dataBinding picture equation docPartList")
"""Kinds of content control whose text is plain, or replaced from elsewhere: no links in those."""

REPLACING_FIELDS = _words("HYPERLINK TOC TOA INDEX FORMTEXT FORMCHECKBOX FORMDROPDOWN")
"""Fields whose result is a link already, is made anew each time, or takes plain text only."""

NOTES = _words("footnote endnote")
NOTE_MARKS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
"""What stands in the text for a note, and what holds the note; both have its ``id``."""

_KNOWN = SKIPPED | TRACKED | HOLDERS | TRANSPARENT | BOUND
_KNOWN |= NOTES | frozenset(NOTE_MARKS)
_KNOWN |= _words("body hyperlink sdt sdtPr lock txbxContent fldChar instrText vanish sectPr ruby drawing pict object")

LOCAL = {f"{namespace} {name}": name for namespace in (MAIN, STRICT_MAIN) for name in _KNOWN}
LOCAL |= {f"{_COMPATIBILITY} {name}": name for name in ("AlternateContent", "Choice", "Fallback")}
"""Expanded name → the short one used here; what is not in it is unknown, and no link goes across it."""


def attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute of either namespace, or ``""``."""
    return attributes.get(f"{MAIN} {name}") or attributes.get(f"{STRICT_MAIN} {name}") or ""
