"""What a recurrent cell is: the protocol, and the part that all gated cells share."""

from typing import ClassVar, NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_dtype, expect_size
from seqgraph.core.state import State


class HiddenState(NamedTuple):
    """The state of a cell that carries one vector: ``h`` is ``[B, H]``."""

    h: Tensor
    """The output of the step before, ``[B, H]``."""


class Cell(nn.Module):
    r"""One step of a recurrent network: the protocol that cells and their wrappers share.

    .. math:: (y_t, s_t) = \text{cell}(x_t, s_{t-1})

    Where:
        y is the output and s the state: a tuple of tensors, batch first, nested where wrappers add to it.

    Shape:
        x ``[B, I]``; output ``[B, H]``; every tensor of the state ``[B, ...]``.

    Raises:
        ShapeError: ``x`` or the state has the wrong shape.
        TypeError: ``x`` or the state has another dtype than the weights.

    Differs:
        A cell splits its step in two. ``project`` depends on the input alone, so that
        :class:`Recurrent` can do it for all times at once; ``step`` is the part that must wait for the
        state before it. NaN in one sequence stays in that sequence.

    Example:
        >>> import torch
        >>> from seqgraph.recurrent import SRNCell
        >>> cell = SRNCell(3, 4)
        >>> output, state = cell(torch.zeros(2, 3), None)
        >>> output.shape
        torch.Size([2, 4])
    """

    input_size: int
    hidden_size: int

    def initial_state(self, x: Float[Tensor, "B ..."]) -> State:
        """The state before the first step: zeros, in the number, dtype and device of ``x``."""
        return HiddenState(x.new_zeros(x.shape[0], self.hidden_size))

    def project(self, x: Float[Tensor, "... I"]) -> Float[Tensor, "... P"]:
        """The part of the step that needs only the input; any number of leading axes."""
        return x

    def step(self, projected: Tensor, state: State, mask: Tensor | None = None) -> tuple[Tensor, State]:
        """The part that needs the state; ``mask`` multiplies h wherever it enters a product with U."""
        raise TypeError(f"{type(self).__name__} is not a whole cell: it must define step.")

    def hidden(self, state: State) -> Float[Tensor, "B H"]:
        """The output vector h inside a state."""
        return state.h

    def with_hidden(self, state: State, h: Float[Tensor, "B H"]) -> State:
        """The same state with another h."""
        return state._replace(h=h)

    def check_state(self, state: State, batch: int) -> None:
        """Raise unless a state fits this cell and a batch of the given size."""
        like = self.initial_state(torch.empty(batch, self.input_size))
        if type(state) is not type(like):
            came = type(state).__name__
            raise TypeError(f"{self._get_name()}: state must be a {type(like).__name__}, got {came}.")
        for name, value in state._asdict().items():
            expect(
                self._get_name(), name, value, (batch, self.hidden_size), f"hidden_size={self.hidden_size}"
            )
            expect_dtype(self._get_name(), name, value, next(self.parameters(), value).dtype)

    def forward(
        self, x: Float[Tensor, "B I"], state: State | None = None
    ) -> tuple[Float[Tensor, "B H"], State]:
        """Check the arguments and make one step; without a state, start from the initial one."""
        expect(self._get_name(), "x", x, ("B", self.input_size), f"input_size={self.input_size}")
        expect_dtype(self._get_name(), "x", x, next(self.parameters(), x).dtype)
        if state is None:
            state = self.initial_state(x)
        self.check_state(state, x.shape[0])
        return self.step(self.project(x), state)


class GatedCell(Cell):
    """A cell whose input and recurrent weights are stacked gate by gate in ``W`` and ``U``."""

    gates: ClassVar[tuple[str, ...]]

    def __init__(self, input_size: int, hidden_size: int, bias: bool = True):
        super().__init__()
        self.input_size = expect_size(self._get_name(), "input_size", input_size)
        self.hidden_size = expect_size(self._get_name(), "hidden_size", hidden_size)
        rows = len(self.gates) * hidden_size
        self.W = nn.Linear(input_size, rows, bias=bias)
        self.U = nn.Linear(hidden_size, rows, bias=False)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw all weights uniformly from (-1/sqrt(H), 1/sqrt(H)), as PyTorch does."""
        bound = self.hidden_size**-0.5
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -bound, bound)

    def project(self, x: Float[Tensor, "... I"]) -> Float[Tensor, "... P"]:
        return self.W(x)

    def recur(self, h: Float[Tensor, "B H"], mask: Tensor | None) -> Tensor:
        """The recurrent product U h, with dropped units of h set to zero."""
        return self.U(h if mask is None else h * mask)

    def gate_values(self, projected: Tensor, state: State, mask: Tensor | None = None) -> dict[str, Tensor]:
        """The gates of one step by their letters, each ``[B, H]`` and after its squashing function."""
        raise TypeError(f"{type(self).__name__} must define gate_values.")

    def extra_repr(self) -> str:
        return f"{self.input_size}, {self.hidden_size}, bias={self.W.bias is not None}"
