"""From a frame's meta and blob back to values, whatever was sent."""

from collections.abc import Callable
from fractions import Fraction
from math import prod
from typing import Any, ClassVar

import numpy as np
import torch

from classroom.wire.channel import WireError
from classroom.wire.values import AXES, DEPTH, NODES, NUMPY, TORCH, Handle


class Decoder:
    """Turn meta and blob back into values of the list of types, or raise WireError, whatever comes.

    Args:
        blob: the bytes of the arrays
        handle: called with each Handle; returns what stands for it
    """

    def __init__(self, blob: memoryview | bytes, handle: Callable[[Handle], Any]) -> None:
        self._blob, self._handle, self._nodes, self._bytes = memoryview(blob), handle, 0, 0

    def decode(self, meta: Any, depth: int = 0) -> Any:
        self._nodes += 1
        if depth > DEPTH or self._nodes > NODES:
            raise WireError(f"a value has more than {DEPTH} levels or {NODES} parts")
        if meta is None or type(meta) in (bool, int, float):
            return meta
        if type(meta) is str:
            return _text(meta)
        if type(meta) is not list or not meta or type(meta[0]) is not str:
            raise WireError("a value has no tag")
        read = self._READERS.get((meta[0], len(meta)))
        if read is None:
            raise WireError("a value has an unknown tag")
        return read(self, meta, depth)

    def _items(self, items: Any, depth: int) -> list[Any]:
        if type(items) is not list:
            raise WireError("a list or tuple has no items")
        return [self.decode(item, depth + 1) for item in items]

    def _list(self, meta: list[Any], depth: int) -> list[Any]:
        return self._items(meta[1], depth)

    def _tuple(self, meta: list[Any], depth: int) -> tuple[Any, ...]:
        return tuple(self._items(meta[1], depth))

    def _dict(self, meta: list[Any], depth: int) -> dict[Any, Any]:
        found = {}
        if type(meta[1]) is not list:
            raise WireError("a dict has no pairs")
        for pair in meta[1]:
            if type(pair) is not list or len(pair) != 2:
                raise WireError("a dict has something that is no pair")
            key = self.decode(pair[0], depth + 1)
            if not _is_key(key):
                raise WireError("a dict has a key that is no plain value")
            found[key] = self.decode(pair[1], depth + 1)
        return found

    def _fraction(self, meta: list[Any], depth: int) -> Fraction:
        if type(meta[1]) is not int or type(meta[2]) is not int or meta[2] == 0:
            raise WireError("a fraction has no two whole numbers")
        return Fraction(meta[1], meta[2])

    def _complex(self, meta: list[Any], depth: int) -> complex:
        if type(meta[1]) is not float or type(meta[2]) is not float:
            raise WireError("a complex number has no two parts")
        return complex(meta[1], meta[2])

    def _read_handle(self, meta: list[Any], depth: int) -> Any:
        number, kind, name = meta[1:]
        right = type(number) is int and type(name) is str and len(name) <= 100
        if not right or number < 0 or kind not in ("function", "object"):
            raise WireError("a handle has no number, kind and name")
        return self._handle(Handle(number, kind, _text(name)))

    def _place(self, meta: list[Any], dtypes: dict[str, Any]) -> tuple[Any, list[int], bytearray]:
        name, shape, offset = meta[1:]
        if type(name) is not str or name not in dtypes or type(shape) is not list or type(offset) is not int:
            raise WireError("an array has no dtype, shape and offset")
        if len(shape) > AXES or not all(type(n) is int and n >= 0 for n in shape):
            raise WireError("an array has an impossible shape")
        # Lengths beside a 0 cost no bytes, and may still overflow.
        if prod(max(n, 1) for n in shape) > 1 << 31:
            raise WireError("an array has an impossible shape")
        size = prod(shape) * dtypes[name].itemsize
        if offset < 0 or offset + size > len(self._blob):
            raise WireError("an array lies outside the bytes that came with it")
        self._bytes += size
        if self._bytes > len(self._blob):
            raise WireError("arrays overlap")
        return dtypes[name], shape, bytearray(self._blob[offset : offset + size])

    def _tensor(self, meta: list[Any], depth: int) -> torch.Tensor:
        dtype, shape, data = self._place(meta, TORCH)
        if not data:
            return torch.empty(shape, dtype=dtype)
        if dtype is torch.bool:
            return torch.frombuffer(data, dtype=torch.uint8).ne(0).reshape(shape)
        return torch.frombuffer(data, dtype=dtype).reshape(shape)

    def _numpy(self, meta: list[Any], depth: int) -> np.ndarray:
        dtype, shape, data = self._place(meta, NUMPY)
        if dtype == np.bool_:
            return np.not_equal(np.frombuffer(data, np.uint8), 0).reshape(shape)
        return np.frombuffer(data, dtype).reshape(shape)

    _READERS: ClassVar = {
        ("l", 2): _list,
        ("t", 2): _tuple,
        ("d", 2): _dict,
        ("q", 3): _fraction,
        ("c", 3): _complex,
        ("T", 4): _tensor,
        ("N", 4): _numpy,
        ("h", 4): _read_handle,
    }


def _is_key(key: Any) -> bool:
    if type(key) is tuple:
        return all(_is_key(item) for item in key)
    return key is None or type(key) in (bool, int, float, str)


def _text(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise WireError("a text is not Unicode") from error
    return text
