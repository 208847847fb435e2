"""Beam search: keep several beginnings at each step."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect_size
from seqgraph.core.state import State, map_state, state_tensors
from seqgraph.seq2seq.alphabet import BEGIN, END, PAD
from seqgraph.seq2seq.search import Found


def beam_search(step: Callable, state: State, max_length: int, width: int) -> Found:
    r"""Keep the ``width`` most probable beginnings at each step (束搜索).

    .. math:: \mathcal{Y}_t = \operatorname{top}_{\text{width}} \{ (y, v) : y \in \mathcal{Y}_{t-1} \}
        \quad\text{by}\quad \log p(y \mid x) + \log p(v \mid y, x)

    Args:
        step, state, max_length: as for :func:`greedy`.
        width: beginnings to keep, those closed by END among them, at least 1; with 1 it is greedy search.

    Returns:
        Tokens ``[B, width, max_length]`` and scores ``[B, width]``, the best first; not divided by the
        length, and minus infinity where fewer sequences exist than the beam is wide.

    Example:
        >>> table = torch.tensor([[0.0, 0, 0, 0], [0, 0, 0.4, 0.6], [0, 0, 0, 0], [0, 0, 0.5, 0.5]]).log()
        >>> found = beam_search(lambda tokens, state: (table[tokens], state), torch.zeros(1, 1), 2, width=2)
        >>> found.tokens.tolist()  # greedy writes [3, 2] or [3, 3], of probability 0.3 each
        [[[2, 0], [3, 2]]]
    """
    expect_size("beam_search", "max_length", max_length)
    expect_size("beam_search", "width", width)
    B = len(state_tensors(state)[0])
    state = map_state(lambda part: part.repeat_interleave(width, dim=0), state)
    device = state_tensors(state)[0].device
    token = torch.full((B * width,), BEGIN, device=device)
    written = torch.empty(B, width, 0, dtype=torch.int64, device=device)
    scores = torch.tensor([0.0] + [-torch.inf] * (width - 1), device=device).expand(
        B, width
    )
    for _ in range(max_length):
        logs, state = step(token, state)
        added = _closed(logs, (token == END) | (token == PAD)).view(B, width, -1)
        scores, place = (
            (scores.to(logs)[..., None] + added).flatten(1).topk(width, dim=1)
        )
        origin, chosen = place // added.shape[-1], place % added.shape[-1]
        kept = written.gather(1, origin[..., None].expand(-1, -1, written.shape[-1]))
        written = torch.cat([kept, chosen[..., None]], dim=-1)
        rows = (origin + width * torch.arange(B, device=device)[:, None]).flatten()
        state = map_state(lambda part, rows=rows: part[rows], state)
        token = chosen.flatten()
    return Found(written, scores)


def _closed(logs: Float[Tensor, "N V"], done: Tensor) -> Float[Tensor, "N V"]:
    """After the end only PAD follows, for free; before the end PAD never does."""
    never = torch.full_like(logs, -torch.inf)
    after = never.clone()
    after[:, PAD] = 0.0
    before = logs.clone()
    before[:, PAD] = -torch.inf
    return torch.where(done[:, None], after, before)
