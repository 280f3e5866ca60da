"""The registries: `data/*.toml` (and the long list of courts), read once and checked on reading."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar, cast

import tomli

from indexer.domain.case_number import CaseNumber, romanise, romanised_key
from indexer.domain.cause import Cause
from indexer.domain.court import Court, CourtLevel
from indexer.domain.errors import BadRegistry, UnknownName
from indexer.domain.legal_field import LegalField, TrialTeam
from indexer.domain.names import Names
from indexer.domain.statute import Statute, StatuteVersion
from indexer.domain.term import Term

if TYPE_CHECKING:
    import datetime

_Table = Mapping[str, object]
_Entry = TypeVar("_Entry")
_TYPE_BEGINS = "民行刑知执商经破赔监再提申"


@cache
def courts() -> Mapping[str, Court]:
    """Every court by id, in the order of the files: those of courts.toml before those of courts_more.tsv."""
    entries = [
        Court(
            id=_text(table, "id"),
            name=_names(table),
            level=CourtLevel(_text(table, "level")),
            kind=_text(table, "kind"),
            basis=_text(table, "basis"),
            parent=_optional(table, "parent"),
            province=_optional(table, "province_zh"),
            codes=_texts(table, "codes"),
            legacy_codes=_texts(table, "legacy_codes"),
            valid_from=_date(table, "valid_from"),
            valid_to=_date(table, "valid_to"),
            examples=_texts(table, "examples"),
            counter_examples=_texts(table, "counter_examples"),
        )
        for table in _tables("courts", "court")
    ]
    entries += _more_courts()
    return _by_id("courts", ((court.id, court) for court in entries), [(c.id, c.parent) for c in entries])


def _more_courts() -> Iterator[Court]:
    """The courts of `courts_more.tsv`: thousands, of which no more is known than a line says."""
    text = files("indexer.domain").joinpath("data/courts_more.tsv").read_text("utf-8")
    levels = {level.value: level for level in CourtLevel}
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    for id, name, level, kind, province, parent, basis, code in lines[1:]:
        codes = (code,) if code else ()
        yield Court(id, Names(name), levels[level], kind, basis, parent, province, codes)


@cache
def causes() -> Mapping[str, Cause]:
    """Every cause of action by id, parents before children."""
    entries = [
        Cause(
            id=_text(table, "id"),
            name=_names(table),
            case_type=_text(table, "case_type"),
            parent=_optional(table, "parent"),
            aliases=_texts(table, "aliases_zh"),
        )
        for table in _tables("causes", "cause")
    ]
    return _by_id("causes", ((cause.id, cause) for cause in entries), [(c.id, c.parent) for c in entries])


@cache
def _field_words() -> Mapping[str, dict[str, int]]:
    """The telling words of `field_words.tsv` by field, each with its weight."""
    found: dict[str, dict[str, int]] = {}
    lines = files("indexer.domain").joinpath("data/field_words.tsv").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            field, weight, words = line.split("\t")
            found.setdefault(field, {}).update((word.replace("_", " "), int(weight)) for word in words.split())
    return found


@cache
def legal_fields() -> Mapping[str, LegalField]:
    """Every legal field by id, in the order in which they are offered."""
    entries = [
        LegalField(
            id=_text(table, "id"),
            name=_names(table),
            description=_names(table, "description"),
            causes=_texts(table, "causes"),
            statutes=_texts(table, "statutes"),
            words=_field_words().get(_text(table, "id"), {}),
        )
        for table in _tables("fields", "field")
    ]
    for entry in entries:
        _known("fields", entry.causes, causes())
        _known("fields", entry.statutes, statutes())
    return _by_id("fields", ((entry.id, entry) for entry in entries))


@cache
def trial_teams() -> Mapping[str, TrialTeam]:
    """Every trial team by id."""
    entries = [
        TrialTeam(
            id=_text(table, "id"),
            name=_names(table),
            court=_text(table, "court"),
            fields=_texts(table, "fields"),
            basis=_names(table, "basis"),
            source_url=_text(table, "source_url"),
            source_title=_text(table, "source_title"),
            published=cast("datetime.date", table["published"]),
        )
        for table in _tables("teams", "team")
    ]
    for entry in entries:
        _known("teams", entry.fields, legal_fields())
        _known("teams", (entry.court,), courts())
    return _by_id("teams", ((entry.id, entry) for entry in entries))


@cache
def statutes() -> Mapping[str, Statute]:
    """Every statute by id."""
    entries = [
        Statute(
            id=_text(table, "id"),
            name=_names(table),
            kind=_text(table, "kind"),
            aliases=_texts(table, "aliases_zh") + _texts(table, "aliases_en"),
            versions=tuple(
                StatuteVersion(
                    _text(version, "version"), _date(version, "effective_from"), _date(version, "effective_to")
                )
                for version in cast("list[_Table]", table.get("version", []))
            ),
        )
        for table in _tables("statutes", "statute")
    ]
    return _by_id("statutes", ((entry.id, entry) for entry in entries))


@cache
def glossary() -> tuple[Term, ...]:
    """Every term of the glossary."""
    return tuple(
        Term(
            _text(table, "zh"),
            _text(table, "en"),
            _text(table, "area"),
            _texts(table, "zh_also"),
            _texts(table, "en_also"),
        )
        for table in _tables("glossary", "term")
    )


@cache
def statute_names() -> Mapping[str, str]:
    """Statute id by every name and alias, Chinese or English, English in lower case."""
    return {
        name.lower(): statute.id
        for statute in statutes().values()
        for name in (statute.id, statute.name.zh, statute.name.en, *statute.aliases)
        if name
    }


@cache
def cause_names() -> Mapping[str, str]:
    """Cause id by every Chinese name and alias."""
    return {name: cause.id for cause in causes().values() for name in (cause.name.zh, *cause.aliases) if name}


def cause_path(cause: str) -> tuple[str, ...]:
    """The cause and all above it, root first; raises `UnknownName`."""
    known = causes()
    path: list[str] = []
    step: str | None = cause
    while step is not None:
        if step not in known:
            raise UnknownName(step)
        path.append(step)
        step = known[step].parent
    return tuple(reversed(path))


def romanised_number(text: str) -> str | None:
    """`romanised_key` of a text that begins with the reading of a court's code and goes on with one of a type.

    None for anything else, so that ``2014 world cup 4`` stays words.
    """
    key = romanised_key(text)
    if key is None:
        return None
    body = re.sub(r"zhi\d+$", "", key)[4:].rstrip("0123456789")
    if re.fullmatch(rf"(?:{_court_readings()})(?:{_type_readings()})", body):
        return key
    return None


@cache
def _court_readings() -> str:
    codes = {code for court in courts().values() for code in (*court.codes, *court.legacy_codes)}
    readings = {romanise(code) for code in codes} | {"zuigaofa", "zuigao", ""}
    return "|".join(sorted(map(re.escape, readings), key=len, reverse=True))


@cache
def _type_readings() -> str:
    """Readings of a type: what kind of case, then which step; 民三知终 and 行保复 alike."""
    kinds = "|".join(romanise(char) for char in "民行刑知执商经财证三一二四保")
    steps = "|".join(
        romanise(word) for word in ("初", "终", "再", "申", "监", "抗", "提", "辖", "辖终", "保", "复", "异")
    )
    return rf"(?:{kinds})+(?:{steps})*(?:zi)?"


def court_of(number: CaseNumber) -> Court | None:
    """The court whose code the number carries, or None when the registry does not know it.

    A modern number is matched by its whole code (and ``知`` for the SPC's IP Tribunal, which
    shares the code 最高法); a legacy one by the longest abbreviation that stands directly before
    its type, so that 浙 does not take the numbers of 浙杭.
    """
    if number.legacy:
        fitting = [code for code in _legacy_codes() if re.match(rf"{code}[{_TYPE_BEGINS}]", number.type)]
        if fitting:
            return _legacy_codes()[max(fitting, key=len)]
        # The Supreme People's Court wrote no court in its legacy numbers: （2013）民三终字第4号.
        return courts()["spc"] if re.match(f"[{_TYPE_BEGINS}]", number.type) else None
    special = f"{number.code}{number.type[:1]}"
    return _modern_codes().get(special) or _modern_codes().get(number.code)


@cache
def _modern_codes() -> Mapping[str, Court]:
    return {code: court for court in courts().values() for code in court.codes}


@cache
def _legacy_codes() -> Mapping[str, Court]:
    return {code: court for court in courts().values() for code in court.legacy_codes}


def _tables(name: str, key: str) -> list[_Table]:
    text = files("indexer.domain").joinpath(f"data/{name}.toml").read_text("utf-8")
    return cast("list[_Table]", tomli.loads(text)[key])


def _by_id(
    name: str, pairs: Iterable[tuple[str, _Entry]], parents: Iterable[tuple[str, str | None]] = ()
) -> Mapping[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for key, entry in pairs:
        if key in entries:
            raise BadRegistry(key, f"{name}.toml has {key!r} twice")
        entries[key] = entry
    for child, parent in parents:
        if parent is not None and parent not in entries:
            raise BadRegistry(child, f"{name}.toml: parent {parent!r} of {child!r} is not there")
    return entries


def _known(name: str, ids: Iterable[str], registry: Mapping[str, object]) -> None:
    for key in ids:
        if key not in registry:
            raise BadRegistry(key, f"{name}.toml names {key!r}, which no registry holds")


def _text(table: _Table, key: str) -> str:
    return cast("str", table[key])


def _optional(table: _Table, key: str) -> str | None:
    return cast("str | None", table.get(key))


def _texts(table: _Table, key: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", table.get(key, [])))


def _date(table: _Table, key: str) -> "datetime.date | None":
    return cast("datetime.date | None", table.get(key))


def _names(table: _Table, prefix: str = "name") -> Names:
    return Names(_optional(table, f"{prefix}_zh"), _optional(table, f"{prefix}_en"))
