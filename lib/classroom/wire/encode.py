"""From values to a frame's meta and blob."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import torch

from classroom.wire.channel import WireError
from classroom.wire.values import DEPTH, NODES, NUMPY, TORCH, Handle


class Encoder:
    """Turn values into meta, collecting the bytes of arrays in ``blob``.

    Args:
        handle: called with an object outside the list; returns its Handle, or raises WireError
        limit: largest number of bytes in the blob
    """

    def __init__(self, handle: Callable[[Any], Handle], limit: int) -> None:
        self.blob = bytearray()
        self._handle, self._limit, self._nodes = handle, limit, 0

    def encode(self, value: Any, depth: int = 0) -> Any:
        self._nodes += 1
        if depth > DEPTH or self._nodes > NODES:
            raise WireError(f"a value has more than {DEPTH} levels or {NODES} parts")
        kind = type(value)
        if value is None or kind in (bool, float, str):
            return value
        if kind is int:
            return self._int(value)
        if kind in (list, tuple, torch.Size):
            return ["l" if kind is list else "t", [self.encode(item, depth + 1) for item in value]]
        if kind is dict:
            pairs = [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in value.items()]
            return ["d", pairs]
        if kind is Fraction:
            return ["q", self._int(value.numerator), self._int(value.denominator)]
        if kind is complex:
            return ["c", value.real, value.imag]
        if kind in (torch.Tensor, torch.nn.Parameter) and _plain(value):
            # Not contiguous(): it leaves an odd stride where an axis has length 1, and view() refuses that.
            tensor = value.detach().cpu().clone(memory_format=torch.contiguous_format)
            return self._array("T", str(tensor.dtype)[6:], tensor.shape, tensor)
        if kind is np.ndarray and value.dtype.name in NUMPY and value.dtype.isnative:
            return self._array("N", value.dtype.name, value.shape, np.ascontiguousarray(value))
        if isinstance(value, np.generic) and value.dtype.name in NUMPY:
            return self.encode(value.item(), depth)
        handle = value if kind is Handle else self._handle(value)
        return ["h", handle.number, handle.kind, handle.name]

    def _int(self, value: int) -> int:
        if value.bit_length() > 4096:
            raise WireError("a whole number has more than 4096 bits")
        return value

    def _array(self, tag: str, dtype: str, shape: Any, array: Any) -> list[Any]:
        offset, size = len(self.blob), int(array.nbytes)
        if offset + size > self._limit:
            raise WireError(f"the arrays of a value have more than {self._limit} bytes")
        if tag == "T":
            array = array.reshape(-1).view(torch.uint8).numpy() if size else b""
        self.blob += bytes(array) if tag == "T" else array.tobytes()
        return [tag, dtype, [int(length) for length in shape], offset]


def _plain(tensor: torch.Tensor) -> bool:
    usual = tensor.layout is torch.strided and tensor.device.type in ("cpu", "cuda")
    return usual and not tensor.is_quantized and not tensor.is_nested and str(tensor.dtype)[6:] in TORCH
