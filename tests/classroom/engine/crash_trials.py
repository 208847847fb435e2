"""Kill something at a random moment of a run, run again, and look at every score.

``python -m tests.classroom.engine.crash_trials COUNT SEED`` kills in turn the coordinator, a worker, a warm
process, a judge and the PostgreSQL server (all its processes, as a power cut would). After each kill the same
command runs again until it exits with 0; then the ledger must hold exactly the scores of an undisturbed run.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.classroom.engine.small_class import STUDENTS, expected, write_class
from tests.classroom.needs import HANG_SECONDS

TARGETS = ("coordinator", "worker", "warm process", "judge", "database")
RUNS = 6


def main(count: int, seed: int) -> int:
    rng = random.Random(seed)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        write_class(Path(folder))
        server = None
        for number in range(count):
            target = TARGETS[number % len(TARGETS)]
            if server is None and target == "database":
                server = start_server()
            url = server.new_database() if target == "database" else f"{folder}/{number}.sqlite"
            found = trial(Path(folder), url, target, rng, server)
            wrong += found != ""
            print(f"{number + 1}/{count} {target}: {found or 'same scores'}", flush=True)
        if server is not None:
            server.stop()
    print(f"{count} trials, {wrong} with a lost, doubled or changed score")
    return int(wrong > 0)


def start_server():
    from tests.classroom.needs import needs_postgres
    from tests.classroom.postgres import PostgresServer

    server = PostgresServer(needs_postgres(), durable=True)
    server.start()
    return server


def trial(folder: Path, url: str, target: str, rng: random.Random, server=None) -> str:
    """Run, kill once, run until done; return what is wrong with the ledger ("" for nothing)."""
    run = start(folder, url)
    killed = kill_during(run, url, target, rng, server)
    code = run.wait(HANG_SECONDS)
    if not killed:
        # The run was over first: not a trial. The next one has a ledger of its own.
        other = server.new_database() if server is not None else f"{folder}/{rng.getrandbits(64)}.sqlite"
        return trial(folder, other, target, rng, server)
    for _ in range(RUNS):
        if code == 0:
            return compare(url)
        code = start(folder, url).wait(HANG_SECONDS)
    return f"still exit {code} after {RUNS} runs"


def start(folder: Path, url: str) -> subprocess.Popen:
    command = [
        sys.executable,
        "-m",
        "classroom",
        "grade",
        str(folder / "submitted"),
        "--assignment",
        "one-task",
    ]
    command += ["--exercises", str(folder / "exercises"), "--db", url, "--workers", "2"]
    command += ["--secret", str(folder / "secret")]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)


def kill_during(run: subprocess.Popen, url: str, target: str, rng: random.Random, server) -> bool:
    """Kill the target after a random number of results: from the first sign of it to near the run's end."""
    until, wanted = time.monotonic() + HANG_SECONDS, rng.randrange(STUDENTS * 3 // 4)
    seen = False
    while time.monotonic() < until and run.poll() is None:
        seen = seen or bool(find(run.pid, target))
        if seen and results(url) >= wanted:
            break
        time.sleep(0.1)
    if target == "database":
        server.kill()
        time.sleep(rng.uniform(0.0, 2.0))  # the run waits much longer
        server.start()
        return True
    found = find(run.pid, target)
    for pid in found[:1] if target != "coordinator" else [run.pid]:
        try:
            os.kill(pid, signal.SIGKILL)
            return True
        except ProcessLookupError:
            return False
    return False


def results(url: str) -> int:
    """Return how many results a ledger holds, 0 where it is not made yet."""
    if "://" not in url and not Path(url).exists():
        return 0
    engine = create_engine(address_of(url))
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT count(*) FROM ledger_result")).scalar() or 0
    except DBAPIError:
        return 0
    finally:
        engine.dispose()


def address_of(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://") if "://" in url else f"sqlite:///{url}"


def find(pid: int, target: str) -> list[int]:
    """Return the processes of a run that are a target."""
    below = descendants(pid)
    if target in ("coordinator", "database"):
        # From its first worker on: before that nothing is at stake.
        return [pid] if any("judge_process" in command(one) for one in below) else []
    if target == "worker":
        workers = {parent(one) for one in below if "judge_process" in command(one)}
        return sorted(workers & set(below))
    word = {"judge": "judge_process", "warm process": "bwrap"}[target]
    return [one for one in below if word in command(one)]


def descendants(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = {int(a): int(b) for a, b in (line.split() for line in listed.splitlines())}
    found = {pid}
    while more := {one for one, above in parents.items() if above in found} - found:
        found |= more
    return sorted(found - {pid})


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return -1


def compare(url: str) -> str:
    """Return how the ledger differs from an undisturbed run, read by plain SQL."""
    engine = create_engine(address_of(url))
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT s.student, t.test, t.points FROM ledger_submission s "
                "JOIN ledger_result r ON r.sha = s.sha "
                "JOIN ledger_score t ON t.sha = r.sha AND t.version = r.version"
            )
        ).all()
    engine.dispose()
    got = sorted(tuple(row) for row in rows)
    wanted = expected()
    if got == wanted:
        return ""
    return f"{len(got)} scores of {len(wanted)}; first difference: {next(iter(set(got) ^ set(wanted)), None)}"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
