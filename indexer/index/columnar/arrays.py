"""One file of named NumPy arrays: each as it lies in memory, and after them a header that describes them.

::

    magic (8 bytes)  arrays, each on a 64-byte boundary  header (JSON, UTF-8)  length of the header (uint64)
    CRC-32 of the header (uint64)  magic

The header holds dtype, shape, place and CRC-32 of every array, and free metadata. It stands last, so that
arrays can be written in pieces before it is known how long they become, and a file that was cut off has
none. A reader maps the file: opening costs no reading, and all processes share the pages.
"""

import ctypes
import json
import math
import mmap
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO

import numpy as np
from numpy.typing import DTypeLike, NDArray

MAGIC = b"PANLIcol"
_ALIGNMENT = 64
_TAIL = 24
_MAPPED_AT_ONCE = 1 << 22
_MADV_POPULATE_READ = 22  # Linux 5.14; Python has no name for it
_ON_LINUX = sys.platform == "linux"
Array = NDArray[np.generic]


class ArraysDamaged(ValueError):
    """The file is truncated, or its header or one of its arrays is not what was written."""


class ArraysWriter:
    """Writes one file of arrays, one after the other; without `close` it is no file of arrays.

    With ``goes_on`` the file is there already and more arrays follow its own.
    """

    def __init__(self, path: Path, goes_on: bool = False) -> None:
        self._entries: dict[str, Mapping[str, object]] = {}
        if goes_on:
            there = ArrayFile(path)
            self._entries = dict(there.entries)
            self._file: IO[bytes] = path.open("r+b")
            self._file.seek(max((there.offset(name) + there.size(name) for name in there.names()), default=len(MAGIC)))
            self._file.truncate()
        else:
            self._file = path.open("wb")
            self._file.write(MAGIC)

    def __enter__(self) -> "ArraysWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def add(self, name: str, array: Array) -> None:
        """One array, whole."""
        self.add_pieces(name, array.dtype, (array.reshape(-1),), array.shape)

    def add_pieces(
        self, name: str, dtype: DTypeLike, pieces: Iterable[Array], shape: tuple[int, ...] | None = None
    ) -> None:
        """One array out of flat pieces, held one at a time; flat itself unless a ``shape`` is given."""
        kind = np.dtype(dtype)
        begin, crc, size = self._begin(), 0, 0
        for piece in pieces:
            if piece.size:
                raw = np.ascontiguousarray(piece, kind).data.cast("B")
                crc, size = zlib.crc32(raw, crc), size + len(raw)
                self._file.write(raw)
        self._enter(name, kind.str, list(shape) if shape is not None else [size // kind.itemsize], begin, crc)

    def close(self, meta: Mapping[str, object]) -> None:
        """Write the header, with JSON-able metadata."""
        header = json.dumps({"arrays": self._entries, "meta": meta}, ensure_ascii=False).encode()
        self._file.write(header + len(header).to_bytes(8, "little") + zlib.crc32(header).to_bytes(8, "little") + MAGIC)
        self._file.close()

    def _begin(self) -> int:
        self._file.write(b"\0" * (-self._file.tell() % _ALIGNMENT))
        return self._file.tell()

    def _enter(self, name: str, dtype: str, shape: list[int], begin: int, crc: int) -> None:
        self._entries[name] = {"dtype": dtype, "shape": shape, "at": begin, "crc": crc}


def write_arrays(path: Path, arrays: Mapping[str, Array], meta: Mapping[str, object]) -> None:
    """Write arrays and JSON-able metadata to one file."""
    with ArraysWriter(path) as writer:
        for name, array in arrays.items():
            writer.add(name, array)
        writer.close(meta)


class ArrayFile:
    """A file of arrays, mapped for reading; raises `ArraysDamaged` when it is not whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < len(MAGIC) + _TAIL or file.read(8) != MAGIC:
                raise ArraysDamaged(f"{path.name} is not a file of arrays, or it was cut off")
            self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = _header(self.map, path.name)
        self.entries: Mapping[str, Mapping[str, object]] = header["arrays"]
        self.meta: Mapping[str, object] = header["meta"]

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def names(self) -> list[str]:
        """The arrays' names, in the order of writing."""
        return list(self.entries)

    def __getitem__(self, name: str) -> Array:
        """An array, read-only, on the mapped pages."""
        entry = self.entries[name]
        flat = np.frombuffer(self.map, np.dtype(str(entry["dtype"])), self._count(name), self.offset(name))
        return flat.reshape(self._shape(name))

    def get(self, name: str) -> Array | None:
        """An array, or None when the file has none of that name."""
        return None if name not in self.entries else self[name]

    def offset(self, name: str) -> int:
        """Where an array begins in `map`, in bytes."""
        at = self.entries[name]["at"]
        assert isinstance(at, int)
        return at

    def size(self, name: str) -> int:
        """The bytes of an array."""
        return self._count(name) * np.dtype(str(self.entries[name]["dtype"])).itemsize

    def forget(self) -> None:
        """Let go of pages that were read; they are read again when they are asked for."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self.map.madvise(mmap.MADV_DONTNEED)

    def populate(self, name: str) -> Iterator[int]:
        """Have an array read into memory and mapped, so that nobody who asks for it waits for that.

        Done a piece at a time; the bytes of each come back. Where the system can't, nothing is done.
        """
        madvise, start = _madvise(), np.frombuffer(self.map, np.uint8).ctypes.data
        begin, end = self.offset(name) // mmap.PAGESIZE * mmap.PAGESIZE, self.offset(name) + self.size(name)
        for at in range(begin, end, _MAPPED_AT_ONCE):
            length = min(_MAPPED_AT_ONCE, end - at)
            if madvise is None or madvise(start + at, length, _MADV_POPULATE_READ):
                return
            yield length

    def verify(self) -> None:
        """Read everything and compare it with what was written; raises `ArraysDamaged`, naming the array."""
        for name, entry in self.entries.items():
            array = self[name]
            if array.size and zlib.crc32(array.data.cast("B")) != entry["crc"]:
                raise ArraysDamaged(f"array {name!r} of {self.path.name} is not what was written")

    def _shape(self, name: str) -> list[int]:
        shape = self.entries[name]["shape"]
        assert isinstance(shape, list)
        return shape

    def _count(self, name: str) -> int:
        return math.prod(self._shape(name))


def ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """``starts[i], starts[i] + 1, …`` for ``lengths[i]`` numbers, one range after the other."""
    ends = np.cumsum(lengths)
    shifts: NDArray[np.int64] = np.repeat(starts - (ends - lengths), lengths)
    return shifts + np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64)


def firsts_of(rising: NDArray[np.generic]) -> NDArray[np.int64]:
    """Where each distinct value of a rising array begins."""
    return np.flatnonzero(np.concatenate([[True], rising[1:] != rising[:-1]])[: len(rising)])


def ends_of(lengths: NDArray[np.integer] | Sequence[int]) -> NDArray[np.int64]:
    """Where stretches of these lengths end, one after the other; 0 first."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def blob_arrays(blobs: Mapping[str, Sequence[bytes]]) -> dict[str, Array]:
    """Bytes of any kind as arrays: under each name all of its blobs, and where each begins, and the end."""
    arrays: dict[str, Array] = {}
    for name, each in blobs.items():
        arrays[f"{name}.blobs"] = np.frombuffer(b"".join(each), np.uint8)
        arrays[f"{name}.blob_ends"] = np.cumsum([0, *map(len, each)]).astype(np.int64)
    return arrays


def blob(file: ArrayFile, name: str, place: int) -> bytes:
    """One of the blobs that `blob_arrays` made arrays of."""
    ends = file[f"{name}.blob_ends"]
    at = file.offset(f"{name}.blobs")
    return file.map[at + int(ends[place]) : at + int(ends[place + 1])]


@cache
def _madvise() -> Callable[[int, int, int], int] | None:
    """The system's own: `mmap.madvise` keeps Python's lock while a disk is read. Its result is 0 when it was done."""
    found: Callable[[int, int, int], int] | None = getattr(ctypes.CDLL(None), "madvise", None) if _ON_LINUX else None
    if found is not None:
        found.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)  # type: ignore[attr-defined]
    return found


def _header(mapped: mmap.mmap, name: str) -> dict[str, dict[str, dict[str, object]]]:
    end = len(mapped) - _TAIL
    length, crc = (int.from_bytes(mapped[end + at : end + at + 8], "little") for at in (0, 8))
    if mapped[end + 16 :] != MAGIC or length > end - len(MAGIC):
        raise ArraysDamaged(f"the end of {name} is missing or damaged")
    raw = mapped[end - length : end]
    if zlib.crc32(raw) != crc:
        raise ArraysDamaged(f"the header of {name} is damaged")
    header: dict[str, dict[str, dict[str, object]]] = json.loads(raw)
    return header
