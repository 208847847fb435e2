"""The command line: what it prints, what it returns, and that it loses nothing."""

import pytest

from classroom.__main__ import main
from tests.classroom.notebook_maker import code, notebook, save, stream, text


@pytest.fixture
def here(tmp_path, monkeypatch):
    save(tmp_path / "pyproject.toml", "")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_lists_every_reason_and_changes_nothing(here, capsys):
    cells = text(), code(count=None), code(count=4, outputs=[stream("a", "stderr")], metadata={"x": 1})
    path = save(here / "chapters" / "a.ipynb", notebook(*cells))
    before = path.read_bytes()
    assert main(["normalise", "--check"]) == 1
    told = capsys.readouterr().out
    for words in (
        "chapters/a.ipynb: cell 2: was never run",
        "chapters/a.ipynb: cell 3: wrote to stderr",
        "chapters/a.ipynb: cell 3: metadata 'x' is not kept",
        "chapters/a.ipynb: cell 3: execution count 4 should be 1",
        "python -m classroom normalise chapters/a.ipynb",
        "python -m classroom execute chapters/a.ipynb",
    ):
        assert words in told
    assert path.read_bytes() == before


def test_normalising_once_is_enough(here, capsys):
    path = save(here / "chapters" / "a.ipynb", notebook(code(count=4)))
    assert main(["normalise"]) == 0
    first = path.read_bytes()
    assert main(["normalise"]) == 0
    assert main(["normalise", "--check"]) == 0
    assert path.read_bytes() == first
    assert "1 notebooks checked, 0 at fault" in capsys.readouterr().out


def test_formatting_alone_is_a_reason(here, capsys):
    path = save(here / "chapters" / "a.ipynb", notebook(code()))
    main(["normalise"])
    path.write_text(path.read_text().replace("\n ", "\n  "))
    assert main(["normalise", "--check"]) == 1
    assert "not written as JupyterLab writes it" in capsys.readouterr().out


def test_a_broken_file_is_left_as_it_was_and_the_others_are_done(here, capsys):
    broken = save(here / "chapters" / "a.ipynb", "{")
    good = save(here / "chapters" / "b.ipynb", notebook(code(count=4)))
    assert main(["normalise"]) == 1
    assert broken.read_text() == "{"
    assert "(left as it was)" in capsys.readouterr().out
    assert main(["normalise", "--check", str(good)]) == 0
    assert main(["normalise", "--check", str(broken)]) == 1


def test_no_notebook_is_an_error(here, capsys):
    assert main(["normalise", "--check"]) == 2
    assert "no notebooks" in capsys.readouterr().err


def test_a_bad_configuration_is_told_and_nothing_is_written(here, capsys):
    path = save(here / "chapters" / "a.ipynb", notebook(code(count=4)))
    before = path.read_bytes()
    save(here / "_config.yml", "repository: {url: nowhere}")
    assert main(["normalise"]) == 1
    assert "repository.url" in capsys.readouterr().out
    assert path.read_bytes() == before
