"""The LSTM family along a whole sequence, with backpropagation through time written by hand.

Autograd records a dozen small operations a step and walks back through each of them. Here the forward pass
works in place, and whatever the backward pass needs that does not depend on later steps is computed for all
steps at once; only the recursion itself is left in a loop.
"""

import torch
from jaxtyping import Float
from torch import Tensor
from torch.autograd.function import Function, FunctionCtx

from seqgraph.recurrent.cell import Cell
from seqgraph.recurrent.lstm import LSTMCell, LSTMState
from seqgraph.recurrent.lstm_coupled import CoupledLSTMCell
from seqgraph.recurrent.lstm_no_forget import NoForgetLSTMCell
from seqgraph.recurrent.lstm_peephole import PeepholeLSTMCell

FAMILY = (LSTMCell, NoForgetLSTMCell, CoupledLSTMCell, PeepholeLSTMCell)


def can_scan(cell: Cell) -> bool:
    """Whether a cell is exactly one of the family; a subclass may have equations of its own."""
    return type(cell) in FAMILY


def scan_lstm(
    cell: Cell, x: Float[Tensor, "B T I"], state: LSTMState, reverse: bool
) -> tuple[Tensor, LSTMState]:
    """The outputs ``[B, T, H]`` and the last state: what a loop over ``cell.step`` gives."""
    projected = cell.project(x.transpose(0, 1))
    if reverse:
        projected = projected.flip(0)
    outputs, c = LSTMScan.apply(projected, cell.U.weight, getattr(cell, "V", None), *state, cell.gates)
    last = LSTMState(outputs[-1], c)
    return (outputs.flip(0) if reverse else outputs).transpose(0, 1), last


class LSTMScan(Function):
    """All steps of one cell of the family; time comes first, and the gates g and o come last."""

    @staticmethod
    def forward(
        ctx: FunctionCtx,
        projected: Tensor,
        U: Tensor,
        V: Tensor | None,
        h: Tensor,
        c: Tensor,
        gates: tuple[str, ...],
    ) -> tuple[Tensor, Tensor]:
        shape = projected.shape[0], *h.shape
        values = projected.new_empty(*shape[:2], len(gates), shape[2])
        hs, cs = torch.cat([h[None], h.new_empty(shape)]), torch.cat([c[None], c.new_empty(shape)])
        squashed, U_t = h.new_empty(shape), U.t()
        for t, a in enumerate(values):
            torch.addmm(projected[t], hs[t], U_t, out=a.flatten(1))
            _step(a, cs[t], V, gates, out=cs[t + 1])
            torch.tanh(cs[t + 1], out=squashed[t])
            torch.mul(a[:, -1], squashed[t], out=hs[t + 1])
        ctx.save_for_backward(values, hs, cs, squashed, U, V)
        ctx.gates = gates
        return hs[1:], cs[-1].clone()

    @staticmethod
    def backward(ctx: FunctionCtx, d_outputs: Tensor, d_last: Tensor) -> tuple:
        if torch.is_grad_enabled():
            # Without this a second derivative would come out wrong without a word.
            raise RuntimeError("Recurrent: no second derivatives here; call the cell step by step for them.")
        values, hs, cs, squashed, U, V = ctx.saved_tensors
        slopes, keep = _slopes(values, cs[:-1], squashed, ctx.gates)
        shown = values[:, :, -1] * (1 - squashed.square())
        d_a, dh, dc = torch.empty_like(slopes), torch.zeros_like(d_last), d_last.clone()
        for t in reversed(range(len(values))):
            dh = dh + d_outputs[t]
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
        return flat, d_U, None if V is None else _peephole_gradient(d_a, cs), dh, dc, None


def _step(a: Tensor, c: Tensor, V: Tensor | None, gates: tuple[str, ...], out: Tensor) -> None:
    """Squash the gates ``a [B, k, H]`` in place and write the new cell to ``out``."""
    doors, g, o = a[:, :-2], a[:, -2], a[:, -1]
    if V is not None:
        doors.addcmul_(V[:2], c[:, None])
    doors.sigmoid_()
    g.tanh_()
    if gates[0] == "f":
        torch.lerp(g, c, doors[:, 0], out=out)
    else:
        kept = torch.mul(doors[:, 1], c, out=out) if "f" in gates else out.copy_(c)
        kept.addcmul_(doors[:, 0], g)
    if V is not None:
        o.addcmul_(V[2], out)
    o.sigmoid_()


def _slopes(
    values: Tensor, before: Tensor, squashed: Tensor, gates: tuple[str, ...]
) -> tuple[Tensor, Tensor | None]:
    """How the new cell (for o: the output) moves with the input of each gate, and with the cell before."""
    value = dict(zip(gates, values.unbind(2), strict=True))
    f, g = value.get("f"), value["g"]
    i = value["i"] if "i" in value else 1 - f
    moved = {"i": g, "f": before if "i" in value else before - g, "o": squashed}
    slopes = torch.empty_like(values)
    for place, (name, gate) in enumerate(value.items()):
        slopes[:, :, place] = i * (1 - g * g) if name == "g" else moved[name] * gate * (1 - gate)
    return slopes, f


def _peephole_gradient(d_a: Tensor, cs: Tensor) -> Tensor:
    seen = ((0, cs[:-1]), (1, cs[:-1]), (3, cs[1:]))
    return torch.stack([(d_a[:, :, place] * c).sum((0, 1)) for place, c in seen])
