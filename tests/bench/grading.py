"""How fast a class is graded, as a ratio to `nbgrader autograde` on the same files, in one run.

Run by `make bench`, as whole commands: start, database and all. nbgrader takes some seconds a notebook, so
all 200 take it some ten minutes; `--nbgrader 20` gives it the first 20 only and compares by the submission.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from classroom.author.answers import read_answers
from classroom.author.release import released_notebook
from classroom.author.source import Assignment, load_assignment
from classroom.ledger.store import Ledger

ROOT = Path(__file__).resolve().parents[2]
SECRET = b"the secret of a measured class"
FLOODS = {
    "values": "def {name}(*a, **k):\n    return [[[]] * 300] * 300",
    "numbers": "def {name}(*a, **k):\n    return list(range(200_000))",
    "tensors": "import torch\ndef {name}(*a, **k):\n    return [torch.zeros(1 << 18) for _ in range(99)]",
    "text": "def {name}(*a, **k):\n    return 'x' * (1 << 30)",
    "errors": "def {name}(*a, **k):\n    raise ValueError('x' * (1 << 28))",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--nbgrader", type=int, default=None, metavar="N", help="give it the first N only")
    parser.add_argument("--assignment", default="gated-units")
    options = parser.parse_args()
    students = [f"student{number:04}" for number in range(options.students)]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "secret").write_bytes(SECRET)
        assignment = load_assignment(options.assignment, ROOT / "exercises", SECRET)
        made = submissions(assignment, students)
        for student, data in made.items():
            path = place / "submitted" / student / assignment.name / f"{assignment.name}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_bytes(data)
        ours = grade(place, assignment)
        points(place, assignment, students)
        flood(place, assignment)
        theirs = students[: options.nbgrader] if options.nbgrader else students
        other = autograde(place, assignment, theirs) / len(theirs) * len(students)
        print(f"nbgrader autograde: {other:.0f} s for {len(students)}, measured on {len(theirs)}")
        print(f"ratio: {other / ours:.1f}")
    return 0


def submissions(assignment: Assignment, students: list[str]) -> dict[str, bytes]:
    """Return right answers of all kinds, each with a remark of its own so that no two files are the same."""
    answers = [{task.id: task.solution for task in assignment.tasks}]
    answers += [answers[0] | right for right in read_answers(assignment, ROOT / "exercises").right]
    made = {}
    for number, student in enumerate(students):
        made[student] = filled(assignment, answers[number % len(answers)], f"# by {student}\n")
    return made


def filled(assignment: Assignment, sources: dict[str, str], remark: str = "") -> bytes:
    """Return the released notebook with these answers in its cells."""
    notebook = released_notebook(assignment, ROOT / "exercises")
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in sources:
            cell["source"] = remark + sources[name]
    return json.dumps(notebook).encode()


def command(place: Path, assignment: Assignment, folder: str, ledger: str) -> list[str]:
    start = [sys.executable, "-m", "classroom", "grade", str(place / folder), "--assignment", assignment.name]
    return [*start, "--secret", str(place / "secret"), "--db", str(place / ledger), "--workers", "2"]


def grade(place: Path, assignment: Assignment) -> float:
    """Return the seconds of the whole command."""
    begun = time.perf_counter()
    subprocess.run(command(place, assignment, "submitted", "ledger.sqlite"), check=True, cwd=ROOT)
    seconds = time.perf_counter() - begun
    print(f"classroom grade: {seconds:.1f} s, start and database included")
    return seconds


def points(place: Path, assignment: Assignment, students: list[str]) -> None:
    """Print what one submission costs, and see that each got full marks."""
    with Ledger(place / "ledger.sqlite") as ledger:
        rows = ledger.results(assignment.name, assignment.version)
    full = sum(row.outcome.points == row.outcome.max_points for row in rows)
    costs = sorted(row.outcome.seconds for row in rows)
    print(f"{full} of {len(students)} have full marks")
    p95 = costs[int(0.95 * (len(costs) - 1))]
    print(f"a submission costs {1000 * statistics.median(costs):.0f} ms, 95th percentile {1000 * p95:.0f} ms")


def flood(place: Path, assignment: Assignment) -> None:
    """Print the judge's largest memory while submissions flood it with values."""
    names = {task.id: task.id for task in assignment.tasks}
    for kind, body in FLOODS.items():
        path = place / "floods" / f"{kind}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(filled(assignment, {task: body.format(name=name) for task, name in names.items()}))
    run = subprocess.Popen(command(place, assignment, "floods", "floods.sqlite"), cwd=ROOT)
    largest = 0
    while run.poll() is None:
        largest = max([largest, *map(resident, judges())])
        time.sleep(0.01)
    print(f"largest memory of a judge under floods: {largest / (1 << 20):.0f} MiB")


def judges() -> list[int]:
    """Return the judges' processes and their children for one submission."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"judge_process" in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


def autograde(place: Path, assignment: Assignment, students: list[str]) -> float:
    """Return the seconds of `nbgrader autograde` for some students; making the course is not counted."""
    course = place / "course"
    source = course / "source" / assignment.name
    source.mkdir(parents=True)
    (source / f"{assignment.name}.ipynb").write_text(json.dumps(assignment.notebook), encoding="utf-8")
    (course / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    tools = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}
    program = str(tools / "nbgrader")
    quiet = {"cwd": course, "env": environment, "check": True, "stderr": subprocess.DEVNULL}
    subprocess.run([program, "generate_assignment", assignment.name], **quiet)
    for student in students:
        shutil.copytree(place / "submitted" / student, course / "submitted" / student)
    begun = time.perf_counter()
    subprocess.run([program, "autograde", assignment.name], **quiet)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
