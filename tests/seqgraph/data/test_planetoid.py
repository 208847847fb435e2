"""Citation graphs: the reader on small files of our own, a hostile one, and Cora against PyG where it is."""

import os
import pickle
import shutil
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse
import torch

from seqgraph.data import planetoid, registry
from tests.checks.numbers import same_bits

# `seqgraph.data.planetoid` is the function; the file that holds it has the same name.
MODULE = sys.modules["seqgraph.data.planetoid"]
WORDS = np.arange(12).reshape(4, 3) % 2.0
FIELDS = np.eye(2, dtype=np.int32)[[0, 1, 1, 0]]
GRAPH = {0: [1, 1, 4], 1: [0, 1], 4: [0, 6], 6: [4]}  # an edge that stands twice, a loop


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """One paper to train, three others, three to test; of number 5 nothing is known."""
    parts = {
        "x": scipy.sparse.csr_matrix(WORDS[:1]),
        "allx": scipy.sparse.csr_matrix(WORDS),
        "tx": scipy.sparse.csr_matrix(1 + WORDS[:2]),
        "y": FIELDS[:1],
        "ally": FIELDS,
        "ty": FIELDS[:2],
        "graph": defaultdict(list, GRAPH),
    }
    for part, what in parts.items():
        (tmp_path / f"ind.cora.{part}").write_bytes(pickle.dumps(what, protocol=3))
    (tmp_path / "ind.cora.test.index").write_text("6\n4\n", encoding="utf-8")
    monkeypatch.setattr(MODULE, "fetch", lambda name: tmp_path / Path(name).name)
    return tmp_path


def test_rows_of_the_test_part_go_where_their_numbers_say_and_gaps_stay_empty(folder):
    made = planetoid("cora")
    words = torch.tensor(WORDS, dtype=torch.float32)
    assert same_bits((made.x[:4], made.x[[6, 4]]), (words, 1 + words[:2]))
    assert torch.count_nonzero(made.x[5]) == 0
    assert made.y.tolist() == [0, 1, 1, 0, 1, -1, 0]


def test_citations_stand_both_ways_once_and_without_loops(folder):
    pairs = list(zip(*planetoid("cora").edge_index.tolist(), strict=True))
    assert pairs == [(0, 1), (0, 4), (1, 0), (4, 0), (4, 6), (6, 4)]


def test_the_three_parts(folder):
    made = planetoid("cora")
    assert made.train.tolist() == [True] + [False] * 6
    assert made.validation[:4].tolist() == [False, True, True, True]
    assert made.test.tolist() == [False] * 4 + [True, False, True]


@pytest.mark.errors
def test_a_pickle_that_asks_for_more_is_refused(folder):
    (folder / "ind.cora.graph").write_bytes(pickle.dumps(os.system, protocol=3))
    with pytest.raises(pickle.UnpicklingError, match=r"planetoid: a file asks for \w+\.system"):
        planetoid("cora")


@pytest.mark.errors
@pytest.mark.parametrize("name", ["pubmed", "Cora", "", None])
def test_an_unknown_name_is_refused(name):
    with pytest.raises(ValueError, match=r"planetoid: name must be one of \['cora'.*\], got"):
        planetoid(name)


def test_all_files_of_a_known_name_are_in_the_registry():
    assert all(MODULE._file("cora", part) in registry() for part in MODULE.PARTS)


@pytest.mark.skipif(not os.environ.get("SEQGRAPH_DATA"), reason="SEQGRAPH_DATA names no folder of real sets")
def test_the_real_cora_is_pygs(tmp_path):
    from torch_geometric.datasets import Planetoid

    raw = Path(os.environ["SEQGRAPH_DATA"]) / "planetoid/Cora/raw"
    if not raw.is_dir():
        pytest.skip("planetoid/Cora is not in the folder that SEQGRAPH_DATA names")
    shutil.copytree(raw, tmp_path / "Cora/raw", copy_function=shutil.copyfile)
    made, pyg = planetoid("cora"), Planetoid(tmp_path, "Cora")[0]
    assert same_bits((made.x, made.y), (pyg.x, pyg.y))
    assert same_bits(made.edge_index, pyg.edge_index.flip(0))  # the same pairs, sorted by the sender
    assert same_bits((made.train, made.validation, made.test), (pyg.train_mask, pyg.val_mask, pyg.test_mask))
    assert [int(part.sum()) for part in (made.train, made.validation, made.test)] == [140, 500, 1000]
