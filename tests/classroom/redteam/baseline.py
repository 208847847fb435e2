"""How plain nbgrader fares with the same corpus: ``python tests/classroom/redteam/baseline.py``.

Makes a temporary nbgrader course from the same assignment, hands in each hostile submission, runs
``nbgrader autograde`` on it, and counts what each attack got. The attacks are real: each run has a bubblewrap
of its own, with private process, network and file namespaces, and limits on processes and memory. Needs root
(to become a user who owns nothing).
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HOME = Path("/", "home", "grader")
ROOT = HERE.parents[2]
for folder in (ROOT, ROOT / "lib"):
    sys.path.insert(0, str(folder))
os.environ.setdefault("OMP_NUM_THREADS", "1")

from classroom.limits import Limits  # noqa: E402
from classroom.sandbox import cgroup  # noqa: E402
from tests.classroom.redteam import baseline_course as nbgrader  # noqa: E402
from tests.classroom.redteam.attack import HARM, HIDDEN_VALUES, Attack, Notebook  # noqa: E402
from tests.classroom.redteam.baseline_inside import PORT, SOCKET  # noqa: E402
from tests.classroom.redteam.corpus import ATTACKS  # noqa: E402
from tests.classroom.redteam.surroundings import CANARY  # noqa: E402

TOKEN = f"{CANARY}-00ba5e11"
# They speak this repository's own protocol, which nbgrader does not have.
OWN_PROTOCOL = ("wire", "values")
WALL_SECONDS = 75
FIRST_USER = 20_001
# Of families whose attacks nbgrader treats all alike, one in so many is run.
SAMPLED = {"broken": 4, "banned": 6, "leak": 4}
LARGE_FILE = 50_000_000


def places() -> dict[str, str]:
    victim = nbgrader.submitted(Path("/course"), "victim")
    return {"port": str(PORT), "socket": SOCKET, "elsewhere": str(victim)}


def sandbox(course: Path, user: int) -> list[str]:
    """Return the bubblewrap command that grades the course's one new submission."""
    made: list[str] = []
    for prefix in dict.fromkeys((sys.base_prefix, sys.prefix)):
        for parent in reversed(Path(prefix).parents[:-1]):
            made += ["--perms", "0755", "--dir", str(parent)]
        made += ["--ro-bind", prefix, prefix]
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    values = {"PATH": path, "HOME": str(HOME), "LANG": "C.UTF-8"}
    values |= {"OMP_NUM_THREADS": "1", "REDTEAM_TOKEN": TOKEN}
    scripts = ("baseline_inside.py", "surroundings.py")
    inside = [part for name in scripts for part in ("--ro-bind", str(HERE / name), f"/inside/{name}")]
    private = ["--perms", "1777", "--size", str(3 << 30), "--tmpfs"]
    return [
        *("bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--die-with-parent"),
        *("--new-session", "--clearenv", "--ro-bind", "/usr", "/usr", "--ro-bind", "/etc", "/etc"),
        *("--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"),
        *("--proc", "/proc", "--dev", "/dev", *private, "/dev/shm", *private, "/tmp"),
        *("--perms", "0755", "--tmpfs", "/home"),
        *("--perms", "0777", "--dir", str(HOME), "--perms", "0777", "--dir", "/elsewhere"),
        *made,
        *("--perms", "0755", "--dir", "/inside", *inside, "--bind", str(course), "/course"),
        *(part for name, value in values.items() for part in ("--setenv", name, value)),
        *(sys.executable, "-B", "/inside/baseline_inside.py", str(user)),
    ]


def run(course: Path, user: int) -> dict[str, Any]:
    """Run nbgrader on one submission; return the report of ``baseline_inside``, or that there was none."""
    for path in (course, *course.rglob("*")):
        os.chown(path, user, user)
    group = cgroup.make(Limits(memory_mb=3072, processes=500))
    try:
        done = subprocess.run(
            sandbox(course, user),
            capture_output=True,
            text=True,
            timeout=WALL_SECONDS,
            preexec_fn=group.enter if group else None,
        )
        return json.loads(done.stdout.splitlines()[-1])
    except (subprocess.TimeoutExpired, IndexError, ValueError) as error:
        return {"code": None, "left": 0, "reached": [], "log": f"no report: {type(error).__name__}"}
    finally:
        if group:
            group.remove()


def effects(attack: Attack, course: Path, before: str, report: dict[str, Any]) -> list[str]:
    """Return what one submission got from nbgrader, in words."""
    given = nbgrader.scores(course)
    text, size = nbgrader.printed(course)
    told = set(re.findall(f"{HARM}(.{{1,60}})", text))
    read = {what for what in told if what.startswith("read ")}
    taken = {name for name, points in given.items() if points} - attack.may_keep
    taken = {name for name in taken if name.rpartition("-")[0] not in attack.may_keep}
    graded = bool(given) and all(points is not None for points in given.values())
    leaked = attack.family == "leak" and any(value in text for value in HIDDEN_VALUES)
    found = {
        "points": bool(taken),
        "points by hand": nbgrader.forged(course),
        "read": bool(read),
        "hidden inputs shown": leaked,
        "network": bool(report["reached"]),
        "processes left": report["left"] > 0,
        "file changed": nbgrader.fingerprint(course) != before,
        "harm done": (bool(told - read) and attack.channels != ("kernel",)) or size > LARGE_FILE,
        "run stopped": report["code"] is None or report["code"] < 0 or report["code"] > 128,
        "no grade": not graded,
    }
    return [what for what, true in found.items() if true]


def one(attack: Attack, template: Path, book: Notebook, number: int) -> dict[str, Any]:
    started = time.monotonic()
    course = template.parent / f"course-{number}"
    nbgrader.hand_in(template, course, book, attack.build(book), TOKEN)
    before = nbgrader.fingerprint(course)
    # Limits on processes count those of one user: each run has its own.
    report = run(course, FIRST_USER + number)
    got = effects(attack, course, before, report)
    points = sum(value or 0 for value in nbgrader.scores(course).values())
    shutil.rmtree(course)
    row = {"name": attack.name, "family": attack.family, "got": got, "points": points}
    return {**row, "seconds": round(time.monotonic() - started, 1), "log": report["log"] if not got else ""}


def chosen(names: list[str]) -> list[Attack]:
    if names:
        return [attack for attack in ATTACKS if attack.name in names or attack.family in names]
    counts: Counter[str] = Counter()
    found = []
    for attack in ATTACKS:
        if attack.family not in ("honest", *OWN_PROTOCOL):
            if counts[attack.family] % SAMPLED.get(attack.family, 1) == 0:
                found.append(attack)
            counts[attack.family] += 1
    return found


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    run_of = Counter(row["family"] for row in rows)
    got_of = Counter(row["family"] for row in rows if row["got"])
    return {
        "submissions": len(rows),
        "succeeded": sum(got_of.values()),
        "of each family": {
            family: f"{got_of[family]} of {count}" for family, count in sorted(run_of.items())
        },
        "what they got": dict(Counter(what for row in rows for what in row["got"]).most_common()),
        "seconds": round(sum(row["seconds"] for row in rows)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("only", nargs="*", help="names of attacks or families (default: a fair choice)")
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time")
    parser.add_argument("--output", type=Path, help="a JSON file (default: standard output)")
    arguments = parser.parse_args()
    if os.geteuid() != 0:
        raise SystemExit("the baseline runs real attacks as a user of its own, and only root can become one")
    with tempfile.TemporaryDirectory(prefix="baseline-") as name, ThreadPoolExecutor(arguments.jobs) as pool:
        folder = Path(name)
        folder.chmod(0o755)
        book = nbgrader.make_course(folder / "template")
        book["metadata"]["redteam"] = places()
        attacks = chosen(arguments.only)
        rows = []
        for row in pool.map(lambda n: one(attacks[n], folder / "template", book, n), range(len(attacks))):
            rows.append(row)
            print(f"{row['name']}: {', '.join(row['got']) or 'nothing'}", file=sys.stderr, flush=True)
    text = json.dumps({"summary": summary(rows), "table": rows}, indent=1)
    if arguments.output:
        arguments.output.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
