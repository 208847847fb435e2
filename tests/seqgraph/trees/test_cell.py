"""What all tree cells share: where children go, sizes, first weights, copies."""

import pytest
import torch

from seqgraph.recurrent import GRUCell, HiddenState, LSTMCell, PeepholeLSTMCell, SRNCell
from seqgraph.trees import Children, ChildSumLSTMCell, NaryLSTMCell, RecursiveCell
from tests.checks.numbers import same_bits

FAMILY = [Children(HiddenState(torch.zeros(3, 2)), torch.tensor([1, 1, 2]), torch.tensor([1, 0, 0]))]
VALUES = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


def test_children_are_added_up_laid_side_by_side_and_told_their_parents_rows():
    (children,) = FAMILY
    assert children.add_up(VALUES, 3).tolist() == [[0, 0], [4, 6], [5, 6]]
    assert children.side_by_side(VALUES, 3, 2).tolist() == [[0, 0, 0, 0], [3, 4, 1, 2], [5, 6, 0, 0]]
    rows = torch.tensor([[7.0], [8.0], [9.0]])
    assert children.of_parent(rows).tolist() == [[8], [8], [9]]


@pytest.mark.parametrize("kind", [RecursiveCell, NaryLSTMCell, ChildSumLSTMCell])
def test_first_weights_are_small_and_not_all_one(kind):
    cell = kind(3, 16)
    for weight in cell.parameters():
        assert 0 < weight.abs().max() <= 0.25
        assert weight.std() > 0.05
    assert kind(3, 4).extra_repr().startswith("3, 4")


@pytest.mark.errors
@pytest.mark.parametrize("kind", [RecursiveCell, NaryLSTMCell, ChildSumLSTMCell])
@pytest.mark.parametrize(
    ("sizes", "name"), [((0, 4), "input_size"), ((3, 2.0), "hidden_size"), ((True, 4), "input_size")]
)
def test_bad_sizes_are_refused(kind, sizes, name):
    with pytest.raises(ValueError, match=f"{kind.__name__}: {name} must be a whole number of at least 1"):
        kind(*sizes)


@pytest.mark.errors
@pytest.mark.parametrize("kind", [RecursiveCell, NaryLSTMCell])
def test_a_bad_arity_is_refused(kind):
    with pytest.raises(
        ValueError, match=f"{kind.__name__}: arity must be a whole number of at least 1, got 0"
    ):
        kind(3, 4, 0)


@pytest.mark.errors
@pytest.mark.parametrize(
    ("copy", "cell", "message"),
    [
        (RecursiveCell.from_srn, GRUCell(3, 4), "RecursiveCell: cell must be of type SRNCell, got GRUCell"),
        (NaryLSTMCell.from_lstm, SRNCell(3, 4), "NaryLSTMCell: cell must be of type LSTMCell, got SRNCell"),
        (ChildSumLSTMCell.from_lstm, PeepholeLSTMCell(3, 4), "LSTMCell, got PeepholeLSTMCell"),
    ],
)
def test_a_copy_of_another_kind_is_refused(copy, cell, message):
    with pytest.raises(TypeError, match=message):
        copy(cell)


def test_a_cell_without_bias_is_copied_with_a_bias_of_zero():
    cell = LSTMCell(3, 4, bias=False).double()
    tree = NaryLSTMCell.from_lstm(cell)
    assert tree.W.weight.dtype == torch.float64
    assert not tree.W.bias.any()
    assert same_bits(tree.W.weight, cell.W.weight)
