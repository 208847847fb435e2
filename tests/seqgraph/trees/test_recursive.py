"""The recursive cell on chains, by hand, and in the form of the papers."""

import math

import pytest
import torch

from seqgraph.recurrent import SRNCell
from seqgraph.structures import Forest
from seqgraph.trees import Recursive, RecursiveCell
from tests.checks.numbers import TIGHT, fill, gap, random
from tests.seqgraph.trees.chains import chain_gap


def test_on_a_chain_it_is_the_simple_recurrent_network():
    assert chain_gap(SRNCell(3, 4), RecursiveCell.from_srn) <= TIGHT


def test_two_merges_by_hand():
    """p1 = f(b, c), p2 = f(a, p1) with W = 1, U_1 = 0.5, U_2 = -0.5, b = 0, one unit, inner inputs 0."""
    cell = RecursiveCell(1, 1).double()
    with torch.no_grad():
        cell.W.weight.fill_(1)
        cell.W.bias.zero_()
        cell.U.weight.copy_(torch.tensor([[0.5, -0.5]]))
    x = torch.tensor([[0.5], [1.0], [-1.0], [0.0], [0.0]], dtype=torch.float64)
    h = Recursive(cell)(x, Forest.from_parents([[4, 3, 3, 4, -1]]))[0].flatten().tolist()
    a, b, c = math.tanh(0.5), math.tanh(1), math.tanh(-1)
    p1 = math.tanh(0.5 * b - 0.5 * c)
    assert h == pytest.approx([a, b, c, p1, math.tanh(0.5 * a - 0.5 * p1)], abs=TIGHT)
    assert p1 == pytest.approx(0.6420149920119997, abs=TIGHT)


def test_without_inner_inputs_it_is_one_matrix_on_the_children_side_by_side():
    cell = fill(RecursiveCell(3, 4).double())
    x = random(3, 3) * torch.tensor([[1.0], [1.0], [0.0]])
    h = Recursive(cell)(x, Forest.from_parents([[2, 2, -1]]))[0]
    wanted = torch.tanh(cell.U(torch.cat([h[0], h[1]])) + cell.W.bias)
    assert gap(h[2], wanted) <= TIGHT


def test_the_order_of_the_children_matters():
    cell, x = fill(RecursiveCell(3, 4).double()), random(3, 3)
    forest = Forest.from_parents([[2, 2, -1]])
    swapped = Recursive(cell)(x[[1, 0, 2]], forest)[0]
    assert gap(swapped[2], Recursive(cell)(x, forest)[0][2]) > 0.01
