"""What the recurrent matrix alone says about gradients through time."""

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.core.expect import expect, expect_number, expect_size


def vanishing_bound(
    U: Float[Tensor, "H H"], steps: int, slope: float = 1.0
) -> Float[Tensor, " N"]:
    r"""An upper bound ``[T + 1]`` of the Jacobian norms of a simple recurrent network, for t = 0, ..., T.

    .. math:: \lVert J_t \rVert_2 \le \left( \sigma_{\max}(U) \, \sup |f'| \right)^{T - t}

    J_t is the derivative of h_T with respect to h_t, sigma_max(U) the largest singular value of U, and f the
    squashing function: :math:`\sup |f'|` is 1 for tanh and 1/4 for the logistic function.
    sigma_max(U) < :math:`1 / \sup |f'|` is sufficient for the gradient to vanish (梯度消失);
    sigma_max(U) > :math:`1 / \sup |f'|` is only necessary for it to explode (梯度爆炸).
    A power that overflows is infinite; the bound has no gradients.

    Args:
        U: the recurrent weights ``[H, H]``, such as ``cell.U.weight``.
        steps: T, the number of steps, at least 1.
        slope: the steepest slope of f, above 0.

    Source:
        [pascanu2013difficulty]

    Differs:
        Some texts compare the spectral radius of U with 1, which does not bound the norm: see
        :func:`spectral_radius`.

    Example:
        >>> vanishing_bound(torch.tensor([[0.0, 2.0], [0.5, 0.0]]), steps=2, slope=0.25)
        tensor([0.2500, 0.5000, 1.0000])
    """
    U = _square("vanishing_bound", U)
    expect_size("vanishing_bound", "steps", steps)
    expect_number("vanishing_bound", "slope", slope, above=0)
    gamma = slope * torch.linalg.matrix_norm(U, 2)
    return gamma ** torch.arange(steps, -1, -1, dtype=U.dtype, device=U.device)


def spectral_radius(U: Float[Tensor, "H H"]) -> float:
    r"""The spectral radius (谱半径) of a matrix: the largest absolute value of its eigenvalues.

    .. math:: \rho(U) = \max_i |\lambda_i(U)| \le \sigma_{\max}(U)

    lambda_i are the eigenvalues. The norm of U^n goes to zero if and only if rho(U) < 1, but it may grow for
    many steps first: rho is no bound of the norm unless U is normal.

    Args:
        U: a square matrix ``[H, H]``.

    Source:
        [pascanu2013difficulty]

    Example:
        >>> U = torch.tensor([[0.9, 5.0], [0.0, 0.9]], dtype=torch.float64)
        >>> norm = torch.linalg.matrix_norm(torch.linalg.matrix_power(U, 9), 2)
        >>> round(spectral_radius(U), 4), round(norm.item(), 1)
        (0.9, 19.4)
    """
    return torch.linalg.eigvals(_square("spectral_radius", U)).abs().max().item()


def _square(who: str, U: Tensor) -> Tensor:
    expect(who, "U", U, ("H", "H"))
    expect(who, "U", U, ("H", U.shape[0]), "a square matrix")
    if not bool(U.isfinite().all()):
        raise ValueError(f"{who}: U must be finite, got NaN or infinity in it.")
    return U.detach()
