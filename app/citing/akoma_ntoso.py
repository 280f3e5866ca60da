"""The whole ruling as Akoma Ntoso 3.0 (OASIS LegalDocML): every paragraph's ``eId`` is the fragment of its address.

The standard wants a full date of the work. Where the day of decision is not known, the day of the build stands
there under its own name (``collected``), and what is known of the decision's date in the proprietary metadata.
"""

import datetime
from collections import Counter
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from app.citing.parts import (
    DIGEST_EN,
    DIGEST_ZH,
    Cited,
    court_in_chinese,
    deciding_court,
    document,
    is_digest,
    numbers,
)
from app.plain_xml import plain_xml
from indexer.domain.headings import HEADINGS
from indexer.domain.ruling import Part, Ruling, Section

_AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_OWN = "urn:panli:metadata"
register_namespace("", _AKN)
register_namespace("panli", _OWN)
_BLOCKS: Mapping[Part, str] = {
    Part.CLAIMS: "arguments",
    Part.DEFENCE: "arguments",
    Part.FIRST_INSTANCE: "background",
    Part.EVIDENCE: "background",
    Part.FACTS: "background",
    Part.ISSUES: "motivation",
    Part.REASONING: "motivation",
    Part.HOLDINGS: "motivation",
    Part.LEGAL_BASIS: "motivation",
    Part.DISPOSITION: "decision",
    Part.TAIL: "decision",
}
"""The element of a judgment's body for each part; the others are its introduction."""


def akoma_ntoso(cited: Cited, built: datetime.date) -> str:
    """The original text of a ruling as an XML document; ``built`` is the day of the build it comes from."""
    ruling = cited.ruling
    root = Element(_tag("akomaNtoso"))
    name = "digest" if is_digest(ruling) else ruling.document_type.value
    judgment = SubElement(root, _tag("judgment"), {"name": name, "contains": "originalVersion"})
    _meta(SubElement(judgment, _tag("meta")), cited, built)
    _header(SubElement(judgment, _tag("header")), ruling)
    body = SubElement(judgment, _tag("judgmentBody"))
    seen: Counter[str] = Counter()
    for section in ruling.sections:
        seen[section.part.value] += 1
        again = f"-{seen[section.part.value]}" if seen[section.part.value] > 1 else ""
        _section(body, section, section.part.value + again)
    if not ruling.sections:
        SubElement(SubElement(body, _tag("introduction")), _tag("p"))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _meta(meta: Element, cited: Cited, built: datetime.date) -> None:
    ruling = cited.ruling
    identification = SubElement(meta, _tag("identification"), {"source": "#panli"})
    decided = ruling.decision_date
    known = str(decided) if decided else ""
    work = "/".join(filter(None, ["/akn/cn/judgment", ruling.court, known, ruling.id]))
    exact = decided is not None and decided.precision == "day"
    when, what = (known, "decision") if exact else (str(built), "collected")
    author = "panli" if is_digest(ruling) else "court"
    _work(SubElement(identification, _tag("FRBRWork")), ruling, work, when, what)
    expression = SubElement(identification, _tag("FRBRExpression"))
    if is_digest(ruling):
        when, what = str(built), "build"  # its words are not the court's, and not of that day
    _core(expression, f"{work}/zho", when, what, author, cited.url)
    _value(expression, "FRBRauthoritative", "false")
    SubElement(expression, _tag("FRBRlanguage"), {"language": "zho"})
    manifestation = SubElement(identification, _tag("FRBRManifestation"))
    _core(manifestation, f"{work}/zho.xml", str(built), "build", "panli")
    _value(manifestation, "FRBRformat", "application/akn+xml")
    _references(SubElement(meta, _tag("references"), {"source": "#panli"}), ruling)
    proprietary = SubElement(meta, _tag("proprietary"), {"source": "#panli"})
    SubElement(proprietary, f"{{{_OWN}}}text").text = ruling.text.value
    if known:
        SubElement(proprietary, f"{{{_OWN}}}decided").text = known
    if is_digest(ruling):
        SubElement(proprietary, f"{{{_OWN}}}notice").text = f"{DIGEST_ZH}。This is a {DIGEST_EN}."


def _work(work: Element, ruling: Ruling, uri: str, when: str, what: str) -> None:
    _core(work, uri, when, what, "court")
    SubElement(work, _tag("FRBRcountry"), {"value": "cn"})
    _value(work, "FRBRsubtype", ruling.document_type.value)
    for number in ruling.numbers:
        _value(work, "FRBRnumber", number.printed or str(number))
    _value(work, "FRBRname", ruling.title.best("zh"))


def _core(element: Element, uri: str, when: str, what: str, author: str, alias: str = "") -> None:
    _value(element, "FRBRthis", f"{uri}/!main")
    _value(element, "FRBRuri", uri)
    if alias:
        SubElement(element, _tag("FRBRalias"), {"value": alias, "name": "address"})
    SubElement(element, _tag("FRBRdate"), {"date": when, "name": what})
    role = "editor" if author == "panli" else "author"
    SubElement(element, _tag("FRBRauthor"), {"href": f"#{author}", "as": f"#{role}"})


def _references(references: Element, ruling: Ruling) -> None:
    court = deciding_court(ruling)
    known = (
        ("TLCOrganization", "court", f"/akn/ontology/organization/cn/{court.id}", court.name.best("zh")),
        ("TLCOrganization", "panli", "/akn/ontology/organization/panli", "Panli"),
        ("TLCRole", "author", "/akn/ontology/role/author", "author"),
        ("TLCRole", "editor", "/akn/ontology/role/editor", "editor"),
    )
    for kind, id, href, shown in known:
        SubElement(references, _tag(kind), {"eId": id, "href": href, "showAs": shown})


def _header(header: Element, ruling: Ruling) -> None:
    for text in (court_in_chinese(ruling), document(ruling), numbers(ruling), ruling.title.best("zh")):
        SubElement(header, _tag("p")).text = plain_xml(text)
    if is_digest(ruling):
        SubElement(header, _tag("p"), {"class": "digest"}).text = f"{DIGEST_ZH}。This is a {DIGEST_EN}."


def _section(body: Element, section: Section, id: str) -> None:
    block = SubElement(body, _tag(_BLOCKS.get(section.part, "introduction")))
    division = SubElement(block, _tag("division"), {"eId": id})
    SubElement(division, _tag("heading")).text = HEADINGS[section.part][0]
    content = SubElement(division, _tag("content"))
    for paragraph in section.paragraphs:
        SubElement(content, _tag("p"), {"eId": paragraph.id}).text = plain_xml(paragraph.text)


def _value(parent: Element, name: str, value: str) -> None:
    SubElement(parent, _tag(name), {"value": plain_xml(value)})


def _tag(name: str) -> str:
    return f"{{{_AKN}}}{name}"
