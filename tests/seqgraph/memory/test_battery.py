"""Every cell of this part, alone and wrapped, through the list of checks of all recurrent cells."""

import pytest

import seqgraph.memory
from seqgraph.memory import NTMCell
from seqgraph.recurrent import Leaky, Recurrent, Skip, VariationalDropout
from tests.checks import surroundings
from tests.checks.cases import public_cells
from tests.checks.cells import CELL_CHECKS, CONTINUED_RUNNER_CHECKS
from tests.checks.numbers import DEVICES, TIGHT, fill, gap, random
from tests.checks.refusals import refuse_all_of_a_cell
from tests.checks.weights import WEIGHT_CHECKS

KINDS = public_cells(seqgraph.memory)
CELLS = {kind.__name__: kind for kind in KINDS} | {
    "NTM of 3 rows": lambda i, h: NTMCell(i, h, num_rows=3, row_size=2, max_shift=0),
    "Leaky(NTM)": lambda i, h: Leaky(NTMCell(i, h, num_rows=4, row_size=3), 0.7),
    "Skip(NTM)": lambda i, h: Skip(NTMCell(i, h, num_rows=4, row_size=3), 3),
    "VariationalDropout(NTM)": lambda i, h: VariationalDropout(NTMCell(i, h, 4, 3), 0.3),
}
HONOURED = [*WEIGHT_CHECKS, *surroundings.NETWORK_CHECKS, *surroundings.RUNNER_CHECKS]


def builder(make):
    """Build with the battery's sizes unless others are asked for, in float64, with large weights."""
    return lambda i=3, h=4: fill(make(i, h).double())


def run(make):
    return lambda i=3, h=4: Recurrent(builder(make)(i, h))


def listed(checks: list) -> list:
    return [
        pytest.param(check, make, id=f"{name}-{check.__name__.removeprefix('check_')}")
        for name, make in CELLS.items()
        for check in checks
    ]


def test_the_machine_is_found():
    assert NTMCell in KINDS


@pytest.mark.parametrize(("check", "make"), listed(CELL_CHECKS))
def test_cell(check, make):
    check(builder(make))


@pytest.mark.parametrize(("check", "make"), listed(CONTINUED_RUNNER_CHECKS))
def test_cell_in_its_runner(check, make):
    check(run(make))


@pytest.mark.filterwarnings(
    "ignore:`torch.jit.script` is deprecated:DeprecationWarning",
    "ignore:Full backward hook is firing when gradients are computed:UserWarning",
)
@pytest.mark.parametrize(("check", "make"), listed(HONOURED))
def test_what_hangs_on_a_cell_or_stands_around_it(check, make):
    check(run(make))


@pytest.mark.slow
@pytest.mark.parametrize("make", CELLS.values(), ids=CELLS)
def test_export(make):
    surroundings.check_export(run(make))


@pytest.mark.parametrize("device", DEVICES)
def test_device(device):
    runner, x = run(NTMCell)(), random(3, 5, 3)
    expected = runner(x, None, [5, 2, 3])[0]
    outputs = runner.to(device)(x.to(device), None, [5, 2, 3])[0]
    assert outputs.device.type == device
    assert gap(outputs.cpu(), expected) <= 100 * TIGHT


@pytest.mark.errors
@pytest.mark.parametrize("name", CELLS)
def test_cell_refuses(name):
    refuse_all_of_a_cell(builder(CELLS[name])())


@pytest.mark.errors
@pytest.mark.parametrize("size", [0, -1, 2.0, True, None, "3", float("nan")])
@pytest.mark.parametrize("name", ["input_size", "hidden_size", "num_rows", "row_size"])
def test_sizes(name, size):
    sizes = {"input_size": 2, "hidden_size": 3} | {name: size}
    with pytest.raises(ValueError, match=f"NTMCell: {name} must be a whole number of at least 1, got"):
        NTMCell(**sizes)
