"""The warm process: it has PyTorch imported, runs no student's code, and forks a walled child a submission.

Started by the host inside bubblewrap as ``main(control, user)``. A request is a packet with two sockets: one
for the judge's frames, one to watch: when the judge closes it, the submission ends, with all it has started.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
from typing import Any

from classroom.inside import large_pages, walls
from classroom.wire.clock import waited

PACKET = 1 << 16
# The init of bubblewrap, the warm process, the monitor, the student and a few children.
SHARING = 8
POLL = 0.05
MIB = 1 << 20
PAGE = os.sysconf("SC_PAGE_SIZE")


def main(control_fd: int, user: int) -> None:
    """Serve until the host closes the control socket."""
    import torch
    import torch.fx.experimental.symbolic_shapes  # what PyTorch imports at the first gradient

    # One thread: a forked child has no other threads, and would wait for them for ever.
    torch.set_num_threads(1)
    from classroom.inside import student  # noqa: F401  (imported once, here)

    if user:
        walls.become(user)
    # What is here stays: a child that never looks at it again need not copy it.
    gc.collect()
    gc.freeze()
    large_pages.collapse()
    control = socket.socket(fileno=control_fd)
    seccomp = control.recv(PACKET)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.send(json.dumps({"ready": os.getpid()}).encode())
    while True:
        packet, fds, _, _ = socket.recv_fds(control, PACKET, 2)
        if not packet:
            return
        limits = json.loads(packet)
        if os.fork() == 0:
            control.close()
            _monitor(fds[0], fds[1], limits, seccomp)
        for fd in fds:
            os.close(fd)


def _monitor(data: int, watch: int, limits: dict[str, Any], seccomp: bytes) -> None:
    """Start the student's process, then end it on a limit or when nobody watches any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    why = "the sandbox failed"
    try:
        os.setsid()
        # First the namespaces: in one of its own, a submission's processes are counted apart from all others.
        walls.leave_namespaces()
        walls.set_limits(limits)
        child = os.fork()
        if child == 0:
            os.close(watch)
            _student(data, limits, seccomp)
        os.close(data)
        why = _wait(child, watch, limits)
    except OSError as error:
        why = f"the sandbox failed: {error}"
    finally:
        try:
            os.write(watch, why.encode()[:200])
        finally:
            os._exit(0)


def _wait(child: int, watch: int, limits: dict[str, Any]) -> str:
    """Wait for the child's end, the watcher's end or too much memory. Kill, and say which it was."""
    pidfd, allowed = os.pidfd_open(child), limits["memory_mb"] * MIB
    base, why = _anonymous("self"), ""
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    poll.register(watch, select.POLLIN)
    while not why:
        ready = {fd for fd, _ in poll.poll(POLL * 1000)}
        if watch in ready and _asked(watch):
            _answer(watch, child)
        elif watch in ready:
            why = "ended by the judge"
        elif pidfd in ready:
            why = "exit"
        elif _grown(base) > allowed:
            why = "memory"
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if why == "exit":
        why = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else "exit"
    return why


def _asked(watch: int) -> bool:
    """Return whether the judge asks something; it has hung up if not."""
    try:
        return os.read(watch, 1) != b""
    except OSError:
        return False


def _answer(watch: int, child: int) -> None:
    """Tell how long the student's process has waited for a processor."""
    with contextlib.suppress(OSError):
        os.write(watch, f"+{waited(child):.3f}".encode())


def _grown(base: int) -> int:
    """Return the memory that the processes here have taken beyond the ``base`` bytes they were born with.

    A child could write its inherited pages anew unseen: only so many are believed to share theirs.
    """
    sizes = sorted((_anonymous(name) for name in os.listdir("/proc") if name.isdigit()), reverse=True)
    return sum(max(0, size - base) if n < SHARING else size for n, size in enumerate(sizes))


def _anonymous(name: str) -> int:
    """Return a process's memory that no file backs, in bytes; one that has just ended has none."""
    try:
        with open(f"/proc/{name}/statm") as stream:
            fields = stream.read().split()
        return (int(fields[1]) - int(fields[2])) * PAGE
    except (OSError, ValueError, IndexError):
        return 0


def _student(data: int, limits: dict[str, Any], seccomp: bytes) -> None:
    """Become the student's process: walls first, then serve the judge's requests."""
    from classroom.inside import student

    try:
        os.setsid()
        _first_to_go()
        _keep_only(data)
        walls.private_files(int(limits["files_mb"]))
        walls.drop_powers(seccomp)
        os.chdir("/tmp")
        student.serve(socket.socket(fileno=data), limits["reply_mb"], limits["output_kb"])
    finally:
        os._exit(0)


def _first_to_go() -> None:
    """Where memory runs out, the kernel is to end this process and not the warm one."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as stream:
        stream.write("1000")


def _keep_only(data: int) -> None:
    null = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    for name in os.listdir("/proc/self/fd"):
        fd = int(name)
        if fd > 2 and fd != data:
            try:
                os.close(fd)
            except OSError:
                continue
