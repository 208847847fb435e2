"""A small graph, drawn."""

import pytest
import torch
from matplotlib.figure import Figure

from seqgraph.show import PALETTE, graph

PATH = torch.tensor([[0, 1, 1, 2], [1, 0, 2, 1]])
PLACES = [(0, 0), (1, 0), (2, 1)]


@pytest.fixture
def ax():
    return Figure().add_subplot()


def test_every_node_has_its_text_and_every_edge_its_line(ax):
    graph(ax, PLACES, PATH, ["a", "b", "c"], title="a path")
    assert [text.get_text() for text in ax.texts] == ["a", "b", "c"]
    ends = [line.get_xydata().tolist() for line in ax.lines]
    assert ends == [[[0, 0], [1, 0]], [[1, 0], [0, 0]], [[1, 0], [2, 1]], [[2, 1], [1, 0]]]
    assert not ax.axison
    assert "a path" in [ax.get_title(loc) for loc in ("left", "center")]


def test_a_fuller_node_covers_more_and_shares_are_cut_at_their_ends(ax):
    graph(ax, torch.tensor(PLACES), PATH, ["a", "b", "c"], [-1.0, 0.25, 7.0])
    fills = [circle.get_alpha() for circle in ax.collections[1::2]]
    assert fills == [0.0, 0.25, 1.0]


def test_a_directed_edge_is_an_arrow_from_row_0_to_row_1(ax):
    graph(ax, PLACES, torch.tensor([[2], [0]]), ["", "", ""], directed=True)
    arrow = ax.texts[0]
    assert tuple(arrow.xy) == (0, 0)
    assert tuple(arrow.xyann) == (2, 1)
    assert not ax.lines


def test_nodes_take_their_own_colours(ax):
    graph(ax, PLACES, PATH[:, :0], ["", "", ""], colors=["tree", "sky", "graph"])
    edges = [circle.get_edgecolor()[0][:3] for circle in ax.collections[::2]]
    from matplotlib.colors import to_rgb

    assert [tuple(edge) for edge in edges] == [to_rgb(PALETTE[name]) for name in ("tree", "sky", "graph")]


@pytest.mark.errors
@pytest.mark.parametrize("wrong", [{"texts": ["a"]}, {"shares": [0.5]}, {"colors": ["tree"]}])
def test_a_missing_text_share_or_colour_is_told(ax, wrong):
    given = {"texts": ["a", "b", "c"]} | wrong
    with pytest.raises(ValueError, match=r"as many, got \[3"):
        graph(ax, PLACES, PATH, **given)
