"""The commands, from a ledger with results to files."""

import argparse
import csv
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from classroom.author.source import load_assignment
from classroom.errors import ClassroomError
from classroom.ledger.store import Ledger
from classroom.notebooks import repository_root
from classroom.outcome import Outcome, TestResult
from classroom.publish.commands import add_commands
from tests.classroom.publish import maker


def run(*words) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(required=True))
    options = parser.parse_args([str(word) for word in words])
    return options.run(options)


def outcome(assignment, share: float) -> Outcome:
    tests = [test for task in assignment.tasks for test in task.tests]
    reason = "" if share == 1 else "public check failed: of one"
    results = [TestResult(t.id, t.task, share * t.points, t.points, reason) for t in tests]
    return Outcome("graded", "said", tuple(results))


class Class:
    """A folder of exercises, a ledger with results of three students, and a fourth who waits."""

    def __init__(self, folder: Path):
        self.folder, self.exercises, self.secret = folder, folder / "exercises", folder / "secret"
        self.secret.write_text("a secret of this test only")
        maker.save_source(self.exercises)
        self.assignment = load_assignment("gates", self.exercises, self.secret.read_bytes())
        self.db = folder / "ledger.sqlite"

    def fill(self, version: str | None = None) -> None:
        name, version = self.assignment.name, version or self.assignment.version
        with Ledger(self.db) as ledger:
            ledger.set_version(version, name)
            for number, student in enumerate(("ada", "bob", "cleo", "waits")):
                received = maker.RECEIVED + timedelta(hours=number)
                sha = ledger.add_submission(name, student, b'{"cells": %d}' % number, "here", received)
                if student != "waits":
                    ledger.record(sha, version, outcome(self.assignment, (2 - number) / 2), 1, "w")
            ledger.event("fault", "the sandbox \x1b[31mdied")
            ledger.event("note", "nothing of importance")

    def run(self, command: str, *words) -> int:
        common = "--db", self.db, "--exercises", self.exercises, "--secret", self.secret
        return run(command, self.assignment.name, *common, *words)


@pytest.fixture
def school(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Class(tmp_path)
    made.fill()
    return made


def test_feedback(school, capsys):
    assert school.run("feedback") == 0
    folder = Path("feedback") / school.assignment.name
    assert sorted(path.name for path in folder.iterdir()) == ["ada.html", "bob.html", "cleo.html"]
    said = capsys.readouterr()
    assert said.out == f"3 pages in {folder}\n"
    assert "1 of 4 students have no result yet" in said.err


def test_report(school, tmp_path):
    assert school.run("report", "--out", tmp_path / "page.html") == 0
    assert "<dt>Graded</dt><dd>3</dd>" in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["csv", "canvas", "moodle"])
def test_export(school, capsys, kind):
    assert school.run("export", "--to", kind) == 0
    path = Path(f"{school.assignment.name}-{kind}.csv")
    text = path.read_text(encoding="utf-8-sig")
    full = f"{school.assignment.max_points:g}"
    lines = [line for line in csv.reader(text.splitlines()) if line[0] in ("ada", "bob", "cleo")]
    assert [full in line for line in lines] == [True, kind == "csv", kind == "csv"]
    assert capsys.readouterr().out.startswith(f"{path}: points of 3 students")


def test_export_lists_whom_it_could_not_match(school, capsys, tmp_path):
    roster = tmp_path / "roster.csv"
    full = school.assignment.max_points
    roster.write_text(
        "Identifier,Full name,Email address,Grade,Maximum grade,Last modified (grade)\n"
        f"Participant 1,Ada,ada@x.org,,{full},-\nParticipant 2,Zoe,zoe@x.org,,{full},-\n"
    )
    assert school.run("export", "--to", "moodle", "--roster", roster) == 0
    said = capsys.readouterr().out
    assert "or not clearly in one (2):\n  bob\n  cleo\n" in said
    assert "without a result (1):\n  Zoe (Participant 2)\n" in said


def test_roster_where_none_is_used(school, tmp_path):
    with pytest.raises(ClassroomError, match="--roster and --scale go with"):
        school.run("export", "--to", "csv", "--roster", tmp_path / "x")


@pytest.mark.slow
def test_export_to_nbgrader(school, capsys):
    assert school.run("export", "--to", "nbgrader") == 0
    assert Path("course/gradebook.db").is_file()
    assert "3 students in the gradebook" in capsys.readouterr().out
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{Path('course').resolve()}/gradebook.db") as book:
        scores = {one["student"]: one["code_score"] for one in book.submission_dicts(school.assignment.name)}
    full = school.assignment.max_points
    assert scores == {"ada": full, "bob": full / 2, "cleo": 0}


def test_status(school, capsys):
    assert school.run("status") == 0
    said = capsys.readouterr().out
    assert "4 students: 3 graded, 0 refused, 1 without a result" in said
    assert f"version {school.assignment.version[:12]} of" in said
    assert "3 results, the present one" in said
    assert "(1):" in said
    assert "the sandbox died" in said
    assert "importance" not in said


@pytest.mark.parametrize("command", ["feedback", "report", "export"])
def test_results_of_another_version_only_are_not_used(tmp_path, monkeypatch, command, capsys):
    monkeypatch.chdir(tmp_path)
    made = Class(tmp_path)
    made.fill("0d" * 32)
    words = ("--to", "csv") if command == "export" else ()
    with pytest.raises(
        ClassroomError, match=r"no results .*; there are for 0d0d0d0d0d0d \(3 results\).*regrade"
    ):
        made.run(command, *words)
    assert not list(tmp_path.glob("*.csv"))
    assert made.run("status") == 0
    assert "0 graded, 0 refused, 4 without" in capsys.readouterr().out


def test_no_ledger_and_no_submission(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Class(tmp_path)
    with pytest.raises(ClassroomError, match="there is no ledger"):
        made.run("report")
    assert not made.db.exists()
    Ledger(made.db).close()
    with pytest.raises(ClassroomError, match="no student handed in"):
        made.run("report")


def test_commands_load_nothing_heavy():
    heavy = {"torch", "nbgrader", "sqlalchemy", "jinja2"}
    code = f"import sys, classroom.publish.commands\nprint({heavy} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=repository_root() / "lib",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "set()\n"
