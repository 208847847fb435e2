"""From the rules of a Turing machine to the weights of one recurrent network."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from seqgraph.computation.stack import push
from seqgraph.computation.turing_machine import HALT, Rule, TuringMachine

SIDES = ("left", "right")
QUARTER, ONE = Fraction(1, 4), Fraction(1)
Wires = Iterator[tuple[str, dict[str, Fraction], int]]


class Weights(NamedTuple):
    """The weights of :math:`h_t = \\operatorname{sat}(U h_{t-1} + b)`, all of them exact fractions."""

    units: tuple[str, ...]
    """The name of each unit: its layer, a colon, and what it says."""
    U: tuple[tuple[Fraction, ...], ...]
    """One row for each unit: what it receives from the units before it."""
    b: tuple[Fraction, ...]
    """The biases; none is above 0, so that an idle layer stays at 0."""


def compile_machine(machine: TuringMachine) -> Weights:
    r"""Compile a Turing machine into the weights of one recurrent network of saturated-linear units.

    .. math:: h_t = \operatorname{sat}(U h_{t-1} + b)

    One step of the machine takes three ticks. *Read*: the top symbols of the two stacks that hold the tape.
    *Decide*: one unit for each rule is 1 if its state and its symbol are there. *Act*: the new state and the
    new stacks; each stack comes in three parts, one for each move, of which two are 0. Between two ticks all
    layers but one are 0. The halted machine rests in a cycle of three ticks, by two rules that write what
    they read.

    Args:
        machine: the machine; n states make 4n + 20 units.

    Source:
        [siegelmann1995power] for the two stacks and the digits 1 and 3; the three layers are ours

    Differs:
        The paper simulates in real time, one tick a step. This network takes three and is easier to read.

    Example:
        >>> from seqgraph.computation import UNARY_ADDITION
        >>> len(compile_machine(UNARY_ADDITION).units)
        32
    """
    rules = machine.rules | {
        (HALT, symbol): Rule(symbol, "H", HALT) for symbol in (0, 1)
    }
    states = [*range(1, machine.num_states + 1), HALT]
    wires = [*_act(states, rules), *_read(states), *_decide(states)]
    units = tuple(name for name, _, _ in wires)
    U = tuple(
        tuple(Fraction(sources.get(unit, 0)) for unit in units)
        for _, sources, _ in wires
    )
    return Weights(units, U, tuple(Fraction(bias) for _, _, bias in wires))


def state_name(state: int) -> str:
    """What a state is called in the names of the units."""
    return "halt" if state == HALT else f"state {state}"


def rule_unit(state: int, symbol: int) -> str:
    """The unit that is 1 when the rule of a state and a symbol applies."""
    return f"decide:{state_name(state)}, {symbol}"


def _read(states: list[int]) -> Wires:
    for state in map(state_name, states):
        yield f"read:{state}", {f"act:{state}": 1}, 0
    for side in SIDES:
        parts = [f"act:{side} if {move}" for move in "RLH"]
        yield f"read:{side}", dict.fromkeys(parts, 1), 0
        yield f"read:top {side}", dict.fromkeys(parts, 4), -2
        yield f"read:some {side}", dict.fromkeys(parts, 4), 0


def _decide(states: list[int]) -> Wires:
    for state in states:
        here = f"read:{state_name(state)}"
        yield rule_unit(state, 0), {here: 1, "read:top right": -1}, 0  # sat(here - top)
        # sat(here + top - 1)
        yield rule_unit(state, 1), {here: 1, "read:top right": 1}, -1
    yield "decide:left", {"read:left": 1}, 0
    yield "decide:top left", {"read:top left": 1}, 0
    for side in SIDES:
        digits = {f"read:{side}": 4, f"read:top {side}": -2, f"read:some {side}": -1}
        yield f"decide:{side} popped", digits, 0


def _act(states: list[int], rules: dict[tuple[int, int], Rule]) -> Wires:
    for state in states:
        leading = [key for key, rule in rules.items() if _next(rule) == state]
        yield f"act:{state_name(state)}", {rule_unit(*key): 1 for key in leading}, 0
    stacks = {
        ("left", "R"): {"decide:left": QUARTER},
        ("left", "L"): {"decide:left popped": 1},
        ("left", "H"): {"decide:left": 1},
        ("right", "R"): {"decide:right popped": 1},
        ("right", "L"): {
            "decide:right popped": QUARTER**2,
            "decide:top left": Fraction(1, 2),
        },
        ("right", "H"): {"decide:right popped": QUARTER},
    }
    for (side, move), sources in stacks.items():
        # sat(stack + indicator - 1): the stack if a rule with this move applies, else 0.
        chosen = {
            rule_unit(*key): 1 + _pushed(side, rule)
            for key, rule in rules.items()
            if rule.move == move
        }
        yield f"act:{side} if {move}", chosen | sources, -1


def _next(rule: Rule) -> int:
    return HALT if rule.move == "H" else rule.state


def _pushed(side: str, rule: Rule) -> Fraction:
    """What a rule adds to a stack, apart from the stack's own old symbols."""
    empty = Fraction(0)
    if side == "left":
        return push(empty, rule.write) if rule.move == "R" else empty
    if rule.move == "R":
        return empty
    written = push(empty, rule.write)
    # The symbol that comes from the left adds to 0.
    return push(written, 0) if rule.move == "L" else written
