"""The hand-written backward pass of the LSTM family against autograd through single steps."""

import pytest
import torch
from torch import Tensor

from seqgraph.recurrent import LSTMCell, LSTMState, PeepholeLSTMCell, Recurrent
from seqgraph.recurrent.lstm_scan import LSTMScan
from tests.checks.cases import KINDS
from tests.checks.numbers import TIGHT, fill, gap, random

B, T, I, H = 3, 7, 2, 4
SCANNED = [kind for kind in KINDS if "scan" in vars(kind)]


def step_by_step(
    cell: torch.nn.Module, x: Tensor, state: LSTMState, reverse: bool
) -> tuple[Tensor, LSTMState]:
    outputs = [None] * x.shape[1]
    for t in sorted(range(x.shape[1]), reverse=reverse):
        outputs[t], state = cell(x[:, t], state)
    return torch.stack(outputs, dim=1), state


def results(run, cell: torch.nn.Module, reverse: bool) -> list[Tensor]:
    """Outputs, last state, and the gradients of input, first state and all weights."""
    x, h, c = (random(*shape, seed=n).requires_grad_() for n, shape in enumerate([(B, T, I), (B, H), (B, H)]))
    outputs, last = run(cell, x, LSTMState(h, c), reverse)
    values = [outputs, *last]
    loss = sum((value * random(*value.shape, seed=10 + n)).sum() for n, value in enumerate(values))
    return values + list(torch.autograd.grad(loss, [x, h, c, *cell.parameters()]))


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("kind", SCANNED)
def test_equals_autograd_through_single_steps(kind, bias, reverse):
    cell = fill(kind(I, H, bias).double())
    scanned = results(lambda cell, x, state, reverse: Recurrent(cell, reverse)(x, state), cell, reverse)
    stepped = results(step_by_step, cell, reverse)
    assert max(gap(a, b) for a, b in zip(scanned, stepped, strict=True)) <= TIGHT


@pytest.mark.parametrize("kind", SCANNED)
def test_gradcheck(kind):
    cell = fill(kind(I, 3).double())
    inputs = [
        tensor.requires_grad_() for tensor in (random(4, 2, len(cell.gates) * 3), random(2, 3), random(2, 3))
    ]
    V = getattr(cell, "V", None)
    assert torch.autograd.gradcheck(
        lambda projected, h, c, U, V: LSTMScan.apply(kind.scan, projected, U, V, h, c),
        (*inputs, cell.U.weight, V),
    )


def test_one_step_and_one_unit():
    cell = fill(PeepholeLSTMCell(1, 1).double())
    x = random(1, 1, 1)
    assert gap(Recurrent(cell)(x)[0][:, 0], cell(x[:, 0])[0]) <= TIGHT


def test_a_subclass_runs_its_own_equations():
    class Silent(LSTMCell):
        def step(self, projected, state, mask=None):
            return state.h * 0, state

    assert Recurrent(Silent(I, H))(torch.ones(B, T, I))[0].abs().max() == 0


def test_second_derivatives_are_refused():
    x = random(1, 3, I).requires_grad_()
    outputs, _ = Recurrent(fill(LSTMCell(I, H).double()))(x)
    with pytest.raises(RuntimeError, match=r"cell\.run\(x, state\) has them"):
        torch.autograd.grad(outputs.sum(), x, create_graph=True)
