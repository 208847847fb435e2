"""Plain values as JSON and bytes: exact types only, nothing that could run.

JSON's scalars stand for themselves. Everything else is a list that begins with its tag:
``["l", items]`` list, ``["t", items]`` tuple, ``["d", pairs]`` dict, ``["q", n, d]`` fraction,
``["c", re, im]`` complex, ``["T", dtype, shape, offset]`` tensor, ``["N", dtype, shape, offset]`` array,
``["h", number, kind, class name]`` handle: an object that stays where it is.
"""

from dataclasses import dataclass

import numpy as np
import torch

DEPTH = 32
NODES = 100_000
AXES = 16
TORCH = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        *(torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128),
        *(torch.int8, torch.uint8, torch.int16, torch.int32, torch.int64, torch.bool),
    )
}
NUMPY = {name: np.dtype(name) for name in TORCH if name != "bfloat16"}


@dataclass(frozen=True)
class Handle:
    """An object on the other side: its number, "function" or "object", and the name of its class."""

    number: int
    kind: str
    name: str
