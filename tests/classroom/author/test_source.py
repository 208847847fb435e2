"""Source notebooks: what is read from them, and that every fault is told, all at once."""

import dataclasses
import re

import pytest

from classroom.author.source import load_assignment
from classroom.errors import ClassroomError
from tests.classroom.author.source_maker import ABOUT, cell, cells, changed, given, graded, save, solution

SECRET = b"a secret of sixteen bytes"


def load(folder, made=None, about=ABOUT, secret=None):
    return load_assignment("small-steps", save(folder, made, about), secret)


def faults(folder, made=None, about=ABOUT):
    with pytest.raises(ClassroomError) as caught:
        load(folder, made, about)
    return str(caught.value)


def test_tasks_tests_and_points(tmp_path):
    assignment = load(tmp_path)
    assert (assignment.name, assignment.title, assignment.gpu) == ("small-steps", "Small steps", False)
    assert assignment.limits.cell_seconds == 4
    assert assignment.given == ("import torch",)
    assert assignment.manual == (("why", 3.0),)
    assert [(task.id, task.max_points, task.variant) for task in assignment.tasks] == [
        ("double", 2, None),
        ("shift", 2, "up"),
    ]
    assert assignment.max_points == 4
    double = assignment.tasks[0]
    assert (double.chapter, double.minutes, double.level, double.banned) == (
        "gated-units/gru",
        5,
        1,
        ("mul",),
    )
    assert [test.id for test in assignment.tasks[1].tests] == ["shift-values", "shift-more"]


def test_solution_and_stub(tmp_path):
    double, shift = load(tmp_path).tasks
    head = 'def double(x):\n    """Return 2 x."""\n    '
    assert double.solution == head + "secret_of_double = x + x\n    return secret_of_double"
    assert double.stub == head + "# YOUR CODE HERE\n    raise NotImplementedError()"
    assert shift.solution == "def shift(x):\n    return x + 1"


def test_the_hidden_part_of_a_test(tmp_path):
    double, shift = load(tmp_path).tasks
    test = double.tests[0]
    assert test.has_hidden
    assert test.hidden_lines == {2, 3, 4, 5}
    assert test.public_source == test.source.split("\n")[0]
    assert not shift.tests[0].has_hidden
    assert shift.tests[1].public_source == ""


def test_the_secret_picks_the_variant_and_each_one_comes_up(tmp_path):
    exercises = save(tmp_path)
    found = {}
    for number in range(12):
        assignment = load_assignment("small-steps", exercises, SECRET + bytes([number]))
        found[assignment.tasks[1].variant] = assignment
    assert set(found) == {"up", "down"}
    assert found["down"].tasks[1].solution == "def shift(x):\n    return x - 1"
    text = "".join(cell["source"] for cell in found["down"].notebook["cells"])
    assert "downwards" in text
    assert "upwards" not in text
    assert "VARIANT" not in text


def test_a_cell_that_is_all_of_another_variant_is_dropped(tmp_path):
    extra = cell("markdown", "<!-- BEGIN VARIANT shift down -->\nMore.\n<!-- END VARIANT -->")
    assert len(load(tmp_path, [*cells(), extra]).notebook["cells"]) == len(cells())


def test_outputs_of_the_source_are_dropped(tmp_path):
    made = cells()
    made[2] |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}], "execution_count": 3}
    kept = load(tmp_path, made).notebook["cells"][2]
    assert (kept["outputs"], kept["execution_count"]) == ([], None)


def test_the_version_changes_with_what_decides_grades_and_with_nothing_else(tmp_path):
    first = load(tmp_path).version
    assert re.fullmatch("[0-9a-f]{64}", first)
    assert load(tmp_path).version == first
    assert load(tmp_path, changed("double-text", source="Other words.")).version == first
    other = [
        load(tmp_path, changed("double-values", points=3)),
        load(tmp_path, changed("double-values", source="check.true('a', True)")),
        load(tmp_path, changed("imports", source="import math")),
        load(tmp_path, about=ABOUT.replace("[mul]", "[mul, add]")),
        load(tmp_path, about=ABOUT.replace("cell_seconds: 4", "cell_seconds: 5")),
        load(tmp_path, secret=SECRET),
    ]
    assert len({first, *(assignment.version for assignment in other)}) == 7


def test_an_assignment_never_changes(tmp_path):
    with pytest.raises(dataclasses.FrozenInstanceError):
        load(tmp_path).title = "other"


@pytest.mark.parametrize(
    ("name", "changes", "told"),
    [
        ("double", {"source": "x = 1"}, "(double): has no region BEGIN SOLUTION ... END SOLUTION"),
        ("double", {"source": "### BEGIN SOLUTION\nx"}, "(double): BEGIN SOLUTION without END SOLUTION"),
        ("double", {"source": "x\n### END SOLUTION"}, "(double): END SOLUTION without BEGIN SOLUTION"),
        ("double", {"source": "# BEGIN SOLUTION\n"}, "stands alone on its line as '### BEGIN SOLUTION', got"),
        ("double", {"source": "### BEGIN SOLUTION\n(\n### END SOLUTION"}, "is no Python with the solution"),
        ("double", {"source": "(\n### BEGIN SOLUTION\n)\n### END SOLUTION"}, "is no Python as students get"),
        ("double", {"locked": True}, "(double): a solution cell must not be locked"),
        ("double", {"cell_type": "markdown"}, "(double): must be a code cell"),
        ("double", {"grade_id": "double-it"}, "a task's grade_id is a name without '-'"),
        ("double", {"grade_id": "thrice"}, "task thrice is in the notebook but not in assignment.yml"),
        ("double", {"grade_id": "thrice"}, "task double is in assignment.yml but has no solution cell"),
        ("double", {"grade_id": "shift"}, "grade_id 'shift' stands in 2 cells"),
        ("double", {"solution": False}, "(double-values): a test cell stands before any solution cell"),
        ("double-values", {"points": 0}, "points must be a number above 0, got 0"),
        ("double-values", {"points": True}, "points must be a number above 0, got True"),
        ("double-values", {"points": None}, "points must be a number above 0, got None"),
        ("double-values", {"locked": False}, "(double-values): a test cell must be locked"),
        ("double-values", {"grade_id": "values"}, "has a grade_id that begins with 'double-'"),
        ("double-values", {"grade_id": None}, "needs a grade_id of letters, digits, _ and -, got ''"),
        ("double-values", {"source": " "}, "(double-values): is empty"),
        ("double-values", {"source": "x ="}, "(double-values): is no Python as a whole"),
        ("double-values", {"source": "### BEGIN HIDDEN TESTS\n"}, "BEGIN HIDDEN TESTS without END HIDDEN"),
        (
            "double-values",
            {"source": "for x in y:\n    ### BEGIN HIDDEN TESTS\n    x\n    ### END HIDDEN TESTS"},
            "is no Python without its hidden part",
        ),
        ("double-values", {"grade": False}, "(double): the task has no test cell"),
        ("double-values", {"grade": False}, "a HIDDEN TESTS region may stand only in a test cell"),
        (
            "imports",
            {"source": "### BEGIN SOLUTION\n### END SOLUTION"},
            "a SOLUTION region may stand only in",
        ),
        ("imports", {"source": "%pip install x"}, "(imports): is no Python"),
        (
            "tools",
            {"source": "import torch"},
            "must be exactly 'from classroom.checks import check, student'",
        ),
        ("tools", {"grade_id": "other"}, "the first code cell must be locked and have the grade_id 'tools'"),
        ("shift-text", {"source": "none"}, "variant 'down' of task 'shift' is declared but has no block"),
        ("shift-text", {"source": "<!-- BEGIN VARIANT shift up -->"}, "a variant has no END VARIANT"),
        ("shift-text", {"source": "<!-- END VARIANT -->"}, "END VARIANT without BEGIN VARIANT"),
        ("shift-text", {"source": "# BEGIN VARIANT shift up"}, "not a variant marker that is understood"),
        (
            "imports",
            {"source": "### BEGIN VARIANT shift left\n### END VARIANT"},
            "variant 'left' of task 'shift' is not declared",
        ),
    ],
)
def test_faults_of_cells(tmp_path, name, changes, told):
    made = changed(name, **changes)
    if told.startswith("variant 'down' of task 'shift' is declared"):
        for found in made:
            found["source"] = found["source"].replace("VARIANT shift down", "VARIANT shift up")
    assert told in faults(tmp_path, made)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: Small steps", "name: x", "unknown key 'name'; there are title, limits, gpu, tasks"),
        ("title: Small steps", "name: x", "title must be a text"),
        ("cell_seconds: 4", "cell_second: 4", "no such limit: 'cell_second'"),
        ("{cell_seconds: 4}", "7", "limits must be names and numbers"),
        ("tasks:", "gpu: 1\ntasks:", "gpu must be true or false, got 1"),
        ("minutes: 5", "minutes: 0", "task double: minutes must be a whole number above 0, got 0"),
        ("level: 1", "level: 4", "task double: level must be 1, 2 or 3, got 4"),
        ("banned: [mul]", "banned: mul", "task double: banned must be a list of different single words"),
        ("banned: [mul]", "ban: [mul]", "task double: unknown key 'ban'"),
        ("chapter: gated-units/gru", "chapter:", "task double: chapter must be a text"),
        ("variants: [up, down]", "variants: [up, up]", "variants must be a list of different single words"),
        (ABOUT, "title: [", "assignment.yml: cannot be read"),
        (ABOUT, "x", "assignment.yml: expected keys and values"),
        (ABOUT, "title: T", "tasks must be a list of names"),
    ],
)
def test_faults_of_the_yml(tmp_path, old, new, told):
    assert told in faults(tmp_path, about=ABOUT.replace(old, new))


def test_a_fault_that_only_another_variant_has_is_found(tmp_path):
    block = "### BEGIN VARIANT shift {0}\n{1}\n### END VARIANT\n"
    source = block.format("up", "check.true('a', True)") + block.format("down", "x =")
    assert "(shift-values): is no Python as a whole" in faults(
        tmp_path, changed("shift-values", source=source)
    )


def test_all_faults_are_listed_together(tmp_path):
    made = changed("double-values", points=-1)
    text = faults(tmp_path, [*made, cell("code", "", "shift", solution=True)], ABOUT + "other: 1\n")
    for told in ("unknown key 'other'", "points must be", "stands in 2 cells", "has no region"):
        assert told in text
    assert "faults:" in text


def test_a_long_list_of_faults_is_cut(tmp_path):
    many = [graded(f"double-{n}", "x =", points=0) for n in range(40)]
    assert re.search(r"and \d+ more$", faults(tmp_path, [*cells()[:5], *many, *cells()[6:]]))


@pytest.mark.parametrize("name", ["none", "../small-steps", "Small", ""])
def test_an_unknown_assignment_is_told_with_those_there_are(tmp_path, name):
    with pytest.raises(ClassroomError, match=re.escape(f"no assignment {name!r}; there are: small-steps")):
        load_assignment(name, save(tmp_path))


def test_a_file_that_is_no_notebook_is_told(tmp_path):
    exercises = save(tmp_path)
    (exercises / "small-steps" / "small-steps.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(ClassroomError, match="is not valid JSON"):
        load_assignment("small-steps", exercises)


def test_two_regions_and_given_code_between_tasks(tmp_path):
    two = "### BEGIN SOLUTION\na = 1\n### END SOLUTION\nb = 2\n### BEGIN SOLUTION\nc = 3\n### END SOLUTION"
    made = [*cells()[:4], solution("double", two), given("helper", "d = 4"), *cells()[5:]]
    assignment = load(tmp_path, made)
    assert assignment.tasks[0].stub.count("raise NotImplementedError()") == 2
    assert assignment.given == ("import torch", "d = 4")
    assert "a = 1" not in assignment.tasks[0].stub
