"""Stacked networks: dropout between layers, sizes, and errors. The rest: the oracle and the battery."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.recurrent import Bidirectional, GRUCell, LSTMCell, Recurrent, SRNCell, Stack
from tests.checks.by_element import filled
from tests.checks.numbers import TIGHT, gap, random


def test_sizes_are_those_of_the_ends():
    stack = Stack([Bidirectional(SRNCell(2, 3), GRUCell(2, 4)), LSTMCell(7, 5)])
    assert (stack.input_size, stack.output_size) == (2, 5)


def test_dropout_acts_between_layers_only():
    one, two, x = filled(SRNCell(3, 50)), filled(SRNCell(50, 4)), random(2, 5, 3)
    stack = Stack([one, two], dropout=0.5)
    torch.manual_seed(0)
    outputs, last = stack(x)
    torch.manual_seed(0)
    between = torch.nn.functional.dropout(Recurrent(one)(x)[0], 0.5)
    assert 0.4 < (between == 0).double().mean() < 0.6
    assert gap(outputs, Recurrent(two)(between)[0]) <= TIGHT
    assert gap(last[0], Recurrent(one)(x)[1]) <= TIGHT
    assert gap(Stack([one], dropout=0.9)(x)[0], Recurrent(one)(x)[0]) <= TIGHT


def test_dropout_is_off_in_eval():
    one, two, x = filled(SRNCell(3, 5)), filled(SRNCell(5, 4)), random(2, 5, 3)
    assert gap(Stack([one, two], dropout=0.5).eval()(x), Stack([one, two])(x)) <= TIGHT


@pytest.mark.errors
@pytest.mark.parametrize("dropout", [1, -0.1, 2.0, True, float("nan"), "0.5", None])
def test_dropout_out_of_range(dropout):
    with pytest.raises(ValueError, match=r"Stack: dropout must be a probability in \[0, 1\), got"):
        Stack([SRNCell(2, 3)], dropout=dropout)


@pytest.mark.errors
def test_no_layers():
    with pytest.raises(ValueError, match="Stack: layers must hold at least one layer, got none"):
        Stack([])


@pytest.mark.errors
@pytest.mark.parametrize("layer", [torch.nn.LSTM(2, 3), torch.nn.AdaptiveAvgPool1d(3), SRNCell, None])
def test_what_is_no_layer(layer):
    with pytest.raises(
        TypeError, match=f"Stack: layers must be cells or runners, got {type(layer).__name__}"
    ):
        Stack([SRNCell(2, 3), layer])


@pytest.mark.errors
@pytest.mark.parametrize("layers", [LSTMCell(2, 3), None, 3])
def test_what_is_no_list(layers):
    with pytest.raises(TypeError, match="Stack: layers must be a list of cells or runners, got"):
        Stack(layers)


@pytest.mark.errors
def test_layers_that_do_not_fit():
    with pytest.raises(
        ShapeError, match="Stack: layer 3 must have input_size=6 like the output below, got 3"
    ):
        Stack([SRNCell(2, 3), Bidirectional(SRNCell(3, 3), SRNCell(3, 3)), SRNCell(3, 3)])


@pytest.mark.errors
def test_state_of_another_depth():
    stack, x = Stack([SRNCell(2, 3), SRNCell(3, 3)]), torch.zeros(1, 4, 2)
    with pytest.raises(ValueError, match="Stack: state must hold 2 entries, one a layer, got 1"):
        stack(x, (stack(x)[1][0],))
