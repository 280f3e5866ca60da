"""The zip file around a .docx: read within limits, and written again with every untouched member byte for byte.

`zipfile` reads; it can't write a member back as it was packed, so the writing is done here, over the raw bytes.
"""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from copy import copy
from io import BytesIO

from app.briefs.files.errors import N_, BriefEncrypted, BriefTooLarge, BriefUnreadable
from app.briefs.files.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, within

DAMAGED = N_("The file is damaged or cut off. Open it in your word processor, save it again and send that.")
BOMB = N_("The file unpacks to over %(limit)s times its size. Save it again as .docx, or paste its text.")

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_STREAMED = 0x08
"""Flag: sizes stand after the data. Never so in what is written here."""
_RATIO_FROM = 1_000_000
_ZIP64 = 0x0001


class Package:
    """The members of a zip file, read one by one as they are asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error, UnicodeDecodeError):
            raise BriefUnreadable(DAMAGED) from None
        _check(self._zip.infolist())
        self._by_name = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        if len(self._by_name) < len(self._zip.infolist()):
            raise BriefUnreadable(DAMAGED)

    @property
    def names(self) -> list[str]:
        """The names of all members."""
        return list(self._by_name)

    def read(self, name: str) -> bytes:
        """The bytes of one member."""
        try:
            return self._zip.read(self._by_name[name])
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise BriefUnreadable(DAMAGED) from None

    def replaced(self, changed: Mapping[str, bytes]) -> bytes:
        """The package with some members changed, or added at its end; every other one is copied as it is packed."""
        out = BytesIO()
        members = self._zip.infolist()
        offsets: dict[str, tuple[zipfile.ZipInfo, int]] = {}
        for original in sorted(members, key=lambda each: each.header_offset):
            info, new = copy(original), changed.get(original.filename.lstrip("/"))
            offsets[info.filename] = info, out.tell()
            out.write(self._raw(info) if new is None else _member(info, new))
        for name in sorted(set(changed) - set(self._by_name)):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            offsets[name] = info, out.tell()
            out.write(_member(info, changed[name]))
        order = dict.fromkeys([*(info.filename for info in members), *offsets])
        return out.getvalue() + _directory([offsets[name] for name in order], out.tell(), self._zip.comment)

    def _raw(self, info: zipfile.ZipInfo) -> bytes:
        header = _LOCAL.unpack_from(self._data, info.header_offset)
        end = info.header_offset + _LOCAL.size + header[9] + header[10] + info.compress_size
        if info.flag_bits & _STREAMED:
            end += self._descriptor(end)
        return self._data[info.header_offset : end]

    def _descriptor(self, at: int) -> int:
        # Its signature is optional, and its sizes have four bytes each or, in zip64, eight.
        signed = self._data[at : at + 4] == b"PK\x07\x08"
        for length in (12, 20):
            after = self._data[at + length + 4 * signed :][:2]
            if after == b"PK":
                return length + 4 * signed
        raise BriefUnreadable(DAMAGED)


def _check(members: list[zipfile.ZipInfo]) -> None:
    within(len(members), MAX_MEMBERS, N_("The file holds over %(limit)s parts. Save it again as .docx."))
    unpacked = sum(info.file_size for info in members)
    within(unpacked, MAX_UNPACKED, N_("The file unpacks to over %(limit)s bytes. Send it without its pictures."))
    for info in members:
        if info.flag_bits & 0x1:
            raise BriefEncrypted(N_("The file is locked with a password. Save it without one, or paste its text."))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BriefUnreadable(DAMAGED)
        if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise BriefTooLarge(BOMB, MAX_RATIO)


def _member(info: zipfile.ZipInfo, data: bytes) -> bytes:
    """A local header with its data; ``info`` takes on the new sizes."""
    packed = data
    if info.compress_type == zipfile.ZIP_DEFLATED:
        deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
        packed = deflate.compress(data) + deflate.flush()
    info.CRC, info.file_size, info.compress_size = zlib.crc32(data), len(data), len(packed)
    info.flag_bits &= ~_STREAMED
    name = _name(info)
    fields = (info.flag_bits, info.compress_type, *_moment(info), info.CRC, len(packed), len(data), len(name), 0)
    return _LOCAL.pack(b"PK\x03\x04", info.extract_version, *fields) + name + packed


def _directory(members: list[tuple[zipfile.ZipInfo, int]], start: int, comment: bytes) -> bytes:
    entries = b"".join(_entry(info, offset) for info, offset in members)
    count = len(members)
    return entries + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(entries), start, len(comment)) + comment


def _entry(info: zipfile.ZipInfo, offset: int) -> bytes:
    name, extra = _name(info), _without_zip64(info.extra)
    made_by = info.create_version | info.create_system << 8
    sizes = (info.CRC, info.compress_size, info.file_size, len(name), len(extra), len(info.comment))
    fields = (info.extract_version, info.flag_bits, info.compress_type, *_moment(info), *sizes)
    rest = (0, info.internal_attr, info.external_attr, offset)
    return _CENTRAL.pack(b"PK\x01\x02", made_by, *fields, *rest) + name + extra + info.comment


def _name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")


def _moment(info: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = info.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _without_zip64(extra: bytes) -> bytes:
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != _ZIP64:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept
