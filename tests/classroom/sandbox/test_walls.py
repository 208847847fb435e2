"""Every wall, tried from inside; each of these facts once cost hours."""

import contextlib
import os
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from classroom.sandbox import seccomp
from classroom.sandbox.session import SessionLost, StudentError
from classroom.sandbox.warm import WarmSandbox
from tests.classroom.needs import HANG_SECONDS, needs_bubblewrap
from tests.classroom.sandbox.conftest import LIMITS


def soon():
    return time.monotonic() + HANG_SECONDS


def printed(run, source):
    text, error = run(source)
    assert error is None, error
    return text.strip()


def test_it_starts_in_its_own_namespaces_as_an_ordinary_user(run):
    said = printed(
        run,
        "import os\nprint(os.getpid(), os.getuid(), os.getppid(), os.getcwd())",
    )
    assert said == "1 1000 0 /tmp"
    assert printed(run, "import os\nprint(os.uname().nodename)") == "sandbox"


def test_only_the_few_places_are_there_and_none_can_be_written(run):
    places = set(printed(run, "import os\nprint(*os.listdir('/'))").split())
    assert places <= {
        "bin",
        "course",
        "dev",
        "etc",
        "lib",
        "lib32",
        "lib64",
        "proc",
        "sbin",
        "tmp",
        "usr",
    } | {Path(folder).parts[1] for folder in (os.sys.prefix, os.sys.base_prefix)}
    source = """
    import os
    for place in ('/', '/etc', '/course', '/course/classroom', '/dev', '/proc', os.path.dirname(os.__file__)):
        try:
            open(place + '/x', 'w')
        except OSError:
            continue
        print('wrote into', place)
    """
    assert printed(run, source.replace("\n    ", "\n")) == ""


def test_neither_the_grader_nor_the_models_nor_the_exercises_are_inside(run):
    source = "import os\nprint(*sorted(os.listdir('/course/classroom')))"
    assert printed(run, source) == "__init__.py checks.py inside wire"
    for name in ("seqgraph", "classroom.judge", "classroom.author", "classroom.ledger", "classroom.engine"):
        assert "ModuleNotFoundError" in run(f"import {name}")[1]


def test_proc_is_empty_and_the_environment_tells_nothing(run, monkeypatch):
    assert printed(run, "import os\nprint(os.listdir('/proc'))") == "[]"
    names = printed(run, "import os\nprint(*sorted(os.environ))").split()
    assert set(names) == {
        *("PATH", "HOME", "LANG", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MPLBACKEND"),
        *("MPLCONFIGDIR", "PYTHONDONTWRITEBYTECODE", "PWD"),
    }


def test_no_file_descriptor_but_its_own_channel_is_open(run):
    source = """
import os
def kind(fd):
    try:
        return os.readlink(f'/dev/fd/{fd}') if os.path.exists('/dev/fd/0') else os.fstat(fd).st_mode
    except OSError:
        return None
print([fd for fd in range(256) if kind(fd) is not None])
"""
    found = eval(printed(run, source))
    assert found[:3] == [0, 1, 2]
    assert len(found) == 4


def test_files_in_memory_are_small_and_gone_with_the_session(warm):
    first = warm.open()
    fill = "open('{0}', 'wb').write(b'left for the next one')\nn = open('{0}2', 'wb').write(bytes(64 << 20))"
    for place in ("/tmp/x", "/dev/shm/x"):
        error = first.ask("run", soon(), source=fill.format(place), label="1")[1]
        assert "No space left" in error or "File too large" in error
    second = warm.open()
    source = "import os\nprint(os.listdir('/tmp'), os.listdir('/dev/shm'))"
    assert second.ask("run", soon(), source=source, label="1")[0].strip() == "[] []"
    first.close()
    second.close()


def test_processes_and_threads_are_limited_also_when_started_as_root(run):
    source = """
import os, time, threading
n = 0
try:
    while n < 100:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        n += 1
except OSError:
    pass
try:
    threading.Thread(target=time.sleep, args=(60,)).start()
except RuntimeError:
    print(n, 'and no thread')
"""
    count, *rest = printed(run, source).split(" ", 1)
    assert rest == ["and no thread"]
    assert 1 <= int(count) < LIMITS.processes


def test_the_end_of_a_session_ends_all_it_started(warm):
    session = warm.open()
    marker = "sleeper-of-the-walls-test"
    source = f"""
import os, time, ctypes
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            ctypes.CDLL(None).prctl(15, b'{marker[:15]}', 0, 0, 0)
        time.sleep(600)
"""
    session.ask("run", soon(), source=source, label="1")
    until = soon()
    while len(named(marker[:15])) < 3 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(named(marker[:15])) == 3
    session.close()
    assert named(marker[:15]) == []


def named(name):
    found = subprocess.run(["ps", "-e", "-o", "comm="], capture_output=True, text=True, check=True).stdout
    return [line for line in found.splitlines() if line.strip() == name]


@pytest.mark.parametrize("target", ["0", "-1", "os.getppid()", "1", "os.getpid()"])
def test_killing_whatever_can_be_named_leaves_the_warm_process_alone(warm, target):
    session = warm.open()
    with contextlib.suppress(SessionLost):
        session.ask("run", soon(), source=f"import os\nos.kill({target}, 9)", label="1")
    session.close()
    other = warm.open()
    assert other.ask("run", soon(), source="print('well')", label="1")[0] == "well\n"
    other.close()


def test_memory_of_one_process_is_limited(run):
    assert "MemoryError" in run(f"x = bytearray({(LIMITS.memory_mb + 700) << 20})")[1]


@pytest.mark.parametrize("memory", ["b'x' * (140 << 20)", "[bytearray(b) for b in [b'x' * (1 << 20)] * 140]"])
def test_memory_of_all_processes_together_is_watched(memory):
    needs_bubblewrap()
    source = f"""
import os, time
for _ in range(6):
    if os.fork() == 0:
        keep = {memory}
        time.sleep(600)
time.sleep(600)
"""
    with WarmSandbox(replace(LIMITS, memory_mb=400)) as small:
        session = small.open()
        with pytest.raises(SessionLost, match="memory limit"):
            session.ask("run", soon(), source=source, label="1")
        session.close()


def test_nothing_of_a_device_can_be_changed_that_another_submission_could_see(run):
    source = """
import os
for name in os.listdir('/dev'):
    try:
        os.utime('/dev/' + name)
        print('changed', name)
    except OSError:
        pass
os.write(os.open('/dev/null', os.O_WRONLY), b'x')
print(len(os.urandom(4)), len(open('/dev/urandom', 'rb').read(3)))
"""
    lines = printed(run, source).splitlines()
    assert [line for line in lines if line != "changed shm"] == ["4 3"]


def test_a_flood_of_processes_in_one_sandbox_leaves_another_alone(warm):
    with WarmSandbox(LIMITS) as other:
        flood = other.open()
        bomb = "import os, time\nwhile True:\n    if os.fork() == 0: time.sleep(60)"
        assert "BlockingIOError" in flood.ask("run", soon(), source=bomb, label="1")[1]
        sessions = [warm.open() for _ in range(3)]
        told = [each.ask("run", soon(), source="print('well')", label="1")[0] for each in sessions]
        assert told == ["well\n"] * 3
        for session in (flood, *sessions):
            session.close()


CALLS = {
    "execve": "os.execv('/usr/bin/env', ['env'])",
    "socket": "socket.socket()",
    "unix socket": "socket.socket(socket.AF_UNIX)",
    "unshare": "call('unshare', 0x10000000)",
    "mount": "call('mount', b'none', b'/tmp', b'tmpfs', 0, None)",
    "chroot": "os.chroot('/tmp')",
    "ptrace": "call('ptrace', 16, os.fork() or os._exit(0), 0, 0)",
    "setns": "call('setns', 0, 0)",
    "clone of a user namespace": "number(56, 0x10000000 | 17, 0, 0, 0, 0)",
    "bpf": "number(321, 0, 0, 0)",
    "keyctl": "number(250, 0, 0, 0)",
    "perf_event_open": "number(298, 0, 0, 0, 0, 0)",
    "userfaultfd": "number(323, 0)",
    "io_uring_setup": "number(425, 1, 0)",
    "memfd_create": "os.memfd_create('x')",
    "process_vm_readv": "number(310, 1, 0, 0, 0, 0, 0)",
    "shared memory without a file": "__import__('mmap').mmap(-1, 4096)",
    "to be dumped again": "call('prctl', 4, 1, 0, 0, 0)",
    "the page cache": "os.preadv(0, [bytearray(1)], 0, 8)",
    "what lies in memory": "call('mincore', 0, 0, 0)",
    "setuid": "os.setuid(0)",
    "mknod": "os.mknod('/tmp/x')",
    "setpriority": "os.setpriority(os.PRIO_PROCESS, 0, 1)",
}
TRIAL = """
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def told(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), 'refused')
    return result
def call(name, *arguments):
    return told(getattr(libc, name)(*arguments))
def number(*arguments):
    return told(libc.syscall(*[ctypes.c_long(a) for a in arguments]))
try:
    CALL
except OSError as error:
    print(error.errno)
else:
    print('allowed')
"""


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="system calls have other numbers here")
@pytest.mark.parametrize("name", CALLS)
def test_system_calls_that_no_notebook_needs_are_refused(run, name):
    assert printed(run, TRIAL.replace("CALL", CALLS[name])) == "1"


def test_dev_zero_is_no_way_to_share_memory_either(run):
    assert "Error" in run("import mmap\nmmap.mmap(open('/dev/zero', 'r+b').fileno(), 1 << 20)")[1]


def test_the_filter_is_one_program_that_the_kernel_takes():
    program = seccomp.compiled()
    assert len(program) % 8 == 0
    assert 8 * 50 < len(program) < 8 * 4096


def test_limits_cannot_be_raised(run):
    source = """
import resource
for kind in (resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_AS, resource.RLIMIT_NOFILE):
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print('raised', kind)
    except (ValueError, OSError):
        pass
"""
    assert printed(run, source) == ""


def test_a_hang_costs_its_deadline_and_closes_the_session(run):
    with pytest.raises(SessionLost, match="time limit"):
        run("while True: pass", seconds=0.5)
    with pytest.raises(SessionLost, match="over"):
        run("1")


def test_an_exit_is_told_as_such(run):
    with pytest.raises(SessionLost, match="its process ended"):
        run("import os\nos._exit(0)")


def test_a_name_that_is_not_there_is_nothing_and_a_strange_request_is_an_error(run):
    run("def f(x):\n    return 1 / 0")
    (f,) = run.session.ask("find", soon(), name="f")
    assert (f.kind, f.name) == ("function", "function")
    assert run.session.ask("find", soon(), name="nothing") == []
    with pytest.raises(StudentError) as caught:
        run.session.ask("run_away", soon())
    assert caught.value.kind == "AttributeError"
