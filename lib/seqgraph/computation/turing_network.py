"""A recurrent network that runs a Turing machine, in exact or in rounded numbers."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from numbers import Real

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.computation.stack import sat, stack_of, symbols_of
from seqgraph.computation.turing_compiler import (
    SIDES,
    compile_machine,
    rule_unit,
    state_name,
)
from seqgraph.computation.turing_machine import (
    HALT,
    Configuration,
    TuringMachine,
    without_blanks,
)

TICKS = 3
LOST = -1


class TuringNetwork:
    r"""One recurrent network that computes what a Turing machine computes.

    .. math:: h_t = \operatorname{sat}(U h_{t-1} + b)

    U and b never change and there is no input: the tape is in :math:`h_0`. After 3k ticks the network is in
    the configuration of the machine after k steps. Each product and each sum is rounded to ``number``, the
    units in their order; with ``Fraction`` nothing is rounded.

    Args:
        machine: the machine to compile.
        number: the kind of numbers: ``Fraction``, ``float``, ``numpy.float32``, ``numpy.float16``.
        squash: what is applied to U h + b, one number at a time.

    Example:
        >>> from seqgraph.computation import UNARY_ADDITION
        >>> network = TuringNetwork(UNARY_ADDITION)
        >>> network.configuration(network.run([1, 1, 0, 1], ticks=18)[-1])  # two and one
        Configuration(state=0, left=(1, 1, 1), right=())
    """

    def __init__(
        self,
        machine: TuringMachine,
        number: Callable[[Real], Real] = Fraction,
        squash: Callable[[Real], Real] = sat,
    ):
        self.machine, self.number, self.squash = machine, number, squash
        self.units, self.U, self.b = compile_machine(machine)
        self._place = {unit: place for place, unit in enumerate(self.units)}
        self._bias = [self._rounded(bias) for bias in self.b]
        # What a unit says that hears nothing.
        self._idle = [squash(bias) for bias in self._bias]
        self._columns = [
            [(i, self._rounded(weight)) for i, weight in enumerate(column) if weight]
            for column in zip(*self.U, strict=True)
        ]
        halting = [key for key, rule in machine.rules.items() if rule.move == "H"]
        self._halting = [self._place[rule_unit(*key)] for key in halting]

    def _rounded(self, value: Fraction) -> Real:
        return value if self.number is Fraction else self.number(float(value))

    def first_state(self, tape: Sequence[int]) -> tuple:
        """The state h_0: state 1, nothing left of the head, the tape on the right stack."""
        h = [self._rounded(Fraction(0))] * len(self.units)
        h[self._place["act:state 1"]] = self._rounded(Fraction(1))
        h[self._place["act:right if R"]] = self._rounded(stack_of(tape))
        return tuple(h)

    def step(self, h: tuple) -> tuple:
        """One tick; units that are 0 send nothing and are passed over."""
        total: dict[int, Real] = {}
        for value, column in zip(h, self._columns, strict=True):
            if value:
                for i, weight in column:
                    total[i] = total.get(i, self._bias[i]) + weight * value
        after = list(self._idle)
        for i, value in total.items():
            after[i] = self.squash(value)
        return tuple(after)

    def run(self, tape: Sequence[int], ticks: int) -> list[tuple]:
        """The states h_0, ..., h_ticks."""
        history = [self.first_state(tape)]
        for _ in range(ticks):
            history.append(self.step(history[-1]))
        return history

    def stacks(self, h: tuple) -> tuple[Real, Real]:
        """The numbers that hold the left and the right stack after 3k ticks."""
        left, right = (
            sum(h[self._place[f"act:{side} if {move}"]] for move in "RLH")
            for side in SIDES
        )
        return left, right

    def configuration(self, h: tuple, max_length: int = 100) -> Configuration:
        """Read a state after 3k ticks; state -1 (``LOST``) if not exactly one state's unit is above 1/2."""
        states = [*range(1, self.machine.num_states + 1), HALT]
        lit = [
            state
            for state in states
            if h[self._place[f"act:{state_name(state)}"]] > 0.5
        ]
        left, right = (
            without_blanks(symbols_of(stack, max_length)) for stack in self.stacks(h)
        )
        return Configuration(lit[0] if len(lit) == 1 else LOST, left, right)

    def ticks_to_halt(self, history: Sequence[tuple]) -> int | None:
        """The first tick at which the unit of a halting rule is above 1/2; None if there is none."""
        for tick, h in enumerate(history):
            if any(h[place] > 0.5 for place in self._halting):
                return tick
        return None

    def tensors(
        self, dtype: torch.dtype
    ) -> tuple[Float[Tensor, "H H"], Float[Tensor, " H"]]:
        """U and b as tensors, for many tapes at once: ``h = (h @ U.T + b).clamp(0, 1)``."""
        U = torch.tensor(
            [[float(weight) for weight in row] for row in self.U], dtype=dtype
        )
        return U, torch.tensor([float(bias) for bias in self.b], dtype=dtype)


def follows(network: TuringNetwork, tape: Sequence[int], max_steps: int) -> bool:
    r"""Whether a network does on a tape what its machine does, step by step.

    All configurations must be equal. If the machine halts after k steps, the unit of the halting rule must
    light up at tick 3k - 1 and not before; if it does not halt, at no tick.

    Args:
        network: a compiled machine.
        tape: zeros and ones.
        max_steps: stop after so many steps of the machine, at least 1.

    Example:
        >>> from seqgraph.computation import UNARY_ADDITION
        >>> follows(TuringNetwork(UNARY_ADDITION), [1, 0, 1], max_steps=20)
        True
    """
    wanted = network.machine.run(tape, max_steps)
    steps = len(wanted) - 1
    history = network.run(tape, TICKS * steps)
    halted = TICKS * steps - 1 if wanted[-1].state == HALT else None
    if network.ticks_to_halt(history) != halted:
        return False
    longest = len(tape) + steps + 1
    return all(
        network.configuration(h, longest) == want
        for h, want in zip(history[::TICKS], wanted, strict=True)
    )
