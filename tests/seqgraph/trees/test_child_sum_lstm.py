"""The child-sum Tree-LSTM on chains, without an order, gate by gate."""

import torch

from seqgraph.recurrent import LSTMCell, set_gate_bias
from seqgraph.structures import Forest
from seqgraph.trees import ChildSumLSTMCell, NaryLSTMCell, Recursive
from tests.checks.numbers import TIGHT, fill, gap, random
from tests.seqgraph.trees.chains import chain_gap

STAR = Forest.from_parents([[-1, 0, 0, 0]])


def test_on_a_chain_it_is_the_lstm():
    assert chain_gap(LSTMCell(3, 4), ChildSumLSTMCell.from_lstm) <= TIGHT


def test_the_order_of_the_children_does_not_matter_and_with_places_it_does():
    x = random(4, 3)
    swapped = x[[0, 3, 1, 2]]
    for kind, same in ((ChildSumLSTMCell(3, 4), True), (NaryLSTMCell(3, 4, arity=3), False)):
        run = Recursive(fill(kind.double()))
        difference = gap(run(x, STAR)[0][0], run(swapped, STAR)[0][0])
        assert difference <= TIGHT if same else difference > 0.01


def test_each_gate_has_one_bias():
    cell = ChildSumLSTMCell(3, 4)
    names = sorted(name for name, _ in cell.named_parameters())
    assert names == ["U.weight", "U_f.weight", "W.bias", "W.weight"]
    set_gate_bias(cell, "f", 1.0)
    assert cell.W.bias.view(4, 4)[1].tolist() == [1.0] * 4


def test_the_forget_gates_see_the_input_of_their_node_and_their_own_child_only():
    """f_k = sigma(W_f x + U_f h_k + b_f), one a child, and c = i g + sum of f_k c_k."""
    run, x = Recursive(fill(ChildSumLSTMCell(3, 4).double())), random(4, 3)
    h, state = run(x, STAR)
    cell = run.cell
    i, f, g, _ = cell.W(x[0]).chunk(4)
    U_i, U_g, _ = cell.U(h[1:].sum(0)).chunk(3)
    gates = torch.sigmoid(f + cell.U_f(h[1:]))
    own = torch.sigmoid(i + U_i) * torch.tanh(g + U_g)
    assert gap(state.c[0], own + (gates * state.c[1:]).sum(0)) <= TIGHT
    without = torch.sigmoid(cell.W.bias[4:8] + cell.U_f(h[1:]))
    assert gap(gates, without) > 0.01
