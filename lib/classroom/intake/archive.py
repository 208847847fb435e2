"""Entries of a zip archive. Nothing is extracted; an entry is read from where it lies, up to a size."""

import lzma
import stat
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from classroom.errors import ClassroomError
from classroom.intake.submission import Found, Unreadable

MOST_ENTRIES = 100_000
HIGHEST_RATIO = 1100  # deflate cannot pack better than 1032 to 1
UTF8_NAME, ENCRYPTED = 0x800, 0x1
TIMES, UNICODE_PATH = 0x5455, 0x7075
BROKEN = (BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, OverflowError)
BROKEN += (IndexError, struct.error, zlib.error, lzma.LZMAError)


@contextmanager
def open_archive(path: Path, encoding: str | None) -> Iterator[list[Found]]:
    """Give every entry of an archive, readable until the end of the block.

    Args:
        path: the zip file
        encoding: of names that do not tell theirs, as from old Windows; None to guess
    Raises:
        ClassroomError: if the file is no zip archive, is damaged as a whole, or has too many entries
    """
    try:
        archive = ZipFile(path)
    except BROKEN as error:
        raise ClassroomError(f"{path} is no zip archive, or a damaged one: {error}") from error
    with archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise ClassroomError(
                f"{path}: more than {MOST_ENTRIES} entries; is this the archive of submissions?"
            )
        names = [_name(entry, encoding) for entry in entries]
        often = Counter(names)
        written = path.stat().st_mtime
        yield [
            Found(
                parts=tuple(part for part in name.split("/") if part not in ("", ".")),
                uri=f"{path}#{name}",
                received=datetime.fromtimestamp(_moment(entry, written), UTC),
                is_folder=name.endswith("/"),
                fault=_fault(entry, name, often[name]),
                read=partial(_read, archive, entry),
            )
            for name, entry in zip(names, entries, strict=True)
        ]


def _fault(entry: ZipInfo, name: str, times: int) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        return "has a path that leads out of the archive"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device, no file"
    if times > 1 and not name.endswith("/"):
        return f"stands {times} times in the archive under the same name"
    if entry.flag_bits & ENCRYPTED:
        return "is encrypted"
    # Other methods unpack without bounds in Python's library, whatever size is asked for.
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "is packed in a way that is not read; expected deflate"
    if entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        return "claims a size that it cannot have"
    return ""


def _read(archive: ZipFile, entry: ZipInfo, size: int) -> bytes:
    try:
        with archive.open(entry) as file:
            return file.read(size)
    except BROKEN as error:
        raise Unreadable("is damaged") from error


def _name(entry: ZipInfo, encoding: str | None) -> str:
    """Return an entry's name, with ``/`` between its parts, in the encoding it was most likely written in."""
    name = entry.filename
    if not entry.flag_bits & UTF8_NAME and not name.isascii():  # read as the code page of the first PC
        raw = entry.orig_filename.split("\0")[0].encode("cp437", "replace")
        extra = _extra(entry, UNICODE_PATH)
        if len(extra) > 5 and struct.unpack("<L", extra[1:5])[0] == zlib.crc32(raw):
            name = extra[5:].decode("utf-8", "replace")
        else:
            name = _decoded(raw, encoding) or name
    return name.replace("\\", "/")


def _decoded(raw: bytes, encoding: str | None) -> str:
    try:
        return raw.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        return ""
    except LookupError as error:
        raise ClassroomError(
            f"no such encoding: {encoding!r}; expected one such as cp850 or cp936"
        ) from error


def _moment(entry: ZipInfo, otherwise: float) -> float:
    """Return when an entry was written. Times without a zone are taken for UTC, the same on every machine."""
    extra = _extra(entry, TIMES)
    if len(extra) >= 5 and extra[0] & 1:
        return float(struct.unpack("<l", extra[1:5])[0])
    try:
        return datetime(*entry.date_time, tzinfo=UTC).timestamp() if entry.date_time[0] > 1980 else otherwise
    except ValueError:
        return otherwise


def _extra(entry: ZipInfo, wanted: int) -> bytes:
    rest = entry.extra
    while len(rest) >= 4:
        kind, size = struct.unpack("<HH", rest[:4])
        if kind == wanted:
            return rest[4 : 4 + size]
        rest = rest[4 + size :]
    return b""
