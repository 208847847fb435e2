"""The build of the book: stored outputs never outlive the library that made them."""

import importlib.util
import shutil
from pathlib import Path

import nbformat
import pytest
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def book(tmp_path, monkeypatch):
    """The build script over a small copy of the repository: a library, a lock, a chapter that was run."""
    spec = importlib.util.spec_from_file_location("build_book", ROOT / "site" / "build_book.py")
    book = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(book)
    shutil.copytree(ROOT / "lib" / "seqgraph" / "core", tmp_path / "lib" / "seqgraph" / "core")
    (tmp_path / "requirements.lock").write_text("torch==2.13.0\n")
    chapter = tmp_path / "chapters" / "part" / "one.ipynb"
    chapter.parent.mkdir(parents=True)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1", execution_count=1)])
    nbformat.write(notebook, chapter)
    for name, path in {"ROOT": "", "BUILD": "_build", "CACHE": "_build/cache", "KEY": "_build/key"}.items():
        monkeypatch.setattr(book, name, tmp_path / path)
    runs = []

    def run_all(cache, paths):
        for path in paths:
            runs.append(path.name)
            bundle = CacheBundleIn(nbformat.read(path, as_version=4), str(path))
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            yield False

    monkeypatch.setattr(book, "run_all", run_all)
    book.runs = runs
    assert book.fill_cache() == 0
    assert runs == ["one.ipynb"]
    return book


def test_nothing_changed_nothing_runs(book):
    assert book.fill_cache() == 0
    assert book.runs == ["one.ipynb"]


@pytest.mark.parametrize("changed", ["lib/seqgraph/core/state.py", "requirements.lock"])
def test_a_changed_library_or_lock_runs_every_chapter_again(book, changed):
    path = book.ROOT / changed
    path.write_text(path.read_text() + "\n# another version\n")
    assert book.fill_cache() == 0
    assert book.runs == ["one.ipynb"] * 2


def test_another_python_runs_every_chapter_again(book, monkeypatch):
    monkeypatch.setattr(book.sys, "version", "another Python")
    assert book.fill_cache() == 0
    assert book.runs == ["one.ipynb"] * 2


def test_a_changed_chapter_runs_alone(book):
    second = book.ROOT / "chapters" / "part" / "two.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("2 + 2")]), second)
    assert book.fill_cache() == 0
    assert book.runs == ["one.ipynb", "two.ipynb"]
    assert book.is_cached(get_cache(book.CACHE), second)


def test_a_failing_chapter_fails_the_build(book, monkeypatch):
    monkeypatch.setattr(book, "run_all", lambda cache, paths: iter([True]))
    assert book.fill_cache() == 1
