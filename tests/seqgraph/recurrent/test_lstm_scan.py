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


def is_scanned(cell: torch.nn.Module) -> bool:
    outputs, _ = Recurrent(cell)(random(B, T, I).to(cell.W.weight))
    nodes = [outputs.grad_fn]
    while nodes[-1] is not None and nodes[-1].next_functions:
        nodes.append(nodes[-1].next_functions[0][0])
    return any("LSTMScan" in type(node).__name__ for node in nodes)


@pytest.mark.parametrize("kind", SCANNED)
def test_it_is_used_where_nothing_hangs_on_the_cell(kind):
    """Otherwise the loop would be compared with itself."""

    class Mine(kind):
        pass

    assert is_scanned(kind(I, H))
    assert not is_scanned(Mine(I, H))
    hooked = kind(I, H)
    hooked.U.register_forward_hook(lambda *_: None)
    assert not is_scanned(hooked)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert not is_scanned(kind(I, H))


def test_parametrized_peepholes_are_honoured():
    cell = fill(PeepholeLSTMCell(I, H).double())
    state = cell.initial_state(random(B, I))
    with torch.no_grad():
        expected = cell.run(random(B, T, I), state)
        cell.V.mul_(0.5)
    torch.nn.utils.parametrize.register_parametrization(cell, "V", Doubled())
    assert not is_scanned(cell)
    assert gap(tuple(Recurrent(cell)(random(B, T, I), state)), tuple(expected)) <= TIGHT


class Doubled(torch.nn.Module):
    def forward(self, V):
        return 2 * V


def test_second_derivatives_are_refused_and_the_loop_has_them():
    cell, x = fill(LSTMCell(I, H).double()), random(1, 3, I).requires_grad_()
    outputs, _ = Recurrent(cell)(x)
    with pytest.raises(RuntimeError, match=r"cell\.run\(x, state\) has them"):
        torch.autograd.grad(outputs.sum(), x, create_graph=True)
    state = cell.initial_state(x)
    assert torch.autograd.gradgradcheck(lambda x: cell.run(x, state)[0], x)
