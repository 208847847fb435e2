"""Every cell, wrapped cell and runner through the same list of checks, and no public class left out."""

import inspect
from types import SimpleNamespace

import pytest
import torch

import seqgraph.recurrent as recurrent
from seqgraph.recurrent import Recurrent, Skip, SRNCell
from tests.checks import surroundings
from tests.checks.cases import CELLS, CONTINUED_RUNNERS, KINDS, READ_OUTS, RUNNERS, WRAPPERS, public_cells
from tests.checks.cells import CELL_CHECKS, CONTINUED_RUNNER_CHECKS, RUNNER_CHECKS
from tests.checks.keeping import check_deterministic
from tests.checks.numbers import DEVICES, TIGHT, fill, gap, random
from tests.checks.refusals import refuse_all_of_a_cell, refuse_all_of_a_runner
from tests.checks.weights import WEIGHT_CHECKS


def builder(make):
    """Build with the battery's sizes unless others are asked for, in float64, with large weights."""
    return lambda i=3, h=4: fill(make(i, h).double())


def run(make):
    return lambda i=3, h=4: Recurrent(builder(make)(i, h))


def listed(cases: dict, checks: list) -> list:
    return [
        pytest.param(check, make, id=f"{name}-{check.__name__.removeprefix('check_')}")
        for name, make in cases.items()
        for check in checks
    ]


@pytest.mark.parametrize(("check", "make"), listed(CELLS, CELL_CHECKS))
def test_cell(check, make):
    check(builder(make))


@pytest.mark.parametrize(("check", "make"), listed(CELLS, CONTINUED_RUNNER_CHECKS))
def test_cell_in_its_runner(check, make):
    check(run(make))


@pytest.mark.parametrize(
    ("check", "make"), listed(RUNNERS, RUNNER_CHECKS) + listed(CONTINUED_RUNNERS, CONTINUED_RUNNER_CHECKS)
)
def test_runner(check, make):
    check(builder(make))


HONOURED = [*WEIGHT_CHECKS, *surroundings.NETWORK_CHECKS]
HONOURED_BY_RUNNERS = [*HONOURED, *surroundings.RUNNER_CHECKS]
# Two remarks of torch: on its own code for forward-mode derivatives, and on a first state without gradient.
quietly = pytest.mark.filterwarnings(
    "ignore:`torch.jit.script` is deprecated:DeprecationWarning",
    "ignore:Full backward hook is firing when gradients are computed:UserWarning",
)


@quietly
@pytest.mark.parametrize(("check", "make"), listed(CELLS, HONOURED_BY_RUNNERS))
def test_what_hangs_on_a_cell_or_stands_around_it(check, make):
    check(run(make))


@quietly
@pytest.mark.parametrize(
    ("check", "make"),
    listed(RUNNERS | CONTINUED_RUNNERS, HONOURED_BY_RUNNERS) + listed(READ_OUTS, HONOURED),
)
def test_what_hangs_on_a_network_or_stands_around_it(check, make):
    check(builder(make))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [*(kind.__name__.removesuffix("Cell") for kind in KINDS), "Leaky(Skip(VariationalDropout(LSTM)))"]
)
def test_export_of_a_cell(name):
    surroundings.check_export(run(CELLS[name]))


@pytest.mark.slow
@pytest.mark.parametrize("make", [RUNNERS["Stack of directions"], READ_OUTS["LastOutput"]])
def test_export_of_a_network(make):
    surroundings.check_export(builder(make))


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize(
    "name", ["LSTM", "GRU", "Leaky(Skip(VariationalDropout(LSTM)))", "Stack of directions", "Stack"]
)
def test_device(name, device):
    """The same numbers as on the CPU, masks included, and results on the device of the input."""
    runner = run(CELLS[name])() if name in CELLS else builder({**RUNNERS, **CONTINUED_RUNNERS}[name])()
    x = random(3, 5, 3)
    torch.manual_seed(1)
    expected = runner(x, None, [5, 2, 3])[0]
    torch.manual_seed(1)
    outputs = runner.to(device)(x.to(device), None, [5, 2, 3])[0]
    assert outputs.device.type == device
    assert gap(outputs.cpu(), expected) <= 100 * TIGHT


def test_no_public_class_is_left_out():
    built = [make(3, 4) for make in (CELLS | RUNNERS | CONTINUED_RUNNERS | READ_OUTS).values()]
    seen = {type(module) for root in built for module in root.modules()}
    public = {getattr(recurrent, name) for name in recurrent.__all__}
    layers = {kind for kind in public if inspect.isclass(kind) and issubclass(kind, torch.nn.Module)}
    assert layers - seen == {recurrent.Cell}


def test_a_new_public_cell_enters_the_battery_by_itself():
    """And fails it where it is wrong: this one writes into the state that it is given."""

    class PlantedCell(SRNCell):
        def step(self, projected, state, mask=None):
            output, after = super().step(projected, state, mask)
            state.h.add_(1)
            return output, after

    names = [*recurrent.__all__, "PlantedCell"]
    part = SimpleNamespace(**{name: getattr(recurrent, name, PlantedCell) for name in names}, __all__=names)
    assert public_cells(part) == [*KINDS, PlantedCell]
    with pytest.raises(AssertionError):
        check_deterministic(run(PlantedCell))


@pytest.mark.errors
@pytest.mark.parametrize("name", CELLS)
def test_cell_refuses(name):
    refuse_all_of_a_cell(builder(CELLS[name])())


@pytest.mark.errors
@pytest.mark.parametrize("name", RUNNERS | CONTINUED_RUNNERS)
def test_runner_refuses(name):
    """The runner that reads x is the one that says so: in a stack, the first layer."""
    refuse_all_of_a_runner(builder({**RUNNERS, **CONTINUED_RUNNERS}[name])(), r"Recurrent\(\w+\)")


@pytest.mark.errors
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [0, -1, 2.0, True, None, "3", float("nan")])
def test_sizes_of_cells(kind, size):
    for name, sizes in (("input_size", (size, 2)), ("hidden_size", (2, size))):
        with pytest.raises(
            ValueError, match=f"{kind.__name__}: {name} must be a whole number of at least 1, got"
        ):
            kind(*sizes)


@pytest.mark.errors
@pytest.mark.parametrize("wrap", WRAPPERS)
@pytest.mark.parametrize("inside", [torch.nn.LSTMCell(2, 3), Recurrent(SRNCell(2, 3)), SRNCell, None])
def test_wrappers_take_cells_only(wrap, inside):
    with pytest.raises(
        TypeError, match=rf"{wrap.__name__}: cell must be a recurrent cell, got {type(inside).__name__}"
    ):
        wrap(inside, 2 if wrap is Skip else 0.5)
