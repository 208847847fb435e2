"""A filter in the Fourier domain of a graph: each frequency times a number."""

from collections.abc import Callable

from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect
from seqgraph.graphs.graph_fourier import graph_fourier


def spectral_filter(
    x: Float[Tensor, "N D"],
    L: Float[Tensor, "N N"],
    response: Callable[[Tensor], Tensor],
) -> Float[Tensor, "N D"]:
    r"""Filter the columns of x: a convolution on a graph (谱图卷积), by its definition.

    .. math:: y = U\, g(\Lambda)\, U^\top x, \qquad L = U \Lambda U^\top

    g depends on the frequency alone, so neither the signs of the eigenvectors nor the basis chosen within a
    repeated eigenvalue matter. If g is a polynomial, y is that polynomial of L times x.

    Args:
        x: ``[N, D]``, one signal a column.
        L: the Laplacian, symmetric.
        response: g, from the eigenvalues ``[N]``, in ascending order, to as many numbers.

    Raises:
        TypeError: x has another dtype than L.

    Source:
        [bruna2014spectral]

    Example:
        >>> import torch
        >>> L, x = torch.tensor([[1.0, -1.0], [-1.0, 1.0]]), torch.tensor([[1.0], [3.0]])
        >>> low = spectral_filter(x, L, lambda frequency: (frequency < 1).float())
        >>> [round(value, 4) for value in low[:, 0].tolist()]
        [2.0, 2.0]
    """
    expect("spectral_filter", "L", L, ("N*", "N*"))
    expect("spectral_filter", "x", x, (len(L), "D"), "as many rows as L")
    if x.dtype != L.dtype:
        raise TypeError(f"spectral_filter: x must be {L.dtype} like L, got {x.dtype}.")
    eigenvalues, U = graph_fourier(L)
    g = response(eigenvalues)
    expect(
        "spectral_filter", "what response returns", g, (len(L),), "as the eigenvalues"
    )
    return U @ (g[:, None] * (U.T @ x))
