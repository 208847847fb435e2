"""A warm process as the host sees it: started once, asked for one session after another."""

import contextlib
import json
import select
import socket
import subprocess
import tempfile
import time
from dataclasses import asdict
from types import TracebackType

from classroom.errors import ClassroomError
from classroom.limits import Limits
from classroom.sandbox import bubblewrap, cgroup, seccomp
from classroom.sandbox.session import Session
from classroom.wire.channel import Channel
from classroom.wire.clock import FairClock

START_SECONDS = 600  # a guard


class SandboxLost(Exception):
    """The warm process is gone: a fault of the system, never of a student."""


class WarmSandbox:
    """A warm process in bubblewrap; ``open`` gives a walled session for one submission.

    Args:
        limits: what a session may use
        gpu: let the session see the machine's NVIDIA devices; every session then gets a process of its own
    """

    def __init__(self, limits: Limits, gpu: bool = False) -> None:
        self.limits, self.gpu = limits, gpu
        self._process: subprocess.Popen[bytes] | None = None
        self._ending: list[Session] = []
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as this object)
        self._start()

    def __enter__(self) -> "WarmSandbox":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def open(self, clock: FairClock | None = None) -> Session:
        """Return a new session; raise SandboxLost where the warm process is gone.

        Args:
            clock: the submission's clock, or None for a new one
        """
        self.settle()
        if self.gpu and self._used:
            self.restart()
        self._used = True
        data, student_data = socket.socketpair()
        watch, monitor_watch = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        request = json.dumps(asdict(self.limits) | {"gpu": self.gpu}).encode()
        try:
            socket.send_fds(self._control, [request], [student_data.fileno(), monitor_watch.fileno()])
        except OSError as error:
            raise SandboxLost(f"the warm process is gone: {error}") from error
        finally:
            student_data.close()
            monitor_watch.close()
        return Session(Channel(data, self.limits.reply_mb, clock), watch)

    def leave(self, session: Session) -> None:
        """End a session; ``settle`` waits until all of it is gone."""
        session.end()
        self._ending.append(session)

    def settle(self) -> None:
        """Wait until every session that was left is gone."""
        while self._ending:
            self._ending.pop().close()

    def close(self) -> None:
        """End the warm process and every session."""
        self.settle()
        self._stop()
        self._errors.close()

    def _stop(self) -> None:
        if self._process is not None:
            self._control.close()
            self._process.kill()
            self._process.wait()
            self._process = None
            if self._group:
                self._group.remove()

    def restart(self) -> None:
        """End the warm process and start another one."""
        self._stop()
        self._start()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def _start(self) -> None:
        self._used = False
        self._control, inside = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with inside:
            arguments = bubblewrap.command(inside.fileno(), self.gpu)
            self._group = cgroup.make(self.limits)
            self._process = subprocess.Popen(
                arguments,
                preexec_fn=self._group.enter if self._group else None,
                pass_fds=(inside.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
            )
        with contextlib.suppress(OSError):
            self._control.send(seccomp.compiled())
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if select.select([self._control], [], [], 0.2)[0]:
                try:
                    if self._control.recv(1000):
                        return
                except OSError:
                    pass
                break
        self._failed()

    def _failed(self) -> None:
        self._stop()
        self._errors.seek(0)
        said = self._errors.read(4000).decode("utf-8", "replace").strip()
        raise ClassroomError(
            "the sandbox could not be started, so nothing was graded. "
            "`classroom doctor` explains this machine.\n"
            f"What it said: {said or 'nothing'}"
        )
