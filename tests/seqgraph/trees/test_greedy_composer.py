"""The greedy composer: the tree of its merges, what it is told, where the gradient goes."""

from itertools import pairwise

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.recurrent import LSTMCell
from seqgraph.structures import Forest
from seqgraph.trees import ChildSumLSTMCell, GreedyComposer, NaryLSTMCell, Recursive, RecursiveCell
from tests.checks.numbers import TIGHT, fill, gap, random, same_bits

KINDS = [RecursiveCell, NaryLSTMCell, ChildSumLSTMCell]


def composer(kind=NaryLSTMCell) -> GreedyComposer:
    return fill(GreedyComposer(kind(3, 4), 5).double()).eval()


def tree_of(merges: list[int]) -> tuple[list[int], list[int]]:
    """Parents, a node before its children and left before right; and the leaf at each node, -1 inside."""
    left = list(range(len(merges) + 1))
    for place in merges:
        left[place : place + 2] = [(left[place], left[place + 1])]
    parents, leaves = [], []

    def write(piece, parent):
        parents.append(parent)
        leaves.append(piece if isinstance(piece, int) else -1)
        node = len(parents) - 1
        for child in () if isinstance(piece, int) else piece:
            write(child, node)

    write(left[0], -1)
    return parents, leaves


def in_forest(made_of, x, merges):
    """The roots of the same trees by the library's runner; inner nodes have input 0."""
    trees, leaves = zip(*map(tree_of, merges.tolist()), strict=True)
    forest = Forest.from_parents(list(trees))
    padded = torch.cat([x, x.new_zeros(len(x), 1, 3)], 1)  # place -1 holds the 0
    inputs = torch.cat([rows[torch.tensor(order)] for rows, order in zip(padded, leaves, strict=True)])
    return Recursive(made_of.cell)(inputs, forest)[0][forest.roots]


TOLD = torch.tensor([[0, 0, 0, 0], [3, 2, 1, 0], [0, 1, 1, 0], [1, 2, 1, 0], [2, 0, 0, 0]])


@pytest.mark.parametrize("kind", KINDS)
def test_given_merges_make_the_tree_that_the_runner_runs(kind):
    made_of, x = composer(kind), random(5, 5, 3)
    made = made_of(x, TOLD)
    assert gap(made.output, in_forest(made_of, x, TOLD)) <= TIGHT
    assert same_bits(made.merges, TOLD)
    assert gap(made.output[:1], made.output[1:2]) > 0.01


def plain(made_of, x, merges=None):
    """One sequence, pair by pair, with the library's cell on trees of two leaves written out."""
    cell, left, made = made_of.cell, [], []
    H = cell.hidden_size
    for leaf in x:
        i, _, g, o = cell.W(leaf).chunk(4)
        c = torch.sigmoid(i) * torch.tanh(g)
        left.append((torch.sigmoid(o) * torch.tanh(c), c))
    while len(left) > 1:
        parents = []
        for (h1, c1), (h2, c2) in pairwise(left):
            i, f, g, o = cell.W.bias.chunk(4)
            U_i, U_f1, U_f2, U_g, U_o = (cell.U.weight @ torch.cat([h1, h2])).split(H)
            c = torch.sigmoid(i + U_i) * torch.tanh(g + U_g)
            c = c + torch.sigmoid(f + U_f1) * c1 + torch.sigmoid(f + U_f2) * c2
            parents.append((torch.sigmoid(o + U_o) * torch.tanh(c), c))
        scores = torch.cat([made_of.score(h) for h, _ in parents])
        place = int(scores.argmax()) if merges is None else merges[len(made)]
        made.append(place)
        left[place : place + 2] = [parents[place]]
    return left[0][0], made


def test_it_merges_the_pair_with_the_best_score_again_and_again():
    made_of, x = composer(), random(6, 5, 3)
    made = made_of(x)
    for row, (root, merges) in enumerate(plain(made_of, sequence) for sequence in x):
        assert same_bits(made.merges[row], torch.tensor(merges))
        assert gap(made.output[row], root) <= TIGHT
    assert len({tuple(row) for row in made.merges.tolist()}) > 1
    told = made_of(x[:5], TOLD)
    for row, merges in enumerate(TOLD.tolist()):
        assert gap(told.output[row], plain(made_of, x[row], merges)[0]) <= TIGHT
    assert [score.shape for score in made.scores] == [(6, 4), (6, 3), (6, 2), (6, 1)]


def test_one_word_is_its_leaf():
    made_of, x = composer(), random(2, 1, 3)
    made = made_of(x)
    assert made.merges.shape == (2, 0)
    assert made.scores == []
    assert gap(made.output, Recursive(made_of.cell)(x[:, 0], Forest.from_parents([[-1], [-1]]))[0]) <= TIGHT


def test_the_answer_teaches_the_scorer_only_where_it_chooses_in_training():
    x = random(4, 5, 3)
    for told, training, learns in ((None, True, True), (None, False, False), (TOLD[:4], True, False)):
        made_of = composer().train(training)
        torch.manual_seed(0)
        made_of(x, told).output.sum().backward()
        gradients = [weight.grad for weight in made_of.score.parameters()]
        assert learns == any(g is not None and bool(g.abs().max() > 1e-6) for g in gradients)
        assert made_of.cell.U.weight.grad.abs().max() > 1e-6


def test_noise_moves_the_choice_in_training_only():
    made_of, x = composer(), random(8, 5, 3)
    assert same_bits(made_of(x).merges, made_of(x).merges)
    made_of.train()
    torch.manual_seed(0)
    assert not same_bits(made_of(x).merges, made_of(x).merges)


def test_a_scorer_that_is_told_learns_where_to_merge():
    torch.manual_seed(0)
    made_of = GreedyComposer(NaryLSTMCell(3, 8), 8)
    x, marked = torch.randn(96, 4, 3), torch.arange(96) % 3
    x[torch.arange(96), marked, 0] += 5.0  # the mark stands at the left of the pair to merge first
    told = torch.stack([marked, torch.zeros_like(marked), torch.zeros_like(marked)], 1)
    adam = torch.optim.Adam(made_of.parameters(), lr=0.02)

    def found(composes):
        rows = zip(composes(x).merges, told, strict=True)
        return sum(same_bits(ours, wanted) for ours, wanted in rows) / 96

    before = found(made_of.eval())
    for _ in range(80):
        adam.zero_grad()
        loss = sum(map(torch.nn.functional.cross_entropy, made_of(x, told).scores, told.unbind(1)))
        loss.backward()
        adam.step()
    after = found(made_of)
    assert before < 0.6
    assert after > 0.9


@pytest.mark.errors
def test_what_does_not_fit_is_refused():
    made_of, x = composer(), random(2, 4, 3)
    with pytest.raises(TypeError, match="cell must be a cell for trees, got LSTMCell"):
        GreedyComposer(LSTMCell(3, 4), 5)
    with pytest.raises(ValueError, match="cell must take two children, got arity=3"):
        GreedyComposer(NaryLSTMCell(3, 4, arity=3), 5)
    with pytest.raises(ValueError, match="score_size must be a whole number of at least 1"):
        GreedyComposer(NaryLSTMCell(3, 4), 0)
    with pytest.raises(ShapeError, match=r"x must have shape \[B, T, 3\] \(input_size=3\)"):
        made_of(x[..., :2])
    with pytest.raises(TypeError, match=r"x must be torch\.float64"):
        made_of(x.float())
    with pytest.raises(ShapeError, match=r"merges must have shape \[2, 3\]"):
        made_of(x, torch.zeros(2, 4, dtype=torch.int64))
    for row in ([0, 0, 1], [0, -1, 0], [3, 0, 0]):
        with pytest.raises(ValueError, match="merge m must name one of the T - 1 - m pairs"):
            made_of(x, torch.tensor([row, [0, 0, 0]]))
