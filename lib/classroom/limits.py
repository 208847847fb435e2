"""What one submission may use."""

from dataclasses import dataclass, fields, replace
from typing import Any

from classroom.errors import ClassroomError

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one submission may use; an assignment may change each figure.

    Seconds pass while code runs or sleeps, not while it waits for a processor that others use.

    Args:
        cell_seconds: for each cell of the student, in seconds
        test_seconds: for each test cell, in seconds
        submission_seconds: for the whole submission, in seconds
        memory_mb: of all its processes together, in MiB, above what PyTorch itself takes
        processes: processes and threads at one time
        files_mb: of all files it writes, in MiB; they lie in memory and end with it
        open_files: open files at one time
        output_kb: printed text that is kept of each cell, in KiB
        reply_mb: largest value that the judge takes from a student's function, in MiB
        notebook_mb: largest notebook that is read, in MiB
    """

    cell_seconds: float = 8.0
    test_seconds: float = 8.0
    submission_seconds: float = 60.0
    memory_mb: int = 1024
    processes: int = 16
    files_mb: int = 64
    open_files: int = 64
    output_kb: int = 64
    reply_mb: int = 4
    notebook_mb: int = 20

    def changed(self, values: dict[str, Any]) -> "Limits":
        """Return these limits with some changed; raise ClassroomError for an unknown name or a value <= 0."""
        known = {field.name: field.type for field in fields(self)}
        for name, value in values.items():
            if name not in known:
                raise ClassroomError(f"limits: no such limit: {name!r}; there are {', '.join(known)}")
            if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
                raise ClassroomError(f"limits: {name} must be a number above 0, got {value!r}")
        return replace(self, **values)
