"""Panli itself: built by the real `panli build`, asked through the real query language, plan and searcher."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from app.search.language import parse
from app.search.plan import plan
from app.search.query import Order, SearchQuery
from app.search.whoosh_searcher import WhooshSearcher
from indexer.store import open_build
from tests.bench.engines.engine import TOP, Material
from tests.bench.lecard import ROOT
from tests.bench.machine import bytes_below
from tests.bench.queries import KINDS, Question


class Measured:
    kinds = frozenset(KINDS)
    may_skip_facets = False

    def build(self, material: Material, folder: Path) -> dict[str, float]:
        """End to end, as a user would: read, validate, tag, link, segment, index, catalogue, publish."""
        command = [sys.executable, "-m", "app", "build", str(material.corpus), "--store", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return {}

    def sizes(self, folder: Path) -> dict[str, int]:
        built = open_build(folder)
        index, catalogue = bytes_below(built.index), built.catalogue.stat().st_size
        everything = bytes_below(folder)
        return {"index": index + catalogue, "full text": index, "catalogue": catalogue, "store": everything}

    def open(self, folder: Path) -> None:
        self._searcher = WhooshSearcher(open_build(folder).index)
        self._searcher.warm()  # as the service does

    def ready(self, question: Question, facets: bool) -> Callable[[], int]:
        order = Order.NEWEST if question.newest else Order.RELEVANCE
        filters = {name: (value,) for name, value in question.filters.items()}
        query = SearchQuery(question.panli_text, filters, order, size=TOP, expand=False)
        planned = plan(query, parse(query.text, expand=False).tree)
        return lambda: self._searcher.search(planned).total

    def facet_counts(self) -> Mapping[str, Mapping[str, int]]:
        return self._searcher.search(plan(SearchQuery("", size=TOP), None)).facets
