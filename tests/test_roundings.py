"""The choice of other roundings: what moves is taken, and what moves nothing is never taken for it."""

import pytest

from tests.roundings import ROUNDINGS, choose, trained_under


def machine(*moving):
    """Trainings of a machine on which only these settings move anything."""
    return lambda environment: {
        "GRU": "moved" if any(environment == ROUNDINGS[n] for n in moving) else "0x1p0"
    }


@pytest.mark.parametrize(
    ("moving", "name"),
    [(("scalar", "products"), "scalar"), (("products",), "products"), (("vector",), "vector")],
)
def test_the_first_setting_that_moves_is_taken(moving, name):
    told = []
    chosen = choose(told.append, machine(*moving))
    assert (chosen.name, chosen.environment, chosen.moves) == (name, ROUNDINGS[name], True)
    assert len(told) == 1 + list(ROUNDINGS).index(name)


def test_a_machine_where_nothing_moves_is_told_loudly_and_gets_two_threads():
    told = []
    chosen = choose(told.append, machine())
    assert (chosen.name, chosen.moves) == ("two-threads", False)
    assert told[-1].startswith("NOTHING MOVES")


@pytest.mark.slow
def test_on_this_machine_a_training_repeats_itself_to_the_last_bit():
    ends = trained_under({})
    assert len(ends) == 6
    assert trained_under({}) == ends


def test_the_numerical_tests_exist():
    from tests.run import NUMERICAL, ROOT

    assert all((ROOT / name.removeprefix("--ignore=")).exists() for name in NUMERICAL)
