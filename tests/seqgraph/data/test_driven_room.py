"""The heated room follows its law, and its inputs switch as often as said."""

import pytest
import torch

from seqgraph.data import driven_room
from tests.checks.numbers import generator


def rest(x, y):
    """What the law leaves unexplained, from the fourth step on; written out step by step."""
    left = []
    for t in range(3, y.shape[1]):
        loss = 0.05 + 0.15 * x[:, t, 1]
        left.append(y[:, t] - ((1 - loss) * y[:, t - 1] + 1.0 * x[:, t - 3, 0]))
    return torch.stack(left, dim=1)


def test_the_law_without_noise():
    x, y = driven_room(4, 80, generator(), noise=0.0)
    assert x.shape == (4, 80, 2)
    assert y.shape == (4, 80)
    assert set(x.unique().tolist()) == {0.0, 1.0}
    assert rest(x, y).abs().max() < 1e-5


def test_the_noise_has_the_size_asked_for():
    left = rest(*driven_room(200, 100, generator(), noise=0.3))
    assert abs(left.std() - 0.3) < 0.01
    assert abs(left.mean()) < 0.01


def test_inputs_change_one_time_in_ten_and_are_on_half_of_the_time():
    x, y = driven_room(300, 200, generator())
    assert abs((x[:, 1:] != x[:, :-1]).double().mean() - 0.1) < 0.005
    assert (x.mean((0, 1)) - 0.5).abs().max() < 0.03
    assert 0 < y.mean() < 20


def test_the_two_ends_that_the_text_names():
    """Fixed points of the law: heat / loss."""
    for window, end in ((0.0, 20.0), (1.0, 5.0)):
        assert (1 - 0.05 - 0.15 * window) * end + 1.0 == pytest.approx(end)


def test_the_default_dtype_is_followed():
    torch.set_default_dtype(torch.float64)
    try:
        x, y = driven_room(1, 5, generator())
        assert x.dtype == y.dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    with pytest.raises(
        ValueError, match=r"driven_room: batch_size must be a whole number of at least 1, got 0"
    ):
        driven_room(0, 5, generator())
    with pytest.raises(
        ValueError, match=r"driven_room: length must be a whole number of at least 1, got 2.0"
    ):
        driven_room(1, 2.0, generator())
    for noise in (-0.1, float("nan"), True):
        with pytest.raises(ValueError, match="noise must be a finite number of at least 0, got"):
            driven_room(1, 5, generator(), noise=noise)
    with pytest.raises(TypeError, match=r"driven_room: generator must be a torch.Generator, got NoneType"):
        driven_room(1, 5, None)
