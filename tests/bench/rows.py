"""The same documents as every other engine is given them: folded text, date and facet values, in JSON lines.

They are made from the rulings of `tests.bench.corpus` by the product's own folding, tagging and facets, so that all
engines hold the same words and the same facets.
"""

import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import rjieba

from indexer.domain.linked import Linked
from indexer.domain.ruling import Ruling
from indexer.index.analysis import HAN, fold, lexicon, stem
from indexer.index.document import document
from indexer.tag import tag
from tests.bench.corpus import rulings
from tests.bench.lecard import judgments

_BLOCK = 1_000
_LOOKED_AT = 50
_RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*)")


@dataclass(frozen=True, slots=True)
class Row:
    """One document: ``text`` is folded, a paragraph a line; ``date`` is yyyymmdd, 0 where none is stated."""

    id: str
    title: str
    text: str
    date: int
    facets: dict[str, list[str]]


def row_of(ruling: Ruling) -> Row:
    """The row of a ruling."""
    made = document(Linked(tag(ruling), (), ()), 0)
    text = "\n".join(segment.text for segment in made.segments)
    facets = {name: list(values) for name, values in made.facets.items()}
    return Row(made.id, ruling.title.zh or "", text, made.date_first or 0, facets)


def make_rows(folder: Path, size: int, seed: int, workers: int = 2) -> list[Path]:
    """Write the rows of a corpus, a thousand a file, and return the files in order.

    What is there is kept if its first rows are what would be written now.
    """
    paths = [folder / f"{start:07d}.jsonl" for start in range(0, size, _BLOCK)]
    mark = folder / f"made-{seed}-{size}"
    if mark.exists() and _looked_at(read_rows(paths[0])) == _looked_at(map(row_of, rulings(size, seed))):
        return paths
    folder.mkdir(parents=True, exist_ok=True)
    judgments()
    blocks = [(path, number * _BLOCK, min((number + 1) * _BLOCK, size), seed) for number, path in enumerate(paths)]
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        for _ in pool.map(_write_block, blocks):
            pass
    mark.touch()
    return paths


def _looked_at(rows: Iterable[Row]) -> list[Row]:
    return list(islice(rows, _LOOKED_AT))


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of one file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Row(**json.loads(line))


def spaced_terms(folded: str) -> str:
    """The terms of a folded text as they are indexed, with spaces between: an engine that splits there sees them.

    The same as `indexer.index.analysis.analyse` gives (a test holds that), without the offsets, which cost most of
    its time and which no other engine is asked to keep.
    """
    found: list[str] = []
    for match in _RUN.finditer(folded):
        found += _segmenter().cut_for_search(match[0]) if match.lastgroup == "han" else [stem(match[0])]
    return " ".join(found)


@cache
def _segmenter() -> rjieba.Jieba:
    segmenter = rjieba.Jieba()
    for word in sorted(lexicon()):
        segmenter.add_word(word, None, None)
    return segmenter


def as_terms(path: Path) -> list[tuple[Row, str]]:
    """A file's rows, each with its terms; for a pool of processes."""
    return [(row, spaced_terms(row.text)) for row in read_rows(path)]


def phrase_terms(text: str) -> list[str]:
    """The terms of a phrase as they are indexed, in order."""
    return spaced_terms(fold(text)).split(" ")


def _write_block(block: tuple[Path, int, int, int]) -> None:
    path, start, stop, seed = block
    with path.open("w", encoding="utf-8") as out:
        for ruling in rulings(stop, seed, start):
            out.write(json.dumps(asdict(row_of(ruling)), ensure_ascii=False) + "\n")
