"""seed_dots(): dots, means, the text at the right, and what is refused."""

import pytest
from matplotlib.figure import Figure

from seqgraph.show import seed_dots


def axes():
    return Figure().add_subplot()


def notes(ax):
    return [child.get_text() for child in ax.texts]


def test_a_spread_of_tens_is_a_plain_number():
    ax = Figure().add_subplot()
    seed_dots(ax, {"loop": [345.0, 381.0], "levels": [1234.0, 1234.0]})
    assert notes(ax) == ["363 ± 30", "1230 ± 0"]


def test_every_seed_is_a_dot_and_the_numbers_are_mean_and_spread():
    ax = axes()
    seed_dots(ax, {"SRN": [0.1, 0.2, 0.3], "GRU": [0.5]}, "MSE", colors={"GRU": "#D55E00"})
    assert [sorted(dots.get_offsets()[:, 0]) for dots in ax.collections] == [[0.1, 0.2, 0.3], [0.5]]
    assert notes(ax) == ["0.2 ± 0.1", "0.5"]
    assert [line.get_xdata()[0] for line in ax.lines] == pytest.approx([0.2, 0.5])
    assert ax.lines[1].get_color() == "#D55E00"


def test_a_diverged_seed_is_counted_not_averaged():
    ax = axes()
    seed_dots(ax, {"SRN": [1.0, 3.0, float("nan")], "deep": [float("inf")]})
    assert notes(ax) == ["2 ± 1\n1 of 3 diverged", "all 1 diverged"]


def test_values_that_cancel_have_the_mean_zero():
    ax = axes()
    seed_dots(ax, {"gain": [0.1, 0.2, -0.3]})
    assert notes(ax) == ["0 ± 0.3"]


def test_log_scale_and_reference_line():
    ax = axes()
    seed_dots(ax, {"GRU": [0.001, 0.002]}, log=True, reference=("baseline", 0.17))
    assert ax.get_xscale() == "log"
    assert [list(line.get_xdata()) for line in ax.lines][-1] == [0.17, 0.17]


@pytest.mark.parametrize(
    ("results", "log", "message"),
    [({}, False, "at least one name"), ({"a": []}, False, "'a' must have"), ({"a": [0.0]}, True, "above 0")],
)
def test_refused(results, log, message):
    with pytest.raises(ValueError, match=message):
        seed_dots(axes(), results, log=log)


def test_rows_that_differ_in_a_last_number_share_a_colour():
    ax = axes()
    names = ["GRU, 200", "GRU, 1,000 updates", "GRU, no r", "SRN, 200"]
    seed_dots(ax, {name: [0.1, 0.2] for name in names})
    colours = [tuple(dots.get_facecolor()[0][:3]) for dots in ax.collections]
    assert colours[0] == colours[1]
    assert len(set(colours)) == 3
