"""Graphs that the tests of this part share."""

import copy

import numpy as np
import torch
from torch import Tensor, nn

from tests.checks.numbers import TIGHT, fill, gap, random, same_bits

# Six nodes: 3 hears nobody but itself, 5 is alone, 0 -> 1 stands twice, 2 and 3 hear themselves.
EDGES = torch.tensor([[0, 0, 1, 2, 2, 4, 3, 1, 0], [1, 1, 2, 2, 0, 0, 3, 4, 4]])
NODES = 6
# Both ways, a repeated edge and a loop among them; 5 is alone.
BOTH_WAYS = torch.tensor([[0, 1, 1, 2, 2, 3, 3, 0, 0, 1, 3, 4, 2], [1, 0, 2, 1, 3, 2, 0, 3, 1, 0, 4, 3, 2]])
NO_EDGES = torch.zeros(2, 0, dtype=torch.int64)
ALONE = 5


def features(size: int, seed: int = 0) -> Tensor:
    return random(NODES, size, seed=seed)


def two_copies(x: Tensor, edge_index: Tensor) -> tuple[Tensor, Tensor]:
    """One graph of two parts: the second has other features."""
    return torch.cat([x, x.flip(0)]), torch.cat([edge_index, edge_index + len(x)], dim=1)


def renamed(x: Tensor, edge_index: Tensor, order: Tensor) -> tuple[Tensor, Tensor]:
    """The same graph, node order[k] being number k now."""
    return x[order], order.argsort()[edge_index]


def gradients_as_weights(module: nn.Module) -> nn.Module:
    """A copy whose weights are the gradients of the module's: ``from_pyg`` puts both in the same places."""
    other = copy.deepcopy(module)
    with torch.no_grad():
        for mine, theirs in zip(other.parameters(), module.parameters(), strict=True):
            mine.copy_(torch.zeros_like(theirs) if theirs.grad is None else theirs.grad)
    return other


def expect_pygs_numbers(kind: type, module: nn.Module, size: int, edges: Tensor, *more: Tensor) -> None:
    """Output and all gradients of ``kind.from_pyg(module)`` are those of the module; it shares no weight."""
    own, results = kind.from_pyg(module), []
    for layer in (module, own):
        x = features(size).requires_grad_()
        extra = [part.clone().requires_grad_(part.is_floating_point()) for part in more]
        out = layer(x, edges, *extra)
        (out * random(*out.shape, seed=2)).sum().backward()
        results.append((out, x.grad, *[part.grad for part in extra if part.requires_grad and part.numel()]))
    assert gap(*results) <= TIGHT
    told = dict(kind.from_pyg(gradients_as_weights(module)).named_parameters())
    for name, parameter in own.named_parameters():
        grad = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
        assert gap(grad, told[name]) <= TIGHT, name
    before = results[1][0].detach().clone()
    fill(module, seed=50)
    again = own(features(size), edges, *more)
    assert same_bits(again.detach(), before)


def adjacency(edges: Tensor, weights: np.ndarray | float = 1.0, nodes: int = NODES) -> np.ndarray:
    """The sum of the weights from each sender (column) to each receiver (row)."""
    A = np.zeros((nodes, nodes))
    np.add.at(A, (edges[1].numpy(), edges[0].numpy()), weights)
    return A


def array(tensor: Tensor) -> np.ndarray:
    return tensor.detach().numpy()
