"""MUTAG: the reader on a small file of our own, and the real one against PyG where it is."""

import os
import shutil
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
import torch

from seqgraph.data import mutag, registry
from tests.checks.numbers import same_bits

# `seqgraph.data.mutag` is the function; the file that holds it has the same name.
MODULE = sys.modules["seqgraph.data.mutag"]
FILES = {
    "A": "1, 2\n2, 1\n4, 3\n3, 4\n",
    "edge_labels": "1\n1\n0\n0\n",
    "graph_indicator": "1\n1\n2\n2\n",
    "graph_labels": "-1\n1\n",
    "node_labels": "0\n6\n2\n1\n",
}


def test_it_reads_atoms_bonds_and_answers(monkeypatch, tmp_path):
    with ZipFile(tmp_path / "small.zip", "w") as archive:
        for name, text in FILES.items():
            archive.writestr(f"MUTAG//MUTAG_{name}.txt", text)
    asked = []
    monkeypatch.setattr(MODULE, "fetch", lambda name: asked.append(name) or tmp_path / "small.zip")
    made = mutag()
    assert asked == [MODULE.FILE]
    assert made.x.argmax(1).tolist() == [0, 6, 2, 1]
    assert made.edge_index.tolist() == [[0, 1, 3, 2], [1, 0, 2, 3]]
    assert made.e.tolist() == [[0, 1, 0, 0]] * 2 + [[1, 0, 0, 0]] * 2
    assert (made.y.tolist(), made.batch.tolist()) == ([0, 1], [0, 0, 1, 1])
    assert (made.x.shape, made.x.dtype, made.e.dtype) == ((4, 7), torch.float32, torch.float32)


def test_its_file_is_in_the_registry():
    assert MODULE.FILE in registry()


@pytest.mark.skipif(not os.environ.get("SEQGRAPH_DATA"), reason="SEQGRAPH_DATA names no folder of real sets")
def test_the_real_file_is_pygs(tmp_path):
    from torch_geometric.datasets import TUDataset

    made = mutag()
    assert made.y.bincount().tolist() == [63, 125]
    assert same_bits(made.batch[made.edge_index[0]], made.batch[made.edge_index[1]])
    raw = Path(os.environ["SEQGRAPH_DATA"]) / "tudataset/pyg/MUTAG/raw"
    if not raw.is_dir():
        pytest.skip("the folder of real sets has no copy in PyG's form")
    shutil.copytree(raw, tmp_path / "MUTAG/raw", copy_function=shutil.copyfile)
    pyg = TUDataset(tmp_path, "MUTAG")
    whole = torch.cat([graph.x for graph in pyg])
    assert same_bits((made.x, made.y), (whole, torch.cat([graph.y for graph in pyg])))
    ours, start = sorted(zip(*made.edge_index.tolist(), made.e.argmax(1).tolist(), strict=True)), 0
    theirs = []
    for graph in pyg:
        sender, receiver = (graph.edge_index + start).tolist()
        theirs += zip(sender, receiver, graph.edge_attr.argmax(1).tolist(), strict=True)
        start += len(graph.x)
    assert ours == sorted(theirs)
