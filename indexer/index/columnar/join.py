"""Runs into one segment's documents (`columnar.rulings`, lengths): copied stretch by stretch, nothing held whole."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.index.columnar.arrays import Array, ArrayFile, ArraysWriter
from indexer.index.columnar.merge import Placed

_AT_ONCE = 1 << 24
_PER_RULING = ("date_first", "date_last", "tier")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Documents ``first`` to ``last`` (not itself) of a run, which stand together in the index."""

    file: ArrayFile
    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first


def stretches(runs: Sequence[Placed]) -> list[Stretch]:
    """All documents of the index in their order, in as few stretches as there are."""
    total = sum(int((run.numbers >= 0).sum()) for run in runs)
    run_of, local = np.zeros(total, np.int64), np.zeros(total, np.int64)
    for place, run in enumerate(runs):
        kept = np.flatnonzero(run.numbers >= 0)
        run_of[run.numbers[kept]], local[run.numbers[kept]] = place, kept
    if not total:
        return []
    breaks = np.flatnonzero((run_of[1:] != run_of[:-1]) | (local[1:] != local[:-1] + 1)) + 1
    return [
        Stretch(runs[run_of[start]].file, int(local[start]), int(local[end - 1]) + 1)
        for start, end in zip([0, *breaks.tolist()], [*breaks.tolist(), total], strict=True)
    ]


def join_rulings(
    writer: ArraysWriter, parts: Sequence[Stretch], lengths: Sequence[tuple[str, str]]
) -> dict[str, list[str]]:
    """The arrays of `columnar.rulings` but ``cited_by``, and the lengths: (name in the runs, name in the file) pairs.

    Returns the values of each facet, in the order of the places that the arrays hold.
    """
    writer.add_pieces("text", np.uint8, _text(parts))
    writer.add_pieces("segments.begins", np.uint32, _ends(parts, "segments.begins", _segments))
    writer.add_pieces(
        "segment_zones", np.uint8, (each.file["segment_zones"][slice(*_segments(each))] for each in parts)
    )
    writer.add_pieces("ruling_segments", np.int64, _ends(parts, "ruling_segments", _documents))
    for name in _PER_RULING:
        writer.add_pieces(name, np.int32, (each.file[name][each.first : each.last] for each in parts))
    for name, target in lengths:
        writer.add_pieces(target, np.int32, (each.file[name][each.first : each.last] for each in parts))
    return _facets(writer, parts)


def _documents(part: Stretch) -> tuple[int, int]:
    return part.first, part.last


def _segments(part: Stretch) -> tuple[int, int]:
    firsts = part.file["ruling_segments"]
    return int(firsts[part.first]), int(firsts[part.last])


def _text(parts: Sequence[Stretch]) -> Iterator[Array]:
    for part in parts:
        first, last = _segments(part)
        begins, text = part.file["segments.begins"], part.file["text"]
        begin, end = 2 * int(begins[first]), 2 * int(begins[last])
        for at in range(begin, end, _AT_ONCE):
            yield text[at : min(at + _AT_ONCE, end)]
        part.file.forget()


def _ends(parts: Sequence[Stretch], name: str, of: Callable[[Stretch], tuple[int, int]]) -> Iterator[Array]:
    """Ends that count on from stretch to stretch; 0 first."""
    position = 0
    yield np.zeros(1, np.int64)
    for part in parts:
        first, last = of(part)
        ends = part.file[name][first : last + 1].astype(np.int64)
        yield ends[1:] - ends[0] + position
        position += int(ends[-1] - ends[0])


def _facets(writer: ArraysWriter, parts: Sequence[Stretch]) -> dict[str, list[str]]:
    names = parts[0].file.meta["facets"] if parts else {}
    assert isinstance(names, dict)
    result: dict[str, list[str]] = {}
    for name in names:
        known: dict[str, int] = {}
        rulings: list[NDArray[np.int32]] = []
        values: list[NDArray[np.int32]] = []
        position = 0
        for part in parts:
            there, valued = _facet(part, name, known)
            rulings.append((there + position).astype(np.int32))
            values.append(valued)
            position += len(part)
        writer.add_pieces(f"facet.{name}.rulings", np.int32, rulings)
        writer.add_pieces(f"facet.{name}.values", np.int32, values)
        result[name] = list(known)
    return result


def _facet(part: Stretch, name: str, known: dict[str, int]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pairs of a stretch: documents from 0, and values as ``known`` numbers them, in the order they are met."""
    facets = part.file.meta["facets"]
    assert isinstance(facets, dict)
    rulings, values = part.file[f"facet.{name}.rulings"], part.file[f"facet.{name}.values"]
    start, end = np.searchsorted(rulings, [part.first, part.last])
    here = values[start:end]
    met, firsts = np.unique(here, return_index=True)
    number = np.zeros(len(facets[name]), np.int32)
    for value in met[np.argsort(firsts)].tolist():
        number[value] = known.setdefault(facets[name][value], len(known))
    return (rulings[start:end] - part.first).astype(np.int32), number[here]
