"""Weights to and from torch.nn: exact round trips, and what is refused. Outputs: test_srn, test_lstm, ..."""

import pytest
import torch
from torch import nn

from seqgraph.recurrent import GRUResetAfterCell, LSTMCell, SRNCell
from tests.checks.by_element import filled
from tests.checks.numbers import TIGHT, fill, gap, random, same_bits

PAIRS = [
    (SRNCell, nn.RNN, nn.RNNCell),
    (GRUResetAfterCell, nn.GRU, nn.GRUCell),
    (LSTMCell, nn.LSTM, nn.LSTMCell),
]


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("ours", "theirs", "_"), PAIRS)
def test_there_and_back_is_exact(ours, theirs, _, bias):
    cell = filled(ours(3, 4, bias=bias))
    module = cell.to_torch()
    assert type(module) is theirs
    assert module.batch_first
    again = ours.from_torch(module)
    assert list(again.state_dict()) == list(cell.state_dict())
    for name, value in cell.state_dict().items():
        assert same_bits(value, again.state_dict()[name])
    x = random(2, 5, 3)
    once_more = fill(theirs(3, 4, bias=bias, batch_first=True, dtype=torch.float64))
    twice = ours.from_torch(once_more).to_torch()
    assert gap(once_more(x)[0], twice(x)[0]) <= TIGHT


@pytest.mark.parametrize(("ours", "_", "theirs"), PAIRS)
def test_single_step_modules(ours, _, theirs):
    module = fill(theirs(3, 4, dtype=torch.float64))
    x, h = random(2, 3), random(2, 4, seed=1)
    state, kind = (h, h / 2), type(ours(3, 4).initial_state(x))
    if theirs is nn.LSTMCell:
        expected = module(x, state)[0]
        assert gap(ours.from_torch(module)(x, kind(*state))[0], expected) <= TIGHT
    else:
        assert gap(ours.from_torch(module)(x, kind(h))[0], module(x, h)) <= TIGHT


def test_a_copy_shares_nothing_and_can_learn():
    module = nn.LSTM(2, 3)
    cell = LSTMCell.from_torch(module)
    fill(cell)
    assert not same_bits(cell.U.weight, module.weight_hh_l0)
    assert all(parameter.requires_grad for parameter in cell.parameters())


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_dtype_is_kept(dtype):
    cell = SRNCell.from_torch(nn.RNN(2, 3, dtype=dtype))
    assert cell.W.weight.dtype == dtype
    assert cell.to_torch().weight_ih_l0.dtype == dtype


@pytest.mark.errors
@pytest.mark.parametrize(("ours", "theirs", "_"), PAIRS)
def test_wrong_module(ours, theirs, _):
    words = rf"{ours.__name__}.from_torch: module must be a torch.nn.{theirs.__name__} or torch.nn.\w+, got "
    others = [other(2, 3) for _, other, _ in PAIRS if other is not theirs]
    for module in (nn.Linear(2, 3), ours(2, 3), None, theirs, *others):
        with pytest.raises(TypeError, match=words + type(module).__name__):
            ours.from_torch(module)


@pytest.mark.errors
@pytest.mark.parametrize("kind", [nn.RNN, nn.RNNCell])
def test_relu(kind):
    with pytest.raises(ValueError, match=r"SRNCell.from_torch: nonlinearity must be 'tanh', got 'relu'"):
        SRNCell.from_torch(kind(2, 3, nonlinearity="relu"))


@pytest.mark.errors
def test_projection():
    with pytest.raises(ValueError, match=r"LSTMCell.from_torch: proj_size must be 0, got 2"):
        LSTMCell.from_torch(nn.LSTM(2, 3, proj_size=2))


@pytest.mark.errors
@pytest.mark.parametrize(
    ("layer", "reverse"), [(2, False), (-1, False), (0, True), (True, False), (1.0, False), ("0", False)]
)
def test_no_such_layer(layer, reverse):
    words = rf"module has 2 layers and 1 direction\(s\), got layer={layer!r}, reverse={reverse}"
    with pytest.raises(ValueError, match=words):
        LSTMCell.from_torch(nn.LSTM(2, 3, num_layers=2), layer, reverse)


@pytest.mark.errors
def test_a_single_step_has_one_layer():
    with pytest.raises(ValueError, match="module has 1 layers and 1 direction"):
        LSTMCell.from_torch(nn.LSTMCell(2, 3), layer=1)
