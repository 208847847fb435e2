"""The codec: what goes through comes out the same, and nothing else comes out."""

import json
import socket
import struct
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch

from classroom.wire.channel import META_BYTES, Channel, WireClosed, WireError, WireTimeout, parse
from classroom.wire.decode import Decoder
from classroom.wire.encode import Encoder
from classroom.wire.values import DEPTH, NODES, NUMPY, TORCH, Handle
from tests.classroom.needs import HANG_SECONDS


def handle(value):
    return Handle(3, "function" if callable(value) else "object", type(value).__name__)


def encoded(value, limit=1 << 20):
    encoder = Encoder(handle, limit)
    meta = json.loads(json.dumps(encoder.encode(value)))
    return meta, bytes(encoder.blob)


def through(value):
    meta, blob = encoded(value)
    return Decoder(blob, lambda found: found).decode(meta)


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, False, 0, -7, 2**200, 0.1, -0.0, 1e308, "", "中文 \x00", 1j, Fraction(-3, 7)),
        *([], [1, [2.0]], (), (1, (None,)), {}, {"a": 1, 2: (3,), (1, "b"): None}),
    ],
)
def test_plain_values_come_back_the_same_and_of_the_same_type(value):
    got = through(value)
    assert type(got) is type(value)
    assert got == value


def test_infinities_and_nan_come_back():
    low, high, nan = through([float("-inf"), float("inf"), float("nan")])
    assert (low, high, nan != nan) == (float("-inf"), float("inf"), True)


@pytest.mark.parametrize("dtype", TORCH.values(), ids=str)
@pytest.mark.parametrize("shape", [(), (0, 3), (2, 3), (1, 1, 5)])
def test_tensors_of_every_dtype_come_back_bit_by_bit(dtype, shape):
    tensor = (torch.randn(shape, dtype=torch.float64) * 3).to(dtype)
    got = through(tensor)
    assert (type(got), got.dtype, got.shape) == (torch.Tensor, dtype, tensor.shape)
    assert torch.equal(got, tensor)


@pytest.mark.parametrize("name", NUMPY)
def test_arrays_of_every_dtype_come_back(name):
    array = (np.arange(6).reshape(2, 3) - 2).astype(name)
    got = through(array)
    assert (type(got), got.dtype, got.tolist()) == (np.ndarray, array.dtype, array.tolist())


def test_a_column_of_one_row_comes_back():
    """PyTorch calls it contiguous whatever its stride is."""
    column = torch.arange(8.0).view(1, 8)[:, 3]
    assert column.stride() == (8,)
    assert torch.equal(through(column), torch.tensor([3.0]))


def test_what_is_laid_out_otherwise_comes_back_by_value():
    matrix = torch.arange(6.0).reshape(2, 3)
    got = through(
        [matrix.T, matrix[:, 1:], torch.nn.Parameter(matrix), torch.zeros(1).expand(4), np.float64(2)]
    )
    assert torch.equal(got[0], matrix.T)
    assert torch.equal(got[1], matrix[:, 1:])
    assert type(got[2]) is torch.Tensor
    assert got[2].requires_grad is False
    assert torch.equal(got[3], torch.zeros(4))
    assert type(got[4]) is float


class Loud(torch.Tensor):
    pass


OTHERS = (
    *(print, object(), {1, 2}, b"bytes", np.array([None])),
    *(torch.randn(2).as_subclass(Loud), torch.eye(2).to_sparse(), torch.empty(2, device="meta")),
    *(type("Int", (int,), {})(3), type("Text", (str,), {})("x")),
)


@pytest.mark.parametrize("value", OTHERS, ids=lambda value: type(value).__name__)
def test_everything_else_stays_where_it_is(value):
    assert type(through(value)) is Handle


@pytest.mark.parametrize(
    "meta",
    [
        *(
            [],
            ["x", 1],
            [1, 2],
            ["l"],
            ["l", 3],
            ["t", {}],
            ["d", [[1]]],
            ["d", [[["l", []], 1]]],
            ["d", 5],
            {"a": 1},
        ),
        *(
            ["q", 1, 0],
            ["q", 1.5, 2],
            ["q", 1],
            ["c", 1, 2],
            ["h", -1, "function", "f"],
            ["h", 1, "module", "f"],
        ),
        *(
            ["h", 1, "function", "f" * 101],
            ["h", "1", "function", "f"],
            ["h", True, "function", "f"],
            "\ud800",
        ),
        *(
            ["T", "float64", [-1], 0],
            ["T", "float64", [2], 0],
            ["T", "float64", [1], 1],
            ["T", "float64", [1], -8],
        ),
        *(
            ["T", "object", [1], 0],
            ["N", "bfloat16", [1], 0],
            ["T", "float64", [True], 0],
            ["T", "float64", 1, 0],
        ),
        *(
            ["T", "uint8", [2**40], 0],
            ["T", "uint8", [0, 2**40], 0],
            ["T", "uint8", [1] * 17, 0],
            ["T", [], [1], 0],
        ),
        *(["l", [["T", "float64", [1], 0], ["T", "float64", [1], 0]]],),
    ],
    ids=repr,
)
def test_what_is_malformed_is_refused(meta):
    with pytest.raises(WireError):
        Decoder(bytes(8), lambda found: found).decode(meta)


def test_depth_and_number_of_parts_are_limited_both_ways():
    deep = 0
    for _ in range(DEPTH + 1):
        deep = [deep]
    with pytest.raises(WireError, match="levels"):
        encoded(deep)
    with pytest.raises(WireError, match="parts"):
        encoded([0] * NODES)
    meta = 0
    for _ in range(DEPTH + 1):
        meta = ["l", [meta]]
    with pytest.raises(WireError, match="levels"):
        Decoder(b"", handle).decode(meta)
    with pytest.raises(WireError, match="parts"):
        Decoder(b"", handle).decode(["l", [0] * NODES])


def test_a_value_beyond_the_limit_is_not_encoded():
    with pytest.raises(WireError, match="more than 100 bytes"):
        encoded(torch.zeros(101, dtype=torch.uint8), limit=100)
    with pytest.raises(WireError, match="4096 bits"):
        encoded(1 << 5000)


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"3", b"{", b"\xff", b"[" * 200_000, b'{"a": ' + b"9" * 5000 + b"}", b"nul", b'{"a": 1} x'],
    ids=lambda text: repr(text[:12]),
)
def test_text_that_is_no_object_is_refused(text):
    with pytest.raises(WireError):
        parse(text)


def pair(blob_mb=1):
    ours, theirs = socket.socketpair()
    return Channel(ours, blob_mb), theirs


def test_frames_cross_a_socket():
    ours, theirs = pair()
    with theirs:
        ours.send({"a": [1]}, b"xyz")
        other = Channel(theirs, 1)
        meta, blob = other.receive(time.monotonic() + HANG_SECONDS)
        assert (meta, bytes(blob)) == ({"a": [1]}, b"xyz")
        ours.close()
        with pytest.raises(WireClosed):
            other.receive(time.monotonic() + HANG_SECONDS)


@pytest.mark.parametrize("lengths", [(META_BYTES + 1, 0), (2, (1 << 20) + 1), (2**32 - 1, 2**32 - 1)])
def test_a_frame_that_says_it_is_too_large_is_refused_before_it_is_read(lengths):
    ours, theirs = pair()
    with theirs:
        theirs.sendall(struct.pack("!II", *lengths))
        with pytest.raises(WireError, match="too large"):
            ours.receive(time.monotonic() + HANG_SECONDS)
    ours.close()


def test_a_frame_that_does_not_come_in_time_is_a_timeout():
    ours, theirs = pair()
    with theirs:
        theirs.sendall(struct.pack("!II", 10, 0) + b"{")
        with pytest.raises(WireTimeout):
            ours.receive(time.monotonic() + 0.1)
        with pytest.raises(WireTimeout):
            ours.receive(time.monotonic() - 1)
    ours.close()


def test_what_is_too_large_is_not_sent():
    ours, theirs = pair()
    with theirs, pytest.raises(WireError, match="too large to send"):
        ours.send({"a": "x" * META_BYTES})
    ours.close()


@pytest.mark.slow
def test_a_million_random_and_mutated_replies():
    """Half a million in each of two processes: no other error, no type outside the list, bounded memory."""
    script = str(Path(__file__).with_name("fuzz.py"))
    runs = [
        subprocess.Popen([sys.executable, script, "500000", seed], stdout=subprocess.PIPE, text=True)
        for seed in ("1", "2")
    ]
    for run in runs:
        text, _ = run.communicate()
        assert run.returncode == 0
        seen = json.loads(text)
        assert (seen["frames"], seen["outside"]) == (500_000, 0)
        assert min(seen["taken"], seen["refused"]) > 50_000
        assert seen["grown_mb"] < 100
