"""Level by level equals one tree and one node at a time; what the runner refuses; its surroundings."""

import copy
import warnings

import pytest
import torch
from torch.func import functional_call, grad

from seqgraph.core import ShapeError, state_tensors
from seqgraph.recurrent import LSTMCell, Recurrent
from seqgraph.structures import Forest
from seqgraph.trees import ChildSumLSTMCell, NaryLSTMCell, Recursive, RecursiveCell, TreeCell
from tests.checks.numbers import DEVICES, TIGHT, fill, gap, random, same_bits
from tests.seqgraph.trees.oracle import CELLS, TREES, recursion

FOREST = Forest.from_parents(TREES)
SIZES = [len(tree) for tree in TREES]
every_cell = pytest.mark.parametrize("name", CELLS)


def runner(name: str) -> Recursive:
    return fill(Recursive(CELLS[name]().double()))


def results(run: Recursive, x: torch.Tensor, answer) -> list[torch.Tensor]:
    """Outputs and states of ``answer(x)``, and the gradients of all of them in x and the weights."""
    x = x.clone().requires_grad_()
    run.zero_grad()
    parts = state_tensors(answer(x))
    loss = sum((part * random(*part.shape, seed=9 + k)).sum() for k, part in enumerate(parts))
    loss.backward()
    return [*parts, x.grad, *(weight.grad.clone() for weight in run.parameters())]


@every_cell
def test_equals_the_plain_recursion_with_gradients(name):
    run, x = runner(name), random(sum(SIZES), 3, seed=1)

    def plain(x):
        trees = [recursion(run.cell, part, tree) for part, tree in zip(x.split(SIZES), TREES, strict=True)]
        return tuple(torch.cat(parts) for parts in zip(*trees, strict=True))

    ours = results(run, x, lambda x: tuple(run(x, FOREST)[1]))
    assert gap(tuple(ours), tuple(results(run, x, plain))) <= TIGHT


@every_cell
def test_a_batch_of_trees_equals_one_tree_at_a_time(name):
    run, x = runner(name), random(sum(SIZES), 3, seed=1)

    def alone(x):
        forests = [Forest.from_parents([tree]) for tree in TREES]
        parts = [run(part, forest)[1] for part, forest in zip(x.split(SIZES), forests, strict=True)]
        return tuple(torch.cat(part) for part in zip(*parts, strict=True))

    together = results(run, x, lambda x: tuple(run(x, FOREST)[1]))
    assert gap(tuple(together), tuple(results(run, x, alone))) <= TIGHT


@every_cell
def test_other_numbers_of_the_nodes_give_the_same_states(name):
    """Renumber each tree, siblings in the same order: the states move with their nodes."""
    run, x = runner(name), random(8, 3, seed=2)
    tree = TREES[4]
    new = [7, 2, 3, 0, 1, 4, 5, 6]  # rising along the siblings 1, 6, 7 of the root
    renumbered = [0] * 8
    for node, parent in enumerate(tree):
        renumbered[new[node]] = parent if parent < 0 else new[parent]
    moved = torch.empty_like(x)
    moved[torch.tensor(new)] = x
    before = run(x, Forest.from_parents([tree]))[0]
    after = run(moved, Forest.from_parents([renumbered]))[0]
    siblings = [new[child] for child in (1, 6, 7)]
    assert siblings == sorted(siblings)
    assert gap(after[torch.tensor(new)], before) <= TIGHT


@every_cell
def test_gradcheck(name):
    run, x = runner(name), random(8, 3, seed=3).requires_grad_()
    forest = Forest.from_parents([TREES[4]])
    assert torch.autograd.gradcheck(lambda x: state_tensors(run(x, forest)), x, fast_mode=True)
    assert torch.autograd.gradgradcheck(lambda x: run(x, forest)[0], x, fast_mode=True)


@every_cell
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_dtype_and_device_are_those_of_the_input(name, device, dtype):
    run = runner(name).to(device, dtype)
    outputs, state = run(torch.zeros(sum(SIZES), 3, device=device, dtype=dtype), FOREST)
    assert {(part.dtype, part.device.type) for part in (outputs, *state)} == {(dtype, device)}


@every_cell
def test_outputs_share_no_memory_and_the_input_stays(name):
    run, x = runner(name), random(sum(SIZES), 3, seed=1)
    kept = x.clone()
    outputs, state = run(x, FOREST)
    assert same_bits(x, kept)
    assert same_bits(outputs, state.h)
    assert outputs.untyped_storage().data_ptr() != state.h.untyped_storage().data_ptr()


@every_cell
def test_copies_compute_the_same(name):
    run, x = runner(name), random(sum(SIZES), 3, seed=1)
    fresh = Recursive(CELLS[name]().double())
    fresh.load_state_dict(run.state_dict())
    for copied in (fresh, copy.deepcopy(run)):
        assert same_bits(copied(x, FOREST), run(x, FOREST))


@every_cell
def test_under_torch_func(name):
    run, x = runner(name), random(sum(SIZES), 3, seed=1)
    weights = dict(run.named_parameters())
    functional = grad(lambda weights: functional_call(run, weights, (x, FOREST))[0].sum())(weights)
    run(x, FOREST)[0].sum().backward()
    assert max(gap(functional[name], weight.grad) for name, weight in weights.items()) <= TIGHT


@every_cell
def test_autocast_multiplies_low_and_keeps_the_dtype(name):
    run, x = runner(name).float(), random(sum(SIZES), 3, seed=1).float()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        low, _ = run(x, FOREST)
    high, _ = run(x, FOREST)
    assert low.dtype == torch.float32
    assert 0 < gap(low, high) < 0.1


@every_cell
def test_hooks_on_the_weights_are_called(name):
    run, called = runner(name), []
    run.cell.U.register_forward_hook(lambda *_: called.append(1))
    run(random(sum(SIZES), 3), FOREST)
    assert len(called) == int(FOREST.height.max())  # once a level above the leaves


def test_a_chain_of_one_and_trees_of_one_node():
    run = runner("NaryLSTMCell")
    x = random(3, 3)
    assert gap(run(x, Forest.chain([1, 1, 1]))[0], run(x[1:2], Forest.chain([1]))[0].expand(3, -1)) > 0.01
    assert gap(run(x, Forest.chain([1, 1, 1]))[0][1:2], run(x[1:2], Forest.chain([1]))[0]) <= TIGHT


@pytest.mark.errors
@pytest.mark.parametrize(
    ("x", "forest", "error", "message"),
    [
        (
            random(7, 3),
            FOREST,
            ShapeError,
            r"x must have shape \[35, 3\] \(a row a node, input_size=3\), got \[7, 3\]",
        ),
        (random(35, 2), FOREST, ShapeError, r"x must have shape \[35, 3\]"),
        (random(35, 3)[None], FOREST, ShapeError, r"x must .* got \[1, 35, 3\]"),
        (
            random(35, 3).float(),
            FOREST,
            TypeError,
            r"x must be torch\.float64 like the weights, got torch\.float32",
        ),
        ([0.0], FOREST, TypeError, r"x must be a torch\.Tensor, got list"),
        (random(3, 3), [[-1, 0, 0]], TypeError, "forest must be a Forest, got list"),
    ],
)
def test_bad_calls_are_refused(x, forest, error, message):
    with pytest.raises(error, match=rf"Recursive\(NaryLSTMCell\): {message}"):
        runner("NaryLSTMCell")(x, forest)


@pytest.mark.errors
def test_a_cell_that_is_none_for_trees_is_refused():
    with pytest.raises(TypeError, match="Recursive: cell must be a cell for trees, got LSTMCell"):
        Recursive(LSTMCell(3, 4))


@pytest.mark.errors
@pytest.mark.parametrize("kind", [RecursiveCell, NaryLSTMCell])
def test_too_many_children_are_refused_and_the_node_named(kind):
    forest = Forest.from_parents([[-1, 0, 0], [4, -1, 4, 4, 1]])
    run = Recursive(kind(3, 4))
    with pytest.raises(ValueError, match=r"at most 2 children \(arity=2\), got 3 at tree 1, node 4"):
        run(torch.zeros(8, 3), forest)
    assert Recursive(kind(3, 4, arity=3))(torch.zeros(8, 3), forest)[0].shape == (8, 4)
    assert Recursive(ChildSumLSTMCell(3, 4))(torch.zeros(8, 3), forest)[0].shape == (8, 4)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["NaryLSTMCell", "ChildSumLSTMCell"])
def test_it_learns_the_value_of_small_expressions(name):
    """MIN and MAX of digits, nested: more right than any answer that does not look at the tree."""
    torch.manual_seed(0)
    trees, values, labels = [], [], []
    for _ in range(300):
        low = torch.randint(2, (2,)).tolist()
        a, b, c = torch.randint(4, (3,)).tolist()
        inner = (min, max)[low[0]](a, b)
        trees.append([2, 2, 4, 4, -1])
        values.append([a, b, 4 + low[0], c, 4 + low[1]])
        labels.append((min, max)[low[1]](inner, c))
    forest, y = Forest.from_parents(trees), torch.tensor(labels)
    x = torch.eye(6)[torch.tensor(values).flatten()]
    kind = {"NaryLSTMCell": NaryLSTMCell, "ChildSumLSTMCell": ChildSumLSTMCell}[name]
    run, read = Recursive(kind(6, 16)), torch.nn.Linear(16, 4)
    adam = torch.optim.Adam([*run.parameters(), *read.parameters()], lr=0.03)
    for _ in range(60):
        adam.zero_grad()
        loss = torch.nn.functional.cross_entropy(read(run(x, forest)[0][forest.roots]), y)
        loss.backward()
        adam.step()
    accuracy = (read(run(x, forest)[0][forest.roots]).argmax(-1) == y).float().mean().item()
    assert accuracy > 0.9


def test_the_base_class_makes_nothing():
    with warnings.catch_warnings(), pytest.raises(TypeError, match="abstract"):
        TreeCell(3, 4)


def test_a_chain_is_the_recurrent_network_whatever_the_lengths():
    cell = fill(LSTMCell(3, 4).double())
    x, lengths = random(3, 6, 3, seed=4), [6, 1, 4]
    outputs, _ = Recurrent(cell)(x, lengths=lengths)
    flat = torch.cat([row[:n] for row, n in zip(x, lengths, strict=True)])
    tree, _ = Recursive(NaryLSTMCell.from_lstm(cell))(flat, Forest.chain(lengths))
    assert gap(tree, torch.cat([row[:n] for row, n in zip(outputs, lengths, strict=True)])) <= TIGHT
