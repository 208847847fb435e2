"""Whole runs: the same scores whatever the database, the workers and the user; nothing done twice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from classroom.__main__ import main
from classroom.author.source import load_assignment
from classroom.ledger.store import Ledger
from tests.classroom.engine import crash_trials
from tests.classroom.engine.small_class import SECRET, expected, write_class
from tests.classroom.needs import needs_bubblewrap, needs_postgres

STUDENTS = 12


@pytest.fixture
def folder(tmp_path):
    needs_bubblewrap()
    write_class(tmp_path, STUDENTS)
    return tmp_path


@pytest.fixture(scope="module")
def graded_class(tmp_path_factory):
    """A class that one worker has graded once, for the tests of what comes after; each works on a copy."""
    needs_bubblewrap()
    place = tmp_path_factory.mktemp("graded")
    write_class(place, STUDENTS)
    assert grade(place, place / "one.sqlite", "--workers", "1") == 0
    return place


@pytest.fixture
def graded_folder(graded_class, tmp_path):
    return shutil.copytree(graded_class, tmp_path / "class")


def grade(folder, url, *more):
    places = ["--exercises", str(folder / "exercises"), "--secret", str(folder / "secret"), "--db", str(url)]
    return main(["grade", str(folder / "submitted"), "--assignment", "one-task", *places, *more])


def scores(folder, url):
    assignment = load_assignment("one-task", folder / "exercises", SECRET)
    with Ledger(url) as ledger:
        rows = ledger.results("one-task", assignment.version)
    return sorted((row.student, test.test, test.points) for row in rows for test in row.outcome.tests)


def test_scores_are_the_same_with_both_databases_one_and_two_workers_and_again(
    graded_folder, fresh_postgres_url, capsys
):
    folder = graded_folder
    assert grade(folder, fresh_postgres_url, "--workers", "2") == 0
    assert "12 graded, 0 could not be read" in capsys.readouterr().out
    assert scores(folder, folder / "one.sqlite") == expected(STUDENTS)
    assert scores(folder, fresh_postgres_url) == expected(STUDENTS)
    assert grade(folder, folder / "one.sqlite") == 0
    assert "new: 0 graded" in capsys.readouterr().out
    assert (
        main(["regrade", "one-task", "--workers", "1", "--check", *_places(folder, folder / "one.sqlite")])
        == 0
    )
    assert "every score came out the same" in capsys.readouterr().out


def _places(folder, url):
    return ["--exercises", str(folder / "exercises"), "--secret", str(folder / "secret"), "--db", str(url)]


def test_regrade_finds_a_score_that_was_changed_behind_its_back(graded_folder, capsys):
    import sqlite3

    folder, url = graded_folder, graded_folder / "one.sqlite"
    with sqlite3.connect(url) as connection:
        changed = "replace(outcome, '\"points\": 1.0', '\"points\": 0.5')"
        connection.execute(
            f"UPDATE ledger_result SET outcome = {changed} WHERE outcome LIKE '%\"points\": 1.0%'"
        )
    connection.close()
    assert main(["regrade", "one-task", "--workers", "1", "--check", *_places(folder, url)]) == 1
    assert "student000: f-public: 0.5 -> 1" in capsys.readouterr().out


def test_new_tests_are_a_new_version_and_the_old_results_stay(graded_folder, capsys):
    folder, url = graded_folder, graded_folder / "one.sqlite"
    source = folder / "exercises" / "one-task" / "one-task.ipynb"
    source.write_text(source.read_text().replace("f(3), 6", "f(4), 8"))
    assert main(["regrade", "one-task", "--workers", "1", *_places(folder, url)]) == 0
    assert "new: 12 graded" in capsys.readouterr().out
    with Ledger(url) as ledger:
        assert len(ledger.versions("one-task")) == 2
    second = [points for name, test, points in scores(folder, url) if name == "student001"]
    assert second == [0.0, 0.0]


def test_what_was_not_handed_in_properly_has_a_grade_and_a_reason(folder, capsys):
    (folder / "submitted" / "student000.ipynb").write_bytes(b"\x00" * 1000)
    (folder / "submitted" / "student001.ipynb").unlink()
    (folder / "submitted" / "student001.ipynb").symlink_to("/etc/passwd")
    assert grade(folder, folder / "one.sqlite", "--workers", "1") == 0
    assignment = load_assignment("one-task", folder / "exercises", SECRET)
    with Ledger(folder / "one.sqlite") as ledger:
        rows = {row.student: row.outcome for row in ledger.results("one-task", assignment.version)}
    assert len(rows) == STUDENTS
    assert (rows["student000"].status, rows["student001"].status) == ("refused", "refused")
    assert all(outcome.reason for outcome in rows.values())


def test_another_cluster_can_do_the_work(folder):
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address="127.0.0.1:0"
    ) as other:
        assert grade(folder, folder / "one.sqlite", "--scheduler", other.scheduler_address) == 0
    assert scores(folder, folder / "one.sqlite") == expected(STUDENTS)


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="this run is an ordinary user's already")
def test_an_ordinary_user_gets_the_same_scores_as_root(folder):
    """Run as a user who owns nothing, in a copy of this machine in which the folders on the way are open."""
    (folder / "out").mkdir(mode=0o777)
    (folder / "out").chmod(0o777)
    folder.chmod(0o755)
    command = [
        sys.executable,
        "-m",
        "classroom",
        "grade",
        str(folder / "submitted"),
        "--assignment",
        "one-task",
    ]
    command += [*_places(folder, folder / "out" / "user.sqlite"), "--workers", "2"]
    done = subprocess.run([*as_ordinary_user(folder), *command], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert scores(folder, folder / "out" / "user.sqlite") == expected(STUDENTS)


def as_ordinary_user(folder):
    """Return a command's beginning: others may look into every folder on the way to Python and the class."""
    import classroom

    wanted = [Path(sys.prefix), Path(sys.base_prefix), Path(classroom.__file__).parents[2], folder]
    binds, opened = [], set()
    for place in wanted:
        for parent in reversed(place.parents[:-1]):
            if parent.stat().st_mode & 0o005 != 0o005 and parent not in opened:
                opened.add(parent)
                binds += ["--perms", "0755", "--tmpfs", str(parent)]
    for place in wanted:
        if any(place.is_relative_to(parent) for parent in opened):
            for parent in reversed(place.parents[:-1]):
                # bubblewrap would make missing folders closed to others.
                if parent not in opened and any(parent.is_relative_to(above) for above in opened):
                    binds += ["--perms", "0755", "--dir", str(parent)]
            binds += ["--bind", str(place), str(place)]
    user = [
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        "--inh-caps=-all",
        "--no-new-privs",
    ]
    home = ["env", f"HOME={folder / 'out'}", "OMP_NUM_THREADS=1"]
    where = ["--chdir", str(folder / "out")]
    return ["bwrap", "--dev-bind", "/", "/", *binds, *where, "--", *user, *home]


@pytest.mark.slow
@pytest.mark.parametrize("target", crash_trials.TARGETS)
def test_a_kill_at_a_random_moment_loses_doubles_and_changes_nothing(target, tmp_path):
    import random

    needs_bubblewrap()
    write_class(tmp_path)
    rng, server = random.Random(target), None
    url = str(tmp_path / "ledger.sqlite")
    if target == "database":
        needs_postgres()
        server = crash_trials.start_server()
        url = server.new_database()
    assert crash_trials.trial(tmp_path, url, target, rng, server) == ""
    if server is not None:
        server.stop()
