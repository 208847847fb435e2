"""One socket, one frame after another, each with a size that is checked before anything is read.

A frame is ``[meta length: u32][blob length: u32][meta: JSON][blob: raw bytes of arrays]``, big-endian.
"""

import json
import socket
import struct
import time
from typing import Any

HEADER = struct.Struct("!II")
META_BYTES = 1 << 20
MIB = 1 << 20
# A reply of dots and brackets costs the reader far more than its size: numbers, too, have a limit.
DIGITS = 4000


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
    """

    def __init__(self, connection: socket.socket, blob_mb: float) -> None:
        self.connection = connection
        self.blob_bytes = int(blob_mb * MIB)

    def send(self, meta: dict[str, Any], blob: bytes = b"", deadline: float | None = None) -> None:
        """Send one frame before ``deadline`` (of ``time.monotonic``)."""
        text = json.dumps(meta, separators=(",", ":")).encode()
        if len(text) > META_BYTES or len(blob) > self.blob_bytes:
            raise WireError(
                f"a value is too large to send: {len(text)} bytes of structure (at most {META_BYTES}) "
                f"and {len(blob)} of arrays (at most {self.blob_bytes})"
            )
        try:
            self.connection.settimeout(_left(deadline))
            self.connection.sendall(HEADER.pack(len(text), len(blob)) + text + blob)
        except TimeoutError as error:
            raise WireTimeout from error
        except OSError as error:
            raise WireClosed from error

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
        try:
            while done < count:
                self.connection.settimeout(_left(deadline))
                got = self.connection.recv_into(view[done:])
                if got == 0:
                    raise WireClosed
                done += got
        except TimeoutError as error:
            raise WireTimeout from error
        except OSError as error:
            raise WireClosed from error
        return data


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


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
