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

    tokens: Int64[Tensor, "B ... most"]
    """The symbols, closed by END if it came in time, then PAD."""
    scores: Float[Tensor, "B ..."]
    """The log-probability of all symbols of a sequence together."""


def greedy(step: Callable, state: State, most: int) -> Found:
    r"""Write with the most probable symbol at each step (贪心搜索).

    .. math:: y_t = \arg\max_v \log p(y_t = v \mid y_1, \ldots, y_{t-1}, x)

    Where:
        the choice of y_t is never taken back, so the whole need not be the most probable sequence. PAD is
        never chosen; after END nothing is.

    Args:
        step: ``step(tokens [B], state)`` returns log-probabilities ``[B, V]`` and the next state; its first
            tokens are BEGIN.
        state: where the first step starts, tensors with the batch first.
        most: symbols to write at most, END included, at least 1.

    Returns:
        Tokens ``[B, most]`` and scores ``[B]``.

    Raises:
        ValueError: most is below 1.

    Example:
        >>> import torch
        >>> table = torch.tensor([[0.0, 0, 0, 0], [0, 0, 0.4, 0.6], [0, 0, 0, 0], [0, 0, 1.0, 0]]).log()
        >>> greedy(lambda tokens, state: (table[tokens], state), torch.zeros(1, 1), most=3).tokens.tolist()
        [[3, 2, 0]]
    """
    expect_size("greedy", "most", most)
    first = state_tensors(state)[0]
    token = torch.full((len(first),), BEGIN, device=first.device)
    done, score, written = token == END, 0.0, []
    for _ in range(most):
        logs, state = step(token, state)
        best, token = logs.index_fill(-1, torch.tensor(PAD, device=logs.device), -torch.inf).max(-1)
        score = score + best.masked_fill(done, 0.0)
        token = token.masked_fill(done, PAD)
        written.append(token)
        done = done | (token == END)
    return Found(torch.stack(written, dim=1), score)
