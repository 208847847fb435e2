"""The promised minutes, the bounds of the core, and the command that writes the minutes."""

import pytest

from classroom.__main__ import main
from classroom.faults import faults
from classroom.minutes import form_faults
from classroom.normal_form import normalise
from classroom.notebooks import read
from tests.classroom.notebook_maker import code, notebook, save, text

BOX = ":::{admonition} Before\n**Time** core 1 minutes, all 1 minutes, ten seconds to run.\n:::"
TAKE_AWAY = ":::{admonition} In short\n:class: take-away\nIt works.\n:::"


def chapter(*core, box=BOX, take_away=TAKE_AWAY, further=()):
    cells = [text(box), *core, text(take_away), text("## Further"), *further]
    return normalise(notebook(*cells))[0]


def test_a_chapter_that_keeps_its_promises_has_no_fault():
    assert form_faults(chapter(text("One."), code("x = 1"))) == []


def test_a_chapter_of_one_part_is_not_judged():
    assert form_faults(notebook(text("word " * 5000))) == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (chapter(text("word " * 2001)), "core: 2"),
        (chapter(*[code("x = 1") for _ in range(24)]), "core: 26 cells, at most 25"),
        (chapter(code("x = 1\n" * 400)), "core: 31 minutes, at most 30"),
        (chapter(text("word " * 130)), "front box: promises"),
        (chapter(box="no time"), "front box: promises []"),
        (chapter(further=[code("x = 1\n" * 30)]), "front box: promises"),
        (chapter(take_away="nothing"), "core: must end with one take-away box"),
        (chapter(take_away="nothing", further=[text(TAKE_AWAY)]), "core: must end with one take-away box"),
    ],
)
def test_a_planted_fault_is_found(planted, fault):
    assert any(found.startswith(fault) for found in form_faults(planted))
    assert set(form_faults(planted)) <= set(faults(planted))


def test_the_command_says_and_writes_the_minutes(tmp_path, capsys):
    path = save(tmp_path / "chapter.ipynb", chapter(text("word " * 300), further=[code("x = 1\n" * 30)]))
    assert main(["minutes", str(path)]) == 0
    assert "core 3 minutes (316 words, 0 lines, 3 cells), all 5 minutes" in capsys.readouterr().out
    assert form_faults(read(path)[0])
    assert main(["minutes", "--write", str(path)]) == 0
    written = read(path)[0]
    assert form_faults(written) == []
    assert "".join(written["cells"][0]["source"]).count("core 3 minutes, all 5 minutes, ten seconds") == 1


def test_a_chapter_of_one_part_is_told_and_left_as_it_is(tmp_path, capsys):
    path = save(tmp_path / "old.ipynb", normalise(notebook(text("word " * 131)))[0])
    before = path.read_bytes()
    assert main(["minutes", "--write", str(path)]) == 0
    assert capsys.readouterr().out.endswith("all 2 minutes (131 words, 0 lines, 1 cells)\n")
    assert path.read_bytes() == before
