"""One warm sandbox for all tests of the walls."""

import time

import pytest

from classroom.limits import Limits
from classroom.sandbox.warm import WarmSandbox
from tests.classroom.needs import HANG_SECONDS, needs_bubblewrap

LIMITS = Limits(memory_mb=1024, processes=12, files_mb=32)


@pytest.fixture(scope="session")
def warm():
    needs_bubblewrap()
    with WarmSandbox(LIMITS) as sandbox:
        yield sandbox


@pytest.fixture
def run(warm):
    """Run cells in one fresh session; return what was printed and the error."""
    session = warm.open()

    def ask(source, seconds=HANG_SECONDS):
        return session.ask("run", time.monotonic() + seconds, source=source, label="1")

    ask.session = session
    yield ask
    session.close()
