"""The headings of the parts of a judgment, as corpus files and pages write them."""

from indexer.domain.ruling import Part

HEADINGS: dict[Part, tuple[str, str]] = {
    Part.HEADNOTE: ("裁判要旨", "Headnote"),
    Part.PARTIES: ("当事人信息", "Parties"),
    Part.PROCEDURE: ("审理经过", "Procedure"),
    Part.CLAIMS: ("诉讼请求", "Claims"),
    Part.DEFENCE: ("答辩意见", "Defence"),
    Part.FIRST_INSTANCE: ("原审情况", "Below, as reported"),
    Part.EVIDENCE: ("证据", "Evidence"),
    Part.FACTS: ("案件事实", "Facts"),
    Part.ISSUES: ("争议焦点", "Issues"),
    Part.REASONING: ("裁判理由", "Reasoning"),
    Part.HOLDINGS: ("裁判认定", "Holdings"),
    Part.LEGAL_BASIS: ("裁判依据", "Legal basis"),
    Part.DISPOSITION: ("裁判结果", "Disposition"),
    Part.TAIL: ("尾部", "Closing"),
    Part.UNSEGMENTED: ("未分段文本", "Not segmented"),
}
"""The heading of each part, Chinese and English, in the order a judgment has them."""

PART_OF_HEADING = {heading: part for part, both in HEADINGS.items() for heading in both}
"""The part that a heading, in either language, begins."""
