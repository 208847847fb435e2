"""What all wrappers share."""

import torch

from seqgraph.recurrent import GRUCell, Leaky, LSTMCell, Recurrent, Skip, VariationalDropout
from seqgraph.recurrent.wrapper import combine_masks
from tests.checks.numbers import TIGHT32, gap


def test_names_tell_the_nesting():
    cell = Leaky(Skip(VariationalDropout(LSTMCell(2, 3), 0.5), 4), 0.1)
    assert cell._get_name() == "Leaky(Skip(VariationalDropout(LSTMCell)))"
    assert Recurrent(cell)._get_name() == f"Recurrent({cell._get_name()})"
    assert "span=4" in repr(cell)
    assert "p=0.5" in repr(cell)


def test_sizes_are_handed_on():
    cell = Leaky(Skip(GRUCell(2, 3), 4), 0.1)
    assert (cell.input_size, cell.hidden_size) == (2, 3)


def test_a_wrapper_shares_the_weights_of_its_cell():
    inner = GRUCell(2, 3)
    assert {id(p) for p in Skip(inner, 2).parameters()} == {id(p) for p in inner.parameters()}


def test_combine_masks():
    two, three = torch.tensor([2.0, 0.0]), torch.tensor([3.0, 5.0])
    assert combine_masks(None, None) is None
    assert combine_masks(two, None) is two
    assert combine_masks(None, two) is two
    assert combine_masks(two, three).tolist() == [6.0, 0.0]


def test_masks_of_nested_dropout_multiply():
    """A unit that either mask drops is dropped."""
    cell = VariationalDropout(VariationalDropout(GRUCell(2, 3), 0.5), 0.5)
    x = torch.ones(1, 2)
    state = cell.initial_state(x)
    both = state.hidden_mask * state.inner.hidden_mask, state.input_mask * state.inner.input_mask
    one = state._replace(
        hidden_mask=both[0],
        input_mask=both[1],
        inner=state.inner._replace(hidden_mask=torch.ones(1, 3), input_mask=torch.ones(1, 2)),
    )
    assert gap(cell(x, state)[0], cell(x, one)[0]) <= TIGHT32
