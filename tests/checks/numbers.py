"""Small helpers that the checks share: comparing nested states, flipping padded sequences, devices."""

import pytest
import torch
from torch import Tensor, nn

from seqgraph.core import map_state, state_tensors

# Two routes to one number: what their roundings may make of it, for numbers around 1.
TIGHT = 1e-12  # float64
TIGHT32 = 1e-6  # float32

DEVICES = ["cpu", pytest.param("cuda", marks=pytest.mark.gpu)]


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def random(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=generator(seed), dtype=torch.float64)


def gap(first: Tensor | tuple, second: Tensor | tuple) -> float:
    """The largest difference between two states (or tensors) of one structure; NaN counts as infinite."""

    def difference(a: Tensor, b: Tensor) -> Tensor:
        assert a.shape == b.shape, f"{list(a.shape)} against {list(b.shape)}"
        return (a - b).detach().abs()

    differences = state_tensors(map_state(difference, first, second))
    largest = torch.stack([difference.max() for difference in differences]).max()
    return float(largest.nan_to_num(float("inf")))


def same_bits(first: Tensor | tuple, second: Tensor | tuple) -> bool:
    """Whether two states (or tensors) of one structure are the same to the last bit; NaN never is.

    Asked only where no machine can round in another way: of copies (state_dict, deepcopy, pickle, views,
    indexing, look-ups), of whole numbers and exact zeros, and of one call repeated on the same shapes. Two
    routes to one number, be it two programs or one on another batch size, have a ``gap(...) <= TIGHT``.
    """
    answers = map_state(lambda a, b: torch.tensor(torch.equal(a, b)), first, second)
    return all(map(bool, state_tensors(answers)))


def row(state: Tensor | tuple, b: int) -> Tensor | tuple:
    """The state (or the tensor) of one sequence, as a batch of one."""
    return map_state(lambda tensor: tensor[b : b + 1], state)


def flip_each(x: Tensor, lengths: list[int]) -> Tensor:
    """Turn each sequence round within its own length; the padding stays where it is."""
    flipped = [torch.cat([s[:n].flip(0), s[n:]]) for s, n in zip(x, lengths, strict=True)]
    return torch.stack(flipped)


def fill(module: nn.Module, seed: int = 0) -> nn.Module:
    """Draw all parameters anew, large enough for the gates to leave their linear range."""
    with torch.no_grad():
        for number, parameter in enumerate(module.parameters()):
            parameter.copy_(random(*parameter.shape, seed=seed + number))
    return module
