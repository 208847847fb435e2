"""What a submission gets, and what the student may read about it."""

import json

import pytest

from classroom.outcome import Outcome

RIGHT = "def f(x):\n    return 2 * x"
PUBLIC = 'check.equal("twice", f(3), 6, look="the factor")'
HIDDEN = """
check.equal("twice", f(3), 6)
### BEGIN HIDDEN TESTS
n = int(torch.randint(100, 10_000, (1,), generator=check.generator()))
check.equal("twice a drawn number", f(n), 2 * n)
### END HIDDEN TESTS
"""


def told(outcome):
    return [(result.points, result.reason) for result in outcome.tests]


def test_right_work_gets_all_points_and_no_reasons(task):
    outcome = task(PUBLIC, HIDDEN)(RIGHT)
    assert (outcome.status, outcome.points, outcome.max_points) == ("graded", 4, 4)
    assert outcome.reason == "4 of 4 points"
    assert told(outcome) == [(2, ""), (2, "")]
    assert Outcome.from_json(outcome.to_json()) == outcome


def test_a_failing_public_check_says_what_came_and_where_to_look(task):
    outcome = task(PUBLIC)("def f(x):\n    return x")
    (result,) = outcome.tests
    assert (result.points, result.reason) == (0, "public check failed: twice")
    assert result.message == "twice: expected the int 6, got the int 3. Look at: the factor."


def test_a_failing_hidden_check_says_its_name_only(task):
    outcome = task(HIDDEN)("def f(x):\n    assert x == 3, f'CANARY {x}'\n    return 6")
    (result,) = outcome.tests
    assert (result.points, result.message) == (0, "")
    assert result.reason == "the code raised an error in a hidden check"
    outcome = task(HIDDEN)("def f(x):\n    print('CANARY', x)\n    return 6")
    assert told(outcome) == [(0, "hidden check failed: twice a drawn number")]
    assert "CANARY" not in outcome.to_json()


def test_hidden_inputs_belong_to_the_submission_and_come_out_the_same_again(task):
    grade = task(
        """
        ### BEGIN HIDDEN TESTS
        n = int(torch.randint(0, 10**9, (1,), generator=check.generator()))
        check.equal(f"drew {n}", f(0), 1)
        ### END HIDDEN TESTS
        """.replace("\n        ", "\n")
    )
    reasons = [grade(source).tests[0].reason for source in (RIGHT, RIGHT, RIGHT + "\n# mine")]
    assert reasons[0].startswith("hidden check failed: drew ")
    assert reasons[0] == reasons[1] != reasons[2]


def test_the_last_value_of_a_test_is_its_points(task):
    grade = task(
        "right = [f(n) == 2 * n for n in range(4)]\nsum(right) / 2", "f(1)\nfloat('nan')", "f(1)\n-5.0"
    )
    outcome = grade("def f(x):\n    return 2 * x if x != 3 else 0")
    assert told(outcome) == [(1.5, "1.5 of 2 points"), (0, "0 of 2 points"), (0, "0 of 2 points")]
    assert task("f(1)\n700")(RIGHT).points == 2
    assert task("f(1)\n'words'")(RIGHT).points == 2


def test_a_test_with_a_hidden_part_gets_its_points_from_the_whole(task):
    grade = task("got = 0\n### BEGIN HIDDEN TESTS\ngot = 2 * (f(5) == 10)\n### END HIDDEN TESTS\ngot")
    assert grade(RIGHT).points == 2
    assert told(grade("def f(x):\n    return x")) == [(0, "0 of 2 points")]


def test_given_code_is_the_instructors_and_missing_given_code_is_there(task):
    grade = task("check.equal('two', f(1), 2)")
    assert grade("def f(x):\n    return TWO * x").points == 2
    assert grade("def f(x):\n    return TWO * x", "TWO = 3").points == 0


def test_a_name_of_the_test_is_its_own_whatever_the_student_calls_so(task):
    grade = task(
        "n = 3\ncheck.equal('three', f(n), 6)\ndef g():\n    return f(1)\n"
        "check.equal('inside', [g() for _ in 'a'], [2])"
    )
    lent = "import torch\nn = torch.zeros(9, 1 << 20)\ng = check = len = str = print"
    assert grade(RIGHT, lent).points == 2


def test_the_students_other_cells_run_and_what_they_print_is_kept(task):
    grade = task(PUBLIC)
    outcome = grade(
        "def f(x):\n    return double(x)",
        "def double(x):\n    return 2 * x",
        "print('hello')\ndouble(4)",
        "1 / 0",
    )
    assert outcome.points == 2
    texts = {output.cell: (output.text, output.error) for output in outcome.outputs}
    assert texts[1] == ("hello\n8\n", "")
    assert texts[2][1].startswith("ZeroDivisionError: division by zero")


def test_magics_and_shell_lines_are_left_out(task):
    assert (
        task(PUBLIC)(
            "%matplotlib inline\n!pip install x\ndef f(x):\n    return 2 * x", "%%bash\nrm -rf /"
        ).points
        == 2
    )


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "a name is missing in a public check"),
        ("def f(x)\n    return 2", "the task's cell ended with an error"),
        ("def f(x):\n    raise ValueError('why')", "the code raised an error in a public check"),
        ("def f(x):\n    raise SystemExit", "the code raised an error in a public check"),
        ("def f(x):\n    while True: pass", "time limit of 2 s in a public check"),
        ("while True: pass", "the task's cell was ended: time limit of 2 s"),
        ("import os\ndef f(x):\n    os._exit(0)", "its process ended in a public check"),
        (
            "def f(x):\n    import ctypes; ctypes.string_at(0)",
            "its process was ended by signal 11 in a public check",
        ),
        ("def f(x):\n    return object()", "public check failed: twice"),
        ("def f(x):\n    return 'x' * (5 << 20)", "the code raised an error in a public check"),
        ("def f(x):\n    return bytearray(3 << 30)", "the code raised an error in a public check"),
        ("f = 6", "a public check failed"),
    ],
)
def test_whatever_goes_wrong_is_a_reason_in_the_graders_words(task, source, reason):
    outcome = task(PUBLIC)(source)
    assert told(outcome) == [(0, reason)]
    assert outcome.reason.startswith("0 of 2 points; f-0: ")


def test_a_hang_in_one_call_costs_that_test_only(task):
    grade = task(PUBLIC, "check.equal('four', f(4), 8)")
    assert told(grade("def f(x):\n    while x == 3: pass\n    return 2 * x")) == [
        (0, "time limit of 2 s in a public check"),
        (2, ""),
    ]


def test_a_cell_that_hangs_or_crashes_is_left_out_and_the_rest_counts(task):
    outcome = task(PUBLIC)(RIGHT, "while True: pass", "import os; os._exit(1)")
    assert outcome.points == 2
    assert [output.error for output in outcome.outputs][:2] == [
        "ended: time limit of 2 s",
        "ended: its process ended",
    ]


def test_the_time_of_the_whole_submission_is_limited(task):
    about = (
        "title: T\nlimits: {cell_seconds: 1, test_seconds: 1, submission_seconds: 2.5}\n"
        "tasks:\n  f: {chapter: c, minutes: 1, level: 1}\n"
    )
    outcome = task(*[PUBLIC] * 5, about=about)("def f(x):\n    while True: pass")
    hung, late = "time limit of 1 s in a public check", "time limit of 2.5 s for the whole submission"
    reasons = [result.reason for result in outcome.tests]
    assert reasons in [[hung] * times + [late] * (5 - times) for times in (1, 2, 3)]


def test_a_test_that_itself_never_ends_is_ended(task):
    outcome = task("x = f(1)\nwhile True: pass")(RIGHT)
    assert told(outcome) == [(0, "time limit of 2 s in a public check")]


def test_banned_routes_lose_the_task_and_are_named(task):
    about = "title: T\ntasks:\n  f: {chapter: c, minutes: 1, level: 1, banned: [LSTM]}\n"
    grade = task(PUBLIC, about=about)
    (result,) = grade("import torch\ndef f(x):\n    torch.nn.LSTM\n    return 2 * x").tests
    assert (result.points, result.reason) == (0, "not allowed in this task: the cell uses LSTM")
    assert grade(RIGHT).points == 2


def test_what_another_cell_would_lend_to_a_task_by_a_banned_route_is_missing(task):
    about = "title: T\ntasks:\n  f: {chapter: c, minutes: 1, level: 1, banned: [LSTM]}\n"
    grade = task(PUBLIC, about=about)
    lender = "import torch\nlent = torch.nn.LSTM\nprint('ran')"
    outcome = grade("def f(x):\n    lent\n    return 2 * x", lender)
    assert outcome.tests[0].reason == "the code raised an error in a public check"
    assert outcome.tests[0].message.endswith("these cells were left out: cell 1 (uses LSTM).")
    assert outcome.outputs[0].text == "ran\n"
    assert grade(RIGHT, "import os\nos._exit(1)", lender).points == 2


def notebook(**changes):
    return json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | changes).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" ", "the file is empty"),
        (b"\xff\xfe{}", "the file is not UTF-8 text, so it is no notebook"),
        (b"{", "the file is not valid JSON, so it is no notebook"),
        (b"[" * 100_000, "the file is not valid JSON, so it is no notebook"),
        (b"[]", "the file is JSON but no notebook"),
        (notebook(nbformat=3), "the notebook is not in format 4: open it in JupyterLab and save it again"),
        (notebook(nbformat=True), "the notebook is not in format 4: open it in JupyterLab and save it again"),
        (notebook(cells={}), "the file is JSON but no notebook: it has no list of cells"),
        (notebook(cells=[1, None, {}]), "this is another notebook: it has no cell of this assignment"),
        (notebook(cells=[{}] * 2001), "the notebook has 2001 cells, at most 2000 are read"),
        (b" " * (21 << 20), "the file is too large: 21.0 MiB, at most 20 MiB"),
    ],
    ids=range(11),
)
def test_what_is_no_notebook_of_the_assignment_is_refused_with_the_reason(task, data, reason):
    outcome = task(PUBLIC)("", data=data)
    assert (outcome.status, outcome.reason, outcome.points, outcome.max_points) == ("refused", reason, 0, 2)
    assert [result.test for result in outcome.tests] == ["f-0"]


def test_helpers_ask_what_a_plain_call_cannot(task):
    grade = task(
        """
x = torch.tensor([1.0, 2.0], dtype=torch.float64)
check.close("grad", student.grad(f, x), (2 * torch.ones(2, dtype=torch.float64),))
check.equal("many", student.call_many(f, [(1,), (2,)]), [2, 4])
check.equal("kept", student.arguments_after(f, [1])[1], ([1],))
check.equal("raises", student.raises(f, None), "TypeError")
twice = student.define("def twice(x):\\n    return f(f(x))", "twice")
check.equal("defined", twice(1), 4)
check.equal("handed in", apply(twice, 3), 12)
layer = make()
check.equal("names", sorted(student.state_dict(layer)), ["bias", "weight"])
student.load_state_dict(layer, {"weight": torch.eye(2), "bias": torch.ones(2)})
check.close("loaded", layer(torch.zeros(2)), torch.ones(2))
check.equal("attribute", layer.in_features, 2)
"""
    )
    more = "def apply(g, x):\n    return g(x)\ndef make():\n    return torch.nn.Linear(2, 2)"
    assert told(grade(RIGHT, more)) == [(2, "")]
    wrong = "def f(x):\n    if isinstance(x, list): x.append(1)\n    return 2 * x"
    assert told(grade(wrong, more)) == [(0, "public check failed: kept")]
