"""The graphs on which the first graph network is usually shown: real files, made-up graphs."""

import torch

from seqgraph.core.optional import need
from seqgraph.data.fetch import fetch
from seqgraph.data.graphs import Graphs

PARTS = {"train": "trainSet", "validation": "validationSet", "test": "testSet"}
FILE = "gnn_subgraph/sub_15_7_200.mat"


def subgraph_matching(part: str) -> Graphs:
    r"""The set sub_15_7_200: 200 graphs of 15 nodes a part, each with the same pattern of seven nodes.

    Each node has two numbers; y says whether it belongs to the pattern. It is the set of the repository
    mtiezzi/gnn; the name gives nodes, nodes of the pattern and graphs a part.

    Args:
        part: ``"train"``, ``"validation"`` or ``"test"``.

    Raises:
        ValueError: any other part.

    Source:
        [scarselli2009gnn]

    Example:
        >>> subgraph_matching("all")
        Traceback (most recent call last):
        ValueError: subgraph_matching: part must be one of ['train', 'validation', 'test'], got 'all'.
    """
    if part not in PARTS:
        raise ValueError(
            f"subgraph_matching: part must be one of {list(PARTS)}, got {part!r}."
        )
    scipy = need("scipy.io", "subgraph_matching", "data")
    whole = scipy.loadmat(fetch(FILE), simplify_cells=True)["dataSet"][PARTS[part]]
    joined = whole["connMatrix"].tocoo()
    edge_index = torch.stack([torch.as_tensor(side).long() for side in joined.coords])
    x = torch.as_tensor(whole["nodeLabels"].T.copy(), dtype=torch.get_default_dtype())
    y = torch.as_tensor(whole["targets"] > 0).long()
    graphs = int(whole["graphNum"])
    batch = torch.arange(graphs).repeat_interleave(len(y) // graphs)
    return Graphs(x, edge_index, y, batch)
