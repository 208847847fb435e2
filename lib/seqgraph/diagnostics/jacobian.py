"""How much of a state still depends on an earlier one: Jacobians through time."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import expect
from seqgraph.core.state import State, flatten_state, unflatten_state
from seqgraph.diagnostics.sequence import expect_sequence, first_state


@torch.no_grad()
def state_jacobians(
    cell: nn.Module, x: Float[Tensor, "T I"], state: State | None = None
) -> Float[Tensor, "N S S"]:
    r"""The derivatives ``[T + 1, S, S]`` of the last state of a sequence by each state before it.

    .. math::
        J_t = \frac{\partial s_T}{\partial s_t}
            = \frac{\partial s_T}{\partial s_{T-1}} \cdots \frac{\partial s_{t+1}}{\partial s_t}

    s_t is the whole state after step t, S numbers, flattened by :func:`seqgraph.core.flatten_state`; s_0 is
    the state before the first step and J_T the identity. The rows of J_t belong to s_T, its columns to s_t.
    The masks of ``VariationalDropout`` are a part of the state, behind all else: take ``J[:, :n, :n]`` for
    the n numbers before them. A NaN in x makes all but J_T NaN.

    Args:
        cell: a recurrent cell, or a wrapped one.
        x: one sequence ``[T, I]``, in the dtype of the weights.
        state: s_0 with a batch of 1; without it the cell's initial state.

    Raises:
        ShapeError: x or the state has the wrong shape, or there are no steps.
        TypeError: cell is not a recurrent cell, or x has another dtype than the weights.

    Source:
        [pascanu2013difficulty]

    Example:
        >>> from seqgraph.recurrent import SRNCell
        >>> cell = SRNCell(1, 1)
        >>> _ = nn.init.zeros_(cell.W.bias), nn.init.constant_(cell.U.weight, 0.5)
        >>> state_jacobians(cell, torch.zeros(3, 1)).flatten().tolist()  # tanh'(0) * 0.5 at each step
        [0.125, 0.25, 0.5, 1.0]
    """
    expect_sequence("state_jacobians", cell, x, ("T",))
    state = first_state(cell, x[None], state)
    flat = flatten_state(state)[0]

    def one_step(flat: Tensor, projected: Tensor) -> tuple[Tensor, Tensor]:
        _, after = cell.step(projected[None], unflatten_state(flat[None], state))
        after = flatten_state(after)[0]
        return after, after

    steps = []
    for projected in cell.project(x):
        step, flat = torch.func.jacrev(one_step, has_aux=True)(flat, projected)
        steps.append(step)
    products = [torch.eye(len(flat), dtype=x.dtype, device=x.device)]
    for step in reversed(steps):
        products.append(products[-1] @ step)
    return torch.stack(products[::-1])


def jacobian_norms(
    jacobians: Float[Tensor, "N S S"], ord: int | float | str = 2
) -> Float[Tensor, " N"]:
    r"""The norm of each of several Jacobians: NaN where one holds NaN, infinite where one has overflowed.

    .. math:: \lVert J_t \rVert_2 = \sigma_{\max}(J_t)

    sigma_max is the largest singular value: the most by which a small change of s_t can be stretched on its
    way to s_T.

    Args:
        jacobians: ``[N, S, S]``, what :func:`state_jacobians` returns.
        ord: which norm, as in ``torch.linalg.matrix_norm``: 2 (spectral), ``"fro"``, 1, ``math.inf``, ...

    Source:
        [pascanu2013difficulty]

    Example:
        >>> round(jacobian_norms(torch.tensor([[[0.0, 2.0], [0.0, 0.0]]])).item(), 4)
        2.0
    """
    expect("jacobian_norms", "jacobians", jacobians, ("N", "S", "S"))
    expect(
        "jacobian_norms",
        "jacobians",
        jacobians,
        ("N", "S", jacobians.shape[1]),
        "square matrices",
    )
    largest = jacobians.abs().amax(dim=(-2, -1))
    broken = ~largest.isfinite()
    norms = torch.linalg.matrix_norm(
        jacobians.masked_fill(broken[:, None, None], 0.0), ord
    )
    return norms.where(~broken, largest)
