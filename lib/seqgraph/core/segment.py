"""Sums, means, maxima and softmax over segments: the rows of one tensor that share a number."""

import torch
from jaxtyping import Float, Integer
from torch import Tensor

from seqgraph.core.expect import ShapeError, expect, expect_indices, expect_size


def segment_sum(
    values: Float[Tensor, "E *rest"], index: Integer[Tensor, " E"], num_segments: int
) -> Float[Tensor, "S *rest"]:
    r"""Add up the rows of each segment, ``[S, ...]``; the sum of an empty segment is 0.

    .. math:: y_s = \sum_{e:\ \text{index}_e = s} \text{values}_e

    Args:
        values: ``[E, ...]``, one row an entry; E may be 0.
        index: ``[E]``, the segment of each row, in 0..num_segments-1, in any order.
        num_segments: S, the number of segments, at least 0.

    Example:
        >>> values = torch.tensor([[1.0], [2.0], [5.0]])
        >>> segment_sum(values, torch.tensor([2, 0, 2]), 3).tolist()
        [[2.0], [0.0], [6.0]]
    """
    _expect_segments("segment_sum", values, index, num_segments)
    return values.new_zeros(num_segments, *values.shape[1:]).index_add(0, index, values)


def segment_mean(
    values: Float[Tensor, "E *rest"], index: Integer[Tensor, " E"], num_segments: int
) -> Float[Tensor, "S *rest"]:
    r"""Average the rows of each segment; the mean of an empty segment is 0.

    .. math:: y_s = \frac{1}{\max(1, n_s)} \sum_{e:\ \text{index}_e = s} \text{values}_e

    n_s is the number of rows of segment s. Arguments are those of :func:`segment_sum`.

    Args:
        values: ``[E, ...]``.
        index: ``[E]``.
        num_segments: S.

    Example:
        >>> segment_mean(torch.tensor([1.0, 2.0, 5.0]), torch.tensor([2, 0, 2]), 3).tolist()
        [2.0, 0.0, 3.0]
    """
    _expect_segments("segment_mean", values, index, num_segments)
    count = torch.bincount(index, minlength=num_segments).clamp(min=1).to(values.dtype)
    total = segment_sum(values, index, num_segments)
    return total / count.reshape(-1, *[1] * (values.dim() - 1))


def segment_max(
    values: Float[Tensor, "E *rest"], index: Integer[Tensor, " E"], num_segments: int
) -> Float[Tensor, "S *rest"]:
    r"""Take the largest number of each segment, channel by channel; that of an empty segment is 0.

    .. math:: y_s = \max_{e:\ \text{index}_e = s} \text{values}_e

    Rows that share the maximum share its gradient. Arguments are those of :func:`segment_sum`.

    Args:
        values: ``[E, ...]``.
        index: ``[E]``.
        num_segments: S.

    Example:
        >>> segment_max(torch.tensor([-1.0, -2.0, -5.0]), torch.tensor([2, 0, 2]), 3).tolist()
        [-2.0, 0.0, -1.0]
    """
    _expect_segments("segment_max", values, index, num_segments)
    empty = values.new_zeros(num_segments, *values.shape[1:])
    rows = _rows(index, values)
    return empty.scatter_reduce(0, rows, values, "amax", include_self=False)


def segment_softmax(
    scores: Float[Tensor, "E *rest"], index: Integer[Tensor, " E"], num_segments: int
) -> Float[Tensor, "E *rest"]:
    r"""Turn the scores of each segment into shares ``[E, ...]`` that sum to 1, channel by channel.

    .. math:: a_e = \frac{\exp(\text{scores}_e - m_s)}{\sum_{e':\ \text{index}_{e'} = s}
              \exp(\text{scores}_{e'} - m_s)}, \qquad s = \text{index}_e

    m_s is the largest score of the segment: taking it off changes nothing but keeps exp finite. Arguments are
    those of :func:`segment_sum`.

    Args:
        scores: ``[E, ...]``, finite.
        index: ``[E]``.
        num_segments: S.

    Example:
        >>> segment_softmax(torch.tensor([7.0, 1e4, 1e4]), torch.tensor([1, 0, 0]), 2).tolist()
        [1.0, 0.5, 0.5]
    """
    _expect_segments("segment_softmax", scores, index, num_segments)
    lowest = scores.new_full((num_segments, *scores.shape[1:]), -torch.inf)
    rows = _rows(index, scores)
    largest = lowest.scatter_reduce(0, rows, scores.detach(), "amax")
    raised = (scores - largest.index_select(0, index)).exp()
    total = segment_sum(raised, index, num_segments)
    return raised / total.index_select(0, index)


def _rows(index: Tensor, values: Tensor) -> Tensor:
    """The segment of every entry, not of every row alone."""
    return index.long().reshape(-1, *[1] * (values.dim() - 1)).expand_as(values)


def _expect_segments(
    who: str, values: Tensor, index: Tensor, num_segments: int
) -> None:
    name = "scores" if who == "segment_softmax" else "values"
    if not isinstance(values, Tensor) or not values.is_floating_point():
        came = values.dtype if isinstance(values, Tensor) else type(values).__name__
        raise TypeError(f"{who}: {name} must be a floating-point tensor, got {came}.")
    if values.dim() == 0:
        raise ShapeError(f"{who}: {name} must have shape [E, ...], got [].")
    expect_size(who, "num_segments", num_segments, least=0)
    expect(who, "index", index, (len(values),), f"one a row of {name}")
    expect_indices(who, "index", index, num_segments)
