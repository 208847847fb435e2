"""A judge kept warm: tests compiled and PyTorch imported once, one forked child for each submission.

The child has its own limit on memory and its own deadline. What it cannot finish is told as such.
Started as ``python -m classroom.engine.judge_process FD`` by :class:`classroom.engine.judge.Judge`.
"""

import ctypes
import gc
import json
import os
import pickle
import resource
import select
import signal
import socket
import sys
import time
from typing import Any

from classroom.engine.frames import read_frame, write_frame
from classroom.limits import MIB

PDEATHSIG = 1
JUDGE_MEMORY_MB = 600
GRACE_SECONDS = float(os.environ.get("CLASSROOM_JUDGE_GRACE", "15"))
RESULT = 16 * MIB


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
    while True:
        try:
            data = read_frame(connection)
        except EOFError:
            warm.close()
            return
        answer = _grade_in_child(assignment, data, warm, secret, connection)
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


def _grade_in_child(
    assignment: Any, data: bytes, warm: Any, secret: bytes, connection: socket.socket
) -> dict[str, Any]:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _child(assignment, data, warm, secret, write)
    os.close(write)
    try:
        return _collect(child, read, connection, assignment.limits.submission_seconds + GRACE_SECONDS)
    finally:
        os.close(read)


def _child(assignment: Any, data: bytes, warm: Any, secret: bytes, write: int) -> None:
    """Grade in a process of its own, write the answer and end."""
    answer: dict[str, Any] = {"fault": "the judge ended without an answer"}
    try:
        ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _limit_memory()
        gc.disable()  # it lives for one submission
        from classroom.judge.grading import grade_notebook

        answer = {"outcome": grade_notebook(assignment, data, warm, secret).to_json()}
    except MemoryError:
        answer = {"limit": "the memory of the judge"}
    except BaseException as error:
        answer = {"fault": f"{type(error).__name__}: {error}"}
    finally:
        with os.fdopen(write, "wb") as stream:
            stream.write(json.dumps(answer).encode())
        os._exit(0)


def _limit_memory() -> None:
    with open("/proc/self/statm") as stream:
        now = int(stream.read().split()[5]) * resource.getpagesize()
    most = now + JUDGE_MEMORY_MB * MIB
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _collect(child: int, read: int, connection: socket.socket, seconds: float) -> dict[str, Any]:
    """Return the child's answer; kill it at its deadline, or when the worker is gone."""
    until, text = time.monotonic() + seconds, bytearray()
    while True:
        left = until - time.monotonic()
        ready = select.select([read, connection], [], [], max(left, 0))[0]
        if connection in ready:
            _end(child)
            os._exit(1)  # only a hang-up comes while we work
        if left <= 0 or len(text) > RESULT:
            _end(child)
            return {"limit": "the time of the judge"}
        if read in ready:
            part = os.read(read, MIB)
            text += part
            if not part:
                break
    status = os.waitpid(child, 0)[1]
    if not text:
        return {"limit": f"the judge was ended by signal {os.WTERMSIG(status)}"}
    return json.loads(text.decode())


def _end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
