"""The oscillator: its closed form against the differential equation, and what holds for every orbit."""

import math

import pytest
import torch

from seqgraph.data import limit_cycle, oscillator
from tests.checks.numbers import DEVICES, generator, same_bits


def velocity(point):
    x, y = point[..., 0], point[..., 1]
    pull = 1 - x**2 - y**2
    return torch.stack([pull * x - y, pull * y + x], dim=-1)


def starts(number=20):
    return limit_cycle(number, 1, generator())[:, 0].double()


def test_the_closed_form_against_runge_kutta():
    point, dt = starts(), 0.01
    orbit = oscillator(point, 6, time_step=0.2)
    for step in range(1, 101):
        k1 = velocity(point)
        k2 = velocity(point + dt / 2 * k1)
        k3 = velocity(point + dt / 2 * k2)
        k4 = velocity(point + dt * k3)
        point = point + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        if step % 20 == 0:
            assert (orbit[:, step // 20] - point).abs().max() < 1e-8


def test_the_state_at_one_time_decides_the_rest():
    orbit = oscillator(starts(), 50)
    again = oscillator(orbit[:, 10].contiguous(), 40)
    assert (again - orbit[:, 10:]).abs().max() < 1e-12


def test_orbits_tend_to_the_circle_and_go_round_once_in_two_pi():
    orbit = oscillator(starts(), 3, time_step=10 * math.pi)
    assert (orbit[:, 1].norm(dim=-1) - 1).abs().max() < 1e-12
    assert (orbit[:, 2] - orbit[:, 1]).abs().max() < 1e-12  # five rounds later


def test_points_on_the_circle_and_at_the_origin():
    on, origin = torch.tensor([[0.0, 1.0]]).double(), torch.zeros(1, 2).double()
    assert (oscillator(on, 2, math.pi / 2)[0, 1] - torch.tensor([-1.0, 0.0])).abs().max() < 1e-12
    assert same_bits(oscillator(origin, 5000), torch.zeros(1, 5000, 2).double())


def test_drawn_orbits_start_in_the_ring_and_stay_in_the_compact_set():
    orbits = limit_cycle(4000, 20, generator())
    radius = orbits.norm(dim=-1)
    assert orbits.shape == (4000, 20, 2)
    assert orbits.dtype == torch.get_default_dtype()
    assert 0.25 <= radius.min() < 0.26
    assert 1.74 < radius[:, 0].max() <= 1.751
    assert bool((radius[:, 1:] <= radius[:, :1].clamp(min=1) + 1e-6).all())
    angle = torch.atan2(orbits[:, 0, 1], orbits[:, 0, 0])
    assert torch.histc(angle, 8, -math.pi, math.pi).min() > 400
    assert same_bits(orbits, limit_cycle(4000, 20, generator()))


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_dtype_and_device_are_those_of_the_start(device, dtype):
    orbit = oscillator(torch.ones(3, 2, dtype=dtype, device=device), 4)
    assert (orbit.dtype, orbit.device.type, orbit.shape) == (dtype, device, (3, 4, 2))


@pytest.mark.errors
def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match=r"oscillator: start must have shape \[B, 2\], got \[3\]"):
        oscillator(torch.zeros(3), 5)
    with pytest.raises(ValueError, match="oscillator: length must be a whole number of at least 1, got 0"):
        oscillator(torch.zeros(3, 2), 0)
    for bad in (0.0, -1.0, math.nan, math.inf):
        with pytest.raises(ValueError, match="oscillator: time_step must be a finite number above 0, got"):
            oscillator(torch.zeros(3, 2), 5, bad)
    with pytest.raises(ValueError, match="limit_cycle: batch_size must be a whole number of at least"):
        limit_cycle(0, 5, generator())
