"""Length-prefixed bytes between the worker and its own judge."""

import socket
import struct

LENGTH = struct.Struct("!Q")


def write_frame(connection: socket.socket, data: bytes) -> None:
    """Send ``data`` with its length before it."""
    connection.sendall(LENGTH.pack(len(data)) + data)


def read_frame(connection: socket.socket, most: int | None = None) -> bytes:
    """Return the next frame; raise EOFError if the other side is gone, or sends over ``most`` bytes."""
    (length,) = LENGTH.unpack(_read(connection, LENGTH.size))
    if most is not None and length > most:
        raise EOFError(f"a frame of {length} bytes, of at most {most}")
    return bytes(_read(connection, length))


def _read(connection: socket.socket, count: int) -> bytearray:
    data, done = bytearray(count), 0
    while done < count:
        try:
            got = connection.recv_into(memoryview(data)[done:])
        except ConnectionError:
            got = 0
        if got == 0:
            raise EOFError("the other side is gone")
        done += got
    return data
