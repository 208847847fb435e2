"""Each planted fault is found, with its cell, and a good notebook has none."""

import pytest

from classroom.colab import with_setup
from classroom.faults import faults
from classroom.normal_form import dumps, normalise
from tests.classroom.notebook_maker import code, notebook, shown, stream, text


def found(*cells):
    return faults(normalise(notebook(*cells))[0])


def error(name="ValueError"):
    return {"output_type": "error", "ename": name, "evalue": "no", "traceback": []}


def test_a_good_notebook_has_no_fault():
    assert (
        found(
            text(),
            code("x" * 88, outputs=[stream("1\n")]),
            code("1 / 0", [error()], metadata={"tags": ["raises-exception"]}),
        )
        == []
    )


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (code(count=None), "cell 2: was never run"),
        (code("", count=None), "cell 2: empty code cell"),
        (code(outputs=[stream("careful", "stderr")]), "cell 2: wrote to stderr: 'careful'"),
        (
            code(outputs=[{"output_type": "display_data", "data": {"image/svg+xml": "<svg/>"}}]),
            "cell 2: stores an SVG",
        ),
        (code(metadata={"tags": ["nbval-skip"]}), "cell 2: is skipped"),
        (code(metadata={"tags": ["skip-execution"]}), "cell 2: is skipped"),
        (code("# NBVAL_SKIP\nx = 1"), "cell 2: is skipped"),
        (code(outputs=[error()]), "cell 2: failed: ValueError: no"),
        (code("x = 1\n" + "y" * 89), "cell 2: line 2 is 89 characters long, at most 88"),
    ],
)
def test_a_planted_fault_is_found_with_its_cell(cell, words):
    (fault,) = found(text(), cell)
    assert fault.startswith(words)


@pytest.mark.parametrize(
    "how", [{"metadata": {"tags": ["nbval-ignore-output"]}}, {"source": "# NBVAL_IGNORE_OUTPUT"}]
)
def test_at_most_one_cell_in_twenty_is_exempt_from_comparison(how):
    exempt = code(**how)
    assert found(*[code() for _ in range(19)], exempt) == []
    (fault,) = found(*[code() for _ in range(18)], exempt)
    assert "1 of 19 code cells are exempt" in fault


def of_size(size):
    """A notebook of one code cell and a text that fills it to so many bytes in normal form."""
    least = len(dumps(normalise(notebook(code(), text("x")))[0]).encode())
    return notebook(code(), text("x" * (size - least + 1)))


def test_size_and_number_of_cells_are_bounded():
    assert found(*[text() for _ in range(60)]) == []
    assert found(*[text() for _ in range(61)]) == ["notebook: 61 cells, at most 60"]
    assert faults(normalise(of_size(72_000))[0]) == []
    assert faults(normalise(of_size(72_001))[0]) == ["notebook: 72001 bytes, at most 72000"]


def test_the_setup_cell_counts_neither_as_a_cell_nor_as_bytes():
    longer, changes = with_setup(of_size(72_000), "https://example.org/course")
    assert changes
    assert len(longer["cells"]) == 3
    assert faults(normalise(longer)[0]) == []


def test_a_picture_that_the_normal_form_drops_is_no_fault():
    assert found(code(outputs=[shown(image_png="x", text_plain="<Figure>")])) == []
