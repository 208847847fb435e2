"""The optional runs on real data: each script ends well, and refuses what it does not know."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("chapters/*/real/*.py"))


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, script, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=300
    )


def test_there_are_real_runs_and_the_chapters_name_them():
    assert len(SCRIPTS) >= 3
    for script in SCRIPTS:
        part = (ROOT / script).parents[1]
        assert any(script in path.read_text(encoding="utf-8") for path in part.glob("*.ipynb")), script


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS)
def test_it_says_what_it_takes(script):
    told = run(script, "--help")
    assert told.returncode == 0
    assert "--quick" in told.stdout


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.skipif("SEQGRAPH_DATA" not in os.environ, reason="SEQGRAPH_DATA names no folder of real data")
def test_a_quick_run_prints_its_table(script):
    done = run(script, "--quick")
    assert done.returncode == 0, done.stderr[-2000:]
    assert sum(any(sign.isdigit() for sign in line) for line in done.stdout.splitlines()) >= 2, done.stdout
