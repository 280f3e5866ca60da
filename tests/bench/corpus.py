"""A corpus of any size for measuring, out of real judgments; the same seed gives the same bytes.

The texts: first the real judgments of LeCaRD, each once, then documents recombined sentence by sentence. One of
those takes its shape (parts, paragraphs, sentences in each) from one judgment, and its sentences from five.

The metadata of *every* document is made up, also that of a real text: the title says so, the parties are 甲公司 and
乙公司, the source lies on example.org, and the serial of the case number lies beyond ninety million,
which no court reaches. Courts, years, causes, outcomes and statutes are drawn so that a few are common and most rare.
"""

import datetime
import json
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import accumulate, islice
from multiprocessing import get_context
from pathlib import Path

from indexer.domain.case_number import parse_case_number
from indexer.domain.court import Court, CourtLevel
from indexer.domain.dates import parse_partial_date
from indexer.domain.headings import HEADINGS
from indexer.domain.names import Names
from indexer.domain.people import Party, PartyRole
from indexer.domain.registry import causes, court_of, courts, statutes
from indexer.domain.ruling import (
    CaseType,
    DocumentType,
    Outcome,
    Paragraph,
    Part,
    Procedure,
    Provision,
    Recognition,
    RecognitionKind,
    Ruling,
    RulingId,
    Section,
    Source,
    TextKind,
)
from tests.bench.lecard import Judgment, judgments

FIRST_SERIAL = 90_000_000
"""Serials of made-up numbers begin here: courts count their cases of a year from one, and reach five digits."""
_YEARS = range(2016, 2026)
_LAST_DAY = datetime.date(2025, 12, 31)
_SOURCES_OF_ONE = 5
_COURTS = 300
_BLOCK = 500
_TYPES = {
    CourtLevel.SUPREME: ("民终", "民再"),
    CourtLevel.HIGH: ("民终", "行终", "民再"),
    CourtLevel.INTERMEDIATE: ("民初", "行初", "民终"),
    CourtLevel.BASIC: ("民初",),
}
_PROCEDURES = {"初": Procedure.FIRST_INSTANCE, "终": Procedure.SECOND_INSTANCE, "再": Procedure.RETRIAL}
_OUTCOMES = {
    Procedure.FIRST_INSTANCE: (Outcome.DISMISSED, Outcome.PARTLY_GRANTED, Outcome.GRANTED, None),
    Procedure.SECOND_INSTANCE: (Outcome.UPHELD, Outcome.REVERSED, Outcome.PARTLY_REVERSED, None),
    Procedure.RETRIAL: (Outcome.UPHELD, Outcome.REVERSED, None),
}
_SOURCE = Source("虚构来源：LeCaRD 文本，元数据虚构", "Example", "text", "https://example.org/made-up")
_RECOGNITION = Recognition(RecognitionKind.TYPICAL_CASE, Names("虚构案例选", "Fictitious cases"), 2024)


def rulings(size: int, seed: int, start: int = 0) -> Iterator[Ruling]:
    """Documents ``start`` … ``size`` - 1 of the corpus that ``seed`` names; each depends on its number alone."""
    order = _order(seed)
    for index in range(start, size):
        chance = random.Random(f"{seed}/{index}")
        judgment = judgments()[order[index]] if index < len(order) else _recombined(chance)
        yield _ruling(index, judgment, chance)


def corpus_text(ruling: Ruling) -> str:
    """The corpus file of a ruling made here."""
    lines = ["+++", f'case_numbers = ["{ruling.number}"]', f'court = "{ruling.court}"']
    lines += [f'document_type = "{ruling.document_type}"', f'procedure = "{ruling.procedure}"']
    lines += [f'case_type = "{ruling.case_type}"', f"title = {_pair(ruling.title)}", f'text = "{ruling.text}"']
    lines += [f'decision_date = "{ruling.decision_date}"'] if ruling.decision_date else []
    lines += [f"cause = {_pair(ruling.cause)}"]
    lines += [f'outcome = "{ruling.outcome}"'] if ruling.outcome else []
    for party in ruling.parties:
        lines += ["", "[[parties]]", f"name = {_pair(party.name)}", f'role = "{party.role}"']
    for provision in ruling.statutes:
        lines += ["", "[[statutes]]", f'statute = "{provision.statute}"', f'article = "{provision.article}"']
    for entry in ruling.recognition:
        lines += ["", "[[recognition]]", f'kind = "{entry.kind}"', f"name = {_pair(entry.name)}"]
        lines += [f"year = {entry.year}"]
    for source in ruling.sources:
        lines += ["", "[[sources]]", f'title = "{source.title}"', f'publisher = "{source.publisher}"']
        lines += [f'supports = "{source.supports}"', f'url = "{source.url}"']
    lines += ["+++"]
    for section in ruling.sections:
        lines += ["", f"## {HEADINGS[section.part][0]}"]
        for paragraph in section.paragraphs:
            lines += ["", f"{paragraph.text} {{#{paragraph.id}}}"]
    return "\n".join(lines) + "\n"


def make_corpus(folder: Path, size: int, seed: int, workers: int = 2) -> None:
    """Write the corpus into ``folder``, unless just that corpus is there; another one there is an error."""
    wanted = {"made_by": "tests.bench", "seed": seed, "size": size}
    mark = folder / "made.json"
    if mark.exists() and json.loads(mark.read_text("utf-8")) == wanted:
        return
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} holds something else than a corpus of {size:,}, seed {seed}")
    judgments()  # once, before the workers are forked
    for court in _courts():
        for year in _YEARS:
            (folder / "rulings" / court.id / str(year)).mkdir(parents=True, exist_ok=True)
    blocks = [(folder, start, min(start + _BLOCK, size), seed) for start in range(0, size, _BLOCK)]
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        for _ in pool.map(_write_block, blocks):
            pass
    for empty in [path for path in (folder / "rulings").glob("*/*") if not any(path.iterdir())]:
        empty.rmdir()
    mark.write_text(json.dumps(wanted), "utf-8")


def _write_block(block: tuple[Path, int, int, int]) -> None:
    folder, start, stop, seed = block
    for ruling in rulings(stop, seed, start):
        path = folder / "rulings" / ruling.court / str(ruling.number.year) / f"{ruling.id}.md"
        path.write_text(corpus_text(ruling), "utf-8")


@cache
def _order(seed: int) -> Sequence[int]:
    """The real judgments in the order in which they are used."""
    order = list(range(len(judgments())))
    random.Random(seed).shuffle(order)
    return order


def _recombined(chance: random.Random) -> Judgment:
    """A judgment's shape filled with sentences of the same part from five judgments, its own among them."""
    chosen = [judgments()[chance.randrange(len(judgments()))] for _ in range(_SOURCES_OF_ONE)]
    parts = {}
    for part, paragraphs in chosen[0].parts.items():
        pool = [sentence for each in chosen for block in each.parts.get(part, ()) for sentence in block]
        parts[part] = tuple(tuple(chance.choices(pool, k=len(block))) for block in paragraphs)
    return Judgment(parts)


def _ruling(index: int, judgment: Judgment, chance: random.Random) -> Ruling:
    court = chance.choices(_courts(), cum_weights=_weights(len(_courts())))[0]
    kind = chance.choices(_TYPES[court.level], cum_weights=_weights(len(_TYPES[court.level])))[0]
    year = chance.choice(_years(court))
    number = parse_case_number(f"（{year}）{court.codes[0]}{kind}{FIRST_SERIAL + index}号")
    procedure = _PROCEDURES[kind[-1]]
    day = min(datetime.date(year, 1, 1) + datetime.timedelta(chance.randrange(500)), _LAST_DAY)
    names = _cause_names()
    return Ruling(
        id=RulingId(number.slug),
        numbers=(number,),
        court=court.id,
        document_type=DocumentType.JUDGMENT,
        procedure=procedure,
        case_type=CaseType.ADMINISTRATIVE if "行" in kind else CaseType.CIVIL,
        title=Names(f"虚构元数据：性能测试文书第{index}号", f"Made-up metadata: text no. {index} for measuring"),
        cause=Names(chance.choices(names, cum_weights=_weights(len(names)))[0]),
        text=TextKind.FULL,
        decision_date=parse_partial_date(day.isoformat()) if chance.random() > 0.03 else None,
        parties=(Party(Names("甲公司"), PartyRole.PLAINTIFF), Party(Names("乙公司"), PartyRole.DEFENDANT)),
        statutes=_provisions(chance),
        outcome=chance.choices(_OUTCOMES[procedure], cum_weights=_weights(len(_OUTCOMES[procedure])))[0],
        recognition=(_RECOGNITION,) if chance.random() < 0.02 else (),
        sources=(_SOURCE,),
        sections=_sections(judgment),
    )


def _sections(judgment: Judgment) -> tuple[Section, ...]:
    sections = []
    number = 0
    for part in Part:
        paragraphs = []
        for sentences in judgment.parts.get(part, ()):
            if text := "".join(sentences).strip().lstrip("#+ "):
                number += 1
                paragraphs.append(Paragraph(f"p{number}", text))
        if paragraphs:
            sections.append(Section(part, tuple(paragraphs)))
    return tuple(sections)


def _provisions(chance: random.Random) -> tuple[Provision, ...]:
    known = list(statutes())
    drawn = chance.choices(known, cum_weights=_weights(len(known)), k=chance.randrange(1, 5))
    return tuple(Provision(each, None, f"第{chance.randrange(1, 90)}条") for each in dict.fromkeys(drawn))


@cache
def _courts() -> tuple[Court, ...]:
    """Courts whose code makes numbers that lead back to them; the Beijing Intellectual Property Court comes first."""
    fit = [court for court in courts().values() if court.codes and court.basis != "derived" and not court.valid_to]
    fit = list(islice(filter(_leads_back, fit), _COURTS))
    return tuple(sorted(fit, key=lambda court: court.id != "bjipc"))


def _leads_back(court: Court) -> bool:
    number = parse_case_number(f"（{_years(court)[0]}）{court.codes[0]}{_TYPES[court.level][0]}{FIRST_SERIAL}号")
    found = court_of(number)
    return found is not None and found.id == court.id


def _years(court: Court) -> range:
    first = court.valid_from.year if court.valid_from else 0
    return range(max(_YEARS.start, first), _YEARS.stop)


@cache
def _cause_names() -> tuple[str, ...]:
    return tuple(cause.name.zh for cause in causes().values() if cause.name.zh)


@cache
def _weights(count: int) -> tuple[float, ...]:
    """Running sums of 1, 1/2, 1/3 …: a few values are common, most are rare."""
    return tuple(accumulate(1 / rank for rank in range(1, count + 1)))


def _pair(names: Names) -> str:
    sides = (("zh", names.zh), ("en", names.en))
    return "{ " + ", ".join(f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in sides if text) + " }"
