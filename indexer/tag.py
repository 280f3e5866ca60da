"""Fourth stage: cause, legal fields and trial team, each with its basis."""

import re
from dataclasses import replace
from functools import cache

from ahocorasick_rs import AhoCorasick

from indexer.domain.names import Names
from indexer.domain.registry import cause_names, cause_path, causes, legal_fields, statutes, trial_teams
from indexer.domain.ruling import Basis, Ruling, Tag

_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_BETWEEN_CAUSES = re.compile(r"[及、与和]|以及")
_TERMS_NEEDED = 2


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
    """Legal fields that follow from the cause, a statute, or at least two telling words."""
    text = "\n".join([ruling.title.zh or "", ruling.title.en or "", *(p.text for _, p in ruling.paragraphs)]).lower()
    named = {step for tag in ruling.causes for step in cause_path(tag.value)}
    cited = {provision.statute for provision in ruling.statutes}
    said = set(_telling_words().find_matches_as_strings(text, overlapping=True))
    tags = []
    for field in legal_fields().values():
        if by_cause := named & set(field.causes):
            name = causes()[min(by_cause)].name
            tags.append(Tag(field.id, Basis.RULE, Names(f"依案由：{name.zh}", f"by cause of action: {name.en}")))
        elif by_statute := cited & set(field.statutes):
            name = statutes()[min(by_statute)].name
            tags.append(Tag(field.id, Basis.RULE, Names(f"依法规：{name.zh}", f"by statute: {name.en}")))
        elif len(words := [term for term in field.terms if term.lower() in said]) >= _TERMS_NEEDED:
            shown = "、".join(words[:5])
            tags.append(Tag(field.id, Basis.RULE, Names(f"依文中用语：{shown}", f"by words in the text: {shown}")))
    return tuple(tags) or (Tag("other", Basis.RULE, Names("无其他领域适用", "no other field applies")),)


@cache
def _telling_words() -> AhoCorasick:
    """All telling words of all fields, in lower case, to be found in one pass over a text."""
    return AhoCorasick(sorted({term.lower() for field in legal_fields().values() for term in field.terms}))


def teams_by_rule(ruling: Ruling) -> tuple[Tag, ...]:
    """The court's trial teams into whose published remit a legal field of the ruling falls."""
    fields = {tag.value for tag in ruling.fields}
    return tuple(
        Tag(team.id, Basis.RULE, team.basis)
        for team in trial_teams().values()
        if team.court == ruling.court and fields & set(team.fields)
    )
