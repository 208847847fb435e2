"""The filter by definition: polynomials of L, the heat kernel, numpy's FFT on a ring, arbitrary bases."""

import networkx
import numpy as np
import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.graphs import laplacian, spectral_filter
from tests.checks.numbers import TIGHT, fill, gap, random
from tests.seqgraph.graphs.graphs import BOTH_WAYS, NODES, features


def matrix(normalised=False):
    return laplacian(BOTH_WAYS, NODES, torch.ones(BOTH_WAYS.shape[1], dtype=torch.float64), normalised)


def ring(N):
    edges = torch.stack([torch.arange(N), (torch.arange(N) + 1) % N])
    return laplacian(torch.cat([edges, edges.flip(0)], 1), N, torch.ones(2 * N, dtype=torch.float64))


@pytest.mark.parametrize("normalised", [False, True])
def test_a_polynomial_of_the_frequencies_is_the_polynomial_of_L(normalised):
    L, x = matrix(normalised), features(3)
    y = spectral_filter(x, L, lambda v: 2 - v + 0.25 * v**2)
    assert gap(y, 2 * x - L @ x + 0.25 * L @ L @ x) <= 10 * TIGHT
    assert gap(spectral_filter(x, L, torch.ones_like), x) <= TIGHT
    heat = spectral_filter(x, L, lambda v: torch.exp(-0.7 * v))
    assert gap(heat, torch.linalg.matrix_exp(-0.7 * L) @ x) <= TIGHT


@pytest.mark.parametrize("N", [7, 8])
def test_on_a_ring_it_is_the_circular_convolution_by_the_fft(N):
    """A symmetric kernel h: its response is its FFT, and all waves of one frequency share it."""
    h = np.zeros(N)
    h[[0, 1, -1, 2, -2]] = [0.5, 0.2, 0.2, 0.05, 0.05]
    x = random(N, 2)
    wanted = np.fft.ifft(np.fft.fft(h)[:, None] * np.fft.fft(x.numpy(), axis=0), axis=0).real

    def response(frequency):
        cosine = 1 - frequency / 2
        return 0.5 + 0.4 * cosine + 0.1 * (2 * cosine**2 - 1)

    assert gap(spectral_filter(x, ring(N), response), torch.tensor(wanted)) <= TIGHT


def test_repeated_eigenvalues_leave_no_trace_and_names_of_nodes_do_not_matter():
    """The complete graph has the eigenvalue N with N - 1 waves, in any basis."""
    A = torch.tensor(networkx.to_numpy_array(networkx.complete_graph(6)))
    L, x, order = torch.diag(A.sum(1)) - A, features(2), torch.randperm(6)
    low = spectral_filter(x, L, lambda v: (v < 1).double())
    assert gap(low, x.mean(0).expand(6, 2)) <= TIGHT
    L = matrix()
    y = spectral_filter(x, L, lambda v: 1 / (1 + v))
    assert gap(spectral_filter(x[order], L[order][:, order], lambda v: 1 / (1 + v)), y[order]) <= TIGHT


def test_gradients_reach_x_and_what_the_response_is_made_of():
    L, x, rate = matrix(), features(2).requires_grad_(), torch.tensor(0.3, dtype=torch.float64)
    rate = rate.requires_grad_()
    assert torch.autograd.gradcheck(
        lambda x, r: spectral_filter(x, L, lambda v: torch.exp(-r * v)), (x, rate)
    )
    network = fill(
        torch.nn.Sequential(torch.nn.Linear(1, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1)).double()
    )
    spectral_filter(x, L, lambda v: network(v[:, None])[:, 0]).square().sum().backward()
    assert all(p.grad.abs().max() > 1e-6 for p in network.parameters())


def test_no_nodes():
    none = torch.zeros(0, 0, dtype=torch.float64)
    assert spectral_filter(torch.zeros(0, 2, dtype=torch.float64), none, torch.exp).shape == (0, 2)


@pytest.mark.errors
def test_what_is_refused():
    L, x = matrix(), features(2)
    with pytest.raises(ShapeError, match=r"x must have shape \[6, D\] \(as many rows as L\), got \[5, 2\]"):
        spectral_filter(x[:5], L, torch.exp)
    with pytest.raises(TypeError, match=r"x must be torch.float64 like L, got torch.float32"):
        spectral_filter(x.float(), L, torch.exp)
    with pytest.raises(ShapeError, match=r"what response returns must have shape \[6\]"):
        spectral_filter(x, L, lambda v: v[:, None])
    with pytest.raises(TypeError, match=r"what response returns must be a torch.Tensor, got float"):
        spectral_filter(x, L, lambda v: 1.0)
    with pytest.raises(ValueError, match="L must be symmetric"):
        spectral_filter(x, L.triu(), torch.exp)
