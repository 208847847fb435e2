"""The author's commands: what they print and what they return."""

import argparse
import json

import pytest

from classroom.author.commands import add_commands
from tests.classroom.author.source_maker import save


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "secret").write_text("a secret of sixteen bytes")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLASSROOM_SECRET", str(tmp_path / "secret"))
    return tmp_path


def command(*arguments):
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(required=True))
    options = parser.parse_args(arguments)
    return options.run(options)


def test_from_a_new_assignment_to_its_release(here, capsys):
    assert command("new", "first-steps") == 0
    assert command("new", "first-steps") == 2
    assert "is there already" in capsys.readouterr().err
    assert command("release", "first-steps") == 0
    path = here / "_build" / "release" / "first-steps" / "first-steps.ipynb"
    assert capsys.readouterr().out.strip() == str(path)
    assert path.is_file()


def test_release_takes_its_folders_the_secret_and_the_address(here, capsys):
    (here / "_config.yml").write_text("repository: {url: 'https://example.org/a/b', branch: main}\n")
    chapter = here / "chapters" / "gated-units" / "gru.ipynb"
    chapter.parent.mkdir(parents=True)
    chapter.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4}))
    exercises = save(here)
    more = ["--exercises", str(exercises), "--out", "there", "--secret", str(here / "secret")]
    assert command("release", "small-steps", *more) == 0
    assert (
        "[gated-units/gru](https://example.org/a/b/blob/HEAD/"
        in (here / "there" / "small-steps" / "small-steps.ipynb").read_text()
    )
    assert command("release", "none", *more) == 2
    assert "no assignment 'none'; there are: small-steps" in capsys.readouterr().err
    assert command("release", "small-steps", "--secret", "nowhere") == 2
    assert "nowhere: the course secret cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(("shift", "status"), [("", 0), ("of zero: no", 1)])
def test_validate_prints_one_line_a_task(here, capsys, monkeypatch, shift, status):
    monkeypatch.setattr("classroom.author.trial.try_checks", lambda *about: {"double": "", "shift": shift})
    save(here)
    command("release", "small-steps")
    path = here / "_build" / "release" / "small-steps" / "small-steps.ipynb"
    path.write_text(path.read_text().replace("# YOUR CODE HERE", "pass"))
    capsys.readouterr()
    assert command("validate", str(path), "--against", str(path)) == status
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "double  passed"
    assert lines[1] == ("shift   failed  of zero: no" if shift else "shift   passed")
    assert lines[2].startswith(f"{2 - status} of 2 tasks pass their public checks")


def test_validate_tells_what_is_no_notebook(here, capsys):
    (here / "a.ipynb").write_text("{")
    assert command("validate", "a.ipynb") == 1
    assert "problem: file: is not valid JSON" in capsys.readouterr().out
    assert command("validate", "b.ipynb") == 2
    assert "b.ipynb: no such file" in capsys.readouterr().err
