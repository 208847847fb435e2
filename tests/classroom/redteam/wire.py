"""Family (d): speak on the judge's socket instead of answering.

The student's process finds its sockets and the frame's form by looking; both are no secret. A frame is two
big-endian lengths, then JSON, then raw bytes (``classroom.wire.channel``).
"""

from textwrap import indent

from tests.classroom.redteam.attack import SAY_HARM, Attack, cells, hostile, submission

SPEAK = """
import json, os, stat, struct, sys, time
def sockets():
    found = []
    for fd in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                found.append(fd)
        except OSError:
            pass
    return found
def raw(data):
    for fd in sockets():
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(fd, left):]
        except OSError:
            pass
def frame(meta, blob=b""):
    meta = meta if isinstance(meta, bytes) else json.dumps(meta).encode()
    return struct.pack("!II", len(meta), len(blob)) + meta + blob
def request():
    walker = sys._getframe()
    while walker:
        if type(walker.f_locals.get("request")) is dict:
            return walker.f_locals["request"]
        walker = walker.f_back
    return {}
"""
# Run when the judge calls a task's function; ``me`` is the number of the judge's question.
ASKED = """
def rnn_step(*arguments, **named):
    me = request().get("id", 0)
{body}
    return arguments[0] * 0
def gcn_layer(A, X, W): return rnn_step(A)
def distill_loss(s, t, temperature): return rnn_step(s)
"""
ANSWER = 'raw(frame(b\'{"id": %d, "value": \' % me + VALUE + b"}", BLOB))'

# Forged values: JSON text and the bytes behind it. None may reach a test as anything but an error.
VALUES = {
    "nested-deeply": ('b\'["l",[\' * 30000 + b"]]" * 30000', "b''"),
    "brackets": ('b"[" * 900000', "b''"),
    "long-list": ("b'[\"l\",[' + b'1,' * 400000 + b'1]]'", "b''"),
    "many-lists": ("b'[\"l\",[' + b'[\"l\",[]],' * 100000 + b'1]]'", "b''"),
    "not-a-number": ('b"NaN"', "b''"),
    "infinity": ('b"-Infinity"', "b''"),
    "number-of-digits": ('b"9" * 900000', "b''"),
    "number-with-exponent": ('b"1e999999999"', "b''"),
    "dtype-unknown": ('b\'["T","object",[1],0]\'', "b'12345678'"),
    "dtype-attribute": ('b\'["T","save",[1],0]\'', "b'12345678'"),
    "numpy-object": ('b\'["N","object",[1],0]\'', "b'12345678'"),
    "numpy-void": ('b\'["N","V100000000",[1],0]\'', "b'12345678'"),
    "shape-too-large": ('b\'["T","float32",[1000000],0]\'', "b'1234'"),
    "shape-negative": ('b\'["T","float32",[-1,-4],0]\'', "b'1234123412341234'"),
    "shape-overflows": ('b\'["T","float32",[4294967296,4294967296,0],0]\'', "b''"),
    "shape-wraps": ('b\'["T","float32",[4611686018427387905],0]\'', "b'1234'"),
    "shape-of-many-axes": ("b'[\"T\",\"float32\",[' + b'1,' * 300 + b'1],0]'", "b'1234'"),
    "shape-true": ('b\'["T","float32",[true],false]\'', "b'1234'"),
    "shape-float": ('b\'["T","float32",[1.0],0]\'', "b'1234'"),
    "shape-text": ('b\'["T","float32","11",0]\'', "b'1234'"),
    "offset-negative": ('b\'["T","float32",[1],-4]\'', "b'12341234'"),
    "offset-unaligned": ('b\'["T","float64",[1],1]\'', "b'123456789'"),
    "arrays-overlap": ("b'[\"l\",[' + b'[\"T\",\"uint8\",[4000000],0],' * 90 + b'1]]'", "b'x' * 4000000"),
    "empty-tensors": ("b'[\"l\",[' + b'[\"T\",\"float32\",[0,2147483647],0],' * 20000 + b'1]]'", "b''"),
    "booleans-of-seven": ('b\'["T","bool",[4],0]\'', "b'\\x07\\xff\\x00\\x02'"),
    "handle-never-given": ('b\'["h",99999,"object","Tensor"]\'', "b''"),
    "handle-negative": ('b\'["h",-1,"function","f"]\'', "b''"),
    "handle-of-a-kind": ('b\'["h",0,"Tensor","torch.Tensor"]\'', "b''"),
    "handle-class-name": ("b'[\"h\",0,\"object\",\"' + b'A' * 5000 + b'\"]'", "b''"),
    "handles-many": ('b\'["l",[\' + b\'["h",0,"object","x"],\' * 40000 + b\'1]]\'', "b''"),
    "keys-repeated": ('b\'["d",[["a",1],["a",2]]]\'', "b''"),
    "keys-unhashable": ('b\'["d",[[["l",[]],1]]]\'', "b''"),
    "keys-colliding": (
        "b'[\"d\",[' + b','.join(b'[%d,1]' % (i * (2**61 - 1)) for i in range(40000)) + b']]'",
        "b''",
    ),
    "fraction-of-zero": ("b'[\"q\",1,0]'", "b''"),
    "complex-text": ('b\'["c","1",2.0]\'', "b''"),
    "tag-private": ("b'[\"__class__\",1]'", "b''"),
    "object-plain": ('b\'{"py/object": "os.system", "args": ["id"]}\'', "b''"),
    "surrogate": ("b'\"\\\\ud800\"'", "b''"),
    "utf-8-broken": ("b'\"\\xff\\xfe\\x80\"'", "b''"),
    "null-characters": ("b'\"\\\\u0000\"'", "b''"),
    "pickle": ("b'null'", "__import__('pickle').dumps(print)"),
    "verdict": ('b\'true, "points": 10, "passed": true, "status": "graded"\'', "b''"),
    "both-value-and-error": ('b\'0, "error": ["E", "t"]\'', "b''"),
    "id-repeated": ('b\'0, "id": 1, "id": "x"\'', "b''"),
}
FRAMES = cells("frames")


def asked(name: str, body: str, setting: str = "") -> Attack:
    cell = SAY_HARM + SPEAK + setting + ASKED.format(body=indent(body, "    "))
    build = submission({"rnn_step": cell, "gcn_layer": "pass", "distill_loss": "pass"})
    return Attack(f"wire-{name}", "wire", build, channels=("wire",), earns=0)


IN_CELLS = {f"wire-in-cell-{name}": f"{SPEAK}me = 1\n{body}" for name, body in FRAMES.items()}
ATTACKS = (
    *(
        asked(f"value-{n}", ANSWER, f"\nVALUE, BLOB = {value}, {blob}\n")
        for n, (value, blob) in VALUES.items()
    ),
    *(asked(name, body) for name, body in FRAMES.items()),
    *hostile("wire", ("wire",), IN_CELLS),
)
