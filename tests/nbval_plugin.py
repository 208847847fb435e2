"""What the strict comparison adds to nbval: patience on a busy machine, and a file of margins a chapter."""

import os
from pathlib import Path

import pytest

from classroom.execute import KERNEL_SECONDS
from classroom.stored_runs import MARGINS

FOLDER = "COURSE_MARGINS"
ROOT = Path(__file__).resolve().parent.parent


def margins_file(folder: Path, chapter: Path) -> Path:
    """Return where the margins of a chapter are written."""
    within = chapter.relative_to(ROOT) if chapter.is_relative_to(ROOT) else Path(chapter.name)
    return folder / within.with_suffix(".jsonl")


def pytest_collection_modifyitems(items):
    for item in items:
        item.output_timeout = KERNEL_SECONDS  # nbval: five seconds, and no option


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Name the file before the chapter's kernel starts: the kernel inherits it."""
    folder = os.environ.get(FOLDER)
    if folder and item.parent.kernel is None:
        path = margins_file(Path(folder), item.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
        os.environ[MARGINS] = str(path)
