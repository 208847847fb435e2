"""The build of the book: what runs again, what a difference or a failure does, and how each is told."""

import importlib.util
import re
import shutil
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from classroom import stored_runs
from classroom.execute import HANG_SECONDS
from classroom.stored_runs import Run, StoredRuns

ROOT = Path(__file__).resolve().parent.parent
# The kernel's client leaves its sockets to the garbage collector.
LEFT_OVERS = ("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


def save(path, *sources, printed=()):
    """Write a chapter of code cells, each with the text it is stored with."""
    cells = [new_markdown_cell("# A chapter")]
    for source, text in zip(sources, printed or [""] * len(sources), strict=True):
        outputs = [new_output("stream", text=text)] if text else []
        cells.append(new_code_cell(source, execution_count=1, outputs=outputs))
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells), path)
    return path


@pytest.fixture
def book(tmp_path, monkeypatch):
    """The build script over a small repository: a library, a lock and one chapter. No page is built."""
    spec = importlib.util.spec_from_file_location("build_book", ROOT / "site" / "build_book.py")
    book = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(book)
    shutil.copytree(ROOT / "lib" / "seqgraph" / "core", tmp_path / "lib" / "seqgraph" / "core")
    for name, text in {
        "requirements.lock": "torch==2.13.0\n",
        "lib/seqgraph/data/rows.csv": "1,2\n",
        "lib/classroom/execute.py": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "nbval.cfg", tmp_path / "tests")
    save(tmp_path / "chapters" / "part" / "one.ipynb", "print('one')", printed=["one\n"])
    monkeypatch.setattr(book, "ROOT", tmp_path)
    monkeypatch.setattr(book, "install_scripts", list)
    book.pages_built = []
    monkeypatch.setattr(book, "build_pages", lambda: book.pages_built.append(True) or [])
    return book


@pytest.fixture
def counted(book, monkeypatch):
    """The same with runs that only copy what is stored, and the names of what ran."""

    def run_all(paths):
        for path in paths:
            ran.append(path.name)
            yield path, Run(nbformat.read(path, as_version=4), 1.0, 0.5, "", None)

    ran = book.ran = []
    monkeypatch.setattr(book, "run_all", run_all)
    assert book.main([]) == 0
    assert ran == ["one.ipynb"]
    return book


def append(path, text):
    path.write_text(path.read_text() + text)


def test_nothing_changed_nothing_runs(counted):
    assert counted.main([]) == 0
    assert counted.ran == ["one.ipynb"]


@pytest.mark.parametrize(
    "changed", ["lib/seqgraph/core/state.py", "lib/seqgraph/data/rows.csv", "requirements.lock"]
)
def test_a_changed_library_data_or_lock_runs_every_chapter_again(counted, changed):
    append(counted.ROOT / changed, "\n# another version\n")
    assert counted.main([]) == 0
    assert counted.ran == ["one.ipynb"] * 2


def test_another_python_runs_every_chapter_again(counted, monkeypatch):
    monkeypatch.setattr(stored_runs.sys, "version", "another Python")
    assert counted.main([]) == 0
    assert counted.ran == ["one.ipynb"] * 2


@pytest.mark.parametrize("changed", [".ruff_cache/x.py", "ruff.toml", "core/__pycache__/state.pyc"])
def test_a_cache_or_the_style_of_the_library_runs_nothing(counted, changed):
    path = counted.ROOT / "lib" / "seqgraph" / changed
    path.parent.mkdir(exist_ok=True)
    path.write_text("anything")
    assert counted.main([]) == 0
    assert counted.ran == ["one.ipynb"]


def test_a_changed_grader_runs_nothing(counted):
    append(counted.ROOT / "lib/classroom/execute.py", "# another version\n")
    assert counted.main([]) == 0
    assert counted.ran == ["one.ipynb"]


def test_a_chapter_whose_text_alone_changed_does_not_run(counted):
    path = counted.ROOT / "chapters" / "part" / "one.ipynb"
    append(path, "\n")
    path.write_text(path.read_text().replace("# A chapter", "# A better title"))
    assert counted.main([]) == 0
    assert counted.ran == ["one.ipynb"]


def test_a_new_chapter_runs_alone(counted):
    second = save(counted.ROOT / "chapters" / "part" / "two.ipynb", "2 + 2")
    assert counted.main([]) == 0
    assert counted.ran == ["one.ipynb", "two.ipynb"]
    assert StoredRuns(counted.ROOT).find(second).processor == 0.5


def test_copies_that_jupyterlab_left_are_no_chapters(counted):
    folder = counted.ROOT / "chapters" / "part" / ".ipynb_checkpoints"
    save(folder / "one-checkpoint.ipynb", "1 / 0")
    assert counted.main([]) == 0
    assert counted.ran == ["one.ipynb"]


def test_runs_that_workflows_keep_have_one_key_of_what_decides_them():
    texts = [path.read_text() for path in (ROOT / ".github" / "workflows").glob("*.yml")]
    keys = [key for text in texts for key in re.findall(r"key: (runs-.*)", text)]
    assert len(keys) == 2
    assert set(keys) == {"runs-3.11-${{ hashFiles('lib/seqgraph/**', 'requirements.lock') }}"}


def test_a_hang_ends_after_the_same_time_in_the_pages():
    config = yaml.safe_load((ROOT / "_config.yml").read_text())
    assert config["execute"]["timeout"] == HANG_SECONDS


@pytest.mark.slow
@pytest.mark.filterwarnings(*LEFT_OVERS)
def test_a_chapter_that_fails_is_named_and_hides_no_other(book, capfd):
    part = book.ROOT / "chapters" / "part"
    bad = save(part / "bad.ipynb", "print('before')", "raise ValueError('planted')")
    worse = save(part / "worse.ipynb", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert book.main([]) == 1
    told = capfd.readouterr().err
    assert "Faults of the book: 2" in told
    assert "FAILED chapters/part/bad.ipynb: cell 3: ValueError: planted\n" in told
    assert "----> 1 raise ValueError('planted')" in told
    assert "FAILED chapters/part/worse.ipynb: cell 2: DeadKernelError" in told
    assert book.pages_built
    runs = StoredRuns(book.ROOT)
    assert runs.find(part / "one.ipynb").processor > 0
    # It runs again next time; meanwhile its page shows how far it came.
    assert runs.find(bad) is None
    assert runs.last(bad).notebook.cells[0].outputs[0].text == "before\n"
    assert runs.find(worse) is None


@pytest.mark.slow
@pytest.mark.filterwarnings(*LEFT_OVERS)
def test_a_changed_stored_output_is_found_told_and_fails_only_where_asked(book, capfd):
    path = book.ROOT / "chapters" / "part" / "one.ipynb"
    path.write_text(path.read_text().replace("one\\n", "another\\n"))
    assert book.main([]) == 0
    told = capfd.readouterr().out
    assert "Not as stored: chapters/part/one.ipynb: cell 2, stdout" in told
    assert "stored:\n      another\n    new:\n      one\n" in told
    # The run is kept, and still compared.
    assert book.main(["--strict"]) == 1
    assert "FAILED chapters/part/one.ipynb: cell 2, stdout is not as stored" in capfd.readouterr().err
