"""The atlas: as many connected graphs as there are, all different, undirected."""

import networkx
import torch

from seqgraph.data import graph_atlas


def test_as_many_connected_graphs_of_each_size_as_there_are():
    atlas = graph_atlas()
    sizes = atlas.batch.bincount()
    assert sizes.bincount().tolist() == [0, 1, 1, 2, 6, 21, 112, 853]  # OEIS A001349
    assert atlas.y.tolist() == list(range(996))
    assert bool(atlas.x.eq(1).all())


def test_parts_are_connected_undirected_and_different():
    atlas = graph_atlas()
    pairs = set(zip(*atlas.edge_index.tolist(), strict=True))
    assert len(pairs) == atlas.edge_index.shape[1]
    assert all((v, u) in pairs and u != v for u, v in pairs)
    whole = networkx.Graph(sorted(pairs))
    whole.add_nodes_from(range(len(atlas.x)))
    parts = list(networkx.connected_components(whole))
    assert len(parts) == 996
    assert all(len({int(atlas.batch[v]) for v in part}) == 1 for part in parts)
    small = [whole.subgraph(part) for part in parts if len(part) <= 5]
    assert not any(networkx.is_isomorphic(a, b) for k, a in enumerate(small) for b in small[:k])


def test_the_default_dtype_is_followed():
    torch.set_default_dtype(torch.float64)
    try:
        assert graph_atlas().x.dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)
