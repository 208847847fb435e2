"""The compiled weights: how many, which, and what one unit computes."""

from fractions import Fraction

import pytest

from seqgraph.computation import UNARY_ADDITION, compile_machine, random_machine
from seqgraph.computation.turing_compiler import rule_unit
from tests.checks.numbers import generator


@pytest.mark.parametrize("num_states", [1, 2, 3, 5, 9])
def test_the_number_of_units_grows_by_four_a_state(num_states):
    weights = compile_machine(random_machine(num_states, generator()))
    size = 4 * num_states + 20
    assert len(weights.units) == len(set(weights.units)) == len(weights.b) == size
    assert [len(row) for row in weights.U] == [size] * size


def test_weights_are_fractions_whose_denominators_divide_sixteen():
    weights = compile_machine(UNARY_ADDITION)
    values = [weight for row in weights.U for weight in row] + list(weights.b)
    assert {type(value) for value in values} == {Fraction}
    assert {16 % value.denominator for value in values} == {0}
    assert max(map(abs, values)) == 4


def test_idle_layers_stay_idle():
    """No bias is above 0, and each layer listens to the layer before it only."""
    weights = compile_machine(UNARY_ADDITION)
    assert set(weights.b) == {0, -1, -2}
    before = {"read": "act", "decide": "read", "act": "decide"}
    for unit, row in zip(weights.units, weights.U, strict=True):
        sources = {source.split(":")[0] for source, weight in zip(weights.units, row, strict=True) if weight}
        assert sources == {before[unit.split(":")[0]]}


def test_rows_of_the_chapter():
    units, U, b = compile_machine(UNARY_ADDITION)

    def row(unit):
        place = units.index(unit)
        return {source: weight for source, weight in zip(units, U[place], strict=True) if weight}, b[place]

    assert row(rule_unit(2, 1)) == ({"read:state 2": 1, "read:top right": 1}, -1)
    assert row(rule_unit(2, 0)) == ({"read:state 2": 1, "read:top right": -1}, 0)
    assert row("decide:left popped") == ({"read:left": 4, "read:top left": -2, "read:some left": -1}, 0)
    assert row("act:state 3") == ({rule_unit(2, 0): 1}, 0)
    moves = {
        rule_unit(1, 0): Fraction(7, 4),
        rule_unit(1, 1): Fraction(7, 4),
        rule_unit(2, 1): Fraction(7, 4),
    }
    assert row("act:left if R") == (moves | {"decide:left": Fraction(1, 4)}, -1)
    popped = {"decide:right popped": Fraction(1, 16), "decide:top left": Fraction(1, 2)}
    assert row("act:right if L") == ({rule_unit(2, 0): 1 + Fraction(1, 4) + Fraction(1, 16)} | popped, -1)
