"""Real citation graphs with the split on which graph networks are compared."""

import pickle
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy
import torch
from torch import Tensor

from seqgraph.core.optional import need
from seqgraph.data.fetch import fetch, registry

FILE = "planetoid/{folder}/raw/ind.{name}.{part}"
FOLDERS = {"cora": "Cora", "citeseer": "CiteSeer"}
PARTS = ("x", "tx", "allx", "y", "ty", "ally", "graph", "test.index")
VALIDATION = 500


class Planetoid(NamedTuple):
    """One citation graph, and which nodes are to train, to choose and to test with."""

    x: Tensor
    """Which words a paper has, 0 or 1, ``[N, D]``."""
    edge_index: Tensor
    """Citations ``[2, E]``, both ways, without loops, each once."""
    y: Tensor
    """The field of each paper ``[N]``; -1 where the set says nothing of it."""
    train: Tensor
    """True for 20 papers a field, ``[N]``."""
    validation: Tensor
    """True for 500 more."""
    test: Tensor
    """True for 1000 more; look at them once."""


def planetoid(name: str) -> Planetoid:
    r"""Read a citation graph with its public split: Cora has 2708 papers of 7 fields, 1433 words.

    Words are not normalised. Always the most frequent field is right in 0.319 of the test part of Cora.

    Args:
        name: ``"cora"``; or ``"citeseer"``, where :func:`registry` knows its files.

    Raises:
        ValueError: any other name.

    Source:
        [yang2016planetoid], the authors' eight files, by way of :func:`fetch`

    Differs:
        The files are pickled. What they may load is a short list, and nothing else. Papers without words or
        citations, which CiteSeer has, get zeros and y = -1.

    Example:
        >>> planetoid("pubmed")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ValueError: planetoid: name must be one of ['cora'...], got 'pubmed'.
    """
    known = [own for own in FOLDERS if _file(own, "x") in registry()]
    if name not in known:
        raise ValueError(f"planetoid: name must be one of {known}, got {name!r}.")
    paths = {part: fetch(_file(name, part)) for part in PARTS}
    order = torch.tensor(
        [int(v) for v in paths["test.index"].read_text("utf-8").split()]
    )
    read = {part: _load(path) for part, path in paths.items() if part != "test.index"}
    nodes = int(order.max()) + 1
    x = _rows(read["allx"].toarray(), read["tx"].toarray(), order, nodes)
    fields = _rows(read["ally"], read["ty"], order, nodes)
    y = fields.argmax(1).where(fields.sum(1) > 0, -1)
    pairs = torch.tensor(
        [(u, v) for u, others in read["graph"].items() for v in others]
    )
    pairs = torch.cat([pairs, pairs.flip(1)]).unique(dim=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    place, known_ones = torch.arange(nodes), len(read["y"])
    return Planetoid(
        x.to(torch.get_default_dtype()),
        pairs.T.contiguous(),
        y,
        place < known_ones,
        (place >= known_ones) & (place < known_ones + VALIDATION),
        torch.isin(place, order),
    )


def _file(name: str, part: str) -> str:
    return FILE.format(folder=FOLDERS[name], name=name, part=part)


def _rows(first, then, order: Tensor, nodes: int) -> Tensor:
    """The rows of the test part stand in the order of ``order``, behind all others."""
    whole = torch.zeros(nodes, first.shape[1])
    whole[: len(first)] = torch.as_tensor(first).float()
    whole[order] = torch.as_tensor(then).float()
    return whole


class _Plain(pickle.Unpickler):
    """Loads arrays, sparse matrices and lists, by the names that they had in Python 2."""

    def find_class(self, module: str, name: str):
        allowed = {
            "_reconstruct": numpy.zeros(0).__reduce__()[0],
            "csr_matrix": need("scipy.sparse", "planetoid", "data").csr_matrix,
            "defaultdict": defaultdict,
            "dtype": numpy.dtype,
            "list": list,
            "ndarray": numpy.ndarray,
        }
        if name not in allowed:
            raise pickle.UnpicklingError(f"planetoid: a file asks for {module}.{name}.")
        return allowed[name]


def _load(path: Path):
    with path.open("rb") as file:
        return _Plain(file, encoding="latin1").load()
