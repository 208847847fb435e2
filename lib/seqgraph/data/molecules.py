"""Made-up molecules: is there a dangerous bond anywhere?"""

import torch

from seqgraph.core.expect import expect_generator, expect_size
from seqgraph.data.graphs import Graphs, sparse

ATOMS = "CNO"
BONDS = 3  # at most, of one atom
OTHERS = 2  # nitrogens, and as many oxygens


def molecules(
    num_graphs: int, generator: torch.Generator, num_atoms: int = 10
) -> Graphs:
    r"""Draw tree-shaped molecules; one is harmful if a nitrogen is bound to an oxygen in it.

    .. math:: y_g = [\exists\ \text{a bond N-O in } g], \qquad x_v = \text{one-hot}(\text{C, N, O})

    Every molecule has two N, two O and else C, so that counting atoms tells nothing; half of them are harmful
    on average. Atoms have at most three bonds. The first atom of each molecule, number ``num_atoms * g``, is
    the supervised node, which answers for the whole: the bond may lie far from it.

    Args:
        num_graphs: G, at least 1.
        generator: on the CPU: the same seed gives the same molecules on every machine.
        num_atoms: atoms of each molecule, at least 6.

    Source:
        [scarselli2009gnn]

    Example:
        >>> made = molecules(3, torch.Generator().manual_seed(0))
        >>> made.x.sum(0).tolist(), made.y.shape  # C, N, O
        ([18.0, 6.0, 6.0], torch.Size([3]))
    """
    expect_size("molecules", "num_graphs", num_graphs)
    expect_size("molecules", "num_atoms", num_atoms, least=6)
    expect_generator("molecules", generator)
    adjacency = _trees(num_graphs, num_atoms, generator)
    y = torch.randint(0, 2, (num_graphs,), generator=generator)
    kinds = _kinds(adjacency, y, generator)
    edge_index, batch = sparse(adjacency)
    x = torch.nn.functional.one_hot(kinds.flatten(), len(ATOMS))
    return Graphs(x.to(torch.get_default_dtype()), edge_index, y, batch)


def _trees(graphs: int, atoms: int, generator: torch.Generator) -> torch.Tensor:
    """Every atom but the first is bound to an earlier one that has room, at random."""
    adjacency = torch.zeros(graphs, atoms, atoms, dtype=torch.bool)
    graph = torch.arange(graphs)
    for new in range(1, atoms):
        room = adjacency[:, :new].sum(2) < BONDS
        draw = torch.rand(graphs, new, generator=generator)
        old = draw.where(room, -1.0).argmax(1)
        adjacency[graph, old, new] = adjacency[graph, new, old] = True
    return adjacency


def _kinds(
    adjacency: torch.Tensor, y: torch.Tensor, generator: torch.Generator
) -> torch.Tensor:
    """Kinds of atoms ``[G, n]`` at random, drawn again until the molecule is what it shall be."""
    graphs, atoms = adjacency.shape[:2]
    kinds = torch.zeros(graphs, atoms, dtype=torch.int64)
    open_ones = torch.arange(graphs)
    while len(open_ones):
        order = torch.rand(len(open_ones), atoms, generator=generator).argsort(1)
        drawn = (order < 2 * OTHERS).long() + (order < OTHERS).long()
        bonds = (drawn == 1)[:, :, None] & (drawn == 2)[:, None] & adjacency[open_ones]
        kinds[open_ones] = drawn
        open_ones = open_ones[bonds.any(2).any(1).long() != y[open_ones]]
    return kinds
