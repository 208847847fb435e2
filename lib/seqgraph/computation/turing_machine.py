"""A Turing machine, run directly: the reference for the network that is compiled from it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import torch

from seqgraph.core.expect import expect_size

HALT = 0
MOVES = {"L": -1, "R": 1, "H": 0}
RULE = re.compile(r"([01])([LRH])(\d+)")


class Rule(NamedTuple):
    """What a machine does in one state on one symbol."""

    write: int
    """0 or 1."""
    move: str
    """"L", "R", or "H": halt without a move."""
    state: int
    """The state afterwards, from 1; after "H" it no longer matters."""


class Configuration(NamedTuple):
    """All that a machine is at one moment; blanks (zeros) at the two far ends are left out."""

    state: int
    """From 1; ``HALT`` is 0."""
    left: tuple[int, ...]
    """The cells left of the head, the nearest first."""
    right: tuple[int, ...]
    """The cell under the head and those right of it."""


class TuringMachine:
    r"""A Turing machine (图灵机) with the tape alphabet {0, 1}, where 0 is also the blank.

    A rule is written as in "1R2": write 1, move right, go on in state 2. "H" halts after writing and does not
    move. The head starts on the first symbol of the tape, in state 1.

    Args:
        rules: one pair for each state 1, 2, ...: the rule on reading 0 and the rule on reading 1.

    Raises:
        ValueError: a rule cannot be read, or leads to a state that is not there.

    Source:
        [turing1936computable]

    Differs:
        Turing's machines have any finite alphabet. With 0 as the blank a tape cannot say where a row of zeros
        at its end stops.

    Example:
        >>> machine = TuringMachine([("1H1", "1R1")])  # walk right over the ones, add one, halt
        >>> machine.run([1, 1], max_steps=10)[-1]
        Configuration(state=0, left=(1, 1), right=(1,))
    """

    def __init__(self, rules: Sequence[tuple[str, str]]):
        if len(rules) == 0:
            raise ValueError(
                "TuringMachine: rules must hold at least one state, got none."
            )
        self.num_states = len(rules)
        self.rules: dict[tuple[int, int], Rule] = {}
        for state, pair in enumerate(rules, start=1):
            if len(pair) != 2:
                raise ValueError(
                    f"TuringMachine: state {state} must have 2 rules, got {len(pair)}."
                )
            for symbol, text in enumerate(pair):
                self.rules[state, symbol] = self._read(text)

    def _read(self, text: str) -> Rule:
        found = RULE.fullmatch(text)
        if found is None or not 1 <= int(found[3]) <= self.num_states:
            raise ValueError(
                f"TuringMachine: a rule must be 0 or 1, then L, R or H, then a state of 1..{self.num_states},"
                f" got {text!r}."
            )
        return Rule(int(found[1]), found[2], int(found[3]))

    def run(self, tape: Sequence[int], max_steps: int) -> list[Configuration]:
        """The configurations from the first to the halting one, or those of the first ``max_steps`` steps."""
        if wrong := [symbol for symbol in tape if symbol not in (0, 1)]:
            raise ValueError(
                f"TuringMachine: tape must hold zeros and ones, got {wrong[0]!r}."
            )
        cells, head, state = dict(enumerate(tape)), 0, 1
        history = [_configuration(cells, head, state)]
        while state != HALT and len(history) <= max_steps:
            write, move, state = self.rules[state, cells.get(head, 0)]
            cells[head] = write
            head += MOVES[move]
            state = HALT if move == "H" else state
            history.append(_configuration(cells, head, state))
        return history


def random_machine(num_states: int, generator: torch.Generator) -> TuringMachine:
    r"""Draw a machine: what to write, how to move (one rule in seven halts), and the next state.

    Args:
        num_states: the number of states, at least 1.
        generator: the same seed gives the same machines everywhere.

    Example:
        >>> random_machine(3, torch.Generator().manual_seed(0)).num_states
        3
    """
    expect_size("random_machine", "num_states", num_states)

    def draw(options: int) -> int:
        return int(torch.randint(options, (), generator=generator))

    def rule() -> str:
        return f"{draw(2)}{'LLLRRRH'[draw(7)]}{1 + draw(num_states)}"

    return TuringMachine([(rule(), rule()) for _ in range(num_states)])


def _configuration(cells: dict[int, int], head: int, state: int) -> Configuration:
    first, last = min([*cells, head]), max([*cells, head])
    left = [cells.get(place, 0) for place in range(head - 1, first - 1, -1)]
    right = [cells.get(place, 0) for place in range(head, last + 1)]
    return Configuration(state, without_blanks(left), without_blanks(right))


def without_blanks(symbols: Sequence[int]) -> tuple[int, ...]:
    """The symbols up to the last 1."""
    kept = list(symbols)
    while kept and kept[-1] == 0:
        kept.pop()
    return tuple(kept)


UNARY_ADDITION = TuringMachine([("1R2", "1R1"), ("0L3", "1R2"), ("0H3", "0H3")])
