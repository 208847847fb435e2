"""Leaky units: a state that changes slowly."""

from numbers import Real

import torch
from torch import Tensor, nn

from seqgraph.core.expect import ShapeError
from seqgraph.core.state import State
from seqgraph.recurrent.cell import Cell
from seqgraph.recurrent.wrapper import CellWrapper


class Leaky(CellWrapper):
    r"""A cell whose hidden state leaks: it moves only a part of the way to its new value (渗漏单元).

    .. math:: h_t = \mu \odot h_{t-1} + (1 - \mu) \odot \tilde{h}_t

    h with a tilde is what the wrapped cell computes from x_t and the state before; mu is the share of the old
    state that stays, so mu^n is left after n steps. In an LSTM only h leaks: c has its own forget gate.

    Args:
        cell: the cell to slow down.
        mu: one number, or ``[H]``, from 0 (no leak, the cell itself) to below 1 (almost frozen).
        learnable: learn mu by gradient, as the sigmoid of a parameter; then mu must lie inside (0, 1).

    Raises:
        ValueError: mu is outside its range.
        ShapeError: mu is a tensor of another shape than ``[H]``.

    Source:
        [mozer1992induction], [jaeger2007leaky]

    Example:
        >>> from seqgraph.recurrent import HiddenState, SRNCell
        >>> cell = SRNCell(1, 1)
        >>> _ = [nn.init.zeros_(weight) for weight in cell.parameters()]
        >>> output, _ = Leaky(cell, mu=0.75)(torch.zeros(1, 1), HiddenState(torch.ones(1, 1)))
        >>> output.item()
        0.75
    """

    def __init__(self, cell: Cell, mu: float | Tensor, learnable: bool = False):
        super().__init__(cell)
        value = self._as_tensor(mu)
        if value.dim() and value.shape != (self.hidden_size,):
            raise ShapeError(
                f"{self._get_name()}: mu must be a number or [{self.hidden_size}], got {list(value.shape)}."
            )
        low = value > 0 if learnable else value >= 0
        if not bool((low & (value < 1)).all()):
            allowed = "in (0, 1) to be learned" if learnable else "in [0, 1)"
            raise ValueError(f"{self._get_name()}: mu must be {allowed}, got {mu}.")
        if learnable:
            self.mu_logit = nn.Parameter(
                torch.logit(value).expand(self.hidden_size).clone()
            )
        else:
            self.register_buffer("fixed_mu", value)

    def _as_tensor(self, mu: float | Tensor) -> Tensor:
        """A copy of mu in the dtype and on the device of the cell's weights."""
        is_number = isinstance(mu, Real) and not isinstance(mu, bool)
        if not is_number and not (isinstance(mu, Tensor) and mu.is_floating_point()):
            raise ValueError(
                f"{self._get_name()}: mu must be numbers in [0, 1), got {mu!r}."
            )
        like = next(self.cell.parameters(), torch.empty(()))
        value = (
            torch.tensor(float(mu), dtype=torch.float64) if is_number else mu.detach()
        )
        return value.to(like, copy=True)

    @property
    def mu(self) -> Tensor:
        """The share of the old state that stays."""
        return (
            torch.sigmoid(self.mu_logit) if hasattr(self, "mu_logit") else self.fixed_mu
        )

    def step(
        self, projected: Tensor, state: State, mask: Tensor | None = None
    ) -> tuple[Tensor, State]:
        _, new = self.cell.step(projected, state, mask)
        h = torch.lerp(self.hidden(new), self.hidden(state), self.mu)
        return h, self.with_hidden(new, h)
