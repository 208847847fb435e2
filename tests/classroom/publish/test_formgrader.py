"""nbgrader's formgrader, feedback and export, on a synced course of 200, agree with the ledger."""

import csv
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from classroom.outcome import CellOutput
from classroom.publish.gradebook import sync_gradebook
from tests.classroom.needs import HANG_SECONDS
from tests.classroom.publish import maker
from tests.classroom.publish.active import Active

pytestmark = pytest.mark.slow
TOKEN = "only-for-this-test"
STUDENTS = 200
EVIL = "</pre></script><script>alert(13)</script><img src=x onerror=alert(13)>[a](javascript:alert(13))"


@pytest.fixture(scope="module")
def rows():
    made, files = maker.many(STUDENTS)
    data = maker.submission(gru=EVIL, essay=EVIL, extra=EVIL)
    outcome = maker.outcome(
        (1, 1, 0), (EVIL, "", EVIL), (EVIL, "", EVIL), outputs=(CellOutput(2, EVIL, EVIL),)
    )
    made[7] = maker.row(made[7].student, outcome, data, received=made[7].received)
    return made, files | {made[7].sha: data}


@pytest.fixture(scope="module")
def course(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("formgrader") / "course"
    made, files = rows
    sync_gradebook(maker.assignment(), made, folder, files.get)
    return folder


def environment(folder: Path) -> dict[str, str]:
    programs = str(Path(sys.executable).parent)
    home = {name: str(folder.parent / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "HOME")}
    return os.environ | home | {"PATH": os.pathsep.join([programs, os.environ["PATH"]])}


def nbgrader(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def feedback(course):
    """The feedback of ten students, made at once: nbgrader takes seconds to start."""
    nbgrader(course, "generate_feedback", "gates", "--student", "student000*")
    return course / "feedback"


class Browser:
    """GET requests to a server on this machine."""

    def __init__(self, port: int):
        self.root = f"http://127.0.0.1:{port}/formgrader"

    def get(self, path: str) -> str:
        request = urllib.request.Request(self.root + path, headers={"Authorization": f"token {TOKEN}"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=HANG_SECONDS) as answer:
            return answer.read().decode("utf-8")

    def json(self, path: str):
        return json.loads(self.get(path))


@pytest.fixture(scope="module")
def browser(course):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "ip": "127.0.0.1",
        "port": port,
        "port_retries": 0,
        "root_dir": course,
        "open_browser": False,
        "allow_root": True,
        "jpserver_extensions": '{"nbgrader.server_extensions.formgrader": True, "jupyterlab": False}',
    }
    command = [sys.executable, "-m", "jupyter_server", f"--IdentityProvider.token={TOKEN}"]
    command += [f"--ServerApp.{name}={value}" for name, value in settings.items()]
    log = course.parent / "server.log"
    with log.open("wb") as stream:
        server = subprocess.Popen(
            command, cwd=course, env=environment(course), stdout=stream, stderr=subprocess.STDOUT
        )
    try:
        yield _when_it_answers(Browser(port), server, log)
    finally:
        server.terminate()
        server.wait(HANG_SECONDS)


def _when_it_answers(browser: Browser, server: subprocess.Popen, log: Path) -> Browser:
    until = time.monotonic() + HANG_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            assert browser.json("/api/status") == {"status": True}
            return browser
        except urllib.error.URLError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


def test_every_score_of_the_formgrader_is_the_ledgers(browser, rows):
    shown = {one["student"]: one for one in browser.json("/api/submissions/gates")}
    assert len(shown) == STUDENTS
    for row in rows[0]:
        one = shown[row.student]
        assert one["code_score"] == row.outcome.points
        assert (one["max_code_score"], one["max_score"]) == (7, 10)
        assert one["autograded"]
        assert one["needs_manual_grade"]
        assert one["timestamp"] == row.received.replace(tzinfo=None).isoformat()


def test_every_cell_of_the_formgrader_has_the_ledgers_points(browser, rows):
    shown = {one["student"]: one["id"] for one in browser.json("/api/submitted_notebooks/gates/gates")}
    for row in rows[0]:
        grades = browser.json(f"/api/grades?submission_id={shown[row.student]}")
        got = {grade["name"]: grade["auto_score"] for grade in grades}
        assert got == {test.test: test.points for test in row.outcome.tests} | {"essay": None}


@pytest.mark.parametrize(
    "path",
    ["", "/manage_assignments", "/gradebook", "/gradebook/gates", "/gradebook/gates/gates",
     "/manage_submissions/gates", "/manage_students", "/manage_students/student0007"],
)  # fmt: skip
def test_pages_of_the_formgrader_open(browser, path):
    assert "<title>nbgrader formgrade</title>" in browser.get(path)


def test_assignment_and_averages(browser, rows):
    (assignment,) = browser.json("/api/assignments")
    assert (assignment["name"], assignment["num_submissions"]) == ("gates", STUDENTS)
    mean = sum(row.outcome.points for row in rows[0]) / STUDENTS
    assert assignment["average_code_score"] == pytest.approx(mean, abs=0.006)


def test_page_of_a_submission_shows_the_work_and_the_whole_test(browser, rows):
    shown = {one["student"]: one["id"] for one in browser.json("/api/submitted_notebooks/gates/gates")}
    page = browser.get(f"/submissions/{shown['student0003']}/")
    text = re.sub(r"<[^>]+>", "", page)
    assert "printed 3" in text
    assert maker.SECRET_LINE in text
    assert "check failed: values" in text
    assert "Not graded" in browser.get(f"/submissions/{shown['student0040']}/")


def test_nothing_of_a_student_runs_on_the_markers_page(browser, feedback):
    shown = {one["student"]: one["id"] for one in browser.json("/api/submitted_notebooks/gates/gates")}
    page = browser.get(f"/submissions/{shown['student0007']}/")
    assert page.count("alert(13)") > 3  # shown as text
    assert Active(page).found == []
    page = (feedback / "student0007" / "gates" / "gates.html").read_text(encoding="utf-8")
    assert page.count("alert(13)") > 3
    assert Active(page).found == []


def test_feedback_of_nbgrader_hides_the_hidden_tests(feedback, rows):
    chosen = [row for row in rows[0] if row.student.startswith("student000")]
    assert len(chosen) == 10
    for row in chosen:
        page = (feedback / row.student / "gates" / "gates.html").read_text(encoding="utf-8")
        text = re.sub(r"<[^>]+>", "", page)
        assert maker.SECRET_LINE not in text
        assert f"(Score: {float(row.outcome.points)} / 10.0)" in re.sub(r"\s+", " ", text)


def test_export_of_nbgrader(course, rows):
    nbgrader(course, "export", "--to", "grades.csv")
    with (course / "grades.csv").open(encoding="utf-8") as stream:
        got = {row["student_id"]: float(row["score"]) for row in csv.DictReader(stream)}
    assert got == {row.student: row.outcome.points for row in rows[0]}
