"""The LSTM family along a whole sequence, with backpropagation through time written by hand.

Autograd records a dozen small operations a step and walks back through each of them. Here the forward pass
works in place, and whatever the backward pass needs that does not depend on later steps is computed for all
steps at once; only the recursion itself is left in a loop.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor
from torch.autograd.function import Function, FunctionCtx

from seqgraph.core.state import State
from seqgraph.core.transforms import each_operation_counts
from seqgraph.recurrent.bare_linear import bare_weight
from seqgraph.recurrent.cell import GatedCell


class Scan(NamedTuple):
    """The fast way of one cell to :meth:`Cell.run`, given how its new memory cell c comes about.

    Both functions take the cell before and the gates from the first to g; the last gate is o.
    """

    write: Callable[..., Tensor]
    """The new cell, into ``out``."""
    slopes: Callable[..., tuple]
    """Its derivative with respect to each gate, and to the cell before: None if that is 1."""

    def __call__(
        self, cell: GatedCell, x: Float[Tensor, "B T I"], state: State
    ) -> tuple[Float[Tensor, "B T H"], State]:
        """What ``cell.run`` gives, by way of it where this one would leave out what hangs on the cell."""
        U = bare_weight(cell.U)
        if U is None or each_operation_counts(x):
            return cell.run(x, state)
        projected = cell.project(x).transpose(0, 1)
        outputs, c = LSTMScan.apply(
            self, projected, U, getattr(cell, "V", None), *state
        )
        return outputs, type(state)(outputs[:, -1].clone(), c)


class LSTMScan(Function):
    """All steps of one cell of the family; inside, time comes first. V holds the peepholes or is None."""

    @staticmethod
    def forward(
        ctx: FunctionCtx,
        scan: Scan,
        projected: Tensor,
        U: Tensor,
        V: Tensor | None,
        h: Tensor,
        c: Tensor,
    ) -> tuple[Tensor, Tensor]:
        shape = projected.shape[0], *h.shape
        values = projected.new_empty(
            *shape[:2], projected.shape[-1] // shape[2], shape[2]
        )
        hs = torch.cat([h[None], h.new_empty(shape)])
        cs = torch.cat([c[None], c.new_empty(shape)])
        squashed, U_t = h.new_empty(shape), U.t()
        for t, a in enumerate(values):
            torch.addmm(projected[t], hs[t], U_t, out=a.flatten(1))
            doors, g, o = a[:, :-2], a[:, -2], a[:, -1]
            if V is not None:
                doors.addcmul_(V[:2], cs[t, :, None])
            doors.sigmoid_()
            scan.write(cs[t], *doors.unbind(1), g.tanh_(), out=cs[t + 1])
            if V is not None:
                o.addcmul_(V[2], cs[t + 1])
            torch.tanh(cs[t + 1], out=squashed[t])
            torch.mul(o.sigmoid_(), squashed[t], out=hs[t + 1])
        ctx.save_for_backward(values, hs, cs, squashed, U, V)
        ctx.scan = scan
        # Copies: what a user does to the results must not reach what the backward pass needs.
        outputs = hs[1:].transpose(0, 1).clone(memory_format=torch.contiguous_format)
        return outputs, cs[-1].clone()

    @staticmethod
    def backward(ctx: FunctionCtx, d_outputs: Tensor, d_last: Tensor) -> tuple:
        if torch.is_grad_enabled():
            # Without this a second derivative would come out wrong without a word.
            raise RuntimeError(
                "Recurrent: no second derivatives here; cell.run(x, state) has them."
            )
        values, hs, cs, squashed, U, V = ctx.saved_tensors
        slopes, keep = _slopes(ctx.scan, values, cs[:-1], squashed)
        shown = values[:, :, -1] * (1 - squashed.square())
        d_a, dh, dc = torch.empty_like(slopes), torch.zeros_like(d_last), d_last.clone()
        for t in reversed(range(len(values))):
            dh = dh + d_outputs[:, t]
            d_o = torch.mul(dh, slopes[t, :, -1], out=d_a[t, :, -1])
            dc.addcmul_(dh, shown[t])
            if V is not None:
                dc.addcmul_(V[2], d_o)
            d_gates = torch.mul(slopes[t, :, :-1], dc[:, None], out=d_a[t, :, :-1])
            if keep is not None:
                dc.mul_(keep[t])
            if V is not None:
                dc.add_((d_gates[:, :2] * V[:2]).sum(1))
            dh = d_a[t].flatten(1) @ U
        flat = d_a.flatten(2)
        d_U = flat.flatten(0, 1).t() @ hs[:-1].flatten(0, 1)
        return (
            None,
            flat,
            d_U,
            None if V is None else _peephole_gradient(d_a, cs),
            dh,
            dc,
        )


def _slopes(
    scan: Scan, values: Tensor, before: Tensor, squashed: Tensor
) -> tuple[Tensor, Tensor | None]:
    """How the new cell (for o: the output) moves with the input of each gate, and with the cell before."""
    moved, keep = scan.slopes(before, *values.unbind(2)[:-1])
    slopes = values * (1 - values)
    slopes[:, :, -2] = 1 - values[:, :, -2].square()
    for place, by in enumerate((*moved, squashed)):
        slopes[:, :, place].mul_(by)
    return slopes, keep


def _peephole_gradient(d_a: Tensor, cs: Tensor) -> Tensor:
    seen = ((0, cs[:-1]), (1, cs[:-1]), (3, cs[1:]))
    return torch.stack([(d_a[:, :, place] * c).sum((0, 1)) for place, c in seen])


lstm_scan = Scan(
    lambda c, i, f, g, out: torch.mul(f, c, out=out).addcmul_(i, g),
    lambda c, i, f, g: ((g, c, i), f),
)
no_forget_scan = Scan(
    lambda c, i, g, out: torch.addcmul(c, i, g, out=out),
    lambda c, i, g: ((g, i), None),
)
coupled_scan = Scan(
    lambda c, f, g, out: torch.lerp(g, c, f, out=out),
    lambda c, f, g: ((c - g, 1 - f), f),
)
