"""Folders and archives as nbgrader, Moodle and Canvas make them, for the tests."""

import os
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from classroom.intake import Submission, read_submissions
from classroom.limits import Limits

NOON = (2026, 3, 2, 12, 0, 0)
MOODLE = "Ann Lee_12345_assignsubmission_file_"


def folder(root: Path, files: dict[str, bytes]) -> Path:
    """Write files, each a minute after the one before."""
    for number, (name, data) in enumerate(files.items()):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (1_700_000_000 + 60 * number,) * 2)
    return root


def entry(name: str, when: tuple[int, ...] = NOON, mode: int = 0o100644) -> ZipInfo:
    info = ZipInfo(name, when)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = mode << 16
    return info


def archive(path: Path, files: dict[str | ZipInfo, bytes]) -> Path:
    """Write a zip archive, each entry a minute after the one before where it has no time of its own."""
    with ZipFile(path, "w") as target:
        for number, (name, data) in enumerate(files.items()):
            info = name if isinstance(name, ZipInfo) else entry(name, (*NOON[:4], number, 0))
            target.writestr(info, data)
    return path


def read(path: Path, limits: Limits | None = None, **options: str) -> dict[str, Submission]:
    """Return the submissions of ``gru`` by student; check what holds for each one."""
    found = read_submissions(path, "gru", limits, **options)
    assert len({one.student for one in found}) == len(found)
    for one in found:
        assert (one.data is None) == bool(one.fault)
        assert one.received.utcoffset() is not None
        assert "\n" not in one.fault + one.note
    return {one.student: one for one in found}


def data(path: Path, **options: str) -> dict[str, bytes | None]:
    return {student: one.data for student, one in read(path, **options).items()}
