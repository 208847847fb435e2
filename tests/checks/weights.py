"""What may hang on the weights W and U of a cell, and is honoured: hooks, parametrizations, other modules."""

import copy
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrizations

from seqgraph.recurrent.cell import Cell
from tests.checks.numbers import TIGHT, gap, random
from tests.checks.runners import B, Build, I, T
from tests.checks.surroundings import gradients, outputs_of


class Adapter(nn.Module):
    """A layer with a low-rank addition and a bias of its own, as adapters are put over trained layers."""

    def __init__(self, layer: nn.Linear, biased: bool):
        super().__init__()
        self.layer = layer
        self.A = nn.Parameter(random(layer.in_features, 1, seed=30))
        self.B = nn.Parameter(random(1, layer.out_features, seed=31))
        self.shift = random(layer.out_features, seed=32) if biased else torch.zeros(1, dtype=torch.float64)

    def forward(self, h: Tensor) -> Tensor:
        return self.layer(h) + h @ self.A @ self.B + self.shift


def cells_of(network: nn.Module) -> list[Cell]:
    """The cells that have weights of their own: wrappers have none."""
    return [module for module in network.modules() if isinstance(module, Cell) and hasattr(module, "U")]


def bias_of(cell: Cell) -> Tensor | None:
    """Where a bias added to U h can be put as well."""
    return cell.W.bias if cell.U.bias is None else cell.U.bias


def twins(build: Build, change: Callable, expect: Callable) -> tuple[nn.Module, nn.Module]:
    """Two networks of one: the cells of the first are changed, of the second as the change ought to act."""
    one = build()
    other = copy.deepcopy(one)
    with torch.no_grad():
        for cell, twin in zip(cells_of(one), cells_of(other), strict=True):
            expect(twin)
            change(cell)
    return one, other


def check_alike(one: nn.Module, other: nn.Module) -> None:
    x = random(B, T, I)
    assert gap(outputs_of(one, x), outputs_of(other, x)) <= TIGHT
    assert gap(gradients(one, x)[0], gradients(other, x)[0]) <= TIGHT


def check_forward_hooks(build: Build) -> None:
    """A hook that doubles what comes out of U, or what goes in, is a U of double weights."""

    def double(cell):
        cell.U.weight.mul_(2)
        if cell.U.bias is not None:
            cell.U.bias.mul_(2)

    after = lambda cell: cell.U.register_forward_hook(lambda layer, h, out: 2 * out)  # noqa: E731
    check_alike(*twins(build, after, double))
    before = lambda cell: cell.U.register_forward_pre_hook(lambda layer, h: (2 * h[0],))  # noqa: E731
    check_alike(*twins(build, before, lambda cell: cell.U.weight.mul_(2)))


def check_hooks_are_called(build: Build) -> None:
    """Hooks on W and U, on the way back too, and hooks on all modules there are."""
    network, x, called = build(), random(B, T, I), []
    wanted = gradients(network, x)
    for cell in cells_of(network):
        for name in "WU":
            layer = getattr(cell, name)
            layer.register_full_backward_hook(lambda *_, name=name: called.append(name))
            layer.register_full_backward_pre_hook(lambda *_, name=name: called.append(name + " before"))
            layer.register_forward_hook(lambda *_, name=name: called.append(name + " forward"))
    assert gap(gradients(network, x), wanted) <= TIGHT
    assert {"W", "U", "W before", "U before", "W forward", "U forward"} == set(called)
    plain, seen = build(), []
    handle = nn.modules.module.register_module_forward_hook(lambda layer, *_: seen.append(layer))
    try:
        plain(x)
    finally:
        handle.remove()
    assert all(any(layer is cell.U for layer in seen) for cell in cells_of(plain))


def check_parametrizations(build: Build) -> None:
    """Weight normalisation changes no number, and its own weights learn; orthogonal weights are used."""
    one, other = twins(build, lambda cell: parametrizations.weight_norm(cell.U), lambda cell: None)
    check_alike(one, other)
    outputs_of(one, random(B, T, I)).sum().backward()
    for cell in cells_of(one):
        assert cell.U.parametrizations.weight.original0.grad.abs().sum() > 0

    def orthogonal(cell):
        parametrizations.orthogonal(cell.U)
        return cell.U.weight.detach()

    check_alike(*twins(build, orthogonal, lambda cell: cell.U.weight.copy_(orthogonal(copy.deepcopy(cell)))))


def check_other_modules(build: Build) -> None:
    """An adapter over U, with a bias where the cell has one, acts as their sum; so does a bias alone."""

    def adapt(cell):
        cell.U = Adapter(cell.U, biased=bias_of(cell) is not None)

    def merge(cell):
        adapter = Adapter(cell.U, biased=True)
        cell.U.weight.add_((adapter.A @ adapter.B).t())
        if bias_of(cell) is not None:
            bias_of(cell).add_(adapter.shift)

    def add_bias(cell):
        if cell.U.bias is None and cell.W.bias is not None:
            cell.U.bias = nn.Parameter(random(cell.U.out_features, seed=32))

    def merge_bias(cell):
        if cell.U.bias is None and cell.W.bias is not None:
            cell.W.bias.add_(random(cell.U.out_features, seed=32))

    check_alike(*twins(build, adapt, merge))
    check_alike(*twins(build, add_bias, merge_bias))


WEIGHT_CHECKS = [check_forward_hooks, check_hooks_are_called, check_parametrizations, check_other_modules]
