"""The best linear function for the squared error."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_finite


def least_squares(
    features: Float[Tensor, "N D"], target: Float[Tensor, " N"]
) -> nn.Linear:
    r"""Find the linear layer with the smallest squared error: no training loop, one solution.

    .. math:: \min_{b,\, w} \sum_{n=1}^{N} \Big(y_n - b - \sum_{j=1}^{D} w_j a_{nj}\Big)^2

    Solved in float64, returned in the dtype and on the device of the features. Where features depend on each
    other, the solution with the shortest weights is taken.

    Args:
        features: a, one row an example ``[N, D]``, without a column of ones.
        target: y, what each row should give, ``[N]``.

    Raises:
        ValueError: there are fewer rows than unknowns, or a value is NaN or infinite.

    Example:
        >>> a = torch.tensor([[0.0], [1.0], [2.0]])
        >>> layer = least_squares(a, 3 * a[:, 0] + 1)
        >>> round(layer.weight.item(), 4), round(layer.bias.item(), 4)
        (3.0, 1.0)
    """
    expect("least_squares", "features", features, ("N", "D"))
    expect(
        "least_squares",
        "target",
        target,
        (len(features),),
        f"{len(features)} rows of features",
    )
    rows, unknowns = len(features), features.shape[1] + 1
    if rows < unknowns:
        raise ValueError(
            f"least_squares: {unknowns} unknowns need at least {unknowns} rows, got {rows}."
        )
    expect_finite("least_squares", "features", features)
    expect_finite("least_squares", "target", target)
    table = torch.cat([torch.ones(rows, 1), features.detach().cpu()], dim=1).double()
    found = torch.linalg.lstsq(
        table, target.detach().cpu().double()[:, None], driver="gelsd"
    ).solution[:, 0]
    layer = nn.Linear(unknowns - 1, 1).to(features)
    with torch.no_grad():
        layer.bias.copy_(found[:1])
        layer.weight.copy_(found[None, 1:])
    return layer
