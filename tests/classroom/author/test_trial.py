"""The public checks in a real kernel."""

import json

import pytest

from classroom.author.release import release
from classroom.author.trial import try_checks
from tests.classroom.author.source_maker import cells, changed, graded, save
from tests.classroom.needs import HANG_SECONDS

pytestmark = [
    pytest.mark.slow,
    # The kernel's client leaves its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
DOUBLE, SHIFT = "def double(x):\n    return x + x", "def shift(x):\n    return x + 1"


def notebooks(folder, made=None, **sources):
    """Return a release and a submission of it, with some cells changed (None: deleted)."""
    path = release("small-steps", save(folder, made), folder / "out", None)
    reference, mine = (json.loads(path.read_text(encoding="utf-8")) for _ in range(2))
    for cell in mine["cells"]:
        cell["source"] = sources.get(cell["metadata"].get("nbgrader", {}).get("grade_id"), cell["source"])
    mine["cells"] = [cell for cell in mine["cells"] if cell["source"] is not None]
    return reference, mine


def test_right_and_wrong_answers_and_cells_that_were_deleted(tmp_path):
    reference, mine = notebooks(
        tmp_path,
        double=DOUBLE,
        shift=SHIFT.replace("+", "-"),
        tools=None,
        imports=None,
        **{"shift-values": None},
    )
    told = try_checks(mine, reference, HANG_SECONDS)
    assert told["double"] == ""
    assert told["shift"] == "of zero: expected 1, got -1 (largest difference 2)."


def test_the_students_own_tests_and_partial_points_are_believed_without_a_reference(tmp_path):
    partial = graded("double-more", "check.true('a', double(1) == 2)\n0.5", points=1)
    _, mine = notebooks(
        tmp_path, [*cells()[:6], partial, *cells()[6:]], double=DOUBLE, shift="raise OSError('x')"
    )
    told = try_checks(mine, None, HANG_SECONDS)
    assert told == {"double": "double-more gives 0.5 of 1 points", "shift": "its cell fails: OSError: x"}


def test_a_cell_that_hangs_or_ends_the_kernel_costs_only_its_task(tmp_path):
    third = graded("shift-loop", "shift(3.0)", points=1)
    made = [*changed("why", source="because"), third]
    reference, mine = notebooks(
        tmp_path,
        made,
        double="import os\nos._exit(1)",
        shift="def shift(x):\n    while x == 3.0:\n        pass\n    return x + 1",
    )
    told = try_checks(mine, reference, 2)
    assert told == {"double": "its cell fails: ended the kernel", "shift": "ran for more than 2 s"}
