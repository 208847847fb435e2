"""Boxes and arrows."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from seqgraph.show import diagram


@pytest.fixture
def ax():
    figure = Figure()
    FigureCanvasAgg(figure)
    return figure.add_subplot()


BOXES = {"x": (0, 0, "input"), "h": (4, 1, "state", "sequence")}


def test_every_box_and_arrow_text_is_drawn(ax):
    diagram(ax, BOXES, [("x", "h", "W"), ("h", "x")])
    assert [text.get_text() for text in ax.texts] == ["input", "state", "", "W", ""]
    assert not ax.axison


def darkest(ax, x, y):
    """The darkest grey value in a small window of the drawn picture round a point, 0 black to 255 white."""
    column, row = ax.transData.transform((x, y)).astype(int)
    pixels = np.asarray(ax.figure.canvas.buffer_rgba())[::-1]
    return pixels[row - 2 : row + 3, column - 2 : column + 3, :3].min()


def test_an_arrow_runs_between_its_boxes_and_not_through_them(ax):
    diagram(ax, {"x": (0, 0, " " * 20, "graph"), "h": (4, 0, " " * 20, "graph")}, [("x", "h")])
    ax.figure.canvas.draw()
    assert darkest(ax, 2, 0) < 130
    assert darkest(ax, 0, 0) > 130
    assert darkest(ax, 4, 0) > 130


def test_a_bent_arrow_moves_its_text_aside(ax):
    diagram(ax, BOXES, [("x", "h", "straight"), ("x", "h", "bent", 0.5)])
    straight, bent = (text.get_position() for text in ax.texts if text.get_text() in ("straight", "bent"))
    assert straight == (2, 0.5)
    assert bent != straight


def test_the_margin_is_kept(ax):
    diagram(ax, BOXES, [], margin=(2, 3))
    assert ax.get_xlim() == (-2, 6)
    assert ax.get_ylim() == (-3, 4)


@pytest.mark.errors
def test_an_arrow_to_nowhere_names_the_box(ax):
    with pytest.raises(KeyError, match="nowhere"):
        diagram(ax, BOXES, [("x", "nowhere")])
