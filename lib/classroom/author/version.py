"""The version of a grader: when anything changes that can change a grade, this changes."""

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import classroom
from classroom.author.secret import derive
from classroom.notebooks import repository_root

if TYPE_CHECKING:
    from classroom.author.source import Assignment

GRADING_CODE = ("wire", "inside", "judge", "sandbox", "checks.py")


def version_of(assignment: "Assignment", exercises: Path, secret: bytes | None) -> str:
    """Return a SHA-256 over the tests, the given code, the limits, the packages, the grader, the secret."""
    digest = hashlib.sha256()
    parts = [assignment.name, repr(assignment.given), repr(assignment.limits), repr(assignment.gpu)]
    for task in assignment.tasks:
        parts += [task.id, repr(task.banned), repr([(t.id, t.source, float(t.points)) for t in task.tests])]
    parts += [_installed("torch"), _installed("numpy")]
    parts.append(derive(secret or b"", "version").hex())
    for part in [*parts, *_sources(exercises)]:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _sources(exercises: Path) -> list[str | bytes]:
    home = Path(classroom.__file__).parent
    found: list[str | bytes] = []
    for part in GRADING_CODE:
        files = sorted((home / part).rglob("*.py")) if not part.endswith(".py") else [home / part]
        for path in files:
            found += [path.relative_to(home).as_posix(), path.read_bytes()]
    lock = repository_root(exercises) / "requirements.lock"
    return [*found, lock.read_bytes()] if lock.is_file() else found
