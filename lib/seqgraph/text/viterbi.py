"""The best sequence of tags, found without trying them all."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.expect import expect

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
    r"""Find the tags with the largest sum of scores, by the Viterbi algorithm.

    .. math:: v_{t,j} = s_{t,j} + \max_i (v_{t-1,i} + a_{i,j}), \qquad v_{1,j} = s_{1,j} + a^\text{start}_j

    Where:
        v_{t,j} is the score of the best path over t steps that ends in tag j; s are the scores of the single
        steps, a those of a tag i followed by a tag j. Minus infinity forbids. The cost is T C^2 instead of
        the C^T paths.

    Shape:
        scores ``[B, T, C]``, between ``[C, C]``, start and end ``[C]``, lengths ``[B]``; tags ``[B, T]``.

    Args:
        scores: how well each tag fits each step, such as logarithms of probabilities.
        between: row i, column j: score of tag j right after tag i.
        start: score of each tag at the first step; 0 if not given.
        end: score of each tag at the last step; 0 if not given.
        lengths: number of steps of each sequence; what stands in the padding never matters.

    Returns:
        The best tags and their score. Where several paths are equally good, one of them.

    Raises:
        ShapeError: a shape does not fit.
        ValueError: a score is NaN or plus infinity, a length is out of range, or the rules allow no path.

    Example:
        >>> import torch
        >>> scores = torch.tensor([[[3.0, 2.0], [3.0, 2.0]]])
        >>> never_twice = torch.tensor([[-torch.inf, 0.0], [0.0, -torch.inf]])
        >>> viterbi(scores, never_twice).score.item()  # not 6: the two best tags may not follow each other
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
        raise ValueError("viterbi: the rules must allow a path, got minus infinity for each one.")
    tags = [tag]
    for before in reversed(came_from):
        tags.append(before.gather(1, tags[-1][:, None])[:, 0])
    return BestPath(torch.stack(tags[::-1], dim=1).masked_fill(~present, NO_TAG), score)


def _checked(scores: Tensor, between: Tensor, start: Tensor | None, end: Tensor | None, lengths) -> tuple:
    expect("viterbi", "scores", scores, ("B", "T", "C"))
    steps, tags = scores.shape[1:]
    start, end = (scores.new_zeros(tags) if given is None else given for given in (start, end))
    expect("viterbi", "between", between, (tags, tags), f"scores have {tags} tags")
    expect("viterbi", "start", start, (tags,), f"scores have {tags} tags")
    expect("viterbi", "end", end, (tags,), f"scores have {tags} tags")
    lengths = torch.full((len(scores),), steps) if lengths is None else torch.as_tensor(lengths)
    expect("viterbi", "lengths", lengths, (len(scores),), "one a sequence")
    if lengths.is_floating_point() or not bool(((lengths >= 1) & (lengths <= steps)).all()):
        raise ValueError(f"viterbi: lengths must be whole numbers in 1..T={steps}, got {lengths.tolist()}.")
    present = torch.arange(steps, device=scores.device) < lengths.to(scores.device)[:, None]
    scores = scores.masked_fill(~present[..., None], 0.0)
    for name, value in (("scores", scores), ("between", between), ("start", start), ("end", end)):
        if bool((value.isnan() | (value == torch.inf)).any()):
            raise ValueError(f"viterbi: {name} must be below infinity, got NaN or infinity.")
    return scores, start.to(scores), end.to(scores), present
