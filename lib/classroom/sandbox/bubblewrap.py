"""The bubblewrap command that starts a warm process: what it can see of this machine, and nothing else."""

import os
import shutil
import site
import sys
from pathlib import Path

import classroom
from classroom.errors import ClassroomError

COURSE = "/course"
SYSTEM = ("usr", "bin", "sbin", "lib", "lib32", "lib64")
FILES = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime")
INSIDE = ("__init__.py", "checks.py", "wire", "inside")
# Kept from students: the models they are asked to build.
HIDDEN = ("seqgraph", "sequences_to_graphs")
# Started as root, the sandbox becomes this user, which owns nothing: limits on processes don't bind root.
NOBODY = 62957
START = (
    "import sys; sys.path.insert(0, {course!r}); from classroom.inside.warm import main; main({fd}, {user})"
)


def find_bubblewrap() -> str:
    """Return bubblewrap's path, or raise ClassroomError that says how to install it."""
    found = shutil.which("bwrap")
    if found is None:
        raise ClassroomError(
            "grading needs bubblewrap to run students' code safely, and there is no `bwrap` on this machine. "
            "Install it (Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap), "
            "then run `classroom doctor`."
        )
    return found


def command(control_fd: int, gpu: bool = False) -> list[str]:
    """Return the arguments that start a warm process that talks over ``control_fd``."""
    root = os.geteuid() == 0
    namespaces = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    powers = ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    start = START.format(course=COURSE, fd=control_fd, user=NOBODY if root else 0)
    return [
        find_bubblewrap(),
        *namespaces,
        *(powers if root else ["--unshare-user", "--uid", "1000", "--gid", "1000"]),
        *("--die-with-parent", "--new-session", "--hostname", "sandbox", "--clearenv"),
        *_environment(),
        *_system(),
        *_python(),
        *_course(),
        *("--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/dev/shm"),
        *(_gpu() if gpu else []),
        # Else its folders belong to the user who started it, and a submission could leave something there.
        *("--remount-ro", "/dev", "--remount-ro", "/"),
        *("--chdir", "/", "--", sys.executable, "-I", "-c", start),
    ]


def _environment() -> list[str]:
    values = {
        "PATH": "/usr/bin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": "/tmp",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return [part for name, value in values.items() for part in ("--setenv", name, value)]


def _system() -> list[str]:
    parts = []
    for name in SYSTEM:
        path = Path("/", name)
        if path.is_symlink():
            parts += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            parts += ["--ro-bind", str(path), str(path)]
    parts += ["--perms", "0755", "--dir", "/etc"]
    for name in FILES:
        parts += ["--ro-bind-try", name, name]
    # Before what lies under it: a later tmpfs would hide it.
    return [*parts, "--perms", "1777", "--tmpfs", "/tmp"]


def _python() -> list[str]:
    parts, made = [], set()
    for folder in dict.fromkeys((sys.base_prefix, sys.prefix)):
        if not Path(folder).is_relative_to("/usr"):
            parts += [*_parents(Path(folder), made), "--ro-bind", folder, folder]
    for packages in site.getsitepackages():
        for name in HIDDEN:
            if Path(packages, name).is_dir():
                parts += ["--tmpfs", str(Path(packages, name))]
    return parts


def _parents(path: Path, made: set[Path]) -> list[str]:
    """Make parent folders one by one: bubblewrap makes missing ones closed to other users."""
    parts = []
    for parent in reversed(path.parents[:-1]):
        if parent not in made:
            parts += ["--perms", "0755", "--dir", str(parent)]
            made.add(parent)
    return parts


def _course() -> list[str]:
    package = Path(classroom.__file__).parent
    parts = ["--perms", "0755", "--dir", COURSE, "--perms", "0755", "--dir", f"{COURSE}/classroom"]
    for name in INSIDE:
        parts += ["--ro-bind", str(package / name), f"{COURSE}/classroom/{name}"]
    return parts


def _gpu() -> list[str]:
    parts = ["--ro-bind-try", "/sys", "/sys"]
    for device in sorted(Path("/dev").glob("nvidia*")):
        parts += ["--dev-bind-try", str(device), str(device)]
    return parts
