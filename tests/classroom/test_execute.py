"""Running in place: same bytes again, and a notebook that fails is left as it was."""

import pytest

from classroom.__main__ import main
from classroom.execute import execute
from tests.classroom.notebook_maker import code, notebook, save, text

pytestmark = [
    pytest.mark.slow,
    # The kernel's client leaves its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_running_twice_gives_the_same_bytes_and_the_check_passes(tmp_path, capsys):
    raises = code("1 / 0", count=None, metadata={"tags": ["raises-exception"]})
    cells = text(), code("import os\nprint(os.environ['OMP_NUM_THREADS'])", count=None), raises, code("6 * 7")
    path = save(tmp_path / "a.ipynb", notebook(*cells))
    assert main(["execute", str(path)]) == 0
    first = path.read_bytes()
    assert b'"1\\n"' in first
    assert b'"42"' in first
    assert main(["execute", "--jobs", "2", str(path)]) == 0
    assert path.read_bytes() == first
    assert main(["normalise", "--check", str(path)]) == 0
    assert "[1/1]" in capsys.readouterr().out


def test_a_cell_that_fails_is_named_and_the_file_is_left(tmp_path, capsys):
    path = save(tmp_path / "a.ipynb", notebook(text(), code("print('before')\nraise ValueError('planted')")))
    before = path.read_bytes()
    assert main(["execute", str(path)]) == 1
    told = capsys.readouterr().out
    assert "FAILED" in told
    assert "cell 2: ValueError: planted" in told
    assert path.read_bytes() == before


def test_a_cell_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr("classroom.execute.HANG_SECONDS", 1)
    path = save(tmp_path / "a.ipynb", notebook(code("import time\ntime.sleep(30)")))
    assert execute(path).failure == "cell 1: ran for more than 1 s"


def test_an_author_who_saves_meanwhile_loses_nothing(tmp_path):
    path = tmp_path / "a.ipynb"
    save(path, notebook(code(f"open({str(path)!r}, 'a').write('\\n')")))
    run = execute(path)
    assert run.failure == "the file was changed while it ran: run it again"
    assert path.read_text().endswith("}\n")


def test_faults_that_only_a_run_shows_are_told(tmp_path):
    path = save(tmp_path / "a.ipynb", notebook(code("import sys\nprint('careful', file=sys.stderr)")))
    assert execute(path).faults == ["cell 1: wrote to stderr: 'careful'"]


def test_a_broken_file_is_a_failure(tmp_path):
    assert "not valid JSON" in execute(save(tmp_path / "a.ipynb", "{")).failure
