"""Real molecules, mutagenic or not: the set MUTAG."""

from typing import NamedTuple
from zipfile import ZipFile

import torch
from torch import Tensor

from seqgraph.data.fetch import fetch

FILE = "tudataset/zips/MUTAG.zip"
ATOMS, BONDS = 7, 4  # C, N, O, F, I, Cl, Br; aromatic, single, double, triple


class Mutag(NamedTuple):
    """Molecules as one graph whose parts no edge joins."""

    x: Tensor
    """The kind of each atom, one-hot: C, N, O, F, I, Cl, Br; ``[N, 7]``."""
    edge_index: Tensor
    """The bonds ``[2, E]``, each both ways."""
    e: Tensor
    """The kind of each bond, one-hot: aromatic, single, double, triple; ``[E, 4]``."""
    y: Tensor
    """1 if the molecule is mutagenic, else 0; ``[G]``."""
    batch: Tensor
    """The molecule of each atom, ``[N]``."""


def mutag() -> Mutag:
    r"""Read MUTAG: 188 nitro compounds, of which 125 are mutagenic (致突变); 3371 atoms without hydrogen.

    The set is small: a test part of a tenth holds 19 molecules, so an accuracy needs its interval. Always
    "yes" is right in 0.665.

    Source:
        [debnath1991mutag] [morris2020tudataset], a file of 24 kB, by way of :func:`fetch`

    Example:
        >>> Mutag._fields  # mutag() needs the file
        ('x', 'edge_index', 'e', 'y', 'batch')
    """
    with ZipFile(fetch(FILE)) as archive:
        A, bonds, batch, y, atoms = (
            _table(archive.read(f"MUTAG//MUTAG_{name}.txt").decode("utf-8"))
            for name in (
                "A",
                "edge_labels",
                "graph_indicator",
                "graph_labels",
                "node_labels",
            )
        )
    dtype = torch.get_default_dtype()
    one_hot = torch.nn.functional.one_hot
    return Mutag(
        one_hot(atoms[:, 0], ATOMS).to(dtype),
        (A - 1).T.contiguous(),
        one_hot(bonds[:, 0], BONDS).to(dtype),
        (y[:, 0] > 0).long(),
        batch[:, 0] - 1,
    )


def _table(text: str) -> Tensor:
    """Whole numbers with commas between them, one row a line."""
    return torch.tensor(
        [[int(n) for n in line.split(",")] for line in text.splitlines()]
    )
