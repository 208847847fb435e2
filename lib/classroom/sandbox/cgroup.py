"""A control group around one warm process and all it starts, where the host lets us make one.

It is the last wall: limits of each process and the watch on their memory hold without it. Version 2 of
control groups is used where the host delegates it, version 1 where the host still has that.
"""

import contextlib
import itertools
import os
import time
from dataclasses import dataclass
from pathlib import Path

from classroom.limits import MIB, Limits

ROOT = Path("/sys/fs/cgroup")
# PyTorch itself, and room so that the watch inside, which knows whose memory it is, comes first.
ROOM_MB = 1536
SPARE_PROCESSES = 16
_numbers = itertools.count()


@dataclass(frozen=True)
class ControlGroup:
    """The folders of one group: one in version 2, one a controller in version 1."""

    folders: tuple[Path, ...]

    def enter(self) -> None:
        """Put the calling process, and what it will start, into the group."""
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(os.getpid()))

    def remove(self) -> None:
        """Remove the group once its last process is gone."""
        for folder in self.folders:
            for _ in range(3000):
                try:
                    folder.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.02)


def make(
    limits: Limits, root: Path = ROOT, membership: Path = Path("/proc/self/cgroup")
) -> ControlGroup | None:
    """Return a new group with a limit on memory and processes, or None where the host gives none."""
    try:
        lines = [line.split(":", 2) for line in membership.read_text().splitlines()]
    except OSError:
        return None
    memory = str((2 * limits.memory_mb + limits.files_mb + ROOM_MB) * MIB)
    processes = str(limits.processes + SPARE_PROCESSES)
    for number, controllers, path in lines:
        if number == "0" and not controllers:
            group = _make([(root / path.lstrip("/"), {"memory.max": memory, "pids.max": processes})])
            if group:
                return group
    places = []
    for _, controllers, path in lines:
        for name, values in (
            ("memory", {"memory.limit_in_bytes": memory}),
            ("pids", {"pids.max": processes}),
        ):
            if name in controllers.split(","):
                places.append((root / name / path.lstrip("/"), values))
    return _make(places) if len(places) == 2 else None


def _make(places: list[tuple[Path, dict[str, str]]]) -> ControlGroup | None:
    name = f"classroom-{os.getpid()}-{next(_numbers)}"
    made: list[Path] = []
    try:
        for parent, values in places:
            folder = parent / name
            folder.mkdir()
            made.append(folder)
            for file, value in values.items():
                # The kernel makes these files; where it did not, the controller is not ours to use.
                if not (folder / file).exists():
                    raise FileNotFoundError(folder / file)
                (folder / file).write_text(value)
    except OSError:
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        return None
    return ControlGroup(tuple(made))
