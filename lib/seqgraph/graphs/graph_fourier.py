"""The Fourier transform of a graph: eigenvectors in the place of waves."""

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import ShapeError, expect


class GraphFourier(NamedTuple):
    """The eigenvalues and eigenvectors of a Laplacian."""

    eigenvalues: Tensor
    """The frequencies ``[N]``, from the slowest to the fastest."""
    U: Tensor
    """One wave a column, ``[N, N]``, orthonormal; signs, and bases within one frequency, are arbitrary."""


def graph_fourier(L: Float[Tensor, "N N"]) -> GraphFourier:
    r"""Find the waves of a graph (图傅里叶变换): the eigenvectors of its Laplacian.

    .. math:: L = U \Lambda U^\top, \qquad \hat x = U^\top x, \qquad x = U \hat x

    Args:
        L: symmetric, such as :func:`laplacian` returns.

    Raises:
        ValueError: L is not symmetric, so its eigenvectors are no orthonormal basis.

    Source:
        [bruna2014spectral]

    Example:
        >>> waves = graph_fourier(torch.tensor([[1.0, -1.0], [-1.0, 1.0]]))
        >>> [round(value, 4) for value in waves.eigenvalues.abs().tolist()]
        [0.0, 2.0]
    """
    expect("graph_fourier", "L", L, ("N*", "N*"))
    if L.shape[0] != L.shape[1]:
        raise ShapeError(
            f"graph_fourier: L must have shape [N, N], got {list(L.shape)}."
        )
    if not torch.allclose(L, L.T):
        largest = (L - L.T).abs().max()
        raise ValueError(
            f"graph_fourier: L must be symmetric, got entries {largest:.6g} apart."
        )
    return GraphFourier(*torch.linalg.eigh(L))
