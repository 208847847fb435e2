"""The waves of a graph: an orthonormal basis, and the known ones of a ring and a path."""

import math

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.graphs import graph_fourier, laplacian
from tests.checks.numbers import TIGHT, gap, random
from tests.seqgraph.graphs.graphs import BOTH_WAYS, NODES

EYE = torch.eye(NODES, dtype=torch.float64)


@pytest.mark.parametrize("normalised", [False, True])
def test_is_the_eigendecomposition_in_ascending_order(normalised):
    L = laplacian(BOTH_WAYS, NODES, torch.ones(BOTH_WAYS.shape[1], dtype=torch.float64), normalised)
    eigenvalues, U = graph_fourier(L)
    assert gap(U @ torch.diag(eigenvalues) @ U.T, L) <= TIGHT
    assert gap(U.T @ U, EYE) <= TIGHT
    assert eigenvalues.diff().min() >= -TIGHT
    x = random(NODES, 2)
    assert gap(U @ (U.T @ x), x) <= TIGHT


@pytest.mark.parametrize("N", [5, 8])
def test_the_waves_of_a_ring_have_the_known_frequencies(N):
    """lambda_k = 2 - 2 cos(2 pi k / N), each but the ends twice."""
    ring = torch.stack([torch.arange(N), (torch.arange(N) + 1) % N])
    L = laplacian(torch.cat([ring, ring.flip(0)], 1), N, torch.ones(2 * N, dtype=torch.float64))
    known = sorted(2 - 2 * math.cos(2 * math.pi * k / N) for k in range(N))
    assert gap(graph_fourier(L).eigenvalues, torch.tensor(known, dtype=torch.float64)) <= TIGHT


def test_the_waves_of_a_path_are_cosines():
    N, path = 6, torch.stack([torch.arange(5), torch.arange(1, 6)])
    L = laplacian(torch.cat([path, path.flip(0)], 1), N, torch.ones(10, dtype=torch.float64))
    k, n = torch.arange(N).double(), torch.arange(N).double()[:, None]
    cosines = torch.cos(math.pi * k * (n + 0.5) / N)
    cosines = cosines / cosines.norm(dim=0)
    U = graph_fourier(L).U
    assert gap((cosines.T @ U).abs(), EYE) <= TIGHT  # up to signs


def test_no_nodes():
    assert graph_fourier(torch.zeros(0, 0)).U.shape == (0, 0)


@pytest.mark.errors
def test_what_is_refused():
    with pytest.raises(ValueError, match="L must be symmetric, got entries 1 apart"):
        graph_fourier(torch.tensor([[0.0, 1.0], [0.0, 0.0]]))
    with pytest.raises(ShapeError, match=r"L must have shape \[N, N\], got \[2, 3\]"):
        graph_fourier(torch.zeros(2, 3))
    with pytest.raises(ShapeError, match=r"L must have shape \[N, N\], got \[2\]"):
        graph_fourier(torch.zeros(2))
