"""Arithmetic for independent writings of the equations: Python floats, one element at a time, no torch."""

import math
from collections.abc import Callable

import torch
from torch import nn

from tests.checks.numbers import fill, random, same_bits


def sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def product(matrix: list, vector: list) -> list:
    return [sum(weight * value for weight, value in zip(line, vector, strict=True)) for line in matrix]


def add(*vectors: list) -> list:
    return [sum(values) for values in zip(*vectors, strict=True)]


def weights(cell: nn.Module) -> tuple[list, list, list]:
    """W, U and b of a cell as nested lists."""
    return cell.W.weight.tolist(), cell.U.weight.tolist(), cell.W.bias.tolist()


def gates_of(rows: list, hidden_size: int) -> list[list]:
    """Cut stacked rows into gates."""
    return [rows[start : start + hidden_size] for start in range(0, len(rows), hidden_size)]


def largest_gap(cell: nn.Module, step: Callable[..., tuple], parts: int, steps: int = 4) -> float:
    """The cell against ``step(x, *state) -> state`` (h first), from a random state, over a few steps."""
    B, H = 2, cell.hidden_size
    x = random(B, steps, cell.input_size, seed=11)
    state = [random(B, H, seed=12 + part) for part in range(parts)]
    kind, worst = type(cell.initial_state(x[:, 0])), 0.0
    ours = kind(*state)
    theirs = [tuple(part[b].tolist() for part in state) for b in range(B)]
    for t in range(steps):
        output, ours = cell(x[:, t], ours)
        theirs = [step(x[b, t].tolist(), *theirs[b]) for b in range(B)]
        for part in range(parts):
            expected = torch.tensor([theirs[b][part] for b in range(B)], dtype=torch.float64)
            worst = max(worst, float((ours[part] - expected).detach().abs().max()))
            assert part or same_bits(output, ours[0])
    return worst


def filled(cell: nn.Module, seed: int = 20) -> nn.Module:
    return fill(cell.double(), seed=seed)
