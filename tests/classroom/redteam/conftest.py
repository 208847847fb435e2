"""One warm sandbox for the whole corpus, with listeners and canaries around it."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.classroom.needs import needs_bubblewrap
from tests.classroom.redteam.attack import EXERCISES, Attack, Notebook, released, source_notebook
from tests.classroom.redteam.surroundings import Canaries, Listeners

SECRET = b"the secret of the red team's course"


@dataclass
class Range:
    """Where attacks are run.

    Args:
        strict: the assignment as it stands
        open: the same without banned routes, so that hostile code is run and not refused for its looks
    """

    warm: Any
    strict: Any
    open: Any
    book: Notebook
    canaries: Canaries
    listeners: Listeners

    def grade(self, attack: Attack, data: bytes) -> Any:
        from classroom.judge.grading import grade_notebook

        return grade_notebook(self.assignment(attack), data, self.warm, SECRET)

    def assignment(self, attack: Attack) -> Any:
        return self.strict if attack.family == "banned" else self.open


@pytest.fixture(scope="session")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canaries]:
    needs_bubblewrap()
    folder = tmp_path_factory.mktemp("elsewhere")
    # pytest's folder is closed to other users; an attack must be kept out by the sandbox alone.
    for parent in (folder, *list(folder.parents)[:3]):
        if parent.stat().st_uid == os.geteuid() and parent != Path("/tmp"):
            parent.chmod(0o755)
    home = Path.home() / f".redteam-{secrets.token_hex(4)}"
    planted = Canaries((folder / "classmate" / "redteam.ipynb", folder / "gradebook.db", home))
    planted.plant()
    os.environ["REDTEAM_TOKEN"] = planted.token
    yield planted
    del os.environ["REDTEAM_TOKEN"]
    planted.remove()


@pytest.fixture(scope="session")
def shooting_range(canaries: Canaries) -> Iterator[Range]:
    import classroom.checks
    from classroom.author.source import load_assignment
    from classroom.sandbox.warm import WarmSandbox

    strict = load_assignment("redteam", EXERCISES)
    open_tasks = tuple(replace(task, banned=()) for task in strict.tasks)
    tools = Path(classroom.checks.__file__).read_text(encoding="utf-8")
    listeners = Listeners(canaries.files[0].parent)
    book = released(source_notebook(), tools)
    told = {"port": str(listeners.port), "socket": listeners.name, "elsewhere": str(canaries.files[0])}
    book["metadata"]["redteam"] = told
    with WarmSandbox(strict.limits) as warm:
        yield Range(warm, strict, replace(strict, tasks=open_tasks), book, canaries, listeners)
    listeners.close()
