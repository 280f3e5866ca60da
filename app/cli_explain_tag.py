"""`panli explain-tag`: why a ruling lies in a legal field and before a trial team, and why not in another."""

import json
from typing import Annotated

import typer

from app.catalogue import Catalogue
from app.i18n import Locale
from app.labels import N_, part_label, value_label
from indexer.cli import DEFAULT_STORE, StoreOption, caller_language, err, out, told
from indexer.domain.names import Names
from indexer.domain.registry import legal_fields
from indexer.domain.ruling import Part, Ruling
from indexer.evidence import TITLE, Evidence, Weighed, weigh
from indexer.store import open_build

_SHOWN = 8
"""Pieces of evidence printed for a field; --json has them all."""
_KINDS = {
    "cause": N_("cause of action"),
    "statute": N_("statute"),
    "class": N_("patent class"),
    "word": N_("word"),
}


def explain_tag(
    ruling: Annotated[str, typer.Argument(help="An id or a case number, in any form.")],
    store: StoreOption = DEFAULT_STORE,
    as_json: Annotated[bool, typer.Option("--json", help="Print all evidence as JSON.")] = False,
) -> None:
    """Show why a ruling has its legal fields and trial teams: what speaks for each field, and how much."""
    locale = Locale("zh-Hans" if caller_language() == "zh" else "en")
    with told():
        catalogue = Catalogue(open_build(store))
    ids = catalogue.resolve(ruling)
    if len(ids) != 1:
        none, several = N_("No ruling here is called %(name)s."), N_("%(name)s names several rulings:")
        err.print(locale.gettext(several if ids else none, name=ruling), markup=False)
        for id in ids:
            err.print(f"  {id}", markup=False)
        raise typer.Exit(1)
    found = catalogue.ruling(ids[0])
    catalogue.close()
    weighed = weigh(found)
    if as_json:
        typer.echo(json.dumps(_as_json(found, weighed), ensure_ascii=False, indent=1))
        return
    out.print(f"{locale.name(found.title)}  {found.id}", markup=False)
    for line in _lines(found, weighed, locale):
        out.print(line, markup=False)


def _lines(ruling: Ruling, weighed: tuple[Weighed, ...], locale: Locale) -> list[str]:
    _ = locale.gettext
    lines: list[str] = []
    known = {each.field: each for each in weighed}
    for field in legal_fields():
        given = next((tag for tag in ruling.fields if tag.value == field), None)
        each = known.get(field)
        if given is None and each is None:
            continue
        name = value_label("field", field, locale)
        verdict = value_label("basis", given.basis.value, locale) if given else _("not given")
        if given is None and each and each.confidence:
            verdict = _("not given: the editor’s choice stands")
        if given and given.confidence:
            verdict += f", {value_label('confidence', given.confidence.value, locale)}"
        lines.append(f"{name}: {verdict}" + (f" — {_score(each, locale)}" if each else ""))
        lines += [f"    {_told(piece, locale)}" for piece in (each.evidence[:_SHOWN] if each else ())]
    for team in ruling.teams:
        basis = locale.name(team.note) or value_label("basis", team.basis.value, locale)
        lines.append(f"{value_label('team', team.value, locale)}: {basis}")
    return lines


def _score(each: Weighed, locale: Locale) -> str:
    if each.decided:
        return locale.gettext("a cause or a statute decides alone")
    said = locale.gettext("%(score).1f points of %(threshold).1f needed", score=each.score, threshold=each.threshold)
    return said if each.told else said + ", " + locale.gettext("but hints only")


def _told(piece: Evidence, locale: Locale) -> str:
    said = f"{locale.gettext(_KINDS[piece.kind])} {locale.name(piece.said)}"
    if not piece.place:
        return said
    place = locale.gettext("Title") if piece.place == TITLE else part_label(Part(piece.place), locale)
    where = f"{place} {piece.paragraph}".strip()
    return f"{piece.points:5.1f}  {said} × {piece.times}  ({where})"


def _as_json(ruling: Ruling, weighed: tuple[Weighed, ...]) -> dict[str, object]:
    return {
        "id": ruling.id,
        "fields": [
            {
                "field": tag.value,
                "basis": tag.basis.value,
                "confidence": tag.confidence.value if tag.confidence else None,
                "note": _both(tag.note),
            }
            for tag in ruling.fields
        ],
        "teams": [{"team": tag.value, "basis": tag.basis.value, "note": _both(tag.note)} for tag in ruling.teams],
        "weighed": [
            {
                "field": each.field,
                "score": round(each.score, 2),
                "threshold": round(each.threshold, 2),
                "decided": each.decided,
                "confidence": each.confidence.value if each.confidence else None,
                "evidence": [
                    {
                        "kind": piece.kind,
                        "said": piece.said.zh,
                        "place": piece.place,
                        "paragraph": piece.paragraph,
                        "times": piece.times,
                        "points": round(piece.points, 2),
                    }
                    for piece in each.evidence
                ],
            }
            for each in weighed
        ],
    }


def _both(names: Names) -> dict[str, str | None]:
    return {"zh": names.zh, "en": names.en}
