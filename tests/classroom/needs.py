"""What a machine must have for some tests. CLASSROOM_REQUIRE=1: what is missing fails, not skips."""

import os
import shutil
from pathlib import Path

import pytest

# For what cannot take so long on any machine: it ends a hang and decides nothing else.
HANG_SECONDS = 600


def needs(what: str, found: bool, remedy: str) -> None:
    """Skip the running test, or fail it where everything must be there, unless something was found."""
    if found:
        return
    message = f"{what} is not installed: {remedy}"
    if os.environ.get("CLASSROOM_REQUIRE") == "1":
        pytest.fail(f"{message} (CLASSROOM_REQUIRE=1)", pytrace=False)
    pytest.skip(message)


def needs_bubblewrap() -> Path:
    """Return the path of bwrap."""
    path = shutil.which("bwrap")
    needs("bubblewrap", path is not None, "on Debian, the package bubblewrap")
    return Path(path or "")


def needs_postgres() -> Path:
    """Return the folder of PostgreSQL's server programs: the newest of Debian's, or that of PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    path = str(debian[-1]) if debian else shutil.which("initdb")
    needs("PostgreSQL's server", path is not None, "on Debian, the package postgresql")
    return Path(path or "").resolve().parent
