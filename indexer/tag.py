"""Fourth stage: cause, legal fields and trial team, each with its basis."""

import re
from dataclasses import replace

from indexer.domain.names import Names
from indexer.domain.registry import cause_names, trial_teams
from indexer.domain.ruling import Basis, Confidence, Ruling, Tag
from indexer.evidence import Weighed, weigh

_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_BETWEEN_CAUSES = re.compile(r"[及、与和]|以及")
_WORDS_SHOWN = 5
_DECIDED = {"cause": ("依案由", "by cause of action"), "statute": ("依法规", "by statute")}


def tag(ruling: Ruling) -> Ruling:
    """The ruling with every tag that a rule can give; what an editor gave stays."""
    ruling = replace(ruling, causes=causes_of(ruling.cause.zh or ""))
    ruling = replace(ruling, fields=ruling.fields or fields_by_rule(ruling))
    return replace(ruling, teams=ruling.teams or teams_by_rule(ruling))


def causes_of(text: str) -> tuple[Tag, ...]:
    """The causes of action that a ruling's own wording names; a compound names several.

    >>> [tag.value for tag in causes_of("侵害商标权及不正当竞争纠纷")]
    ['trademark-infringement', 'unfair-competition']
    """
    known = cause_names()
    bare = _REMARK.sub("", text).strip()
    if not bare:
        return ()
    if bare in known:
        return (Tag(known[bare], Basis.STATED),)
    found = []
    for piece in _BETWEEN_CAUSES.split(bare):
        name = known.get(piece) or known.get(piece + "纠纷") or known.get(piece.removesuffix("纠纷"))
        if name:
            found.append(name)
    return tuple(Tag(name, Basis.STATED) for name in dict.fromkeys(found))


def fields_by_rule(ruling: Ruling) -> tuple[Tag, ...]:
    """Legal fields that follow from the cause or a statute, or are inferred from weighted words."""
    tags = [_tag(each, each.confidence) for each in weigh(ruling) if each.confidence]
    return tuple(tags) or (Tag("other", Basis.RULE, Names("无其他领域适用", "no other field applies")),)


def _tag(each: Weighed, confidence: Confidence) -> Tag:
    first = each.evidence[0]
    if each.decided:
        zh, en = _DECIDED[first.kind]
        note = Names(f"{zh}：{first.said.zh}", f"{en}: {first.said.en}")
        return Tag(each.field, Basis.RULE, note, confidence)
    shown = "、".join(piece.said.zh or "" for piece in each.evidence[:_WORDS_SHOWN])
    note = Names(f"依文中用语：{shown}", f"by words in the text: {shown}")
    return Tag(each.field, Basis.INFERRED, note, confidence)


def teams_by_rule(ruling: Ruling) -> tuple[Tag, ...]:
    """The court's trial teams into whose published remit a legal field of the ruling falls."""
    fields = {tag.value for tag in ruling.fields}
    return tuple(
        Tag(team.id, Basis.RULE, team.basis)
        for team in trial_teams().values()
        if team.court == ruling.court and fields & set(team.fields)
    )
