"""Length-prefixed bytes between the worker and its own judge."""

import socket
import struct

LENGTH = struct.Struct("!Q")


def write_frame(connection: socket.socket, data: bytes) -> None:
    """Send ``data`` with its length before it."""
    connection.sendall(LENGTH.pack(len(data)) + data)


def read_frame(connection: socket.socket) -> bytes:
    """Return the next frame; raise EOFError where the other side is gone."""
    return bytes(_read(connection, LENGTH.unpack(_read(connection, LENGTH.size))[0]))


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
