"""Every cell, wrapped cell and runner through the same list of checks, and no public class left out."""

import inspect

import pytest
import torch
from torch import nn

import seqgraph.recurrent as recurrent
from seqgraph.recurrent import (
    Bidirectional,
    CoupledLSTMCell,
    GRUCell,
    GRUResetAfterCell,
    Leaky,
    LSTMCell,
    NoForgetLSTMCell,
    PeepholeLSTMCell,
    Recurrent,
    Skip,
    SRNCell,
    Stack,
    VariationalDropout,
)
from tests.checks.cells import CELL_CHECKS, CONTINUED_RUNNER_CHECKS, RUNNER_CHECKS
from tests.checks.numbers import DEVICES, TIGHT, fill, gap, random

CELLS = {
    "SRN": SRNCell,
    "SRN without bias": lambda i, h: SRNCell(i, h, bias=False),
    "GRU": GRUCell,
    "GRU without bias": lambda i, h: GRUCell(i, h, bias=False),
    "GRUResetAfter": GRUResetAfterCell,
    "LSTM": LSTMCell,
    "LSTM without bias": lambda i, h: LSTMCell(i, h, bias=False),
    "NoForgetLSTM": NoForgetLSTMCell,
    "PeepholeLSTM": PeepholeLSTMCell,
    "CoupledLSTM": CoupledLSTMCell,
    "Leaky(SRN)": lambda i, h: Leaky(SRNCell(i, h), 0.7),
    "Leaky(GRU), a mu each": lambda i, h: Leaky(GRUCell(i, h), torch.linspace(0, 0.9, h)),
    "Leaky(LSTM), learnable": lambda i, h: Leaky(LSTMCell(i, h), 0.4, learnable=True),
    "Skip(SRN)": lambda i, h: Skip(SRNCell(i, h), 3),
    "Skip(GRU)": lambda i, h: Skip(GRUCell(i, h), 2),
    "Skip(LSTM)": lambda i, h: Skip(LSTMCell(i, h), 4),
    "VariationalDropout(SRN)": lambda i, h: VariationalDropout(SRNCell(i, h), 0.3),
    "VariationalDropout(GRU)": lambda i, h: VariationalDropout(GRUCell(i, h), 0.5),
    "VariationalDropout(LSTM)": lambda i, h: VariationalDropout(LSTMCell(i, h), 0.4),
    "VariationalDropout(PeepholeLSTM)": lambda i, h: VariationalDropout(PeepholeLSTMCell(i, h), 0.4),
    "Leaky(Skip(VariationalDropout(LSTM)))": lambda i, h: Leaky(
        Skip(VariationalDropout(LSTMCell(i, h), 0.3), 2), 0.6
    ),
    "Skip(Leaky(GRU))": lambda i, h: Skip(Leaky(GRUCell(i, h), 0.2, learnable=True), 3),
    "VariationalDropout(Leaky(Skip(SRN)))": lambda i, h: VariationalDropout(
        Leaky(Skip(SRNCell(i, h), 2), 0.5), 0.3
    ),
    "VariationalDropout(VariationalDropout(CoupledLSTM))": lambda i, h: VariationalDropout(
        VariationalDropout(CoupledLSTMCell(i, h), 0.3), 0.3
    ),
    "Leaky(Leaky(GRUResetAfter))": lambda i, h: Leaky(Leaky(GRUResetAfterCell(i, h), 0.5), 0.3),
}
RUNNERS = {
    "Recurrent, reverse": lambda i, h: Recurrent(GRUCell(i, h), reverse=True),
    "Bidirectional": lambda i, h: Bidirectional(LSTMCell(i, h), SRNCell(i, h + 1)),
    "Stack of directions": lambda i, h: Stack(
        [Bidirectional(GRUCell(i, h), GRUCell(i, h)), Recurrent(LSTMCell(2 * h, h), reverse=True), SRNCell(h, 2)]
    ),
}
CONTINUED_RUNNERS = {
    "Stack": lambda i, h: Stack([LSTMCell(i, h), Skip(GRUCell(h, 2), 2), Leaky(SRNCell(2, h), 0.5)]),
    "Stack of stacks": lambda i, h: Stack([Stack([SRNCell(i, h)]), Recurrent(PeepholeLSTMCell(h, h))]),
}
STATES = {"BidirectionalState", "DropoutState", "HiddenState", "LSTMState", "SkipState"}
NO_CELL_OR_RUNNER = {"Cell": "the protocol: test_cell.py", "LastOutput": "a read-out: test_last_output.py"}


def builder(make):
    """Build with the battery's sizes unless others are asked for, in float64, well inside every nonlinearity."""
    return lambda i=3, h=4: fill_weights(make(i, h).double())


def fill_weights(module: nn.Module) -> nn.Module:
    """Larger weights than at the start of training; a learnable mu keeps its value."""
    return fill(module)


def run(make):
    return lambda i=3, h=4: Recurrent(builder(make)(i, h))


def listed(cases: dict, checks: list) -> list:
    return [
        pytest.param(check, make, id=f"{name}-{check.__name__.removeprefix('check_')}")
        for name, make in cases.items()
        for check in checks
    ]


@pytest.mark.parametrize(("check", "make"), listed(CELLS, CELL_CHECKS))
def test_cell(check, make):
    check(builder(make))


@pytest.mark.parametrize(("check", "make"), listed(CELLS, CONTINUED_RUNNER_CHECKS))
def test_cell_in_its_runner(check, make):
    check(run(make))


@pytest.mark.parametrize(
    ("check", "make"), listed(RUNNERS, RUNNER_CHECKS) + listed(CONTINUED_RUNNERS, CONTINUED_RUNNER_CHECKS)
)
def test_runner(check, make):
    check(builder(make))


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("name", CELLS | RUNNERS | CONTINUED_RUNNERS)
def test_device(name, device):
    """The same numbers as on the CPU, masks included, and results on the device of the input."""
    runner = run(CELLS[name])() if name in CELLS else builder({**RUNNERS, **CONTINUED_RUNNERS}[name])()
    x = random(3, 5, 3)
    torch.manual_seed(1)
    expected = runner(x, None, [5, 2, 3])[0]
    torch.manual_seed(1)
    outputs = runner.to(device)(x.to(device), None, [5, 2, 3])[0]
    assert outputs.device.type == device
    assert gap(outputs.cpu(), expected) <= 100 * TIGHT


def test_no_public_class_is_left_out():
    built = [make(3, 4) for make in (CELLS | RUNNERS | CONTINUED_RUNNERS).values()]
    seen = {type(module).__name__ for root in built for module in root.modules()}
    public = {name for name in recurrent.__all__ if inspect.isclass(getattr(recurrent, name))}
    assert public - seen - set(NO_CELL_OR_RUNNER) == STATES
    assert all(hasattr(getattr(recurrent, name), "_fields") for name in STATES)
