"""Throw random and mutated replies at the codec: ``python fuzz.py COUNT SEED``. Prints what it saw as JSON.

A sixth of the frames is noise; the others are real frames with bytes flipped, cut or put in, or with parts of
their structure exchanged. The codec may raise WireError and nothing else, and give exact types only.
"""

import collections
import copy
import json
import random
import resource
import sys
from fractions import Fraction

import numpy as np
import torch

from classroom.wire.channel import WireError, parse
from classroom.wire.decode import Decoder
from classroom.wire.encode import Encoder
from classroom.wire.values import Handle

SCALARS = {type(None), bool, int, float, str, complex, Fraction, torch.Tensor, np.ndarray, Handle}
NASTY = (
    *(
        -1,
        0,
        1,
        2**31,
        2**63,
        2**64,
        -(2**70),
        1e400,
        float("nan"),
        True,
        None,
        "",
        "\ud800",
        "T",
        "h",
        "float64",
    ),
    *(
        [],
        {},
        [[]],
        ["l"],
        ["T", "float64", [-1], 0],
        ["N", "object", [1], 0],
        ["h", -1, "function", "f"],
        ["d", [[[], 1]]],
    ),
)


def whole(value, depth=0):
    """Return whether a value and all in it have exact types of the list."""
    kind = type(value)
    if kind in (list, tuple):
        return all(whole(item, depth + 1) for item in value)
    if kind is dict:
        return all(whole(key) and whole(item) for key, item in value.items())
    return kind in SCALARS and not (kind is np.ndarray and value.dtype.hasobject)


def samples():
    """Return real frames, as (meta, blob)."""
    values = [
        *(None, 3, 2.5, "text", [1, (2, [3.0])], {"a": 1, (1, "b"): None}, Fraction(1, 3), 1j),
        *(
            torch.randn(3, 2, dtype=torch.float64),
            torch.ones(2, 0),
            torch.tensor(True),
            np.arange(6).reshape(2, 3),
        ),
        {"W": torch.randn(4, 4), "list": [torch.zeros(1, dtype=torch.bfloat16)] * 3, "f": print},
    ]
    made = []
    for value in values:
        encoder = Encoder(lambda thing: Handle(7, "function", "f"), 1 << 20)
        made.append(({"id": 1, "value": encoder.encode(value)}, bytes(encoder.blob)))
    return made


def nodes(meta, found=None):
    """Return every list inside a meta, so that a part of it can be exchanged."""
    found = [] if found is None else found
    if isinstance(meta, list):
        found.append(meta)
        for item in meta:
            nodes(item, found)
    return found


def frame(rng, real):
    """Return the next text and blob to decode."""
    way = rng.randrange(6)
    meta, blob = rng.choice(real)
    if way == 0:
        return rng.randbytes(rng.randrange(60)), b""
    if way == 1:
        return json.dumps({"id": 1, "value": rng.choice(NASTY)}).encode(), blob
    if way == 2:
        text = json.loads(json.dumps(meta))
        if places := [place for place in nodes(text["value"]) if place]:
            place = rng.choice(places)
            place[rng.randrange(len(place))] = copy.deepcopy(rng.choice(NASTY))
        return json.dumps(text).encode(), blob[: rng.randrange(len(blob) + 1)]
    text = bytearray(json.dumps(meta).encode())
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(text))
        if way == 3:
            text[at] = rng.randrange(256)
        elif way == 4:
            del text[at]
        else:
            text[at:at] = rng.choice(
                (b"[", b"]", b"[[", b'"l",', b"9" * 30, b"-", b"1e999", b"null", b"{}", b"\x00")
            )
    return bytes(text), blob


def main(count, seed):
    rng, real = random.Random(seed), samples()
    torch.manual_seed(seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seen = collections.Counter()
    for _ in range(count):
        text, blob = frame(rng, real)
        try:
            reply = parse(text)
            value = Decoder(blob, lambda handle: handle).decode(reply.get("value"))
        except WireError:
            seen["refused"] += 1
            continue
        seen["taken"] += 1
        seen["outside"] += not whole(value)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps({"frames": count, **seen, "outside": seen["outside"], "grown_mb": round(grown, 1)}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
