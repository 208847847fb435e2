"""The set of the 2009 model: a small file of our own, and the real one where it is."""

import os
import sys

import numpy as np
import pytest
import scipy.io
import scipy.sparse

from seqgraph.data import registry, subgraph_matching
from tests.checks.numbers import same_bits

MODULE = sys.modules["seqgraph.data.subgraph_matching"]


def test_it_reads_edges_features_and_targets(monkeypatch, tmp_path):
    edges = scipy.sparse.csc_array(np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0.0]]))
    part = {
        "graphNum": 2,
        "connMatrix": edges,
        "nodeLabels": np.arange(8.0).reshape(2, 4),
        "targets": np.array([1, -1, -1, 1]),
    }
    scipy.io.savemat(tmp_path / "small.mat", {"dataSet": {"trainSet": part}})
    asked = []
    monkeypatch.setattr(MODULE, "fetch", lambda name: asked.append(name) or tmp_path / "small.mat")
    graphs = subgraph_matching("train")
    assert graphs.x.tolist() == [[0.0, 4.0], [1.0, 5.0], [2.0, 6.0], [3.0, 7.0]]
    assert sorted(zip(*graphs.edge_index.tolist(), strict=True)) == [(0, 1), (1, 0), (2, 3), (3, 2)]
    assert (graphs.y.tolist(), graphs.batch.tolist()) == ([1, 0, 0, 1], [0, 0, 1, 1])
    assert asked == [MODULE.FILE]


def test_its_file_is_in_the_registry():
    assert MODULE.FILE in registry()


@pytest.mark.skipif(not os.environ.get("SEQGRAPH_DATA"), reason="SEQGRAPH_DATA names no folder of real sets")
@pytest.mark.parametrize("part", ["train", "validation", "test"])
def test_the_real_file(part):
    graphs = subgraph_matching(part)
    assert graphs.x.shape == (3000, 2)
    assert same_bits(graphs.batch[graphs.edge_index[0]], graphs.batch[graphs.edge_index[1]])
    assert int(graphs.y.reshape(200, 15).sum(1).min()) == 7


@pytest.mark.errors
def test_another_part_is_refused():
    with pytest.raises(ValueError, match="subgraph_matching: part must be one of"):
        subgraph_matching("all")
