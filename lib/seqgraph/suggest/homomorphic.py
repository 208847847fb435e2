"""Queries as sums of their words, and changes of queries as differences of sums."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect, expect_dtype


def homomorphic(
    bags: Float[Tensor, "*batch V"], vectors: Float[Tensor, "V D"]
) -> Float[Tensor, "*batch D"]:
    r"""Embed queries homomorphically (同态嵌入): the vector of a query is the sum of its words' vectors.

    .. math:: v_q = \sum_{w \in q} v_w

    Args:
        bags: how often each of the V words occurs, in the dtype of the vectors.
        vectors: one row a word.

    Returns:
        One vector a query. Joining two queries adds their vectors; the order of the words is lost.

    Example:
        >>> homomorphic(torch.tensor([1.0, 2.0]), torch.tensor([[1.0, 0.0], [3.0, 4.0]])).tolist()
        [7.0, 8.0]
    """
    expect("homomorphic", "vectors", vectors, ("V", "D"))
    size = len(vectors)
    batch = ("B", "T", "C")[: bags.dim() - 1] if isinstance(bags, Tensor) else ()
    expect("homomorphic", "bags", bags, (*batch, size), f"the vectors have {size} rows")
    expect_dtype("homomorphic", "bags", bags, vectors.dtype)
    return bags @ vectors


def reformulations(v: Float[Tensor, "B T D"]) -> Float[Tensor, "B T D"]:
    r"""Return what changed to reach each query of a session: reformulations (查询改写).

    .. math:: r_0 = 0, \qquad r_i = v_{q_{i+1}} - v_{q_i}

    Args:
        v: the vectors of T queries. Place i of the result holds r_{i-1}, so that no later query is seen.

    Example:
        >>> reformulations(torch.tensor([[[1.0], [4.0], [3.0]]])).flatten().tolist()
        [0.0, 3.0, -1.0]
    """
    expect("reformulations", "v", v, ("B", "T", "D"))
    return torch.cat([torch.zeros_like(v[:, :1]), v.diff(dim=1)], dim=1)


def with_reformulations(v: Float[Tensor, "B T D"]) -> Float[Tensor, "B T I"]:
    r"""Put each query beside the change that led to it, as a :class:`RIN` reads them.

    .. math:: x_i = [v_{q_i}; r_{i-1}]

    Args:
        v: the vectors of the T queries of each session.

    Example:
        >>> with_reformulations(torch.tensor([[[1.0], [4.0]]])).tolist()
        [[[1.0, 0.0], [4.0, 3.0]]]
    """
    return torch.cat([v, reformulations(v)], dim=-1)
