"""seed_curves(): a line a seed, a name a colour, and what is refused."""

import pytest
from matplotlib.figure import Figure

from seqgraph.show import CYCLE, seed_curves

RUNS = {"SRN": [[0.2, 0.2], [0.2, 0.1]], "GRU": [[0.2, 0.01]]}


def test_every_seed_is_a_line_and_every_name_stands_once_in_the_legend():
    ax = Figure().add_subplot()
    seed_curves(ax, [0, 50], RUNS, "MSE", log=True, colors={"GRU": "#D55E00"})
    assert [list(line.get_ydata()) for line in ax.lines] == [[0.2, 0.2], [0.2, 0.1], [0.2, 0.01]]
    assert [line.get_color() for line in ax.lines] == [CYCLE[0], CYCLE[0], "#D55E00"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["SRN", "GRU"]
    assert (ax.get_yscale(), ax.get_ylabel()) == ("log", "MSE")


def test_runs_without_a_name_need_no_legend():
    ax = Figure().add_subplot()
    seed_curves(ax, [0, 50], {"": [[0.2, 0.1]]})
    assert ax.get_legend() is None


@pytest.mark.parametrize(
    ("results", "message"),
    [
        ({}, "at least one name"),
        ({"GRU": []}, "each run of 'GRU' must have 2 values, got no runs"),
        ({"GRU": [[1.0, 2.0], [1.0]]}, r"must have 2 values, got \[1, 2\]"),
    ],
)
def test_a_wrong_number_of_values_is_refused(results, message):
    with pytest.raises(ValueError, match=message):
        seed_curves(Figure().add_subplot(), [0, 50], results)
