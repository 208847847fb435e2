"""The direct interpreter: the lecture's machine adds, and every step is what its rule says."""

import pytest

from seqgraph.computation import HALT, UNARY_ADDITION, Configuration, Rule, TuringMachine, random_machine
from seqgraph.computation.turing_machine import without_blanks
from tests.checks.numbers import generator


@pytest.mark.parametrize("m", range(9))
@pytest.mark.parametrize("n", range(9))
def test_the_three_states_add_in_unary(m, n):
    history = UNARY_ADDITION.run([1] * m + [0] + [1] * n, max_steps=100)
    last = history[-1]
    assert last.state == HALT
    assert last.left[::-1] + last.right == (1,) * (m + n)
    assert len(history) - 1 == m + n + 3  # the halting step is counted


def test_the_table_is_the_lectures():
    assert UNARY_ADDITION.num_states == 3
    assert UNARY_ADDITION.rules == {
        (1, 0): Rule(1, "R", 2),
        (1, 1): Rule(1, "R", 1),
        (2, 0): Rule(0, "L", 3),
        (2, 1): Rule(1, "R", 2),
        (3, 0): Rule(0, "H", 3),
        (3, 1): Rule(0, "H", 3),
    }


def test_one_plus_one_by_hand():
    assert UNARY_ADDITION.run([1, 0, 1], max_steps=9) == [
        Configuration(1, (), (1, 0, 1)),
        Configuration(1, (1,), (0, 1)),
        Configuration(2, (1, 1), (1,)),
        Configuration(2, (1, 1, 1), ()),
        Configuration(3, (1, 1), (1,)),
        Configuration(HALT, (1, 1), ()),
    ]


def test_halting_writes_and_does_not_move():
    assert TuringMachine([("1H1", "0H1")]).run([0, 1], max_steps=5) == [
        Configuration(1, (), (0, 1)),
        Configuration(HALT, (), (1, 1)),
    ]


def test_the_tape_has_no_end_on_the_left():
    history = TuringMachine([("1L1", "1L1")]).run([], max_steps=4)
    assert history[-1] == Configuration(1, (), (0, 1, 1, 1, 1))
    assert len(history) == 5


def test_most_stops_a_machine_that_does_not_halt():
    assert [len(TuringMachine([("0R1", "0R1")]).run([1], most)) for most in (1, 7)] == [2, 8]


def naive(rules, tape, most):
    """A second interpreter: one long list with the head in the middle."""
    middle = most + 1
    cells = [0] * middle + list(tape) + [0] * (most + 1)
    head, state, seen = middle, 1, []
    for _ in range(most):
        rule = rules[state, cells[head]]
        cells[head] = rule.write
        if rule.move == "H":
            return [*seen, (HALT, head - middle, cells[:])]
        head += 1 if rule.move == "R" else -1
        state = rule.state
        seen.append((state, head - middle, cells[:]))
    return seen


@pytest.mark.parametrize("seed", range(30))
def test_random_machines_against_a_second_interpreter(seed):
    machine, tape = random_machine(2 + seed % 4, generator(seed)), [seed & 1, 1, seed >> 1 & 1]
    history = machine.run(tape, max_steps=40)[1:]
    for (state, place, cells), found in zip(naive(machine.rules, tape, 40), history, strict=True):
        head = place + 41
        assert found == Configuration(state, without_blanks(cells[:head][::-1]), without_blanks(cells[head:]))


def test_random_machines_are_drawn_from_their_seed_and_use_every_part():
    first, second = generator(3), generator(3)
    machines = [random_machine(5, first) for _ in range(40)]
    assert [machine.rules for machine in machines] == [random_machine(5, second).rules for _ in range(40)]
    rules = [rule for machine in machines for rule in machine.rules.values()]
    assert {rule.write for rule in rules} == {0, 1}
    assert {rule.move for rule in rules} == {"L", "R", "H"}
    assert {rule.state for rule in rules} == {1, 2, 3, 4, 5}
    assert 1 / 14 < sum(rule.move == "H" for rule in rules) / len(rules) < 3 / 14


@pytest.mark.errors
@pytest.mark.parametrize("rule", ["2R1", "1X1", "1R3", "1R0", "1R", "1R1 "])
def test_a_rule_that_cannot_be_read_is_refused(rule):
    with pytest.raises(ValueError, match=r"a rule must be 0 or 1, then L, R or H, then a state of 1..2, got"):
        TuringMachine([("0R1", rule), ("0R1", "0R2")])


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match="rules must hold at least one state, got none"):
        TuringMachine([])
    with pytest.raises(ValueError, match="state 1 must have 2 rules, got 1"):
        TuringMachine([("1R1",)])
    with pytest.raises(ValueError, match="tape must hold zeros and ones, got 2"):
        UNARY_ADDITION.run([1, 2], max_steps=3)
    for bad in (0, True, 1.5):
        with pytest.raises(ValueError, match="num_states must be a whole number of at least 1, got"):
            random_machine(bad, generator())
