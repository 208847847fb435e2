"""The best sequence of tags, found without trying them all."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect
from seqgraph.core.lengths import present_steps

NO_TAG = -1


class BestPath(NamedTuple):
    """The best tags of each sequence and their score."""

    tags: Int64[Tensor, "B T"]
    """One tag a step; -1 past the end of a sequence."""
    score: Float[Tensor, " B"]
    """Sum of the scores along the path."""


def viterbi(
    scores: Float[Tensor, "B T C"],
    between: Float[Tensor, "C C"],
    start: Float[Tensor, " C"] | None = None,
    end: Float[Tensor, " C"] | None = None,
    lengths: Tensor | list[int] | None = None,
) -> BestPath:
    r"""Find the tags with the largest sum of scores, by the Viterbi algorithm, in T C^2 steps.

    .. math:: v_{t,j} = s_{t,j} + \max_i (v_{t-1,i} + a_{i,j}), \qquad v_{1,j} = s_{1,j} + a^\text{start}_j

    v_{t,j} is the score of the best path over t steps that ends in tag j.

    Args:
        scores: s, how well each tag fits each step, ``[B, T, C]``, such as logarithms of probabilities.
        between: a, ``[C, C]``: in row i, column j the score of tag j right after tag i; minus infinity
            forbids.
        start: score of each tag at the first step; 0 if not given.
        end: score of each tag at the last step; 0 if not given.
        lengths: number of steps of each sequence; what stands in the padding never matters.

    Raises:
        ValueError: a score is NaN or plus infinity, or the rules allow no path.

    Example:
        >>> never_twice = torch.tensor([[-torch.inf, 0.0], [0.0, -torch.inf]])
        >>> viterbi(torch.tensor([[[3.0, 2.0], [3.0, 2.0]]]), never_twice).score.item()  # not 6
        5.0
    """
    scores, start, end, present = _checked(scores, between, start, end, lengths)
    value, came_from = scores[:, 0] + start, []
    stay = torch.arange(scores.shape[2], device=scores.device).expand(len(scores), -1)
    for t in range(1, scores.shape[1]):
        best, before = (value[:, :, None] + between).max(dim=1)
        here = present[:, t, None]
        value = torch.where(here, best + scores[:, t], value)
        came_from.append(torch.where(here, before, stay))
    score, tag = (value + end).max(dim=1)
    if (score == -torch.inf).any():
        raise ValueError(
            "viterbi: the rules must allow a path, got minus infinity for each one."
        )
    tags = [tag]
    for before in reversed(came_from):
        tags.append(before.gather(1, tags[-1][:, None])[:, 0])
    return BestPath(torch.stack(tags[::-1], dim=1).masked_fill(~present, NO_TAG), score)


def _checked(
    scores: Tensor, between: Tensor, start: Tensor | None, end: Tensor | None, lengths
) -> tuple:
    expect("viterbi", "scores", scores, ("B", "T", "C"))
    steps, tags = scores.shape[1:]
    start, end = (
        scores.new_zeros(tags) if given is None else given for given in (start, end)
    )
    expect("viterbi", "between", between, (tags, tags), f"scores have {tags} tags")
    expect("viterbi", "start", start, (tags,), f"scores have {tags} tags")
    expect("viterbi", "end", end, (tags,), f"scores have {tags} tags")
    present = present_steps(
        "viterbi", scores, [steps] * len(scores) if lengths is None else lengths
    )
    scores = scores.masked_fill(~present[..., None], 0.0)
    for name, value in (
        ("scores", scores),
        ("between", between),
        ("start", start),
        ("end", end),
    ):
        if bool((value.isnan() | (value == torch.inf)).any()):
            raise ValueError(
                f"viterbi: {name} must be below infinity, got NaN or infinity."
            )
    return scores, start.to(scores), end.to(scores), present
