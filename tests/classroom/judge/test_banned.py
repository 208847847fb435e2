"""Routes around the work, and honest code that must not be taken for one."""

import pytest

from classroom.judge.banned import banned_routes

BANNED = ("LSTM", "LSTMCell", "lstm_cell")

ROUTES = [
    "torch.nn.LSTM(2, 3)",
    "from torch.nn import LSTM as L",
    "from torch import lstm_cell",
    "from torch.nn import *",
    "import torch.nn.modules.rnn",
    "from torch.nn.modules import rnn",
    "getattr(torch.nn, 'LS' + 'TM')",
    "torch.nn.__dict__['LS' + 'TM']",
    "vars(torch.nn)",
    "eval('torch.nn.LS' 'TM')",
    "exec(text)",
    "__import__('torch')",
    "import importlib",
    "import sys; sys.modules",
    "import operator; operator.attrgetter('LS' + 'TM')(torch.nn)",
    "torch.ops.aten.lstm_cell",
    "torch._VF.lstm",
    "torch._C._VariableFunctions",
    "torch.jit.script(f)",
    "torch.load('x')",
    "torch.nn.Module.__subclasses__()",
    "match torch.nn:\n    case object(LSTM=x):\n        pass",
    "import ctypes",
    "import seqgraph",
    "from classroom import checks",
    "self = torch\nself._VF.lstm",
    "%matplotlib inline\ntorch.nn.LSTM",
    "%%time\ntorch.nn.LSTM",
    "torch?\ntorch.nn.LSTM",
    "this is no Python",
    "x = 1" + " + 1" * 50_000,
    "import torch; torch.serialization.pickle",
    "import functools; functools.update_wrapper",
    "from functools import singledispatch",
    "class Cell:\n    __match_args__ = ('LS' + 'TM',)",
    "class Any(type):\n    def __instancecheck__(cls, thing): return True",
    "from typing import _eval_type",
    "name = 'LSTM'",
    "def f(x=torch.nn.LSTM): pass",
    "(lambda: torch.nn.LSTMCell)()",
    "import string; string.Formatter().get_field('0.x', (torch.nn,), {})",
    "import typing; typing.get_type_hints(f)",
    "class A(torch.nn.LSTM): pass",
    "x = (y := torch.nn.LSTM)",
    "import numpy as np; np.testing.runstring('x', {})",
    "from .x import y",
]
HONEST = [
    "def lstm_step(x, h, c, W, U, b):\n    '''One step of the LSTM.'''\n    return torch.sigmoid(x @ W.T)",
    "import torch\nimport torch.nn.functional as F\nfrom torch import nn, Tensor\nimport numpy as np",
    "lstm = 3\nLSTM_SIZE = lstm",
    "class Cell(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self._gates = 8",
    "x = torch.einsum('bi,hi->bh', x, W).chunk(4, dim=-1)",
    "print('the LSTM works')",
    "f(*arguments, **named); [row.clone() for row in x]; x.T @ y; x[:, 0]; x.__len__()",
    "assert torch.allclose(a, b)",
    "def step(input, dir, student): return student(input) * dir",
    "for module in model.modules(): print(module.__class__.__name__, super().__new__)",
    "import torch.nn.init as init",
    'def f():\n    """LSTM"""',
    "class A:\n    def f(self): return self._gates",
    "if __name__ == '__main__': f()",
]


@pytest.mark.parametrize("source", ROUTES)
def test_a_route_is_found(source):
    assert banned_routes(source, BANNED) != []


@pytest.mark.parametrize("source", HONEST)
def test_honest_code_has_none(source):
    assert banned_routes(source, BANNED) == []


@pytest.mark.parametrize("source", ROUTES)
def test_where_nothing_is_banned_nothing_is_found(source):
    assert banned_routes(source, ()) == []


def test_each_route_is_named_once_and_in_words():
    found = banned_routes("torch.nn.LSTM; nn.LSTM; import os", BANNED)
    assert sorted(found) == ["imports os, which this assignment does not need", "uses LSTM"]
