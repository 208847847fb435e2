"""What a recurrent cell is: the protocol, and the part that all gated cells share."""

from abc import ABC, abstractmethod
from typing import ClassVar, NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqgraph.core.autocast import autocast_dtype
from seqgraph.core.expect import expect, expect_dtype, expect_size
from seqgraph.core.state import State, map_state


class HiddenState(NamedTuple):
    """The state of a cell that carries one vector: ``h`` is ``[B, H]``."""

    h: Tensor
    """The output of the step before, ``[B, H]``."""


class Cell(nn.Module, ABC):
    r"""One step of a recurrent network: the protocol that cells and their wrappers share.

    .. math:: (y_t, s_t) = \text{cell}(x_t, s_{t-1})

    y is the output and s the state: a tuple of tensors, batch first, nested where wrappers add to it. A cell
    splits its step in two: ``project`` depends on the input alone, so that it can be done for all times at
    once; ``step`` is the part that must wait for the state before it.

    Shape:
        x ``[B, I]``; output ``[B, H]``; every tensor of the state ``[B, ...]``.

    Raises:
        ShapeError: ``x`` or the state has the wrong shape.
        TypeError: ``x`` or the state has another dtype than the weights, or a class does not define ``step``.

    Example:
        >>> from seqgraph.recurrent import SRNCell
        >>> output, state = SRNCell(3, 4)(torch.zeros(2, 3))
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

    @abstractmethod
    def step(
        self, projected: Tensor, state: State, mask: Tensor | None = None
    ) -> tuple[Tensor, State]:
        """The part that needs the state; ``mask`` multiplies h wherever it enters a product with U."""

    def run(
        self, x: Float[Tensor, "B T I"], state: State
    ) -> tuple[Float[Tensor, "B T H"], State]:
        """All steps of whole sequences, one after the other: the outputs and the last state."""
        outputs = []
        for projected in self.project(x).unbind(1):
            output, state = self.step(projected, state)
            outputs.append(output)
        return torch.stack(outputs, dim=1), state

    def hidden(self, state: State) -> Float[Tensor, "B H"]:
        """The output vector h inside a state."""
        return state.h

    def with_hidden(self, state: State, h: Float[Tensor, "B H"]) -> State:
        """The same state with another h."""
        return state._replace(h=h)

    def check_state(self, state: State, batch: int) -> None:
        """Raise unless a state fits this cell and a batch of the given size."""
        who = self._get_name()
        like = self.initial_state(torch.empty(batch, self.input_size))
        if type(state) is not type(like):
            raise TypeError(
                f"{who}: state must be a {type(like).__name__}, got {type(state).__name__}."
            )
        for name, value in state._asdict().items():
            expect(
                who,
                name,
                value,
                (batch, self.hidden_size),
                f"hidden_size={self.hidden_size}",
            )
            expect_dtype(who, name, value, next(self.parameters(), value).dtype)

    def check_call(
        self, who: str, x: Tensor, axes: tuple[str, ...], state: State | None
    ) -> tuple[Tensor, State]:
        """The arguments of a call, checked; without a state, the initial one."""
        expect(who, "x", x, (*axes, self.input_size), f"input_size={self.input_size}")
        x = expect_dtype(who, "x", x, next(self.parameters(), x).dtype)
        if state is None:
            return x, self.initial_state(x)
        self.check_state(state, x.shape[0])
        if (
            autocast_dtype(x) is not None
        ):  # a state may come from a layer, in the lower precision
            state = map_state(
                lambda s: s.to(x.dtype) if s.is_floating_point() else s, state
            )
        return x, state

    def forward(
        self, x: Float[Tensor, "B I"], state: State | None = None
    ) -> tuple[Float[Tensor, "B H"], State]:
        """Check the arguments and make one step; without a state, start from the initial one."""
        x, state = self.check_call(self._get_name(), x, ("B",), state)
        return self.step(self.project(x), state)


class GatedCell(Cell):
    """A cell whose input and recurrent weights are stacked gate by gate in ``W`` and ``U``.

    Shape:
        as :class:`Cell`; k gates have the weights ``W.weight [k H, I]`` and ``U.weight [k H, H]``.

    Args:
        input_size: I, numbers in one input vector, at least 1.
        hidden_size: H, numbers in the output and in each part of the state, at least 1.
        bias: whether there is a b.

    Raises:
        ValueError: a size is not a whole number of at least 1.
    """

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
        # Autocast multiplies in a lower precision; the state keeps its own.
        return self.W(x).to(x.dtype)

    def recur(self, h: Float[Tensor, "B H"], mask: Tensor | None) -> Tensor:
        """The recurrent product U h, with dropped units of h set to zero."""
        return self.U(h if mask is None else h * mask)

    @abstractmethod
    def gate_values(
        self, projected: Tensor, state: State, mask: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        """The gates of one step as a named tuple, each ``[B, H]`` and after its squashing function."""

    def extra_repr(self) -> str:
        return f"{self.input_size}, {self.hidden_size}, bias={getattr(self.W, 'bias', None) is not None}"
