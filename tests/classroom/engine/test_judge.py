"""A warm judge: right answers, faults of the system that are tried again, limits of its own."""

import json
import os
import pickle
import signal
import time
from dataclasses import replace
from unittest.mock import ANY

import pytest

from classroom.author.source import load_assignment
from classroom.engine.judge import Judge, SystemTrouble
from classroom.engine.plugin import processor
from classroom.errors import ClassroomError
from tests.classroom.author.source_maker import cell, graded, save, solution
from tests.classroom.needs import HANG_SECONDS, needs_bubblewrap

SECRET = b"the secret of a small course"
ABOUT = (
    "title: T\nlimits: {cell_seconds: 3, test_seconds: 2}\ntasks: {f: {chapter: c, minutes: 1, level: 1}}\n"
)
TEST = """check.equal("twice", f(3), 6)
### BEGIN HIDDEN TESTS
check.equal("big", f(10**6), 2 * 10**6)
### END HIDDEN TESTS"""
RIGHT = "def f(x):\n    return 2 * x"


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    needs_bubblewrap()
    tools = cell("code", "from classroom.checks import check, student", "tools", locked=True)
    made = [tools, solution("f", "### BEGIN SOLUTION\n### END SOLUTION"), graded("f-values", TEST)]
    return load_assignment(
        "one-task", save(tmp_path_factory.mktemp("judge"), made, ABOUT, "one-task"), SECRET
    )


@pytest.fixture(scope="module")
def judge(assignment):
    """One for all tests, on one processor: where a test ends it, the next one starts it again."""
    made = Judge(assignment, SECRET, max(os.sched_getaffinity(0))).start()
    yield made
    made.close()


def submission(source):
    cells = [cell("code", source, "f", solution=True)]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def children(pid):
    """Return the processes below one, deepest last."""
    found = [pid]
    for parent in found:
        for task in os.listdir(f"/proc/{parent}/task") if os.path.exists(f"/proc/{parent}") else []:
            with open(f"/proc/{parent}/task/{task}/children") as stream:
                found += map(int, stream.read().split())
    return found[1:]


def warm_process(pid):
    """Return the bubblewrap process of a judge."""
    (found,) = [child for child in children(pid) if name_of(child) == "bwrap" and child in direct(pid)]
    return found


def direct(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as stream:
        return list(map(int, stream.read().split()))


def name_of(pid):
    with open(f"/proc/{pid}/comm") as stream:
        return stream.read().strip()


def test_it_grades_one_submission_after_another(judge):
    assert judge.grade(submission(RIGHT))[0].points == 1
    assert judge.grade(submission("def f(x):\n    return x"))[0].points == 0
    assert judge.grade(b"no notebook")[0].status == "refused"


def test_a_lost_judge_is_started_again(judge):
    judge.grade(submission(RIGHT))
    os.kill(judge.pid, signal.SIGKILL)
    outcome, attempts = judge.grade(submission(RIGHT))
    assert (outcome.points, attempts) == (1, 2)


def test_a_lost_warm_process_is_a_fault_of_the_system_and_never_a_zero(judge):
    judge.grade(submission(RIGHT))
    os.kill(warm_process(judge.pid), signal.SIGKILL)
    outcome, attempts = judge.grade(submission(RIGHT))
    assert (outcome.points, attempts) == (1, 2)


def test_with_a_gpu_every_session_has_a_process_of_its_own(assignment):
    judge = Judge(replace(assignment, gpu=True), SECRET).start()
    assert judge.grade(submission(RIGHT)) == (ANY, 1)
    first = warm_process(judge.pid)
    hang = "def f(x):\n    while x == 3: pass\n    return 2 * x"
    assert judge.grade(submission(hang))[0].tests[0].reason.startswith("time limit")
    outcome, attempts = judge.grade(submission(RIGHT))
    assert (outcome.points, attempts) == (1, 1)
    assert warm_process(judge.pid) != first
    judge.close()


def test_all_its_processes_end_with_it(judge):
    judge.grade(submission(RIGHT))
    pids = [judge.pid, *children(judge.pid)]
    assert len(pids) >= 3
    judge.close()
    until = time.monotonic() + HANG_SECONDS
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert [pid for pid in pids if alive(pid)] == []


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stream:
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_flood_of_values_costs_the_student_and_not_the_judge(judge):
    flood = "def f(x):\n    return [[] for _ in range(99_000)] if x == 3 else bytes(1) * (1 << 31)"
    outcome, attempts = judge.grade(submission(flood))
    assert (outcome.points, attempts) == (0, 1)
    assert outcome.tests[0].reason.endswith("in a public check") or "twice" in outcome.tests[0].reason


def test_a_test_that_takes_too_much_memory_fails_and_the_judge_lives(assignment):
    test = replace(assignment.tasks[0].tests[0], source="f(1)\nx = bytearray(4 << 30)")
    task = replace(assignment.tasks[0], tests=(test,))
    judge = Judge(replace(assignment, tasks=(task,)), SECRET).start()
    outcome, _ = judge.grade(submission(RIGHT))
    assert outcome.points == 0
    assert outcome.tests[0].reason
    judge.close()


def test_a_judge_that_takes_too_long_is_ended_and_the_submission_refused(assignment, monkeypatch):
    # Code that swallows the judge's own alarm: only the deadline from outside ends it.
    endless = "import signal\nsignal.signal(signal.SIGPROF, signal.SIG_IGN)\nwhile True: pass"
    test = replace(assignment.tasks[0].tests[0], source=endless)
    judge = Judge(replace(assignment, tasks=(replace(assignment.tasks[0], tests=(test,)),)), SECRET)
    monkeypatch.setenv("CLASSROOM_JUDGE_GUARD", "1")
    outcome, attempts = judge.start().grade(submission(RIGHT))
    assert (outcome.status, outcome.reason, attempts) == (
        "refused",
        "grading it went beyond a limit twice: the time of the judge",
        2,
    )
    judge.close()


def test_no_sandbox_means_no_grade(assignment, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    judge = Judge(assignment, SECRET).start()
    with pytest.raises(ClassroomError, match="bubblewrap"):
        judge.grade(submission(RIGHT))
    judge.close()


def test_a_judge_that_never_answers_is_trouble_of_the_system(assignment, monkeypatch):
    judge = Judge(assignment, SECRET)
    monkeypatch.setattr(judge, "_spec", pickle.dumps("neither assignment nor secret"))
    with pytest.raises(SystemTrouble, match="the judge is gone"):
        judge.start().grade(submission(RIGHT))
    judge.close()


def test_judges_of_a_local_cluster_share_the_processors_evenly():
    usable = sorted(os.sched_getaffinity(0))
    places = [processor(worker, thread, 2) for worker in range(len(usable)) for thread in range(2)]
    assert sorted(places) == sorted(usable * 2)
    assert processor("tcp://10.0.0.7:4000", 0, 1) is None


def test_a_judge_and_its_sandbox_stay_on_their_processor(judge):
    cpu = max(os.sched_getaffinity(0))
    assert judge.grade(submission(RIGHT)) == (ANY, 1)
    assert os.sched_getaffinity(judge.pid) == os.sched_getaffinity(warm_process(judge.pid)) == {cpu}
