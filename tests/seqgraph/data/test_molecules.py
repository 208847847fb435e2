"""Made-up molecules: trees with few bonds, and a dangerous bond exactly where y says so."""

import pytest
import torch

from seqgraph.data import molecules
from tests.checks.numbers import generator
from tests.seqgraph.data.test_graphs import adjacency


@pytest.mark.parametrize("atoms", [6, 10, 15])
def test_trees_of_few_bonds_with_the_same_atoms(atoms):
    made = molecules(50, generator(), atoms)
    own = adjacency(made, atoms)
    assert own.sum((1, 2)).tolist() == [2 * (atoms - 1)] * 50
    reach = torch.linalg.matrix_power((own + torch.eye(atoms, dtype=torch.int64)).double(), atoms)
    assert bool((reach > 0).all())  # with one bond fewer than atoms: a tree
    assert int(own.sum(2).max()) == 3
    assert made.x.reshape(50, atoms, 3).sum(1).tolist() == [[atoms - 4.0, 2.0, 2.0]] * 50


def test_harmful_is_a_bond_between_n_and_o():
    made = molecules(200, generator())
    own, kind = adjacency(made, 10), made.x.argmax(1).reshape(200, 10)
    for g in range(200):
        pairs = {(int(kind[g, a]), int(kind[g, b])) for a, b in own[g].nonzero().tolist()}
        assert ((1, 2) in pairs) == bool(made.y[g])
    assert 0.4 < made.y.float().mean() < 0.6


def test_the_bond_may_lie_far_from_the_first_atom():
    made = molecules(300, generator())
    own, kind = adjacency(made, 10).double(), made.x.argmax(1).reshape(300, 10)
    far = 0
    for g in made.y.nonzero().flatten().tolist():
        near = torch.linalg.matrix_power(own[g] + torch.eye(10, dtype=torch.float64), 2)[0] > 0
        ends = [a for a, b in own[g].nonzero().tolist() if kind[g, a] == 1 and kind[g, b] == 2]
        far += not near[ends].any()
    assert far > 30
