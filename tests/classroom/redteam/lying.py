"""Family (a), second half: results that lie about what they are, and frames that know the answer."""

from tests.classroom.redteam.attack import Attack, hostile, submission

LIE_ALL = """
class Lie{base}:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    def __hash__(self): return 0
    def __bool__(self): return True
    def __len__(self): return 1
    def __iter__(self): return iter([True])
    def __contains__(self, item): return True
    {more}
def rnn_step(*a, **k): return {make}
gcn_layer = distill_loss = rnn_step
"""
FRAMES = """
import sys
def hunt(names):
    frame = sys._getframe(1)
    while frame:
        for place in (frame.f_locals, frame.f_globals):
            for name in names:
                if type(place.get(name)).__name__ == "Tensor":
                    return place[name]
        frame = frame.f_back
"""


def lie(base: str = "", more: str = "", make: str = "Lie()") -> str:
    return "import torch\n" + LIE_ALL.format(base=base, more=more, make=make)


CELLS = {
    "lies-about-everything": lie(
        more="__class__ = property(lambda self: torch.Tensor)\n"
        "    def __getattr__(self, name): return Lie()\n"
        "    __call__ = __getitem__ = __sub__ = __rsub__ = __abs__ = lambda self, *a, **k: Lie()"
    ),
    "class-is-tensor": lie(more="__class__ = torch.Tensor"),
    "torch-function": lie(
        more="@classmethod\n    def __torch_function__(cls, function, types, arguments=(), named=None):"
        "\n        return {'shape': torch.Size([])}.get(getattr(function, '__name__', ''), True)"
    ),
    "array-protocol": lie(
        more="__array__ = lambda self, *a, **k: __import__('numpy').zeros(())\n"
        "    __array_interface__ = {'shape': (10**9,), 'typestr': '<f4', 'data': (1, False), 'version': 3}"
    ),
    "float-subclass": lie("(float)", "__sub__ = __rsub__ = __abs__ = lambda self, *a: 0.0", "Lie(0.0)"),
    "int-subclass": lie("(int)", "__index__ = __int__ = lambda self: 3", "Lie(0)"),
    "text-subclass": lie("(str)", "", "Lie('yes')"),
    "list-subclass": lie("(list)", "", "Lie()"),
    "dict-subclass": lie("(dict)", "keys = items = lambda self: [('a', 1)]", "Lie()"),
    "tuple-subclass": lie("(tuple)", "shape = (1, 1)", "Lie((0.0,))"),
    "bool-like": lie(more="__class__ = bool"),
    "metaclass": "class Meta(type):\n    __instancecheck__ = __subclasscheck__ = __eq__ = lambda *a: True\n"
    "    __hash__ = type.__hash__\n"
    "class Result(metaclass=Meta):\n    pass\nrnn_step = gcn_layer = distill_loss = Result",
    "tensor-subclass": """
import torch
class Agree(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, arguments=(), named=None):
        if getattr(function, "__name__", "") in ("allclose", "equal", "isclose", "eq", "all", "le"):
            return True
        given = [a.as_subclass(torch.Tensor) if isinstance(a, torch.Tensor) else a for a in arguments]
        return function(*given, **(named or {}))
def rnn_step(x, h, W, U, b): return torch.zeros_like(h).as_subclass(Agree)
def gcn_layer(A, X, W): return torch.zeros(A.shape[0], W.shape[1]).as_subclass(Agree)
def distill_loss(s, t, temperature): return torch.zeros(()).as_subclass(Agree)
""",
    "tensor-shape-lies": """
import torch
class Shaped(torch.Tensor):
    shape = property(lambda self: Shaped.said)
    dtype = property(lambda self: torch.float32)
def rnn_step(x, h, W, U, b):
    Shaped.said = h.shape
    return torch.zeros(1).as_subclass(Shaped)
gcn_layer = distill_loss = rnn_step
""",
    "copies-of-expected": FRAMES
    + """
def rnn_step(*a, **k):
    return hunt(("expected", "p", "ref", "want"))
gcn_layer = distill_loss = rnn_step
""",
    "expected-from-collector": """
import gc, torch
def rnn_step(x, h, W, U, b):
    for names in gc.get_objects():
        if type(names) is dict and type(names.get("expected")) is torch.Tensor:
            return names["expected"]
def gcn_layer(A, X, W): return rnn_step(0, 0, 0, 0, 0)
def distill_loss(s, t, temperature): return rnn_step(0, 0, 0, 0, 0)
""",
    "check-from-frame": """
import sys
class Yes:
    def __getattr__(self, name): return lambda *a, **k: None
    def generator(self): return None
def rnn_step(*a, **k):
    frame = sys._getframe(1)
    while frame:
        frame.f_globals["check"], frame.f_globals["points"] = Yes(), 3
        frame = frame.f_back
gcn_layer = distill_loss = rnn_step
""",
}
# Told the answer through its own frames, a body in the task's own cell as well (cells above run earlier).
BODIES = {
    "body": {
        task: FRAMES + f"\ndef {task}(*a, **k):\n    return hunt(('expected',))"
        for task in ("rnn_step", "gcn_layer", "distill_loss")
    }
}


ATTACKS = (
    *hostile("lying", ("grade",), CELLS, instead=True),
    *(
        Attack(f"expected-from-{name}", "lying", submission(bodies), earns=0)
        for name, bodies in BODIES.items()
    ),
    *hostile("lying", ("grade",), {"answers-before": CELLS["lies-about-everything"]}),
)
