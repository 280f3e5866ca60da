"""One file of named NumPy arrays: a header that describes them, then each, aligned, as it lies in memory.

::

    magic (8 bytes)  length of the header (uint64)  header (JSON, UTF-8)  arrays, each on a 64-byte boundary

The header holds dtype, shape, place and CRC-32 of every array, the length of the file, and free
metadata. A reader maps the file: opening costs no reading, and all processes share the pages.
"""

import json
import mmap
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"PANLIcol"
_ALIGNMENT = 64
Array = NDArray[np.generic]


class ArraysDamaged(ValueError):
    """The file is truncated, or its header or one of its arrays is not what was written."""


def write_arrays(path: Path, arrays: Mapping[str, Array], meta: Mapping[str, object]) -> None:
    """Write arrays and JSON-able metadata to one file."""
    entries: dict[str, dict[str, object]] = {}
    position = 0
    for name, array in arrays.items():
        position = _aligned(position)
        raw = np.ascontiguousarray(array)
        entries[name] = {
            "dtype": raw.dtype.str,
            "shape": list(raw.shape),
            "at": position,
            "crc": zlib.crc32(raw.data.cast("B")) if raw.size else 0,
        }
        position += raw.nbytes
    header = json.dumps({"arrays": entries, "bytes": position, "meta": meta}, ensure_ascii=False).encode()
    with path.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(8, "little") + header)
        start = _aligned(file.tell())
        for name, array in arrays.items():
            at = entries[name]["at"]
            assert isinstance(at, int)
            file.write(b"\0" * (start + at - file.tell()))
            file.write(np.ascontiguousarray(array).data)


class ArrayFile:
    """A file of arrays, mapped for reading."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            begin = file.read(16)
            if len(begin) < 16 or begin[:8] != MAGIC:
                raise ArraysDamaged(f"{path.name} is not a file of arrays")
            length = int.from_bytes(begin[8:], "little")
            try:
                header = json.loads(file.read(length))
            except ValueError as error:
                raise ArraysDamaged(f"the header of {path.name} can't be read") from error
            self._start = _aligned(16 + length)
            self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._entries: Mapping[str, Mapping[str, object]] = header["arrays"]
        self.meta: Mapping[str, object] = header["meta"]
        wanted = self._start + header["bytes"] if self._entries else 0
        if len(self.map) < wanted:
            raise ArraysDamaged(f"{path.name} has {len(self.map)} bytes, {wanted} were written")

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> list[str]:
        """The arrays' names, in the order of writing."""
        return list(self._entries)

    def __getitem__(self, name: str) -> Array:
        """An array, read-only, on the mapped pages."""
        entry = self._entries[name]
        shape = entry["shape"]
        assert isinstance(shape, list)
        count = int(np.prod(shape)) if shape else 1
        flat = np.frombuffer(self.map, np.dtype(str(entry["dtype"])), count, self.offset(name))
        return flat.reshape(shape)

    def get(self, name: str) -> Array | None:
        """An array, or None when the file has none of that name."""
        return None if name not in self._entries else self[name]

    def offset(self, name: str) -> int:
        """Where an array begins in `map`, in bytes."""
        at = self._entries[name]["at"]
        assert isinstance(at, int)
        return self._start + at

    def verify(self) -> None:
        """Read everything and compare it with what was written; raises `ArraysDamaged`, naming the array."""
        for name, entry in self._entries.items():
            array = self[name]
            if array.size and zlib.crc32(array.data.cast("B")) != entry["crc"]:
                raise ArraysDamaged(f"array {name!r} of {self.path.name} is not what was written")


def _aligned(position: int) -> int:
    return -(-position // _ALIGNMENT) * _ALIGNMENT
