"""Tantivy through its Python package: one text field of the same terms with positions, facets as fast fields.

It segments in as many processes as there are cores and indexes in as many threads. The package has no way to collect
hits, total and facets in one pass: a faceted question is one call for hits and total and one for the facets, and one
more for each facet that is filtered, since that is counted without its own filter.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from indexer.index.fields import FACETS
from tests.bench.engines.engine import TOP, Material
from tests.bench.machine import bytes_below
from tests.bench.queries import KINDS, PANLI_ONLY, Question
from tests.bench.rows import as_terms, phrase_terms

_HEAP = 1_000_000_000
_MOST_VALUES = 65_000


class Measured:
    kinds = frozenset(KINDS) - PANLI_ONLY
    may_skip_facets = True

    def build(self, material: Material, folder: Path) -> dict[str, float]:
        """Segment the folded text and index it; reading files, folding and tagging are not part of it."""
        folder.mkdir(parents=True)
        index = tantivy.Index(_schema(), path=str(folder))
        index.register_tokenizer("spaced", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        writer = index.writer(_HEAP, material.workers)
        number = 0
        with ProcessPoolExecutor(material.workers, mp_context=get_context("spawn")) as pool:
            for batch in pool.map(as_terms, material.rows):
                for row, terms in batch:
                    document = tantivy.Document()
                    document.add_text("text", terms)
                    document.add_bytes("body", row.text.encode())
                    document.add_unsigned("number", number)
                    document.add_integer("date", row.date)
                    for name, values in row.facets.items():
                        for value in values:
                            document.add_text(_facet(name), value)
                    writer.add_document(document)
                    number += 1
        writer.commit()
        writer.wait_merging_threads()
        return {}

    def sizes(self, folder: Path) -> dict[str, int]:
        return {"index": bytes_below(folder), "stored text": bytes_below(folder, "*.store")}

    def open(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._index.register_tokenizer("spaced", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def ready(self, question: Question, facets: bool) -> Callable[[], int]:
        matching = self._matching(question)
        whole = self._filtered(matching, question.filters)
        order = "date" if question.newest else None
        counted = [(whole, _counted([name for name in FACETS if name not in question.filters]))] if facets else []
        for name in question.filters if facets else ():
            others = {key: value for key, value in question.filters.items() if key != name}
            counted.append((self._filtered(matching, others), _counted([name])))

        def carried_out() -> int:
            found = self._searcher.search(whole, TOP, count=True, order_by_field=order)
            self._searcher.fast_field_values("number", [address for _, address in found.hits])
            for query, facet in counted:
                self._searcher.aggregate(query, facet)
            return int(found.count or 0)

        return carried_out

    def facet_counts(self) -> Mapping[str, Mapping[str, int]]:
        answer = self._searcher.aggregate(Query.all_query(), _counted(FACETS))
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in answer[_facet(name)]["buckets"]} for name in FACETS
        }

    def _matching(self, question: Question) -> Query:
        if question.phrase:
            terms = phrase_terms(question.phrase)
            return self._phrase(terms, 0) if len(terms) > 1 else self._term("text", terms[0])
        if question.prefix:
            return Query.regex_query(self._schema, "text", f"{question.prefix}.*")
        if question.scope:
            return self._phrase(list(question.words), 10)
        occur = Occur.Should if question.any_of else Occur.Must
        clauses = [(occur, self._term("text", word)) for word in question.words]
        if question.barred:
            clauses.append((Occur.MustNot, self._term("text", question.barred)))
        if question.dates:
            first, last = question.dates
            dated = Query.range_query(self._schema, "date", tantivy.FieldType.Integer, first, last)
            clauses.append((Occur.Must, dated))
        return Query.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]

    def _filtered(self, matching: Query, filters: Mapping[str, str]) -> Query:
        if not filters:
            return matching
        wanted = [(Occur.Must, self._term(_facet(name), value)) for name, value in filters.items()]
        return Query.boolean_query([(Occur.Must, matching), *wanted])

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value)

    def _phrase(self, terms: list[str], slop: int) -> Query:
        return Query.phrase_query(self._schema, "text", list(terms), slop)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="spaced", index_option="position")
    builder.add_bytes_field("body", stored=True)
    builder.add_unsigned_field("number", fast=True)
    builder.add_integer_field("date", indexed=True, fast=True)
    for name in FACETS:
        builder.add_text_field(_facet(name), fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _facet(name: str) -> str:
    """The field of a facet; ``text`` is the searched text's name already."""
    return f"f_{name}"


def _counted(names: Sequence[str]) -> dict[str, object]:
    return {_facet(name): {"terms": {"field": _facet(name), "size": _MOST_VALUES}} for name in names}
