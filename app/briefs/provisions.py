"""Statutes and their articles as a brief cites them, against the registry of statutes and its versions.

The registry lists only versions whose dates are certain: that it lacks one proves something only for a law
whose versions follow one another without a gap.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli

from app.briefs.model import Reason, Verdict
from app.briefs.said_dates import DATE, SaidDate, read_date
from indexer.domain.citation import Citation
from indexer.domain.registry import statutes
from indexer.domain.statute import Statute, StatuteVersion

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_IN_BRACKETS = re.compile(rf"[（(](?:as (?:amended|revised) (?:in )?)?{_YEAR}(?:年)?[^（）()]{{0,12}}[）)]")
_BEFORE = re.compile(
    rf"{_YEAR}(?:年(?:第[一二三四五六]次)?(?:修正|修订|修改|颁布|公布|版)?的?|版)?[\s《]*$"
    r"|\b(?P<en>(?:19|20)\d\d)\s+$"
)
_FACTS = re.compile(
    rf"(?P<zh>{DATE})[^。；;]{{0,14}}?(?:发生|实施|销售|制造|行为)"
    rf"|(?:发生|实施|销售|制造|行为)(?:日期|时间)?(?:于|在|为|是)\s*(?P<after>{DATE})"
    rf"|\b(?:acts?|conduct|infringement|facts|sales?|events)\b[^.;。；]{{0,40}}?\b(?:in|on|of|from)\s+(?P<en>{DATE})"
)
_NOT_APPLIED = re.compile(r"不(?:应|能|再|得)?适用|而非|并非|\bnot\b|\brather than\b")
_BY_AMENDMENTS = frozenset({"criminal-law"})
"""Laws amended by separate decisions, which go by years that no version of the registry has."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A statute as it is cited: what is named of it."""

    statute: Statute
    year: str | None
    article: str | None


def check_provision(
    citation: Citation, before: str, after: str, today: datetime.date
) -> tuple[Verdict, tuple[Reason, ...]]:
    """The verdict on a statute or an article cited between ``before`` and ``after`` in its sentence."""
    name, _, article = citation.key.partition(":")
    statute = statutes().get(name)
    if statute is None:
        return Verdict.NOT_CHECKED, (Reason("statute-unknown"),)
    cited = Cited(statute, citation.version or _year(citation.text, before, after), article or None)
    if cited.year is not None and cited.year not in _years(statute):
        return _no_version(cited)
    facts = _facts(before + citation.text + after)
    if reason := _article_missing(cited) or _not_in_force(cited, facts):
        return Verdict.DIFFERS, (reason,)
    return Verdict.CONSISTENT, tuple(_notes(cited, facts, today))


def check_interpretation(key: str, language: str) -> tuple[Verdict, tuple[Reason, ...]]:
    """The verdict on a document cited by its number: 法释〔2021〕4号."""
    for statute in statutes().values():
        if any(_folded(version.version) == _folded(key) for version in statute.versions):
            return Verdict.CONSISTENT, (Reason("interpretation", held=statute.name.best(language)),)
    return Verdict.NOT_CHECKED, (Reason("interpretation-unknown"),)


def _folded(number: str) -> str:
    return re.sub(r"[^\w]", "", number).replace("第", "")


def _year(text: str, before: str, after: str) -> str | None:
    """The year of the version that is named in the citation or right beside it."""
    match = _IN_BRACKETS.search(text) or re.match(rf"[\s》]*{_IN_BRACKETS.pattern}", after)
    if match:
        return match["year"]
    match = _BEFORE.search(before)
    return (match["year"] or match["en"]) if match else None


def _years(statute: Statute) -> Mapping[str, StatuteVersion]:
    """The versions by every year that can name them: of adoption, and of coming into force."""
    known = {str(version.effective_from.year): version for version in statute.versions if version.effective_from}
    return known | {version.version: version for version in statute.versions}


def _no_version(cited: Cited) -> tuple[Verdict, tuple[Reason, ...]]:
    versions = [version.version for version in cited.statute.versions]
    if _gapless(cited.statute) and versions[0] < (cited.year or ""):
        return Verdict.DIFFERS, (Reason("statute-no-such-version", cited.year or "", ", ".join(versions)),)
    return Verdict.NOT_CHECKED, (Reason("statute-version-unknown", cited.year or ""),)


def _gapless(statute: Statute) -> bool:
    if statute.kind != "law" or statute.id in _BY_AMENDMENTS or not statute.versions:
        return False
    ends = [version.effective_to for version in statute.versions[:-1]]
    starts = [version.effective_from for version in statute.versions[1:]]
    return all(
        end is not None and start is not None and end + datetime.timedelta(days=1) == start
        for end, start in zip(ends, starts, strict=True)
    )


@cache
def _articles() -> Mapping[str, Mapping[str, int]]:
    return tomli.loads(files("app.briefs").joinpath("articles.toml").read_text("utf-8"))


def _article_missing(cited: Cited) -> Reason | None:
    counts = _articles().get(cited.statute.id, {})
    if cited.article is None or not counts:
        return None
    version = _years(cited.statute)[cited.year].version if cited.year else None
    if version is None and any(each.version not in counts for each in cited.statute.versions):
        return None
    count = counts.get(version) if version else max(counts.values())
    number = cited.article.partition("-")[0]
    if count is None or not number.isdigit() or 1 <= int(number) <= count:
        return None
    return Reason("statute-no-such-article", cited.article, str(count))


def _facts(sentence: str) -> SaidDate | None:
    """The date of the facts that a sentence names beside a statute, if it names one."""
    match = None if _NOT_APPLIED.search(sentence) else _FACTS.search(sentence)
    return read_date(match["zh"] or match["after"] or match["en"]) if match else None


def _not_in_force(cited: Cited, facts: SaidDate | None) -> Reason | None:
    if facts is None or cited.year is None:
        return None
    version = _years(cited.statute)[cited.year]
    right = _in_force(cited.statute, facts)
    if right is None or right == version or version.effective_from is None or _overlaps(version, facts):
        return None
    return Reason("statute-not-in-force", facts.words, right.version)


def _overlaps(version: StatuteVersion, facts: SaidDate) -> bool:
    begins, ends = version.effective_from, version.effective_to
    return (begins is None or begins <= facts.date.last) and (ends is None or facts.date.first <= ends)


def _in_force(statute: Statute, facts: SaidDate) -> StatuteVersion | None:
    """The one version in force on a date; None when there is none or the date fits two."""
    fitting = [each for each in statute.versions if each.effective_from and _overlaps(each, facts)]
    return fitting[0] if len(fitting) == 1 else None


def _notes(cited: Cited, facts: SaidDate | None, today: datetime.date) -> list[Reason]:
    """What a reader should know of a citation that is right as it stands."""
    notes: list[Reason] = []
    if cited.year is None and facts is not None and (version := _in_force(cited.statute, facts)):
        notes.append(Reason("statute-for-date", facts.words, version.version))
    last = cited.statute.versions[-1] if cited.statute.versions else None
    if last is None:
        return notes
    if last.effective_to is not None and last.effective_to < today:
        return [*notes, Reason("statute-repealed", held=str(last.effective_to + datetime.timedelta(days=1)))]
    in_force = [each for each in cited.statute.versions if each.effective_from and each.effective_from <= today]
    if cited.year is None:
        if facts is None and len(cited.statute.versions) > 1 and in_force:
            notes.append(Reason("statute-current", held=in_force[-1].version))
        return notes
    version = _years(cited.statute)[cited.year]
    if version.effective_from is not None and version.effective_from > today:
        notes.append(Reason("statute-not-yet", held=str(version.effective_from)))
    elif in_force and cited.statute.versions.index(in_force[-1]) > cited.statute.versions.index(version):
        notes.append(Reason("statute-later", held=f"{in_force[-1].effective_from} ({in_force[-1].version})"))
    return notes
