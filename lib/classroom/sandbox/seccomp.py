"""The filter of system calls, compiled by libseccomp for the kernel of this machine."""

import errno
import tempfile
from functools import cache

NEW_NAMESPACES = 0x7E020080
# What a notebook has no use for, and an attack has. Names a kernel doesn't know are left out.
REFUSED = """
execve execveat
mount umount umount2 pivot_root chroot move_mount open_tree fsopen fsconfig fsmount fspick mount_setattr
setns unshare ptrace process_vm_readv process_vm_writev process_madvise kcmp
pidfd_getfd pidfd_open pidfd_send_signal
bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
keyctl add_key request_key memfd_create memfd_secret shmget shmat shmctl msgget msgsnd msgrcv semget semop
preadv2 pwritev2 mincore cachestat fadvise64 readahead
socket connect bind listen accept accept4
open_by_handle_at name_to_handle_at fanotify_init inotify_init inotify_init1
init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff quotactl quotactl_fd
acct
settimeofday clock_settime clock_adjtime adjtimex syslog personality lookup_dcookie iopl ioperm modify_ldt
vhangup nfsservctl uselib ustat move_pages migrate_pages mbind set_mempolicy vmsplice mknod mknodat
setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset
landlock_create_ruleset landlock_add_rule landlock_restrict_self seccomp
sched_setscheduler sched_setattr setpriority
""".split()


@cache
def compiled() -> bytes:
    """Return the filter as the kernel takes it. The refused calls fail with EPERM; nothing is killed."""
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    refuse = seccomp.ERRNO(errno.EPERM)
    for name in REFUSED:
        if seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) >= 0:
            rules.add_rule(refuse, name)
    # clone() may start threads and children, no namespace. clone3() hides its flags: glibc does without.
    for bit in (1 << n for n in range(32) if NEW_NAMESPACES >> n & 1):
        rules.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, bit, bit))
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    # A process that could be dumped again could be read by a core handler of the host.
    rules.add_rule(refuse, "prctl", seccomp.Arg(0, seccomp.EQ, 4), seccomp.Arg(1, seccomp.NE, 0))
    # Memory that processes share without a file is in no process's account once it is let go.
    shared = 0x21
    for call in ("mmap", "mmap2"):
        if seccomp.resolve_syscall(seccomp.Arch.NATIVE, call) >= 0:
            rules.add_rule(refuse, call, seccomp.Arg(3, seccomp.MASKED_EQ, shared, shared))
    # Ways to type into a terminal that is shared, and to watch other processes' resources.
    rules.add_rule(refuse, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, 0x5412))
    rules.add_rule(refuse, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, 0x541C))
    with tempfile.TemporaryFile() as stream:
        rules.export_bpf(stream)
        stream.seek(0)
        return stream.read()
