"""Greedy search: take the best symbol at each step."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect_size
from seqgraph.core.state import State, state_tensors
from seqgraph.seq2seq.alphabet import BEGIN, END, PAD


class Found(NamedTuple):
    """What a search has written."""

    tokens: Int64[Tensor, "B ... max_length"]
    """The symbols, closed by END if it came in time, then PAD."""
    scores: Float[Tensor, "B ..."]
    """The log-probability of all symbols of a sequence together."""


def greedy(step: Callable, state: State, max_length: int) -> Found:
    r"""Write with the most probable symbol at each step (贪心搜索); no choice is ever taken back.

    .. math:: y_t = \arg\max_v \log p(y_t = v \mid y_1, \ldots, y_{t-1}, x)

    Args:
        step: called with BEGIN first: ``step(tokens [B], state)`` -> log-probabilities ``[B, V]``, state.
        state: where the first step starts, tensors with the batch first.
        max_length: symbols to write at most, END included, at least 1.

    Returns:
        Tokens ``[B, max_length]``, without PAD before END and with nothing else after it; scores ``[B]``.

    Example:
        >>> table = torch.tensor([[0.0, 0, 0, 0], [0, 0, 0.4, 0.6], [0, 0, 0, 0], [0, 0, 1.0, 0]]).log()
        >>> greedy(lambda tokens, state: (table[tokens], state), torch.zeros(1, 1), max_length=3).tokens
        tensor([[3, 2, 0]])
    """
    expect_size("greedy", "max_length", max_length)
    first = state_tensors(state)[0]
    token = torch.full((len(first),), BEGIN, device=first.device)
    done, score, written = token == END, 0.0, []
    for _ in range(max_length):
        logs, state = step(token, state)
        best, token = logs.index_fill(
            -1, torch.tensor(PAD, device=logs.device), -torch.inf
        ).max(-1)
        score = score + best.masked_fill(done, 0.0)
        token = token.masked_fill(done, PAD)
        written.append(token)
        done = done | (token == END)
    return Found(torch.stack(written, dim=1), score)
