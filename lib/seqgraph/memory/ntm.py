"""The neural Turing machine: a controller that reads and writes a memory outside its weights."""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_dtype, expect_size
from seqgraph.memory.address import HeadValues, address
from seqgraph.memory.read import read
from seqgraph.memory.write import write
from seqgraph.recurrent.cell import Cell

# What stands everywhere in a new memory: a row of zeros has no direction.
BLANK = 0.1


class NTMState(NamedTuple):
    """All that a machine carries from step to step; M rows of W numbers in its memory."""

    h: Tensor
    """The output of the step before, ``[B, H]``; no later step sees it."""
    r: Tensor
    """What was read last, ``[B, W]``."""
    memory: Tensor
    """The rows, ``[B, M, W]``."""
    read_weights: Tensor
    """Where the reading head stands, ``[B, M]``."""
    write_weights: Tensor
    """Where the writing head stands, ``[B, M]``."""


class NTMCell(Cell):
    r"""One step of a neural Turing machine (神经图灵机) with one reading and one writing head.

    .. math::
        u_t &= \tanh(W x_t + U r_{t-1} + b) \\
        w^r_t, w^w_t &= \text{address}(M_{t-1}, w^r_{t-1}), \text{address}(M_{t-1}, w^w_{t-1}) \\
        r_t &= \text{read}(M_{t-1}, w^r_t) \qquad
        M_t = \text{write}(M_{t-1}, w^w_t, \sigma(e_t), \tanh(a_t)) \\
        h_t &= u_t + V r_t

    u is the controller, a feed-forward layer: whatever the machine remembers stands in the memory and in the
    addresses. ``heads`` is a linear map from u to all that the heads need: e, a, and two times a key, a
    strength (softplus), a gate (sigma), S shifts (softmax) and a power (1 + softplus), the arguments of
    :func:`address`. Both heads start at row 0 of a memory of 0.1 everywhere.

    Shape:
        x ``[B, I]``; output ``[B, H]``; state ``(h, r, memory, read_weights, write_weights)``.

    Args:
        input_size: I, numbers in one input vector, at least 1.
        hidden_size: H, numbers in the controller and in the output, at least 1.
        num_rows: M, rows of the memory, at least 1.
        row_size: W, numbers in a row, at least 1.
        max_shift: how many rows a head may move on or back in one step, at least 0; S = 2 max_shift + 1.

    Raises:
        TypeError: the state is no NTMState, or one of its parts has another dtype than the weights.

    Source:
        [graves2014ntm]

    Differs:
        The paper leaves open how the memory begins, what squashes the key, e and a, and whether reading or
        writing comes first: here reading does. A mask (of :class:`~seqgraph.recurrent.VariationalDropout`)
        falls on u where it enters ``heads``, since h enters no product with U. Under autocast W, U, V and
        ``heads`` multiply in the lower precision, addresses and memory keep theirs.

    Example:
        >>> from seqgraph.recurrent import Recurrent
        >>> outputs, state = Recurrent(NTMCell(5, 8, num_rows=6, row_size=4))(torch.zeros(2, 3, 5))
        >>> outputs.shape, state.memory.shape, state.read_weights.shape
        (torch.Size([2, 3, 8]), torch.Size([2, 6, 4]), torch.Size([2, 6]))
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_rows: int = 20,
        row_size: int = 10,
        max_shift: int = 1,
    ):
        super().__init__()
        who = self._get_name()
        self.input_size = expect_size(who, "input_size", input_size)
        self.hidden_size = expect_size(who, "hidden_size", hidden_size)
        self.num_rows = expect_size(who, "num_rows", num_rows)
        self.row_size = expect_size(who, "row_size", row_size)
        self.max_shift = expect_size(who, "max_shift", max_shift, least=0)
        self.head_sizes = [row_size, 1, 1, 2 * max_shift + 1, 1]
        self.W = nn.Linear(input_size, hidden_size)
        self.U = nn.Linear(row_size, hidden_size, bias=False)
        self.V = nn.Linear(row_size, hidden_size, bias=False)
        self.heads = nn.Linear(hidden_size, 2 * sum(self.head_sizes) + 2 * row_size)

    def initial_state(self, x: Float[Tensor, "B ..."]) -> NTMState:
        """A blank memory, both heads at row 0, nothing read yet."""
        B, M, W = x.shape[0], self.num_rows, self.row_size
        first_row = F.pad(x.new_ones(B, 1), (0, M - 1))
        return NTMState(
            h=x.new_zeros(B, self.hidden_size),
            r=x.new_zeros(B, W),
            memory=x.new_full((B, M, W), BLANK),
            read_weights=first_row,
            write_weights=first_row.clone(),
        )

    def project(self, x: Float[Tensor, "... I"]) -> Float[Tensor, "... H"]:
        return self.W(x).to(x.dtype)

    def head_values(self, raw: Float[Tensor, "B K"]) -> HeadValues:
        """What moves a head, each part squashed into its range."""
        key, strength, gate, shifts, power = raw.split(self.head_sizes, dim=-1)
        return HeadValues(
            key=key,
            strength=F.softplus(strength[:, 0]),
            gate=torch.sigmoid(gate[:, 0]),
            shifts=shifts.softmax(-1),
            power=1 + F.softplus(power[:, 0]),
        )

    def step(
        self, projected: Tensor, state: NTMState, mask: Tensor | None = None
    ) -> tuple[Tensor, NTMState]:
        _, r, memory, *weights = state
        u = torch.tanh(projected + self.U(r))
        raw = self.heads(u if mask is None else u * mask).to(memory.dtype)
        raw, erase, add = raw.tensor_split([-2 * self.row_size, -self.row_size], -1)
        # Both heads look at the same memory, so they are two rows of one batch.
        both = self.head_values(torch.cat(raw.chunk(2, dim=-1)))
        at = address(torch.cat([memory, memory]), torch.cat(weights), both)
        read_weights, write_weights = at.chunk(2)
        r = read(memory, read_weights)
        memory = write(memory, write_weights, torch.sigmoid(erase), torch.tanh(add))
        h = u + self.V(r).to(u.dtype)
        return h, NTMState(h, r, memory, read_weights, write_weights)

    def check_state(self, state: NTMState, batch: int) -> None:
        who = self._get_name()
        if type(state) is not NTMState:
            raise TypeError(
                f"{who}: state must be a NTMState, got {type(state).__name__}."
            )
        like = self.initial_state(self.W.weight.new_empty(batch, 1))
        for name, value in state._asdict().items():
            expect(who, name, value, tuple(getattr(like, name).shape))
            expect_dtype(who, name, value, getattr(like, name).dtype)

    def extra_repr(self) -> str:
        sizes = f"num_rows={self.num_rows}, row_size={self.row_size}"
        return f"{self.input_size}, {self.hidden_size}, {sizes}, max_shift={self.max_shift}"
