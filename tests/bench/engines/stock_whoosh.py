"""Whoosh as it comes: its own writer, codec and searcher, over the same terms; facets by its sorting facets.

Several values of a facet stand in one column joined by commas, grouped whole and taken apart when they are counted.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.index import create_in, open_dir
from whoosh.query import And, AndNot, Every, NumericRange, Or, Phrase, Prefix, Term

from indexer.index.fields import FACETS
from tests.bench.engines.engine import TOP, Material
from tests.bench.machine import bytes_below
from tests.bench.queries import KINDS, PANLI_ONLY, Question
from tests.bench.rows import phrase_terms, read_rows, spaced_terms


class Measured:
    kinds = frozenset(KINDS) - PANLI_ONLY
    may_skip_facets = True

    def build(self, material: Material, folder: Path) -> dict[str, float]:
        folder.mkdir(parents=True)
        writer = create_in(str(folder), _schema()).writer(limitmb=1024)
        for path in material.rows:
            for row in read_rows(path):
                facets = {f"f_{name}": ",".join(dict.fromkeys(row.facets[name])) for name in FACETS}
                several = {f"m_{name}": facets[f"f_{name}"] for name in FACETS}
                text = spaced_terms(row.text)
                writer.add_document(id=row.id, text=text, date=row.date, **facets, **several)
        writer.commit()
        return {}

    def sizes(self, folder: Path) -> dict[str, int]:
        return {"index": bytes_below(folder)}

    def open(self, folder: Path) -> None:
        self._searcher = open_dir(str(folder), readonly=True).searcher()

    def ready(self, question: Question, facets: bool) -> Callable[[], int]:
        sort = {"sortedby": "date", "reverse": True} if question.newest else {}
        names = [f"f_{name}" for name in FACETS if name not in question.filters] if facets else None
        query, wanted = _matching(question), _filter(question.filters)
        own = {
            f"f_{name}": _filter({key: value for key, value in question.filters.items() if key != name})
            for name in (question.filters if facets else ())
        }

        def carried_out() -> int:
            found = self._searcher.search(query, limit=TOP, filter=wanted, groupedby=names, **sort)
            for name in names or ():
                _taken_apart(found.groups(name))
            for name, others in own.items():
                again = self._searcher.search(query, limit=TOP, filter=others, groupedby=[name])
                _taken_apart(again.groups(name))
            return len(found)

        return carried_out

    def facet_counts(self) -> Mapping[str, Mapping[str, int]]:
        found = self._searcher.search(Every(), limit=TOP, groupedby=[f"f_{name}" for name in FACETS])
        return {name: _taken_apart(found.groups(f"f_{name}")) for name in FACETS}


def _schema() -> fields.Schema:
    facets: dict[str, Any] = {f"f_{name}": fields.ID(sortable=True) for name in FACETS}
    several: dict[str, Any] = {f"m_{name}": fields.KEYWORD(commas=True) for name in FACETS}
    text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True)
    date = fields.NUMERIC(int, sortable=True)
    return fields.Schema(id=fields.ID(stored=True), text=text, date=date, **facets, **several)


def _matching(question: Question) -> Any:
    if question.phrase:
        terms = phrase_terms(question.phrase)
        return Phrase("text", terms) if len(terms) > 1 else Term("text", terms[0])
    if question.prefix:
        return Prefix("text", question.prefix)
    words = [Term("text", word) for word in question.words]
    if question.scope:
        return Phrase("text", list(question.words), slop=10)
    query = words[0] if len(words) == 1 else (Or if question.any_of else And)(words)
    if question.barred:
        query = AndNot(query, Term("text", question.barred))
    return And([query, NumericRange("date", *question.dates)]) if question.dates else query


def _filter(filters: Mapping[str, str]) -> Any:
    return And([Term(f"m_{name}", value) for name, value in filters.items()]) if filters else None


def _taken_apart(groups: Mapping[str, list[int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for joined, documents in groups.items():
        for value in str(joined).split(","):
            counts[value] += len(documents)
    return counts
