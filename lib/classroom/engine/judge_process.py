"""A judge kept warm: tests compiled and PyTorch imported once, forked children that grade.

A child has its own limit on memory and a deadline for each submission. What it cannot finish is told as such.
It grades some submissions and is then replaced: at once after one that went wrong or left much memory in use.
Started as ``python -m classroom.engine.judge_process FD`` by :class:`classroom.engine.judge.Judge`.
"""

import contextlib
import ctypes
import gc
import json
import os
import pickle
import random
import resource
import select
import signal
import socket
import sys
import time
from typing import Any

from classroom.engine.frames import read_frame, write_frame
from classroom.limits import MIB
from classroom.wire.clock import SLOWEST

PDEATHSIG = 1
JUDGE_MEMORY_MB = 600
# A guard in seconds of the wall: a submission's own time stands while others keep the processors busy.
GUARD_SECONDS = os.environ.get("CLASSROOM_JUDGE_GUARD")
GRACE_SECONDS = 15.0
RESULT = 16 * MIB
# A new child copies thousands of pages before it is at full speed.
SUBMISSIONS = 25
KEPT_MB = 100


def main(fd: int) -> None:
    """Serve gradings until the worker hangs up."""
    connection = socket.socket(fileno=fd)
    # Our own parent sent it, over a socket that nobody else holds.
    assignment, secret = pickle.loads(read_frame(connection))
    try:
        warm = _prepare(assignment)
    except Exception as error:
        write_frame(connection, json.dumps({"fault": str(error), "fatal": True}).encode())
        return
    # What is here stays: a child that never looks at it again need not copy it.
    gc.collect()
    gc.freeze()
    write_frame(connection, b"{}")
    child = None
    while True:
        try:
            data = read_frame(connection)
        except EOFError:
            warm.close()
            return
        if child is None or child.ended:
            child = Child(assignment, warm, secret)
        answer = child.grade(data, connection)
        if "fault" in answer or assignment.gpu:
            warm.restart()
        write_frame(connection, json.dumps(answer).encode())


def _prepare(assignment: Any) -> Any:
    import torch
    import torch.fx.experimental.symbolic_shapes  # what PyTorch imports at the first gradient

    torch.set_num_threads(1)
    from classroom.judge import grading, testing  # noqa: F401  (imported once, here)
    from classroom.sandbox.warm import WarmSandbox

    for task in assignment.tasks:
        for test in task.tests:
            testing.compiled(test.source, test.id)
            testing.compiled(test.public_source, test.id)
            if test.has_hidden and (rest := testing.hidden_rest(test.source, frozenset(test.hidden_lines))):
                testing.compiled(rest, test.id)
    return WarmSandbox(assignment.limits, assignment.gpu)


class Child:
    """A forked judge for some submissions. It runs no student's code and holds what the wire let through."""

    def __init__(self, assignment: Any, warm: Any, secret: bytes) -> None:
        self._connection, theirs = socket.socketpair()
        self._seconds = float(GUARD_SECONDS or assignment.limits.submission_seconds / SLOWEST + GRACE_SECONDS)
        self._left = 1 if assignment.gpu else SUBMISSIONS
        self.pid = os.fork()
        if self.pid == 0:
            self._connection.close()
            _serve(assignment, warm, secret, theirs)
        theirs.close()

    def grade(self, data: bytes, connection: socket.socket) -> dict[str, Any]:
        """Return the answer; end the child at its deadline, after its last submission, or with the worker."""
        self._left -= 1
        with contextlib.suppress(OSError):
            write_frame(self._connection, data)
        until = time.monotonic() + self._seconds
        ready = select.select([self._connection, connection], [], [], self._seconds)[0]
        if connection in ready:
            self.end()
            os._exit(1)  # only a hang-up comes while we work
        if not ready:
            self.end()
            return {"limit": "the time of the judge"}
        try:
            self._connection.settimeout(max(until - time.monotonic(), 0.1))
            answer = json.loads(read_frame(self._connection, RESULT))
        except (EOFError, OSError):
            return self._lost()
        if answer.pop("last") or not self._left:
            self.end()
        return answer

    def _lost(self) -> dict[str, Any]:
        signalled = select.select([pidfd := os.pidfd_open(self.pid)], [], [], GRACE_SECONDS)[0]
        os.close(pidfd)
        status = self.end()
        if signalled and os.WIFEXITED(status):
            return {"fault": "the judge ended without an answer"}
        return {"limit": f"the judge was ended by signal {os.WTERMSIG(status)}"}

    def end(self) -> int:
        """Kill the process and return its status."""
        self._left = 0
        self._connection.close()
        os.kill(self.pid, signal.SIGKILL)
        return os.waitpid(self.pid, 0)[1]

    @property
    def ended(self) -> bool:
        return not self._left


def _serve(assignment: Any, warm: Any, secret: bytes, connection: socket.socket) -> None:
    """Grade one submission after another until one goes wrong or much memory is held."""
    try:
        ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        before = _data_bytes()
        _limit_memory(before)
        gc.disable()  # it is done between the submissions
        while True:
            answer = _graded(assignment, read_frame(connection), warm, secret)
            answer["last"] = "outcome" not in answer or _data_bytes() - before > KEPT_MB * MIB
            write_frame(connection, json.dumps(answer).encode())
            warm.settle()
            gc.collect()
    finally:
        os._exit(0)


def _graded(assignment: Any, data: bytes, warm: Any, secret: bytes) -> dict[str, Any]:
    import torch

    from classroom.judge.grading import grade_notebook

    try:
        torch.manual_seed(0)
        random.seed(0)
        return {"outcome": grade_notebook(assignment, data, warm, secret).to_json()}
    except MemoryError:
        return {"limit": "the memory of the judge"}
    except BaseException as error:
        return {"fault": f"{type(error).__name__}: {error}"}


def _data_bytes() -> int:
    with open("/proc/self/statm") as stream:
        return int(stream.read().split()[5]) * resource.getpagesize()


def _limit_memory(now: int) -> None:
    most = now + JUDGE_MEMORY_MB * MIB
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    main(int(sys.argv[1]))
