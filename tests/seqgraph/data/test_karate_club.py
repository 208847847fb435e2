"""The karate club is networkx's, without weights and in the order of its members."""

import sys

import networkx
import pytest
import torch
from torch_geometric.datasets import KarateClub

from seqgraph.data import karate_club
from tests.checks.numbers import same_bits


def test_edges_are_those_of_pyg_and_each_is_one():
    club = karate_club()
    assert same_bits(club.edge_index, KarateClub()[0].edge_index)
    assert club.edge_index.shape == (2, 156)
    assert same_bits(club.x, torch.eye(34))


def test_clubs_are_those_of_networkx():
    graph, club = networkx.karate_club_graph(), karate_club()
    assert [graph.nodes[v]["club"] == "Officer" for v in range(34)] == club.y.bool().tolist()
    assert club.y.bincount().tolist() == [17, 17]
    assert club.batch.tolist() == [0] * 34


def test_the_default_dtype_is_followed():
    torch.set_default_dtype(torch.float64)
    try:
        assert karate_club().x.dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.errors
def test_without_networkx_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(ImportError, match=r"karate_club needs networkx: pip install '.\[data\]'"):
        karate_club()
