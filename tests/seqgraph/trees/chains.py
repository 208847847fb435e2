"""On a chain a tree cell is a recurrent cell: outputs and all gradients."""

import torch

from seqgraph.recurrent import Recurrent
from seqgraph.structures import Forest
from seqgraph.trees import Recursive, TreeCell
from tests.checks.numbers import fill, gap, random

BATCH, STEPS = 3, 9


def chain_gap(recurrent, copy) -> float:
    """The largest difference between ``Recurrent(recurrent)`` and its copy on chains, gradients included."""
    recurrent = fill(recurrent.double())
    tree: TreeCell = copy(recurrent)
    x = random(BATCH, STEPS, recurrent.input_size, seed=5)
    weigh = random(BATCH, STEPS, recurrent.hidden_size, seed=6)
    x_chain, x_tree = x.clone().requires_grad_(), x.clone().requires_grad_()
    outputs, state = Recurrent(recurrent)(x_chain)
    (outputs * weigh).sum().backward()
    forest = Forest.chain([STEPS] * BATCH)
    flat, states = Recursive(tree)(x_tree.flatten(0, 1), forest)
    (flat.view_as(outputs) * weigh).sum().backward()
    gaps = [gap(flat.view_as(outputs), outputs), gap(x_tree.grad, x_chain.grad)]
    gaps += [gap(part[forest.roots], last) for part, last in zip(states, state, strict=True)]
    gaps += [gap(tree.W.weight.grad, recurrent.W.weight.grad), gap(tree.W.bias.grad, recurrent.W.bias.grad)]
    return max(*gaps, gap(child_gradient(tree), recurrent.U.weight.grad))


def child_gradient(tree: TreeCell) -> torch.Tensor:
    """The gradient of the children's weights in the order of the recurrent cell: i, f, g, o."""
    if not hasattr(tree, "U_f"):
        return tree.U.weight.grad
    i, g, o = tree.U.weight.grad.chunk(3)
    return torch.cat([i, tree.U_f.weight.grad, g, o])
