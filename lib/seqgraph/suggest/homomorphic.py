"""Queries as sums of their words, and changes of queries as differences of sums."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect, expect_dtype


def homomorphic(bags: Float[Tensor, "*batch V"], vectors: Float[Tensor, "V D"]) -> Float[Tensor, "*batch D"]:
    r"""Embed queries homomorphically (同态嵌入): the vector of a query is the sum of its words' vectors.

    .. math:: v_q = \sum_{w \in q} v_w

    Where:
        the sum runs over the words of q with repetition: ``bags`` holds how often each of the V words occurs.
        Joining two queries adds their vectors, hence the name. The order of the words is lost.

    Shape:
        bags ``[..., V]``, vectors ``[V, D]``; the sums ``[..., D]``.

    Args:
        bags: word counts, of the dtype of the vectors; the last axis is the vocabulary.
        vectors: one row a word.

    Returns:
        One vector a query; the vector of an empty query is 0.

    Raises:
        ShapeError: the vectors are no matrix, or the bags have another number of words.
        TypeError: the two dtypes differ.

    Source:
        [jiang2018rin]

    Example:
        >>> import torch
        >>> vectors = torch.tensor([[1.0, 0.0], [0.0, 1.0], [5.0, 5.0]])
        >>> homomorphic(torch.tensor([[1.0, 2.0, 0.0], [0.0, 0.0, 1.0]]), vectors).tolist()
        [[1.0, 2.0], [5.0, 5.0]]
    """
    expect("homomorphic", "vectors", vectors, ("V", "D"))
    size = len(vectors)
    batch = ("B", "T", "C")[: bags.dim() - 1] if isinstance(bags, Tensor) else ()
    expect("homomorphic", "bags", bags, (*batch, size), f"the vectors have {size} rows")
    expect_dtype("homomorphic", "bags", bags, vectors.dtype)
    return bags @ vectors


def reformulations(v: Float[Tensor, "B T D"]) -> Float[Tensor, "B T D"]:
    r"""How each query of a session differs from the one before it: its reformulation (查询改写).

    .. math:: r_0 = 0, \qquad r_i = v_{q_{i+1}} - v_{q_i}

    Where:
        place i of the result holds r_{i-1}, the change that led *to* query i. So a network that reads
        it beside query i never sees a query that is still to come.

    Shape:
        v ``[B, T, D]``; result ``[B, T, D]``.

    Args:
        v: the vectors of the T queries of each session.

    Returns:
        ``r_0, ..., r_{T-1}``.

    Raises:
        ShapeError: v has another number of axes, or an axis is empty.

    Source:
        [jiang2018rin]

    Example:
        >>> import torch
        >>> reformulations(torch.tensor([[[1.0], [4.0], [3.0]]])).flatten().tolist()
        [0.0, 3.0, -1.0]
    """
    expect("reformulations", "v", v, ("B", "T", "D"))
    return torch.cat([torch.zeros_like(v[:, :1]), v.diff(dim=1)], dim=1)
