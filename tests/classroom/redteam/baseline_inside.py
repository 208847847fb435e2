"""Run inside the baseline's sandbox: start nbgrader as an ordinary user, and report what it left behind.

This script is process 2 of its own namespaces and keeps root, so that no attack can end it.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from surroundings import Listeners

USER = sys.argv[1] if len(sys.argv) > 1 else "20001"
PORT, SOCKET = 47613, "redteam-baseline"
SECONDS = 60.0
GIB = 1 << 30
COMMAND = [
    "setpriv",
    f"--reuid={USER}",
    f"--regid={USER}",
    "--clear-groups",
    "--bounding-set=-all",
    "--inh-caps=-all",
    "--no-new-privs",
    "prlimit",
    "--nproc=400",
    f"--as={8 * GIB}",
    f"--fsize={3 * GIB}",
    "--cpu=90",
    "nbgrader",
    "autograde",
    "redteam",
    "--student=mallory",
]


def users_processes() -> int:
    """Return how many processes of the grader's user there are, but for those that are only waited for."""
    count = 0
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":\t", 1) for line in path.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        count += lines["Uid"].split()[0] == USER and not lines["State"].startswith("Z")
    return count


def main() -> None:
    folder = Path("/elsewhere")
    listeners = Listeners(folder, PORT, SOCKET)
    os.chmod(folder / "socket", 0o666)
    with open("/tmp/log", "wb") as log:
        process = subprocess.Popen(COMMAND, cwd="/course", stdout=log, stderr=log, start_new_session=True)
        try:
            code: int | None = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            code = None
    time.sleep(0.5)
    report = {"code": code, "left": users_processes(), "reached": listeners.reached()}
    report["log"] = Path("/tmp/log").read_bytes()[-1500:].decode("utf-8", "replace")
    print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
