"""The N-ary Tree-LSTM on chains, at its limits, gate by gate."""

import torch

from seqgraph.recurrent import LSTMCell, set_gate_bias
from seqgraph.structures import Forest
from seqgraph.trees import NaryLSTMCell, Recursive
from tests.checks.numbers import TIGHT, fill, gap, random
from tests.seqgraph.trees.chains import chain_gap

CHERRY = Forest.from_parents([[2, 2, -1]])


def test_on_a_chain_it_is_the_lstm():
    assert chain_gap(LSTMCell(3, 4), NaryLSTMCell.from_lstm) <= TIGHT


def pushed(**biases) -> Recursive:
    cell = fill(NaryLSTMCell(3, 4).double())
    for gate, bias in biases.items():
        set_gate_bias(cell, gate, bias)
    return Recursive(cell)


def test_open_forget_gates_add_the_cells_of_the_children():
    _, state = pushed(f=1e3, i=-1e3)(random(3, 3), CHERRY)
    assert gap(state.c[2], state.c[0] + state.c[1]) <= TIGHT


def test_shut_forget_gates_leave_the_node_its_own_candidate():
    run, x = pushed(f=-1e3, i=1e3), random(3, 3)
    _, state = run(x, CHERRY)
    g = run.cell.W(x[2])[8:12] + run.cell.U(torch.cat([state.h[0], state.h[1]]))[12:16]
    assert gap(state.c[2], torch.tanh(g)) <= TIGHT


def test_each_gate_has_one_bias_and_all_forget_gates_share_it():
    cell = NaryLSTMCell(3, 4, arity=3)
    assert sorted(name for name, _ in cell.named_parameters()) == ["U.weight", "W.bias", "W.weight"]
    assert cell.W.bias.shape == (16,)
    assert cell.U.weight.shape == (24, 12)
    set_gate_bias(cell, "f", 1.0)
    assert cell.W.bias[4:8].tolist() == [1.0] * 4


def test_the_forget_gates_see_the_input_of_their_node():
    """W_f x alone: with U = 0 a node keeps sigma(W_f x + b_f) of both children, and x changes that share."""
    run, x = pushed(), random(3, 3)
    with torch.no_grad():
        run.cell.U.weight.zero_()
    shares = []
    for shift in (0.0, 1.0):
        x[2] += shift
        i, f, g, _ = run.cell.W(x[2]).chunk(4)
        c = run(x, CHERRY)[1].c
        shares.append(torch.sigmoid(f))
        own = torch.sigmoid(i) * torch.tanh(g)
        assert gap(c[2], own + shares[-1] * (c[0] + c[1])) <= TIGHT
    assert gap(*shares) > 0.01


def test_a_forget_gate_sees_the_other_child():
    """U_f^{kl}: what is kept of the first child depends on the second; a child-sum gate cannot do that."""
    run, x = pushed(), random(3, 3)
    other = x.clone()
    other[1] += 1.0
    cell = run.cell
    gates = []
    for inputs in (x, other):
        h = run(inputs, CHERRY)[0]
        gates.append(torch.sigmoid(cell.W(inputs[2])[4:8] + cell.U(torch.cat([h[0], h[1]]))[4:8]))
    assert gap(*gates) > 0.01
