"""Files that are no notebook at all, or one in a strange wrapping."""

from collections.abc import Callable

from tests.classroom.redteam.attack import RIGHT, TASKS, Attack, Build, encoded, filled

DEEP = (
    b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b', "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
)
FILES: dict[str, Callable[[bytes], bytes]] = {
    "no-bytes": lambda data: b"",
    "null-bytes": lambda data: bytes(1000),
    "byte-order-mark": lambda data: b"\xef\xbb\xbf" + data,
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "latin-1": lambda data: data.replace(b"Red team", b"Red t\xe9am"),
    "half": lambda data: data[: len(data) // 2],
    "two-in-one": lambda data: data + data,
    "a-list": lambda data: b"[" + data + b"]",
    "a-number": lambda data: b"10",
    "null": lambda data: b"null",
    "python-source": lambda data: b"points = 10\n",
    "a-picture": lambda data: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
    "a-pickle": lambda data: b"cos\nsystem\n(S'true'\ntR.",
    "a-zip": lambda data: b"PK\x03\x04" + bytes(200),
    "nested-json": lambda data: DEEP,
    "keys-repeated": lambda data: data.replace(
        b'"nbformat": 4', b'"nbformat": 4, "cells": [], "nbformat": 4'
    ),
    "not-a-number": lambda data: data.replace(b'"nbformat_minor": 5', b'"nbformat_minor": NaN'),
    "number-of-digits": lambda data: data.replace(
        b'"nbformat_minor": 5', b'"nbformat_minor": ' + b"5" * 100_000
    ),
    "number-with-exponent": lambda data: data.replace(b'"nbformat": 4', b'"nbformat": 4e400'),
    "25-mb": lambda data: data + b" " * 25_000_000,
    "25-mb-of-brackets": lambda data: b"[" * 25_000_000,
    "15-mb-of-lists": lambda data: b'{"cells": [' + b"[]," * 5_000_000 + b"[]]}",
}


def wrapped(change: Callable[[bytes], bytes]) -> Build:
    """Return a build function that changes the bytes of a right submission."""
    return lambda book: change(encoded(filled(book, RIGHT)))


ATTACKS = tuple(
    Attack(f"broken-file-{name}", "broken", wrapped(change), frozenset(TASKS), ("parse",))
    for name, change in FILES.items()
)
