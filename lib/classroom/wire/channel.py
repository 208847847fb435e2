"""One socket, one frame after another, each with a size that is checked before anything is read.

A frame is ``[meta length: u32][blob length: u32][meta: JSON][blob: raw bytes of arrays]``, big-endian.
"""

import json
import socket
import struct
from collections.abc import Callable
from typing import Any

from classroom.wire.clock import FairClock

HEADER = struct.Struct("!II")
META_BYTES = 1 << 20
MIB = 1 << 20
# A reply of dots and brackets costs the reader far more than its size: numbers, too, have a limit.
DIGITS = 4000
SHORTEST = 0.01  # seconds of one wait


class WireError(Exception):
    """What came is no frame, or holds a value that is outside the list."""


class WireTimeout(Exception):
    """Nothing came before the deadline."""


class WireClosed(Exception):
    """The other side is gone."""


class Channel:
    """Frames over a connected stream socket.

    Args:
        connection: the socket; the channel owns it
        blob_mb: largest blob that is read or written, in MiB
        clock: the clock of the deadlines
    """

    def __init__(self, connection: socket.socket, blob_mb: float, clock: FairClock | None = None) -> None:
        self.connection, self.clock = connection, clock or FairClock()
        self.blob_bytes = int(blob_mb * MIB)

    def send(self, meta: dict[str, Any], blob: bytes = b"", deadline: float | None = None) -> None:
        """Send one frame before ``deadline``."""
        text = json.dumps(meta, separators=(",", ":")).encode()
        if len(text) > META_BYTES or len(blob) > self.blob_bytes:
            raise WireError(
                f"a value is too large to send: {len(text)} bytes of structure (at most {META_BYTES}) "
                f"and {len(blob)} of arrays (at most {self.blob_bytes})"
            )
        frame, sent = memoryview(HEADER.pack(len(text), len(blob)) + text + blob), 0
        while sent < len(frame):
            sent += self._before(deadline, self.connection.send, frame[sent:])

    def receive(self, deadline: float | None = None) -> tuple[dict[str, Any], memoryview]:
        """Return the next frame's meta and blob, all of it before ``deadline``."""
        meta_length, blob_length = HEADER.unpack(self._read(HEADER.size, deadline))
        if meta_length > META_BYTES or blob_length > self.blob_bytes:
            raise WireError("a frame is too large")
        text = self._read(meta_length, deadline)
        return parse(text), memoryview(self._read(blob_length, deadline))

    def close(self) -> None:
        self.connection.close()

    def _read(self, count: int, deadline: float | None) -> bytearray:
        data = bytearray(count)
        view, done = memoryview(data), 0
        while done < count:
            got = self._before(deadline, self.connection.recv_into, view[done:])
            if got == 0:
                raise WireClosed
            done += got
        return data

    def _before(self, deadline: float | None, move: Callable[[memoryview], int], part: memoryview) -> int:
        """Move some bytes before the deadline; return how many."""
        while True:
            left = None if deadline is None else self.clock.left(deadline)
            if left is not None and left <= 0:
                raise WireTimeout
            try:
                self.connection.settimeout(left if left is None else max(left, SHORTEST))
                return move(part)
            except TimeoutError:
                continue  # by the wall clock; ours may have stood
            except OSError as error:
                raise WireClosed from error


def parse(text: bytes | bytearray) -> dict[str, Any]:
    """Return the JSON object in ``text``, or raise WireError whatever the bytes are."""
    try:
        meta = json.loads(bytes(text).decode("utf-8"), parse_int=_short_int)
    except (ValueError, RecursionError, MemoryError) as error:
        raise WireError("a frame is not JSON") from error
    if type(meta) is not dict:
        raise WireError("a frame is JSON but no object")
    return meta


def _short_int(digits: str) -> int:
    if len(digits) > DIGITS:
        raise ValueError("a number is too long")
    return int(digits)
