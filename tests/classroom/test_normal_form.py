"""The normal form: what is kept, what is dropped, and that it is a fixed point."""

import copy
import json

import nbformat
import pytest

from classroom.normal_form import dumps, normalise
from tests.classroom.notebook_maker import code, notebook, shown, stream, text

WIDGET = "application/vnd.jupyter.widget-view+json"


def outputs_of(*outputs):
    return normalise(notebook(code(outputs=outputs)))[0]["cells"][0]["outputs"]


def changes_of(*cells, **metadata):
    return normalise(notebook(*cells, **metadata))[1]


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "image/webp", WIDGET])
def test_pictures_and_widgets_are_dropped_and_text_is_kept(kind):
    output = {"output_type": "display_data", "data": {kind: "x", "text/plain": "a\nb"}, "metadata": {}}
    assert outputs_of(output)[0]["data"] == {"text/plain": ["a\n", "b"]}
    assert changes_of(code(outputs=[output])) == [f"cell 1: a stored {kind}"]


def test_an_output_of_nothing_but_a_picture_vanishes():
    assert outputs_of(shown(image_png="x")) == []


def test_json_output_is_kept_as_it_is():
    output = {"output_type": "display_data", "data": {"application/json": {"a": ["b\nc"]}}, "metadata": {}}
    assert outputs_of(output)[0]["data"] == {"application/json": {"a": ["b\nc"]}}


def test_pieces_of_one_stream_are_joined_but_not_across_another_output():
    kept = outputs_of(
        stream("a\nb"), stream(["c\n"]), shown(text_plain="d"), stream("e"), stream("f", "stderr")
    )
    assert [output.get("text") for output in kept] == [["a\n", "bc\n"], None, ["e"], ["f"]]


def test_tracebacks_are_dropped_and_the_message_is_kept():
    error = {"output_type": "error", "ename": "E", "evalue": "why", "traceback": ["line 1"]}
    assert outputs_of(error) == [error | {"traceback": []}]


def test_counts_run_from_one_and_cells_that_were_not_run_have_none():
    result = {
        "output_type": "execute_result",
        "data": {"text/plain": "1"},
        "execution_count": 9,
        "metadata": {},
    }
    cells = normalise(notebook(code(count=5), text(), code(count=None), code(count=9, outputs=[result])))[0][
        "cells"
    ]
    assert [cell.get("execution_count") for cell in cells] == [1, None, None, 2]
    assert cells[3]["outputs"][0]["execution_count"] == 2


def test_only_the_metadata_that_the_book_reads_is_kept():
    cell = code(metadata={"tags": ["hide-input"], "collapsed": True, "mystnb": {"image": {"alt": "a"}}})
    book, changes = normalise(notebook(cell, kernelspec={"name": "mine"}, widgets={}, next_reason="why"))
    assert book["cells"][0]["metadata"] == {"mystnb": {"image": {"alt": "a"}}, "tags": ["hide-input"]}
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    assert book["metadata"]["next_reason"] == "why"
    assert "widgets" not in book["metadata"]
    assert changes == ["notebook: metadata 'widgets' is not kept", "cell 1: metadata 'collapsed' is not kept"]


def test_ids_are_kept_and_made_where_missing_or_double_always_the_same():
    cells = [code(id="mine"), code(id="mine"), code(id="not valid"), code(), code()]
    del cells[3]["id"], cells[4]["id"]
    first, second = (normalise(notebook(*copy.deepcopy(cells)))[0] for _ in range(2))
    names = [cell["id"] for cell in first["cells"]]
    assert names[0] == "mine"
    assert len(set(names)) == 5
    assert first == second


def test_the_normal_form_is_a_fixed_point_and_a_valid_notebook():
    messy = notebook(
        text("a\r\nb\u2028c"), code(count=3, outputs=[stream("a"), stream("b"), shown(image_png="x")])
    )
    normal = dumps(normalise(messy)[0])
    again, changes = normalise(json.loads(normal))
    assert (dumps(again), changes) == (normal, [])
    nbformat.validate(json.loads(normal))


def test_the_text_is_what_jupyterlab_writes():
    messy = notebook(text("中文\u2028x\n\ny"), code("print(1)\n", outputs=[stream("1\n")]))
    normal = dumps(normalise(messy)[0])
    assert nbformat.writes(nbformat.reads(normal, as_version=4)) + "\n" == normal


def test_nothing_of_an_author_is_lost():
    cells = normalise(notebook(text("# A\n\n中文", attachments={"a.png": {}}), code("if x:\n    y\n")))[0][
        "cells"
    ]
    assert "".join(cells[0]["source"]) == "# A\n\n中文"
    assert cells[0]["attachments"] == {"a.png": {}}
    assert "".join(cells[1]["source"]) == "if x:\n    y\n"
