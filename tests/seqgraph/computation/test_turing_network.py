"""The compiled network against the direct interpreter, exact and in rounded numbers."""

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
import torch

from seqgraph.computation import (
    HALT,
    UNARY_ADDITION,
    Configuration,
    TuringMachine,
    TuringNetwork,
    follows,
    random_machine,
    symbols_of,
)
from seqgraph.computation.turing_network import LOST
from tests.checks.numbers import generator

EXACT = TuringNetwork(UNARY_ADDITION)


def addition(m, n):
    return [1] * m + [0] + [1] * n


def test_the_81_additions_exactly():
    wrong = [
        (m, n) for m, n in product(range(9), repeat=2) if not follows(EXACT, addition(m, n), max_steps=30)
    ]
    assert wrong == []


@pytest.mark.slow
def test_the_511_tapes_up_to_length_8_exactly():
    tapes = [tape for length in range(9) for tape in product((0, 1), repeat=length)]
    assert len(tapes) == 511
    assert [tape for tape in tapes if not follows(EXACT, tape, max_steps=60)] == []


@pytest.mark.slow
def test_300_random_machines_exactly():
    draw, halted, wrong = generator(1), 0, []
    for number in range(300):
        machine = random_machine(2 + number % 4, draw)
        length = int(torch.randint(9, (), generator=draw))
        tape = torch.randint(2, (length,), generator=draw).tolist()
        halted += machine.run(tape, max_steps=30)[-1].state == HALT
        if not follows(TuringNetwork(machine), tape, max_steps=30):
            wrong.append(number)
    assert wrong == []
    assert 100 < halted < 250  # both kinds are among them


@pytest.mark.parametrize(("m", "n"), [(0, 0), (1, 2), (4, 1)])
def test_the_unit_of_the_halting_rule_lights_up_at_tick_3_steps_minus_1(m, n):
    history = EXACT.run(addition(m, n), ticks=3 * (m + n + 3) + 9)
    assert EXACT.ticks_to_halt(history) == 3 * (m + n + 3) - 1
    assert EXACT.ticks_to_halt(history[: 3 * (m + n + 3) - 1]) is None


def test_the_halted_network_rests_in_a_cycle_of_three_ticks():
    end = 3 * (2 + 3 + 3)
    history = EXACT.run(addition(2, 3), ticks=end + 12)
    assert history[end] == history[end + 3] == history[end + 12]
    assert len(set(history[end:])) == 3
    assert EXACT.configuration(history[-1]) == Configuration(HALT, (1,) * 5, ())


def test_one_layer_speaks_at_a_time_and_logic_units_are_0_or_1():
    logic = [place for place, unit in enumerate(EXACT.units) if unit.split(":")[1][:3] in LOGIC]
    assert len(logic) == 4 + 8 + 9
    for tick, h in enumerate(EXACT.run(addition(3, 2), ticks=40)):
        speaking = {unit.split(":")[0] for unit, value in zip(EXACT.units, h, strict=True) if value}
        assert speaking == {("act", "read", "decide")[tick % 3]}
        assert {h[place] for place in logic} <= {0, 1}
        assert all(type(value) is Fraction and 0 <= value <= 1 for value in h)


def test_a_planted_fault_in_the_weights_is_found():
    faulty = TuringNetwork(UNARY_ADDITION)
    place, source = faulty.units.index("act:right if L"), faulty.units.index("decide:top left")
    column = faulty._columns[source]
    faulty._columns[source] = [(i, Fraction(1, 4) if i == place else weight) for i, weight in column]
    assert follows(faulty, addition(4, 3), max_steps=7)  # the first move to the left is the eighth step
    assert not follows(faulty, addition(4, 3), max_steps=10)


@pytest.mark.parametrize(
    ("number", "digits"), [(float, 53), (np.float64, 53), (np.float32, 24), (np.float16, 11)]
)
def test_rounded_numbers_fail_when_two_bits_a_symbol_exceed_the_mantissa(number, digits):
    """At the right end all m + n + 1 symbols are ones: 1 - 4^-(m + n + 1) needs 2 (m + n + 1) bits."""
    network = TuringNetwork(UNARY_ADDITION, number)
    first = math.floor(digits / 2)  # the smallest m + n with 2 (m + n + 1) > digits
    for total, right in ((first - 1, True), (first, False)):
        splits = {follows(network, addition(m, total - m), max_steps=200) for m in (0, total // 2, total)}
        assert splits == {right}


def test_the_spoilt_stack_is_the_number_one():
    network = TuringNetwork(UNARY_ADDITION, np.float16)
    history = network.run(addition(3, 3), ticks=3 * 7)
    left = network.units.index("act:left if R")
    assert history[-1][left] == 1
    assert EXACT.run(addition(3, 3), ticks=21)[-1][left] == 1 - Fraction(1, 4**7)
    assert symbols_of(history[-1][left], max_length=50) == (1,) * 50


def test_all_tapes_at_once_as_tensors_in_float64_equal_the_fractions():
    tapes = [tape for length in range(6) for tape in product((0, 1), repeat=length)]
    U, b = EXACT.tensors(torch.float64)
    histories = [EXACT.run(tape, ticks=24) for tape in tapes]
    h = torch.tensor([[float(value) for value in history[0]] for history in histories], dtype=torch.float64)
    for tick in range(1, 25):
        h = (h @ U.T + b).clamp(0, 1)
        wanted = [[float(value) for value in history[tick]] for history in histories]
        assert h.tolist() == wanted  # dyadic numbers with few digits: floats hold them exactly


@pytest.mark.parametrize("steepness", [1.0, 4.0, 10.0, 50.0])
def test_a_logistic_function_in_the_same_network_does_not_add(steepness):
    def logistic(value):
        return 1 / (1 + math.exp(-steepness * (value - 0.5)))

    network = TuringNetwork(UNARY_ADDITION, float, squash=logistic)
    assert not follows(network, addition(1, 2), max_steps=30)


def test_a_network_that_is_lost_says_so():
    h = EXACT.first_state([1, 0])
    assert EXACT.configuration(h) == Configuration(1, (), (1,))
    assert EXACT.stacks(h) == (0, Fraction(13, 16))
    assert EXACT.configuration((Fraction(0),) * 32).state == LOST
    assert EXACT.configuration((Fraction(1),) * 32, max_length=3).state == LOST


LOGIC = ("sta", "hal", "top", "som")  # states, rules, tops and "some": all but the stacks


def test_a_machine_that_never_halts_is_followed():
    network = TuringNetwork(TuringMachine([("1L1", "1L1")]))
    assert follows(network, [], max_steps=50)
    assert network.ticks_to_halt(network.run([], ticks=150)) is None


def test_a_network_that_halts_where_its_machine_does_not_is_found():
    network = TuringNetwork(TuringMachine([("1H1", "1H1")]))
    network.machine = TuringMachine([("1R1", "1R1")])
    assert not follows(network, [1], max_steps=5)
