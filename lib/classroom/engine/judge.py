"""The worker's side of a warm judge: start it, ask it, start it again when it is lost."""

import contextlib
import json
import os
import pickle
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from classroom.engine.frames import read_frame, write_frame
from classroom.errors import ClassroomError
from classroom.outcome import Outcome

if TYPE_CHECKING:
    from classroom.author.source import Assignment

ATTEMPTS = 4
LIMITS_HIT = 2


class SystemTrouble(Exception):
    """Grading failed again and again for a reason that is not the submission's."""


class Judge:
    """A warm judge process for one assignment.

    Args:
        assignment: what is graded
        secret: the course secret
        cpu: the one processor for it and its sandbox. They work in turn and need no second one, and a
            submission that keeps it busy slows down no other
    """

    def __init__(self, assignment: "Assignment", secret: bytes, cpu: int | None = None) -> None:
        self._cpu = cpu
        self._spec = pickle.dumps((assignment, secret))
        self._assignment = assignment
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> "Judge":
        """Start the process and hand it the tests, without waiting for it to be ready."""
        self.close()
        self._connection, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "classroom.engine.judge_process", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
            )
        if self._cpu is not None:
            with contextlib.suppress(OSError):  # it has just ended, or may not run there: then anywhere
                os.sched_setaffinity(self._process.pid, {self._cpu})
        write_frame(self._connection, self._spec)
        self._ready = False
        return self

    def grade(self, data: bytes) -> tuple[Outcome, int]:
        """Return a submission's outcome and the number of attempts it took.

        Faults of the system are tried again with a new judge. A limit of the judge itself that is hit twice
        becomes an outcome. Raises SystemTrouble after four attempts, ClassroomError without a sandbox.
        """
        from classroom.judge.grading import refuse

        limits, said = 0, ""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = self._ask(data)
            except (EOFError, OSError) as error:
                said = f"the judge is gone ({error})"
                self.close()
                continue
            if "outcome" in answer:
                return Outcome.from_json(answer["outcome"]), attempt
            said = answer.get("fault") or answer["limit"]
            if "limit" in answer:
                limits += 1
                if limits == LIMITS_HIT:
                    return refuse(self._assignment, f"grading it went beyond a limit twice: {said}"), attempt
        raise SystemTrouble(said)

    def close(self) -> None:
        """End the process; its sandbox ends with it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def _ask(self, data: bytes) -> dict[str, Any]:
        if self._connection is None:
            self.start()
        if not self._ready:
            answer = json.loads(read_frame(self._connection))
            if "fault" in answer:
                raise ClassroomError(answer["fault"])
            self._ready = True
        write_frame(self._connection, data)
        return json.loads(read_frame(self._connection))
