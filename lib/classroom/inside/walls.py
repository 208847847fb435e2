"""The walls around one submission, put up by its own process before any line of the student's runs.

Fresh user, process, network, mount, ipc and host-name namespaces; private, small /tmp and /dev/shm; no /proc;
limits; no capability; a filter of system calls. Only ctypes and the kernel's own calls are used.
"""

import ctypes
import os
import resource
from typing import Any

NEW_NS, NEW_UTS, NEW_IPC = 0x00020000, 0x04000000, 0x08000000
NEW_USER, NEW_PID, NEW_NET = 0x10000000, 0x20000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_RDONLY, MS_REC, MS_PRIVATE, MS_BIND = 2, 4, 8, 1, 0x4000, 0x40000, 0x1000
MS_REMOUNT, MS_NOATIME, MS_NODIRATIME, MS_RELATIME, ST_RELATIME = 32, 0x400, 0x800, 0x200000, 4096
DEVICES = ("null", "zero", "full", "random", "urandom", "tty", "pts")
SET_DUMPABLE, SET_PDEATHSIG, CAPBSET_DROP, SET_NO_NEW_PRIVS, SET_SECCOMP = 4, 1, 24, 38, 22
LAST_CAPABILITY = 63
INSIDE_ID = 1000
MIB = 1 << 20

libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> None:
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def become(user: int) -> None:
    """Give up root for good (a process of root has no limit on its number of processes)."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    # Else the kernel hides this process from itself, and no user namespace can be mapped.
    _check(libc.prctl(SET_DUMPABLE, 1, 0, 0, 0), "prctl")


def leave_namespaces() -> None:
    """Leave all shared namespaces; the next child is process 1 of the new ones."""
    user, group = os.geteuid(), os.getegid()
    _check(libc.unshare(NEW_USER | NEW_PID | NEW_NET | NEW_IPC | NEW_UTS), "unshare")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{INSIDE_ID} {user} 1"),
        ("gid_map", f"{INSIDE_ID} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as stream:
            stream.write(text)


def private_files(size_mb: int) -> None:
    """Give this process its own empty /tmp and /dev/shm, and no /proc."""
    _check(libc.unshare(NEW_NS), "unshare")
    _mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    flags = MS_NOSUID | MS_NODEV | MS_NOEXEC
    main, shared = max(1, size_mb * 3 // 4), max(1, size_mb // 4)
    _mount(b"tmpfs", b"/tmp", b"tmpfs", flags, f"size={main}m,nr_inodes=2000,mode=1777".encode())
    _mount(b"tmpfs", b"/dev/shm", b"tmpfs", flags, f"size={shared}m,nr_inodes=200,mode=1777".encode())
    for name in DEVICES:
        _close_for_writing(f"/dev/{name}")
    # Mapped and shared, /dev/zero would be memory in nobody's account.
    _mount(b"/dev/null", b"/dev/zero", None, MS_BIND, None)
    _mount(b"tmpfs", b"/proc", b"tmpfs", flags | MS_RDONLY, b"size=4k,nr_inodes=1")


def _close_for_writing(place: str) -> None:
    """Make a device's entry read-only: its times would tell the next submission something.

    The flags it has already are locked and must be named again.
    """
    if os.path.exists(place):
        kept = os.statvfs(place).f_flag
        flags = kept & (MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME | MS_NODIRATIME)
        flags |= MS_RELATIME if kept & ST_RELATIME else 0
        _mount(b"none", place.encode(), None, flags | MS_REMOUNT | MS_BIND | MS_RDONLY, None)


def _mount(source: bytes, target: bytes, kind: bytes | None, flags: int, data: bytes | None) -> None:
    _check(libc.mount(source, target, kind, ctypes.c_ulong(flags), data), f"mount {target.decode()}")


def set_limits(limits: dict[str, Any]) -> None:
    """Set the limits that the kernel keeps for each process. Must run before /proc is covered."""
    with open("/proc/self/statm") as stream:
        now = int(stream.read().split()[0]) * resource.getpagesize()
    address = now + (int(limits["memory_mb"]) + 256) * MIB
    for kind, value in (
        (resource.RLIMIT_NPROC, int(limits["processes"])),
        (resource.RLIMIT_FSIZE, int(limits["files_mb"]) * MIB),
        (resource.RLIMIT_NOFILE, int(limits["open_files"])),
        (resource.RLIMIT_CPU, int(limits["submission_seconds"]) + 5),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        *(() if limits["gpu"] else ((resource.RLIMIT_AS, address),)),
    ):
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def drop_powers(seccomp: bytes) -> None:
    """Give up every capability, now and later, and put the filter of system calls in place."""
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _check(libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    _check(libc.prctl(SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
    # A process that may be dumped can be read by others of the same user.
    _check(libc.prctl(SET_DUMPABLE, 0, 0, 0, 0), "prctl")
    text = ctypes.create_string_buffer(seccomp, len(seccomp))
    program = _Program(len(seccomp) // 8, ctypes.cast(text, ctypes.c_void_p))
    _check(libc.prctl(SET_SECCOMP, 2, ctypes.byref(program), 0, 0), "seccomp")
